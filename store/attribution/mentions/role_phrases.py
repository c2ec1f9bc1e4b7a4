"""Noun phrases that tell what somebody is, to the left and to the right of a name: "former Leeds striker", "head of …".

There is no parser. A phrase has a head, a noun for one person or several; the walk to its beginning passes what can
stand before a noun, the walk to its end stops at verbs, at other people and at marks.
"""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from store.attribution.cues.verbs import CUES
from store.attribution.lexicon import word_lists
from store.attribution.mentions.name_features import noun_kinds
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import (
    FUNCTION,
    GIVEN,
    HONORIFIC,
    MODIFIER,
    NATION,
    ORGANISATION,
    ROLE,
    ROLES,
    SURNAME,
    TITLE,
    plural_of,
    word_classes,
    words,
)

_DETERMINERS = words("determiners")
_POSSESSIVES = words("possessives")
_ROLE_ENDS = words("role ends")
_INSIDE = words("inside an office")
_NO_HEADS = words("titles that are no nouns")
_BESIDE_A_NAME = words("callings beside a name")
_ATTRIBUTES = words("participles before a role")
_TIMES = words("times")
_VERBS = word_lists("words.txt")["common verbs"]

_CALLING_ENDS = tuple(sorted(words("endings of callings")))
"""How nouns for callings end that no list has: "pulmonologist", "podiatrist"."""

LEFT = 12
"""Tokens in a role before a name."""
RIGHT = 40
"""Tokens in a role after a name."""
HEAD = 12
"""Tokens of a role after a name among which its head must be."""
_OWNERS = ("'s", "’s", "'", "’")
_ENDS = frozenset(';:—–()[]“”"?!')
_OF = ("of", "for", "to", "at")


@cache
def _people() -> frozenset[str]:
    return word_lists("nouns.txt")["people"]


@cache
def _several() -> dict[str, str]:
    """Plural nouns for people and their singulars."""
    return {plural_of(word): word for word in _people()}


def is_head(reading: TaggedText, at: int) -> bool:
    """Whether the word may be the head of a phrase for one person."""
    low, flags = reading.lows[at], reading.flags[at]
    if flags & FUNCTION and not flags & TITLE:
        return False
    if flags & HONORIFIC and not flags & (TITLE | ROLE):
        return False
    if flags & NATION and low.endswith(("man", "woman")):
        return True
    if flags & (ROLE | TITLE):
        return low not in _NO_HEADS
    if low in _people():
        return True
    last = low.rpartition("-")[2]
    if last != low and (last in _people() or last in _BESIDE_A_NAME or word_classes().get(last, 0) & ROLE):
        return True
    return not flags and reading.texts[at].islower() and low.endswith(_CALLING_ENDS)


def is_heads(reading: TaggedText, at: int) -> bool:
    """Whether the word may be the head of a phrase for several people."""
    low = reading.lows[at]
    last = low.rpartition("-")[2]
    return bool((reading.flags[at] | word_classes().get(last, 0)) & ROLES) or low in _several() or last in _several()


def singular(low: str) -> str:
    """The singular of a noun that :func:`is_heads` knows."""
    if low.endswith("men"):
        return f"{low[:-3]}man"
    before, hyphen, last = low.rpartition("-")
    if hyphen:
        return f"{before}-{singular(last)}"
    known = _several().get(low)
    if known is not None:
        return known
    return low[:-3] + "y" if low.endswith("ies") else low.removesuffix("s")


def ends_role(reading: TaggedText, at: int) -> bool:
    """Whether a role may end with the token before a name: a head, "world number two", "running back"."""
    if at < 0 or reading.texts[at] in _OWNERS:
        return False
    low, texts = reading.lows[at], reading.texts
    if at > 0 and texts[at - 1].lower() in ("number", "no", ".") and (low.isdigit() or low in _numbers()):
        before = texts[at - 1].lower() if texts[at - 1] != "." else texts[at - 2].lower()
        return before in ("number", "no") and reading.sentence[at] == reading.sentence[at - 1]
    if is_head(reading, at):
        return True
    if low not in _BESIDE_A_NAME or at == 0 or not reading.joined[at]:
        return False
    return _goes_before(reading, at - 1) or reading.lows[at - 1] in _POSSESSIVES


@cache
def _numbers() -> frozenset[str]:
    return words("numbers") | {"one"}


