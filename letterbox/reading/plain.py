"""Text as it is compared: small letters without accents, character for character."""

from unicodedata import normalize

_WITHOUT_ACCENT = {chr(code): normalize("NFD", chr(code))[0] for code in range(0xC0, 0x250)}
_WHOLE_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "’": "'", "‘": "'"}
_PLAIN = str.maketrans(_WITHOUT_ACCENT | _WHOLE_LETTERS)


def plain_text(text: str) -> str:
    """Return a text in small letters without accents, as long as it was."""
    small = text.replace("İ", "I").lower()  # the one letter that grows when it is made small
    return small if small.isascii() else small.translate(_PLAIN)
