"""What each amount in a letter is: asked for, a part, a payment, a threat, beside the point, or
nobody says."""

import re
from enum import StrEnum
from typing import NamedTuple

from letterbox.reading import context
from letterbox.reading.finders.amounts import AmountFound
from letterbox.reading.layout import Layout
from letterbox.reading.phrases import Phrase, any_phrase, table
from letterbox.reading.plain import plain_text
from letterbox.reading.sentences import sentence_starts
from letterbox.shared.money import Euro


class Role(StrEnum):
    """The part that an amount plays in a letter."""

    ASKED = "asked"
    WHOLE = "whole"
    TOTAL = "total"
    SUM = "sum"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    COLLECTION_COSTS = "collection_costs"
    OTHER_COSTS = "other_costs"
    INCREASE = "increase"
    VAT = "vat"
    PAID = "paid"
    ITEM = "item"
    INSTALMENT = "instalment"
    CONDITIONAL = "conditional"
    ASIDE = "aside"
    UNSAID = "unsaid"


PARTS = frozenset(
    (
        Role.PRINCIPAL,
        Role.INTEREST,
        Role.COLLECTION_COSTS,
        Role.OTHER_COSTS,
        Role.INCREASE,
        Role.VAT,
        Role.PAID,
    )
)
"""Roles that say what a balance consists of."""


class Part(NamedTuple):
    """An amount with the role it plays."""

    found: AmountFound
    role: Role

    @property
    def amount(self) -> Euro:
        """The amount, without a sign."""
        return self.found.amount


_BY_LABEL: tuple[tuple[Role, Phrase], ...] = tuple(
    (Role(label["role"]), any_phrase(label["phrases"])) for label in table("amounts")["label"]
)
_WITH_OR_WITHOUT = re.compile(r"(?i)\b(?:inclusief|incl\.|excl\.|exclusief)\s.*")
_NOT_PAID = re.compile(r"(?i)voorschot|te veel|\bte ontvangen|niet|nog te betalen|to be paid")

