"""Webhook calls as receivers get them, from a real server on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from standardwebhooks import Webhook

from monitor.alerts.delivery import Outcome
from monitor.alerts.webhook import (
    ANSWER_LIMIT,
    WebhookChannel,
    body_of,
    headers_of,
    open_session,
    retry_after_seconds,
    send_webhook,
    signature,
)
from monitor.rehearsal.receiver import Receiver
from tests.alerts_samples import HOSTILE, change, message, revised

# The test vector that the Standard Webhooks libraries share.
VECTOR_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
VECTOR_ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
VECTOR_TIME = datetime.fromtimestamp(1614265330, UTC)
VECTOR_BODY = '{"test": 2432232314}'
VECTOR_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
OTHER_SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY"
ALERT_ID = "0b2f8a34-9a53-4c1e-9f6a-0e5f1f1b7d11"


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as running:
        yield running


@pytest_asyncio.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with open_session() as opened:
        yield opened


def channel(url: str, *secrets: str, timeout_seconds: float = 5.0) -> WebhookChannel:
    return WebhookChannel(name="hook", url=url, secrets=secrets, timeout_seconds=timeout_seconds)


async def sent(session: ClientSession, to: WebhookChannel) -> Outcome:
    return await send_webhook(session, message(revised()), to, alert_id=ALERT_ID, now=datetime.now(UTC))


def test_the_published_vector_is_signed_as_published() -> None:
    assert signature((VECTOR_SECRET,), VECTOR_ID, VECTOR_TIME, VECTOR_BODY) == VECTOR_SIGNATURE


def test_the_zone_of_the_clock_does_not_change_the_signature() -> None:
    there = VECTOR_TIME.astimezone(timezone(timedelta(hours=-5)))
    assert signature((VECTOR_SECRET,), VECTOR_ID, there, VECTOR_BODY) == VECTOR_SIGNATURE


def test_while_a_secret_is_changed_both_sign() -> None:
    both = signature((OTHER_SECRET, VECTOR_SECRET), VECTOR_ID, VECTOR_TIME, VECTOR_BODY).split(" ")
    assert len(both) == 2
    assert both[1] == VECTOR_SIGNATURE


def test_the_body_is_that_of_the_contract_and_the_same_each_time() -> None:
    made = message(revised(title=HOSTILE + "\ud800"))
    body = body_of(made)
    assert json.loads(body) == {
        "type": "tratawatch.changes",
        "timestamp": "2024-03-12T15:00:00.000Z",
        "data": {"changes": made.data["changes"]},
    }
    assert body.isascii()
    assert body_of(made) == body


async def test_a_receiver_can_verify_what_arrives(receiver: Receiver, session: ClientSession) -> None:
    outcome = await sent(session, channel(receiver.url, receiver.secret))
    assert outcome == Outcome("delivered", "204")
    (call,) = receiver.calls
    assert call.signed
    assert call.id == ALERT_ID
    assert call.body["data"]["changes"][0]["statistic"]["value"] == 1287
    assert call.headers["Content-Type"] == "application/json"


async def test_a_repeated_call_has_the_same_id_and_body(receiver: Receiver, session: ClientSession) -> None:
    to = channel(receiver.url, receiver.secret)
    await sent(session, to)
    await sent(session, to)
    first, second = receiver.calls
    assert (first.id, first.body) == (second.id, second.body)


async def test_a_receiver_with_another_secret_may_be_mended(receiver: Receiver, session: ClientSession) -> None:
    outcome = await sent(session, channel(receiver.url, OTHER_SECRET))
    assert outcome.kind == "retry"
    assert outcome.detail.startswith("401")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, "delivered"),
        (202, "delivered"),
        (410, "disabled"),
        (429, "retry"),
        (500, "retry"),
        (503, "retry"),
        (404, "retry"),
        (403, "retry"),
        (408, "retry"),
        (301, "retry"),
        (400, "failed"),
        (413, "failed"),
        (422, "failed"),
    ],
)
async def test_what_each_answer_means(receiver: Receiver, session: ClientSession, status: int, kind: str) -> None:
    receiver.answer_with(status, {"Location": receiver.url + "/elsewhere"} if status == 301 else None)
    outcome = await sent(session, channel(receiver.url, receiver.secret))
    assert outcome.kind == kind
    assert outcome.detail.startswith(str(status))
    assert len(receiver.calls) == 1


async def test_the_pause_that_a_receiver_asks_for_is_kept(receiver: Receiver, session: ClientSession) -> None:
    receiver.answer_with(429, {"Retry-After": "120"})
    assert (await sent(session, channel(receiver.url, receiver.secret))).retry_after == 120.0


async def test_a_receiver_that_never_answers_is_tried_again(receiver: Receiver, session: ClientSession) -> None:
    receiver.answer_with("hang")
    outcome = await sent(session, channel(receiver.url, receiver.secret, timeout_seconds=0.1))
    assert outcome == Outcome("retry", "no answer within 0.1 seconds")


async def test_a_closed_port_is_tried_again(unused_tcp_port: int, session: ClientSession) -> None:
    outcome = await sent(session, channel(f"http://127.0.0.1:{unused_tcp_port}/", VECTOR_SECRET))
    assert outcome.kind == "retry"
    assert "Connect" in outcome.detail


async def test_a_server_that_hangs_up_is_tried_again(session: ClientSession) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        outcome = await sent(session, channel(f"http://127.0.0.1:{port}/", VECTOR_SECRET))
    assert outcome.kind == "retry"


@pytest_asyncio.fixture
async def flood() -> AsyncIterator[str]:
    """A server that refuses with a text without end."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=500)
        await response.prepare(request)
        try:
            while True:
                await response.write(b"\x1b[31m no " * 1000)
        except ConnectionError:
            return response

    app = web.Application()
    app.router.add_post("/", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_an_answer_without_end_is_read_in_part_and_shown_clean(flood: str, session: ClientSession) -> None:
    outcome = await sent(session, channel(flood, VECTOR_SECRET))
    assert outcome.kind == "retry"
    assert len(outcome.detail) <= ANSWER_LIMIT
    assert "\x1b" not in outcome.detail


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Thu, 25 Feb 2021 15:03:10 GMT", 60.0),
        ("Thu, 25 Feb 2021 15:00:00 GMT", 0.0),
        ("Thu, 25 Feb 2021 15:03:10 -0000", 60.0),
        ("9" * 400, 999999999.0),
        ("-5", None),
        ("1e3", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, VECTOR_TIME) == seconds


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"url": "ftp://hook.example/"}, "url"),
        ({"url": "https://user:secret@hook.example/"}, "url"),
        ({"secrets": ()}, "secrets"),
        ({"secrets": ("whsec_",)}, "secrets"),
        ({"secrets": ("whsec_ñ",)}, "secrets"),
        ({"secrets": ("whsec_c2hvcnQ=",)}, "secrets"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, Any], named: str) -> None:
    plain: dict[str, Any] = {"name": "hook", "url": "https://hook.example/", "secrets": (VECTOR_SECRET,)}
    with pytest.raises(ValueError, match=f"^{named}: "):
        WebhookChannel(**(plain | settings))


def test_secrets_are_not_shown() -> None:
    assert "MfKQ" not in repr(channel("https://hook.example/", VECTOR_SECRET))


@pytest.mark.parametrize("alert_id", ["", "a.b", "a\r\nx: y", "á", "a b"])
def test_an_id_that_would_break_the_signature_is_refused(alert_id: str) -> None:
    with pytest.raises(ValueError, match="alert id"):
        headers_of("{}", channel("https://hook.example/", VECTOR_SECRET), alert_id, VECTOR_TIME)


def test_the_library_of_receivers_accepts_our_headers() -> None:
    body = body_of(message(change("new_item")))
    headers = headers_of(body, channel("https://hook.example/", VECTOR_SECRET), ALERT_ID, datetime.now(UTC))
    assert Webhook(VECTOR_SECRET).verify(body, headers)["type"] == "tratawatch.changes"
