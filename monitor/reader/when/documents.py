"""Times that are no time of a figure: of documents, citations, codes, datelines and announcements."""

from __future__ import annotations

from monitor.reader.sentence.mentions import Mention
from monitor.reader.sentence.names import quoted
from monitor.reader.sentence.scene import Field, Scene
from monitor.reader.sentence.tokens import NUMBER, WORD
from monitor.reader.when.founding import of_an_event

_DAYS = frozenset({"weekday", "weekday_day", "day", "day_of_month"})  # on which something is announced
_DONE = frozenset({"victims", "detentions", "organisations"})  # what is done on a day
_DATING = ("of", "determiners", "modifiers")  # what may stand between a document and its date
_BESIDE = ("determiners", "of", "prepositions", "adverbs", "only", "indefinites", "none_words")
_RANK = 4  # tokens from `lowest` to `since`
_BACK = 5  # tokens from `sentences` to when they were passed
_TITLE = 2  # tokens behind a year in which the name of a document stands: `the 2017-2021 national plan`
_DATELINE = 8  # tokens before and behind the day of a dateline
_CLOSING = frozenset({")", ";", ","})
_CITED = 8  # tokens that the names of a citation take
_CLAUSE = 7  # tokens from `more than those that` to their time
_LIGHT = 3  # tokens between `than` and a time
_TELLING = 10  # tokens between a day and the verb of what was told on it


def tells_nothing(scene: Scene, mention: Mention) -> bool:
    """Whether a time is of something else than a figure."""
    named = quoted(scene.tokens, mention.first, mention.last)
    named = named or coded(scene, mention) or cited(scene, mention) or heads_text(scene, mention)
    named = named or set_against(scene, mention) or announces(scene, mention)
    return named or (dates_a_document(scene, mention) and not of_an_event(scene, mention))


def heads_text(scene: Scene, mention: Mention) -> bool:
    """`Lima, 25 jul (EFE).-`: the day of a dateline, between names and a dash."""
    if mention.facts["period"] not in _DAYS or mention.first > _DATELINE or not scene.tokens[0].capital:
        return False
    for place in range(mention.last, min(mention.last + _DATELINE, len(scene.tokens))):
        token = scene.tokens[place]
        if token.word == "-":
            return True
        if token.kind == WORD and not token.capital:
            return False
    return False


def cited(scene: Scene, mention: Mention) -> bool:
    """`(Quispe and Rojas, 2019)`: the year of a book, behind names that mean nothing else."""
    following = scene.word(mention.last)
    if following not in _CLOSING:
        return False
    page = following == "," and scene.word(mention.last + 2) == ")"  # `(CHS Sept. 2021, 14)`
    if scene.word(mention.last + 2 * page) not in {")", ";"}:
        return False
    if mention.last - mention.first > 1:
        return mention.facts["period"] in {"day", "month"} and _after_names(scene, mention)
    named = False
    for place in range(mention.first - 1, max(mention.first - _CITED, 0) - 1, -1):
        if scene.word(place) in {"(", ";"}:
            return named
        if place in scene.inside and scene.tokens[place].kind != NUMBER:
            return False
        named = named or scene.tokens[place].capital
    return False


def _after_names(scene: Scene, mention: Mention) -> bool:
    """`(El Comercio 12 Jan. 2022)`: the day on which a source came out."""
    named = False
    for place in range(mention.first - 1, max(mention.first - _CITED, 0) - 1, -1):
        if scene.word(place) in {"(", ";"}:
            return named
        named = named or scene.tokens[place].capital
        if not scene.tokens[place].capital and scene.tokens[place].kind != NUMBER:
            return False
    return False


def coded(scene: Scene, mention: Mention) -> bool:
    """`Decreto 019-2006`, `Casación 1190/2018`: the year of a number, not of a figure."""
    mark, number = mention.first - 1, mention.first - 2
    if number < 0 or scene.word(mark) not in {"-", "/"} or scene.tokens[number].kind != NUMBER:
        return False
    glued = scene.tokens[number].end == scene.tokens[mark].start
    return glued and scene.tokens[mark].end == scene.tokens[mention.first].start


