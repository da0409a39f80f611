import pytest

from letterbox.reading.found import Found
from letterbox.reading.kinds import signs_of_kind
from letterbox.shared.kinds import Kind
from tests.rules.paper import RECEIVED_ON, a_layout


def says_most(text: str) -> str:
    signs = signs_of_kind(Found(a_layout(text), RECEIVED_ON))
    return next(sign for sign in signs if sign.startswith(("says most", "says nothing")))


class TestPhrases:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Factuur maart\nGeachte klant,\nHierbij ontvangt u de factuur.", Kind.INVOICE),
            ("Aanslagbiljet 2026\nGeachte heer,\nU ontvangt de aanslag.", Kind.ASSESSMENT),
            ("Verkeersboete\nGeachte heer,\nU krijgt een boete.", Kind.FINE),
            ("Betalingsherinnering\nGeachte heer,\nU bent het vergeten?", Kind.REMINDER),
            ("AANMANING\nGeachte heer,\nOndanks onze herinnering betaalde u niet.", Kind.DEMAND),
            ("Geachte heer,\nOnze opdrachtgever vroeg ons te incasseren.", Kind.COLLECTION_NOTICE),
            ("Geachte heer,\nU ontving te veel uitkering en terugvordering volgt.", Kind.RECLAIM),
            ("GEDAGVAARD:\nom op 29 juli te verschijnen ter terechtzitting", Kind.SUMMONS),
            ("Vonnis van 9 september 2025\nin de zaak van\nDe rechter veroordeelt", Kind.JUDGMENT),
            ("DWANGBEVEL\nIN NAAM VAN DE KONING\nBEVEELT", Kind.WRIT),
            ("Geachte heer,\nWij hebben beslag gelegd op uw loon.", Kind.SEIZURE),
            ("AANZEGGING ONTRUIMING\nUw woning zal worden ontruimd op 5 mei", Kind.EVICTION_NOTICE),
            (
                "Aankondiging afsluiting stroom\nGeachte heer,\nWij sluiten u af.",
                Kind.DISCONNECTION_NOTICE,
            ),
            ("Bevestiging betalingsregeling\nGeachte heer,\nDit is akkoord.", Kind.PAYMENT_PLAN),
            ("Bedankt voor uw betaling\nGeachte heer,\nTot ziens.", Kind.PAYMENT_CONFIRMATION),
            ("Aanmaning\nGeachte heer,\nWij hebben uw betaling nog niet ontvangen.", Kind.DEMAND),
            ("Creditnota\nGeachte heer,\nWij crediteren het bedrag.", Kind.CREDIT_NOTE),
            ("Geachte heer,\nDe vordering is ingetrokken.", Kind.WITHDRAWAL),
            ("Mededeling van cessie\nGeachte heer,\nTot ziens.", Kind.TRANSFER_NOTICE),
            ("Jaaroverzicht\nGeachte heer,\nDit is geen betalingsverzoek.", Kind.STATEMENT),
            ("Geachte heer,\nWij zijn eigenaar van uw schuld.", Kind.TRANSFER_NOTICE),
            ("Wij sluiten uw water op 5 mei af\nGeachte heer,", Kind.DISCONNECTION_NOTICE),
            ("Geachte heer,\nDeze maand zagen wij geen betaling.", Kind.REMINDER),
            ("Geachte heer,\nWij manen u om te betalen.", Kind.DEMAND),
            ("Eindnota: u krijgt geld terug\nGeachte heer,", Kind.CREDIT_NOTE),
        ],
    )
    def test_tell_the_kind(self, text: str, kind: Kind) -> None:
        assert says_most(text) == f"says most {kind.value}"

    def test_say_nothing_where_nothing_is_claimed(self) -> None:
        assert says_most("Uw afspraak\nGeachte heer,\nTot donderdag.") == "says nothing"

    def test_count_for_nothing_in_a_threat(self) -> None:
        text = """
            Gerechtsdeurwaarders Pol
            Sommatie
            Geachte heer Vos,
            Betaalt u niet, dan vragen wij een dwangbevel en wordt beslag gelegd op uw loon.
        """
        assert says_most(text) == "says most demand"

    def test_know_the_14_day_letter(self) -> None:
        text = """
            Geachte heer Vos,
            Betaal binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd.
            Betaalt u niet, dan bent u incassokosten verschuldigd.
        """
        assert "gives fourteen days" in signs_of_kind(Found(a_layout(text), RECEIVED_ON))
