"""Short invented articles in other languages, with who said what in them.

They lie in ``tests/speech/languages/<code>.txt``. Each begins with ``= its name``; ``> Name (role)`` is a person to be
listed, ``+ Speaker: words`` a quotation, whose pieces are joined by `` … ``; the speaker is ``?`` when unknown.
Nothing else may be found.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple


class Article(NamedTuple):
    """An article, the people that have to be listed, and its quotations with their speakers."""

    code: str
    name: str
    text: str
    people: list[str]
    quotes: list[str]


def _read() -> list[Article]:
    found = []
    for path in sorted((Path(__file__).parents[1] / "speech" / "languages").glob("*.txt")):
        for block in re.split(r"(?m)^= ", path.read_text(encoding="utf-8"))[1:]:
            name, *lines = block.splitlines()
            text = "\n".join(line for line in lines if not line.startswith(("> ", "+ "))).strip()
            people = [line[2:] for line in lines if line.startswith("> ")]
            quotes = [line[2:] for line in lines if line.startswith("+ ")]
            found.append(Article(path.stem, name, text, people, quotes))
    return found


FOREIGN = _read()
"""All articles."""
