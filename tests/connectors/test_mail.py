"""E-mail, handed over to a real mail server and to the fake one."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connectors.mail import NotAMailServer, SmtpMail
from letterbox.shared.errors import Unavailable
from letterbox.shared.ports import Mail, MailRefused
from tests.fakes import NOON, FakeMail

TO, SENDER = "inwoner@post.example", "Letterbox <geen-antwoord@letterbox.example>"
SETTINGS = "https://letterbox.example/me/settings"
ACCOUNT = LoginPassword(b"letterbox", b"p@ss/word")


class Postbox:
    """The mail server: keeps what is handed over, and answers as it is told."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.messages.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]),
    )
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


Serve = Callable[..., int]


@pytest.fixture
def serve(postbox: Postbox, certificate: Path) -> Iterator[Serve]:
    """Start a mail server and return its port."""
    running: list[Controller] = []

    def start(*, tls: str = "none", account: bool = False) -> int:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        options: dict[str, Any] = {"port": 0, "hostname": "localhost"}
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if tls == "from the start":
            options |= {"ssl_context": context}
        if account:
            options |= {"authenticator": known, "auth_required": True}
        controller = Controller(postbox, **options)
        # It knocks at its own door by this number.
        controller.port = free_port()
        controller.start()
        running.append(controller)
        return controller.port

    yield start
    for controller in running:
        controller.stop()


def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    # Not handled yet: the server itself says what came of it.
    return AuthResult(success=data == ACCOUNT, handled=False)


def free_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def mail_by(url: str, certificate: Path | None = None) -> SmtpMail:
    tls = ssl.create_default_context(cafile=certificate)
    return SmtpMail(url, SENDER, SETTINGS, lambda: NOON, tls)


@pytest.fixture(params=["real", "fake"])
def door(
    request: pytest.FixtureRequest, postbox: Postbox, serve: Serve
) -> tuple[Mail, Callable[[], list[tuple[str, str, str]]]]:
    """What mails, and what arrived of it."""
    if request.param == "fake":
        fake = FakeMail()
        return fake, lambda: fake.sent
    real = mail_by(f"smtp+plain://localhost:{serve()}")
    return real, lambda: [
        (str(each["To"]), str(each["Subject"]), each.get_content().replace("\r\n", "\n"))
        for each in postbox.messages
    ]


class TestMail:
    def test_arrives_as_it_was_written(
        self, door: tuple[Mail, Callable[[], list[tuple[str, str, str]]]]
    ) -> None:
        mail, arrived = door

        mail.send(TO, "Er is één nieuwe brief", "Log in. Tweeëntwintig € …\n\nEn nog iets.\n")

        assert arrived() == [
            (TO, "Er is één nieuwe brief", "Log in. Tweeëntwintig € …\n\nEn nog iets.\n")
        ]


class TestSmtpMail:
    def test_says_who_sends_it_when_and_how_to_stop_it(
        self, postbox: Postbox, serve: Serve
    ) -> None:
        mail_by(f"smtp+plain://localhost:{serve()}").send(TO, "Een brief", "Log in.")

        [message] = postbox.messages
        assert message["From"] == SENDER
        assert message["Date"].datetime == NOON
        assert message["List-Unsubscribe"] == f"<{SETTINGS}>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"].endswith("@letterbox.example>")
        assert message.get_content_type() == "text/plain"

    @pytest.mark.parametrize(("scheme", "tls"), [("smtp", "starttls"), ("smtps", "from the start")])
    def test_arrives_over_tls(
        self, postbox: Postbox, serve: Serve, certificate: Path, scheme: str, tls: str
    ) -> None:
        url = f"{scheme}://localhost:{serve(tls=tls)}"
        mail_by(url, certificate).send(TO, "Een brief", "Log in.")

        assert len(postbox.messages) == 1

    def test_logs_in(self, postbox: Postbox, serve: Serve, certificate: Path) -> None:
        port = serve(tls="starttls", account=True)

        url = f"smtp://letterbox:p%40ss%2Fword@localhost:{port}"
        mail_by(url, certificate).send(TO, "Een brief", "Log in.")

        assert len(postbox.messages) == 1

    def test_says_unavailable_when_its_password_is_wrong(
        self, serve: Serve, certificate: Path
    ) -> None:
        port = serve(tls="starttls", account=True)

        with pytest.raises(Unavailable):
            mail_by(f"smtp://letterbox:x@localhost:{port}", certificate).send(TO, "Een brief", "")

    @pytest.mark.parametrize(("scheme", "tls"), [("smtp", "starttls"), ("smtps", "from the start")])
    def test_tells_nothing_to_a_server_it_does_not_trust(
        self, postbox: Postbox, serve: Serve, scheme: str, tls: str
    ) -> None:
        port = serve(tls=tls)

        with pytest.raises(Unavailable):
            mail_by(f"{scheme}://localhost:{port}").send(TO, "Een brief", "Log in.")

        assert postbox.messages == []

    def test_sends_nothing_without_the_starttls_it_was_told_to_use(
        self, postbox: Postbox, serve: Serve
    ) -> None:
        with pytest.raises(Unavailable):
            mail_by(f"smtp://localhost:{serve()}").send(TO, "Een brief", "Log in.")

        assert postbox.messages == []

    @pytest.mark.parametrize(
        ("answer", "error"),
        [("550 no such user", MailRefused), ("450 mailbox busy", Unavailable)],
    )
    def test_knows_no_from_not_now(
        self, postbox: Postbox, serve: Serve, answer: str, error: type[Exception]
    ) -> None:
        postbox.answer = answer

        with pytest.raises(error) as raised:
            mail_by(f"smtp+plain://localhost:{serve()}").send(TO, "Een brief", "Log in.")

        assert TO not in f"{raised.value!r}{raised.value.__cause__!r}"

    def test_says_unavailable_when_there_is_no_server(self) -> None:
        with pytest.raises(Unavailable):
            mail_by(f"smtp+plain://localhost:{free_port()}").send(TO, "Een brief", "Log in.")

    def test_lets_no_header_be_smuggled_in(self, postbox: Postbox, serve: Serve) -> None:
        with pytest.raises(ValueError, match="Header"):
            mail_by(f"smtp+plain://localhost:{serve()}").send(
                f"{TO}\nBcc: ander@post.example", "Een brief", "Log in."
            )

    @pytest.mark.parametrize("url", ["", "localhost:25", "http://localhost", "smtp://"])
    def test_refuses_a_setting_that_is_no_server(self, url: str) -> None:
        with pytest.raises(NotAMailServer):
            mail_by(url)

    def test_does_not_show_its_password(self) -> None:
        assert "geheim" not in repr(mail_by("smtps://letterbox:geheim@localhost"))
