"""Invented people to send letters to: names as they occur in the Netherlands, addresses nowhere."""

from dataclasses import dataclass
from random import Random

_INITIALS = "ABCDEFGHIJKLMNOPRSTVWYZÉÖ"
_SURNAMES = (
    "de Vries",
    "van den Berg",
    "el Yaakoubi",
    "Aït Benhaddou",
    "Yıldırım",
    "Öztürk-Demir",
    "Ramdjielal",
    "Kartosentono",
    "Kowalczyk",
    "Wiśniewska",
    "Hoekstra",
    "ter Horst-van der Meulen",
    "Bakker-Jansen",
    "in 't Veld",
    "Coenraadts",
    "Daniëls",
    "Ben Saïd",
    "Pinas",
    "van 't Hof",
    "Şahin",
    "Nowak",
    "Blokland",
    "d'Haene",
    "Tjon A Fat",
)
_STREETS = (
    "Kastanjehof",
    "Oude Vlietkade",
    "Prinses Wilhelminastraat",
    "Nachtegaallaan",
    "1e Kruisweg",
    "Plein 1953",
    "Burgemeester Van Tienhovenlaan",
    "Vlasakker",
    "Lange Nering",
    "IJsvogelstraat",
)
_PLACES = (
    "1234 AB  DUINRODE",
    "4321 XZ Westerveen",
    "9988 QA Oud-Zandlo",
    "2468 CE  'S-HEERENWAARD",
    "7531 KL Nieuw-Elsbroek",
    "6060 PP Sint Anna ter Hei",
)
_DOORS = ("", "", "", "a", " hs", "-II", " bis", " 104")


@dataclass(frozen=True, slots=True)
class Citizen:
    """Someone who gets a letter.

    :ivar name: initials and surname; the surname as it stands after them
    :ivar title: mevrouw, heer, or nothing when the sender does not know
    """

    title: str
    name: str
    surname: str
    street: str
    place: str

    def recipient(self, language: str) -> str:
        """Return the name as it is put above the address."""
        titles = {"nl": {"mevrouw": "Mevrouw", "heer": "De heer"}, "en": _ENGLISH}[language]
        return f"{titles.get(self.title, '')} {self.name}".strip()

    def salutation(self, language: str) -> str:
        """Return the words a letter begins with."""
        surname = self.surname[0].upper() + self.surname[1:]
        if language == "en":
            title = _ENGLISH.get(self.title, "Sir or Madam")
            return f"Dear {title} {surname if self.title else ''}".strip() + ","
        return f"Geachte {self.title or 'heer/mevrouw'} {surname},"


_ENGLISH = {"mevrouw": "Ms", "heer": "Mr"}


def draw_citizen(chance: Random) -> Citizen:
    """Return someone."""
    title = chance.choice(("mevrouw", "heer"))
    first = chance.sample(_INITIALS, chance.randint(1, 3))
    surname = chance.choice(_SURNAMES)
    return Citizen(
        title=title if chance.random() < 0.85 else "",
        name=f"{''.join(f'{letter}.' for letter in first)} {surname}",
        surname=surname,
        street=f"{chance.choice(_STREETS)} {chance.randint(1, 240)}{chance.choice(_DOORS)}",
        place=chance.choice(_PLACES),
    )
