"""Which kind of letter this is, by what it says. Never by its heading or letterhead alone.

Every marker votes for a kind; a marker in the head of the letter (above the salutation) votes
twice, one inside a sentence about what will happen to those who do not pay votes not at all.
Phrases and their sources: `docs/words.md`.
"""

import re
from collections import Counter
from dataclasses import dataclass

from letterbox.reading import context
from letterbox.reading.layout import Layout, Spot
from letterbox.shared.kinds import Kind

_MARKERS: tuple[tuple[Kind, int, re.Pattern[str]], ...] = tuple(
    (kind, votes, re.compile(pattern, re.IGNORECASE))
    for kind, votes, pattern in (
        (
            Kind.EVICTION_NOTICE,
            12,
            r"aanzegging (?:van |tot )?ontruiming|zal worden ontruimd|ontruimd op"
            r"|ontruiming (?:is |wordt )?aangezegd|datum (?:van )?ontruiming",
        ),
        (
            Kind.SEIZURE,
            9,
            r"\bbeslag (?:is |hebben )?(?:ge)?legd|overbetekening|executoriaal\b.{0,20}\bbeslag"
            r"|proces-verbaal van beslag|beslag gelegd|loonbeslag gelegd|vordering op uw (?:loon"
            r"|uitkering) gelegd",
        ),
        (
            Kind.JUDGMENT,
            14,
            r"\bveroordeelt\b|in de zaak van|^vonnis van \d|wijst .{0,40}\bvonnis\b",
        ),
        (
            Kind.SUMMONS,
            9,
            r"\bgedagvaard:|d\s?a\s?g\s?v\s?a\s?a\s?r\s?d\s?i\s?n\s?g$|te verschijnen\b"
            r"|met (?:de )?aanzegging\b|eis (?:te )?(?:horen )?doen",
        ),
        (
            Kind.WRIT,
            10,
            r"in naam (?:van de|des|der) koning(?!.{0,300}veroordeel)|^dwangbevel$"
            r"|^beveelt\b|(?:hernieuwd )?bevel tot betaling|dwangbevelnummer|(?:^"
            r"|exploot van |hierbij .{0,30})betekening (?:van (?:het|een) )?(?:dwangbevel"
            r"|vonnis|bevel)|\bbetekend\b.{0,80}\bbevel|bevel gedaan|uit kracht van (?:het"
            r"|een) dwangbevel",
        ),
        (
            Kind.DISCONNECTION_NOTICE,
            9,
            r"aankondiging (?:van )?(?:de )?afsluiting|levering van .{0,60}\b(?:beëindigen"
            r"|stopzetten|stoppen)|sluit uw .{0,30}\baf\b|wordt (?:u|uw aansluiting) afgesloten"
            r"|(?:stroom|gas|water|energie)\w* (?:wordt|worden) .{0,30}afgesloten"
            r"|be[eë]indigen wij de levering|\bafsluitdatum\b"
            r"|(?:stroom|gas|water|energie)\b.{0,20}\bafsluiten\b|disconnect",
        ),
        (
            Kind.PAYMENT_PLAN,
            11,
            r"bevestig(?:en|ing)?\b.{0,50}\b(?:betalingsregeling|regeling|(?:de"
            r"|onze) afspraak die)|regeling is akkoord|akkoord gaat met een regeling"
            r"|betalingsregeling (?:is )?(?:toegekend|toegewezen|goedgekeurd)"
            r"|uw betalingsregeling (?:gaat|loopt)"
            r"|payment (?:plan|arrangement) (?:is )?(?:confirmed"
            r"|agreed)",
        ),
        (
            Kind.PAYMENT_CONFIRMATION,
            9,
            r"bedankt voor uw betaling|kwitantie|betaalbewijs|(?:geheel|helemaal"
            r"|volledig) (?:betaald|voldaan|afgelost)(?! is)"
            r"|wij hebben uw betaling (?!.{0,40}\b(?:niet|geen)\b).{0,40}ontvangen"
            r"|ontvangst ?bevestiging|bevestiging (?:van )?(?:uw |de )?(?:betaling"
            r"|ontvangst)|thank you for your payment|paid in full",
        ),
        (Kind.CREDIT_NOTE, 9, r"\bcredit ?nota\b|credit ?factuur|credit note|\bcrediteren\b"),
        (
            Kind.WITHDRAWAL,
            10,
            r"(?:vordering|boete|aanslag|beschikking|zaak|factuur|sanctie)\b.{0,30}\b(?:is "
            r"|heeft |hebben |wordt )?(?:ingetrokken|vernietigd|vervallen verklaard)"
            r"|vervalt en u hoeft|niets (?:meer )?(?:te betalen|verschuldigd)"
            r"|kwijtschelding .{0,40}\b(?:verleend|toegekend|toegewezen)|(?:wijzen"
            r"|wij) .{0,60}kwijtschelding .{0,20}\btoe\b|kwijtgescholden|vermindering van uw"
            r"|trekken .{0,40}\bin\b(?=[.,])|u hoeft .{0,30}niet (?:meer )?te betalen",
        ),
        (
            Kind.TRANSFER_NOTICE,
            10,
            r"mededeling van cessie|verkocht en overgedragen|overdracht van (?:uw dossier"
            r"|de vordering|uw schuld)|ter incasso overgedragen (?:aan )?(?!ons)"
            r"|gecedeerd|nieuwe schuldeiser|uit handen gegeven aan (?!ons)|debt has been (?:sold"
            r"|transferred)",
        ),
        (
            Kind.STATEMENT,
            9,
            r"jaar ?overzicht|saldo-?overzicht|overzicht van (?:uw|het) (?:saldo"
            r"|openstaande|terugvordering|bedrag)|geen betalingsverzoek|rekeningoverzicht"
            r"|stand van uw (?:schuld|rekening|lening)|annual statement|not a request for payment",
        ),
        (
            Kind.COLLECTION_NOTICE,
            8,
            r"\bonze (?:opdrachtgever|opdrachtgeefster|cli[eë]nte?)\b|opdrachtgever"
            r"|incasso opgedragen|tot (?:mij|ons)(?: kantoor)? wendde zich"
            r"|mijn cli[eë]nte?\b"
            r"|(?:inning|vordering|incasso)\b.{0,60}\b(?:aan ons"
            r"|ons) (?:overgedragen|gevraagd|in handen)|gevraagd het bedrag te innen"
            r"|schuldeiser\b|on behalf of our client|our client",
        ),
        (
            Kind.RECLAIM,
            6,
            r"terugvordering|terug te betalen|te veel\b.{0,40}\b(?:uitkering|toeslag"
            r"|gekregen|ontvangen|voorschot|betaald)|moet .{0,30}terugbetalen"
            r"|vorderen .{0,20}\bterug\b",
        ),
        (
            Kind.FINE,
            7,
            r"verkeersboete|u krijgt een boete|administratieve sanctie|boetebeschikking"
            r"|strafbeschikking|datum beschikking|bestuurlijke boete|sanctiebedrag",
        ),
        (
            Kind.ASSESSMENT,
            7,
            r"aanslagbiljet|naheffingsaanslag|(?:voorlopige|definitieve) aanslag"
            r"|^aanslag \d{4}|ontvangt u de aanslag|legt .{0,60}\baanslag op\b"
            r"|deze aanslag\b",
        ),
        (
            Kind.DEMAND,
            5,
            r"\baanmaning\b|sommatie|\bsommer(?:en|eer)\b|ingebrekestelling"
            r"|in gebreke\b|laatste (?:gelegenheid|mogelijkheid|keer|waarschuwing|herinnering)"
            r"|6:96|final (?:notice"
            r"|demand|reminder)|zonder (?:extra|bijkomende) kosten te|14-dagenbrief"
            r"|veertiendagenbrief|letter before",
        ),
        (
            Kind.REMINDER,
            4,
            r"betalingsherinnering|herr?innering\b|reminder|aan uw aandacht ontsnapt"
            r"|ontschoten|\bontgaan\b|vergeten\?"
            r"|(?:niet|nog geen)\b.{0,40}\b(?:ontvangen|voldaan|betaald)\b"
            r"|nog niet (?:van u |door u )?(?:ontvangen"
            r"|voldaan|is ontvangen)|staan? nog .{0,40}\bopen\b|still open",
        ),
        (
            Kind.INVOICE,
            4,
            r"\b(?!credit)\w*(?:factuur|nota)\b|declaratie\b|eindafrekening|jaarnota|factuurdatum"
            r"|factuurnummer|hierbij ontvangt u .{0,30}(?:factuur|nota|rekening)"
            r"|\binvoice\b",
        ),
    )
)
_FOURTEEN_DAYS = re.compile(
    r"(?is)\b(?:nadat|na (?:ontvangst|bezorging) van) deze (?:brief|aanmaning)\b"
    r".{0,900}incassokosten"
)
"""A term from delivery before costs are due, as art. 6:96 lid 6 BW has it."""

