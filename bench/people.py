"""Measure the people found in gold articles: ``python -m bench.people GOLD.jsonl [-v]``.

Each line of GOLD is ``{"id", "text", "people": [{"name", "mentions": [[start, end, kind]]}]}``. Printed: precision,
recall and F1 of people by full and by last name; how many gold mentions (name, nominal, pronoun) are linked to a
person of the right name; the precision of links; milliseconds an article. ``-v`` lists what is wrong.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

from store.attribution import analyse
from store.models import Person, SpeakerKind

TITLES = frozenset(
    re.findall(
        r"\w+",
        """mr mrs ms miss dr sen senator rep gov president vice secretary state former prof professor sir lady lord
        judge justice mayor governor representative congressman congresswoman gen general col lt sgt capt captain
        officer chief minister prime director chairman ceo spokesman spokeswoman candidate the a an his her their its
        democratic republican attorney speaker house senate rev""",
    )
)
"""Words in front of a name that are not compared."""
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


def name_words(name: str) -> list[str]:
    """The words that names are compared by: ASCII, lower case, no titles in front, no suffix."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]s?\b", "", plain).replace(".", " "))
    words = [word for word in words if word not in SUFFIXES]
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


def same_name(one: str, other: str) -> bool:
    """Last names equal, and first names beginning alike where both have one."""
    left, right = name_words(one), name_words(other)
    if not left or not right or left[-1] != right[-1]:
        return False
    return len(left) == 1 or len(right) == 1 or left[0][0] == right[0][0]


def people_of(text: str) -> list[Person]:
    return [person for person in analyse(text).people if person.kind is SpeakerKind.PERSON]


def f1(hits: int, predicted: int, gold: int) -> str:
    precision, recall = hits / max(1, predicted), hits / max(1, gold)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main(path: str, verbose: bool) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    full = last = predicted = gold_people = linked = touching = 0
    times: list[float] = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        text = gold["text"]
        began = time.perf_counter()
        people = people_of(text)
        times.append(1000 * (time.perf_counter() - began))
        marks = [(m.start, m.end, person.name, m.kind) for person in people for m in person.mentions]
        spans = [(s, e, person["name"], kind) for person in gold["people"] for s, e, kind in person["mentions"]]
        misses = []
        for start, end, name, kind in spans:
            total[kind] += 1
            hit = any(a < end and start < b and same_name(n, name) for a, b, n, _ in marks)
            right[kind] += hit
            if not hit:
                got = [n for a, b, n, _ in marks if a < end and start < b]
                misses.append(
                    f"   {kind:8s}{text[max(0, start - 50) : start]!r}[{text[start:end]}] gold {name} got {got}"
                )
        for a, b, name, kind in marks:
            over = [gold_name for s, e, gold_name, _ in spans if a < e and s < b]
            touching += bool(over)
            linked += (good := any(same_name(name, other) for other in over))
            if over and not good:
                misses.append(f"   WRONG   {text[max(0, a - 30) : a]!r}[{text[a:b]}] {kind} {name} gold {over}")
        left = [person["name"] for person in gold["people"]]
        gold_people += len(left)
        predicted += len(people)
        extra = []
        for person in people:
            same = next((name for name in left if name_words(name) == name_words(person.name)), None)
            full += same is not None
            same = same or next((name for name in left if same_name(person.name, name)), None)
            if same is None:
                extra.append(person.name)
            else:
                last += 1
                left.remove(same)
        if verbose:
            print(gold["id"], "\n   missed", left, "\n   extra", extra)
            print("\n".join(misses))
    print("people, full name", f1(full, predicted, gold_people), "| last name", f1(last, predicted, gold_people))
    print("links", {kind: f"{right[kind]}/{total[kind]} = {right[kind] / total[kind]:.3f}" for kind in sorted(total)})
    print(f"link precision {linked}/{touching} = {linked / max(1, touching):.3f}")
    print(f"median {statistics.median(times):.1f} ms an article")


if __name__ == "__main__":
    main(sys.argv[1], "-v" in sys.argv)
