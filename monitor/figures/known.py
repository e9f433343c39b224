"""What was known by a day: the value that was current for each observation and voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from monitor.figures.lookup import statistic_row
from monitor.figures.records import claim_of_line
from monitor.ledger.claim import Claim, undated
from monitor.ledger.vintages import Vintage, current, settled
from store import ledger, lookups, past, words
from store.lookups import Question
from store.past import Account, Line, Until
from store.rulings import DISMISSED

AT_ONCE = 50  # voices of observations that are looked at together
LAST, GROWTH = 8, 8  # claims of each measure: the last ones, and more where these do not settle what is current
MOST_UNDATED = 1000  # claims of a figure without a period, each value of which is current


def as_of(session: Session, question: Question, end: datetime, limit: int) -> list[dict[str, Any]]:
    """What was current by the days of the question, for each observation and voice; `end` is when they end.

    What was withdrawn counts until then. What a person dismissed does not count; only where it is asked what we had
    read it does, until the decision. The last years come first, or with words that few have what was read last.
    """
    accounts = (one for some in lookups.accounts(session, question) for one in some)
    asked = _asked_by(session, question)
    found: list[tuple[int, dict[str, Any]]] = []
    while len(found) < limit and (some := [*islice(accounts, AT_ONCE)]):
        found += _current(session, question, some, end, asked)
    rows = ledger.by_ids(session, [statistic_id for statistic_id, _ in found[:limit]])
    return [statistic_row(rows[statistic_id]) | told for statistic_id, told in found[:limit]]


_Asked = Callable[[Iterable[Claim]], set[int | None]]


def _current(
    session: Session, question: Question, accounts: Sequence[Account], end: datetime, asked: _Asked
) -> Iterator[tuple[int, dict[str, Any]]]:
    by_account = _told(session, question, accounts, end)
    told = [vintage for account in accounts for vintage in by_account[account]]
    fits = asked(claim for vintage in told for claim in vintage.claims)
    for vintage in told:
        if any(claim.id in fits for claim in vintage.claims):
            said = {"since": _day(vintage.first), "last_said": _day(vintage.last), "said_by": len(vintage.claims)}
            yield from ((value.id or 0, said) for value in vintage.values)


def _told(
    session: Session, question: Question, accounts: Sequence[Account], end: datetime
) -> dict[Account, list[Vintage]]:
    """What voices say of observations: their current vintages, by their last claims, and more where need be."""
    told: dict[Account, list[Vintage]] = {}
    open_: dict[int, list[Account]] = {LAST: [*accounts]}
    while open_:
        most = min(open_)
        some = open_.pop(most)
        read = past.said(session, some, Until(question.known_by, question.read_by), most)
        for account in some:
            claims = [_claim_at(line, question, end) for line in read[account] if _held(line, question)]
            found = _by_last(claims, read[account], most)
            if found is not None:
                told[account] = [vintage for own in found.values() for vintage in own]
            else:
                wider = MOST_UNDATED if _each_stands(claims) else most * GROWTH
                open_.setdefault(wider, []).append(account)
    return told


def _by_last(claims: Sequence[Claim], read: Sequence[Line], most: int) -> dict[str, tuple[Vintage, ...]] | None:
    """What is current by so many last claims of each measure; None where those before may have a say in it."""
    strands = Counter((line.measure, line.register) for line in read)
    if all(count < most for count in strands.values()) or (_each_stands(claims) and most >= MOST_UNDATED):
        return current(claims)
    return None if _each_stands(claims) else settled(claims)


def _each_stands(claims: Sequence[Claim]) -> bool:
    """Whether no value replaces another, as where no period is said."""
    return bool(claims) and undated(claims[0].statistic)


def _held(line: Line, question: Question) -> bool:
    """Whether today's rules, or those of the day that is asked for, found a claim."""
    if question.read_by is None:
        return line.unread_at is None
    later = line.unread_at is None or line.unread_at > question.read_by
    return bool(later and (line.reread_at or line.fetched_at) <= question.read_by)


def _asked_by(session: Session, question: Question) -> _Asked:
    """What gives the ids of the claims that a question asks for; slots and days are those of their observation."""
    terms = words.terms(question.words)
    few = words.having(session, terms, lookups.FEW) if terms else None

    def asked(claims: Iterable[Claim]) -> set[int | None]:
        fits = {claim.id for claim in claims if _is_asked(claim, question)}
        if few is not None:
            return fits & few
        return set(words.among(session, [one for one in fits if one], terms)) if terms else fits

    return asked


def _is_asked(claim: Claim, question: Question) -> bool:
    provider = question.provider in {None, claim.statistic.provider}
    return provider and question.source in {None, claim.source}


def _claim_at(line: Line, question: Question, end: datetime) -> Claim:
    """A claim as it stood then; what people know of it now counts, unless it is asked what we had read."""
    withdrawn = line.withdrawn_at is not None and line.withdrawn_at <= end
    dismissed = line.ruling == DISMISSED
    if dismissed and question.read_by is not None:
        dismissed = line.ruled_at is not None and line.ruled_at <= question.read_by
    claim = claim_of_line(line)
    if (claim.withdrawn, claim.dismissed) == (withdrawn, dismissed):
        return claim
    return replace(claim, withdrawn=withdrawn, dismissed=dismissed)


def _day(claim: Claim) -> str | None:
    return claim.date.isoformat() if claim.date else None
