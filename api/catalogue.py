"""Every type of problem that the JSON door can answer with.

What a room refuses is named after its error; what FastAPI refuses by itself is listed here.
`make contract` writes `docs/problems.md` from both.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from api.statuses import STATUS, slug_of
from letterbox.access import MailboxClosed
from letterbox.consent.service import NoSuchConsent, NoSuchRequest
from letterbox.letters.notices import NoticeIdTaken
from letterbox.letters.rules import NotAnIban
from letterbox.letters.service import MessageIdTaken, NoGroundForBsn, NoSuchLetter
from letterbox.people.assertions import NotRecognised
from letterbox.people.rules import NotABsn
from letterbox.shared.errors import Invalid, LetterboxError, Refused, Unavailable
from letterbox.shared.ports import NotSigned, PdfRefused


class ScopeMissing(Refused):
    """The token is right, and does not reach this far."""

    title = "Your organisation may not do this"


class InvalidScope(Invalid):
    """The organisation asked for a scope it was not given."""

    title = "Your organisation was not given this scope"


@dataclass(frozen=True, slots=True)
class Entry:
    """A type of problem: its name, its status, and what the reader can do."""

    slug: str
    status: int
    title: str
    detail: str


OF_HTTP: Mapping[int, Entry] = {
    entry.status: entry
    for entry in (
        Entry("invalid-request", 400, "The request is not as described", "See `errors`."),
        Entry("not-recognised", 401, "We do not recognise you", "Ask for a new access token."),
        Entry("scope-missing", 403, "Your organisation may not do this", "Ask the operator."),
        Entry("no-such-address", 404, "There is nothing here", "Check the address."),
        Entry("method-not-allowed", 405, "This cannot be done here", "Check the method."),
        Entry("not-acceptable", 406, "We cannot answer in this form", "Change `Accept`."),
        Entry("message-id-taken", 409, "It contradicts what we hold", "See the detail."),
        Entry("too-large", 413, "The request is too large", "Send less."),
        Entry("wrong-media-type", 415, "We cannot read this form", "Change `Content-Type`."),
        Entry("too-many-requests", 429, "Too many requests", "Wait as `Retry-After` says."),
        Entry(
            "our-mistake",
            500,
            "Something went wrong on our side",
            "Nothing was kept. Try again, and quote the instance when you ask for help.",
        ),
        Entry("unavailable", 503, "We cannot do this right now", "Try again later."),
    )
}

OF_ROOMS: tuple[tuple[type[LetterboxError], str], ...] = (
    (NotABsn, "Check the citizen service number."),
    (NotAnIban, "Check the account number."),
    (PdfRefused, "Make the PDF again; `errors[0].code` says what is wrong with this one."),
    (InvalidScope, "Ask for what you were given, or leave `scope` out."),
    (NotRecognised, "Check the key, the clock and the `jti` of your assertion."),
    (NotSigned, "Ask for a new access token."),
    (ScopeMissing, "Ask the operator to widen what your organisation may do."),
    (NoGroundForBsn, "Register your legal ground for the BSN with the operator."),
    (NoSuchLetter, "Use the id from a receipt of your own, or from the letters of a consent."),
    (NoSuchRequest, "Use the id you were given when you asked."),
    (NoSuchConsent, "Use the id from the consent request that was granted."),
    (MailboxClosed, "The consent is not in force, or never was: ask the citizen."),
    (MessageIdTaken, "`letterId` names the first letter. Use a new message id for another one."),
    (NoticeIdTaken, "`noticeId` names the first notice. Use a new message id for another one."),
    (Unavailable, "Try again later."),
)


def catalogue() -> list[Entry]:
    """Return every type of problem, by status and name."""
    rooms = [Entry(slug_of(kind), _status(kind), kind.title, advice) for kind, advice in OF_ROOMS]
    named = {entry.slug: entry for entry in (*OF_HTTP.values(), *rooms)}
    return sorted(named.values(), key=lambda entry: (entry.status, entry.slug))


def _status(kind: type[LetterboxError]) -> int:
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)
