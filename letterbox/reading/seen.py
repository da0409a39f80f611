"""Figures that were recognised in a picture pass here: may they be believed as if in print?

A misread figure still looks right. So it takes a proof: a second look that saw the same
(`Word.confirmed`), or others that come to an amount, to the cent: they would have to be wrong
as well, and by as much.
"""

from letterbox.reading.findings import AMOUNTS, Finding
from letterbox.reading.found import Found
from letterbox.reading.layout import Spot

_COUNTED = frozenset(("due_on", "objection_on"))
"""Days that may be so many after the date of the letter, or in its year."""
_IN_FIGURES = _COUNTED | {*AMOUNTS, "letter_on", "payment_reference"}


def is_proved(finding: Finding, found: Found) -> bool:
    """Say whether a finding needs no proof, or has one."""
    if finding.field not in _IN_FIGURES or _adds_up(finding, found):
        return True
    page, box = finding.page, finding.box
    return (page is None or box is None or found.layout.shows_clearly(page, box)) and (
        _has_no_rival(finding, found)
        if finding.field in AMOUNTS
        else finding.field not in _COUNTED or _is_dated_clearly(found)
    )


def _adds_up(finding: Finding, found: Found) -> bool:
    return finding.value in {str(closing.total.amount) for closing in found.closings}


def _has_no_rival(finding: Finding, found: Found) -> bool:
    """Say whether all other amounts are clear: one in doubt may be the one that was meant."""
    others = (part for part in found.parts if str(part.amount) != finding.value)
    return all(_is_clear(part.found.spot, found) for part in others)


def _is_dated_clearly(found: Found) -> bool:
    written = found.letter_date
    return written is None or (written.sure and _is_clear(written.found.spot, found))


def _is_clear(spot: Spot, found: Found) -> bool:
    return found.layout.shows_clearly(spot.page, spot.box)
