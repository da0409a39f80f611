"""Which HTTP status says which "no". The only place where kinds and statuses meet."""

import re
from collections.abc import Mapping

from letterbox.people.assertions import NotRecognised
from letterbox.people.visits import TooManyCodes
from letterbox.shared.errors import (
    Conflict,
    Invalid,
    LetterboxError,
    NotFound,
    Refused,
    Unavailable,
)
from letterbox.shared.ports import LoginFailed, NotSigned, TooManyRequests

STATUS: Mapping[type[LetterboxError], int] = {
    NotRecognised: 401,
    NotSigned: 401,
    LoginFailed: 401,
    TooManyCodes: 429,
    TooManyRequests: 429,
    Refused: 403,
    NotFound: 404,
    Conflict: 409,
    Invalid: 400,
    Unavailable: 503,
    LetterboxError: 500,
}


def status_of(error: LetterboxError) -> int:
    """Return the status for this error, by the nearest kind it is of."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def slug_of(kind: type[LetterboxError]) -> str:
    """Return the stable name of a kind of error: `MessageIdTaken` is `message-id-taken`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
