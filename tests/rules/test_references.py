import pytest

from letterbox.reading.finders.ibans import find_ibans
from letterbox.reading.finders.references import (
    asked_by_name,
    compact,
    find_numbers,
    find_references,
    holds_mod_11,
)
from letterbox.reading.payment import is_for_paying, is_not_for_paying
from tests.rules.paper import a_layout


def references_in(text: str) -> list[str]:
    return [find.reference for find in find_references(a_layout(text))]


class TestFindReferences:
    @pytest.mark.parametrize(
        ("text", "reference"),
        [
            ("Factuurnummer: RM25-0091377", "RM25-0091377"),
            ("Klantnummer 55201884", "55201884"),
            ("Klantnummer      55201884", "55201884"),
            ("klantnr. T-7730514", "T-7730514"),
            ("ons kenmerk INC/2026/118204", "INC/2026/118204"),
            ("Ons kenmerk WW-TV 6102.77394.518", "WW-TV 6102.77394.518"),
            ("factuur 2026-1187 van 1 mei", "2026-1187"),
            ("Dossier: 2026.10447/LB", "2026.10447/LB"),
            ("CJIB-nummer 2 0441 8830", "2 0441 8830"),
            ("CJIB-nummer 647307862 4968190", "647307862 4968190"),
            ("Customer number: 4455667", "4455667"),
            ("Vorderingsnummer      0003455122", "0003455122"),
            ("zaak CV EXPL 26-2316", "CV EXPL 26-2316"),
            ("rol MC EXPL 26-2316", "MC EXPL 26-2316"),
            ("Rekeningnummer      2699.24.504.M.61", "2699.24.504.M.61"),
            ("Werkorder      W62807", "W62807"),
            ("Creditfactuur CF562094", "CF562094"),
            ("de rekening van maart (RT-260311907)", "RT-260311907"),
        ],
    )
    def test_reads_a_number_with_its_name(self, text: str, reference: str) -> None:
        assert references_in(text) == [reference]

    @pytest.mark.parametrize(
        "text",
        [
            "Burgerservicenummer 999990019",
            "KvK 30211774",
            "Telefoonnummer 010 5554780",
            "Kenteken K-418-ZB",
            "Belastingjaar 2026",
            "Datum: 12-03-2026",
            "EAN stroom 871690930004417265",
        ],
    )
    def test_leaves_other_numbers_alone(self, text: str) -> None:
        assert references_in(text) == []

    @pytest.mark.parametrize(
        "number",
        [
            "7670296 CV EXPL 19-3428",
            "7670296 / CV EXPL 19-3428",
            "7670296/CV EXPL 19-3428",
        ],
    )
    def test_reads_the_two_numbers_that_a_court_gives_a_case(self, number: str) -> None:
        assert references_in(f"Zaaknummer {number}") == ["7670296", "CV EXPL 19-3428"]

    def test_reads_numbers_below_their_names_in_columns(self) -> None:
        text = """
            Aanslagbiljetnummer      Subjectnummer      Antwoordnummer
            8123.45.678              24-0964840         5500
        """
        assert references_in(text) == ["8123.45.678", "24-0964840"]

    def test_writes_references_alike(self) -> None:
        assert compact("9330 1148 8220.2501") == "9330114882202501"


