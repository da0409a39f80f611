"""What files are called in a citizen's own copy: by date and sender, safe on any computer."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date

LONGEST_NAME = 60
"""In characters, of the sender. Some computers take 255 bytes with the folder and all."""

# What is left is safe everywhere: no slashes, no colons, nothing that a shell reads.
_UNSAFE = re.compile(r"[^\w &'()+,-]+")


def file_name(received_on: date, sender: str, taken: Collection[str]) -> str:
    """Return a name for the PDF of a letter that no other letter has: `2026-02-20 De Wilg.pdf`.

    :param taken: the names that others have, in small letters
    """
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", sender))
    stem = f"{received_on} {' '.join(plain.split())[:LONGEST_NAME]}".strip()
    name, number = f"{stem}.pdf", 1
    # Some computers know no difference between capitals and small letters.
    while name.lower() in taken:
        number += 1
        name = f"{stem} ({number}).pdf"
    return name
