"""The invented people and organisations of the demo. Any likeness is chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from letterbox.letters.rules import Party
from runtime.demo.numbers import bsn_for_tests, invented_iban, oin_for_tests

TASK_BY_LAW = "Wet algemene bepalingen burgerservicenummer, artikel 10 (publieke taak)"
HEALTH_INSURANCE = "Zorgverzekeringswet, artikel 86"
INVENTED_GROUND = "Alleen voor de demonstratie: verzonnen organisatie, verzonnen nummers"
"""Outside the demo these organisations would have to name a law, or use another scheme."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """Someone who gets letters. `formal_name` stands on the envelope, `greeting` above the text."""

    key: str
    given_name: str
    surname: str
    formal_name: str
    greeting: str
    bsn: str
    born_on: date
    street: str
    place: str
    email: str

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.surname}"


@dataclass(frozen=True, slots=True)
class Account:
    """A bank account and whose name is on it."""

    holder: str
    iban: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Someone who sends letters, or to whom money is owed, or who counsels.

    `bsn_ground` is the law that lets it use citizen numbers; without one it delivers nothing here.
    `clients_account` keeps money collected for others apart from `account`.
    """

    key: str
    name: str
    number: str
    bsn_ground: str | None
    account: Account
    street: str
    place: str
    phone: str
    website: str
    clients_account: Account | None = None

    @property
    def payee(self) -> Account:
        """The account that its letters ask to pay into."""
        return self.clients_account or self.account

    @property
    def party(self) -> Party:
        """The organisation as an envelope names it."""
        return Party(self.name, self.number)


