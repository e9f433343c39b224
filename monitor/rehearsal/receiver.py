"""A receiver of webhooks on loopback that checks the Standard Webhooks signature and keeps every call."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

PATH = "/hook"


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came in; `status` is its answer, 0 where it got none; `body` is None where it is no JSON."""

    id: str
    timestamp: str
    signed: bool
    status: int
    body: Any
    headers: Mapping[str, str]


class Receiver:
    """A web server with one address; it answers 204 to a call with a good signature and 401 to any other."""

    def __init__(self, secret: str | None = None) -> None:
        self.secret = secret or "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
        self.calls: list[Call] = []
        self._answer: int | Literal["hang"] = 204
        self._answer_headers: Mapping[str, str] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post(PATH, self._receive)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        if self._runner is None:
            raise RuntimeError("a receiver has an address inside `async with receiver`")
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}{PATH}"

    @property
    def delivered(self) -> list[Call]:
        """The calls that were answered with success: what a sender may take as delivered."""
        return [call for call in self.calls if 200 <= call.status < 300]

    def answer_with(self, status: int | Literal["hang"], headers: Mapping[str, str] | None = None) -> None:
        """Answer signed calls with this status, or keep them and never answer ("hang"), until `answer_well`."""
        self._answer, self._answer_headers = status, headers or {}

    def answer_well(self) -> None:
        self.answer_with(204)

    async def _receive(self, request: web.Request) -> web.Response:
        data = await request.read()
        signed = self._is_signed(data, request.headers)
        status = self._answer if signed else 401
        self.calls.append(_call(request.headers, data, signed, 0 if status == "hang" else status))
        if status == "hang":
            await asyncio.Event().wait()
        return web.Response(status=int(status), headers=self._answer_headers if signed else None)

    def _is_signed(self, data: bytes, headers: Mapping[str, str]) -> bool:
        try:
            Webhook(self.secret).verify(data, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError):
            return False
        return True


def _call(headers: Mapping[str, str], data: bytes, signed: bool, status: int) -> Call:  # noqa: FBT001 (a fact, no switch)
    try:
        body = json.loads(data)
    except ValueError:
        body = None
    return Call(
        headers.get("webhook-id", ""), headers.get("webhook-timestamp", ""), signed, status, body, dict(headers)
    )
