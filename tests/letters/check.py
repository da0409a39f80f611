"""`python -m tests.letters.check BANK…`: says what is wrong in banks of test letters.

Each letter is drawn a few times, because some mistakes show with some values only.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from keyword import iskeyword
from pathlib import Path

from letterbox.shared.kinds import Kind
from tests.letters.bank import (
    BANKS,
    LANGUAGES,
    BankProblem,
    Letter,
    Truth,
    raw_letters,
    shape_letter,
)
from tests.letters.draws import Drawn, draw_values
from tests.letters.filling import ABOUT_CITIZEN, Filled, draw_habits, fill_letter, slots_in
from tests.letters.styles import contains_number, ways_to_write_amount, ways_to_write_day
from tests.letters.truths import AMOUNTS, Told, tell

_TRIES = 6
_LONGEST = 400
_NOT_PRINTED = "not printed"
_DRAWN_BEFORE = {"sent", "received", *ABOUT_CITIZEN}


def problems_in(place: Path) -> Iterator[str]:
    """Return what is wrong in a folder of letters, or in one file, one line each."""
    files = [place] if place.is_file() else sorted(place.rglob("*.toml"))
    if not files:
        yield f"{place}: no letters here"
    for path in files:
        if len(path.read_text("utf-8").splitlines()) > _LONGEST:
            yield f"{path.name}: longer than {_LONGEST} lines"
        try:
            raws = raw_letters(path)
        except BankProblem as problem:
            yield str(problem)
            continue
        for raw in raws:
            yield from _problems_in_raw(raw, path.name)
    yield from _twice(files)


def problems_of(letter: Letter) -> Iterator[str]:
    """Return what is wrong with one letter, each thing once."""
    where = f"{letter.file} {letter.id}"
    seen = dict.fromkeys(f"{where}: {problem}" for problem in _standing(letter))
    for seed in range(_TRIES if letter.language in LANGUAGES else 0):
        try:
            drawn = draw_values(letter, seed)
            told = tell(letter, drawn.values)
            filled = fill_letter(letter, drawn, draw_habits(letter, seed))
        except BankProblem as problem:
            seen[str(problem)] = None
            continue
        for look in _LOOKS:
            seen.update(dict.fromkeys(f"{where}: {p}" for p in look(letter, drawn, told, filled)))
    yield from seen


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the problems of each place that is named, and return whether there were any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", type=Path, default=[BANKS])
    places = parser.parse_args(arguments).places
    found = [problem for place in places for problem in problems_in(place)]
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    sys.stdout.write(f"{len(found)} problems\n" if found else "all is well\n")
    return 1 if found else 0


def _problems_in_raw(raw: dict[str, object], file: str) -> Iterator[str]:
    try:
        letter = shape_letter(raw, file)
    except BankProblem as problem:
        yield str(problem)
    else:
        yield from problems_of(letter)


def _twice(files: Sequence[Path]) -> Iterator[str]:
    """Names are unique over all banks, also those beside the one that is looked at."""
    every = {*BANKS.rglob("*.toml"), *(path.resolve() for path in files)}
    homes: dict[str, list[str]] = {}
    for path in sorted(every):
        names = re.findall(r'(?m)^id\s*=\s*"([^"]*)"', path.read_text("utf-8"))
        for name in names:
            homes.setdefault(name, []).append(f"{path.parent.name}/{path.name}")
    here = {f"{path.resolve().parent.name}/{path.name}" for path in files}
    for name, where in homes.items():
        if len(where) > 1 and here & set(where):
            yield f"{name}: this id is used {len(where)} times: {', '.join(where)}"


def _standing(letter: Letter) -> Iterator[str]:
    """What can be seen without drawing."""
    if letter.language not in LANGUAGES:
        yield f"language {letter.language!r} is neither nl nor en"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", letter.id):
        yield "the id is not in kebab-case"
    for name in _DRAWN_BEFORE & set(letter.draw):
        yield f"draw {name}: this name is drawn already"
    if letter.kind is Kind.OTHER and _claims(letter):
        yield f"an other letter claims nothing, but its truth holds {', '.join(_claims(letter))}"
    if letter.kind is not Kind.OTHER and not letter.creditor:
        yield "it has no creditor"
    if letter.truth.due_date and not letter.truth.payable_now:
        yield "there is a due_date, but nothing is payable_now"
    yield from _unused(letter)


def _claims(letter: Letter) -> list[str]:
    truth = letter.truth
    held = ("outstanding", "payable_now", "due_date", "iban", "payment_reference", "references")
    return [name for name in held if getattr(truth, name)]


def _expressions(truth: Truth) -> str:
    pairs = (*truth.instalments, *truth.events)
    plain = (getattr(truth, name) for name in (*AMOUNTS, "due_date", "objection"))
    numbers = (truth.iban, truth.payment_reference, *truth.references)
    return " ".join([*plain, *numbers, *(part for pair in pairs for part in pair)])


def _unused(letter: Letter) -> Iterator[str]:
    try:
        slots = Counter(name for text in letter.texts for name, _ in slots_in(text))
    except ValueError:
        return
    written = [how for how in letter.draw.values() if not how.startswith("ref ")]
    sums = " ".join(written) + " " + _expressions(letter.truth)
    for name in letter.draw:
        summed = re.search(rf"\b{re.escape(name)}\b", sums)
        if not slots[name] and not summed:
            yield f"draw {name}: is used nowhere"
        if summed and iskeyword(name):
            yield f"draw {name}: no sum can hold this word of Python, take another"
    due = letter.truth.due_date
    if due in letter.draw and not slots[due]:
        yield f"truth due_date: {due!r} is not printed anywhere"


def _money(letter: Letter, drawn: Drawn, told: Told, filled: Filled) -> Iterator[str]:
    for field in ("outstanding", "payable_now", "conditional_costs"):
        amount = getattr(told, field)
        if amount and not _is_printed(amount, filled) and _NOT_PRINTED not in letter.truth.note:
            yield (
                f"truth {field}: its amount is not printed "
                f"(if that is meant, say '{_NOT_PRINTED}' in the note)"
            )
    amounts = (told.outstanding, told.payable_now, told.principal, told.interest, told.paid)
    if any(amount is not None and amount < 0 for amount in amounts):
        yield "an amount of the truth is negative"


def _is_printed(amount: Decimal, filled: Filled) -> bool:
    return any(contains_number(filled.text, way) for way in ways_to_write_amount(amount))


def _days(letter: Letter, drawn: Drawn, told: Told, filled: Filled) -> Iterator[str]:
    sent = drawn.values["sent"]
    assert isinstance(sent, date)
    if not any(contains_number(filled.text, way) for way in ways_to_write_day(sent)):
        yield "the day it was sent is not printed: put {sent} in details or body"


def _numbers(letter: Letter, drawn: Drawn, told: Told, filled: Filled) -> Iterator[str]:
    text = _compact(filled.text)
    for field, number in (
        ("iban", told.iban),
        ("payment_reference", told.payment_reference),
        *(("references", number) for number in told.references),
    ):
        if number and _compact(number) not in text:
            yield f"truth {field}: its number is not printed"


def _compact(text: str) -> str:
    return re.sub(r"[\s.]", "", text).upper()


_LOOKS: tuple[Callable[[Letter, Drawn, Told, Filled], Iterator[str]], ...] = (
    _money,
    _days,
    _numbers,
)

if __name__ == "__main__":
    sys.exit(main())
