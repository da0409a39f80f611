"""What the house needs from outside, said in its own words.

`connectors` implements these, `runtime` chooses which, the rooms only know the words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from letterbox.shared.errors import Invalid, LetterboxError
from letterbox.shared.paper import Paper


class PdfRefused(Invalid):
    """The file is not a letter that can be taken in safely.

    `code` is one of `not-a-pdf`, `broken`, `encrypted`, `too-large`, `too-many-pages`,
    `no-pages`, `active-content`, `took-too-long`; `page` is the page it is about, if any.
    """

    title = "This file cannot be taken in as a letter"

    def __init__(self, detail: str, *, code: str, page: int | None = None) -> None:
        super().__init__(detail, code=code, pointer="/document")
        self.page = page


class PhotoRefused(Invalid):
    """One of the photos cannot be made into a page of a letter.

    `code` is one of `not-a-photo`, `broken`, `too-large`, `too-many`, `took-too-long`; `photo` is
    which one it is about, counted from 1, if any.
    """

    title = "These photos cannot be taken in as a letter"

    def __init__(self, detail: str, *, code: str, photo: int | None = None) -> None:
        super().__init__(detail, code=code, pointer="/document")
        self.photo = photo


class Unreadable(LetterboxError):
    """The letter is kept, and cannot be read by machine. `detail` says why, in a few words."""

    title = "The letter cannot be read"


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What the gatekeeper notes down about a file it lets in."""

    pages: int


class PdfReader(Protocol):
    """Opens PDFs in processes that can be killed."""

    def inspect(self, pdf: bytes) -> PdfFacts:
        """Look at the structure of a file before it is let in.

        :raises PdfRefused: it cannot be taken in safely
        :raises Unavailable: the processes are all gone or busy for too long
        """

    def paper(self, pdf: bytes) -> Paper:
        """Return what the pages show and carry: words, codes and e-invoices.

        :raises Unreadable: there is no text and no OCR here, it crashed, or took too much
            time or memory
        """

    def picture(self, pdf: bytes, *, page: int, dpi: int) -> bytes:
        """Return one page as a PNG image.

        :param page: counted from 1
        :raises Unreadable: there is no such page, it crashed, or took too much time or memory
        """

    def preview(self, pdf: bytes, *, page: int) -> bytes:
        """Return one page as a small WebP image, as large as a screen needs it to be read.

        :param page: counted from 1
        :raises Unreadable: there is no such page, it crashed, or took too much time or memory
        """

    def pdf_of_photos(self, photos: Sequence[bytes]) -> bytes:
        """Return a PDF with a page of A4 for each photo, in their order; the same each time.

        Nothing but the pixels comes along: no place, no time, no name of a telephone.

        :param photos: JPEG, PNG or WebP
        :raises PhotoRefused: one of them is no photo, or too large, or there are too many
        :raises Unavailable: the processes are all gone or busy for too long
        """

    def marked(self, pdf: bytes, *, mark: str) -> bytes:
        """Return the same PDF with a line of text in the margin of every page.

        :raises Unreadable: it crashed, or took too much time or memory
        """


class KeyStore(Protocol):
    """Keeps the keys that open everything: a ring of key-encryption keys, and a hash key."""

    def wrap(self, data_key: bytes, *, mailbox_id: UUID) -> bytes:
        """Wrap a data key with the newest key of the ring, bound to its mailbox."""

    def unwrap(self, wrapped: bytes, *, mailbox_id: UUID) -> bytes:
        """Return the data key.

        :raises BrokenSeal: it was wrapped for another mailbox, or with a key not in the ring
        """

    def is_newest(self, wrapped: bytes) -> bool:
        """Test whether this was wrapped with the newest key of the ring."""

    def digest(self, kind: str, text: str) -> str:
        """Return HMAC-SHA-256 of a text, 64 hexadecimal digits; kinds never collide."""


class NotSigned(LetterboxError):
    """The token was not signed by us, for this, or is over its time."""

    title = "We did not sign this"


