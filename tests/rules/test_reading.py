from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from letterbox.letters.rules import Envelope, Party
from letterbox.reading.findings import Reading, from_json, to_json
from letterbox.reading.rules import read
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from letterbox.shared.paper import Page, Paper, Word
from tests.rules.paper import RECEIVED_ON, reading_of

FOURTEEN_DAYS = """
    Woonvast
    Datum: 10 maart 2026
    Huurdernummer: 204117
    AANMANING
    Geachte heer Vos,
    huur februari 2026      € 634,18
    huur maart 2026         € 634,18
    totaal                € 1.268,36
    U moet € 1.268,36 betalen binnen veertien dagen nadat deze brief bij u is bezorgd, op
    NL91 ABNA 0417 1643 00 onder vermelding van 204117.
    Betaalt u niet binnen deze termijn, dan bent u € 190,25 incassokosten verschuldigd. U moet
    dan € 1.458,61 betalen.
"""

COLLECTION = """
    Bureau Noordstar
    Datum: 10 maart 2026
    Ons dossiernummer: NS-2026-00417
    Opdrachtgever: Woonvast
    Geachte heer Vos,
    Hoofdsom               € 1.250,00
    Rente tot heden           € 12,44
    Incassokosten            € 187,50
    Btw over incassokosten    € 39,38
    Reeds voldaan            € 250,00
    Te betalen             € 1.239,32
    Wij sommeren u het bedrag van € 1.239,32 uiterlijk 20 maart 2026 te voldoen op
    NL91 ABNA 0417 1643 00 onder vermelding van NS-2026-00417.
"""


