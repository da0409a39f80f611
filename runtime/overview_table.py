"""An overview as a table in the terminal: most urgent first, and marked where to look again."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.forms.words import Words
from letterbox.debts.facts import DebtStatus
from letterbox.overview.listing import Listing, Row, is_total_sure
from letterbox.overview.urgency import RUNNING

UNSURE = "?"
STYLES = {"crisis": "bold red", "enforcement": "red", "costs": "yellow", "normal": ""}
OVER = "dim"


def print_overview(console: Console, listing: Listing, words: Words) -> None:
    """Print debts, the days ahead, what to look at, and the letters that do not count."""
    console.print(_debts(listing, words))
    totals, phrases = listing.overview.totals, words.phrases
    for name in ("payable_now", "overdue", "costs_and_interest"):
        console.print(f"{phrases[name]}: {words.amount(getattr(totals, name))}", highlight=False)
    for title, lines in (
        (phrases["deadlines"], _deadlines(listing, words)),
        (phrases["checks"].capitalize(), _checks(listing, words)),
        (phrases["unread_letters"].capitalize(), _unread(listing, words)),
    ):
        _print_under(console, title, [*lines])
    if any(row.unsure for row in listing.debts.rows):
        console.print(f"\n{UNSURE}  {phrases['unsure_note']}", style="yellow", highlight=False)


def _debts(listing: Listing, words: Words) -> Table:
    title = f"{words.title}, {words.day(listing.overview.as_of)}"
    table = Table(title=title, title_justify="left", show_footer=True, box=SIMPLE_HEAD)
    sure = is_total_sure(listing, "outstanding")
    total = words.amount(listing.overview.totals.outstanding)
    table.padding = (0, 1, 0, 0)
    table.add_column(words.columns["number"], justify="right", no_wrap=True)
    table.add_column(words.columns["severity"])
    table.add_column(words.columns["creditor"], footer=words.phrases["owed"], ratio=2)
    table.add_column(words.columns["stage"], min_width=14)
    table.add_column(words.columns["next_on"], ratio=1, min_width=14)
    table.add_column(
        words.columns["outstanding"],
        justify="right",
        no_wrap=True,
        footer=total if sure else f"{UNSURE} {total}",
    )
    for column in table.columns:
        column.overflow = "fold"
    for row in listing.debts.rows:
        counts = row.values["status"] in RUNNING
        table.add_row(*_cells(row, words), style="" if counts else OVER)
    return table


def _cells(row: Row, words: Words) -> Iterator[Text]:
    counts = row.values["status"] in RUNNING
    severity, status = str(row.values["severity"]), words.term(str(row.values["status"]))
    yield Text(str(row.values["number"]))
    yield Text(words.term(severity), STYLES[severity]) if counts else Text(status)
    yield _creditor(row, words)
    yield _stage(row, words)
    yield _next(row, words)
    yield _doubted(row, "outstanding", words.said(row.values["outstanding"]) or UNSURE)


def _creditor(row: Row, words: Words) -> Text:
    name = row.values["creditor"] or words.phrases["unknown_creditor"]
    collector = row.values["collector"]
    another = collector is not None and collector != name
    through = words.phrase("collected_by", name=collector) if another else ""
    whole = _doubted(row, "creditor", str(name))
    return whole.append(f" {through}", "dim") if through else whole


def _stage(row: Row, words: Words) -> Text:
    """Return how far it has come, and that a plan holds it back if one does."""
    stage, plan = str(row.values["stage"]), DebtStatus.PAYMENT_PLAN.value
    held = [plan] if row.values["status"] == plan else []
    return Text(", ".join(words.term(each) for each in dict.fromkeys((stage, *held))))


def _next(row: Row, words: Words) -> Text:
    """Return the next day and what comes then; failing that, the day that has passed."""
    if row.values["next_on"] is not None:
        what = words.term(str(row.values["next_what"]))
        return _doubted(row, "due_on", f"{words.said(row.values['next_on'])} {what}")
    if row.values["overdue"]:
        late = f"{words.said(row.values['due_on'])} {words.field('overdue')}"
        return _doubted(row, "due_on", late)
    return Text("")


def _doubted(row: Row, name: str, said: str) -> Text:
    if name not in row.unsure:
        return Text(said)
    return Text(said if said == UNSURE else f"{UNSURE} {said}", "yellow")


def _deadlines(listing: Listing, words: Words) -> Iterator[str]:
    for row in listing.deadlines.rows:
        left = row.values["days_left"]
        name = {0: "today", 1: "tomorrow"}.get(left if isinstance(left, int) else 2, "days")
        amount = words.said(row.values["amount"])
        parts = (
            f"{words.said(row.values['on'])} ({words.phrase(name, count=left)})",
            str(row.values["creditor"] or words.phrases["unknown_creditor"]),
            words.term(str(row.values["what"])),
            f"{UNSURE} {amount}" if "amount" in row.unsure else amount,
        )
        yield ", ".join(part for part in parts if part)


def _checks(listing: Listing, words: Words) -> Iterator[str]:
    asked = ((row.values["number"], words.question(row)[0]) for row in listing.checks.rows)
    for number, question in dict.fromkeys(asked):
        yield f"{number}: {question}"


def _unread(listing: Listing, words: Words) -> Iterator[str]:
    for row in listing.apart.rows:
        if row.values["letter_status"] is not None:
            yield f"{row.values['letter']}: {words.term(str(row.values['letter_status']))}"


def _print_under(console: Console, title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"\n{title}", style="bold")
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
