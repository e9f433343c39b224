"""One look at the words of a sentence: where numbers and phrases may begin, and where the small words stand."""

from __future__ import annotations

from monitor.reader.sentence.lexicon import Lexicon, Node
from monitor.reader.sentence.tokens import NUMBER, Token

Standing = dict[str, list[int]]


class Look:
    """What the words of a sentence are by themselves.

    `numeric`: where a number may begin; `openers`: where a phrase may begin, with what may follow; `fillable`: digits
    and words such as months, which slots take; `standing`: the places of the words of each list of `[grammar]`.
    """

    __slots__ = ("fillable", "numeric", "openers", "standing")

    def __init__(self, tokens: list[Token], words: Lexicon) -> None:
        self.numeric: list[int] = []
        self.openers: list[tuple[int, Node | None]] = []
        self.fillable: set[int] = set()
        self.standing: Standing = words.nowhere.copy()
        entries, standing = words.entries, self.standing
        for place, token in enumerate(tokens):
            entry, digits = entries.get(token[0]), token[3] is NUMBER
            if entry is None:
                if digits:
                    self._fill(place, None)
                continue
            node, kinds, numeric, dated = entry
            for kind in kinds:
                if places := standing[kind]:
                    places.append(place)
                else:
                    standing[kind] = [place]
            if digits:
                self._fill(place, node)
            elif node is not None or numeric or dated:
                self.openers.append((place, node))
                if numeric:
                    self.numeric.append(place)
                if dated:
                    self.fillable.add(place)

    def _fill(self, place: int, node: Node | None) -> None:
        """Digits."""
        self.numeric.append(place)
        self.openers.append((place, node))
        self.fillable.add(place)
