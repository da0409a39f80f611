"""A reading and the truth of its letter pass through here and are compared, field by field."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from letterbox.letters.rules import Party
from letterbox.reading.findings import Reading
from letterbox.reading.parties import full_name
from tests.letters.printing import Printed

_LEGAL_FORM = re.compile(r"(?i)\b(?:b\.?v|n\.?v|v\.?o\.?f|u\.?a)\b\.?|\b(?:coöperatie|stichting)\b")
_SHORTEST_NAME = 5
PARTS = ("principal", "interest", "collection_costs", "increase", "paid")
"""Where nothing is noted down, a letter may still state them: those are left out."""

MONEY_AND_DAYS = ("outstanding", "payable_now", "due_on")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one field of one letter.

    :ivar sure: the reading did not ask for a second look at it
    :ivar stated: the truth has a value
    """

    field: str
    right: bool
    sure: bool
    stated: bool
    got: str
    true: str


def judge(printed: Printed, reading: Reading | None) -> Iterator[Judgement]:
    """Compare all fields that this reading knows of. A letter that cannot be read asks for all."""
    read = reading or Reading()
    for field, (attribute, same) in _FIELDS.items():
        got, true = getattr(read, attribute, _UNKNOWN), _true(printed, field)
        if got is _UNKNOWN or (field in PARTS and field not in printed.letter.noted):
            continue
        yield Judgement(
            field=field,
            right=same(got, true),
            sure=reading is not None and attribute not in read.check,
            stated=not _is_nothing(true),
            got=_shown(got),
            true=_shown(true),
        )


def plain(text: object) -> str:
    """Return small letters and digits only, without accents, marks or legal form."""
    bare = unicodedata.normalize("NFKD", _LEGAL_FORM.sub(" ", str(text)))
    return re.sub(r"[^a-z0-9]", "", bare.encode("ascii", "ignore").decode().lower())


def _same_value(got: Any, true: Any) -> bool:
    return str(got) == str(true)


def _same_number(got: Any, true: Any) -> bool:
    return plain(got) == plain(true)


def _same_name(got: Any, true: Any) -> bool:
    """One name may be longer than the other, if the shorter says enough; CJIB is short for one."""
    names = sorted((plain(_shown(got)), plain(full_name(true))), key=len)
    return names[0] == names[1] or (len(names[0]) >= _SHORTEST_NAME and names[0] in names[1])


def _holds_all(got: Any, true: Any) -> bool:
    return {plain(number) for number in true} <= {plain(number) for number in got}


def _says_same(got: Any, true: Any) -> bool:
    """Instalments and events: all of them, and nothing where there are none."""
    found = {_tuple(each) for each in got}
    return {_tuple(each) for each in true} <= found if true else not found


def _or_nothing(same: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compare(got: Any, true: Any) -> bool:
        if _is_nothing(got) or _is_nothing(true):
            return _is_nothing(got) and _is_nothing(true)
        return same(got, true)

    return compare


_UNKNOWN = object()
_Same = Callable[[Any, Any], bool]
_FIELDS: dict[str, tuple[str, _Same]] = {
    "kind": ("kind", _or_nothing(_same_value)),
    "letter_on": ("letter_on", _or_nothing(_same_value)),
    "creditor": ("creditor", _or_nothing(_same_name)),
    "collector": ("collector", _or_nothing(_same_name)),
    "outstanding": ("outstanding", _or_nothing(_same_value)),
    "payable_now": ("payable_now", _or_nothing(_same_value)),
    "due_on": ("due_on", _or_nothing(_same_value)),
    "iban": ("iban", _or_nothing(_same_number)),
    "payment_reference": ("payment_reference", _or_nothing(_same_number)),
    "references": ("references", _holds_all),
    **{part: (part, _or_nothing(_same_value)) for part in PARTS},
    "conditional_costs": ("conditional_costs", _or_nothing(_same_value)),
    "instalments": ("instalments", _says_same),
    "events": ("events", _says_same),
    "objection": ("objection_on", _or_nothing(_same_value)),
}


def _true(printed: Printed, field: str) -> Any:
    letter, told = printed.letter, printed.told
    elsewhere = {
        "kind": letter.kind,
        "letter_on": printed.sent,
        "creditor": letter.creditor,
        "collector": letter.collector,
        "due_on": told.due_date,
    }
    return elsewhere[field] if field in elsewhere else getattr(told, field)


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", ())


def _tuple(each: Any) -> tuple[str, ...]:
    """An instalment as day and amount, an event as what and when."""
    if isinstance(each, tuple):
        return tuple(str(part) for part in each)
    first = getattr(each, "what", None) or each.on
    second = each.on if hasattr(each, "what") else each.amount
    return str(first), str(second)


def _shown(value: Any) -> str:
    if isinstance(value, Party):
        return value.name
    if isinstance(value, tuple):
        return ", ".join(
            " ".join(_tuple(e)) if not isinstance(e, str | date) else str(e) for e in value
        )
    return "" if value is None else str(value)
