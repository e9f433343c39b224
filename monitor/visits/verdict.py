"""The verdict of a visit, from what its requests brought, and what follows for the state of the source. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from store.addresses import host_of
from store.visits import ROLLED_OFF

OK, NOTHING_NEW, SILENT, BLOCKED, FAILING = "ok", "nothing new", "silent", "blocked", "failing"
BAD = frozenset({BLOCKED, FAILING})
GOOD_OUTCOMES = frozenset({"ok", "not_modified"})
BLOCKED_OUTCOMES = frozenset({"blocked", "refused_by_robots"})
LONGEST_REASON = 300


class Fetch(Protocol):
    """One request of a visit as the store keeps it."""

    @property
    def role(self) -> str: ...

    @property
    def url(self) -> str: ...

    @property
    def outcome(self) -> str: ...

    @property
    def status(self) -> int | None: ...

    @property
    def entries(self) -> int | None: ...

    @property
    def note(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a visit ended, and in words why."""

    verdict: str
    reason: str | None = None


def judge_visit(fetches: Sequence[Fetch], *, changed: bool) -> Verdict:
    """The verdict on a visit: a watch that could not be read is never passed over for those that could.

    `changed` says whether the visit brought anything new.
    """
    failed = failed_watches(fetches)
    items = [f for f in fetches if f.role == "item"]
    if not failed and items and all(f.outcome in BLOCKED_OUTCOMES for f in items):
        failed = items
    if failed:
        blocked = all(f.outcome in BLOCKED_OUTCOMES for f in failed)
        return Verdict(BLOCKED if blocked else FAILING, _reason(failed))
    if not any(f.role in {"watch", "item"} for f in fetches):
        attempts = [f for f in fetches if f.role == "attempt"]
        reason = _reason(attempts) if attempts else "nothing was asked for: the source has no watch that could be read"
        return Verdict(FAILING, reason)
    empty = [f for f in fetches if f.role == "watch" and f.outcome == "ok" and f.entries == 0]
    if empty and not changed:
        return Verdict(SILENT, f"{empty[0].url} answers, but lists nothing")
    rolled = [f for f in fetches if f.role == "watch" and f.note == ROLLED_OFF]
    return Verdict(OK if changed else NOTHING_NEW, _reason(rolled) if rolled else None)


def failed_watches(fetches: Sequence[Fetch]) -> list[Fetch]:
    """The requests for lists, and for the rules of their hosts, that were not answered as they should be.

    What a list links stands where others want it to: that its host fails says nothing about the source.
    """
    hosts = {host_of(f.url) for f in fetches if f.role in {"watch", "attempt"}}
    watched = [f for f in fetches if f.role == "watch" or (f.role == "robots" and host_of(f.url) in hosts)]
    return [f for f in watched if f.outcome not in GOOD_OUTCOMES]


def _reason(failed: Sequence[Fetch]) -> str:
    first = failed[0]
    status = f" ({first.status})" if first.status and first.outcome not in GOOD_OUTCOMES else ""
    more = f", and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{first.url}: {first.note or first.outcome}{status}{more}"[:LONGEST_REASON]


def next_state(
    state: str, verdicts: Sequence[str], *, failing_after: int, silent_after: int, proven: bool = True
) -> str:
    """The state of a source (`ok`, `failing`, `silent`) after visits with these verdicts, the newest first.

    It fails only after several failed visits in a row, so that one slow morning of a server is no news. What has failed
    recovers when it is `proven`: when what failed was asked for again.
    """
    if not verdicts or (state == "failing" and not proven and verdicts[0] not in BAD):
        return state
    if verdicts[0] in BAD:
        return "failing" if _run(verdicts, BAD) >= failing_after else state
    if verdicts[0] == SILENT:
        return "silent" if _run(verdicts, {SILENT}) >= silent_after else ("ok" if state == "failing" else state)
    return "ok"


def _run(verdicts: Sequence[str], kinds: frozenset[str] | set[str]) -> int:
    for number, verdict in enumerate(verdicts):
        if verdict not in kinds:
            return number
    return len(verdicts)
