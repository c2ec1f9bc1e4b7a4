"""Learn which capitalised words are people: ``python -m bench.train_names GOLD.jsonl [WEIGHTS.txt]``.

GOLD holds one article a line: ``{"source", "text", "people_list": [{"name"}]}``, with every real person that the text
names. A stretch of words is right when it is a full name of the list, its beginning or its end. Only weights of
features are written, never text.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import made_up_names
from store.attribution import linear_model
from store.attribution.mentions import name_clusters, name_model
from store.attribution.mentions.name_runs import find_runs
from store.attribution.mentions.name_similarity import key_of
from store.attribution.mentions.names import by_lists, find_names
from store.attribution.quotations.marks import find_quotations
from store.attribution.tokens.segment import segment
from store.attribution.tokens.tagged import TaggedText, read
from tools.learning import Example, fit_judge, fit_ranker

WEIGHTS = Path(name_model.__file__).parent.parent / "lexicon" / "name_weights.txt"
MADE_UP = 0.5
"""How much an invented sentence counts."""
Article = dict[str, Any]


def examples(article: Article) -> list[Example]:
    """The runs of several words of an article, each with its stretches and which of them are people."""
    reading = _reading(article)
    parts = _parts_of_names(article)
    runs = list(find_runs(reading))
    facts = name_model.facts_of(reading, runs)
    found: list[Example] = []
    for run in runs:
        if len(run) > 1:
            by_hand = by_lists(reading, run)
            rows = list(name_model.stretches(reading, run, facts, by_hand))
            keys = name_model.keys_of(reading, run)
            people = _longest(keys, parts)
            right = {number for number, stretch in enumerate(by_hand) if stretch in people}
            found.append(Example(rows, right or {len(by_hand)}, MADE_UP if "made up" in article else 1.0))
    return found


def _reading(article: Article) -> TaggedText:
    segments = segment(article["text"])
    return read(article["text"], segments, find_quotations(article["text"], segments.paragraphs))


def _parts_of_names(article: Article) -> set[tuple[str, ...]]:
    """The full names of an article, their beginnings and their ends, of two words and more; first and last word."""
    parts: set[tuple[str, ...]] = set()
    for person in article["people_list"]:
        words = [word.rstrip(".") for word in re.findall(r"[\w'’.-]+", person["name"].lower())]
        for cut in range(len(words) - 1):
            parts |= {tuple(words[cut:]), tuple(words[: len(words) - cut])}
        if len(words) > 2:
            parts.add((words[0], words[-1]))
    return parts


def _longest(keys: Sequence[str], parts: set[tuple[str, ...]]) -> set[name_model.Stretch]:
    """The stretches of a run that are parts of names and lie in no longer one."""
    found: set[name_model.Stretch] = set()
    first = 0
    while first < len(keys) - 1:
        last = next((at for at in range(len(keys) - 1, first, -1) if tuple(keys[first : at + 1]) in parts), 0)
        if last:
            found.add((first, last))
        first = last + 1 if last else first + 1
    return found


def examples_alone(article: Article) -> list[Example]:
    """The words that stand alone in an article and belong to no full name that was found; whether they are people."""
    reading = _reading(article)
    found: list[Example] = []
    words = {
        word for person in article["people_list"] for word in map(key_of, re.findall(r"[\w'’.-]+", person["name"]))
    }

    def note(reading: TaggedText, places: Sequence[tuple[int, int]], by_hand: float, facts: name_model.Facts) -> bool:
        rows = [name_model.alone(reading, places, by_hand, facts)]
        found.append(Example(rows, {0} if key_of(reading.lows[places[0][1]]) in words else set()))
        return False

    names, facts = find_names(reading)
    judge = name_clusters.is_person_alone
    name_clusters.is_person_alone = note
    try:
        name_clusters.identify(reading, names, facts)
    finally:
        name_clusters.is_person_alone = judge
    return found


def train(articles: Sequence[Article]) -> dict[str, linear_model.Weights]:
    """The weights that the articles teach."""
    rows = [example for article in [*articles, *made_up_names.articles()] for example in examples(article)]
    weights = {"stretch": fit_ranker(rows, epochs=10, rate=0.06, penalty=2e-3, rare=4, smallest=0.03)}
    name_model.install(weights)
    rows = [example for article in articles for example in examples_alone(article)]
    weights["alone"] = fit_judge(rows, epochs=12, rate=0.05, penalty=2e-3, rare=4, smallest=0.03)
    name_model.install(weights)
    return weights


def main() -> None:
    """Train on a file of gold and write the weights."""
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    with Path(arguments[0]).open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    target = Path(arguments[1]) if len(arguments) > 1 else WEIGHTS
    target.write_text(linear_model.render(train(articles)), encoding="utf-8")


if __name__ == "__main__":
    main()