class Signer(Protocol):
    """Signs receipts and tokens in the name of this installation (JWS, ES256)."""

    def sign(self, claims: Mapping[str, object], *, kind: str) -> str:
        """Return a compact JWS over the claims; `kind` becomes its `typ`."""

    def opened(
        self, token: str, *, kind: str, now: datetime, audience: str | None = None
    ) -> dict[str, Any]:
        """Return the claims of a token we signed ourselves.

        :raises NotSigned: other signature, algorithm, kind or audience, or expired
        """

    def public_keys(self) -> dict[str, Any]:
        """Return the public keys as a JSON Web Key Set (RFC 7517)."""


class FileStore(Protocol):
    """Keeps sealed files. What it is handed is ciphertext already."""

    def put(self, session: Session, mailbox_id: UUID, letter_id: UUID, sealed: bytes) -> None:
        """Keep the file. Within the transaction where possible, else before it ends."""

    def get(self, session: Session, mailbox_id: UUID, letter_id: UUID) -> bytes:
        """Return the file.

        :raises Unavailable: the store does not answer, or does not have it
        """


JobName = Literal["read_letter", "settle_mailbox", "settle_again", "send_notice", "look_at_days"]


class Jobs(Protocol):
    """Work left for later, in the same transaction as the work that asked for it."""

    def leave(self, session: Session, name: JobName, *, mailbox_id: UUID, **ids: UUID) -> None:
        """Leave a job. It exists if, and only if, this transaction is committed.

        A mailbox that waits to be settled already is left as it is: what this transaction brings
        is committed before that job can begin.
        """

    def counts(self, session: Session) -> Sequence[tuple[str, str, int]]:
        """Return how many jobs there are, per name and status, for those who watch."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send someone who logs in, and what to remember until they come back."""

    url: str
    state: str
    nonce: str
    verifier: str


class LoginFailed(LetterboxError):
    """The login provider did not say who this is, or not well enough."""

    title = "Logging in did not work"


class Login(Protocol):
    """The login provider for citizens (OpenID Connect, authorization code with PKCE)."""

    def depart(self) -> Departure:
        """Start logging in.

        :raises Unavailable: the provider does not answer
        """

    def arrive(self, departure: Departure, *, code: str) -> str:
        """Return the citizen service number of the person who came back with this code.

        :raises LoginFailed: the provider refuses, or its answer does not hold
        :raises Unavailable: the provider does not answer
        """


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Who came in for an organisation, in the words of its login provider.

    :ivar organisation_number: its OIN, or its number in the trade register (KvK)
    :ivar subject: what the provider calls this person: the same at every login
    """

    organisation_number: str
    subject: str
    name: str


class StaffLogin(Protocol):
    """The login provider for people who work for an organisation (as for citizens)."""

    def depart(self) -> Departure:
        """Start logging in.

        :raises Unavailable: the provider does not answer
        """

    def arrive(self, departure: Departure, *, code: str) -> StaffMember:
        """Return the person who came back with this code, and for whom they work.

        :raises LoginFailed: the provider refuses, or its answer does not hold
        :raises Unavailable: the provider does not answer
        """


class MailRefused(LetterboxError):
    """The mail server does not take mail for this address, and will not on a second try."""

    title = "Nothing can be mailed to this address"


class Mail(Protocol):
    """Sends e-mail to citizens. What it is handed says nothing about a person."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand over a mail in plain text.

        :raises MailRefused: not for this address
        :raises Unavailable: the mail server does not answer, or not now
        """


class TooManyRequests(LetterboxError):
    """One organisation asks more than its share."""

    title = "Too many requests"


class Turnstile(Protocol):
    """Keeps one organisation from crowding out the others."""

    def let_through(self, organisation_id: UUID) -> None:
        """Count a request.

        :raises TooManyRequests: this organisation made too many lately
        """


@dataclass(frozen=True, slots=True)
class Supplies:
    """Everything the house needs from outside, gathered once at start-up.

    :ivar public_url: how the outside world reaches this installation, without a slash at the end
    :ivar mail: nothing, where this installation sends no e-mail
    """

    sessions: sessionmaker[Session]
    keys: KeyStore
    signer: Signer
    files: FileStore
    reader: PdfReader
    jobs: Jobs
    login: Login
    staff_login: StaffLogin
    turnstile: Turnstile
    clock: Callable[[], datetime]
    public_url: str
    mail: Mail | None = None
