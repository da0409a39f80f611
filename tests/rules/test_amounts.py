import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterbox.reading.finders.amounts import find_amounts
from letterbox.shared.money import Euro
from tests.rules.paper import a_layout


def amounts_in(text: str) -> list[int]:
    return [find.amount.cents for find in find_amounts(a_layout(text))]


class TestFindAmounts:
    @pytest.mark.parametrize(
        ("text", "cents"),
        [
            ("Te betalen: € 12,50", 1250),
            ("Te betalen: €12,-", 1200),
            ("Te betalen: € 50,--", 5000),
            ("Te betalen: € 50,=", 5000),
            ("Te betalen: € 1.234,56", 123456),
            ("Te betalen: € 1 234,56", 123456),
            ("Openstaand bedrag EUR 1.234,56", 123456),
            ("Openstaand bedrag 1.234,56 EUR", 123456),
            ("U betaalt € 80 vóór 1 mei", 8000),
            ("U betaalt 50 euro voor 1 mei", 5000),
            ("U betaalt € 1.207 voor 1 mei", 120700),
            ("Please pay €1,234.56 today", 123456),
            ("Te betalen â‚¬ 12,50", 1250),
            ("Please transfer ? 412.00 today", 41200),
            ("Wij krijgen vijftig euro van u", 5000),
            ("Wij krijgen twaalf euro vijftig van u", 1250),
            ("zegge driehonderddrieënveertig euro en drieënzeventig cent", 34373),
            ("Het saldo is nihil", 0),
        ],
    )
    def test_reads_the_ways_amounts_are_written(self, text: str, cents: int) -> None:
        assert amounts_in(text) == [cents]

    @pytest.mark.parametrize(
        "text",
        [
            "Factuur 2026.1234",
            "IBAN NL91 ABNA 0417 1643 00",
            "werkdagen 9.00 - 17.00 uur",
            "artikel 3.27 van de wet",
            "btw 21%",
            "op 12.03.2026",
            "3811 GW AMERSFOORT",
            "in het jaar 2026",
            "tel. 010 - 555 47 80",
        ],
    )
    def test_finds_nothing_rather_than_guess(self, text: str) -> None:
        assert amounts_in(text) == []

    def test_reads_bare_amounts_where_points_part_the_cents(self) -> None:
        text = "Rent is 1,176.76, charge 9.00; art. 6.96, from 9.00 to 17.00, at 9.30"

        assert amounts_in(text) == [117676, 900]
        assert amounts_in(f"{text}, € 1,50") == [150]

    def test_sees_what_is_taken_off_in_a_column_of_figures(self) -> None:
        found = find_amounts(a_layout("205,71 -241,00 en 35,00"))

        assert [(find.amount.cents, find.minus) for find in found] == [
            (20571, False),
            (24100, True),
            (3500, False),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "(100,00)",
            "€ 100,00 -",
            "€ 100,00 -/-",
            "- € 100,00",
            "-€ 100,00",
            "€ 100,00 CR",
            "100,00-",
        ],
    )
    def test_sees_what_is_taken_off(self, text: str) -> None:
        [found] = find_amounts(a_layout(f"Betaald      {text}"))
        assert found.minus
        assert found.amount == Euro(10000)

    def test_takes_whole_numbers_in_a_table_that_is_in_euros(self) -> None:
        text = """
            bedragen in euro
            Belastingrente      41
            Te betalen       1.207
        """
        assert amounts_in(text) == [4100, 120700]

    def test_does_not_take_them_in_any_other_table(self) -> None:
        assert amounts_in("Beginstand      1.207") == []

    @given(st.integers(min_value=0, max_value=99_999_999_99))
    def test_finds_every_amount_that_is_printed(self, cents: int) -> None:
        amount = Euro(cents)
        assert amounts_in(f"Te betalen: {amount.dutch}") == [cents]
        assert amounts_in(f"U betaalt {amount.dutch} aan ons.") == [cents]
