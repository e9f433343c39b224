"""A mail server on loopback that keeps what arrives, and can refuse for a while."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Self, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.rehearsal.clock import real_time

TRY_LATER = "451 4.3.0 The mailbox is busy, try again later"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as it came in: the addresses of the envelope, and the message."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage
    at: datetime

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def plain(self) -> str:
        """The text part, or nothing where there is none."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part, or nothing where there is none."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


class Mailbox:
    """An SMTP server without encryption or passwords; `messages` holds what it accepted, in order."""

    def __init__(self, clock: Callable[[], datetime] = real_time) -> None:
        self.messages: list[Mail] = []
        self.refused = 0
        self._clock = clock
        self._refusal: str | None = None
        self._server: asyncio.Server | None = None
        self._connections: list[SMTP] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
            for connection in self._connections:
                if connection.transport is not None:
                    connection.transport.close()
            await self._server.wait_closed()

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def port(self) -> int:
        if self._server is None:
            raise RuntimeError("a mailbox has a port inside `async with mailbox`")
        return int(self._server.sockets[0].getsockname()[1])

    def refuse_with(self, reply: str = TRY_LATER) -> None:
        """Refuse every recipient with this SMTP reply, until `accept`."""
        self._refusal = reply

    def accept(self) -> None:
        self._refusal = None

    def _protocol(self) -> asyncio.BaseProtocol:
        loop = asyncio.get_running_loop()
        # A host name of its own spares a slow look-up of this machine's.
        protocol = SMTP(self, hostname="mail.example", enable_SMTPUTF8=True, loop=loop)
        self._connections.append(protocol)
        return cast("asyncio.BaseProtocol", protocol)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it by this name, with these arguments)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._refusal is not None:
            self.refused += 1
            return self._refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        message = email.message_from_bytes(cast("bytes", envelope.content), policy=email.policy.default)
        recipients = tuple(str(address) for address in envelope.rcpt_tos)
        self.messages.append(Mail(str(envelope.mail_from or ""), recipients, message, self._clock()))
        return "250 OK: kept"
