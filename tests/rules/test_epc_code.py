"""The text of a payment code becomes a transfer, or nothing."""

import pytest

from letterbox.reading.finders.epc_code import EpcCode, read_epc_code
from letterbox.shared.money import Euro

IBAN = "NL49ABNA7719204485"


def a_code(**changed: str) -> str:
    lines = {
        "tag": "BCD",
        "version": "002",
        "characters": "1",
        "kind": "SCT",
        "bic": "",
        "name": "Stadswater NV",
        "iban": IBAN,
        "amount": "EUR2028.3",
        "purpose": "",
        "reference": "",
        "text": "8000 1234 5678 9012",
    }
    return "\n".join((lines | changed).values())


class TestAnEpcCode:
    def test_is_a_transfer(self) -> None:
        assert read_epc_code(a_code()) == EpcCode(
            iban=IBAN, name="Stadswater NV", amount=Euro(202830), text="8000 1234 5678 9012"
        )

    @pytest.mark.parametrize(
        ("written", "cents"),
        [("EUR12", 1200), ("EUR12.5", 1250), ("EUR0.01", 1), ("EUR999999999.99", 99999999999)],
    )
    def test_may_leave_out_decimals(self, written: str, cents: int) -> None:
        code = read_epc_code(a_code(amount=written))

        assert code is not None
        assert code.amount == Euro(cents)

    def test_may_leave_the_amount_to_the_payer(self) -> None:
        code = read_epc_code(a_code(amount=""))

        assert code is not None
        assert code.amount is None

    def test_may_end_early_and_in_the_way_of_windows(self) -> None:
        code = read_epc_code(f"BCD\r\n001\r\n2\r\nSCT\r\nABNANL2A\r\nStadswater\r\n{IBAN}\r\n")

        assert code == EpcCode(iban=IBAN, name="Stadswater", bic="ABNANL2A")

    def test_has_a_reference_whose_check_digits_hold(self) -> None:
        code = read_epc_code(a_code(reference="RF18 5390 0754 7034", text=""))

        assert code is not None
        assert (code.reference, code.text) == ("RF18539007547034", None)

    @pytest.mark.parametrize(
        "changed",
        [
            {"tag": "BCE"},
            {"version": "003"},
            {"characters": "9"},
            {"kind": "INST"},
            {"name": ""},
            {"name": "x" * 71},
            {"bic": "BANK7"},
            {"iban": "NL49ABNA7719204486"},
            {"iban": ""},
            {"amount": "USD12.00"},
            {"amount": "EUR12,00"},
            {"amount": "EUR0.00"},
            {"amount": "EUR1.234"},
            {"amount": "EUR-5.00"},
            {"amount": "EUR1234567890"},
            {"purpose": "TOOLONG"},
            {"reference": "RF19539007547034", "text": ""},
            {"reference": "RF18539007547034"},
            {"text": "x" * 141},
            {"text": "een\ntwee\ndrie"},
        ],
    )
    def test_breaks_no_rule(self, changed: dict[str, str]) -> None:
        assert read_epc_code(a_code(**changed)) is None

    @pytest.mark.parametrize("text", ["", "BCD", "https://example.org/betaal", "\x00" * 400])
    def test_is_not_any_other_code(self, text: str) -> None:
        assert read_epc_code(text) is None
