"""Examples for each model of store.attribution, drawn from gold articles.

Names of features are spelled for many articles at a time (see :func:`store.attribution.linear_model.spelling`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from store.attribution import linear_model
from store.attribution.cues import content as contents
from store.attribution.cues import content_bounds as borders
from store.attribution.cues import subjects
from store.attribution.cues.clauses import Layout
from store.attribution.cues.detection import Frame, credit_score
from store.attribution.cues.subjects import NO_SUBJECT, Subject
from store.attribution.mentions.antecedents import Candidate
from store.attribution.mentions.coreference import Resolver
from store.attribution.mentions.discourse import Discourse
from store.attribution.mentions.entities import people_read
from store.attribution.mentions.nominals import find_nominals
from store.attribution.quotations.marks import find_quotations
from store.attribution.speakers import candidates as quoted
from store.attribution.speakers import statements
from store.attribution.speakers.certainty import certainty_score
from store.attribution.speakers.context import Scene, make_scene, report_frames
from store.attribution.speakers.records import Narrator
from store.attribution.tokens.segment import segment
from tools.gold import Article, Item, Prepared, Speakers, is_counted, is_same_name, names_speaker, overlap, words_of
from tools.learning import Example, Row

Examples = dict[str, list[Example]]


def _choice(model: str, rows: Sequence[Row]) -> int:
    table = linear_model.weights(model)
    return linear_model.choose([linear_model.score(row, table) for row in rows])[0]


# --- antecedents ----------------------------------------------------------------------------------------------


def antecedent_examples(articles: Iterable[Article]) -> list[Example]:
    """One example for each pronoun or noun phrase that speaks and of which gold tells who it is."""
    examples: list[Example] = []
    with linear_model.spelling():
        for article in articles:
            examples += _antecedents(article)
    return examples


def _antecedents(article: Article) -> Iterator[Example]:
    meant = {
        item["speaker_start"]: item["speaker_resolved"]
        for item in article["quotes"]
        if item.get("speaker_resolved") and item["speaker_type"] in ("pronoun", "nominal", "org")
    }
    if not meant:
        return
    text = article["text"]
    segments = segment(text)
    reading, names, identities = people_read(text, segments, find_quotations(text, segments.paragraphs))
    discourse = Discourse(reading, names, identities)
    found: list[Example] = []

    def teach(at: int, candidates: Sequence[Candidate], rows: Sequence[Any]) -> tuple[int, float]:
        who = meant.get(reading.starts[at])
        if who is None:
            return _choice("antecedent", rows), 1.0
        right = {n for n, one in enumerate(candidates) if _is_called(discourse, one.entity, who)}
        named = any(_is_called(discourse, number, who) for number in range(len(discourse.entities)))
        if not right and named and reading.texts[at].lower() in ("he", "she"):
            return _choice("antecedent", rows), 1.0
        found.append(Example(rows, right or {len(candidates)}))
        return min(right, default=len(candidates)), 1.0

    discourse.pick = teach
    Resolver(discourse, find_nominals(reading, names)).run()
    yield from found


def _is_called(discourse: Discourse, number: int, who: str) -> bool:
    entity = discourse.entities[number]
    if any(is_same_name(form, who) for form in (entity.name, *entity.forms)):
        return True
    bare = [
        " ".join(word for word in name.lower().split() if word not in ("the", "a", "an")) for name in (entity.name, who)
    ]
    return bare[0] == bare[1]


# --- frames ---------------------------------------------------------------------------------------------------


def cue_examples(articles: Sequence[Prepared]) -> list[Example]:
    """Examples of words used for speech and of words not so used; words of attitudes teach nothing."""
    examples: list[Example] = []
    with linear_model.spelling():
        for prepared in articles:
            for number, frame in enumerate(prepared.all_frames):
                items = prepared.all_gold.get(number)
                if items is None or is_counted(items):
                    features: Any = credit_score(prepared.all_layout, frame)
                    right = {0} if items is not None else set()
                    examples.append(Example([features], right, prepared.weight))
    return examples


def frame_examples(articles: Sequence[Prepared]) -> Examples:
    """Examples of subject, side, left, start and end from the frames that are gold cues."""
    examples: Examples = defaultdict(list)
    with linear_model.spelling():
        for prepared in articles:
            one: Examples = defaultdict(list)
            _frames(prepared, one)
            for name, found in one.items():
                for example in found:
                    example.weight = prepared.weight
                examples[name] += found
    return examples


def _frames(prepared: Prepared, examples: Examples) -> None:
    layout = prepared.layout
    earlier: list[tuple[Frame, Subject]] = []
    for number, frame in enumerate(prepared.frames):
        items = prepared.gold.get(number)
        candidates = subjects.possible_subjects(layout, frame, earlier)
        subject = candidates[0]
        rows: Any = subjects.subject_scores(layout, frame, candidates) if len(candidates) > 1 else ()
        if items is None:
            subject = candidates[_choice("subject", rows)] if rows else candidates[0]
        else:
            right = {i for i, c in enumerate(candidates) if names_speaker(layout, c.phrase, items[0])}
            if not right and candidates[-1] == NO_SUBJECT:
                right = {len(candidates) - 1}
            if rows:
                examples["subject"].append(Example(rows, right))
            subject = candidates[min(right)] if right else NO_SUBJECT
            following = prepared.frames[number + 1] if number + 1 < len(prepared.frames) else None
            if right:
                _contents(examples, layout, frame, subject, items, following)
        earlier.append((frame, subject))


def _contents(
    examples: Examples, layout: Layout, frame: Frame, subject: Subject, items: Sequence[Item], following: Frame | None
) -> None:
    tag = subjects.tag_of(frame, subject)
    unit = layout.units[frame.unit]
    begin, end = layout.starts[tag.first], layout.ends[tag.last - 1]
    low, high = layout.starts[unit.first], layout.ends[unit.last - 1]
    left = [i for i in items if i["end"] <= begin + 1 and i["end"] > low]
    right = [i for i in items if i["start"] >= end - 1 and i["start"] < high]
    side = {(0, 0): "none", (1, 0): "left", (0, 1): "right", (1, 1): "both"}[bool(left), bool(right)]
    base: Any = contents.side_scores(layout, frame, subject, tag)
    rows: Any = [[f"{name}{linear_model.BAR}{feature}" for feature in base] for name in contents.SIDES]
    examples["side"].append(Example(rows, {contents.SIDES.index(side)}))
    if left:
        item = left[-1]
        last = tag.first
        while last > unit.first and layout.starts[last - 1] >= item["end"]:
            last -= 1
        starts = borders.left_starts(layout, unit, last)
        values = [overlap(layout, start, last, item["start"], item["end"]) for start in starts]
        rows = [borders.left_score(layout, frame, unit, start, last) for start in starts]
        _add(examples["left"], rows, values)
    if right:
        item = right[0]
        starts = borders.right_starts(layout, frame, tag)
        distances = [-abs(layout.starts[s] - item["start"]) for s in starts]
        if not starts:
            return
        nearest = max(distances)
        if nearest > -30:
            rows = borders.start_scores(layout, frame, subject, tag, starts, side == "both")
            examples["start"].append(Example(rows, {i for i, d in enumerate(distances) if d == nearest}))
            start = starts[distances.index(nearest)]
            ends = borders.right_ends(layout, frame, start, following)
            values = [overlap(layout, start, e, item["start"], item["end"]) for e in ends]
            rows = borders.end_scores(layout, frame, start, ends, following)
            _add(examples["end"], rows, values)


def _add(examples: list[Example], rows: Sequence[Row], values: Sequence[float]) -> None:
    if values and max(values) > 0.5:
        examples.append(Example(rows, {i for i, value in enumerate(values) if value >= max(values) - 0.02}))


# --- quotations -----------------------------------------------------------------------------------------------


def scenes(articles: Sequence[Prepared]) -> list[Scene]:
    """The articles as the installed models of frames read them."""
    found: list[Scene] = []
    for prepared in articles:
        prepared.refresh()
        found.append(make_scene(prepared.layout, report_frames(prepared.layout, prepared.frames)))
    return found


def source_examples(articles: Sequence[Prepared]) -> list[Example]:
    """One example for each quotation: which candidate is its speaker, or that it is no statement."""
    read = scenes(articles)
    examples: list[Example] = []
    with linear_model.spelling():
        for prepared, scene in zip(articles, read, strict=True):
            examples += _sources(prepared, scene)
    return examples


def _sources(prepared: Prepared, scene: Scene) -> Iterator[Example]:
    layout = prepared.layout
    speakers = Speakers(prepared.article)
    before: quoted.Before | None = None
    for number, box in enumerate(layout.quotations):
        candidates = quoted.possible_sources(scene, number, before)
        rows: Any = quoted.source_scores(scene, number, candidates)
        item = _item_of(prepared.article, box.start, box.end)
        chosen = candidates[_choice("source", rows)]
        if item is None:
            right = {len(candidates) - 1} if candidates[-1] == quoted.NOBODY else set()
        elif item["speaker"] is None:
            right = set()
        else:
            right = {i for i, c in enumerate(candidates) if speakers.same(layout, c.phrase, item)}
        if right:
            yield Example(rows, right, prepared.weight)
            chosen = candidates[min(right)]
        if chosen.phrase is not None:
            before = quoted.Before(number, chosen)


def _item_of(article: Article, start: int, end: int) -> Item | None:
    """The first gold item that holds at least half of ``[start, end)`` and is speech or quoted."""
    for item in article["quotes"]:
        if 2 * (min(end, item["end"]) - max(start, item["start"])) > end - start:
            found: Item = item
            return found
    return None


# --- statements -----------------------------------------------------------------------------------------------


def statement_examples(articles: Sequence[Prepared]) -> Examples:
    """Of each draft whether it is a statement with the right extent and speaker (judge); of the right ones among the
    articles where gold tells who every speaker is, whether the person named for it is right (speaker).
    """
    read = scenes(articles)
    chosen = [statements.choose_sources(scene) for scene in read]
    examples: Examples = defaultdict(list)
    with linear_model.spelling():
        for prepared, scene, sources in zip(articles, read, chosen, strict=True):
            drafts = [
                *statements.drafts_of_reports(scene, sources),
                *statements.drafts_of_quotations(scene, sources, set()),
            ]
            _statements(prepared, scene, drafts, examples)
    return examples


def _statements(prepared: Prepared, scene: Scene, drafts: Sequence[statements.Draft], examples: Examples) -> None:
    speakers = Speakers(prepared.article)
    narrator = Narrator(scene, prepared.cast)
    for draft in drafts:
        verdicts = [_verdict(prepared, speakers, draft, span.start, span.end) for span in draft.spans]
        counted = [verdict for verdict in verdicts if verdict is not None]
        if counted:
            right = {0} if 2 * sum(counted) >= len(counted) else set()
            row: Any = draft.score
            examples["judge"].append(Example([row], right, prepared.weight * len(counted) ** 0.5))
        matched = [item for span in draft.spans if (item := _matched(prepared, span.start, span.end)) is not None]
        if matched and draft.phrase is not None and _is_resolved(matched[0]):
            speaker = narrator.speaker(draft.phrase)
            row = certainty_score(scene, draft, speaker.mention, speaker.several)
            good = _is_meant(prepared, speakers, draft, speaker.name, matched[0])
            examples["speaker"].append(Example([row], {0} if good else set(), prepared.weight / 2))


def _is_resolved(item: Item) -> bool:
    """Whether gold tells who the speaker is, however the text calls him or her there."""
    return "speaker_resolved" in item or item["speaker_type"] in ("name", "org")


def _is_meant(prepared: Prepared, speakers: Speakers, draft: statements.Draft, name: str, item: Item) -> bool:
    """Whether a reader sees the right speaker: by name where gold has one, else by the words of the phrase."""
    if item["speaker_name"]:
        return is_same_name(name, item["speaker_name"])
    return speakers.same(prepared.layout, draft.phrase, item)


def _matched(prepared: Prepared, start: int, end: int) -> Item | None:
    """The gold statement with a speaker that ``[start, end)`` agrees with or lies in."""
    mine = words_of(prepared.article["text"], start, end)
    for item in prepared.article["quotes"]:
        if item["end"] <= start or end <= item["start"] or item["speaker"] is None:
            continue
        gold = words_of(prepared.article["text"], item["start"], item["end"])
        if len(mine & gold) >= 0.8 * min(len(mine), len(gold)):
            found: Item = item
            return found
    return None


def _verdict(prepared: Prepared, speakers: Speakers, draft: statements.Draft, start: int, end: int) -> bool | None:
    """Whether one span of a draft is right; None when gold does not count it."""
    layout = prepared.layout
    mine = words_of(layout.text, start, end)
    ignored = False
    for item in prepared.article["quotes"]:
        if item["end"] <= start or end <= item["start"]:
            continue
        gold = words_of(layout.text, item["start"], item["end"])
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
