"""What a line in the logbook says, and how lines are chained. No database."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID


class Act(StrEnum):
    """What was done. The Dutch words for the citizen are in the pages."""

    LETTER_DELIVERED = "letter_delivered"
    LETTER_DELIVERED_AGAIN = "letter_delivered_again"
    LETTER_STATUS_ASKED = "letter_status_asked"
    LETTER_ADDED = "letter_added"
    LETTERS_SEEN = "letters_seen"
    LETTER_SEEN = "letter_seen"
    LETTER_TAKEN = "letter_taken"
    NOTICE_DELIVERED = "notice_delivered"
    NOTICE_DELIVERED_AGAIN = "notice_delivered_again"
    CLAIMED = "claimed"
    CLIENTS_LISTED = "clients_listed"
    OVERVIEW_SEEN = "overview_seen"
    OVERVIEW_TAKEN = "overview_taken"
    CONSENT_SEEN = "consent_seen"
    LOGBOOK_SEEN = "logbook_seen"
    REQUEST_SEEN = "request_seen"
    CONSENT_GRANTED = "consent_granted"
    CONSENT_DECLINED = "consent_declined"
    CONSENT_ENDED = "consent_ended"
    DEBT_CORRECTED = "debt_corrected"
    VALUE_CONFIRMED = "value_confirmed"
    CORRECTION_WITHDRAWN = "correction_withdrawn"
    SETTINGS_SEEN = "settings_seen"
    SETTINGS_CHANGED = "settings_changed"
    CALENDAR_SEEN = "calendar_seen"
    EXPORTED = "exported"
    CLOSED = "closed"


class ActorKind(StrEnum):
    """On whose behalf it was done."""

    CITIZEN = "citizen"
    SENDER = "sender"
    COUNSELLOR = "counsellor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says. Ids only: the logbook never holds what a letter says.

    :ivar actor_id: the organisation
    :ivar person_id: who did it for the organisation, when a person did
    """

    at: datetime
    act: Act
    actor: ActorKind
    actor_id: UUID | None = None
    consent_id: UUID | None = None
    subject_id: UUID | None = None
    person_id: UUID | None = None

    def words(self) -> dict[str, Any]:
        """Return what the line says, by column."""
        return {name: getattr(self, name) for name in self.__slots__}


def chained(before: bytes, number: int, entry: Entry) -> bytes:
    """Return the hash of a line: SHA-256 over the hash before it, its number and its words.

    A line without a person is hashed as if there were no such word.
    """
    words = {key: value and str(value) for key, value in entry.words().items()} | {
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "number": number,
    }
    if entry.person_id is None:
        del words["person_id"]
    return sha256(before + json.dumps(words, sort_keys=True).encode()).digest()
