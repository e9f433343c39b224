"""Alerts by electronic mail."""

from __future__ import annotations

import asyncio
import hashlib
import re
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses
from typing import Literal

import aiosmtplib

from monitor.alerts.delivery import Outcome
from monitor.alerts.message import Message
from monitor.alerts.safe_text import clean

Security = Literal["starttls", "tls", "none"]
DETAIL_LIMIT = 300
ID_DOMAIN_LIMIT = 36
_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChannel:
    """Where and how to send mail. Raises ValueError with the name of a wrong setting.

    `sender` may hold a name: `Tratawatch <alerts@ngo.example>`. All `recipients` get one mail and see each other.
    `ca_file` holds certificates to trust in place of the system's; `unsubscribe` is a mail address.
    """

    name: str
    host: str
    port: int
    sender: str
    recipients: tuple[str, ...]
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    unsubscribe: str | None = None
    ca_file: str | None = None
    timeout_seconds: float = 30.0

    def __post_init__(self) -> None:
        if not self.recipients:
            raise ValueError("recipients: name at least one mail address")
        address_of(self.sender, "sender")
        for recipient in self.recipients:
            address_of(recipient, "recipients")
        if self.unsubscribe is not None:
            address_of(self.unsubscribe, "unsubscribe")
        if (self.user is None) != (self.password is None):
            raise ValueError("user, password: give both or neither")
        if self.user is not None and self.security == "none":
            raise ValueError("security: a password is only sent over 'starttls' or 'tls'")


def address_of(text: str, setting: str) -> Address:
    """The mail address in `text`; raises ValueError naming `setting` where there is none."""
    found = getaddresses([text])
    name, address = found[0] if len(found) == 1 else ("", "")
    try:
        parsed = Address(display_name=clean(name, 100), addr_spec=address)
    except (MessageError, ValueError, IndexError) as error:
        raise ValueError(f"{setting}: {text!r} is not a mail address") from error
    if not parsed.username or not parsed.domain or clean(text) != text.strip():
        raise ValueError(f"{setting}: {text!r} is not a mail address")
    return parsed


def build_mail(message: Message, channel: MailChannel, alert_id: str) -> EmailMessage:
    """The mail of an alert: the same message and id each time it is built for the same `alert_id`."""
    sender = address_of(channel.sender, "sender")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = [address_of(recipient, "recipients") for recipient in channel.recipients]
    mail["Subject"] = clean(message.subject, 300)
    mail["Date"] = format_datetime(message.at.astimezone(UTC))
    mail["Message-ID"] = f"<{_id_part(alert_id)}@{_id_domain(sender.domain)}>"
    if message.thread is not None:
        root = f"<item-{_digest(message.thread)}@{_id_domain(sender.domain)}>"
        mail["In-Reply-To"] = root
        mail["References"] = root
    if channel.unsubscribe is not None:
        mail["List-Unsubscribe"] = f"<mailto:{address_of(channel.unsubscribe, 'unsubscribe').addr_spec}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.language
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


async def send_mail(message: Message, channel: MailChannel, alert_id: str) -> Outcome:
    """Sends the alert; never raises for what a server or the network does. A time-out may mean that it arrived.

    The channel's time-out holds for each answer of the server, and four times as long for all of them.
    """
    mail = build_mail(message, channel, alert_id)
    try:
        async with asyncio.timeout(channel.timeout_seconds * 4):
            refused = await _send(mail, channel)
    except aiosmtplib.SMTPException as error:
        return _outcome_of(error)
    except (OSError, ValueError) as error:
        return Outcome("retry", _detail(error))
    if refused:
        return Outcome("delivered", clean("not to " + ", ".join(sorted(refused)), DETAIL_LIMIT))
    return Outcome("delivered")


async def _send(mail: EmailMessage, channel: MailChannel) -> Iterable[str]:
    """Those of the recipients that the server refused."""
    refused, _ = await aiosmtplib.send(
        mail,
        hostname=channel.host,
        port=channel.port,
        username=channel.user,
        password=channel.password,
        local_hostname=address_of(channel.sender, "sender").domain,
        use_tls=channel.security == "tls",
        start_tls=channel.security == "starttls",
        tls_context=_tls_context(channel),
        timeout=channel.timeout_seconds,
    )
    return refused


def _tls_context(channel: MailChannel) -> ssl.SSLContext | None:
    return None if channel.security == "none" else ssl.create_default_context(cafile=channel.ca_file)


def _outcome_of(error: aiosmtplib.SMTPException) -> Outcome:
    """A message or address refused for good is `failed`; what an operator or time can mend is tried again."""
    codes = _codes(error)
    refused_for_good = bool(codes) and all(500 <= code < 600 for code in codes)
    of_this_mail = isinstance(error, aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPDataError)
    return Outcome("failed" if refused_for_good and of_this_mail else "retry", _detail(error))


def _codes(error: aiosmtplib.SMTPException) -> list[int]:
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return [refusal.code for refusal in error.recipients]
    return [error.code] if isinstance(error, aiosmtplib.SMTPResponseException) else []


def _detail(error: Exception) -> str:
    return clean(f"{type(error).__name__}: {error}", DETAIL_LIMIT)


def _id_part(alert_id: str) -> str:
    return alert_id if _PLAIN_ID.fullmatch(alert_id) else _digest(alert_id)


def _id_domain(domain: str) -> str:
    """The end of a long domain: the header's folding would tear a longer id apart."""
    while len(domain) > ID_DOMAIN_LIMIT and "." in domain:
        domain = domain.partition(".")[2]
    return domain if len(domain) <= ID_DOMAIN_LIMIT else _digest(domain)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
