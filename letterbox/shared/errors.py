"""The five kinds of "no" the house can say.

A room defines its own errors beside the function that raises them and picks one of these
kinds; the doors translate kinds, so no room ever mentions HTTP. The name of an error is
its stable name at the JSON door: `MessageIdTaken` becomes `message-id-taken`.
"""

from typing import ClassVar


class LetterboxError(Exception):
    """Something the house expected could go wrong, worded for the person at the door."""

    title: ClassVar[str] = "The request could not be carried out"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Invalid(LetterboxError):
    """What was handed over is not usable, and will not be on a second try.

    :ivar code: a stable word for a program
    :ivar pointer: JSON pointer to the part that is wrong, empty for the whole
    """

    def __init__(self, detail: str, *, code: str = "invalid", pointer: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.pointer = pointer


class NotFound(LetterboxError):
    """There is no such thing, or none that this caller may know of."""


class Refused(LetterboxError):
    """The caller is known, and may not do this."""


class Conflict(LetterboxError):
    """It contradicts what the house already holds."""


class Unavailable(LetterboxError):
    """Something outside the house is down. A later try may succeed."""