def announces(scene: Scene, mention: Mention) -> bool:
    """`the ministry said on Saturday`, `informaron ayer`: when somebody spoke."""
    done = any(m.facts["act"] in _DONE for m in scene.named("act"))
    told_so = scene.isa(mention.first - 1, "announcing")  # `rescató a 94, informó ayer la institución`
    yesterday = mention.concept == "yesterday" and (told_so or not done)
    if mention.concept != "now" and mention.facts["period"] not in _DAYS and not yesterday:
        return False
    told = ("announcing", "published")
    if scene.among(mention.first - 1, told) or scene.among(mention.last, told):
        return True
    if mention.first <= 1 and _told_then(scene, mention):
        return True
    before = [other for other in scene.within(mention.first - 4, mention.first, "period") if other is not mention]
    again = bool(before) and before[-1].last == mention.first - 1 and scene.word(mention.first - 1) in {"(", ","}
    return again and announces(scene, before[-1])  # `said Tuesday (Oct. 10)`


def _told_then(scene: Scene, mention: Mention) -> bool:
    """`On 9 October, the judiciary announced that ...`: the day on which it was told."""
    verb = next((place for place in range(mention.last, mention.last + _TELLING) if scene.isa(place, "announcing")), 0)
    return verb > 0 and scene.isa(verb + 1, "that_words")


def set_against(scene: Scene, mention: Mention) -> bool:
    """`12 victims, fewer than in 2021`: a time that a number is only set against, with no number of its own."""
    if _set_beside(scene, mention) or _ranked_since(scene, mention):
        return True
    than = mention.first - 1
    while than > mention.first - _LIGHT and scene.among(than, ("locatives", "determiners")):
        than -= 1
    if _than_those(scene, mention):
        return True
    if not scene.among(than, ("than", "relatives")) or not scene.isa(than - 1, "comparatives"):
        return False
    behind = mention.last + (scene.word(mention.last) == ",")
    return scene.word(mention.last) != "(" and not scene.isa(behind, "when")


def _ranked_since(scene: Scene, mention: Mention) -> bool:
    """`394 complaints, the lowest number since 2012`: how long no other has been so low, and no time of the number."""
    kind, near = mention.facts["period"], range(mention.first - _RANK, mention.first)
    ranked = kind.startswith("since") and any(scene.among(p, ("superlatives", "ranks")) for p in near)
    behind = mention.last + (scene.word(mention.last) == ",")
    return ranked and not scene.isa(behind, "when") and not any(f.amount.first in near for f in scene.fields)


def _set_beside(scene: Scene, mention: Mention) -> bool:
    """`12 convictions, the same as in 2021`, `compared with none the year before`: behind a number, with no other."""
    near = range(mention.first - _CITED, mention.first)
    compared = [m for m in scene.within(near.start, near.stop, "link") if m.facts["link"] == "compare"]
    links = [m.last for m in compared if not scene.isa(m.first, "pluperfect")]
    links += [place + 1 for place in near if scene.isa(place, "against") and scene.word(place - 1) == ","]
    if not links or not any(field.amount.last <= max(links) - 1 for field in scene.fields):
        return False
    last, behind = max(links), mention.last + (scene.word(mention.last) in {"(", ":"})
    if scene.isa(behind + (scene.word(behind) == ","), "when"):
        return False
    numbers = [field.amount.first for field in scene.fields if field.amount.first >= last]
    numbered = bool(numbers) and (numbers[0] <= behind + 1 or _goes_on(scene, mention.last, numbers[0]))
    light = all(scene.among(p, _BESIDE) or p in scene.inside for p in range(last, mention.first))
    return light and not numbered


def _goes_on(scene: Scene, first: int, last: int) -> bool:
    """`mientras que en 2022 la cifra fue de 66`: whether the clause that a time opens has a number of its own."""
    return not any(scene.word(p) in {",", ";"} or scene.joins(p) for p in range(first, last))


