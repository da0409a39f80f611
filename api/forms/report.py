"""The overview as a report on paper (PDF/UA-1): a page to begin with, then debt by debt.

What is said here is words only; how it looks is in `report.typ`. All text goes to the typesetter as
data and never as its language, so that a creditor's name cannot do anything but be printed.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from api.forms.printing import print_pdf
from api.forms.words import Words
from letterbox.overview.listing import Listing, Row, Table, Value, is_total_sure, plain
from letterbox.overview.urgency import RUNNING
from letterbox.shared.days import HERE
from letterbox.shared.money import Euro

MEDIA_TYPE = "application/pdf"
MOST_DEADLINES = 8
MOST_BARS = 10
LONGEST_TEXT = 600
LONGEST_WORD = 26
"""In characters; what is longer may be broken anywhere, or it would leave its column."""

SHOWN = (
    *((0x20, 0x2FF), (0x370, 0x482), (0x48A, 0x4FF), (0x1E00, 0x1EFF)),
    *((0x2010, 0x2027), (0x20A0, 0x20BF), (0x2190, 0x22FF)),
)
"""What the typesetter's own fonts hold after any other sign, so without accents that stand apart.
A report with any other sign would not be PDF/UA, and is not printed at all."""

NOT_SHOWN = "\u25a1"
BREAK_HERE = "\u200b"

FACTS = (
    "references",
    "payment_reference",
    "iban",
    "balance_on",
    "due_on",
    "next_on",
    "next_what",
    "payable_now",
    "principal",
    "interest",
    "collection_costs",
    "increase",
    "paid",
    "first_letter_on",
    "title_on",
    "seizure_on",
)
ALWAYS = frozenset(("references", "payment_reference", "iban", "balance_on", "due_on"))
"""Facts that are named even when they are not known: someone will have to ask for them."""

NEXT = ("next_on", "next_what")

TERMS = frozenset(("kind", "status", "stage", "severity", "letter_status", "what", "next_what"))

Json = dict[str, Any]


def write_report(listing: Listing, words: Words) -> bytes:
    """Return the overview as a PDF. The same overview gives the same bytes.

    :raises Unavailable: too many want a report now
    """
    return print_pdf(_Report(listing, words).whole(), on=listing.overview.as_of)


def printable(text: str) -> str:
    """Return text as the fonts can show it, short enough, with room to break long words."""
    text = unicodedata.normalize("NFC", text)
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]}…"
    shown = "".join(each if _is_shown(each) else NOT_SHOWN for each in text)
    return " ".join(_broken(word) for word in shown.split(" "))


def _is_shown(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in SHOWN)


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return BREAK_HERE.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))


class _Report:
    """One overview, in one language, as the template wants it."""

    def __init__(self, listing: Listing, words: Words) -> None:
        self._listing, self._words = listing, words
        self._letters = _by_number(listing.letters)
        self._checks = _by_number(listing.checks)

    def whole(self) -> Json:
        as_of = self._words.day(self._listing.overview.as_of)
        return {
            "language": self._words.language,
            "title": f"{self._words.title}, {as_of}",
            "heading": self._words.title,
            "phrases": dict(self._words.phrases),
            "columns": dict(self._words.columns),
            "about": [*self._about()],
            "totals": [*self._totals()],
            "to_check": [*self._to_check()],
            "deadlines": [self._deadline(row) for row in self._first_deadlines],
            "more_deadlines": self._more_deadlines(),
            "bars": self._bars(),
            "letters_named": self._listing.letters_named,
            "list_total": self._words.amount(self._listing.overview.totals.outstanding),
            "list_total_unsure": not self._is_sure,
            "debts": [self._debt(row) for row in self._listing.debts.rows],
            "apart": [self._apart(row) for row in self._listing.apart.rows],
        }

    def _about(self) -> Iterator[Json]:
        phrases, occasion = self._words.phrases, self._listing.occasion
        yield _fact(phrases["as_of"], self._words.day(self._listing.overview.as_of))
        if occasion.consent_id is None or occasion.valid_until is None:
            yield _fact(phrases["consent"], phrases["no_consent"])
            return
        until = occasion.valid_until.astimezone(HERE)
        yield _fact(phrases["valid_until"], f"{self._words.day(until)}, {until:%H:%M}")
        yield _fact(phrases["purpose"], printable(plain(occasion.purpose or "")))
        yield _fact(phrases["consent"], str(occasion.consent_id))

    def _totals(self) -> Iterator[Json]:
        totals, phrases = self._listing.overview.totals, self._words.phrases
        yield _fact(
            phrases["owed"], self._words.amount(totals.outstanding), unsure=not self._is_sure
        )
        yield _fact(phrases["debts"], str(totals.debts))
        for name in ("payable_now", "overdue", "costs_and_interest"):
            yield _fact(phrases[name], self._words.amount(getattr(totals, name)))

    def _to_check(self) -> Iterator[Json]:
        running, phrases = self._running, self._words.phrases
        counts = {
            "unsure_fields": sum(len(row.unsure) for row in running),
            "checks": len({(r.values["number"], r.values["question"]) for r in self._all_checks}),
            "unknown_amounts": sum(row.values["outstanding"] is None for row in running),
            "unread_letters": len(self._listing.overview.unread),
        }
        yield from (_fact(phrases[name], str(count)) for name, count in counts.items())

    @property
    def _is_sure(self) -> bool:
        return is_total_sure(self._listing, "outstanding")

    @property
    def _running(self) -> list[Row]:
        return [row for row in self._listing.debts.rows if row.values["status"] in RUNNING]

    @property
    def _all_checks(self) -> tuple[Row, ...]:
        return self._listing.checks.rows

    @property
    def _first_deadlines(self) -> tuple[Row, ...]:
        return self._listing.deadlines.rows[:MOST_DEADLINES]

    def _more_deadlines(self) -> str | None:
        more = len(self._listing.deadlines.rows) - MOST_DEADLINES
        return self._words.phrase("more_deadlines", count=more) if more > 0 else None

    def _deadline(self, row: Row) -> Json:
        return {
            "on": self._cell(row, "on"),
            "left": self._left(row.values["days_left"]),
            "creditor": self._creditor(row),
            "what": self._cell(row, "what"),
            "amount": self._cell(row, "amount"),
        }

    def _left(self, days: Value) -> str:
        soon: dict[Value, str] = {0: "today", 1: "tomorrow"}
        return self._words.phrase(soon.get(days, "days"), count=days)

    def _bars(self) -> Json | None:
        """Return the largest debts, what share of the largest each is, and the rest in words."""
        owed = [(self._creditor(row), row.values["outstanding"]) for row in self._running]
        known = [(name, each) for name, each in owed if isinstance(each, Euro) and each.cents > 0]
        known.sort(key=lambda bar: -bar[1].cents)
        if len(known) < 2:
            return None
        drawn = [
            {
                "label": name,
                "amount": self._words.amount(each),
                "share": each.cents / known[0][1].cents,
            }
            for name, each in known[:MOST_BARS]
        ]
        said = "; ".join(f"{bar['label']} {bar['amount']}" for bar in drawn)
        alt = self._words.phrase("chart_alt", bars=said)
        return {"bars": drawn, "alt": alt, "rest": self._rest(known[MOST_BARS:])}

    def _rest(self, owed: Sequence[tuple[str, Euro]]) -> str | None:
        if not owed:
            return None
        amount = self._words.amount(sum((each for _, each in owed), Euro(0)))
        return self._words.phrase("chart_rest", count=len(owed), amount=amount)

    def _debt(self, row: Row) -> Json:
        number = row.values["number"]
        collector = row.values["collector"]
        return {
            "number": str(number),
            "creditor": self._creditor(row),
            "creditor_unsure": "creditor" in row.unsure,
            "collector": collector
            and self._words.phrase("collected_by", name=printable(str(collector))),
            "severity": row.values["severity"],
            "urgency": self._cell(row, "severity"),
            "counts": row.values["status"] in RUNNING,
            "status": self._cell(row, "status"),
            "stage": self._cell(row, "stage"),
            "due": self._cell(row, "due_on"),
            "outstanding": self._cell(row, "outstanding"),
            "facts": [
                {"label": self._words.columns[name], "value": self._cell(row, name)}
                for name in FACTS
                if self._is_told(row, name)
            ],
            "checks": [*self._questions(self._checks.get(number, []))],
            "letters": [self._letter(each) for each in self._letters.get(number, [])],
        }

    @staticmethod
    def _is_told(row: Row, name: str) -> bool:
        known = row.values
        # The next day is mostly the day to pay: once is enough.
        if name in NEXT and (known["next_on"], known["next_what"]) == (
            known["due_on"],
            known["stage"],
        ):
            return False
        return known[name] not in (None, "") or name in ALWAYS

    def _letter(self, row: Row) -> Json:
        names = ("on", "kind", "outstanding", "payable_now", "due_on", "letter")
        return self._with_origin(row, "kind", {name: self._cell(row, name) for name in names})

    def _apart(self, row: Row) -> Json:
        told = "kind" if row.values["letter_status"] is None else "letter_status"
        cells = {name: self._cell(row, name) for name in ("on", "sender", "letter")}
        return self._with_origin(row, "told", cells | {"told": self._cell(row, told)})

    def _with_origin(self, row: Row, name: str, cells: Json) -> Json:
        """Say of a letter that no sender delivered where it comes from."""
        if not row.values["added_by_citizen"]:
            return cells
        said = f"{cells[name]['text']} ({self._words.columns['added_by_citizen']})"
        return cells | {name: cells[name] | {"text": said}}

    def _questions(self, rows: Iterable[Row]) -> Iterator[Json]:
        asked: dict[tuple[Value, Value], list[Row]] = {}
        for row in rows:
            asked.setdefault((row.values["code"], row.values["question"]), []).append(row)
        for (code, _), places in asked.items():
            question, language = self._words.question(places[0])
            source = places[0].values["source"]
            yield {
                "title": printable(self._title(str(code), places[0])),
                "question": printable(question),
                "language": language,
                "source": source and printable(str(source)),
                "places": [self._place(each) for each in places if each.values["quote"]],
            }

    def _title(self, code: str, row: Row) -> str:
        title = self._words.term(code)
        only = self._words.columns["counsellor_only"]
        return f"{title} ({only})" if row.values["counsellor_only"] else title

    def _place(self, row: Row) -> Json:
        on, page = row.values["letter_on"], row.values["page"]
        where = [
            str(row.values["letter"]) if self._listing.letters_named else self._words.said(on),
            self._words.phrase("page", page=page) if page is not None else "",
        ]
        at = ", ".join(part for part in where if part)
        return {"at": printable(at), "quote": printable(str(row.values["quote"]))}

    def _creditor(self, row: Row) -> str:
        name = row.values["creditor"]
        return printable(str(name)) if name else self._words.phrases["unknown_creditor"]

    def _cell(self, row: Row, name: str) -> Json:
        column = row.values[name]
        said = self._words.said(column)
        if name in TERMS and said:
            said = self._words.term(said)
        if name == "iban":
            said = " ".join(said[at : at + 4] for at in range(0, len(said), 4))
        return {"text": printable(said), "unsure": name in row.unsure, "known": bool(said)}


def _fact(label: str, text: str, *, unsure: bool = False) -> Json:
    return {"label": label, "value": {"text": text, "unsure": unsure, "known": True}}


def _by_number(table: Table) -> dict[Value, list[Row]]:
    found: dict[Value, list[Row]] = {}
    for row in table.rows:
        found.setdefault(row.values["number"], []).append(row)
    return found
