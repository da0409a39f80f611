"""Showing the overview of a mailbox to whoever holds a key to it."""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.consent.models import Consent
from letterbox.debts.facts import Settlement
from letterbox.debts.queries import settlement_in
from letterbox.overview.queries import shown_in
from letterbox.overview.rules import Overview, View, overview_of
from letterbox.shared.days import day_of


def show_overview(session: Session, key: MailboxKey, *, now: datetime) -> Overview:
    """Return the overview as this key may see it, on the day it is now."""
    sealed, unread = shown_in(session, key)
    settlement = settlement_in(key, sealed) if sealed else Settlement()
    return overview_of(settlement, unread, view_of(key), as_of=day_of(now))


def view_of(key: MailboxKey) -> View:
    """Return what the consent by which the mailbox was opened leaves visible."""
    consent = key.consent
    if consent is None:
        return View()
    return View(consent.letters_from, left_out_by(key, consent))


def seal_left_out(key: MailboxKey, consent_id: UUID, creditors: frozenset[str]) -> bytes | None:
    """Seal the names of the creditors that a consent leaves out."""
    if not creditors:
        return None
    return key.seal(Consent.__tablename__, consent_id, json.dumps(sorted(creditors)).encode())


def left_out_by(key: MailboxKey, consent: Consent) -> frozenset[str]:
    """Return the names of the creditors that a consent leaves out."""
    if consent.sealed_left_out is None:
        return frozenset()
    opened = key.unseal(Consent.__tablename__, consent.id, consent.sealed_left_out)
    return frozenset(json.loads(opened))
