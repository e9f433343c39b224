"""The code of what is counted, from the noun of a number and what happened to those counted."""

from __future__ import annotations

from monitor.reader.drafts import Own
from monitor.reader.what.heads import COMPLICIT

_WITH_ACT: dict[tuple[str, str | None], str] = {
    ("victims", "victims_assisted"): "victims_assisted",
    ("victims", "trained"): "victims_assisted",  # `the centres attended 28 victims`
    ("staff", "trained"): "trained",
    ("officials", "trained"): "trained",
    ("officials", "victims_assisted"): "trained",  # `events attended by 200 officials`
    **{("staff", act): "officials" for act in COMPLICIT},
}
_LODGED = frozenset({"shelter_places", "victims_assisted"})
_AFTER_ACT: dict[tuple[str, str | None], str] = {  # the same, only where the number stands right behind it
    ("staff", "victims_assisted"): "trained",  # `a talk attended by 60 judges`
    ("staff", "trained"): "trained",
    ("victims", "shelter_places"): "shelter_places",  # `room for 14 victims`
    ("cases", "investigations"): "investigations",  # `the police investigated 90 cases`
}


def indicator(own: Own) -> str | None:
    """The code of what is counted, from noun and act; None where only the context can tell."""
    if own.head is None:
        apart = own.noun and own.fallback is not None and own.act == "victims"  # `freed 20 and stopped 8 suspects`
        return ((None if apart else own.act) or own.fallback) if own.person else own.done
    if own.person and own.noun and own.head == "prosecutions" and own.act == "acquittals":
        return own.act
    if own.person and own.head in {"prosecutions", "investigations"} and own.act in {"detentions", "prisoners"}:
        return own.act  # `captured two Peruvians accused of ...`, `12 accused of trafficking are held in prison`
    if _outdone(own, own.head):
        return own.done
    act = own.done if (own.head, own.act) == ("victims", "trained") else own.act  # none, where told of at a workshop
    return _WITH_ACT.get((own.head, act)) or _AFTER_ACT.get((own.head, own.done), own.head)


def _outdone(own: Own, head: str) -> bool:
    """Whether what was done with those counted says more than their noun."""
    if own.done in {"convictions", "acquittals"} and own.person and head in {"prosecutions", "detentions"}:
        return True
    if own.done == "shelter_places" and head == "victims_assisted":
        return True
    if own.noun or own.done is None:
        return False
    # `the unit said it had identified 476`
    return head in {"offices", "staff", "operations"} or (head == "shelters" and own.done in _LODGED)
