"""Learn the weights of store.attribution from gold data: ``python -m bench.train_speech GOLD.jsonl [WEIGHTS.txt]``.

GOLD holds one article a line: ``{"id", "source", "text", "quotes": [{"start", "end", "group", "cue", "kind", "speech",
"speaker", "speaker_start", "speaker_end", "speaker_name"}]}``. Only weights of features are written, never text.
The rankers are conditional logit models, the judge a logistic regression, both trained by AdaGrad with an L2 penalty
(Duchi, Hazan and Singer, 2011). Training is deterministic.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from typing import Any

from store.attribution import linear_model as ranker
from store.attribution.cues import content as contents
from store.attribution.cues import content_bounds as borders
from store.attribution.cues import subjects
from store.attribution.cues.clauses import Layout, lay_out
from store.attribution.cues.detection import Frame, credit_score, possible_frames, with_credit
from store.attribution.cues.noun_phrases import Phrase
from store.attribution.cues.subjects import NO_SUBJECT, Subject
from store.attribution.mentions.entities import find_cast
from store.attribution.quotations.marks import find_quotations
from store.attribution.speakers import candidates as quoted
from store.attribution.speakers import statements
from store.attribution.speakers.context import make_scene, report_frames
from store.attribution.tokens.segment import segment

WEIGHTS = Path(__file__).parent.parent / "store" / "speech" / "lexicon" / "weights.txt"
SMALLEST = 0.12
"""Weights nearer to zero are dropped: the file stays small and the scores the same."""
Article = dict[str, Any]
Item = dict[str, Any]
Rows = list[list[str]]


@dataclass
class Example:
    """Candidates with their features, which of them are right, and how much the example counts."""

    rows: Rows
    right: set[int]
    weight: float = 1.0


Examples = dict[str, list[Example]]


# --- learning ------------------------------------------------------------------------------------------------


def fit_ranker(
    examples: Sequence[Example],
    *,
    epochs: int = 5,
    rate: float = 0.07,
    penalty: float = 1e-3,
    rare: int = 8,
    smallest: float = SMALLEST,
) -> ranker.Weights:
    """Weights that make the right candidates probable among theirs; those under ``smallest`` are left out."""
    common = _common(examples, rare)
    prepared = [
        ([[f for f in row if f in common] for row in example.rows], example.right, example.weight)
        for example in examples
        if 0 < len(example.right) < len(example.rows)
    ]
    table: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-2)
    order = list(range(len(prepared)))
    shuffle = random.Random(1)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for number in order:
            rows, right, weight = prepared[number]
            values = [sum([table[f] for f in row]) for row in rows]
            top = max(values)
            powers = [exp(value - top) for value in values]
            total, good = sum(powers), sum(powers[index] for index in right)
            for index, row in enumerate(rows):
                share = powers[index] / total
                gradient = share - (powers[index] / good if index in right else 0.0)
                gradient *= weight
                if abs(gradient) < 1e-3:
                    continue
                for f in row:
                    step = gradient + penalty * len(prepared) * table[f] / 100
                    squares[f] += step * step
                    table[f] -= rate * step / sqrt(squares[f])
    return {f: round(100 * value) for f, value in table.items() if abs(value) >= smallest}


def fit_judge(
    examples: Sequence[Example],
    *,
    epochs: int = 6,
    rate: float = 0.07,
    penalty: float = 1e-3,
    rare: int = 6,
    smallest: float = SMALLEST,
) -> ranker.Weights:
    """Weights whose sum is the log odds that an example (one row, right or wrong) is right."""
    common = _common(examples, rare)
    prepared = [([f for f in e.rows[0] if f in common], bool(e.right), e.weight) for e in examples]
    table: defaultdict[str, float] = defaultdict(float)
    squares: defaultdict[str, float] = defaultdict(lambda: 1e-2)
    shuffle = random.Random(1)
    for _ in range(epochs):
        shuffle.shuffle(prepared)
        for row, right, weight in prepared:
            gradient = (ranker.probability(100 * sum([table[f] for f in row])) - right) * weight
            if abs(gradient) < 1e-3:
                continue
            for f in row:
                step = gradient + penalty * len(prepared) * table[f] / 100
                squares[f] += step * step
                table[f] -= rate * step / sqrt(squares[f])
    return {f: round(100 * value) for f, value in table.items() if abs(value) >= smallest}


def _common(examples: Iterable[Example], rare: int) -> set[str]:
    """Features that occur in at least ``rare`` examples."""
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update({f for row in example.rows for f in row})
    return {f for f, count in counts.items() if count >= rare}


# --- gold ----------------------------------------------------------------------------------------------------


class Prepared:
    """An article with its layout, its frames, and which gold attribution each frame is the cue of.

    ``layout``, ``frames`` and ``gold`` follow the model of cues that is installed when :meth:`refresh` is called.
    """

    def __init__(self, article: Article) -> None:
        text = article["text"]
        segments = segment(text)
        quotations = find_quotations(text, segments.paragraphs)
        self.article = article
        self.all_layout = lay_out(text, segments, quotations, find_cast(text, segments, quotations=quotations))
        self.all_frames = possible_frames(self.all_layout)
        self.all_gold: dict[int, list[Item]] = {}
        _align(self)
        self.layout, self.frames, self.gold = self.all_layout, self.all_frames, self.all_gold

    def refresh(self) -> None:
        """Keep the frames that the installed model of cues believes in."""
        self.layout, self.frames = with_credit(self.all_layout, self.all_frames)
        verbs = {self.all_frames[number].verb: items for number, items in self.all_gold.items()}
        self.gold = {number: verbs[f.verb] for number, f in enumerate(self.frames) if f.verb in verbs}


def prepare(article: Article) -> Prepared:
    """``article`` made ready for training."""
    return Prepared(article)


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
    """Whether ``phrase`` is, or begins, the speaker of a gold item."""
    if phrase is None or item["speaker_start"] is None:
        return False
    start, end = layout.starts[phrase.first], layout.ends[phrase.last - 1]
    head = item["speaker_start"] + len(re.split(r",| who ", item["speaker"])[0])
    return start < head and item["speaker_start"] < end


def overlap(layout: Layout, first: int, last: int, start: int, end: int) -> float:
    """Token F1 of tokens ``[first, last)`` and the gold span ``[start, end)``."""
    gold = {m.start() + start for m in re.finditer(r"\w+", layout.text[start:end])}
    mine = {layout.starts[at] + m.start() for at in range(first, last) for m in re.finditer(r"\w+", layout.texts[at])}
    return 2 * len(mine & gold) / (len(mine) + len(gold)) if mine and gold else 0.0


# --- examples ------------------------------------------------------------------------------------------------


def cue_examples(prepared: Prepared) -> list[Example]:
    """Examples of words used for speech and of words not so used; words of attitudes teach nothing."""
    examples: list[Example] = []
    for number, frame in enumerate(prepared.all_frames):
        items = prepared.all_gold.get(number)
        if items is None or is_counted(items):
            features = ranker.spelled(credit_score, prepared.all_layout, frame)
            examples.append(Example([features], {0} if items is not None else set()))
    return examples


def frame_examples(prepared: Prepared) -> Examples:
    """Examples of subject, side, left, start and end from the frames that are gold cues."""
    layout = prepared.layout
    examples: Examples = defaultdict(list)
    earlier: list[tuple[Frame, Subject]] = []
    for number, frame in enumerate(prepared.frames):
        items = prepared.gold.get(number)
        candidates = subjects.possible_subjects(layout, frame, earlier)
        subject = candidates[0]
        if items is None:
            subject, _ = subjects.choose_subject(layout, frame, earlier)
        else:
            right = {i for i, c in enumerate(candidates) if names_speaker(layout, c.phrase, items[0])}
            if not right and candidates[-1] == NO_SUBJECT:
                right = {len(candidates) - 1}
            if len(candidates) > 1:
                rows = ranker.spelled(subjects.subject_scores, layout, frame, candidates)
                examples["subject"].append(Example(rows, right))
            subject = candidates[min(right)] if right else NO_SUBJECT
            following = prepared.frames[number + 1] if number + 1 < len(prepared.frames) else None
            if right:
                _content_examples(examples, layout, frame, subject, items, following)
        earlier.append((frame, subject))
    return examples


def _content_examples(
    examples: Examples, layout: Layout, frame: Frame, subject: Subject, items: Sequence[Item], following: Frame | None
) -> None:
    tag = subjects.tag_of(frame, subject)
    unit = layout.units[frame.unit]
    begin, end = layout.starts[tag.first], layout.ends[tag.last - 1]
    low, high = layout.starts[unit.first], layout.ends[unit.last - 1]
    left = [i for i in items if i["end"] <= begin + 1 and i["end"] > low]
    right = [i for i in items if i["start"] >= end - 1 and i["start"] < high]
    side = {(0, 0): "none", (1, 0): "left", (0, 1): "right", (1, 1): "both"}[bool(left), bool(right)]
    base = ranker.spelled(contents.side_scores, layout, frame, subject, tag)
    rows = [[f"{name}{ranker.BAR}{feature}" for feature in base] for name in contents.SIDES]
    examples["side"].append(Example(rows, {contents.SIDES.index(side)}))
    if left:
        item = left[-1]
        last = tag.first
        while last > unit.first and layout.starts[last - 1] >= item["end"]:
            last -= 1
        starts = borders.left_starts(layout, unit, last)
        values = [overlap(layout, start, last, item["start"], item["end"]) for start in starts]
        rows = [ranker.spelled(borders.left_score, layout, frame, unit, s, last) for s in starts]
        _add(examples["left"], rows, values)
    if right:
        item = right[0]
        starts = borders.right_starts(layout, frame, tag)
        distances = [-abs(layout.starts[s] - item["start"]) for s in starts]
        if not starts:
            return
        nearest = max(distances)
        if nearest > -30:
            split = side == "both"
            rows = ranker.spelled(borders.start_scores, layout, frame, subject, tag, starts, split)
            examples["start"].append(Example(rows, {i for i, d in enumerate(distances) if d == nearest}))
            start = starts[distances.index(nearest)]
            ends = borders.right_ends(layout, frame, start, following)
            values = [overlap(layout, start, e, item["start"], item["end"]) for e in ends]
            rows = ranker.spelled(borders.end_scores, layout, frame, start, ends, following)
            _add(examples["end"], rows, values)


def _add(examples: list[Example], rows: Rows, values: Sequence[float]) -> None:
    if values and max(values) > 0.5:
        examples.append(Example(rows, {i for i, value in enumerate(values) if value >= max(values) - 0.02}))


def train_frames(articles: Sequence[Prepared]) -> dict[str, ranker.Weights]:
    """The five models of frames: subjects are learned first, since the contents depend on them."""
    models: dict[str, ranker.Weights] = {"cue": fit_judge([e for a in articles for e in cue_examples(a)])}
    ranker.install(models)
    for article in articles:
        article.refresh()
    for names in (("subject",), ("subject", "side", "left", "start", "end")):
        examples: Examples = defaultdict(list)
        for article in articles:
            for name, found in frame_examples(article).items():
                examples[name].extend(found)
        for name in names:
            models[name] = fit_ranker(examples[name])
        ranker.install(models)
    return models


# --- quotations and judging ----------------------------------------------------------------------------------


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
    words = [w for w in re.findall(r"\w+", (item["speaker_name"] or "").lower()) if w not in ("jr", "sr", "ii", "iii")]
    return words[-1] if words else str(item["speaker"] or "").lower()


def source_examples(prepared: Prepared) -> list[Example]:
    """One example for each quotation: which candidate is its speaker, or that it is no statement."""
    layout = prepared.layout
    scene = make_scene(layout, report_frames(layout, prepared.frames))
    speakers = Speakers(prepared.article)
    examples: list[Example] = []
    before: quoted.Before | None = None
    for number, box in enumerate(layout.quotations):
        candidates = quoted.possible_sources(scene, number, before)
        rows = ranker.spelled(quoted.source_scores, scene, number, candidates)
        item = _item_of(prepared.article, box.start, box.end)
        table = ranker.weights("source")
        chosen = candidates[ranker.choose([ranker.score(row, table) for row in rows])[0]]
        if item is None:
            right = {len(candidates) - 1}
        elif item["speaker"] is None:
            right = set()
        else:
            right = {i for i, c in enumerate(candidates) if speakers.same(layout, c.phrase, item)}
        if right:
            examples.append(Example(rows, right))
            chosen = candidates[min(right)]
        if chosen.phrase is not None:
            before = quoted.Before(number, chosen)
    return examples


def _item_of(article: Article, start: int, end: int) -> Item | None:
    """The first gold item that holds at least half of ``[start, end)`` and is speech or quoted."""
    for item in article["quotes"]:
        if 2 * (min(end, item["end"]) - max(start, item["start"])) > end - start:
            found: Item = item
            return found
    return None


def judge_examples(prepared: Prepared) -> list[Example]:
    """One example for each draft: whether it is a statement with the right extent and speaker."""
    layout = prepared.layout
    scene = make_scene(layout, report_frames(layout, prepared.frames))
    chosen = statements.choose_sources(scene)
    speakers = Speakers(prepared.article)
    drafts = [
        *ranker.spelled(statements.drafts_of_reports, scene, chosen),
        *ranker.spelled(statements.drafts_of_quotations, scene, chosen, set()),
    ]
    examples: list[Example] = []
    for draft in drafts:
        verdicts = [_verdict(prepared, speakers, draft, span.start, span.end) for span in draft.spans]
        counted = [verdict for verdict in verdicts if verdict is not None]
        if counted:
            right = 2 * sum(counted) >= len(counted)
            examples.append(Example([draft.score], {0} if right else set(), len(counted) ** 0.5))
    return examples


def _verdict(prepared: Prepared, speakers: Speakers, draft: statements.Draft, start: int, end: int) -> bool | None:
    """Whether one span of a draft is right; None when gold does not count it."""
    layout = prepared.layout
    mine = {m.start() + start for m in re.finditer(r"\w+", layout.text[start:end])}
    ignored = False
    for item in prepared.article["quotes"]:
        if item["end"] <= start or end <= item["start"]:
            continue
        gold = {m.start() + item["start"] for m in re.finditer(r"\w+", item["text"])}
        common = len(mine & gold)
        counted = item["speaker"] is not None and (item["speech"] or item["kind"] != "indirect")
        inside = draft.quotations and item["kind"] == "mixed" and common >= 0.9 * len(mine) and draft.source is not None
        if 2 * common >= 0.8 * (len(mine) + len(gold)) or inside:
            if not counted:
                return None
            return speakers.same(layout, draft.phrase, item)
        if not counted and 2 * common > len(mine):
            ignored = True
    return None if ignored else False


def train(articles: Sequence[Prepared], folds: int = 3) -> dict[str, ranker.Weights]:
    """All models. The judge learns from articles that the models it judges have not seen."""
    verdicts: list[Example] = []
    for fold in range(folds):
        seen = [article for number, article in enumerate(articles) if number % folds != fold]
        _train_rankers(seen)
        for number, article in enumerate(articles):
            if number % folds == fold:
                article.refresh()
                verdicts.extend(judge_examples(article))
    models = _train_rankers(articles)
    models["judge"] = fit_judge(verdicts)
    ranker.install(models)
    return models


def _train_rankers(articles: Sequence[Prepared]) -> dict[str, ranker.Weights]:
    models = train_frames(articles)
    examples = [example for article in articles for example in source_examples(article)]
    models["source"] = fit_ranker(examples)
    ranker.install(models)
    return models


def load(path: str) -> list[Article]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def save(models: dict[str, ranker.Weights], path: Path) -> None:
    """Write the weights as :func:`store.attribution.linear_model.parse` reads them."""
    path.write_text(ranker.render(models), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    articles = [prepare(article) for article in load(arguments[0])]
    save(train(articles), Path(arguments[1]) if len(arguments) > 1 else WEIGHTS)


if __name__ == "__main__":
    main(sys.argv[1:])
