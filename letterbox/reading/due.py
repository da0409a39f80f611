"""Until when to pay: which of the terms in a letter is the one for paying.

A letter has more terms: to object, to appear, to ask for instalments, to move out.
"""

import re

from letterbox.reading.finders.terms import TermFound

_PAY = re.compile(
    r"(?i)\b(?:betal\w*|betaal\w*|terugbetal\w*|voldoen|voldaan|overmak\w*"
    r"|over te maken|overgemaakt|maak\b.*\bover|bijgeschreven|bij te schrijven"
    r"|schrijven|ontvangen|in orde"
    r"|in (?:ons bezit|huis)|op (?:onze |mijn |de )?rekening|doe dit|pay\b|payment"
    r"|transfer|settle|bedrag|te voldoen|aflos\w*)"
)
_LABELLED = re.compile(
    r"(?i)betaaldatum|vervaldatum|vervaldag|^betalen|betaaltermijn|due date"
    r"|pay by|payable by|due by|termijn dient"
)
_OTHER_MATTER = re.compile(
    r"(?i)\b(?:bezwaar\w*|beroep|verzet\w*|(?:aan)?vra(?:ag|gen)\b(?=.{0,30}\baan\b)"
    r"|vraag\b.*|aanvra\w+|aanmeld\w*|aangemeld|machtig\w*|zitting|verschijn\w*"
    r"|ontruim\w*|klacht\w*|reageer\w*|reactie|wijzig\w*|bel\b|opleveren"
    r"|afspraak"
    r"|doorgeven|uw rekening|geef\b|stuur\w*|formulier|weten|opzeg\w*|retour\w*|herroep\w*"
    r"|volgende betaling|kwijtschelding|object\w*|appeal\w*|call\b|afge(?:schreven"
    r"|zegd)|incasseren|af\b, voor|garantie|komen|verwerkt|bewaar)"
)
_BY_THEN = re.compile(r"(?i)\bbedrag\b.{0,60}\b(?:ontvangen|betaald|voldaan|bijgeschreven)")
_ENOUGH = 3
_INSTALMENTS = re.compile(r"(?i)in (?:termijnen|delen)|gespreid|betalingsregeling")


def is_for_paying(term: TermFound) -> bool:
    """Say whether the words around a last day say that it is for paying."""
    spot = term.spot
    label = spot.label if len(spot.label) < 40 else ""
    around = f"{label} {'' if spot.before else spot.above} {spot.sentence}"
    return bool(_LABELLED.search(f"{around} {term.words}") or _PAY.search(around))


def is_for_another_matter(term: TermFound) -> bool:
    """Say whether they say that it is for something else: to object, to appear, to answer."""
    spot = term.spot
    nearby = f"{spot.before[-90:]} … {spot.after[:70]}"
    return bool(_OTHER_MATTER.search(nearby)) and not _BY_THEN.search(spot.after)
