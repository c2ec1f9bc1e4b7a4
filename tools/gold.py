"""Gold data as training reads it: articles with their layout and frames, and what gold says of them.

One article a line: ``{"id", "source", "text", "quotes": [{"start", "end", "group", "cue", "kind", "speech", "speaker",
"speaker_start", "speaker_end", "speaker_name", "speaker_resolved"}]}``; the last one may be missing.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store.attribution.cues.clauses import RELATIVE, Layout, lay_out
from store.attribution.cues.detection import possible_frames, with_credit
from store.attribution.cues.noun_phrases import Phrase
from store.attribution.mentions.entities import find_cast
from store.attribution.quotations.marks import find_quotations
from store.attribution.tokens.segment import segment

Article = dict[str, Any]
Item = dict[str, Any]
_SUFFIXES = ("jr", "sr", "ii", "iii", "iv")


def load(path: str | Path) -> list[Article]:
    """The articles of a file of JSON lines."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


class Prepared:
    """An article with its layout, its frames, and which gold attribution each frame is the cue of.

    The layout follows the model of antecedents that is installed when it is made; ``layout``, ``frames`` and ``gold``
    follow the model of cues that is installed when :meth:`refresh` is called. ``weight`` is what its examples count.
    """

    def __init__(self, article: Article, weight: float = 1.0) -> None:
        text = article["text"]
        segments = segment(text)
        quotations = find_quotations(text, segments.paragraphs)
        self.article = article
        self.weight = weight
        self.cast = find_cast(text, segments, quotations=quotations)
        self.all_layout = lay_out(text, segments, quotations, self.cast)
        self.all_frames = possible_frames(self.all_layout)
        self.all_gold: dict[int, list[Item]] = {}
        _align(self)
        self.layout, self.frames, self.gold = self.all_layout, self.all_frames, self.all_gold

    def refresh(self) -> None:
        """Keep the frames that the installed model of cues believes in."""
        self.layout, self.frames = with_credit(self.all_layout, self.all_frames)
        verbs = {self.all_frames[number].verb: items for number, items in self.all_gold.items()}
        self.gold = {number: verbs[f.verb] for number, f in enumerate(self.frames) if f.verb in verbs}


def _align(prepared: Prepared) -> None:
    """Give each gold attribution the nearest frame whose verb is a word of its cue."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in prepared.article["quotes"]:
        groups[item["group"]].append(item)
    for items in groups.values():
        cue = items[0]["cue"].lower()
        words = set(re.findall(r"\w+", cue)) | ({cue.strip()} if not re.search(r"\w", cue) else set())
        if cue.strip().endswith(":"):
            words.add(":")
        low, high = min(i["start"] for i in items), max(i["end"] for i in items)
        nearest, least = -1, 250.0
        for number, frame in enumerate(prepared.all_frames):
            word, at = prepared.all_layout.lows[frame.verb], prepared.all_layout.starts[frame.verb]
            if word not in words or number in prepared.all_gold:
                continue
            distance = 0.0 if low <= at < high else float(min(abs(at - low), abs(at - high)))
            if any(i["start"] <= at < i["end"] for i in items):
                distance += 100
            if items[0]["speaker_start"] is not None:
                near = min(abs(at - items[0]["speaker_start"]), abs(at - items[0]["speaker_end"]))
                distance += 0.5 * near
            if word == ":":
                distance += 20
            if distance < least:
                nearest, least = number, distance
        if nearest >= 0:
            prepared.all_gold[nearest] = items


def is_counted(items: Sequence[Item]) -> bool:
    """Whether an attribution is one of speech with a speaker."""
    return bool(items[0]["speech"]) and items[0]["speaker"] is not None


def names_speaker(layout: Layout, phrase: Phrase | None, item: Item) -> bool:
    """Whether ``phrase`` is, or begins, the speaker of a gold item, or is what the speaker ``who`` refers to."""
    if phrase is None or item["speaker_start"] is None:
        return False
    start, end = layout.starts[phrase.first], layout.ends[phrase.last - 1]
    if item["speaker"].strip().lower() in RELATIVE:
        return 0 <= item["speaker_start"] - end <= 4
    head = item["speaker_start"] + len(re.split(r",| who ", item["speaker"])[0])
    return start < head and item["speaker_start"] < end


def overlap(layout: Layout, first: int, last: int, start: int, end: int) -> float:
    """Token F1 of tokens ``[first, last)`` and the gold span ``[start, end)``."""
    gold = words_of(layout.text, start, end)
    mine = {layout.starts[at] + m.start() for at in range(first, last) for m in re.finditer(r"\w+", layout.texts[at])}
    return 2 * len(mine & gold) / (len(mine) + len(gold)) if mine and gold else 0.0


def words_of(text: str, start: int, end: int) -> set[int]:
    """Where the words of ``text[start:end]`` begin."""
    return {match.start() for match in re.compile(r"\w+").finditer(text, start, end)}


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are of one person as far as they tell: the last names are the same, the first agree."""
    first, second = _words(one), _words(other)
    if not first or not second or first[-1] != second[-1]:
        return False
    return len(first) == 1 or len(second) == 1 or first[0][0] == second[0][0]


def _words(name: str) -> list[str]:
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s?\b", "", name.lower()).replace(".", " "))
    return [word for word in words if word not in _SUFFIXES]


class Speakers:
    """The speakers that gold names in an article, to tell whether a phrase means the right one."""

    def __init__(self, article: Article) -> None:
        self.spans = sorted(
            {
                (item["speaker_start"], item["speaker_end"], _speaker_key(item))
                for item in article["quotes"]
                if item["speaker_start"] is not None
            }
        )

    def same(self, layout: Layout, phrase: Phrase | None, item: Item) -> bool:
        """Whether ``phrase`` is the speaker of ``item``, or a mention of the same name elsewhere."""
        if phrase is None:
            return False
        if names_speaker(layout, phrase, item):
            return True
        start, end = layout.starts[phrase.first], layout.ends[phrase.last - 1]
        key = _speaker_key(item)
        if not item["speaker_name"]:
            return layout.text[start:end].lower() == item["speaker"].lower()
        if key in layout.text[start:end].lower():
            return True
        return any(s < end and start < e and k == key for s, e, k in self.spans)


def _speaker_key(item: Item) -> str:
    """The last name of a named speaker, else the words of the speaker; lower case."""
    words = _words(item["speaker_name"] or "")
    return words[-1] if words else str(item["speaker"] or "").lower()
