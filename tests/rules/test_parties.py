import pytest

from letterbox.reading.candidates.parties import party_candidates
from letterbox.reading.finders.names import Part, find_names, tidy
from letterbox.reading.found import Found
from letterbox.reading.parties import (
    alike,
    full_name,
    is_public_body,
    keys_alike,
    same_name,
)
from tests.rules.paper import RECEIVED_ON, a_layout


def named(text: str, part: Part) -> set[str]:
    return {found.name for found in find_names(a_layout(text)) if found.part is part}


class TestFindNames:
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
    def test_tells_the_creditor_of_a_collector(self, text: str) -> None:
        assert named(text, Part.CREDITOR) == {"Sportclub De Beuk"}

    def test_tells_the_buyer_of_a_claim(self) -> None:
        text = "De vordering is verkocht en overgedragen aan Orion Fonds, gevestigd te Ede."
        assert named(text, Part.BUYER) == {"Orion Fonds"}

    @pytest.mark.parametrize(
        "text",
        [
            "Wij hebben de vordering op u overgenomen van Sportclub De Beuk.",
            "We bought this claim from Sportclub De Beuk.",
            "Sportclub De Beuk heeft haar vordering op u verkocht.",
            "Oorspronkelijke schuldeiser: Sportclub De Beuk",
        ],
    )
    def test_tells_the_seller_of_a_claim(self, text: str) -> None:
        assert named(text, Part.SELLER) == {"Sportclub De Beuk"}

    def test_does_not_take_a_shop_for_the_seller_of_a_claim(self) -> None:
        assert named("U kocht op 3 mei een fiets van Rijwielhandel Vos.", Part.SELLER) == set()

    def test_leaves_out_how_a_sentence_begins(self) -> None:
        assert named("In Mijn Heldervolt B.V. ziet u alles.", Part.SELF) == {"Heldervolt"}
        assert named("Betreft Heldervolt B.V. te Utrecht", Part.SELF) == {"Heldervolt"}

    def test_takes_the_address_of_a_web_shop_for_its_name(self) -> None:
        text = "Schoenhalte.nu vraagt via ons de betaling. Betaling is nodig."
        assert named(text, Part.NAMED) == {"Schoenhalte.nu"}

    def test_tells_who_will_collect(self) -> None:
        text = "Wij hebben de vordering ter incasso overgedragen aan Bureau Pol te Ede."
        assert named(text, Part.COLLECTOR) == {"Bureau Pol"}

    def test_gives_every_other_name_as_well(self) -> None:
        text = "U kocht op 3 mei een fiets bij Rijwielhandel Van Dam in Ede."
        assert "Rijwielhandel Van Dam" in {
            n.rpartition(" in ")[0] or n for n in named(text, Part.NAMED)
        }

    @pytest.mark.parametrize(
        "line",
        [
            "GERECHTSDEURWAARDERS & INCASSO",
            "Gerechtsdeurwaarders in heel Nederland",
            "Belastingdeurwaarder",
            "Patient Billing",
            "AANZEGGING TOT ONTRUIMING",
            "Uit kracht van het vonnis van de rechtbank",
            "Ook bereikbaar via de app",
            "Groetjes van Ria",
            "Onderdeel van Debitact Groep",
            "Dossiernummer Datum",
        ],
    )
    def test_gives_no_trade_and_no_heading(self, line: str) -> None:
        assert tidy(line) is None

    def test_gives_a_name_with_a_trade_in_it(self) -> None:
        assert tidy("Van der Meulen Gerechtsdeurwaarders") == "Van der Meulen Gerechtsdeurwaarders"


class TestSameName:
    def test_is_one_without_legal_form_case_and_accents(self) -> None:
        assert same_name("Coöperatie Zuidwonen U.A.") == same_name("ZUIDWONEN")
        assert same_name("Ringdraad Mobiel B.V.") != same_name("Ringdraad Thuis B.V.")

    def test_is_alike_when_one_is_short_for_the_other(self) -> None:
        assert alike("Ringdraad Mobiel B.V.", "Ringdraad")
        assert not alike("Bo", "Bodata")

    def test_is_never_alike_without_a_name(self) -> None:
        assert not keys_alike("", "")
        assert not keys_alike(same_name("Ringdraad"), "")


class TestPublicBodies:
    def test_are_known_by_their_other_names(self) -> None:
        assert full_name("CJIB") == "Centraal Justitieel Incassobureau"
        assert full_name("Bakkerij Vos") == "Bakkerij Vos"

    def test_are_told_from_other_organisations(self) -> None:
        assert is_public_body("Gemeente Ede")
        assert is_public_body("UWV")
        assert not is_public_body("Bakkerij Vos")


class TestCandidates:
    def test_tell_a_place_from_a_name(self) -> None:
        text = "Incassohuis Pol\nPostbus 3, 9401 LB Assen\n\nKom langs in ons kantoor: Assen."
        found = Found(a_layout(text), RECEIVED_ON)
        named = party_candidates(found.named, found.layout)
        assert {each.value for each in named if "is a place" in each.clues} == {"Assen"}


class TestTheLetterhead:
    @staticmethod
    def names_above(text: str) -> tuple[str, ...]:
        return Found(a_layout(text), RECEIVED_ON).named.letterhead.names

    def test_is_no_slogan(self) -> None:
        text = "stroom zonder poespas\nHeldervolt Energie\n\nGeachte heer,"
        assert self.names_above(text)[0] == "Heldervolt Energie"

    def test_is_not_to_whom_the_letter_goes(self) -> None:
        text = "A.É. Pinas\nOude Kade 3\n1234 AB DUINRODE\n\nGeachte mevrouw Pinas,"
        assert "A.É. Pinas" not in self.names_above(text)