def begin_of(reading: TaggedText, head: int, people: Container[int]) -> int:
    """The first token of the phrase whose head (or last word) is at ``head``."""
    first = head
    texts, lows, joined = reading.texts, reading.lows, reading.joined
    while first > 0 and head - first < LEFT and joined[first]:
        at = first - 1
        low, text = lows[at], texts[at]
        if low in ("no", "number") and texts[first][0].isdigit():
            first = at
            continue
        if low in _POSSESSIVES or (low in _DETERMINERS and (len(text) == 1 or not text.isupper())):
            return at
        if text in _OWNERS:
            owner = _owner_begin(reading, at - 1)
            return owner if owner < at else first
        if at in people:
            return at - 1 if at and lows[at - 1] in ("a", "an") and texts[first][0].islower() else first
        if text in ("-", "/", "&", ".") and at > 0 and (text != "." or len(lows[at - 1]) < 4):
            first = at
            continue
        if low in ("and", "&") and at - 1 not in people and _joins(reading, at, head):
            first = at
            continue
        if low in _TIMES:
            return first
        if low in ("of", "for") and at > 1 and _names_body(reading, at - 1) and reading.capital[first]:
            first = at
            continue
        if not _goes_before(reading, at):
            return first
        first = at
    while first < head and not texts[first][0].isalnum():
        first += 1
    return first


def _names_body(reading: TaggedText, at: int) -> bool:
    """Whether the capitalised word may be the noun of a body's name: "Club" in "Alpine Club of Pakistan"."""
    return reading.capital[at] and bool(word_classes().get(reading.lows[at], 0) & ORGANISATION)


def _goes_before(reading: TaggedText, at: int) -> bool:
    """Whether the word may stand before a noun in its phrase."""
    text, low, flags = reading.texts[at], reading.lows[at], reading.flags[at]
    if text[0].isdigit():
        return True
    if not text[0].isalpha():
        return False
    if text[0].isupper():
        if flags & FUNCTION and reading.is_initial(at):
            return bool(flags & MODIFIER)
        return not flags & FUNCTION or bool(flags & (GIVEN | SURNAME | MODIFIER)) or text.isupper()
    if flags & FUNCTION or low in _VERBS:
        return bool(flags & MODIFIER)
    if flags & (MODIFIER | ROLE | NATION) or low in _ATTRIBUTES:
        return True
    if low in CUES or (low.endswith("ing") and low not in noun_kinds()):
        return False
    if low.endswith("ed") and ("-" not in low or low.startswith("re-")):
        before = reading.lows[at - 1] if at else ""
        return before in _DETERMINERS or before in _POSSESSIVES or not reading.joined[at] or low.endswith("eed")
    return not is_heads(reading, at)


def _joins(reading: TaggedText, at: int, head: int) -> bool:
    """Whether "and" joins two callings, or two adjectives of a name: "editor and publisher", "Health and Human …"."""
    if at == 0 or not reading.joined[at]:
        return False
    if reading.capital[at - 1] and reading.capital[at + 1]:
        return at + 1 < head and at > 1 and not reading.texts[at - 2][0].islower()
    return is_head(reading, at - 1)


def _owner_begin(reading: TaggedText, last: int) -> int:
    """The first token of the owner that ends at ``last``: "Leeds" in "Leeds's", "the party", "his son Olaf"."""
    first = last
    while (
        first > 0
        and last - first < 5
        and reading.joined[first]
        and reading.capital[first]
        and reading.capital[first - 1]
    ):
        if reading.flags[first - 1] & FUNCTION and reading.is_initial(first - 1):
            break
        first -= 1
    if first > 1 and reading.lows[first - 1] == "of" and reading.capital[first] and reading.capital[first - 2]:
        return _owner_begin(reading, first - 2)
    if first > 0 and reading.joined[first] and not reading.capital[first]:
        while first > 0 and last - first < 3 and reading.joined[first] and _goes_before(reading, first - 1):
            first -= 1
    before = reading.lows[first - 1] if first and reading.joined[first] else ""
    return first - 1 if before in _DETERMINERS or before in _POSSESSIVES else first


def office_of(
    reading: TaggedText, last: int, people: Container[int], prepositions: tuple[str, ...] = _OF
) -> int | None:
    """For "Governor of Washington", "director of rugby" that end at ``last``: the token of the head, if any."""
    at = last
    if reading.flags[last] & FUNCTION and not reading.capital[last]:
        return None
    while at > 0 and last - at < LEFT and reading.sentence[at] == reading.sentence[last]:
        low, text = reading.lows[at], reading.texts[at]
        if at in people:
            return None
        if low in prepositions and at < last and is_head(reading, at - 1) and reading.joined[at]:
            return at - 1
        inside = reading.capital[at] or low in _INSIDE or low in _DETERMINERS or low in ("and", "in")
        if not inside and not (text[0].isalpha() and (low in noun_kinds() or _is_plain_word(reading, at))):
            return None
        at -= 1
    return None


def _is_plain_word(reading: TaggedText, at: int) -> bool:
    """Whether a lower-case word is no verb and no small word, as far as its looks tell."""
    low = reading.lows[at]
    return not reading.flags[at] & FUNCTION and low not in CUES and not low.endswith(("ed", "ing", "ly"))


