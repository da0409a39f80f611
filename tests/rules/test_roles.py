import pytest

from letterbox.reading.finders.amounts import find_amounts
from letterbox.reading.roles import Role, roles_of
from letterbox.reading.sums import sums_in
from tests.rules.paper import a_layout


def roles_in(text: str) -> list[Role]:
    layout = a_layout(text)
    return [part.role for part in roles_of(find_amounts(layout), layout)]


class TestRoles:
    @pytest.mark.parametrize(
        ("label", "role"),
        [
            ("Hoofdsom", Role.PRINCIPAL),
            ("Wettelijke rente tot heden", Role.INTEREST),
            ("Incassokosten", Role.COLLECTION_COSTS),
            ("Btw over incassokosten", Role.COLLECTION_COSTS),
            ("Kosten van deze aanmaning", Role.COLLECTION_COSTS),
            ("Proceskosten volgens vonnis", Role.OTHER_COSTS),
            ("Eerste verhoging", Role.INCREASE),
            ("Btw 21%", Role.VAT),
            ("Reeds voldaan", Role.PAID),
            ("Af: betaald 12 mei", Role.PAID),
            ("Te betalen", Role.TOTAL),
            ("Nog te betalen", Role.TOTAL),
            ("Totaal", Role.TOTAL),
            ("Totale schuld", Role.WHOLE),
            ("Totaalsaldo koopkrediet", Role.WHOLE),
            ("Totaal nog af te lossen (inclusief achterstand)", Role.WHOLE),
            ("Current balance", Role.WHOLE),
            ("Stand van de lening", Role.WHOLE),
            ("Hypotheekschuld inclusief achterstand", Role.WHOLE),
            ("Totaal verschuldigd op lening 31.89.26", Role.WHOLE),
            ("Balance on your card today", Role.WHOLE),
            ("WOZ-waarde van uw woning", Role.ASIDE),
            ("Verzekerde som opstal", Role.ASIDE),
            ("Meerwaarde", Role.ITEM),
            ("Subtotaal", Role.SUM),
            ("Huur maart", Role.ITEM),
            ("Ontvangen voorschot", Role.ITEM),
            ("Stand per 12-11-2026", Role.TOTAL),
            ("Blijft over", Role.TOTAL),
            ("Now due", Role.TOTAL),
            ("Kosten van dit exploot", Role.OTHER_COSTS),
        ],
    )
    def test_follow_the_label_in_a_table(self, label: str, role: Role) -> None:
        assert roles_in(f"{label}          € 12,50") == [role]

    @pytest.mark.parametrize(
        ("text", "role"),
        [
            ("Wij verzoeken u € 12,50 te betalen.", Role.ASKED),
            ("Er staat nog € 12,50 open.", Role.TOTAL),
            ("U heeft € 12,50 gepind.", Role.PAID),
            ("U betaalt iedere maand € 12,50 huur.", Role.INSTALMENT),
            ("In tien termijnen van € 12,50 betaalt u alles.", Role.INSTALMENT),
            ("Het totale openstaande saldo van uw krediet is € 12,50.", Role.WHOLE),
            ("Your student debt is € 12,50 in all.", Role.WHOLE),
            ("Van uw lening staat, de achterstand meegerekend, nog € 12,50 open.", Role.WHOLE),
            ("De restschuld van uw hypotheek bedraagt € 12,50.", Role.WHOLE),
            ("Het restant van de lening, alles meegerekend, bedraagt nu € 12,50.", Role.WHOLE),
            ("Uw hypotheek had op 3 mei 2026 een restschuld van € 12,50.", Role.WHOLE),
            ("Betaalt u niet, dan is het gehele saldo van € 12,50 opeisbaar.", Role.WHOLE),
            ("Daarmee is de hele schuld van € 12,50 afgelost.", Role.PAID),
            ("De premie voor uw huis (herbouwwaarde € 12,50) is te laat.", Role.ASIDE),
            ("De vraagprijs van € 12,50 vinden wij nog steeds redelijk.", Role.ASIDE),
            ("Met de incassokosten komen wij op € 12,50.", Role.TOTAL),
            ("Met de incassokosten is dat € 12,50.", Role.UNSAID),
            ("Zorg dat € 12,50 binnen vijf dagen onder mij zal zijn.", Role.ASKED),
            ("veroordeelt gedaagde tot betaling aan eiseres van € 12,50.", Role.ASKED),
            ("Op die dag stond uw rekening € 12,50 in de min.", Role.TOTAL),
            ("U betaalt uw huurschuld van € 12,50 in delen.", Role.WHOLE),
            ("Betaalt u niet, dan is de volledige restschuld, nu € 12,50, opeisbaar.", Role.WHOLE),
            ("Het hele saldo is € 12,50, maar dat hoeft u nu niet te betalen.", Role.WHOLE),
            ("Voor het park legden wij € 12,50 opzij.", Role.UNSAID),
            ("De eis is € 12,50 rente.", Role.INTEREST),
            ("Dat verschil, € 12,50, maken wij in mei naar u over.", Role.ASIDE),
            ("Wacht niet: hierna komt er € 12,50 bij.", Role.CONDITIONAL),
            ("Uw saldo was € 12,50.", Role.ASIDE),
            ("Uw verzekerde som blijft € 12,50.", Role.ASIDE),
            ("De offerte bedraagt € 12,50.", Role.ASIDE),
            ("Samen € 12,50 exclusief btw.", Role.ASIDE),
            ("Daarmee is de hele schuld van € 12,50 afgelost.", Role.PAID),
            (
                "U bent € 12,50 schuldig. Die laatste termijn hoeft u nog niet te betalen.",
                Role.TOTAL,
            ),
            ("Dat kost minimaal € 12,50.", Role.ASIDE),
            ("Nog open: krediet van € 12,50. Dat bedrag hoeft u nu niet te betalen.", Role.ASIDE),
            ("Betaalt u niet, dan bent u € 12,50 incassokosten verschuldigd.", Role.CONDITIONAL),
            ("Betaalt u niet? Dan volgen kosten. Die zijn € 12,50.", Role.CONDITIONAL),
            ("If we do not receive it, we will charge costs of EUR 12.50.", Role.CONDITIONAL),
            ("If not, then we add € 12,50 collection costs.", Role.CONDITIONAL),
            ("Doe je dat niet, dan moeten we € 12,50 incassokosten rekenen.", Role.CONDITIONAL),
            ("Daarna bent u € 12,50 incassokosten verschuldigd.", Role.CONDITIONAL),
            ("Hoor ik niets? Dan komt er € 12,50 aan kosten bij.", Role.CONDITIONAL),
            ("U heeft niet betaald. Wij vorderen € 12,50 met de kosten.", Role.TOTAL),
            ("Het gaat om € 12,50.", Role.TOTAL),
            ("Stort € 12,50 op onderstaande rekening.", Role.ASKED),
            ("Neem dit ter harte en stort € 12,50 op onze rekening.", Role.ASKED),
            ("Op 23 april stort het UWV € 12,50 op uw rekening.", Role.UNSAID),
            ("U dient € 12,50 binnen vijf dagen te storten.", Role.ASKED),
            ("Wij verwachten € 12,50 vóór vrijdag.", Role.ASKED),
            ("You have to return € 12.50 to us.", Role.ASKED),
            ("Please send us € 12.50 this week.", Role.ASKED),
            ("Daarom vorderen wij € 12,50 van u terug.", Role.ASKED),
            ("Van de nota stond € 12,50 open.", Role.TOTAL),
            ("Sportclub Atlas heeft € 12,50 van u te goed.", Role.TOTAL),
            ("Op de rekening ontbreekt € 12,50.", Role.TOTAL),
            ("Wij missen € 12,50 aan contributie.", Role.TOTAL),
            ("U loopt € 12,50 achter.", Role.TOTAL),
            ("Dus van u krijgen wij nog € 12,50.", Role.TOTAL),
            ("Daarvan hebben wij nog niet € 12,50 terug.", Role.TOTAL),
            ("U staat bij ons voor € 12,50 in het krijt.", Role.TOTAL),
            ("Het beslag strekt tot verhaal van € 12,50.", Role.TOTAL),
            ("De aanslag van € 12,50 is kwijtgescholden.", Role.ASIDE),
            ("Wij vorderen terug wat wij gaven (€ 12,50 verstrekt).", Role.ASIDE),
            ("De verhoging is € 12,50 aan rente.", Role.INTEREST),
        ],
    )
    def test_follow_the_sentence_in_prose(self, text: str, role: Role) -> None:
        assert roles_in(text) == [role]

    @pytest.mark.parametrize("sign", ["€", "EUR"])
    def test_tell_a_value_from_what_is_asked_for_it(self, sign: str) -> None:
        text = f"De premie (herbouwwaarde {sign} 900,00) bedraagt {sign} 12,50."
        assert roles_in(text) == [Role.ASIDE, Role.TOTAL]

    def test_tell_what_a_debt_was_from_what_is_left_of_it(self) -> None:
        text = "Van uw schuld van € 25,00 blijft nu nog € 12,50 over."
        assert roles_in(text) == [Role.ASIDE, Role.TOTAL]


