"""Choosing a language, notices and a calendar feed, and finding who a feed belongs to."""

import secrets
from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox.preferences import queries
from letterbox.preferences.models import Preferences
from letterbox.preferences.rules import NOTICES, MailKind
from letterbox.shared import scope
from letterbox.shared.ports import KeyStore

TOKEN_BYTES = 32


def choose_language(session: Session, mailbox_id: UUID, language: str) -> None:
    """Keep the language in which pages and mails are written from now on (ISO 639-1)."""
    queries.preferences_to_change(session, mailbox_id).language = language


def choose_notices(session: Session, mailbox_id: UUID, wanted: Collection[MailKind]) -> None:
    """Keep which notices are wanted."""
    chosen = queries.preferences_to_change(session, mailbox_id)
    chosen.notices = [kind for kind in NOTICES if kind in wanted]


def start_calendar(session: Session, keys: KeyStore, mailbox_id: UUID, *, names: bool) -> str:
    """Return the token of a new calendar feed; an earlier one is gone. Only its hash is kept.

    :param names: whether the feed tells who is to be paid, and how much
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    chosen = queries.preferences_to_change(session, mailbox_id)
    chosen.calendar_hash, chosen.calendar_names = _hash_of(keys, token), names
    return token


def stop_calendar(session: Session, mailbox_id: UUID) -> None:
    """End the calendar feed at once."""
    chosen = queries.preferences_to_change(session, mailbox_id)
    chosen.calendar_hash, chosen.calendar_names = None, False


def calendar_with(session: Session, keys: KeyStore, token: str) -> Preferences | None:
    """Return the choices that this token belongs to, and enter the scope of their mailbox."""
    calendar_hash = _hash_of(keys, token)
    scope.enter(session, calendar=calendar_hash)
    found = queries.preferences_with_calendar(session, calendar_hash)
    if found is not None:
        scope.enter(session, mailbox=found.mailbox_id)
    return found


def _hash_of(keys: KeyStore, token: str) -> str:
    return keys.digest("calendar", token)