def head_after(reading: TaggedText, first: int, people: Container[int]) -> int | None:
    """The head of the phrase that begins at ``first`` behind a name's comma, None when it is no phrase for a person."""
    texts, lows, flags, sentence = reading.texts, reading.lows, reading.flags, reading.sentence
    head: int | None = None
    for at in range(first, min(len(texts), first + HEAD)):
        text, low, own = texts[at], lows[at], flags[at]
        if sentence[at] != sentence[first] or (at in people and not _owns(reading, at)):
            break
        if low == "one" and at == first and at + 2 < len(texts) and lows[at + 1] == "of":
            return at
        if text in _OWNERS or text in ("-", "/", "&", "’"):
            continue
        if text == "." and len(lows[at - 1]) < 5:
            continue
        if text == "," and head is None and at > first + 1 and texts[at + 1 : at + 2] != [","]:
            if lows[first] in ("a", "an") and at + 1 < len(texts) and lows[at + 1] not in _DETERMINERS:
                continue
            break
        if text[0].isdigit() and head is None:
            continue
        if not text[0].isalpha():
            break
        if low in _DETERMINERS or low in _POSSESSIVES:
            if at == first or lows[at - 1] in ("and", "&"):
                continue
            break
        if low in ("and", "&"):
            if head is not None or at == first:
                break
            continue
        if low in ("of", "for") and head is None and at > first and reading.capital[at - 1] and reading.capital[at + 1]:
            continue
        if own & FUNCTION and not own & MODIFIER and not (own & TITLE and low not in words("common adverbs")):
            break
        owner = at + 1 < len(texts) and texts[at + 1] in _OWNERS
        if not owner and (is_head(reading, at) or (low in _BESIDE_A_NAME and at > first)):
            head = at
            continue
        if head is not None:
            break
        if (
            text[0].islower()
            and not own & MODIFIER
            and low in CUES
            and low not in _ATTRIBUTES
            and lows[at - 1] not in _DETERMINERS
        ):
            break
    return head


def _owns(reading: TaggedText, at: int) -> bool:
    """Whether the name at ``at`` owns what follows: "Trump" in "Trump campaign’s director"."""
    texts = reading.texts
    for behind in range(at + 1, min(len(texts), at + 5)):
        if texts[behind] in _OWNERS:
            return True
        if not texts[behind][0].isalpha() or reading.flags[behind] & FUNCTION:
            return False
    return False


def end_of(reading: TaggedText, first: int, head: int, people: Container[int]) -> int:
    """The last token of a role that begins at ``first`` and has its head at ``head``."""
    texts, lows, sentence = reading.texts, reading.lows, reading.sentence
    last = head
    for at in range(head + 1, min(len(texts), first + RIGHT + 1)):
        text, low = texts[at], lows[at]
        if sentence[at] != sentence[head] or text in _ENDS or low in _ROLE_ENDS:
            break
        if text == "," and not _is_listed(reading, at):
            break
        if at == head + 1 and reading.capital[at] and texts[head][0].islower():
            break
        if at in people and (at == head + 1 or lows[at - 1] in ("and", "&", ",")):
            break
        if text[0].islower() and low in _VERBS and (lows[at - 1] in ("and", "or") or not _opens_noun(reading, at - 1)):
            break
        if (
            low in ("and", "or")
            and at + 1 < len(texts)
            and lows[at + 1].endswith("ed")
            and lows[at + 1] not in _ATTRIBUTES
        ):
            break
        verb = low in CUES and text[0].islower() and not reading.flags[at] & (ROLE | ROLES | MODIFIER)
        if verb and lows[at - 1] not in _OWNERS and lows[at - 1] not in _DETERMINERS:
            break
        if reading.flags[at] & FUNCTION and low in words("auxiliaries of people"):
            break
        if text == "." and at + 1 >= len(texts):
            break
        if text[0].isalnum():
            last = at
    while last > head and lows[last] in (
        "and",
        "or",
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "at",
        "to",
        "by",
        "with",
        "on",
        "from",
        "last",
        "this",
        "next",
    ):
        last -= 1
    return last


def _opens_noun(reading: TaggedText, at: int) -> bool:
    """Whether a noun may follow the word: an article, an owner, a preposition."""
    low = reading.lows[at]
    return (
        low in _DETERMINERS
        or low in _POSSESSIVES
        or reading.texts[at] in _OWNERS
        or low in ("of", "for", "in", "to", "with")
    )


def _is_listed(reading: TaggedText, comma: int) -> bool:
    """Whether the comma separates adjectives of one name: "Eurasian, Russian and East European Studies"."""
    texts, capital = reading.texts, reading.capital
    if comma + 2 >= len(texts) or not capital[comma - 1] or not capital[comma + 1]:
        return False
    at = comma + 2
    while at < len(texts) and at < comma + 6 and (capital[at] or texts[at] == ","):
        at += 1
    joins = at + 1 < len(texts) and reading.lows[at] in ("and", "&") and capital[at + 1]
    adjective = reading.lows[comma - 1].endswith(("an", "ic", "al", "ish", "ive", "ese"))
    return bool(joins and (adjective or reading.flags[comma - 1] & (NATION | ROLE | TITLE)))
