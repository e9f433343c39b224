"""The rehearsal's webhook receiver checks signatures, keeps calls and can fail for a while."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from standardwebhooks import Webhook

from monitor.rehearsal.clock import real_time
from monitor.rehearsal.receiver import Receiver

BODY = json.dumps({"type": "tratawatch.changes", "data": {"changes": []}})


def signed(receiver: Receiver, at: datetime | None = None, secret: str | None = None) -> dict[str, str]:
    moment = at or real_time()
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret or receiver.secret).sign("msg_1", moment.astimezone(UTC), BODY),
    }


async def call(receiver: Receiver, headers: dict[str, str], body: str = BODY) -> int:
    async with aiohttp.ClientSession() as client, client.post(receiver.url, data=body, headers=headers) as answer:
        return answer.status


async def test_a_signed_call_is_kept_and_answered_with_success() -> None:
    async with Receiver() as receiver:
        assert await call(receiver, signed(receiver)) == 204
    (kept,) = receiver.delivered
    assert (kept.id, kept.signed, kept.status) == ("msg_1", True, 204)
    assert kept.body["type"] == "tratawatch.changes"


async def test_calls_with_a_wrong_old_or_missing_signature_are_refused() -> None:
    async with Receiver() as receiver:
        wrong = [
            {},
            signed(receiver) | {"webhook-signature": "v1,AAAA"},
            signed(receiver) | {"webhook-signature": "nonsense"},
            signed(receiver, secret="whsec_" + "A" * 32),
            signed(receiver, at=real_time() - timedelta(minutes=6)),
        ]
        assert [await call(receiver, headers) for headers in wrong] == [401] * 5
        assert await call(receiver, signed(receiver), BODY + " ") == 401
    assert receiver.delivered == []
    assert len(receiver.calls) == 6


@pytest.mark.parametrize("status", [410, 429, 500])
async def test_a_failing_receiver_keeps_the_call_and_recovers(status: int) -> None:
    async with Receiver() as receiver:
        receiver.answer_with(status, {"Retry-After": "1"})
        assert await call(receiver, signed(receiver)) == status
        receiver.answer_well()
        assert await call(receiver, signed(receiver)) == 204
    assert [kept.status for kept in receiver.calls] == [status, 204]
    assert {kept.id for kept in receiver.calls} == {"msg_1"}


async def test_a_hanging_receiver_keeps_a_call_that_it_never_answers() -> None:
    async with Receiver() as receiver:
        receiver.answer_with("hang")
        timeout = aiohttp.ClientTimeout(total=0.2)
        async with aiohttp.ClientSession(timeout=timeout) as client:
            with pytest.raises(TimeoutError):
                await client.post(receiver.url, data=BODY, headers=signed(receiver))
    assert [kept.status for kept in receiver.calls] == [0]
