import pytest

from letterbox.letters.rules import Party
from letterbox.reading.parties import find_parties, same_name
from tests.rules.paper import a_layout

BUREAU = Party("Incasso Noordstar")


def who(text: str, sender: Party | None = BUREAU) -> tuple[str | None, str | None]:
    parties = find_parties(a_layout(text), sender=sender, on_behalf_of=None)
    names = (parties.creditor, parties.collector)
    creditor, collector = (party.name if party else None for party in names)
    return creditor, collector


class TestParties:
    @pytest.mark.parametrize(
        "text",
        [
            "Onze cliënt, Sportclub De Beuk, heeft ons gevraagd te incasseren.",
            "Namens onze opdrachtgever Sportclub De Beuk vragen wij u te betalen.",
            "In opdracht van Sportclub De Beuk B.V. schrijven wij u.",
            "Opdrachtgever: Sportclub De Beuk",
            "Opdrachtgever:      Sportclub De Beuk",
            "Inzake: Sportclub De Beuk / Vos",
            "Wij hebben de vordering van Sportclub De Beuk op u in behandeling.",
            "Sportclub De Beuk heeft de inning aan ons overgedragen.",
        ],
    )
    def test_name_the_creditor_of_a_collector(self, text: str) -> None:
        assert who(text) == ("Sportclub De Beuk", "Incasso Noordstar")

    def test_are_the_sender_alone_when_no_other_is_named(self) -> None:
        assert who("U moet ons betalen.") == ("Incasso Noordstar", None)

    def test_follow_a_sale_to_the_buyer(self) -> None:
        text = "De vordering is verkocht en overgedragen aan Orion Fonds, gevestigd te Ede."
        assert who(text, Party("Rivierbank")) == ("Orion Fonds", None)

    def test_see_who_will_collect(self) -> None:
        text = "Wij hebben de vordering ter incasso overgedragen aan Bureau Pol te Ede."
        assert who(text, Party("Rivierbank")) == ("Rivierbank", "Bureau Pol")

    def test_take_the_declared_creditor_and_doubt_another(self) -> None:
        text = "Onze cliënt, Sportclub De Beuk, heeft ons gevraagd te incasseren."
        parties = find_parties(a_layout(text), sender=BUREAU, on_behalf_of=Party("Rivierbank"))
        assert parties.creditor == Party("Rivierbank")
        assert "creditor" in parties.unsure

    def test_are_unsure_when_only_the_letterhead_tells(self) -> None:
        parties = find_parties(
            a_layout("Rivierbank\nU moet ons betalen."), sender=None, on_behalf_of=None
        )
        assert parties.sender == Party("Rivierbank")
        assert parties.unsure >= {"sender", "creditor"}

    def test_are_one_without_legal_form_case_and_accents(self) -> None:
        assert same_name("Coöperatie Zuidwonen U.A.") == same_name("ZUIDWONEN")
        assert same_name("Ringdraad Mobiel B.V.") != same_name("Ringdraad Thuis B.V.")
