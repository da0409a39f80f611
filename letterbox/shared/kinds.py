"""The kinds of letter, mildest first within what they have in common."""

from enum import StrEnum


class Kind(StrEnum):
    """What a letter is. Dutch names, phrases and sources are in `docs/words.md`."""

    INVOICE = "invoice"
    ASSESSMENT = "assessment"
    FINE = "fine"
    RECLAIM = "reclaim"
    REMINDER = "reminder"
    DEMAND = "demand"
    COLLECTION_NOTICE = "collection_notice"
    DISCONNECTION_NOTICE = "disconnection_notice"
    SUMMONS = "summons"
    JUDGMENT = "judgment"
    WRIT = "writ"
    SEIZURE = "seizure"
    EVICTION_NOTICE = "eviction_notice"
    PAYMENT_PLAN = "payment_plan"
    PAYMENT_CONFIRMATION = "payment_confirmation"
    CREDIT_NOTE = "credit_note"
    WITHDRAWAL = "withdrawal"
    TRANSFER_NOTICE = "transfer_notice"
    STATEMENT = "statement"
    OTHER = "other"