_ASK = re.compile(
    r"(?i)\b(?:betaal(?:t|d)?|betalen|terug ?betalen|terug te betalen"
    r"|voldoen|voldoe|over te maken|overmaken|overmaakt|maak\w*\b.*\bover"
    r"|bijgeschreven|bij te schrijven|sommeren|transfer|pay|te voldoen|boekt? (?:u|je)"
    r"|veroordeel(?:t|d)\b.*\bbetal(?:en|ing)|te doen (?:toekomen|zijn)|onder mij|bij u te innen"
    r"|op onze rekening|hebben ontvangen|is ontvangen|send (?:me|us)"
    r"|stort (?:u|je)|(?:wilt|wil|kunt|kun|moet|dient|zou|te)\b.{0,60}\bstorten"
    r"|verwacht(?:en)? (?:wij|we|ik)|(?:wij|we|ik) verwacht(?:en)?|have to return"
    r"|(?:vragen|krijgen|vorderen|willen) (?:wij|we)\b.*\bterug)\b"
    r"|(?:^|[,:;] |\b(?:en|graag|u|je|jij) )stort\b(?! (?:wij|we|ik))"
)
"""Who `stort` but you pays you: a benefit is no claim."""
_OPEN = re.compile(
    r"(?i)\b(?:per \d{1,2} \w+ \d{4} bedroeg"
    r"|(?:sta(?:at|an)|stond(?:en)?)\b.*\bopen|openstaa(?:nd|t)"
    r"|\w*achterstand|nog geen\b.*betaling ontvangen"
    r"|niet\b.*(?:ontvangen|voldaan|betaald|binnen|gekregen|gezien)|\w*schuld\b"
    r"|(?:ver)?schuldig(?:d)?\b|het gaat om|nog te goed|van (?:u|je|jou) te goed|tekort|ontbreekt"
    r"|mis(?:sen|ten|te)? (?:ik|wij|we)\b|(?:ik|wij|we) mis(?:sen|ten|te)?\b"
    r"|hebben (?:wij|we) nog niet\b|in het (?:krijt|boek)\b|loop(?:t|je)?\b.*\bachter\b"
    r"|krijg(?:en)? (?:wij|we|ik) (?:dus )?nog\b|(?:tot verhaal van|stands? at)\W*$"
    r"|in totaal|alles bijeen|optelsom|tel je dat op"
    r"|restant|saldo|nog open|remain|outstanding|owe\b|tezamen|samen|totaal"
    r"|vorder(?:en|ing|t)|(?:eind)?stand\b|in de min|still to be (?:re)?paid"
    r"|ten bedrage van|bij elkaar"
    r"|resteert|resteren|blijft|overblijft|beloopt|bedraagt|te gaan"
    r"|kom(?:t|en)? (?:het |dat |dit |daarmee |wij |we |u )?(?:totaal )?(?:uit )?(?:op|neer)"
    r"|wordt dat"
    r"|leaves?|left|(?:you|is now|are) owed?|amounts? to|balance|arrears|together this is)"
)
_WHOLE = re.compile(
    r"(?i)\b(?:(?:totale|gehele|hele|volledige|total|whole|entire|complete) (?:\w+ ){0,2}"
    r"(?:schuld|saldo|vordering|restschuld|krediet|debt|balance|loan)\b"
    r"|rest(?:ant)?schuld van (?:uw|je|de|het) (?:lening|krediet|hypotheek|leningen)\b"
    r"|(?:uw|je|your) (?:\w+\s)?(?:\w*schuld|debt) (?:is|van|bedraagt|beloopt|of|stands at)\b)"
)
_WHOLE_NOW = re.compile(
    r"(?i)\b(?:totale|gehele|hele|volledige|total|whole|entire|full|complete) (?:\w+ ){0,2}"
    r"(?:schuld|saldo|rest(?:ant)?schuld|krediet|lening|debt|balance|loan)\b[^.;€]{0,25}"
    r"\b(?:bedraagt|beloopt|is|op dit moment|momenteel|thans|nu|per heden|per vandaag|currently"
    r"|now|stands at|amounts to|comes to)(?! dan| then)[^.;€\d]{0,10}$"
    r"|\bvan (?:uw|je|de) (?:lening|krediet|hypotheek)\b[^.;€]{0,60}\bnog(?: \w+)?\s$"
    r"|\b(?:restant|saldo|stand|balance) (?:van|of|on) (?:uw|je|de|het|the|your) (?:lening|krediet"
    r"|hypotheek|loan|mortgage)\b[^.;€]{0,60}\b(?:bedraagt|beloopt|is|stands at)[^.;€\d]{0,12}$"
    r"|\b(?:hypotheek|lening|krediet)\b[^.;€]{0,40}\b(?:restschuld|restant) van\s$"
    r"|\b(?:de|het|the) (?:gehele|hele|volledige|whole|entire|full) (?:saldo|(?:rest)?schuld"
    r"|balance|loan|debt) (?:van|of)\s$"
)
"""Says so of the very amount: be it that not all of it is asked, or only if nobody pays."""
_NEAR = 90
_ANOTHER = re.compile(r"€|\bEUR\b")
_LEAVES = re.compile(
    r"(?i)^[^.;€]{0,40}\b(?:blijf(?:t|ven)|rest(?:eert|eren)?|is nu|staat nog|remains?|leaves)\b"
    r"[^.;€]{0,30}€"
)
"""What is said of the amount is what it was: something else is left of it."""