@dataclass(frozen=True, slots=True)
class Employee:
    """Someone who works for `organisation`, and logs in for it by their e-mail address."""

    key: str
    name: str
    role: str
    email: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone in the demo, by key."""

    citizens: Mapping[str, Citizen]
    organisations: Mapping[str, Organisation]
    employees: Mapping[str, Employee]


YARA = Citizen(
    key="yara",
    given_name="Yara",
    surname="Boonstra",
    formal_name="Mevrouw Y. Boonstra",
    greeting="mevrouw Boonstra",
    bsn=bsn_for_tests("99999102"),
    born_on=date(1987, 5, 14),
    street="Kruisbessenpad 18",
    place="3299 XA  VELDWIJK",
    email="yara.boonstra@post.example",
)

DANIEL = Citizen(
    key="daniel",
    given_name="Daniel",
    surname="Okafor",
    formal_name="De heer D. Okafor",
    greeting="heer Okafor",
    bsn=bsn_for_tests("99999538"),
    born_on=date(1993, 11, 2),
    street="Oude Turfkade 205-C",
    place="3298 XD  VELDWIJK",
    email="daniel.okafor@post.example",
)

HOUSING = Organisation(
    key="housing",
    name="Woonstichting Zilverlinde",
    number=oin_for_tests("100000011"),
    bsn_ground=INVENTED_GROUND,
    account=Account("Woonstichting Zilverlinde", invented_iban("0210440017")),
    street="Lindeplein 2",
    place="3299 XB  Veldwijk",
    phone="0999 - 55 10 20",
    website="www.zilverlinde.example",
)

ENERGY = Organisation(
    key="energy",
    name="Lichtkring Energie B.V.",
    number=oin_for_tests("100000022"),
    bsn_ground=INVENTED_GROUND,
    account=Account("Lichtkring Energie B.V.", invented_iban("0318227409")),
    street="Transformatorweg 90",
    place="3290 XE  Hogedijk",
    phone="0999 - 800 40 40",
    website="www.lichtkring.example",
)

WATER = Organisation(
    key="water",
    name="Drinkwaterbedrijf Klaarbeek N.V.",
    number=oin_for_tests("100000033"),
    bsn_ground=INVENTED_GROUND,
    account=Account("Klaarbeek N.V.", invented_iban("0477310052")),
    street="Pompstationlaan 1",
    place="3291 XW  Klaarbeek",
    phone="0999 - 700 10 10",
    website="www.klaarbeek.example",
)

HEALTH = Organisation(
    key="health",
    name="Helderzorg Verzekeringen N.V.",
    number=oin_for_tests("100000044"),
    bsn_ground=HEALTH_INSURANCE,
    account=Account("Helderzorg Verzekeringen", invented_iban("0590018836")),
    street="Polisplantsoen 44",
    place="3280 XH  Oosterzijl",
    phone="0999 - 600 60 66",
    website="www.helderzorg.example",
)

COLLECTOR = Organisation(
    key="collector",
    name="Vlietstroom Incasso B.V.",
    number=oin_for_tests("100000055"),
    bsn_ground=INVENTED_GROUND,
    account=Account("Vlietstroom Incasso B.V.", invented_iban("0611904423")),
    street="Handelskade 311",
    place="3281 XV  Oosterzijl",
    phone="0999 - 311 31 10",
    website="www.vlietstroom.example",
    clients_account=Account("Stichting Derdengelden Vlietstroom", invented_iban("0611904873")),
)

BAILIFF = Organisation(
    key="bailiff",
    name="Van Hazelhorst & Duim Gerechtsdeurwaarders",
    number=oin_for_tests("100000066"),
    bsn_ground=INVENTED_GROUND,
    account=Account("Van Hazelhorst & Duim B.V.", invented_iban("0702558190")),
    street="Gerechtsgracht 7",
    place="3280 XG  Oosterzijl",
    phone="0999 - 20 70 07",
    website="www.hazelhorst-duim.example",
    clients_account=Account("Kwaliteitsrekening Hazelhorst & Duim", invented_iban("0702558611")),
)

MUNICIPALITY = Organisation(
    key="municipality",
    name="Gemeente Veldwijk",
    number=oin_for_tests("100000077"),
    bsn_ground=TASK_BY_LAW,
    account=Account("Gemeente Veldwijk, Belastingen", invented_iban("0284400911")),
    street="Raadhuisplein 1",
    place="3299 XX  Veldwijk",
    phone="0999 - 14 00 14",
    website="www.gemeenteveldwijk.example",
)

ALLOWANCES = Organisation(
    key="allowances",
    name="Rijksdienst Heffingen en Bijdragen",
    number=oin_for_tests("100000088"),
    bsn_ground=TASK_BY_LAW,
    account=Account("Rijksdienst Heffingen en Bijdragen", invented_iban("0844120066")),
    street="Postbus 90",
    place="3200 XR  Rijksveen",
    phone="0999 - 05 43 21",
    website="www.heffingenenbijdragen.example",
)

FINES = Organisation(
    key="fines",
    name="Landelijk Bureau Verkeersboetes",
    number=oin_for_tests("100000099"),
    bsn_ground=TASK_BY_LAW,
    account=Account("Landelijk Bureau Verkeersboetes", invented_iban("0855310475")),
    street="Postbus 17",
    place="3201 XL  Rijksveen",
    phone="0999 - 22 33 44",
    website="www.verkeersboetes.example",
)

WEBSHOP = Organisation(
    key="webshop",
    name="Pluim & Plank Webwinkel B.V.",
    number=oin_for_tests("100000101"),
    bsn_ground=None,
    account=Account("Pluim & Plank", invented_iban("0933760284")),
    street="Loodsweg 16",
    place="3292 XP  Hogedijk",
    phone="0999 - 33 44 55",
    website="www.pluimenplank.example",
)

COUNSELLING = Organisation(
    key="counselling",
    name="Schuldhulp Veldwijk en Omstreken",
    number=oin_for_tests("100000112"),
    bsn_ground="Wet gemeentelijke schuldhulpverlening",
    account=Account("Schuldhulp Veldwijk", invented_iban("0284400997")),
    street="Raadhuisplein 3",
    place="3299 XX  Veldwijk",
    phone="0999 - 14 00 50",
    website="www.schuldhulpveldwijk.example",
)

DENTIST = Organisation(
    key="dentist",
    name="Tandartspraktijk Kiezelsteen",
    number=oin_for_tests("100000123"),
    bsn_ground=INVENTED_GROUND,
    account=Account("Tandartspraktijk Kiezelsteen", invented_iban("0466120098")),
    street="Vijzelhof 9",
    place="3299 XG  Veldwijk",
    phone="0999 - 55 32 32",
    website="www.tandartskiezelsteen.example",
)

HANNEKE = Employee(
    key="hanneke",
    name="Hanneke Ruitenbeek",
    role="Schuldhulpverlener",
    email="h.ruitenbeek@schuldhulpveldwijk.example",
    organisation=COUNSELLING.key,
)

SAMUEL = Employee(
    key="samuel",
    name="Samuel Brink",
    role="Schuldhulpverlener",
    email="s.brink@schuldhulpveldwijk.example",
    organisation=COUNSELLING.key,
)

MIEN = Employee(
    key="mien",
    name="Mien Tolsma",
    role="Assistent",
    email="balie@tandartskiezelsteen.example",
    organisation=DENTIST.key,
)

_CITIZENS = (YARA, DANIEL)
_ORGANISATIONS = (
    HOUSING,
    ENERGY,
    WATER,
    HEALTH,
    COLLECTOR,
    BAILIFF,
    MUNICIPALITY,
    ALLOWANCES,
    FINES,
    WEBSHOP,
    COUNSELLING,
    DENTIST,
)
_EMPLOYEES = (HANNEKE, SAMUEL, MIEN)

CAST = Cast(
    citizens=MappingProxyType({citizen.key: citizen for citizen in _CITIZENS}),
    organisations=MappingProxyType({each.key: each for each in _ORGANISATIONS}),
    employees=MappingProxyType({each.key: each for each in _EMPLOYEES}),
)
