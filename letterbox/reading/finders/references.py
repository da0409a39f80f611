"""Finding what identifies a case: a number with the word before it that says what it is.

A number without such a word is taken only when it is built like a file number (`RT-250208841`),
because a letter is full of other numbers. Numbers of persons and companies are left alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum import iso11649

from letterbox.reading.layout import Layout, Spot
from letterbox.reading.lines import Line
from letterbox.reading.phrases import words_in
from letterbox.reading.phrases.words import DIGITS, Words

_NOT_A_CASE = re.compile(
    r"(?i)burgerservice|\bbsn\b|kvk|k\.v\.k|btw|b\.t\.w|\bvat\b|\bagb"
    r"|\bbig\b|\bean\b|telefo|\btel\b|mobiel|meter|kenteken|iban"
    r"|rekening|bank|huisn|antwoord|\bcoc\b|\blrk\b|\bwki\b|register|postbus|order\s?bedrag"
    r"|straat|geboorte|artikel|\bbic\b|company|commerce|wft|afm|feitcode|\bfax\b|account"
)
_OF_A_PERSON_OR_FIRM = re.compile(
    r"(?i)burgerservice|\bbsn\b|kvk|k\.v\.k|btw|b\.t\.w|\bvat\b|\bagb|\bbig\b|\bean\b|telefo|\btel\b"
    r"|mobiel|kenteken|iban|rekeningn|huisn|\bcoc\b|\blrk\b|postbus|geboorte|artikel|\bbic\b|\bfax\b"
)
_PERSONAL = re.sub(r"\(\?i\)|\\b|\\", "", _OF_A_PERSON_OR_FIRM.pattern).split("|")
"""The words in it: a number hardly ever has one beside it."""
_CASES = (
    "factuur nota declaratie dossier aanslag aanslag-/beschikkings beschikking(?:s)? zaak "
    "vordering(?:s)? regeling(?:s)? cjib-? dwangbevel creditnota bestel order rol krediet lening "
    "invoice reference case file"
)
_CUSTOMERS = (
    "klant debiteur(?:en)? subject polis contract relatie cli[eë]nt(?:en)? pati[eë]nt(?:en)? "
    "huurder(?:s)? lid lidmaatschap(?:s)? correspondentie verzeker(?:de|ings) abonnement(?:s)? "
    "customer membership client"
)
_ALONE_TOO = (
    "dossier(?:\\sgemachtigde)? factuur facturen nota declaratie polis contract krediet vordering "
    "dwangbevel membership invoices? debiteur zaaknr\\.? pati[eë]nt cli[eë]ntreferentie "
    "betalingskenmerk betaalkenmerk betreft(?:\\sfactuur)? klant leerling student huurovereenkomst "
    "declaratieoverzicht relatie lid member agreement werkorder order creditfactuur creditnota "
    "overeenkomst kenmerk\\s\\w+"
)
_NUMBER = r"\s?-?(?:nummer|nr|no|code|id|number)\b\.?s?"
_LABEL = (
    rf"(?:(?:{'|'.join(f'{_CASES} {_CUSTOMERS}'.split())}){_NUMBER}"
    r"|(?:(?:ons|uw|our|your|client|cli[eë]nt)\s)?"
    r"(?:kenmerk|referentie|reference|ref|zaaknr|dossier)\b\.?"
    rf"|(?:ons|our)\s(?:nummer|number)|[a-zë/-]{{3,}}(?:nummer|nr\b\.?)|nummer\s[a-zë]+"
    rf"|[a-z]{{3,}}\snumber|{'|'.join(_ALONE_TOO.split())})"
)
_LONGEST_NAME = 40
_NO_ROLL = r"(?![A-Z]{2} (?:EXPL|VERZ|RK|ZA)\b)"
"""What comes behind the number that a court gives a case is another one: `1102982/RL EXPL`."""
_JOINED = rf"[A-Z0-9]+(?:[./\-_]{_NO_ROLL}[A-Z0-9]+(?![a-z]))*(?:[/-]{_NO_ROLL}[A-Za-z]{{2,3}}\b)?"
_IN_GROUPS = r"\d{9} \d{7}\b|\d{5} \d{5} \d{5}\b|\d \d{4} \d{5,8}\b"
"""How the CJIB prints the number of a decision, and a library that of a card."""
_MORE_DIGITS = r"(?:\s\d{3,4}(?!\d|[.,]\d|\s?%|[-/]))*"
_LETTERS_FIRST = r"(?:[A-Z]{2,4}(?:-[A-Z]{2})?\s){0,2}"
_VALUE = rf"(?:{_IN_GROUPS}|{_LETTERS_FIRST}(?=[A-Z0-9./\-_]*\d){_JOINED}{_MORE_DIGITS})"
_LABELS = Words(*words_in(_LABEL))
_BEFORE_A_NUMBER = r"(?=[A-Za-zëË_./:\s-]{3,60}+\d)"
"""Saves trying all those words where no number follows."""
_LABELLED = re.compile(
    rf"\b{_BEFORE_A_NUMBER}(?i:(?P<label>{_LABEL}))"
    rf"(?:\s(?i:rechtbank|kantonrechter|vonnis|eiser|van de gemachtigde))?"
    rf"\s?[:.]?\s(?P<value>{_VALUE})"
)
_ALONE = re.compile(rf"^[:\s]*(?P<value>{_VALUE})(?:\s(?:d\.d\.|van|dated)\s.*)?$")
_LABEL_LINE = re.compile(rf"(?i)(?:^|.*[\s(])(?P<label>{_LABEL})(?:\s[a-zë]+){{0,2}}\s?:?\s*$")
_FILE_NUMBER = re.compile(
    r"(?=[A-Z])\b(?P<value>(?:[A-Z]{2} (?:EXPL|VERZ|RK|ZA)|CV) \d\d[-/]\d+"
    r"|[A-Z]{1,4}[-/](?:[A-Z]-)?(?:\d{2,4}[-/])?\d{4,12}(?:-\d{2,4})?)\b(?![-/.]\w)"
)
_JOINED_BY = Words("-", "/")
_TAX_NUMBER = re.compile(r"(?=\d{4})\b(?P<value>\d{4}\.?\d\d\.?\d{3}\.?[A-Z]\.?\d(?:\.?\d){1,7})\b")
"""Of an assessment: that of the person, the tax, the year. On road tax it is an account number."""
_LIKE_A_NUMBER = re.compile(
    r"(?=[A-Z\d]|[a-z]\d)(?<![\w€.,/-])(?<!€\s)(?<!EUR\s)"
    rf"(?P<value>{_IN_GROUPS}"
    r"|\d{4}(?:[\s.]\d{4}){2,3}|RF\d\d(?:\s?\w{4}){2,6}"
    r"|[A-Z]{2}\s(?:\d{6}|\d{3}(?:\s\d{3})+(?:\s\d\d\b)?|\d\d\s\d{4}|\d{4}(?:\s\d{2,4})+)"
    r"|[A-Z][a-z&][A-Z][-/]\d{4,}"
    r"|(?!(?:NL\d\d)|\d{1,3}(?:\.\d{3})*,\d\d)(?=[A-Z0-9./\-]{0,12}\d|[a-z]\d)"
    rf"[A-Za-z]?[A-Z0-9]+(?:[./\-]{_NO_ROLL}[A-Za-z0-9]+)*)"
    r"(?![\w]|,\d|\s?(?:euro|EUR|%))"
)
_NO_REFERENCE = re.compile(
    r"(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]\d-[01]\d|\d{1,2}([-./])\d{1,2}\1\d{2,4}"
    r"|0[1-9]\d{8}|0\d{1,3}[-\s]\d{6,8}|0[89]\d\d-\d{2,4}"
)
_OWN_OR_YOURS = r"(?<!ons\s)(?<!uw\s)(?<!onze\s)(?<!our\s)(?<!your\s)"
_FILLER = r"(?:\s(?:u|altijd|daarbij|a\.u\.b\.|het|uw|de|ons))*"
_ITS_NAME = (
    r"(?:\s[a-zë]+(?:nummer|kenmerk|referentie|nr\.?))?(?:\s(?:factuur|nota|dossier|polis))?"
)
_QUOTE = (
    r"(?:betalings|betaal)kenmerk(?:\sis)?",
    rf"(?:onder|met)\s(?:de\s)?(?:ver)?melding van{_FILLER}{_ITS_NAME}",
    r"o\.?v\.?v\.?",
    r"met als (?:kenmerk|omschrijving)",
    r"met (?:kenmerk|nummer)",
    r"zet(?:\s(?:er|daar|u|even))*(?:\s(?:dossier|factuur|polis|nummer|kenmerk))*",
    rf"{_OWN_OR_YOURS}(?:kenmerk|referentie)",
    r"payment reference",
    r"quoting(?:\syour)?(?:\s[a-z]+\snumber)?",
    r"(?:and )?(?:mention|write)",
    rf"vermeldt?{_FILLER}(?:\s[a-zë]+(?:nummer|kenmerk))?",
    rf"noem{_FILLER}\s(?:dossier)?nummer",
    r"in de omschrijving",
)
_QUOTING = Words(
    *("kenmerk", "melding", "referentie", "reference", "omschrijving"),
    *("vermeld", "mention", "quoting", "write", "noem", "vv", "v.v", "nummer", "zet"),
)
_CREDITOR_REFERENCE = r"RF\d\d(?:\s?[A-Z0-9]{1,4}){1,6}"
_SIXTEEN_DIGITS = r"\d{4}(?:[\s.]\d{4}){3}"
_PAY_WITH = re.compile(
    rf"\b(?i:{'|'.join(_QUOTE)})\s?:?\s"
    rf"(?P<value>{_CREDITOR_REFERENCE}|{_SIXTEEN_DIGITS}|{_VALUE})(?![\w])"
)
_KNOWN_BY = (
    "klant|factuur|contract|polis|dossier|debiteur|huurder|cli[eë]nt|vordering|lid|relatie|nota"
    "|zaak|lening"
)
_PAY_WITH_NUMBER = re.compile(
    r"(?i)(?:(?:vermeld\w*|(?:onder vermelding|met (?:ver)?melding) van|zet|met|noem\w*)\b"
    r"[^.?!]{0,25}?\b|\bo\.?v\.?v\.?\s(?:uw |je |het )?)"
    rf"(?:(?P<label>{_KNOWN_BY})s?nummer\b|nummer van (?:de|het|uw|deze) (?P<of>{_KNOWN_BY})\b)"
    rf"|\b(?P<named>{_KNOWN_BY})s?nummer (?:te |even |erbij )?(?:vermelden|noemen|zetten)\b"
    r"|\b(?:quot(?:e|ing)|giv(?:e|ing)|mention|stat(?:e|ing)) (?:the|your) (?P<by>[a-z]+) number\b"
)
_NUMBERS = Words("nummer", "number")
_PAY_QUOTED = re.compile(
    r"(?i)(?:zet er bij|vermeld\w*|o\.?v\.?v\.?|omschrijving|\d,)\s?:?\s"
    r"[\"“‘'](?P<value>[^\"”’']{3,60})[\"”’']"
)
_QUOTES = Words('"', "“", "‘", "'")


class ReferenceFound(NamedTuple):
    """A reference as the letter writes it, the word that names it, and where it stands.

    :ivar pay_with: the letter asks to quote it with the payment
    :ivar known: by the word that names it or by how it is built, it is one
    """

    reference: str
    label: str
    spot: Spot
    pay_with: bool = False
    known: bool = True


def find_references(layout: Layout) -> list[ReferenceFound]:
    """Return all references in a letter, in reading order, each place once."""
    found: dict[tuple[int, int], ReferenceFound] = {}
    for find in (
        *_to_pay_with(layout),
        *_labelled(layout),
        *_in_tables(layout),
        *_built_alike(layout),
    ):
        found.setdefault((find.spot.block, find.spot.start), find)
    in_order = sorted(found.values(), key=lambda find: (find.spot.block, find.spot.start))
    return [find for find in in_order if _is_a_reference(find.reference) or _is_a_code(find)]


def find_numbers(layout: Layout) -> list[ReferenceFound]:
    """Return whatever is written like a number of a case, whatever is said of it.

    Amounts, days, accounts, telephone numbers and postcodes are not.
    """
    spots = (
        (match["value"], layout.spot(number, *match.span("value")))
        for number, match in layout.finds(_LIKE_A_NUMBER, having=DIGITS)
        if _is_a_reference(match["value"])
    )
    named = ((value, _words_beside(spot, layout), spot) for value, spot in spots)
    return [
        ReferenceFound(value, label, spot, known=False)
        for value, label, spot in named
        if not _is_personal(f"{_last_words(label)} {spot.before[-16:]}")
    ]


def _is_personal(words: str) -> bool:
    small = words.lower()
    return any(map(small.__contains__, _PERSONAL)) and bool(_OF_A_PERSON_OR_FIRM.search(words))


def _words_beside(spot: Spot, layout: Layout) -> str:
    """Return the words that may name a number: the head of its cell, or the two before it."""
    if spot.cell:
        return (spot.label or layout.over(spot))[-_LONGEST_NAME:]
    return _last_words(spot.before)[-_LONGEST_NAME:]


def _last_words(text: str) -> str:
    return " ".join(text.split()[-2:])


def compact(reference: str) -> str:
    """Return the reference without what print adds: spaces, dots, capitals."""
    return re.sub(r"[\s.]", "", reference).upper()


def holds_mod_11(digits: str) -> bool:
    """Say whether a Dutch payment reference checks out: a support, one in ten does by chance.

    Weights 2, 4, 8, 5, 10, 9, 7, 3, 6, 1 from the right over everything after the check digit
    (Betaalvereniging Nederland, specificaties betalingskenmerk).
    """
    if not re.fullmatch(r"\d{9,14}|\d{16}", digits):
        return False
    weights = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
    total = sum(int(d) * weights[at % 10] for at, d in enumerate(reversed(digits[1:])))
    return int(digits[0]) == {10: 1, 11: 0}.get(11 - total % 11, 11 - total % 11)


def _to_pay_with(layout: Layout) -> Iterator[ReferenceFound]:
    for pattern, having in ((_PAY_WITH, _QUOTING), (_PAY_QUOTED, _QUOTES)):
        for number, match in layout.finds(pattern, having=having):
            start = match.start("value")
            value = _structured(match["value"])
            yield ReferenceFound(
                value,
                "betalingskenmerk",
                layout.spot(number, start, start + len(value)),
                pay_with=True,
            )


def _structured(value: str) -> str:
    """Cut a creditor reference (ISO 11649) where its check digits hold."""
    if not value.startswith("RF"):
        return value
    parts = value.split(" ")
    tries = (" ".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((text for text in tries if iso11649.is_valid(text)), value)


def _labelled(layout: Layout) -> Iterator[ReferenceFound]:
    for number, match in layout.finds(_LABELLED, having=_LABELS):
        start, end = match.span("value")
        if not _NOT_A_CASE.search(match["label"]):
            yield ReferenceFound(
                match["value"], match["label"].strip(), layout.spot(number, start, end)
            )


def _in_tables(layout: Layout) -> Iterator[ReferenceFound]:
    for number, block in enumerate(layout.blocks):
        at = 0
        above = block.lead
        for line in block.lines:
            match = _ALONE.match(line.text)
            start = at + (match.start("value") if match else 0)
            spot = layout.spot(number, start, start + len(match["value"])) if match else None
            if match and spot and (label := _label_of(layout, line, above, layout.over(spot))):
                yield ReferenceFound(match["value"], label, spot, pay_with="betal" in label.lower())
            else:
                above = line.text
            at += len(line.text) + 1


def _label_of(layout: Layout, line: Line, *above: str) -> str | None:
    for words in (layout.left_of(line), *above):
        match = _LABEL_LINE.match(words)
        if match and not _NOT_A_CASE.search(words):
            return match["label"].strip()
    return None


def _built_alike(layout: Layout) -> Iterator[ReferenceFound]:
    for match, spot in layout.matches(_FILE_NUMBER, having=_JOINED_BY):
        if not _NOT_A_CASE.search(spot.before[-10:]):
            yield ReferenceFound(match["value"], "", spot)
    for match, spot in layout.matches(_TAX_NUMBER, having=DIGITS):
        yield ReferenceFound(match["value"], "", spot)


def asked_by_name(layout: Layout, found: list[ReferenceFound]) -> ReferenceFound | None:
    """Return the reference that a letter asks for by its name: "vermeld uw klantnummer"."""
    for _, match in layout.finds(_PAY_WITH_NUMBER, having=_NUMBERS):
        root = (match["label"] or match["of"] or match["named"] or match["by"]).lower()
        for find in found:
            if find.label.lower().startswith(root):
                return find
    return None


def _is_a_code(find: ReferenceFound) -> bool:
    """Say whether it is a short one, as of a room or a member, that one is asked to quote."""
    letters = any(map(str.isalpha, find.reference))
    return find.pay_with and letters and not _NO_REFERENCE.fullmatch(find.reference)


def _is_a_reference(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return (digits >= 3 or " " in text) and not _NO_REFERENCE.fullmatch(text)