class TestPaymentReference:
    @pytest.mark.parametrize(
        ("text", "reference"),
        [
            ("onder vermelding van betalingskenmerk 9330 1148 8220 2501.", "9330 1148 8220 2501"),
            ("Betalingskenmerk: 9330114882202501", "9330114882202501"),
            ("Betalingskenmerk      9330 1148 8220 2501", "9330 1148 8220 2501"),
            ("o.v.v. F26-0318.", "F26-0318"),
            ("met als kenmerk OP-771903.", "OP-771903"),
            ("op onze rekening met nummer SD 495 659.", "SD 495 659"),
            ("Zet 26-1173 erbij.", "26-1173"),
            ("onder vermelding van 26.0368/TvH.", "26.0368/TvH"),
            ("met vermelding van Z97.", "Z97"),
            ("Zet er dossier 26-1173 bij.", "26-1173"),
            ("quoting your customer number TT-660217.", "TT-660217"),
            ("My bank is below; write DB-79.", "DB-79"),
            ('zet er bij "ramen Dorpsweg 14". Dank', "ramen Dorpsweg 14"),
            ("Klantnummer 8812345. Vermeld uw klantnummer bij betaling.", "8812345"),
            ("Factuurnummer 8812345. Betaal o.v.v. factuurnummer.", "8812345"),
            ("Zaaknummer 8812345. Gelieve uw zaaknummer te vermelden.", "8812345"),
            ("Klantnummer 8812345. Noem daarbij uw klantnummer.", "8812345"),
            ("Zet er even 26-1173 bij.", "26-1173"),
            ("Nota 8812345. Zet het nummer van de nota erbij.", "8812345"),
            ("Penalty number 8812345. Please give the penalty number.", "8812345"),
        ],
    )
    def test_is_what_the_letter_asks_to_quote(self, text: str, reference: str) -> None:
        layout = a_layout(text)
        found = find_references(layout)
        asked = asked_by_name(layout, found)
        quoted = [find.reference for find in found if find.pay_with or find is asked]
        assert quoted == [reference]

    def test_is_none_where_nothing_is_asked(self) -> None:
        found = find_references(a_layout("Factuurnummer: RM25-0091377"))
        assert not any(find.pay_with for find in found)

    def test_holds_by_its_check_digit(self) -> None:
        assert holds_mod_11("5000056789012345")
        assert holds_mod_11("1062542157047959")
        assert not holds_mod_11("1124975469201120")
        assert not holds_mod_11("123")


class TestFindIbans:
    @pytest.mark.parametrize(
        "text",
        [
            "op NL91 ABNA 0417 1643 00 ten name van ons",
            "op NL91ABNA0417164300.",
            "IBAN: NL91 ABNA 0417 1643 00 BIC ABNANL2A",
        ],
    )
    def test_reads_an_account(self, text: str) -> None:
        assert [find.iban for find in find_ibans(a_layout(text))] == ["NL91ABNA0417164300"]

    @pytest.mark.parametrize("text", ["NL92 ABNA 0417 1643 00", "NL807714452B01", "NL51RABO012345"])
    def test_leaves_a_wrong_number_alone(self, text: str) -> None:
        assert find_ibans(a_layout(text)) == []


class TestWordsAroundAnAccount:
    def test_say_that_one_pays_into_it(self) -> None:
        [find] = find_ibans(a_layout("Betaal op NL91 ABNA 0417 1643 00 ten name van de stichting."))
        assert is_for_paying(find.spot)
        assert not is_not_for_paying(find.spot)

    @pytest.mark.parametrize(
        "text",
        [
            "Kantoorrekening NL39 ABNA 6073 1182 54 · KvK 30211774",
            "Wij hebben het overgemaakt naar uw rekening NL91 ABNA 0417 1643 00.",
        ],
    )
    def test_say_that_one_does_not(self, text: str) -> None:
        [find] = find_ibans(a_layout(text))
        assert is_not_for_paying(find.spot)


class TestFindNumbers:
    @pytest.mark.parametrize(
        "number",
        [
            *("HI236137", "55/3335", "9339 7041 8204 5009", "SPE40021459", "LC 4947 6059 61"),
            *("11537 42369 58336", "H-4938.4214.46", "B&B/713467", "UvB-125503"),
            *("TV 204 751 97", "SL 59 4060", "2 9001 40238366"),
        ],
    )
    def test_finds_whatever_is_written_like_a_number(self, number: str) -> None:
        found = find_numbers(a_layout(f"Zet {number} erbij, dan weten wij het."))
        assert [find.reference for find in found] == [number]

    @pytest.mark.parametrize(
        "text",
        [
            "Burgerservicenummer      999990019",
            "BSN: 999990019",
            "KvK-nummer      30211774",
            "uw burgerservicenummer 999990019",
        ],
    )
    def test_leaves_numbers_of_persons_and_firms_alone(self, text: str) -> None:
        assert find_numbers(a_layout(text)) == []

    def test_take_a_number_that_is_too_long_for_a_telephone(self) -> None:
        assert "09211904019" in references_in("zet 09211904019 in de omschrijving")

    @pytest.mark.parametrize(
        "text", ["€ 1.234,56", "op 12-03-2026", "in 2026", "tel 0999 123456", "tel 0999-22 33 44"]
    )
    def test_leaves_amounts_days_and_telephones_alone(self, text: str) -> None:
        assert find_numbers(a_layout(text)) == []
