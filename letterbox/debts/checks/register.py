"""Collectors that are not in the register, for operators who supply it."""

from collections.abc import Iterator, Sequence
from datetime import date

from letterbox.debts.checks.proof import evidence_in, is_sure
from letterbox.debts.checks.tables import (
    WKI_REGISTER,
    Register,
    Registered,
    is_public,
    names_one_of,
)
from letterbox.debts.facts import Check, CheckSeverity, ReadLetter
from letterbox.debts.links import alike
from letterbox.letters.rules import Party


def unknown_collector(
    letters: Sequence[ReadLetter], register: Register = WKI_REGISTER
) -> Iterator[Check]:
    """Who collects for another from a consumer is in the register; bailiffs and lawyers are not.

    Source: Wet kwaliteit incassodienstverlening. Silent while the register is empty.
    """
    letter = next((x for x in reversed(letters) if is_sure(x, "collector")), None)
    if letter is None or not register.registered or letter.on < register.since:
        return
    collector = letter.reading.collector
    if collector is None or _need_not_be_in_it(letter, collector, register):
        return
    if not any(_is(collector, row, letter.on) for row in register.registered):
        yield _unknown(letter, collector, register)


def _need_not_be_in_it(letter: ReadLetter, collector: Party, register: Register) -> bool:
    own = alike(collector, letter.reading.creditor)
    return own or is_public(collector) or names_one_of(register.exempt, collector)


def _is(collector: Party, row: Registered, on: date) -> bool:
    holds = row.since <= on and (row.until is None or on < row.until)
    return holds and alike(collector, Party(row.name, row.number))


def _unknown(letter: ReadLetter, collector: Party, register: Register) -> Check:
    return Check(
        "unknown_collector",
        CheckSeverity.WARNING,
        f"Mag {collector.name} incasseren? De naam staat niet in het register van "
        "incassodienstverleners dat hier bekend is.",
        source=register.source,
        evidence=evidence_in(letter, "collector"),
        message_en=f"May {collector.name} collect? The name is not in the register of collectors "
        "that is known here.",
    )
