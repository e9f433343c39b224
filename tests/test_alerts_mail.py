"""Mails as they arrive, from a real server on loopback."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.alerts.mail import MailChannel, build_mail, send_mail
from monitor.rehearsal.mailbox import Mailbox
from tests.alerts_samples import HOSTILE, message, revised

ALERT_ID = "0b2f8a34-9a53-4c1e-9f6a-0e5f1f1b7d11"


def channel(**settings: Any) -> MailChannel:
    plain: dict[str, Any] = {
        "name": "mail",
        "host": "127.0.0.1",
        "port": 25,
        "sender": "Tratawatch <avisos@ong.example>",
        "recipients": ("ana@ong.example", "José Pérez <jose@prensa.example>"),
        "security": "none",
        "timeout_seconds": 5.0,
    }
    return MailChannel(**(plain | settings))


@pytest_asyncio.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with Mailbox() as running:
        yield running


def parsed(mail: EmailMessage) -> EmailMessage:
    return message_from_bytes(mail.as_bytes(), policy=default)


async def test_what_arrives_is_the_alert_in_both_forms(mailbox: Mailbox) -> None:
    sent = message(revised())
    outcome = await send_mail(sent, channel(port=mailbox.port), ALERT_ID)
    assert outcome.kind == "delivered"
    (mail,) = mailbox.messages
    assert mail.sender == "avisos@ong.example"
    assert mail.recipients == ("ana@ong.example", "jose@prensa.example")
    assert mail.subject == sent.subject
    assert mail.plain.replace("\r\n", "\n") == sent.text
    assert mail.html.replace("\r\n", "\n") == sent.html
    assert mail.message["To"] == "ana@ong.example, José Pérez <jose@prensa.example>"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.message["Date"] == "Tue, 12 Mar 2024 15:00:00 +0000"
    assert mail.message["Message-ID"] == f"<{ALERT_ID}@ong.example>"


def test_a_repeated_delivery_is_the_same_message() -> None:
    first, second = (build_mail(message(revised()), channel(), ALERT_ID) for _ in range(2))
    assert dict(first) | {"Content-Type": ""} == dict(second) | {"Content-Type": ""}


def test_mails_of_one_item_are_one_thread() -> None:
    first = build_mail(message(revised()), channel(), "a")
    second = build_mail(message(revised(id="later")), channel(), "b")
    other = build_mail(message(revised(url="https://diario.example/2")), channel(), "c")
    assert first["References"] == first["In-Reply-To"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert other["References"] != first["References"]


def test_a_digest_is_no_part_of_a_thread() -> None:
    assert build_mail(message(revised(), kind="digest"), channel(), "a")["References"] is None


def test_ids_are_not_torn_apart_where_the_domain_is_long() -> None:
    to = channel(sender=f"avisos@{'subdominio.' * 8}ong.example")
    raw = build_mail(message(revised()), to, ALERT_ID).as_bytes().decode()
    ids = [line for line in raw.split("\r\n") if "@subdominio" in line and "From" not in line and "avisos" not in line]
    assert len(ids) == 3
    assert all(line.count("<") == 1 and line.endswith(".ong.example>") for line in ids)


def test_unsubscribing_goes_by_mail_where_configured() -> None:
    mail = build_mail(message(revised()), channel(unsubscribe="bajas@ong.example"), ALERT_ID)
    assert mail["List-Unsubscribe"] == "<mailto:bajas@ong.example>"
    assert build_mail(message(revised()), channel(), ALERT_ID)["List-Unsubscribe"] is None


@pytest.mark.parametrize("alert_id", ["a\r\nBcc: x@malo.example", "<>", "á", "a" * 500])
def test_hostile_titles_and_ids_add_no_header(alert_id: str) -> None:
    hostile = message(revised(title=HOSTILE, source=HOSTILE, url=HOSTILE))
    mail = parsed(build_mail(hostile, channel(), alert_id))
    assert sorted(mail.keys()) == sorted(parsed(build_mail(message(revised()), channel(), "plain")).keys())
    assert "Bcc" not in mail
    assert not mail.defects


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("451 4.3.0 busy", "retry"),
        ("421 4.3.2 closing", "retry"),
        ("550 5.1.1 no such user", "failed"),
        ("552 5.2.2 mailbox full for good", "failed"),
    ],
)
async def test_refused_recipients(mailbox: Mailbox, reply: str, kind: str) -> None:
    mailbox.refuse_with(reply)
    outcome = await send_mail(message(revised()), channel(port=mailbox.port), ALERT_ID)
    assert outcome.kind == kind
    assert reply[4:] in outcome.detail or reply.startswith("421")  # which ends the connection
    mailbox.accept()
    assert (await send_mail(message(revised()), channel(port=mailbox.port), ALERT_ID)).kind == "delivered"
    assert len(mailbox.messages) == 1


class Picky:
    """Takes mail for ana alone, and none with a subject that it was told of."""

    def __init__(self, data_reply: str = "250 OK") -> None:
        self.data_reply = data_reply
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not address.startswith("ana@"):
            return "550 5.1.1 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return self.data_reply


@asynccontextmanager
async def smtp_server(handler: object, *, tls: ssl.SSLContext | None = None, **settings: Any) -> AsyncIterator[int]:
    """The port of an SMTP server; `tls` wraps the connection from its start."""
    connections: list[SMTP] = []

    def protocol() -> asyncio.BaseProtocol:
        connections.append(SMTP(handler, hostname="mail.example", loop=asyncio.get_running_loop(), **settings))
        return cast("asyncio.BaseProtocol", connections[-1])

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for connection in connections:
            if connection.transport is not None:
                connection.transport.close()
        await server.wait_closed()


async def test_those_who_were_not_reached_are_named() -> None:
    async with smtp_server(Picky()) as port:
        outcome = await send_mail(message(revised()), channel(port=port), ALERT_ID)
    assert (outcome.kind, outcome.detail) == ("delivered", "not to jose@prensa.example")


@pytest.mark.parametrize(("reply", "kind"), [("554 5.7.1 spam", "failed"), ("452 4.2.2 full", "retry")])
async def test_a_refused_message(reply: str, kind: str) -> None:
    async with smtp_server(Picky(reply)) as port:
        outcome = await send_mail(message(revised()), channel(port=port, recipients=("ana@ong.example",)), ALERT_ID)
    assert outcome.kind == kind


async def test_a_closed_port_is_tried_again(unused_tcp_port: int) -> None:
    outcome = await send_mail(message(revised()), channel(port=unused_tcp_port), ALERT_ID)
    assert outcome.kind == "retry"
    assert "Connect" in outcome.detail


async def test_a_server_that_never_speaks_is_tried_again() -> None:
    left = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        left.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        outcome = await send_mail(message(revised()), channel(port=port, timeout_seconds=0.1), ALERT_ID)
        await left.wait()
    assert outcome.kind == "retry"


async def test_a_server_that_only_ever_begins_is_tried_again() -> None:
    left = asyncio.Event()

    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not writer.is_closing():
            writer.write(b"220-wait\r\n")
            await asyncio.sleep(0.02)
        left.set()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        outcome = await send_mail(message(revised()), channel(port=port, timeout_seconds=0.05), ALERT_ID)
        await left.wait()
    assert outcome.kind == "retry"


async def test_a_server_without_starttls_gets_nothing_when_it_is_asked_for(mailbox: Mailbox) -> None:
    outcome = await send_mail(message(revised()), channel(port=mailbox.port, security="starttls"), ALERT_ID)
    assert outcome.kind == "retry"
    assert mailbox.messages == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate for 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and given.password == b"secreto"
    return AuthResult(success=right, handled=right)


@pytest.mark.parametrize(("password", "kind"), [("secreto", "delivered"), ("otro", "retry")])
async def test_a_password_goes_over_starttls(certificate: Path, password: str, kind: str) -> None:
    handler = Picky()
    settings: dict[str, Any] = {
        "tls_context": server_tls(certificate),
        "require_starttls": True,
        "authenticator": login,
        "auth_required": True,
    }
    async with smtp_server(handler, **settings) as port:
        to = channel(port=port, security="starttls", user="ong", password=password, ca_file=str(certificate))
        outcome = await send_mail(message(revised()), to, ALERT_ID)
    assert outcome.kind == kind
    assert len(handler.envelopes) == (kind == "delivered")
    assert password not in outcome.detail


async def test_tls_from_the_start(certificate: Path) -> None:
    async with smtp_server(Picky(), tls=server_tls(certificate)) as port:
        to = channel(port=port, security="tls", ca_file=str(certificate))
        assert (await send_mail(message(revised()), to, ALERT_ID)).kind == "delivered"


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_an_unknown_certificate_stops_the_mail(certificate: Path, security: str) -> None:
    handler = Picky()
    context = server_tls(certificate)
    wrapped = {"tls": context} if security == "tls" else {"tls_context": context}
    async with smtp_server(handler, **wrapped) as port:
        outcome = await send_mail(message(revised()), channel(port=port, security=security), ALERT_ID)
    assert outcome.kind == "retry"
    assert "certificate" in outcome.detail.lower()
    assert handler.envelopes == []


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"recipients": ()}, "recipients"),
        ({"recipients": ("ana",)}, "recipients"),
        ({"recipients": ("ana@ong.example\r\nBcc: x@malo.example",)}, "recipients"),
        ({"sender": "sin dirección"}, "sender"),
        ({"sender": "a@b.example, c@d.example"}, "sender"),
        ({"unsubscribe": "mailto:bajas"}, "unsubscribe"),
        ({"user": "ong"}, "user, password"),
        ({"user": "ong", "password": "secreto"}, "security"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named}: "):
        channel(**settings)


def test_the_password_is_not_shown() -> None:
    assert "secreto" not in repr(channel(security="tls", user="ong", password="secreto"))
