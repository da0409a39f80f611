"""What a line in the logbook says, and how lines are chained. No database."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class Act(StrEnum):
    """What was done. The Dutch words for the citizen are in the pages."""

    LETTER_DELIVERED = "letter_delivered"
    LETTER_DELIVERED_AGAIN = "letter_delivered_again"
    LETTER_STATUS_ASKED = "letter_status_asked"
    CLAIMED = "claimed"
    OVERVIEW_SEEN = "overview_seen"
    CONSENT_SEEN = "consent_seen"
    LOGBOOK_SEEN = "logbook_seen"
    REQUEST_SEEN = "request_seen"
    CONSENT_GRANTED = "consent_granted"
    CONSENT_DECLINED = "consent_declined"
    CONSENT_ENDED = "consent_ended"
    CLOSED = "closed"


class ActorKind(StrEnum):
    """On whose behalf it was done."""

    CITIZEN = "citizen"
    SENDER = "sender"
    COUNSELLOR = "counsellor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says. Ids only: the logbook never holds what a letter says."""

    at: datetime
    act: Act
    actor: ActorKind
    actor_id: UUID | None = None
    consent_id: UUID | None = None
    subject_id: UUID | None = None


def chained(before: bytes, number: int, entry: Entry) -> bytes:
    """Return the hash of a line: SHA-256 over the hash before it, its number and its words."""
    words = {key: None if value is None else str(value) for key, value in asdict(entry).items()} | {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "number": number,
    }
    return sha256(before + json.dumps(words, sort_keys=True).encode()).digest()
