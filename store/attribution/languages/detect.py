"""Which language a text is in: by its script, else by the function words it uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cache

from store.attribution.languages.word_files import codes, sections

ENGLISH = "en"
OTHER = "und"
"""A language that is surely not English and that we know nothing of but its marks."""

SAMPLE = 8000
"""Characters that are looked at: a longer text's beginning, middle and end."""
PLAINLY_ENGLISH = 0.3
"""Of all words so many are English function words only in a text that is English."""
LONGEST_WORDS = 12
"""Characters of a word with its blank, on average; more are found where words have no blanks between them."""
ENOUGH_WORDS = 6
"""Function words of a language that have to be there."""
SHARE = 0.2
"""Of all words that many have to be function words of the language, twice as many as English ones."""
SHORT = 1200
"""Characters of a text of which words are counted whatever marks touch them; in a longer one enough touch none."""
ENOUGH_LETTERS = 16
"""Letters of a script that have to be there; a Chinese, Japanese or Korean one counts twice."""
LETTERS = 1200
"""Letters that are looked at for their script, spread over the text."""
BYTES = 1.2
"""Bytes a character of UTF-8, from which on a text may be in another script."""
SOME_KANA = 0.1
"""Of Chinese and Japanese letters so many are kana in a Japanese text."""

_WORDS = re.compile(r"[^\W\d_]+")
_BLOCKS = (
    *((0, ""), (0x41, "latin"), (0x5B, ""), (0x61, "latin"), (0x7B, ""), (0xC0, "latin"), (0x250, "")),
    *((0x370, "el"), (0x400, "ru"), (0x530, "other"), (0x600, "ar"), (0x700, "other"), (0x750, "ar"), (0x780, "other")),
    *((0x1F00, "el"), (0x2000, ""), (0x2E80, "zh"), (0x3000, ""), (0x3040, "ja"), (0x3100, "zh"), (0xA000, "other")),
    *((0xAC00, "ko"), (0xD7B0, ""), (0xF900, "zh"), (0xFB00, ""), (0xFF66, "ja"), (0xFF9E, "")),
)
"""Where blocks of Unicode begin that are one script's letters."""
_STARTS = [start for start, _ in _BLOCKS]
_WIDE = ("zh", "ja", "ko")
_RUSSIAN = "ыэёЫЭЁ"
_UKRAINIAN = "іїєґІЇЄҐ"
_OTHER_CYRILLIC = "ўјљњћђџѓќЎЈЉЊЋЂЏЃЌ"
_NOT_ARABIC = "پچژگٹڈڑںےک"


def language_of(text: str) -> str:
    """The ISO 639-1 code of the text’s language: ``en`` unless another is sure, ``und`` for one that is not known.

    Short texts, and texts of which much is English, count as English. Of a long text a sample is read.
    """
    sample = text if len(text) <= SAMPLE else _sampled(text)
    if _is_plainly_english(sample):
        return ENGLISH
    if not sample.isascii() and len(sample.encode("utf-8", "surrogatepass")) > BYTES * len(sample):
        script = _by_script(Counter(sample[:: len(sample) // LETTERS + 1]))
        if script is not None:
            return script
    return _by_words(sample)


def _sampled(text: str) -> str:
    middle = len(text) // 2
    return f"{text[: SAMPLE // 2]} {text[middle : middle + SAMPLE // 4]} {text[-SAMPLE // 4 :]}"


def _is_plainly_english(text: str) -> bool:
    """The answer for nearly all English texts, found quickly."""
    words = text.split()
    if len(text) > LONGEST_WORDS * len(words):
        return False
    return sum(map(_english().__contains__, words)) >= PLAINLY_ENGLISH * len(words)


def _by_script(letters: Mapping[str, int]) -> str | None:
    """The language of a text mostly in another script; None when it is in Latin letters."""
    sizes: dict[str, int] = {}
    for letter, count in letters.items():
        script = _BLOCKS[bisect_right(_STARTS, ord(letter)) - 1][1]
        sizes[script] = sizes.get(script, 0) + count
    sizes.pop("", 0)
    latin = sizes.pop("latin", 0)
    for script in _WIDE:
        sizes[script] = 2 * sizes.get(script, 0)
    others = sum(sizes.values())
    if others < ENOUGH_LETTERS or others < 2 * latin:
        return None
    if sizes["ja"] > SOME_KANA * (sizes["ja"] + sizes["zh"]) and sizes["ja"] + sizes["zh"] > sizes["ko"]:
        sizes["ja"] += sizes.pop("zh")
    best = max(sorted(sizes), key=sizes.__getitem__)
    if sizes[best] * 2 < others:
        return OTHER
    if best == "ru":
        return _cyrillic(letters)
    if best == "ar" and _count(letters, _NOT_ARABIC) * 100 > sizes["ar"]:
        return OTHER
    return OTHER if best == "other" else best


def _count(letters: Mapping[str, int], wanted: str) -> int:
    return sum(letters.get(letter, 0) for letter in wanted)


def _cyrillic(letters: Mapping[str, int]) -> str:
    russian = _count(letters, _RUSSIAN)
    if _count(letters, _OTHER_CYRILLIC) > russian:
        return OTHER
    if _count(letters, _UKRAINIAN) > russian:
        return "uk"
    return "ru" if russian else OTHER


def _by_words(text: str) -> str:
    """The language of a text in Latin letters."""
    lower = text.lower()
    counts = Counter(_WORDS.findall(lower) if len(lower) <= SHORT else lower.split())
    known = _function_words()
    hits: dict[str, int] = {}
    for word in counts.keys() & known.keys():
        count = counts[word]
        for code in known[word]:
            hits[code] = hits.get(code, 0) + count
    english = hits.pop(ENGLISH, 0)
    if not hits:
        return ENGLISH
    best = max(sorted(hits), key=hits.__getitem__)
    enough = max(ENOUGH_WORDS, SHARE * counts.total())
    return best if hits[best] >= enough and hits[best] >= 2 * english else ENGLISH


@cache
def _english() -> frozenset[str]:
    return frozenset(sections(ENGLISH)["function words"])


@cache
def _function_words() -> Mapping[str, tuple[str, ...]]:
    """Every function word of a language in Latin letters, with the languages that have it."""
    found: dict[str, list[str]] = {}
    for code in codes():
        for entry in sections(code).get("function words", ()):
            if all(ord(letter) < _STARTS[7] for letter in entry):
                found.setdefault(entry, []).append(code)
    return {word: tuple(known) for word, known in found.items()}