def _than_those(scene: Scene, mention: Mention) -> bool:
    """`fueron 1 433, casi 300 más de las que se formularon en 2016`."""
    for place in range(mention.first - 1, max(mention.first - _CLAUSE, 3), -1):
        if scene.word(place) in {",", ";", "("} or place in {field.amount.last - 1 for field in scene.fields}:
            return False
        those = scene.isa(place, "relatives") and scene.isa(place - 1, "definite") and scene.isa(place - 2, "than")
        if those and scene.isa(place - 3, "comparatives"):
            return scene.word(mention.last) != "("
    return False


def dates_a_document(scene: Scene, mention: Mention) -> bool:
    """`a report issued in 2014`, `Ley 28950 de 2007`: the date of a document is no period of a figure."""
    bare = not scene.among(mention.first, ("prepositions", "of"))
    if bare and scene.has("documents", mention.last, mention.last + _TITLE):
        return mention.last - mention.first == 1 or scene.word(mention.first + 1) in {"-", "/"}
    lasting = scene.isa(mention.first - 1, "until_words") or scene.isa(mention.first, "until_words")
    if lasting and not scene.fields and scene.has("documents", mention.first - _CITED, mention.first):
        return True  # `adopted a plan that runs through 2030`
    placed = scene.isa(mention.first, "locatives") and not scene.isa(mention.first - 1, "released")
    that = mention.facts["period"] == "that_year"  # `for its plan that year`
    if placed or that or _of_sentences(scene, mention.first - 1):
        return False
    laws = {named.last for named in scene.mentions if named.concept == "law" or _names_a_document(scene, named)}
    for place in range(mention.first, max(mention.first - 5, 0), -1):
        if place in laws or scene.isa(place - 1, "documents") or scene.isa(place - 1, "released"):
            return True
        if scene.word(place - 1) not in {",", "("} and not scene.among(place - 1, _DATING):
            return False
    return False


def _of_sentences(scene: Scene, place: int) -> bool:
    """`396 sentences issued between 2012 and 2017`: what is counted, and no document."""
    told = scene.within(place - _BACK, place, "indicator")
    if not scene.isa(place, "released") or not told:
        return False
    kinds = ("agents", "views", "of", "prepositions", "determiners")
    return all(p in scene.inside or scene.among(p, kinds) for p in range(told[-1].last, place))


def _names_a_document(scene: Scene, mention: Mention) -> bool:
    """`plan nacional`, and the like, as a phrase of its own."""
    return mention.concept == "noise" and scene.has("documents", mention.first, mention.last)


def of_main_verb(scene: Scene, field: Field, mentions: list[Mention]) -> list[Mention]:
    """`Ten suspects held in May were convicted in June`: the time behind the verb, where another told who they are."""
    first = field.amount.last
    if first > mentions[0].first:
        return mentions
    verb = next((place for place in scene.places("copulas") if place > mentions[0].first), len(scene.tokens))
    told = [act for act in scene.within(first, mentions[0].first, "act") if act.last == mentions[0].first]
    told = [] if scene.isa(verb, "pluperfect") else told  # `those freed in May had been held since March`
    bare = bool(told) and not scene.has("copulas", first, told[0].last) and not scene.has(",", first, mentions[0].first)
    return [mention for mention in mentions if mention.first > verb] or mentions if bare else mentions


def of_participle(scene: Scene, field: Field, last: int) -> bool:
    """`looked into the two officers held in May and opened ...`: when they were held, not of the rest."""
    amount = field.amount
    if not scene.isa(amount.first - 1, "definite"):
        return False
    acts = [act for act in scene.within(amount.last, field.last, "act") if act.last in scene.starts]
    told = [act for act in acts if "period" in scene.starts[act.last].facts]
    if not told or scene.has("copulas", amount.last, told[0].first) or scene.has(",", amount.last, told[0].first):
        return False
    joint = scene.starts[told[0].last].last
    return scene.joins(joint) and joint < last and not scene.isa(joint + 1, "copulas")
