"""Words by which letters are understood, as data: one way of writing per line.

A letter has hardly any of the hundreds of phrases. So each phrase comes with words that are
quickly looked for, and only where those stand is the phrase itself looked for.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from letterbox.reading.phrases.words import Words
from letterbox.reading.plain import plain_text

_HERE = Path(__file__).parent

_SIGN = re.compile(r"\\(?:x..|u....|.)|\[(?:\\.|[^\]\\])*\]")
_GROUP = re.compile(r"\((?P<look>\?[^:])?(?:\?:)?(?P<inside>[^()]*)\)(?P<maybe>[?*{])?")
_LOOSE = re.compile(r".(?:[?*]|\{[\d,]+\})|[^a-z0-9 ,|\ue000-\uf8ff-]", re.IGNORECASE)
_LINE_END = re.compile(r"\\[snWD]|\[\^")
"""What matches the end of a line too: a dot does not."""
_GAP, _KEPT = "\0", 0xE000


class Phrase(NamedTuple):
    """A way of writing.

    :ivar words: of which every text that it matches holds one, in small letters without accents
    :ivar section: of the table, which tells what it says
    :ivar weight: how much it counts for that
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]
    section: str = ""
    weight: float = 0.0

    @property
    def runs_on(self) -> bool:
        """Whether it may begin in one block of a letter and end in another."""
        return _LINE_END.search(self.pattern.pattern) is not None

    def may_be_in(self, plain: str) -> bool:
        """Say whether it could match such a text: many times faster than looking for it."""
        return any(map(plain.__contains__, self.words))

    def search(self, text: str) -> re.Match[str] | None:
        """Return where it is in a text."""
        return self.pattern.search(text) if self.may_be_in(plain_text(text)) else None


@cache
def table(name: str) -> dict[str, Any]:
    """Return the phrases of `name.toml` as they stand there.

    :raises FileNotFoundError: there is no such table
    """
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))


def weighed(name: str, weights: tuple[tuple[str, float], ...]) -> "Phrases":
    """Return all phrases of `name.toml`, each with the weight of its list.

    Patterns are for single blocks of a letter, in small letters without accents.
    """
    return Phrases(
        Phrase(re.compile(phrase), words_in(phrase), section, weight)
        for section, lists in table(name).items()
        for strength, weight in weights
        for phrase in lists.get(strength, ())
    )


def each_of(name: str, *sections: str) -> "Phrases":
    """Return the phrases of some sections one by one, in small letters for such a text.

    There they are found in a third of the time that capital or small takes.
    """
    return Phrases(
        Phrase(re.compile(phrase), words_in(phrase), section)
        for section in sections
        for phrase in table(name)[section]
    )


class Phrases:
    """Many phrases, of which hardly any is in a letter, filed by their words."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._all = tuple(phrases)
        self._filed: dict[str, list[int]] = {}
        for number, phrase in enumerate(self._all):
            for word in Words(*phrase.words).plain:
                self._filed.setdefault(word, []).append(number)

    def likely(self, standing: Mapping[str, object]) -> list[Phrase]:
        """Return the phrases that could match a text.

        :param standing: whatever words that are looked for stand in it
        """
        words = self._filed.keys() & standing.keys()
        return [self._all[at] for at in sorted({at for word in words for at in self._filed[word]})]


def words_in(phrase: str) -> tuple[str, ...]:
    """Return words of which whatever a pattern matches holds one, as long as possible.

    Small letters without accents. One of them is empty, and in any text, where nothing is sure.
    """
    groups: list[tuple[str, ...]] = []

    def keep(group: re.Match[str]) -> str:
        if group["look"] or group["maybe"]:
            return _GAP + (group["maybe"] or "")
        groups.append(_longest(group["inside"], groups))
        return chr(_KEPT + len(groups) - 1)

    bare = _SIGN.sub(_GAP, phrase)
    while (fewer := _GROUP.sub(keep, bare)) != bare:
        bare = fewer
    return _longest(bare, groups)


def _longest(bare: str, groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return for each way that is left open its longest words, or those of a group in it.

    :param bare: a pattern in which groups are single characters that count from `_KEPT`
    """
    words: list[str] = []
    for way in _LOOSE.sub(_GAP, bare).split("|"):
        pieces = [(piece.lower(),) for piece in re.split("[\0\ue000-\uf8ff]", way)]
        kept = [groups[ord(sign) - _KEPT] for sign in way if ord(sign) >= _KEPT]
        words += max([*pieces, *kept], key=lambda some: min(map(len, some)))
    return tuple(dict.fromkeys(words))


def any_of(name: str, section: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """Return what matches any phrase of a section, capital or small, between two patterns."""
    return re.compile(f"(?i){before}(?:{'|'.join(table(name)[section])}){after}")


def any_phrase(phrases: Sequence[str], *, before: str = "") -> Phrase:
    """Return any of these as one phrase, capital or small, after another pattern.

    In a sentence it is found faster than what `any_of` returns, in a few words more slowly.
    """
    words = dict.fromkeys(word for phrase in phrases for word in words_in(phrase))
    return Phrase(re.compile(f"(?i){before}(?:{'|'.join(phrases)})"), tuple(words))
