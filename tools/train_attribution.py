"""Learn the weights of store.attribution: ``python -m tools.train_attribution GOLD.jsonl … [--cross OUT.jsonl]``.

Articles are as ``tools.gold`` says; only weights of features are written, never text. The sources of the articles are
dealt into folds. The judge and the certainty of speakers learn from articles that the models they judge have not seen.
With ``--cross`` what the engine finds in each fold with weights that have not seen its sources is written to OUT, one
article a line as ``newsdash extract --jsonl`` writes it, the weights beside it as OUT.0, OUT.1, …; the weights that
ship stay as they are unless ``--save``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from multiprocessing import Pool
from pathlib import Path

from tui.console.speech import pieces_as_json

from store.attribution import analyse, linear_model
from store.attribution.linear_model import Weights
from tools import examples
from tools.examples import Examples
from tools.gold import Article, Prepared, load
from tools.learning import Example, fit_judge, fit_ranker

WEIGHTS = Path(__file__).parent.parent / "store" / "attribution" / "lexicon" / "weights.txt"
FOLDS = 3
VARIED = 2.0
"""What an example of varied news counts, of which there are fewer than of the political news."""
Models = dict[str, Weights]


def folds_of(articles: Sequence[Article]) -> dict[str, int]:
    """The fold of each source: the largest source first, each to the fold that has least."""
    sizes = Counter(article["source"] for article in articles)
    filled = [0] * FOLDS
    folds: dict[str, int] = {}
    for source, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        folds[source] = filled.index(min(filled))
        filled[folds[source]] += size
    return folds


def weight_of(article: Article) -> float:
    """What the examples of an article count: gold that tells who "he" is is of varied news."""
    return VARIED if "people_list" in article else 1.0


def train_rankers(articles: Sequence[Article]) -> tuple[Models, list[Prepared]]:
    """All models but those that judge, which are installed, and the articles prepared with them."""
    linear_model.install({})
    antecedent = examples.antecedent_examples(articles)
    models: Models = {"antecedent": fit_ranker(antecedent, rare=4, epochs=8, penalty=1e-2)}
    linear_model.install(models)
    prepared = [Prepared(article, weight_of(article)) for article in articles]
    models["cue"] = fit_judge(examples.cue_examples(prepared))
    linear_model.install(models)
    for article in prepared:
        article.refresh()
    models["subject"] = fit_ranker(examples.frame_examples(prepared)["subject"])
    linear_model.install(models)
    found = examples.frame_examples(prepared)
    for name in ("subject", "side", "left", "start", "end"):
        models[name] = fit_ranker(found[name])
    linear_model.install(models)
    models["source"] = fit_ranker(examples.source_examples(prepared))
    linear_model.install(models)
    return models, prepared


def train_judges(found: Iterable[Examples]) -> Models:
    """The models that judge what the others found."""
    together: dict[str, list[Example]] = defaultdict(list)
    for one in found:
        for name, more in one.items():
            together[name] += more
    return {
        "judge": fit_judge(together["judge"]),
        "speaker": fit_judge(together["speaker"], rare=5, epochs=8, penalty=1e-3),
    }


class Fold:
    """A set of folds to learn from, and the articles of all folds."""

    def __init__(self, dealt: Sequence[Sequence[Article]], learned: Sequence[int]) -> None:
        self.dealt = dealt
        self.learned = learned

    def run(self) -> tuple[Models, dict[int, Examples]]:
        """Rankers that learned from the folds ``learned``, and what they teach the judges in each of the others."""
        models, _ = train_rankers([article for number in self.learned for article in self.dealt[number]])
        others = [number for number in range(len(self.dealt)) if number not in self.learned]
        judged = {
            number: examples.statement_examples([Prepared(a, weight_of(a)) for a in self.dealt[number]])
            for number in others
        }
        return models, judged


def _run(fold: Fold) -> tuple[Models, dict[int, Examples]]:
    return fold.run()


def _predict(task: tuple[Models, Sequence[Article]]) -> list[str]:
    models, articles = task
    linear_model.install(models)
    lines: list[str] = []
    for article in articles:
        analysis = analyse(article["text"])
        found = pieces_as_json(analysis, article["text"])
        confidences = [quote.confidence for quote in analysis.quotes for _ in quote.spans]
        rules = [quote.rule for quote in analysis.quotes for _ in quote.spans]
        for quote, confidence, rule in zip(found["quotes"], confidences, rules, strict=True):
            quote |= {"confidence": confidence, "rule": rule}
        lines.append(json.dumps({"id": article["id"], **found}))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--cross", metavar="OUT")
    parser.add_argument("--save", metavar="WEIGHTS", nargs="?", const=str(WEIGHTS))
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    articles = [article for path in options.gold for article in load(path)]
    fold_of = folds_of(articles)
    dealt = [[a for a in articles if fold_of[a["source"]] == number] for number in range(FOLDS)]
    every = tuple(range(FOLDS))
    sets = [tuple(sorted(set(every) - {number})) for number in every]
    if options.cross:
        sets += [one for one in combinations(every, FOLDS - 2) if one not in sets]
    if options.save or not options.cross:
        sets.insert(0, every)
    with Pool(options.jobs, maxtasksperchild=1) as pool:
        outcomes = pool.map(_run, [Fold(dealt, one) for one in sets], chunksize=1)
        learned = dict(zip(sets, outcomes, strict=True))
        if options.cross:
            tasks = [_crossed(learned, dealt, number) for number in every]
            for number, (models, _) in enumerate(tasks):
                Path(f"{options.cross}.{number}").write_text(linear_model.render(models), encoding="utf-8")
            lines = [line for found in pool.map(_predict, tasks, chunksize=1) for line in found]
            Path(options.cross).write_text("\n".join(lines) + "\n", encoding="utf-8")
        if every in learned:
            models = learned[every][0]
            models |= train_judges(learned[_without(number)][1][number] for number in every)
            Path(options.save or WEIGHTS).write_text(linear_model.render(models), encoding="utf-8")


def _without(*numbers: int) -> tuple[int, ...]:
    return tuple(number for number in range(FOLDS) if number not in numbers)


def _crossed(
    learned: dict[tuple[int, ...], tuple[Models, dict[int, Examples]]], dealt: Sequence[Sequence[Article]], left: int
) -> tuple[Models, Sequence[Article]]:
    """Models that have not seen the fold ``left``, and its articles."""
    judged = (learned[_without(left, number)][1][number] for number in _without(left))
    return learned[_without(left)][0] | train_judges(judged), dealt[left]


if __name__ == "__main__":
    main()
