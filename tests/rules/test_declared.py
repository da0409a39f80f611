from datetime import date

from letterbox.letters.rules import Claim, Envelope
from letterbox.reading.findings import Source
from letterbox.shared.kinds import Kind
from letterbox.shared.money import Euro
from tests.rules.paper import reading_of

LETTER = """
    Datum: 10 maart 2026
    Factuurnummer: RM26-0091377
    Betalingsherinnering
    Geachte heer Vos,
    Te betalen            € 148,37
    Wij verzoeken u € 148,37 te betalen vóór 1 april 2026 op
    NL91 ABNA 0417 1643 00 onder vermelding van RM26-0091377.
"""


def with_claim(claim: Claim) -> Envelope:
    return Envelope("m-1", "Herinnering", date(2026, 3, 10), claim=claim)


class TestDeclared:
    def test_agreement_makes_sure_and_keeps_both(self) -> None:
        envelope = with_claim(Claim(outstanding=Euro(14837), payment_reference="RM260091377"))
        reading = reading_of(LETTER, sender="Rivierbank", envelope=envelope)
        assert reading.outstanding == Euro(14837)
        assert "outstanding" not in reading.check
        sources = {f.source for f in reading.findings if f.field == "outstanding"}
        assert sources == {Source.TEXT, Source.DECLARED}

    def test_a_contradiction_keeps_the_letter_and_makes_unsure(self) -> None:
        envelope = with_claim(Claim(outstanding=Euro(99999), due_on=date(2026, 4, 30)))
        reading = reading_of(LETTER, sender="Rivierbank", envelope=envelope)
        assert reading.outstanding == Euro(14837)
        assert reading.due_on == date(2026, 3, 31)
        assert {"outstanding", "due_on"} <= set(reading.check)
        assert "99999" in {f.value.replace(".", "") for f in reading.findings}

    def test_fills_in_what_the_letter_does_not_say(self) -> None:
        envelope = with_claim(Claim(interest=Euro(250), reference="X-123456"))
        reading = reading_of(LETTER, sender="Rivierbank", envelope=envelope)
        assert reading.interest == Euro(250)
        assert "X-123456" in reading.references

    def test_settles_what_the_letter_left_open(self) -> None:
        text = """
            Geachte heer Vos,
            Totaal boeken         € 100,00
            Totaal verzending       € 7,00
        """
        unsure = reading_of(text, sender="Rivierbank")
        assert "outstanding" in unsure.check or unsure.outstanding is None
        envelope = with_claim(Claim(kind=Kind.INVOICE, outstanding=Euro(700)))
        reading = reading_of(text, sender="Rivierbank", envelope=envelope)
        assert reading.outstanding == Euro(700)
