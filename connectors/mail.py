"""Hands e-mail over to a mail server by SMTP (RFC 5321), encrypted unless told otherwise."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import MailRefused

SECONDS_TO_ANSWER = 20
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
"""By scheme: TLS from the start, STARTTLS and nothing without it, or no TLS at all."""

REFUSED = range(500, 600)
"""Replies that mean: not now and not later (RFC 5321, 4.2.1)."""


class NotAMailServer(ValueError):
    """The setting does not say where to hand mail over."""


@dataclass(frozen=True, slots=True)
class SmtpMail:
    """Fulfils `Mail`.

    :ivar url: `smtps://user:password@host:port`, or another scheme of `PORTS`
    :ivar sender: the address that mail comes from
    :ivar settings_page: where a citizen stops it
    """

    url: str = field(repr=False)
    sender: str
    settings_page: str
    clock: Callable[[], datetime]
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in PORTS or not parts.hostname or "@" not in self.sender:
            # Without the value: it holds a password.
            raise NotAMailServer(
                f"LETTERBOX_SMTP_URL: use one of {', '.join(PORTS)}, with a host; and set "
                "LETTERBOX_MAIL_SENDER."
            )

    def send(self, to: str, subject: str, text: str) -> None:
        try:
            with self._server() as server:
                server.send_message(self._message(to, subject, text))
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal({code for code, _ in error.recipients.values()}) from None
        except (OSError, smtplib.SMTPException) as error:
            # Its words may quote the address.
            raise Unavailable(f"The mail server: {type(error).__name__}.") from None

    @contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.url)
        place = (parts.hostname or "", parts.port or PORTS[parts.scheme])
        if parts.scheme == "smtps":
            opened: smtplib.SMTP = smtplib.SMTP_SSL(
                *place, timeout=SECONDS_TO_ANSWER, context=self.tls
            )
        else:
            opened = smtplib.SMTP(*place, timeout=SECONDS_TO_ANSWER)
        with opened as server:
            if parts.scheme == "smtp":
                server.starttls(context=self.tls)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server

    def _message(self, to: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Date"] = format_datetime(self.clock())
        # Its own domain: the library would tell the name of this machine.
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2].strip(">"))
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answers from holidays
        message["List-Unsubscribe"] = f"<{self.settings_page}>"  # RFC 2369, 3.2
        message.set_content(text)
        return message


def _refusal(codes: set[int]) -> MailRefused | Unavailable:
    if all(code in REFUSED for code in codes):
        return MailRefused("Check the address.")
    return Unavailable("The mail server takes no mail for this address now.")
