"""Whether a text was edited in substance, and whether two texts are nearly the same: by sentences and words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, shake_128
from struct import Struct

from rapidfuzz import fuzz, process

from monitor.ledger.sentences import fold, numbers, substance, words

BANDS, ROWS = 24, 3
SHINGLE = 3
WORDS_READ = 2000
_LETTERS_READ = 20_000
_HASHES = Struct(f">{BANDS * ROWS}I")
_SIMILAR = 60
_PAIRS_TRIED = 250_000
_ALIKE_OF_SHORTER, _ALIKE_OF_BOTH = 0.5, 0.3
_KEPT_FOR_EACH_SWAP = 2


@dataclass(frozen=True)
class Edit:
    """What became of the sentences of a text. `reworded` holds (before, after) pairs; moved ones are no substance."""

    substantial: bool
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    moved: tuple[str, ...] = ()


def edited(before: str, after: str) -> Edit:
    """Compare two versions of a text by sentences.

    Counters, lines of dates, related links, the order of blocks, white space, letter case and the form of quotes
    are not compared; a figure that changed inside a sentence is a rewording.
    """
    old, new = substance(before), substance(after)
    old_left, new_left = _without(old, new), _without(new, old)
    if words(" ".join(old_left)) == words(" ".join(new_left)):
        old_left, new_left = [], []
    reworded = _reworded(old_left, new_left)
    removed = _left(old_left, [pair[0] for pair in reworded])
    added = _left(new_left, [pair[1] for pair in reworded])
    return Edit(
        substantial=bool(added or removed or reworded),
        added=tuple(added),
        removed=tuple(removed),
        reworded=tuple(reworded),
        moved=_moved(old, new),
    )


def _without(these: list[str], those: list[str]) -> list[str]:
    """The sentences of `these` that `those` does not hold, as often as they are more."""
    known = Counter(map(fold, those))
    left = []
    for sentence in these:
        key = fold(sentence)
        if known[key]:
            known[key] -= 1
        else:
            left.append(sentence)
    return left


def _reworded(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Pairs of sentences that are one in two wordings, the most similar first."""
    if len(old) * len(new) > _PAIRS_TRIED:
        return []
    wordings = [fold(sentence) for sentence in new]
    near = sorted(
        (-score, i, j)
        for i, sentence in enumerate(old)
        for _, score, j in process.extract(
            fold(sentence), wordings, scorer=fuzz.ratio, processor=None, score_cutoff=_SIMILAR, limit=None
        )
    )
    pairs: dict[int, int] = {}
    for _, i, j in near:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(old[i], new[j]) for i, j in sorted(pairs.items())]


def _left(these: list[str], paired: list[str]) -> list[str]:
    known = Counter(paired)
    left = []
    for sentence in these:
        if known[sentence]:
            known[sentence] -= 1
        else:
            left.append(sentence)
    return left


def _moved(old: list[str], new: list[str]) -> tuple[str, ...]:
    """The sentences of both that stand in another order: those outside the longest run that kept its order."""
    places = {fold(sentence): place for place, sentence in enumerate(old)}
    common = [(places[key], sentence) for sentence in new if (key := fold(sentence)) in places]
    kept = _longest_rising([place for place, _ in common])
    return tuple(sentence for number, (_, sentence) in enumerate(common) if number not in kept)


def _longest_rising(places: list[int]) -> set[int]:
    """The indices of a longest strictly rising run (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for number, place in enumerate(places):
        at = bisect_left(tops, place)
        before.append(ends[at - 1] if at else None)
        tops[at : at + 1] = [place]
        ends[at : at + 1] = [number]
    kept: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        kept.add(step)
        step = before[step]
    return kept


def fingerprint(text: str) -> list[int]:
    """Hashes of a text, as signed 64-bit integers; near copies share at least one of them.

    A min-hash over runs of three words, in 24 bands of three: two texts that share half of their runs share a hash in
    96 of 100 cases, two that share a hundredth in 2 of 100,000. Stable over processes and machines.
    """
    runs = _runs(text)
    if not runs:
        return []
    hashes = (_HASHES.unpack(shake_128(run.encode()).digest(_HASHES.size)) for run in runs)
    smallest = [min(column) for column in zip(*hashes, strict=True)]
    bands = (smallest[start : start + ROWS] for start in range(0, BANDS * ROWS, ROWS))
    return [_band_hash(number, band) for number, band in enumerate(bands)]


def nearly_same(a: str, b: str) -> bool:
    """Whether one text is a reprint of the other: another headline or lead, a wire copy cut at the end.

    Two bulletins in the same words with other figures are no copies; one figure corrected among several is.
    """
    left, right = _runs(a), _runs(b)
    if not left or not right:
        return bool(words(a)) and words(a) == words(b)
    common = len(left & right)
    if common < _ALIKE_OF_SHORTER * min(len(left), len(right)) or common < _ALIKE_OF_BOTH * len(left | right):
        return False
    return _same_figures(a, b)


def _same_figures(a: str, b: str) -> bool:
    """Whether few sentences are those of the other text with other figures, against those that are the same."""
    swapped = sum(_other_figures(before, after) for before, after in edited(a, b).reworded)
    wordings = set(map(fold, substance(b)))
    kept = sum(fold(sentence) in wordings for sentence in substance(a) if numbers(sentence))
    return swapped * _KEPT_FOR_EACH_SWAP <= kept


def _other_figures(before: str, after: str) -> bool:
    old, new = numbers(before), numbers(after)
    return not (old <= new or new <= old)


@lru_cache(maxsize=64)
def _runs(text: str) -> frozenset[str]:
    read = [word for sentence in substance(text[:_LETTERS_READ]) for word in words(sentence)][:WORDS_READ]
    if len(read) < SHINGLE:
        return frozenset()
    return frozenset(" ".join(read[start : start + SHINGLE]) for start in range(len(read) - SHINGLE + 1))


def _band_hash(number: int, band: list[int]) -> int:
    key = f"{number}:{':'.join(map(str, band))}"
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
