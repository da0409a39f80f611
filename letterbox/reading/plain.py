"""Text as it is compared: small letters without accents, character for character."""

_PLAIN = str.maketrans("àáâäãåèéêëìíîïòóôöõùúûüñç’‘", "aaaaaaeeeeiiiiooooouuuunc''")


def plain_text(text: str) -> str:
    """Return a text in small letters without accents, as long as it was."""
    small = text.replace("İ", "I").lower()  # the one letter that grows when it is made small
    return small if small.isascii() else small.translate(_PLAIN)
