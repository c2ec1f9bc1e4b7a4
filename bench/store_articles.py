"""Made-up articles of about 4 kB for the store's benchmarks: the same ones for the same number, any number of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from store.models import (
    Analysis,
    Article,
    Block,
    BlockKind,
    Document,
    Mark,
    MarkKind,
    Mention,
    Person,
    Quote,
    QuoteKind,
    Span,
)

START = datetime(2015, 1, 1, tzinfo=UTC)
FEEDS = 200
_SYLLABLES = re.findall(
    r"\w+", "ba be co da de fi ga go ha in ja ka ke la le li ma mo na ne no pa re ri ro sa se ta te ti to va ve vi za"
)
_COMMON = re.findall(
    r"\w+",
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one you were her all she there would their we him been has when who will more no if out so said what",
)
Item = tuple[Article, Document, Analysis]


@cache
def words() -> tuple[list[str], list[float]]:
    """30,000 words and their cumulative weights: frequencies fall with rank as in running text (Zipf)."""
    chance = random.Random(1)
    rare = sorted({"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 5))) for _ in range(40_000)})
    chance.shuffle(rare)
    vocabulary = _COMMON + rare[: 30_000 - len(_COMMON)]
    return vocabulary, list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))


@cache
def names() -> list[str]:
    chance = random.Random(2)
    vocabulary = words()[0][200:]
    return [f"{chance.choice(vocabulary).title()} {chance.choice(vocabulary).title()}" for _ in range(2_000)]


def make(number: int) -> Item:
    """Article ``number``: text of 4 kB, two people, three quotations; published later the higher the number."""
    chance = random.Random(number)
    vocabulary, weights = words()
    text, blocks, marks, spans = "", [], [], []
    people = chance.sample(names(), 2)
    mentions: list[list[Mention]] = [[], []]
    while len(text) < 4_000:
        sentence = " ".join(chance.choices(vocabulary, cum_weights=weights, k=60)).capitalize()
        start = len(text) + 2 if text else 0
        body = f"{sentence}."
        if len(spans) < 3:
            who = len(spans) % 2
            spans.append((who, Span(start + len(body) + 2, start + len(body) + 2 + 60)))
            body = f"{body} “{sentence[:60]}” {people[who]} said."
            at = start + body.index(people[who])
            mentions[who].append(Mention(at, at + len(people[who])))
        marks.append(Mark(start, start + 10, MarkKind.LINK, f"https://example.org/{chance.choice(vocabulary)}"))
        text = f"{text}\n\n{body}" if text else body
        blocks.append(Block(BlockKind.PARAGRAPH, start, len(text)))
    published = START + timedelta(minutes=37 * number)
    feed = number % FEEDS + 1
    article = Article(
        id=0,
        feed_id=feed,
        guid=f"tag:site{feed}.example,2015:{number}",
        digest=f"{chance.getrandbits(128):032x}",
        title=" ".join(chance.choices(vocabulary[:4_000], k=9)).capitalize(),
        published=published,
        arrived=published + timedelta(minutes=9),
        link=f"https://site{feed}.example/{published:%Y/%m}/post-{number}",
        authors=(chance.choice(names()),),
        categories=tuple(chance.sample(vocabulary[100:400], 2)),
        words=600,
        quoted=2,
    )
    said = tuple(
        Quote(
            QuoteKind.DIRECT, (span,), people[who], who, mentions_to_span(mentions[who][0]), verb="say", confidence=0.9
        )
        for who, span in spans
    )
    cast = tuple(
        Person(name, "deputy director of an institute", mentions=tuple(mentions[who]))
        for who, name in enumerate(people)
    )
    return article, Document(text, tuple(blocks), tuple(marks)), Analysis(1, cast, said)


def mentions_to_span(mention: Mention) -> Span:
    return Span(mention.start, mention.end)


def batches(first: int, count: int, size: int = 500) -> Iterator[list[Item]]:
    for start in range(first, first + count, size):
        yield [make(number) for number in range(start, min(start + size, first + count))]
