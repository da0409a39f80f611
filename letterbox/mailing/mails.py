"""The words of every e-mail. They are the same for everyone, but for a code. No database."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from letterbox.preferences.rules import MailKind

DUTCH = "nl"
_WORDS = Path(__file__).with_name("mails.toml")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that is ready to be handed over."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)


def mail_about(
    kind: MailKind, language: str | None, *, to: str, site: str, code: str = ""
) -> Outgoing:
    """Return a mail of this kind.

    :param language: another one than we write in is answered in Dutch
    :param site: the address of this installation, without a slash at the end
    """
    words = _words().get(language or DUTCH) or _words()[DUTCH]
    end = "" if kind is MailKind.CODE else words["end"]
    text = (words[kind]["text"] + end).strip().format(site=site, code=code)
    return Outgoing(to, words[kind]["subject"], f"{text}\n")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text("utf-8"))
