"""The rehearsal's mail server keeps what arrives, and refuses when told to."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import aiosmtplib
import pytest

from monitor.rehearsal.clock import Clock
from monitor.rehearsal.mailbox import Mailbox

NOON = datetime(2031, 5, 4, 17, 0, tzinfo=UTC)


def mail(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "watch@lima.example", "desk@ngo.example"
    message.set_content("Cifra nueva: 1 274 víctimas.")
    message.add_alternative("<p>Cifra nueva: <b>1 274</b> víctimas.</p>", subtype="html")
    return message


async def test_a_mail_is_kept_with_envelope_and_both_parts() -> None:
    async with Mailbox(Clock(NOON)) as mailbox:
        await aiosmtplib.send(
            mail("Trata: una cifra nueva, según la Fiscalía"), hostname=mailbox.host, port=mailbox.port
        )
    (kept,) = mailbox.messages
    assert kept.subject == "Trata: una cifra nueva, según la Fiscalía"
    assert (kept.sender, kept.recipients) == ("watch@lima.example", ("desk@ngo.example",))
    assert "1 274 víctimas" in kept.plain
    assert "<b>1 274</b>" in kept.html
    assert kept.at == NOON


async def test_a_refusing_mailbox_keeps_nothing_until_it_accepts_again() -> None:
    async with Mailbox() as mailbox:
        mailbox.refuse_with()
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await aiosmtplib.send(mail("one"), hostname=mailbox.host, port=mailbox.port)
        assert refused.value.recipients[0].code == 451
        assert mailbox.messages == []
        assert mailbox.refused == 1
        mailbox.accept()
        await aiosmtplib.send(mail("two"), hostname=mailbox.host, port=mailbox.port)
    assert [kept.subject for kept in mailbox.messages] == ["two"]


async def test_an_open_connection_does_not_keep_the_mailbox_from_ending() -> None:
    client = aiosmtplib.SMTP()
    async with Mailbox() as mailbox:
        await client.connect(hostname=mailbox.host, port=mailbox.port)
    client.close()
