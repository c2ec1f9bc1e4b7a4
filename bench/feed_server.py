"""A loopback server of many feeds that answers after a delay: deterministic, with or without validators.

    python -m bench.feed_server --feeds 200 --entries 50 --latency 0.1 --port 8765

Feed ``i`` is ``/f/i.xml``; every fourth is Atom, the others are RSS 2.0. ``/etag/i.xml`` and ``/plain/i.xml`` are the
same with and without ETag and Last-Modified; ``/ctl?gen=K`` puts 2·K new entries at the head of each.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import random
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import escape

BASE = 1_760_000_000
NEW = 2
"""New entries of each feed from one generation to the next."""
SYLLABLES = [consonant + vowel for consonant in "bcdfghlmnprstvz" for vowel in "aeiou"]
WORDS = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were her all she there would their we him been has when who will more no if out so up its about into than "
    "them can only other new some could time these two may then do first any my now such like our over man me even most"
)
COMMON = WORDS.split()
FOREIGN = ("café", "naïve", "Zürich", "façade", "Łódź", "İstanbul", "Ελλάδα", "новости", "東京", "日本語", "العربية")
SPEAKERS = ("Mara Lindqvist", "Tom Adeyemi", "Ana Horvat", "Nino Beridze", "Kofi Mensah", "Ida Holm")
TEXT = 3900
"""Characters of an entry's text, at least."""


@cache
def sentences() -> list[str]:
    chance = random.Random(42)
    rare = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)]
    words = COMMON + rare
    weights = [1 / (rank + 3) for rank in range(len(words))]
    found = []
    for number in range(8000):
        chosen = chance.choices(words, weights, k=chance.randint(9, 17))
        if number % 4 == 0:
            chosen[chance.randrange(len(chosen))] = chance.choice(FOREIGN)
        found.append(" ".join(chosen).capitalize() + ".")
    return found


def entry(feed: int, number: int, *, atom: bool) -> str:
    """One entry; a quotation stands in every second paragraph."""
    chance = random.Random(feed * 1_000_003 + number)
    parts: list[str] = []
    while sum(map(len, parts)) < TEXT:
        said = " ".join(chance.choices(sentences(), k=4))
        if len(parts) % 2:
            said = f"“{chance.choice(sentences())[:-1]},” said {chance.choice(SPEAKERS)}. {said}"
        parts.append(f'<p>{said} <a href="/tag/{number}">more</a></p>')
    title = escape(" ".join(chance.choice(sentences()).split()[:10]))
    when = datetime.fromtimestamp(BASE + number * 3600 + feed * 7, UTC)
    name, link = f"tag:site{feed}.example,2025:{number}", f"http://site{feed}.example/post-{number}"
    if atom:
        return (
            f'<entry><id>{name}</id><title>{title}</title><link href="{link}"/>'
            f"<published>{when.isoformat()}</published><updated>{when.isoformat()}</updated><author><name>{chance.choice(SPEAKERS)}</name></author>"
            f'<content type="html">{escape("".join(parts))}</content></entry>\n'
        )
    return (
        f'<item><title>{title}</title><link>{link}</link><guid isPermaLink="false">{name}</guid>'
        f"<pubDate>{format_datetime(when)}</pubDate><category>{chance.choice(COMMON)}</category>"
        f"<content:encoded><![CDATA[{''.join(parts)}]]></content:encoded></item>\n"
    )


def feed_body(feed: int, entries: int, generation: int) -> bytes:
    """The document of a feed, newest entry first."""
    atom, first = feed % 4 == 3, generation * NEW
    body = "".join(entry(feed, number, atom=atom) for number in range(first + entries - 1, first - 1, -1))
    site = f"http://site{feed}.example/"
    if atom:
        head = (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed {feed}</title><link href="{site}"/><id>{site}</id>'
        )
        return f'<?xml version="1.0" encoding="utf-8"?>{head}{body}</feed>'.encode()
    head = f"<channel><title>Feed {feed}</title><link>{site}</link>"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {space}>{head}{body}</channel></rss>'.encode()


class FeedServer:
    """What all connections share: the documents of the present generation, packed."""

    def __init__(self, feeds: int, entries: int, latency: float) -> None:
        self.feeds, self.entries, self.latency = feeds, entries, latency
        self.generation = 0
        self.make()

    def make(self) -> None:
        self.bodies = []
        for feed in range(self.feeds):
            body = feed_body(feed, self.entries, self.generation)
            tag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()[:20]}"'
            self.bodies.append((tag, gzip.compress(body, 5, mtime=0)))

    def answer(self, path: str, known: str) -> bytes:
        """The bytes to send for a path, given the If-None-Match header."""
        if path.startswith("/ctl?gen="):
            self.generation = int(path.partition("=")[2])
            self.make()
            return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        _, kind, name = path.split("/")
        tag, body = self.bodies[int(name.partition(".")[0])]
        validators = f"ETag: {tag}\r\n" if kind == "etag" else ""
        if validators and tag in known:
            return f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode()
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\nContent-Encoding: gzip\r\n{validators}"
        )
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Connection(asyncio.Protocol):
    def __init__(self, server: FeedServer) -> None:
        self._server = server
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            path = first.split(" ")[1]
            answer = self._server.answer(path, headers.get("if-none-match", ""))
            wait = 0.0 if path.startswith("/ctl") else self._server.latency
            asyncio.get_running_loop().call_later(wait, self._send, answer)

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def serve(server: FeedServer, port: int) -> None:
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", port, backlog=1024)
    print("ready", flush=True)
    async with listening:
        await listening.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--feeds", type=int, default=200)
    options.add_argument("--entries", type=int, default=50)
    options.add_argument("--latency", type=float, default=0.1, help="seconds before each answer")
    options.add_argument("--port", type=int, default=8765)
    chosen = options.parse_args()
    asyncio.run(serve(FeedServer(chosen.feeds, chosen.entries, chosen.latency), chosen.port))


if __name__ == "__main__":
    main()
