"""When a consent or a request for one is in force. No database.

A status is computed from the row and the time on every request, never stored: what has
ended cannot be left standing by a job that did not run.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

LAPSES_AFTER = timedelta(days=14)
LONGEST = timedelta(days=365)
TEXT_VERSION = "2026-11"
"""Of the text a citizen sees before agreeing; raise it with every change of that page."""

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, O, 1 and I, which people mix up on the telephone."""


class Permission(StrEnum):
    """What a counsellor may do under a consent."""

    OVERVIEW = "overview"
    LETTERS = "letters"


class RequestStatus(StrEnum):
    """Where a request for consent stands."""

    PENDING = "pending"
    GRANTED = "granted"
    DECLINED = "declined"
    LAPSED = "lapsed"


class ConsentStatus(StrEnum):
    """Where a consent stands."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


def status_of_request(answer: str | None, *, lapses_at: datetime, now: datetime) -> RequestStatus:
    """Return where a request stands: its answer, or whether it is too late for one."""
    if answer is not None:
        return RequestStatus(answer)
    return RequestStatus.PENDING if now < lapses_at else RequestStatus.LAPSED


def status_of_consent(
    *, valid_until: datetime, ended_at: datetime | None, now: datetime
) -> ConsentStatus:
    """Return where a consent stands. It is in force up to, not including, `valid_until`."""
    if ended_at is not None:
        return ConsentStatus.REVOKED
    return ConsentStatus.ACTIVE if now < valid_until else ConsentStatus.EXPIRED


def new_code() -> str:
    """Return a code of 40 random bits, written `7KQM-P2XD`."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def compact_code(typed: str) -> str:
    """Return a code as it was given out, however it was typed: `7kqm p2xd` is `7KQM-P2XD`."""
    letters = "".join(c for c in typed.upper() if c in CODE_ALPHABET)
    return f"{letters[:4]}-{letters[4:]}"
