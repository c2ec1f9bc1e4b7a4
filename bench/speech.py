"""Measure who said what against gold data: ``python -m bench.speech GOLD.jsonl SCORER.py [FOUND.jsonl] [--errors]``.

GOLD is as ``tools.gold`` says; SCORER is a Python file with ``quoted_segments(text)`` and
``score(golds, predictions, view)``. Prints end-to-end figures of both views for all articles and by source, of the
shipped weights, or of what ``tools.train_attribution --cross`` wrote to FOUND. With ``--errors`` a hundred errors are
shown with the text around them, drawn by a fixed seed, to be read; SCORER needs ``expand``, ``match`` and
``same_speaker`` for that.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

from bench import speech_errors
from store.attribution import analyse
from store.models import Analysis
from tools.gold import Article, load

Prediction = dict[str, Any]


def predict(article: Article) -> Prediction:
    """What the engine says of one article, one entry for each span, as the scorer reads it."""
    began = time.perf_counter()
    analysis = analyse(article["text"])
    milliseconds = 1000 * (time.perf_counter() - began)
    return {"id": article["id"], "quotes": entries(analysis), "ms": milliseconds}


def entries(analysis: Analysis) -> list[Prediction]:
    """One entry for each span of each statement."""
    found: list[Prediction] = []
    for quote in analysis.quotes:
        for span in quote.spans:
            entry: Prediction = {"start": span.start, "end": span.end, "speaker": quote.speaker or None}
            if quote.speaker_span is not None:
                entry |= {"speaker_start": quote.speaker_span.start, "speaker_end": quote.speaker_span.end}
            found.append(entry)
    return found


def read_found(path: str) -> dict[str, Prediction]:
    """What was found before, by article."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return {found["id"]: {"ms": 0.0, **found} for found in map(json.loads, lines)}


def load_scorer(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def print_table(scorer: ModuleType, golds: list[Any], predictions: dict[str, Prediction]) -> None:
    """Soft span F1, attribution on matched, end-to-end precision, recall and F1, by view and source."""
    for view in ("QUOTED", "SPEECH"):
        figures = scorer.score(golds, predictions, view)
        print(f"\n{view:22} soft F1   attr | e2e P     R    F1")
        for group in sorted((g for g in figures if ":" not in g), key=lambda g: (g != "ALL", g)):
            one = figures[group]
            end = one["e2e"]
            spans = f"{one['soft']['F1']:7.1f} {one['attr']:6.1f}"
            print(f"{group:22} {spans} | {end['P']:5.1f} {end['R']:5.1f} {end['F1']:5.1f}")


def main(arguments: Sequence[str]) -> None:
    paths = [argument for argument in arguments if not argument.startswith("--")]
    golds = load(paths[0])
    scorer = load_scorer(paths[1])
    for gold in golds:
        gold["_segs"] = scorer.quoted_segments(gold["text"])
    predictions = read_found(paths[2]) if len(paths) > 2 else {gold["id"]: predict(gold) for gold in golds}
    print_table(scorer, golds, predictions)
    if "--errors" in arguments:
        speech_errors.print_sample([*speech_errors.find_errors(scorer, golds, predictions)], 100)
    lengths = sum(len(gold["text"]) for gold in golds) / len(golds)
    times = median(prediction["ms"] for prediction in predictions.values())
    print(f"\nmedian {times:.1f} ms an article of {lengths:.0f} characters on average")


if __name__ == "__main__":
    main([str(Path(a)) if not a.startswith("--") else a for a in sys.argv[1:]])
