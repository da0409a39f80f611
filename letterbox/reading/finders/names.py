"""Finding the names of organisations, each with the part that the words around it give it."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from letterbox.reading.layout import Layout, Spot
from letterbox.reading.lines import Line
from letterbox.reading.phrases.words import Words

_WORD = r"(?:[A-Z]\.(?=\s)|[A-Z&'‘’][\w'’&\-]*(?:\.(?=\w)[\w'’&\-]+)*)"
NAME = (
    rf"(?:(?:de |het )?(?:stichting|vereniging|gemeente|coöperatie|vennootschap) )?{_WORD}"
    rf"(?:\s(?:{_WORD}|van|de|het|der|den|en|voor|of|te|ter|praktijk|mobiel|thuis|juridisch)){{0,7}}"
)
_LEGAL_FORM = r"\s?(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|U\.?A\.?|Stichting)"


_CLAIM = r"(?i:vordering|schuld|krediet|lening|claim|debt|loan)\w*"
_BOUGHT = (
    r"(?i:kocht(?:en)?|gekocht|overgenomen|overnam(?:en)?|acquired|bought|purchased|took over)"
)
_FORMER = (
    r"(?:oorspronkelijke?|voormalige?|vorige|eerdere?|original|former|previous)"
    r" (?:schuldeiser|crediteur|creditor)"
)


class Part(StrEnum):
    """What an organisation does in a letter."""

    CREDITOR = "creditor"
    BUYER = "buyer"
    SELLER = "seller"
    COLLECTOR = "collector"
    PAYEE = "payee"
    SELF = "self"
    NAMED = "named"


class NameFound(NamedTuple):
    """A name, its part, and where it stands."""

    name: str
    part: Part
    spot: Spot


_IN_TEXT: tuple[tuple[Part, re.Pattern[str], Words], ...] = tuple(
    (part, re.compile(pattern), Words(*having))
    for part, pattern, having in (
        (
            Part.BUYER,
            rf"(?i:verkocht en overgedragen|overgedragen|verkocht|gecedeerd) (?i:aan) "
            rf"(?P<name>{NAME})(?=[^.]{{0,80}}(?i:schuldeiser"
            rf"|gevestigd|cessie))",
            ("overgedragen", "verkocht", "gecedeerd"),
        ),
        (
            Part.BUYER,
            rf"(?i:verkocht(?: en (?:overgedragen|geleverd))?|gecedeerd) (?i:aan) (?P<name>{NAME})",
            ("verkocht", "gecedeerd"),
        ),
        (
            Part.CREDITOR,
            rf"\b(?i:int|innen|incasseert|incasseren)\b[^.]{{0,40}}\b(?i:voor) (?P<name>{NAME})",
            ("int ", "innen", "incasse"),
        ),
        (
            Part.BUYER,
            rf"(?P<name>{NAME}) (?i:is (?:met ingang van [^.]{{3,40}} )?(?:uw "
            rf"|de )nieuwe schuldeiser|has bought"
            rf"|heeft (?:deze|de|uw) vordering (?:over)?(?:gekocht"
            rf"|genomen))",
            ("schuldeiser", "bought", "vordering"),
        ),
        (
            Part.SELLER,
            rf"\b(?:{_CLAIM}\b[^.]{{0,60}}\b{_BOUGHT}|{_BOUGHT}\b[^.]{{0,40}}\b{_CLAIM})\b"
            rf"[^.]{{0,40}}\b(?i:van|from) (?P<name>{NAME})",
            ("kocht", "overgenomen", "overnam", "acquired", "bought", "purchased", "took over"),
        ),
        (
            Part.SELLER,
            rf"(?P<name>{NAME}),? (?i:heeft|has) [^.]{{0,80}}"
            rf"(?i:verkocht|gecedeerd|sold|assigned)\b",
            ("verkocht", "gecedeerd", "sold", "assigned"),
        ),
        (
            Part.SELLER,
            rf"(?i:{_FORMER})\s?:\s(?P<name>{NAME})",
            ("schuldeiser", "crediteur", "creditor"),
        ),
        (
            Part.COLLECTOR,
            rf"(?i:ter incasso|uit handen|in handen|incasso)[^.]{{0,30}}(?i:overgedragen"
            rf"|gegeven) (?i:aan) (?P<name>{NAME})",
            ("incasso", "handen"),
        ),
        (
            Part.COLLECTOR,
            rf"(?i:gemachtigde:?)\s[^(,;]{{0,40}}\((?P<name>{NAME})\)",
            ("gemachtigde",),
        ),
        (
            Part.CREDITOR,
            rf"(?i:onze|our) (?i:cli[eë]nte?|opdrachtge(?:ver|efster)|client),? (?P<name>{NAME})",
            ("onze", "our"),
        ),
        (
            Part.CREDITOR,
            rf"(?<!mede )(?i:namens|in opdracht van|op verzoek van|ten verzoeke van"
            rf"|on behalf of) (?i:onze (?:cli[eë]nte?|opdrachtge(?:ver|efster)) )?(?P<name>{NAME})",
            ("namens", "opdracht", "verzoek", "behalf"),
        ),
        (Part.CREDITOR, rf"(?i:in de zaak van) (?P<name>{NAME})", ("zaak van",)),
        (Part.CREDITOR, rf"(?i:wendde zich) (?:tot (?:mij|ons) )?(?P<name>{NAME})", ("wendde",)),
        (
            Part.CREDITOR,
            rf"(?i:vordering van) (?P<name>{NAME})(?= (?i:op u)\b)",
            ("vordering van",),
        ),
        (
            Part.CREDITOR,
            rf"(?P<name>{NAME}) (?i:heeft) [^.]{{0,60}}(?i:aan ons|ons) (?i:overgedragen"
            rf"|gevraagd|opgedragen)",
            ("heeft",),
        ),
        (
            Part.CREDITOR,
            rf"(?i:inzake|opdrachtgever|schuldeiser|cli[eë]nte?|crediteur|creditor"
            rf"|client)\s?:\s(?P<name>{NAME})",
            ("inzake", "opdracht", "schuldeiser", "client", "cliënt", "crediteur", "creditor"),
        ),
        (
            Part.CREDITOR,
            rf"(?i:dossier|zaak|inzake|betreft)\b[^/]{{0,40}}?[–:-]\s(?P<name>{NAME})(?=\s/\s[A-Z])",
            ("dossier", "zaak", "betreft"),
        ),
        (
            Part.PAYEE,
            rf"(?i:ten name van|t\.?n\.?v\.?)\s?:?\s(?P<name>{NAME})",
            ("tnv", "t.nv", "tn.v", "t.n.v", "ten name"),
        ),
        (
            Part.SELF,
            rf"(?P<name>{NAME})(?={_LEGAL_FORM}[\s,.·|])",
            ("vof", "v.o", "vo.f", "bv", "b.v", "nv", "n.v", "ua", "u.a", "stichting"),
        ),
        (
            Part.SELF,
            rf"(?P<name>{NAME})(?=(?:,[^,·|]{{3,40}})? ?[·|,] (?:Postbus [^·|]+[·|] )?(?i:kvk)\b)",
            ("kvk",),
        ),
        (
            Part.SELF,
            rf"(?P<name>{NAME}) (?=is een (?:handelsnaam|toegelaten))",
            ("handelsnaam", "toegelaten"),
        ),
    )
)
_LABELS = (
    (
        Part.SELLER,
        re.compile(rf"(?i)(?:^|.*\s)(?:{_FORMER}|voorheen)\s?:?$"),
    ),
    (
        Part.CREDITOR,
        re.compile(
            r"(?i)(?:^|.*\s)(?:opdrachtgever|schuldeiser|cli[eë]nte?|crediteur"
            r"|inzake|creditor|client|in de zaak van|eisende partij)\s?:?$"
        ),
    ),
    (
        Part.PAYEE,
        re.compile(r"(?i)(?:^|.*\s)(?:ten name van|t\.n\.v\.|begunstigde|account name)\s?:?$"),
    ),
)
_LABELS_END = (
    *("opdrachtgever", "schuldeiser", "client", "cliente", "cliënt", "cliënte"),
    *("crediteur", "inzake", "creditor", "in de zaak van", "eisende partij"),
    *("ten name van", "t.n.v.", "begunstigde", "account name", "voorheen"),
)
"""How every text that is such a label ends, but for a colon: hardly any line does."""

# The first part says how every name begins: hardly any place in a text does, and that is quickly
# seen. Elsewhere patterns begin so for the same reason.
_SOMEBODY = re.compile(
    rf"(?=[A-Z&'‘’])(?<![\w'’-])(?P<name>(?:(?:Stichting|Vereniging|Coöperatie|VvE|Gemeente) )?"
    rf"(?:{_WORD}(?:\s(?:{_WORD}|van|de|het|der|den|en|of|te|ter|voor|in))*\s{_WORD}|[A-Z]{{3,5}}"
    rf"|[A-Z][a-zë]{{4,}}(?:\.(?:nl|nu|com|eu|shop)\b)?))"
    rf"(?![\w'’-])"
)
_ROW = re.compile(rf"^(?P<name>{NAME})")
_TAIL = re.compile(rf"(?:\s(?:van|de|het|der|den|en|voor|of|te|ter)|{_LEGAL_FORM}|[.,\s'’&-])+$")
_TAILS = (
    *("van", "de", "het", "der", "den", "en", "voor", "of", "te", "ter", "Stichting"),
    *("V", "F", "A", ".", ",", "'", "’", "&", "-", " "),
)
"""How all that `_TAIL` finds ends: it takes long to look for, and most names end otherwise."""
_FORM_BEFORE = re.compile(r"^(?:de|het) (?:stichting|vereniging) ")
_PLACE = re.compile(r"\s(?:te|gevestigd te|uit)\s[A-Z].*")
_ARTICLE = re.compile(r"^(?i:de|het|the)\s(?=[A-Za-z])")
_LEAD = re.compile(r"^(?:(?:In|Via|Bij|Namens|Betreft|Inzake)\s)?(?:Mijn\s)?(?=[A-Z])")
"""How a sentence begins that goes on with a name, or with that of its web site."""
_TRADE = (
    r"(?:(?:gerechts|belasting)?deurwaarders?|incasso|betalingen|zorgverzekeraar|patient|billing"
    r"|in heel nederland|en|and|&|van)"
)
"""What somebody does: a slogan, or a part of a name that runs over two lines."""
_NOT_A_NAME = re.compile(
    r"(?i)^(?:u|uw|wij|ons|onze|het|de|dit|deze|een|ik|mr|ir|drs|dhr|mevr?"
    r"|mevrouw|heer|geachte|beste|bank|kvk|btw|iban|postbus|datum|directie"
    r"|stg|stichting derdengelden.*|college|burgemeester.*|afdeling.*"
    r"|team.*|[\w-]*(?:kenmerk|nummer)|rekening\w*|factuur|nota|(?:dwangbevel"
    r"|vonnis|aanmaning|sommatie|herinnering|dagvaarding|factuur|creditnota"
    r"|kwitantie|exploot|betekening|ontvangstbevestiging|handelsregister|rekening-courant)\b.*"
    r"|(?:hoi|hallo|hi|hey|dear|groet\w*|ook|inzake|onderdeel|aanzegging|uit kracht)\b.*"
    r"|dossiernummer\b.*"
    rf"|{_TRADE}(?:\s{_TRADE})*"
    r"|cli[eë]nte?|zitting|verhoging|\w*kosten|ean|dienst|euro?)$"
)


def find_names(layout: Layout) -> list[NameFound]:
    """Return the organisations that a letter names with their part, in reading order."""
    found = [*_in_text(layout), *_in_rows(layout), *_named(layout)]
    return sorted(found, key=lambda find: (find.spot.block, find.spot.start))


def _in_text(layout: Layout) -> Iterator[NameFound]:
    for part, pattern, having in _IN_TEXT:
        for number, match in layout.finds(pattern, having=having):
            name = tidy(match["name"])
            if name is not None:
                start = match.start("name")
                yield NameFound(name, part, layout.spot(number, start, start + len(name)))


def _named(layout: Layout) -> Iterator[NameFound]:
    """Yield whatever may be a name by its capitals, whatever is said of it."""
    for number, match in layout.finds(_SOMEBODY):
        name = tidy(match["name"])
        spot = layout.spot(number, *match.span()) if name is not None else None
        if name is not None and spot is not None and not _begins(match["name"], spot):
            yield NameFound(name, Part.NAMED, spot)


def _begins(word: str, spot: Spot) -> bool:
    """Say whether a single word may have its capital only because it begins a sentence."""
    return word.isalpha() and not spot.before.strip() and not spot.cell


def _in_rows(layout: Layout) -> Iterator[NameFound]:
    for number, block in enumerate(layout.blocks):
        at, above = 0, block.lead or (layout.blocks[number - 1].text if number else "")
        for line in block.lines:
            part = _part_of(layout, line, above)
            match = _ROW.match(line.text) if part and not line.text.endswith(":") else None
            name = tidy(match["name"]) if match else None
            if part is not None and name is not None:
                yield NameFound(name, part, layout.spot(number, at, at + len(name)))
            at, above = at + len(line.text) + 1, line.text


def _part_of(layout: Layout, line: Line, above: str) -> Part | None:
    """Return the part that the label gives: to the left, or above when the row has no other."""
    labels = [layout.left_of(line)]
    if len(layout.rows[line]) == 1 or layout.rows[line][0] is line:
        labels.append(above)
    named = [words for words in labels if words.rstrip(": ").lower().endswith(_LABELS_END)]
    return next((part for words in named for part, label in _LABELS if label.match(words)), None)


def tidy(name: str) -> str | None:
    """Return the name without article, legal form or words beside it, None for no name."""
    bare = _PLACE.sub("", _FORM_BEFORE.sub("", _LEAD.sub("", name.strip())))
    if bare.endswith(_TAILS):
        bare = _TAIL.sub("", bare)
    bare = _ARTICLE.sub("", bare)
    return bare if len(bare) > 2 and not _NOT_A_NAME.match(bare) else None
