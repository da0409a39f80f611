"""What the demo prints: the overview as a table, and how to go on from there."""

from typing import Any

from rich.console import Console
from rich.table import Table

from letterbox.shared.money import Euro
from runtime.demo.cast import CAST, HANNEKE, HOUSING, YARA
from runtime.settings import Settings

SPARE_LETTER = "letter.pdf"
"""A letter to deliver by hand. It was delivered before, so it comes back as a duplicate."""


def print_overview(console: Console, overview: dict[str, Any]) -> None:
    """Print an overview as the JSON door gave it."""
    table = Table(title=f"Debts of {YARA.full_name} on {overview['asOf']}", show_lines=False)
    for heading in ("Creditor", "Through", "Stage", "Status", "Due", "Look at"):
        table.add_column(heading, overflow="fold")
    table.add_column("Outstanding", justify="right", no_wrap=True)
    for debt in overview["debts"]:
        table.add_row(*_row(debt))
    table.add_section()
    total = overview["totals"]
    table.add_row("Total", "", "", "", "", str(total["fieldsToCheck"]), _euro(total["outstanding"]))
    console.print(table)
    console.print(
        f"Payable now {_euro(total['payableNow'])}, of which overdue {_euro(total['overdue'])}; "
        f"costs and interest so far {_euro(total['costsAndInterest'])}."
    )
    _print_deadlines(console, overview)


def print_doors(console: Console, settings: Settings, consent_id: str) -> None:
    """Print where to look, as whom, and what to paste."""
    url, folder = settings.public_url, settings.folder / "credentials"
    console.print(f"\n[bold]Pages[/bold]  {url}")
    for citizen in CAST.citizens.values():
        console.print(f"  log in as {citizen.full_name}: {citizen.bsn}")
    console.print(f"\n[bold]At work[/bold]  {url}/office")
    for employee in CAST.employees.values():
        employer = CAST.organisations[employee.organisation].name
        console.print(f"  log in as {employee.name} ({employer}): {employee.email}")
    console.print("\n[bold]Deliver a letter[/bold] (a token holds fifteen minutes)")
    letter = (
        f'{{"messageId":"my-first","recipient":{{"scheme":"bsn","value":"{YARA.bsn}"}},'
        '"sentOn":"2026-11-20","subject":"A letter"}'
    )
    for line in (
        f"TOKEN=$(.venv/bin/letterbox token {folder / HOUSING.key}.json)",
        f'curl -s {url}/v1/letters -H "Authorization: Bearer $TOKEN" \\',
        f"  -F 'letter={letter};type=application/json' \\",
        f"  -F 'document=@{settings.folder / SPARE_LETTER};type=application/pdf'",
    ):
        console.print(line, soft_wrap=True, highlight=False, markup=False)
    console.print(f"\n[bold]Pull the overview[/bold] (as the computer of {HANNEKE.name})")
    for line in (
        f"TOKEN=$(.venv/bin/letterbox token {folder / HANNEKE.organisation}.json)",
        f'curl -s {url}/v1/consents/{consent_id}/overview -H "Authorization: Bearer $TOKEN"',
    ):
        console.print(line, soft_wrap=True, highlight=False, markup=False)


def _row(debt: dict[str, Any]) -> list[str]:
    collector = debt["collector"]
    return [
        debt["creditor"]["name"] if debt["creditor"] else "?",
        collector["name"] if collector else "",
        debt["stage"].replace("_", " "),
        debt["status"].replace("_", " "),
        debt["dueDate"] or "",
        ", ".join([*debt["unsure"], *(check["code"] for check in debt["checks"])]),
        _euro(debt["outstanding"]) if debt["outstanding"] else "?",
    ]


def _print_deadlines(console: Console, overview: dict[str, Any]) -> None:
    names = {debt["id"]: debt["creditor"] for debt in overview["debts"]}
    for deadline in overview["deadlines"]:
        creditor = names[deadline["debtId"]]
        console.print(
            f"  {deadline['on']} ({deadline['daysLeft']} days) "
            f"{creditor['name'] if creditor else '?'}: "
            f"{_euro(deadline['amount']) if deadline['amount'] else '?'} ({deadline['severity']})"
        )


def _euro(amount: str) -> str:
    return Euro.parse(amount).dutch
