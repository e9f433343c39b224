"""Alerts by webhook, signed as Standard Webhooks (https://www.standardwebhooks.com) ask."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from standardwebhooks import Webhook

from monitor.alerts.delivery import Outcome
from monitor.alerts.message import Message
from monitor.alerts.safe_text import clean, safe_link

EVENT_TYPE = "tratawatch.changes"
USER_AGENT = "tratawatch"
ANSWER_LIMIT = 1000  # bytes of an answer that are read, to show why it refused
DETAIL_LIMIT = 300
SECRET_BYTES = 24
REFUSES_THE_BODY = frozenset({400, 405, 406, 411, 413, 414, 415, 422, 501})


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChannel:
    """Where to post and with which secrets (`whsec_` and base64); while a secret is changed, the old one and the new.

    Raises ValueError with the name of a wrong setting.
    """

    name: str
    url: str
    secrets: tuple[str, ...] = field(repr=False)
    timeout_seconds: float = 15.0

    def __post_init__(self) -> None:
        if safe_link(self.url) is None:
            raise ValueError("url: only http and https addresses, with no user or password in them")
        if not self.secrets:
            raise ValueError("secrets: name at least one")
        if not all(_is_secret(secret) for secret in self.secrets):
            raise ValueError(f"secrets: each is 'whsec_' and base64 of at least {SECRET_BYTES} bytes")


def _is_secret(text: str) -> bool:
    encoded = text.removeprefix("whsec_").rstrip("=")
    try:
        return len(base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)) >= SECRET_BYTES
    except ValueError:
        return False


def signature(secrets: tuple[str, ...], alert_id: str, at: datetime, body: str) -> str:
    """The value of `webhook-signature`: one signature for each secret, with spaces between."""
    return " ".join(Webhook(secret).sign(alert_id, at.astimezone(UTC), body) for secret in secrets)


def body_of(message: Message) -> str:
    """The JSON body of an alert, in ASCII: the same at each attempt, so that a receiver can tell a repetition."""
    event = {"type": EVENT_TYPE, "timestamp": _iso(message.at), "data": message.data}
    return json.dumps(event, ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def headers_of(body: str, channel: WebhookChannel, alert_id: str, now: datetime) -> dict[str, str]:
    """The headers of one attempt at `now`; raises ValueError for an `alert_id` that no header may carry."""
    if not alert_id.isascii() or not alert_id.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"alert id {alert_id!r}: only ASCII letters, digits, '-' and '_'")
    return {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": alert_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature(channel.secrets, alert_id, now, body),
    }


def open_session(connector: aiohttp.BaseConnector | None = None) -> aiohttp.ClientSession:
    """A session for webhook calls, kept as long as deliveries go on; `connector` may refuse addresses."""
    return aiohttp.ClientSession(
        connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, trust_env=False
    )


async def send_webhook(
    session: aiohttp.ClientSession, message: Message, channel: WebhookChannel, *, alert_id: str, now: datetime
) -> Outcome:
    """Posts the alert; never raises for what a receiver or the network does. Redirects are not followed."""
    body = body_of(message)
    headers = headers_of(body, channel, alert_id, now)
    timeout = aiohttp.ClientTimeout(total=channel.timeout_seconds)
    try:
        async with session.post(
            channel.url, data=body.encode(), headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            if 200 <= answer.status < 300:
                return Outcome("delivered", str(answer.status))
            return _outcome_of(answer, await _excerpt(answer), now)
    except TimeoutError:
        return Outcome("retry", f"no answer within {channel.timeout_seconds:g} seconds")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Outcome("retry", clean(f"{type(error).__name__}: {error}", DETAIL_LIMIT))


def _outcome_of(answer: aiohttp.ClientResponse, excerpt: str, now: datetime) -> Outcome:
    """410 asks for no more; a body refused once is refused always; all else can be mended within the three days."""
    detail = clean(f"{answer.status} {answer.reason or ''}: {excerpt}".rstrip(": "), DETAIL_LIMIT)
    if answer.status == 410:
        return Outcome("disabled", detail)
    if answer.status in REFUSES_THE_BODY:
        return Outcome("failed", detail)
    return Outcome("retry", detail, retry_after_seconds(answer.headers.get("Retry-After"), now))


async def _excerpt(answer: aiohttp.ClientResponse) -> str:
    try:
        return (await answer.content.read(ANSWER_LIMIT)).decode("utf-8", "replace")
    except (aiohttp.ClientError, TimeoutError, OSError):
        return ""


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header, given in seconds or as an HTTP date; None where it says nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