class TestRead:
    def test_never_counts_conditional_costs(self) -> None:
        reading = reading_of(FOURTEEN_DAYS, sender="Woonvast")
        assert reading.kind is Kind.DEMAND
        assert reading.outstanding == reading.payable_now == Euro(126836)
        assert reading.collection_costs is None
        assert reading.conditional_costs == Euro(19025)
        assert reading.due_on == date(2026, 3, 26)
        assert set(reading.check) <= {"principal"}

    def test_takes_a_collection_notice_apart(self) -> None:
        reading = reading_of(COLLECTION, sender="Bureau Noordstar")
        assert reading.creditor is not None
        assert (reading.creditor.name, reading.kind) == ("Woonvast", Kind.COLLECTION_NOTICE)
        assert reading.outstanding == Euro(123932)
        assert reading.principal == Euro(125000)
        assert reading.interest == Euro(1244)
        assert reading.collection_costs == Euro(22688)
        assert reading.paid == Euro(25000)
        assert set(reading.check) <= {"creditor"}

    def test_tells_the_creditor_from_the_collector(self) -> None:
        reading = reading_of(COLLECTION, sender="Bureau Noordstar")
        assert reading.creditor == Party("Woonvast")
        assert reading.collector == Party("Bureau Noordstar")

    def test_doubts_who_writes_when_only_the_letterhead_tells(self) -> None:
        reading = reading_of(COLLECTION)
        assert reading.sender == Party("Bureau Noordstar")
        assert "sender" in reading.check
        assert reading.creditor == Party("Woonvast")

    def test_doubts_a_creditor_that_the_delivery_contradicts(self) -> None:
        behalf = Envelope("m-1", "Sommatie", date(2026, 3, 10), on_behalf_of=Party("Rivierbank"))
        reading = reading_of(COLLECTION, sender="Bureau Noordstar", envelope=behalf)
        assert "creditor" in reading.check
        assert "Rivierbank" in {f.value for f in reading.findings if f.field == "creditor"}

    def test_pays_into_no_account_of_the_small_print(self) -> None:
        small_print = "\n    Kantoorrekening NL39 ABNA 6073 1182 54 · KvK 30211774\n"
        reading = reading_of(FOURTEEN_DAYS + small_print, sender="Woonvast")
        assert reading.iban == "NL91ABNA0417164300"
        assert "iban" not in reading.check

    def test_doubts_the_account_where_two_are_asked(self) -> None:
        two = FOURTEEN_DAYS.replace(
            "NL91 ABNA 0417 1643 00", "NL39 ABNA 6073 1182 54 of op NL91 ABNA 0417 1643 00"
        )
        assert "iban" in reading_of(two, sender="Woonvast").check

    @given(st.integers(min_value=2, max_value=99_999))
    def test_is_unsure_of_a_sum_that_does_not_close(self, off: int) -> None:
        wrong = COLLECTION.replace("1.239,32", Euro(123932 + off).dutch.removeprefix("€ "))
        reading = reading_of(wrong, sender="Bureau Noordstar")
        assert "outstanding" in reading.check

    def test_tells_the_arrears_from_the_whole_debt(self) -> None:
        text = """
            Datum: 10 maart 2026
            Ingebrekestelling
            Geachte heer Vos,
            Achterstand per heden         € 342,72
            Totale schuld               € 4.611,80
            Wij verzoeken u de achterstand van € 342,72 uiterlijk 24 maart 2026 te voldoen.
        """
        reading = reading_of(text, sender="Rivierbank")
        assert reading.outstanding == Euro(461180)
        assert reading.payable_now == Euro(34272)

    def test_asks_the_first_instalment_of_a_plan(self) -> None:
        text = """
            Utrecht, 10 maart 2026
            Bevestiging betalingsregeling
            Geachte heer Vos,
            Uw totale schuld is € 1.800,00. U betaalt dit in twaalf termijnen van € 150,00. De
            eerste termijn dient uiterlijk 1 april 2026 betaald te zijn.
        """
        reading = reading_of(text, sender="Rivierbank")
        assert reading.kind is Kind.PAYMENT_PLAN
        assert (reading.outstanding, reading.payable_now) == (Euro(180000), Euro(15000))
        assert reading.due_on == date(2026, 4, 1)

    def test_finds_nothing_left_after_a_payment(self) -> None:
        text = """
            Utrecht, 10 maart 2026
            Bedankt voor uw betaling
            Op 7 maart 2026 ontvingen wij van u € 312,46 voor nota ZK-2026-00883142. De nota is
            hiermee helemaal voldaan: het saldo is € 0,00.
        """
        reading = reading_of(text, sender="Salvenza")
        assert reading.kind is Kind.PAYMENT_CONFIRMATION
        assert (reading.outstanding, reading.paid) == (Euro(0), Euro(31246))
        assert reading.payable_now is None

    def test_asks_nothing_when_the_amount_will_be_collected(self) -> None:
        text = """
            Factuurdatum 3 maart 2026
            Factuur maart 2026
            Geachte heer Vos,
            Totaal te betalen            € 28,15
            Dit bedrag wordt omstreeks 20 maart 2026 automatisch afgeschreven.
        """
        reading = reading_of(text, sender="Belbaar")
        assert reading.payable_now is None

    def test_invents_no_debt_in_a_newsletter(self) -> None:
        text = """
            Nieuws voor huurders, 10 maart 2026
            Per 1 juli 2026 stijgt de huur met gemiddeld € 22,00 per maand.
            De vereniging gaf € 12.000,00 uit aan bomen.
        """
        reading = reading_of(text, sender="Woonvast")
        assert reading.kind is Kind.OTHER
        assert reading.outstanding is None
        assert reading.creditor is None

    def test_asks_whether_a_letter_claims_nothing_that_names_an_account(self) -> None:
        news = """
            Nieuws voor huurders, 10 maart 2026
            De vereniging gaf € 12.000,00 uit aan bomen.
        """
        gift = """
            Wilt u ons steunen? Maak uw gift over op NL91 ABNA 0417 1643 00, met als
            omschrijving bomen.
        """
        plain, asking = (reading_of(text, sender="Woonvast") for text in (news, news + gift))

        assert (plain.kind, asking.kind) == (Kind.OTHER, Kind.OTHER)
        assert ("kind" in plain.check, "kind" in asking.check) == (False, True)

    def test_invents_no_debt_in_a_payment_to_the_citizen(self) -> None:
        text = """
            Datum 14 april 2026
            Uw kinderbijslag
            Geachte mevrouw Vos,
            Wij hebben € 625,67 overgemaakt naar uw rekening NL91 ABNA 0417 1643 00.
            Samen           € 625,67
            De volgende kinderbijslag krijgt u in juli.
        """
        reading = reading_of(text, sender="Sociale Verzekeringsbank")
        assert (reading.kind, reading.outstanding, reading.iban) == (Kind.OTHER, None, None)

    def test_shows_where_it_stands(self) -> None:
        reading = reading_of(FOURTEEN_DAYS, sender="Woonvast")
        [found] = [f for f in reading.findings if f.field == "outstanding"]
        assert (found.page, found.value) == (1, "1268.36")
        assert found.quote == "totaal € 1.268,36"
        assert found.box is not None

    def test_reads_nothing_on_empty_paper(self) -> None:
        reading = read(
            Paper((Page(1, 595.0, 842.0, ()),)), received_on=RECEIVED_ON, sender=None, envelope=None
        )
        assert reading.kind is Kind.OTHER
        assert reading.outstanding is None

    @given(st.lists(st.text(min_size=1, max_size=12), max_size=30))
    def test_survives_any_words(self, texts: list[str]) -> None:
        words = tuple(
            Word(text, (10.0 * at, 50.0, 10.0 * at + 9, 60.0)) for at, text in enumerate(texts)
        )
        page = Page(1, 595.0, 842.0, words)
        reading = read(Paper((page,)), received_on=RECEIVED_ON, sender=None, envelope=None)
        assert from_json(to_json(reading)) == reading

    def test_gives_the_same_reading_twice(self) -> None:
        assert reading_of(COLLECTION) == reading_of(COLLECTION)


class TestWrittenDown:
    def test_comes_back_the_same(self) -> None:
        reading = reading_of(COLLECTION, sender="Bureau Noordstar")
        assert from_json(to_json(reading)) == reading

    def test_is_plain(self) -> None:
        written = to_json(Reading(outstanding=Euro(123456), due_on=date(2026, 12, 4)))
        assert b'"outstanding":{"cents":123456}' in written
        assert b'"due_on":"2026-12-04"' in written
