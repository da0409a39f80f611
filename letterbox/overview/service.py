"""Showing the overview of a mailbox to whoever holds a key to it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from letterbox.access import MailboxKey
from letterbox.consent.models import Consent
from letterbox.debts.facts import Settlement
from letterbox.debts.queries import settlement_in
from letterbox.overview.queries import shown_in
from letterbox.overview.rules import LeftOut, Overview, Unread, View, left_out_of, overview_of
from letterbox.shared.days import day_of


def show_overview(session: Session, key: MailboxKey, *, now: datetime) -> Overview:
    """Return the overview as this key may see it, on the day it is now."""
    settlement, unread = _settlement(session, key)
    return overview_of(settlement, unread, view_of(key), as_of=day_of(now))


def preview(
    session: Session,
    key: MailboxKey,
    *,
    letters_from: date | None,
    left_out: frozenset[str],
    now: datetime,
) -> Overview:
    """Return the overview as someone would see it to whom a citizen shows no more than this.

    :param left_out: names of creditors
    """
    settlement, unread = _settlement(session, key)
    view = View(letters_from, left_out_of(settlement, left_out))
    return overview_of(settlement, unread, view, as_of=day_of(now))


def overview_under(
    session: Session, key: MailboxKey, consent: Consent, *, now: datetime
) -> Overview:
    """Return the overview to its citizen as it is seen by a consent."""
    settlement, unread = _settlement(session, key)
    return overview_of(settlement, unread, _view_by(key, consent), as_of=day_of(now))


def view_of(key: MailboxKey) -> View:
    """Return what the consent by which the mailbox was opened leaves visible."""
    return _view_by(key, key.consent) if key.consent else View()


def seal_left_out(
    session: Session, key: MailboxKey, consent_id: UUID, creditors: frozenset[str]
) -> bytes | None:
    """Seal what a consent leaves out: these creditors, with their letters so far."""
    if not creditors:
        return None
    left_out = left_out_of(_settlement(session, key)[0], creditors)
    return key.seal(Consent.__tablename__, consent_id, msgspec.json.encode(left_out))


def left_out_by(key: MailboxKey, consent: Consent) -> LeftOut:
    """Return what a consent leaves out."""
    if consent.sealed_left_out is None:
        return LeftOut()
    opened = key.unseal(Consent.__tablename__, consent.id, consent.sealed_left_out)
    return msgspec.json.decode(opened, type=LeftOut)


def _view_by(key: MailboxKey, consent: Consent) -> View:
    return View(consent.letters_from, left_out_by(key, consent))


def _settlement(session: Session, key: MailboxKey) -> tuple[Settlement, Sequence[Unread]]:
    sealed, unread = shown_in(session, key)
    return settlement_in(key, sealed) if sealed else Settlement(), unread
