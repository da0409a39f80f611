"""The overview as a citizen sees it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from letterbox.debts.facts import Check, CheckSeverity, Debt, DebtEvent, DebtStatus, Settlement
from letterbox.letters.rules import Party
from letterbox.overview.rules import Overview, Unread, View, overview_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.builders import System
from tests.fakes import FakeReader
from tests.web.browser import Browser, markup, words
from web import overview as page_of_overview

TODAY = date(2026, 3, 1)


def a_debt(creditor: str | None = "De Wilg", **facts: Any) -> Debt:
    basis = Debt(
        id=uuid4(),
        status=DebtStatus.OPEN,
        stage=Kind.REMINDER,
        creditor=Party(creditor) if creditor else None,
        collector=None,
        outstanding=Euro(63418),
        payable_now=Euro(63418),
        due_on=date(2026, 3, 6),
        first_letter_on=date(2026, 2, 20),
        last_letter_on=date(2026, 2, 20),
    )
    return replace(basis, **facts)


@pytest.fixture
def shown(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Show an overview of these debts, and return what it says."""

    def show(*debts: Debt, unread: tuple[Unread, ...] = ()) -> str:
        overview = overview_of(Settlement(debts=debts), unread, View(), as_of=TODAY)

        def canned(_session: Session, _key: object, **_: object) -> Overview:
            return overview

        monkeypatch.setattr(page_of_overview, "show_overview", canned)
        page = browser.get("/me")
        assert page.status_code == 200
        return words(page)

    return show


class TestAnOverview:
    def test_of_an_empty_mailbox_asks_for_nothing(self, browser: Browser) -> None:
        page = words(browser.get("/me"))

        assert "geen open schulden gevonden" in page
        assert "U hoeft nu niets te doen" in page

    def test_follows_from_the_letters(
        self, browser: Browser, connect: Callable[..., System], work: Callable[[], int]
    ) -> None:
        connect("Woningstichting De Wilg").deliver()
        work()

        page = words(browser.get("/me"))

        assert "Samen nog open € 634,18 1 schuld, op 1 maart 2026" in page
        assert "Woningstichting De Wilg" in page

    def test_says_which_letters_do_not_count_yet(
        self,
        browser: Browser,
        connect: Callable[..., System],
        work: Callable[[], int],
        reader: FakeReader,
    ) -> None:
        sender = connect("Waterbedrijf Klaarbeek")
        sender.deliver("%PDF-1.7\n")
        work()
        sender.deliver()

        page = words(browser.get("/me"))

        assert "Deze brief kon de computer niet lezen." in page
        assert "Deze brief lezen wij nog." in page

    def test_puts_what_cannot_be_undone_before_what_is_large(
        self, shown: Callable[..., str]
    ) -> None:
        large = a_debt("Grote Bank", outstanding=Euro(900_000), payable_now=Euro(900_000))
        urgent = a_debt("Woonstichting", stage=Kind.EVICTION_NOTICE, outstanding=Euro(10_000))

        page = shown(large, urgent)

        assert "Dit komt eerst Woonstichting" in page
        assert "Bel vandaag uw verhuurder" in page
        assert page.index("Nu regelen") < page.index("Overige schulden")

    def test_lists_the_days_ahead_in_order(self, shown: Callable[..., str]) -> None:
        page = shown(
            a_debt("Later", due_on=date(2026, 3, 20)),
            a_debt("Morgen", due_on=date(2026, 3, 2)),
            a_debt("Voorbij", due_on=date(2026, 2, 1)),
        )

        days = page[page.index("Belangrijke dagen") : page.index("Overige schulden")]
        assert "2 maart 2026 morgen Morgen: € 634,18" in days
        assert days.index("Morgen") < days.index("Later")
        assert "Voorbij" not in days
        assert "1 februari 2026 (deze dag is voorbij)" in page

    def test_says_what_to_check_and_what_is_not_known(self, shown: Callable[..., str]) -> None:
        page = shown(
            a_debt(
                None,
                outstanding=None,
                payable_now=None,
                due_on=None,
                collector=Party("Vlietstroom Incasso"),
                unsure=("creditor", "outstanding"),
                checks=(Check("iban_changed", CheckSeverity.WARNING, "Is dit nummer juist?"),),
            )
        )

        assert "Bedrag nog onbekend" in page
        assert "Vlietstroom Incasso" in page
        assert "Controleer in de brief van wie de schuld is en het bedrag." in page
        assert "Is dit nummer juist?" in page
        assert "Van sommige schulden weten wij het bedrag nog niet." in page

    def test_names_creditor_and_collector(self, shown: Callable[..., str]) -> None:
        page = shown(a_debt(collector=Party("Vlietstroom Incasso")))

        assert "Via Vlietstroom Incasso" in page

    def test_leaves_to_counsellors_what_an_eager_call_would_spoil(
        self, shown: Callable[..., str]
    ) -> None:
        late = Check("any", CheckSeverity.NOTICE, "Is dit verjaard?", counsellor_only=True)
        open_to_all = replace(late, message="Is dit dubbel?", counsellor_only=False)

        page = shown(a_debt(checks=(late, open_to_all)))

        assert "verjaard" not in page
        assert "Is dit dubbel?" in page

    def test_names_the_day_of_what_cannot_be_undone(self, shown: Callable[..., str]) -> None:
        hearing = DebtEvent("hearing", date(2026, 3, 11), uuid4())

        page = shown(a_debt(stage=Kind.SUMMONS, events=(hearing,)))

        assert "De zitting bij de rechter is op 11 maart 2026 (over 10 dagen)." in page
        assert "11 maart 2026 over 10 dagen De Wilg: zitting bij de rechter" in page

    def test_keeps_what_is_over_out_of_the_total(self, shown: Callable[..., str]) -> None:
        page = shown(a_debt(), a_debt("Oude zaak", status=DebtStatus.PAID))

        assert "Samen nog open € 634,18 1 schuld" in page
        assert "Klaar Betaald Oude zaak" in page

    def test_has_words_for_every_debt(self, shown: Callable[..., str]) -> None:
        debts = [
            a_debt(f"{stage}/{status}", stage=stage, status=status)
            for stage in Kind
            for status in DebtStatus
        ]

        page = shown(*debts)

        assert all(f"{debt.creditor.name}" in page for debt in debts if debt.creditor)

    def test_shows_names_as_text(self, browser: Browser, shown: Callable[..., str]) -> None:
        page = shown(a_debt("<img src=x onerror=alert(1)>", references=("<b>1</b>",)))

        assert "<img src=x onerror=alert(1)>" in page
        assert not markup(browser.get("/me")).named("img")
