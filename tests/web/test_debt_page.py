"""One debt by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from letterbox.debts.facts import (
    Check,
    CheckSeverity,
    Debt,
    DebtEvent,
    DebtInstalment,
    DebtStatus,
    Evidence,
    HistoryLine,
    Settlement,
    Told,
)
from letterbox.letters.rules import NoticeType, Party
from letterbox.overview.rules import Overview, View, overview_of
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.builders import System
from tests.web.browser import Browser, markup, words
from tests.web.test_overview_page import TODAY, a_debt
from web import overview as page_of_overview


@pytest.fixture
def shown(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Show the page of this debt, and return what it says."""

    def show(debt: Debt, language: str = "nl") -> str:
        overview = overview_of(Settlement(debts=(debt,)), (), View(), as_of=TODAY)

        def canned(_session: Session, _key: object, **_: object) -> Overview:
            return overview

        monkeypatch.setattr(page_of_overview, "show_overview", canned)
        browser.get(f"/language?to={language}")
        page = browser.get(f"/me/debts/{debt.id}")
        assert page.status_code == 200
        return words(page)

    return show


def line(on: date, kind: Kind = Kind.REMINDER, **more: Any) -> HistoryLine:
    return HistoryLine(uuid4(), on, kind, **more)


class TestTheDebt:
    def test_follows_from_its_letters(
        self, browser: Browser, connect: Callable[..., System], work: Callable[[], int]
    ) -> None:
        connect("Woningstichting De Wilg").deliver()
        work()
        (link,) = {
            tag.attributes["href"]
            for tag in markup(browser.get("/me")).named("a")
            if (tag.attributes["href"] or "").startswith("/me/debts/")
        }

        page = words(browser.get(str(link)))

        assert "Schuld bij Woningstichting De Wilg" in page
        assert "Nog open € 634,18 Volgens de brief van 20 februari 2026." in page
        assert "20 februari 2026 Aanmaning, Woningstichting De Wilg: € 634,18" in page
        assert "NL91ABNA0417164300" in page

    def test_adds_up_its_parts(self, shown: Callable[..., str]) -> None:
        page = shown(
            a_debt(
                principal=Euro(50_000),
                interest=Euro(1_000),
                collection_costs=Euro(7_500),
                paid=Euro(2_500),
                outstanding=Euro(56_000),
            )
        )

        assert (
            "Het eerste bedrag € 500,00 De rente € 10,00 De incassokosten € 75,00 "
            "Wat al betaald is -€ 25,00 Nog open € 560,00"
        ) in page

    def test_marks_a_part_that_is_not_sure(self, shown: Callable[..., str]) -> None:
        page = shown(a_debt(principal=Euro(50_000), unsure=("principal",)))

        assert "Het eerste bedrag controleer € 500,00" in page
        assert "Controleer in de brief het eerste bedrag." in page

    def test_tells_what_happened_newest_first(self, shown: Callable[..., str]) -> None:
        page = shown(
            a_debt(
                history=(
                    line(date(2026, 1, 5), Kind.INVOICE, outstanding=Euro(100), sender="De Wilg"),
                    line(date(2026, 2, 5), outstanding=Euro(200), added_by_citizen=True),
                    line(
                        date(2026, 2, 9),
                        source=Told.NOTICE,
                        what=NoticeType.PAYMENT_RECEIVED,
                        amount=Euro(50),
                    ),
                    line(date(2026, 2, 11), source=Told.CITIZEN, what="already_paid"),
                )
            )
        )

        told = page[page.index("Wat er gebeurde") :]
        assert told.index("U zegt: dit is betaald") < told.index(
            "Er is een betaling ontvangen: € 0,50"
        )
        assert told.index("Herinnering: € 2,00") < told.index("Rekening, De Wilg: € 1,00")
        assert told.count("Door u toegevoegd") == 1

    def test_has_words_for_everything_that_may_be_said(self, shown: Callable[..., str]) -> None:
        said = [line(TODAY, source=Told.NOTICE, what=each) for each in NoticeType]

        assert "Wat er gebeurde" in shown(a_debt(history=tuple(said)))

    def test_names_the_days_ahead(self, shown: Callable[..., str]) -> None:
        page = shown(
            a_debt(
                stage=Kind.SUMMONS,
                status=DebtStatus.PAYMENT_PLAN,
                events=(DebtEvent("hearing", date(2026, 3, 11), uuid4()),),
                instalments=(
                    DebtInstalment(date(2026, 2, 1), Euro(4_450), uuid4()),
                    DebtInstalment(date(2026, 3, 28), Euro(4_450), uuid4()),
                ),
            )
        )

        assert "De zitting bij de rechter is op 11 maart 2026 (over 10 dagen)." in page
        assert "28 maart 2026: termijn van uw regeling, € 44,50 (over 27 dagen)." in page
        assert "1 februari 2026 € 44,50 (deze dag is voorbij)" in page

    def test_asks_with_the_words_of_the_letter_and_the_rule(
        self, shown: Callable[..., str]
    ) -> None:
        evidence = Evidence(uuid4(), 1, None, "incassokosten € 75,00")
        check = Check(
            "costs_above_scale",
            CheckSeverity.WARNING,
            "Zijn de kosten te hoog?",
            source="art. 6:96 BW",
            evidence=(evidence,),
            message_en="Are the costs too high?",
        )

        assert "incassokosten € 75,00 Bekijk de brief" in shown(a_debt(checks=(check,)))
        assert "Waar dit staat: art. 6:96 BW" in shown(a_debt(checks=(check,)))
        assert "Are the costs too high?" in shown(a_debt(checks=(check,)), "en")

    def test_leaves_to_counsellors_what_an_eager_call_would_spoil(
        self, shown: Callable[..., str]
    ) -> None:
        late = Check("any", CheckSeverity.NOTICE, "Is dit verjaard?", counsellor_only=True)

        page = shown(a_debt(checks=(late, replace(late, message="Dubbel?", counsellor_only=False))))

        assert "verjaard" not in page
        assert "Dubbel?" in page

    def test_names_creditor_and_collector(self, shown: Callable[..., str]) -> None:
        assert "Via Vlietstroom Incasso" in shown(a_debt(collector=Party("Vlietstroom Incasso")))

    def test_that_is_over_asks_for_nothing(self, shown: Callable[..., str]) -> None:
        page = shown(a_debt(status=DebtStatus.PAID, outstanding=Euro(0)))

        assert "Wat kunt u doen?" not in page
        assert "Betaald € 0,00" in page


def test_a_debt_that_is_not_there_is_not_found(browser: Browser) -> None:
    page = browser.get(f"/me/debts/{uuid4()}")

    assert page.status_code == 404
