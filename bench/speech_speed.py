"""Time the engine on ordinary and on hostile text: ``python -m bench.speech_speed``. Ends with status 1 if too slow.

An ordinary article is timed again and again, as a reader who opens it again would, and so are articles that are all
different: what is remembered of words and phrases helps the first more than the second. Each hostile text is analysed
at two lengths, the better of two runs each; time that grows much faster than length is what a quadratic regular
expression or loop would show. Limits: an article of 4 kB in 10 ms (median), a text of 1 MB in 3 s, and at most 3 times
the time for twice the length. All times are of the processor, on one core.
"""

from __future__ import annotations

import sys
import time
from itertools import cycle, islice, product
from statistics import median

from bench.news import news
from store.attribution import analyse

ARTICLE = """The harbour of Ostvik will close for a year, the mayor said on Monday.

“We have waited far too long with the repairs,” Mayor Ilse Brandvold told reporters outside the town hall. “The quay
moves when a lorry passes, and nobody should have to work on it.”

Tomas Eklund, an engineer who inspected the quay in March, said that the piles had rotted “from the inside out” and
that the cost would be close to 40 million crowns. According to Eklund, divers found holes as wide as a hand.

The fishermen are not convinced. “Where are we supposed to land our catch?” asked Nils Aaberg, who leads the union of
the small boats. He warned that some of his members would sell their licences, adding that the town had promised them
a temporary pier.

Brandvold denied that any such promise had been made.

“I understand the anger,” she said. “But I will not open a quay that kills somebody.”

""".replace("\n", " ").replace("  ", "\n\n")

HOSTILE = {
    "opening marks": "“",
    "closing marks": "”",
    "straight marks": '"',
    "marks and letters": '"a',
    "marks and blanks": '" ',
    "alternating": "“a ”b ",
    "single marks": "'a ",
    "apostrophes": "a'b’c ",
    "nested": "“‘“‘a ",
    "commas": "said, ",
    "names": "Jane Roe ",
    "titles": "President of the State of the ",
    "verbs": "said said told reported ",
    "pronouns": "he said she said ",
    "brackets": "((((a ",
    "full stops": ". . . ",
    "ellipses": "...",
    "stops in a word": "." * 500 + "a ",
    "initials": "J. K. L. ",
    "dashes": "— a — ",
    "hyphens": "a-b-c-",
    "colons": "Roe: ",
    "paragraphs": "“a\n\n",
    "lines": "a\n",
    "letters": "a",
    "capitals": "A",
    "digits": "1,2.3:",
    "and": "Roe and ",
    "capitalised": "Great Northern Harbour Authority ",
    "endless sentence": "she said that he thought that they knew of the plan and ",
    "quotation in it": "and “yes,” said Roe, who ",
    "headings": "Harbour News\n\n",
    "transcript": "ROE: I never said that.\n\nMS. POE: You did.\n\n",
    "unclosed turns": "“I said, Roe said.\n\n",
    "relative": "who said, ",
    "one surname": "# Roe said so. ",
    "one given name": "Jane # said so. ",
    "labels": "#: I said so, Roe.\n\n#: I did not, she said.\n\n",
}
"""By name a piece that is repeated; each ``#`` in it becomes another name each time."""


def hostile(piece: str, size: int) -> str:
    """``size`` characters of ``piece`` again and again."""
    if "#" not in piece:
        return (piece * (size // len(piece) + 1))[:size]
    names = map("".join, product("BDFGKLMNPRSTVZ", "aeiou", "bdfgklmnprstvz", "aeiou", "bdklmnrst"))
    pieces = (piece.replace("#", next(names)) for _ in range(size // len(piece) + 1))
    return "".join(pieces)[:size]


FLOOR = 0.02
"""Seconds below which a time says nothing about growth."""


def seconds(text: str) -> float:
    began = time.process_time()
    analyse(text)
    return time.process_time() - began


def different(count: int, size: int) -> list[str]:
    """``count`` texts of ``size`` characters, none of them like another: made-up news, one article behind another."""
    stories = "\n\n".join(told.text for told in news(9 + count * size // 600))
    return [stories[at : at + size] for at in range(0, count * size, size)]


def main() -> int:
    analyse(ARTICLE)
    bad = 0
    four = (ARTICLE * 8)[:4000]
    for name, texts in (("4 kB article", [four]), ("4 kB, all different", different(60, 4000))):
        typical = median(seconds(text) for text in islice(cycle(texts), max(30, len(texts))))
        bad += typical > 0.010
        print(f"{name:20} {1000 * typical:8.1f} ms median")
    (long,) = different(1, 1_000_000)
    for name, text in (("1 MB of articles", (ARTICLE * 1200)[:1_000_000]), ("1 MB, all different", long)):
        million = seconds(text)
        bad += million > 3
        print(f"{name:20} {million:8.2f} s")
    for name, piece in HOSTILE.items():
        short, twice = hostile(piece, 60_000), hostile(piece, 120_000)
        first, second = (min(seconds(text), seconds(text)) for text in (short, twice))
        growth = second / max(first, FLOOR)
        slow = growth > 3
        bad += slow
        print(f"{name:20} {first:8.3f} s for 60 kB {second:8.3f} s for 120 kB  x{growth:.1f}{'  TOO SLOW' * slow}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
