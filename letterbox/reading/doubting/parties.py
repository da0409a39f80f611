"""What speaks against or for whom one owes, and who collects for them."""

from collections.abc import Collection, Iterator

from letterbox.reading.candidates.parties import has_initials
from letterbox.reading.doubting.choices import FROM_WHO_IS_OWED, Choices
from letterbox.reading.finders.names import Part
from letterbox.reading.found import Found
from letterbox.reading.parties import alike, full_name, same_name


def contradicted(choices: Choices, found: Found) -> Iterator[str]:
    """Yield who cannot be right: one collects from oneself, the claim was sold to another, a
    person may only sign, or the letter names who delivered it nowhere."""
    if _collects_from_itself(choices):
        yield from ("creditor", "collector")
    if (
        _sold_the_claim(choices, found)
        or _only_signs(choices, found)
        or _only_delivers(choices, found)
    ):
        yield "creditor"


def doubted(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """Yield who is in doubt: an agency is hardly ever owed itself; where the writer is
    not owed, somebody collects."""
    if "writer collects" in letter and _writer_is_owed(choices, found):
        yield from ("creditor", "collector")
    delivered = found.sender is not None and _is_owed_plainly(choices, found, letter)
    if not delivered and not _is_collected_for(choices, found, letter):
        yield "creditor"


def backed(choices: Choices, found: Found, letter: Collection[str]) -> Iterator[str]:
    """Yield who is confirmed: who delivered it is owed, nobody collects, and nothing is said of
    another who is owed."""
    if found.sender and _is_owed_plainly(choices, found, letter):
        yield "creditor"
    if _is_plain(choices, found, letter):
        yield "collector"


def _is_owed_plainly(choices: Choices, found: Found, letter: Collection[str]) -> bool:
    """Say whether it is plain, and a letter of a kind that who is owed writes."""
    return _is_plain(choices, found, letter) and not FROM_WHO_IS_OWED.isdisjoint(letter)


def _is_plain(choices: Choices, found: Found, letter: Collection[str]) -> bool:
    """Say whether the writer is owed, and nothing is said of anybody else."""
    plain = choices["collector"].value is None and "for another" not in letter
    return plain and _writer_is_owed(choices, found)


def _is_collected_for(choices: Choices, found: Found, letter: Collection[str]) -> bool:
    """Say whether another than the writer is owed, and the letter says that somebody collects."""
    collector = choices["collector"].value or ""
    said = "for another" in letter or not alike(collector, _writer_of(found))
    sold = "bought" in letter
    return bool(collector) and said and not sold and not _writer_is_owed(choices, found)


def _collects_from_itself(choices: Choices) -> bool:
    return alike(choices["creditor"].value or "", choices["collector"].value or "")


def _sold_the_claim(choices: Choices, found: Found) -> bool:
    """Say whether another bought the claim of whom it seems to be owed to."""
    creditor = choices["creditor"].value or ""
    buyers = [name.name for name in found.named.names if name.part is Part.BUYER]
    sellers = [name.name for name in found.named.names if name.part is Part.SELLER]
    bought = any(alike(creditor, buyer) for buyer in buyers)
    return not bought and (bool(buyers) or any(alike(creditor, seller) for seller in sellers))


def _only_signs(choices: Choices, found: Found) -> bool:
    """Say whether a person seems to be owed, and nobody knows that he delivered the letter."""
    return found.sender is None and has_initials(choices["creditor"].value or "")


def _only_delivers(choices: Choices, found: Found) -> bool:
    """Say whether who delivered it seems to be owed, and the letter may be of another: it does
    not name him."""
    sender = found.sender.name if found.sender else ""
    if not alike(choices["creditor"].value or "", sender):
        return False
    named = any(alike(full_name(sender), full_name(name.name)) for name in found.named.names)
    return not named and same_name(sender) not in same_name(found.layout.text)


def _writer_is_owed(choices: Choices, found: Found) -> bool:
    return alike(choices["creditor"].value or "", _writer_of(found))


def _writer_of(found: Found) -> str:
    return found.writer.name if found.writer else ""
