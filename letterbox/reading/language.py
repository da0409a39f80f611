"""In which language a letter is written."""

import re

_WORD = re.compile(r"[a-z]+")
_WORDS = {
    "nl": frozenset(
        [
            "de",
            "het",
            "een",
            "u",
            "uw",
            "van",
            "wij",
            "niet",
            "en",
            "op",
            "voor",
            "te",
            "dit",
            "deze",
            "bent",
            "heeft",
            "moet",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "a",
            "you",
            "your",
            "of",
            "we",
            "not",
            "and",
            "on",
            "for",
            "to",
            "this",
            "these",
            "are",
            "have",
            "must",
            "please",
        ]
    ),
}


def language_of(text: str) -> str | None:
    """Return `nl` or `en` by their most common words, None for too little text."""
    words = _WORD.findall(text.lower())
    counts = {language: sum(map(common.__contains__, words)) for language, common in _WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 3 else None