_COMES_TO = re.compile(
    r"(?i)\b(?:is|wordt|maakt|komt|makes) (?:dat|dit|samen|in totaal|together)\b"
    r"|\b(?:samen|tezamen|in totaal|totaal|komen (?:wij|we|u) (?:op|uit)|together)\b[^€]{0,20}$"
)
_PAYMENT = re.compile(
    r"(?i)^\W*(?:al |reeds |nu |op .{4,20})?"
    r"(?:gepind|voldaan|betaald|ontvangen|terugbetaald|afgelost)\b"
    r"(?! (?:worden|te))"
)
_GOT = re.compile(
    r"(?i)\b(?:ontvingen wij|hebben wij ontvangen|(?:de|uw) (?:eerste )?betaling van"
    r"|betaalde u|verminderd met)\b.{0,40}$"
)
_INSTEAD = re.compile(
    r"(?i)\b(?:rechtspraak|griffierecht|voorschot|tarief|toetsingsinkomen"
    r"|inkomen|vermogen|krediet|verzekerde?|\w*(?<!voor)waarde|vraagprijs|asking price|value"
    r"|offerte|begroting|aanneemsom|beslagvrije|vrijgelaten|rekening een saldo)\b[^€]{0,40}$"
)
_ABOUT_IT = re.compile(
    r"^(?:Dit|Dat|Deze|Die(?! \w+ (?:termijn|factuur|nota))|Doe dit|Maak dit|This)\b"
    r"(?! (?:komt|dossier|is meer))"
    r"|^(?:\w+ ){1,6}(?:dit|het|this|the) (?:totaal)?(?:bedrag|amount)\b(?! van)"
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_GIVEN_OR_WAIVED = re.compile(
    r"(?i)^\s?(?:is |zijn |werd |wordt |was )?(?:verstrekt|kwijtgescholden|waived|written off)\b"
)
_WITHOUT_VAT = re.compile(r"(?i)^\W*(?:excl\.|exclusief)\s(?:btw|vat)\b")
_BASE = re.compile(r"(?i)(?:\bover|%|procent)\s(?:van\s)?$")
_AN = re.compile(
    r"(?i)^\W*(?:aan|for|in)\s([\w ]{0,30})"
    r"|^\s((?:wettelijke |statutory )?(?:rente|hoofdsom|interest|principal)\b"
    r"|(?:incasso|buitengerechtelijke |collection )(?:kosten|costs)\b)"
)


def roles_of(amounts: list[AmountFound], layout: Layout) -> list[Part]:
    """Give every amount of a letter its role, in the same order."""
    return [Part(found, _role(found, layout)) for found in amounts]


def role_of_label(label: str) -> Role:
    """Return what an amount is that stands behind these words in a table."""
    words = _WITH_OR_WITHOUT.sub("", label)
    plain = plain_text(words)
    for role, phrase in _BY_LABEL:
        if (
            phrase.may_be_in(plain)
            and phrase.pattern.search(words)
            and not (role is Role.PAID and _NOT_PAID.search(words))
        ):
            return role
    return Role.ITEM


def _role(found: AmountFound, layout: Layout) -> Role:
    spot = found.spot
    if spot.cell:
        return role_of_label(_label_of(found))
    if context.is_a_rate(spot.before, spot.after):
        return Role.INSTALMENT
    if is_a_row_of_its_own(found):
        return role_of_label(spot.before)
    return _in_prose(found, layout)


def _label_of(found: AmountFound) -> str:
    """Return the words to the left, or those above where only numbers stand to the left."""
    label, above = found.spot.label, found.spot.above
    return label if _LETTERS.search(label) else above


def is_a_row_of_its_own(found: AmountFound) -> bool:
    """Say whether an amount has its label before it: `Te betalen: € 312,46`."""
    spot = found.spot
    return spot.before.rstrip().endswith(":") and len(spot.before) < 50 and len(spot.after) < 50


def _in_prose(found: AmountFound, layout: Layout) -> Role:
    before, after, text = found.spot.before, found.spot.after, layout.blocks[found.spot.block].text
    if _WHOLE_NOW.search(before[-_NEAR:]) and not _PAYMENT.match(after):
        return Role.WHOLE
    if context.is_conditional(layout, found.spot.block, found.spot.start):
        return Role.CONDITIONAL
    if _beside_the_point(found, text):
        return Role.ASIDE
    if _PAYMENT.match(after) or _GOT.search(before):
        return Role.PAID
    named = _named_nearby(before, after)
    return (
        named if named is not None else _asked_or_open(before, after + _next_about_it(found, text))
    )


def _next_about_it(found: AmountFound, text: str) -> str:
    """Return the next sentence when it speaks of the same amount: `Dit bedrag moet …`."""
    end = found.spot.start - len(found.spot.before)
    start = next((at for at in sentence_starts(text) if at > max(end, found.spot.start)), None)
    following = text[start:] if start is not None else ""
    first = re.split(r"(?<=[.!?])\s", following, maxsplit=1)[0]
    return f" {first}" if _ABOUT_IT.search(first) else ""


def _beside_the_point(found: AmountFound, text: str) -> bool:
    spot = found.spot
    return (
        context.is_a_bound(spot.before)
        or context.is_not_asked(spot.sentence + _next_about_it(found, text))
        or context.is_history(spot.before)
        or bool(_BASE.search(spot.before))
        or bool(_WITHOUT_VAT.match(spot.after) or _GIVEN_OR_WAIVED.match(spot.after))
        or bool(
            _INSTEAD.search(_ANOTHER.split(spot.before)[-1])
            and not _WHOLE.search(spot.before[-_NEAR:])
        )
    )


def _named_nearby(before: str, after: str) -> Role | None:
    """Return the part that is named right before the amount, or after it: `€ 62,41 aan rente`."""
    behind = _AN.match(after)
    for words in (
        (behind.group(1) or behind.group(2) or "") if behind else "",
        re.split(r"€|\bEUR\b|[,;]\s", before)[-1][-60:],
    ):
        role = role_of_label(words) if words.strip() and not _COMES_TO.search(words) else Role.ITEM
        if role in PARTS - {Role.PAID, Role.VAT}:
            return role
    return None


def _asked_or_open(before: str, after: str) -> Role:
    sentence = f"{before} {after}"
    if _WHOLE.search(_ANOTHER.split(before)[-1][-_NEAR:]):
        return Role.ASIDE if _LEAVES.match(after) else Role.WHOLE
    if _ASK.search(sentence):
        return Role.ASKED
    return Role.TOTAL if _OPEN.search(sentence) else Role.UNSAID
