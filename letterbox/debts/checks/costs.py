"""Costs of collecting that are higher than the scale of the law."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from letterbox.debts.checks.proof import (
    evidence_in,
    has_title,
    in_english,
    is_private,
    newest_with,
    quote_of,
    sure_amount,
)
from letterbox.debts.checks.tables import COLLECTION_COSTS, VAT, Scale, in_force
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.shared.money import Euro

_OF_COLLECTING = re.compile(r"(?i)incasso|buitengerechtelijk|collection cost")
ROUNDING = Euro(1)
"""What may be left of rounding in another order."""


def costs_on_scale(principal: Euro, on: date) -> Euro | None:
    """Return the most that collecting may cost before VAT; None where no scale is known.

    Source: Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2 (Stb. 2012, 141).
    """
    scale = in_force(COLLECTION_COSTS.scale, on)
    return None if scale is None else _in_cents(_on_scale(Decimal(principal.cents) / 100, scale))


def costs_limit(principal: Euro, on: date) -> Euro | None:
    """Return the most that collecting may cost with VAT on it.

    VAT may be added only when the creditor cannot offset it, which no letter proves.
    """
    bare, vat = costs_on_scale(principal, on), in_force(VAT.rate, on)
    if bare is None or vat is None:
        return bare
    return _in_cents(Decimal(bare.cents) / 100 * (1 + vat.percent / 100))


def costs_above_scale(letters: Sequence[ReadLetter]) -> Iterator[Check]:
    """Collection costs, claimed or announced, are at most those of the scale, and VAT on them.

    Source: art. 6:96 lid 5 BW and the Besluit. The largest principal that any letter names
    counts, because a part of it may have been paid since.
    """
    if not is_private(letters) or has_title(letters):
        return
    letter, field = _naming_costs(letters)
    costs = sure_amount(letter, field) if letter else None
    principal = _largest_principal(letters)
    if letter is None or costs is None or principal is None:
        return
    limit = costs_limit(principal, letter.on)
    if limit is not None and costs > limit + ROUNDING:
        yield _above_scale(letter, field, costs, limit)


def _on_scale(euros: Decimal, scale: Scale) -> Decimal:
    costs, counted = Decimal(0), Decimal(0)
    for band in scale.bands:
        end = euros if band.up_to is None else min(euros, band.up_to)
        costs += max(end - counted, Decimal(0)) * band.percent / 100
        counted = max(end, counted)
    return min(max(costs, scale.minimum), scale.maximum)


def _in_cents(euros: Decimal) -> Euro:
    return Euro(int((euros * 100).quantize(Decimal(1), ROUND_HALF_UP)))


def _naming_costs(letters: Sequence[ReadLetter]) -> tuple[ReadLetter | None, str]:
    claiming = newest_with(letters, "collection_costs", "principal")
    if claiming is not None:
        return claiming, "collection_costs"
    announcing = newest_with(letters, "conditional_costs")
    if announcing and _OF_COLLECTING.search(quote_of(announcing, "conditional_costs")):
        return announcing, "conditional_costs"
    return None, ""


def _largest_principal(letters: Iterable[ReadLetter]) -> Euro | None:
    """A doubtful amount counts too: it can only make the limit higher."""
    named = [letter.reading.principal for letter in letters]
    named += [letter.reading.outstanding for letter in letters if not _adds_costs(letter)]
    return max((amount for amount in named if amount is not None), default=None)


def _adds_costs(letter: ReadLetter) -> bool:
    return any((letter.reading.collection_costs, letter.reading.interest))


def _above_scale(letter: ReadLetter, field: str, costs: Euro, limit: Euro) -> Check:
    return Check(
        "costs_above_scale",
        CheckSeverity.NOTICE,
        f"Zijn de incassokosten van {costs.dutch} niet te hoog? Volgens de wettelijke staffel is "
        f"het hier hoogstens {limit.dutch}, met btw.",
        source="art. 6:96 lid 5 BW; Besluit vergoeding voor buitengerechtelijke incassokosten "
        "(Stb. 2012, 141)",
        evidence=evidence_in(letter, field, "principal"),
        message_en=f"Are the collection costs of {in_english(costs)} not too high? By the legal "
        f"scale they are {in_english(limit)} here at most, VAT included.",
    )