class TestSums:
    def test_close_with_what_was_paid(self) -> None:
        text = """
            Hoofdsom           € 100,00
            Rente                € 2,50
            Reeds voldaan       € 50,00
            Te betalen          € 52,50
        """
        layout = a_layout(text)
        [closing] = sums_in(roles_of(find_amounts(layout), layout))
        assert closing.total.amount.cents == 5250
        assert len(closing.parts) == 3

    def test_close_over_a_subtotal(self) -> None:
        text = """
            Huur mei           € 100,00
            Huur juni          € 100,00
            Subtotaal          € 200,00
            Incassokosten       € 40,00
            Totaal             € 240,00
        """
        layout = a_layout(text)
        closings = sums_in(roles_of(find_amounts(layout), layout))
        assert [closing.total.amount.cents for closing in closings] == [20000, 24000]

    def test_close_over_a_total_of_payments(self) -> None:
        text = """
            Oorspronkelijke vordering   2.118,44
            Aflossingen 2025              568,00
            Vakantiegeld                  113,60
            Totaal afgelost               681,60
            Saldo                       1.436,84
        """
        layout = a_layout(text)
        closings = sums_in(roles_of(find_amounts(layout), layout))
        assert [closing.total.amount.cents for closing in closings] == [68160, 143684]

    def test_stay_open_when_a_cent_is_missing(self) -> None:
        text = """
            Hoofdsom           € 100,00
            Rente                € 2,50
            Te betalen         € 102,49
        """
        layout = a_layout(text)
        assert sums_in(roles_of(find_amounts(layout), layout)) == []