_FIRST_TIME = frozenset((Kind.INVOICE, Kind.ASSESSMENT, Kind.FINE, Kind.RECLAIM))
_DUNNING = frozenset((Kind.REMINDER, Kind.DEMAND))
# Votes from which a letter is later than the first. An objection may be called a withdrawal
# in passing, so that needs more than one mention.
_FOLLOW_UP = dict.fromkeys((*_DUNNING, Kind.DISCONNECTION_NOTICE), 8) | {Kind.WITHDRAWAL: 20}
_NAMED_LATER = _FIRST_TIME | _DUNNING
_PAST = re.compile(
    r"(?i)(?:ondanks|na|op|onze|van|eerdere|was een|de|die|voor(?:melde)?"
    r"|reminders? of|herhaalde)\s(?:\w+\s){0,2}$"
)
_SALUTATION = re.compile(r"(?i)^(?:geachte|beste|mevrouw,|mijnheer,|meneer|dear|hi|hallo|l\.s\.)")


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of letter, how far it is ahead of the next, and the words that say so."""

    kind: Kind
    sure: bool
    confidence: float
    spot: Spot | None


def find_kind(layout: Layout) -> KindFound:
    """Say what a letter is, `other` when nothing in it says so."""
    votes: Counter[Kind] = Counter()
    proof: dict[Kind, Spot] = {}
    head = _head_ends(layout)
    for kind, weight, pattern in _MARKERS:
        for words, spot in _mentions(layout, kind, pattern, head):
            votes[kind] += weight * words
            proof.setdefault(kind, spot)
    gives_fourteen_days = bool(_FOURTEEN_DAYS.search(layout.text))
    if gives_fourteen_days:
        votes[Kind.DEMAND] += 12
    if not votes:
        return KindFound(Kind.OTHER, sure=True, confidence=0.6, spot=None)
    return _chosen(votes, proof, gives_fourteen_days=gives_fourteen_days)


def _chosen(
    votes: Counter[Kind], proof: dict[Kind, Spot], *, gives_fourteen_days: bool
) -> KindFound:
    if any(votes[kind] >= enough for kind, enough in _FOLLOW_UP.items()):
        for kind in _FIRST_TIME:
            votes[kind] = min(votes[kind], 4)  # a later letter names what it is about
    if votes[Kind.COLLECTION_NOTICE] and not gives_fourteen_days:
        votes[Kind.DEMAND] = min(votes[Kind.DEMAND], 5)  # in another's name it is collection
    ranking = votes.most_common(2)
    (kind, most), second = ranking[0], ranking[1][1] if len(ranking) > 1 else 0
    return KindFound(
        kind,
        sure=most >= (8 if second else 6) and most >= 1.3 * second,
        confidence=most / (most + second + 2),
        spot=proof.get(kind),
    )


def _mentions(
    layout: Layout, kind: Kind, pattern: re.Pattern[str], head: int
) -> list[tuple[int, Spot]]:
    """Return the first mention in the head (counting double) and the first in the body.

    An earlier letter that is named in the body says nothing about this one.
    """
    found: dict[bool, tuple[int, Spot]] = {}
    for _, spot in layout.matches(pattern):
        in_head = spot.block < head
        text = layout.blocks[spot.block].text
        threat = context.is_conditional(text, spot.start)
        past = kind in _NAMED_LATER and not in_head and bool(_PAST.search(spot.before))
        if not threat and not past:
            found.setdefault(in_head, (2 if in_head else 1, spot))
    return list(found.values())


def _head_ends(layout: Layout) -> int:
    """Return the number of the block with the salutation: what comes before is the head."""
    for number, block in enumerate(layout.blocks):
        if _SALUTATION.match(block.text):
            return number
    return min(8, len(layout.blocks))
