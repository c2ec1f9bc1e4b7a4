"""A thousand feeds of which 240 misbehave: how long a refresh takes, what comes in, how much memory it needs.

    python -m bench.bad_feeds [--feeds 1000]

100 never answer, 50 send a byte a second, 50 redirect in a circle, 20 unpack to 200 MB, 20 close midway; the rest are
good. The command ``newsdash refresh`` is run; memory is that of all its processes together, looked at ten times a
second.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bench import installed
from bench.feed_server import feed_body
from store.database import Database
from store.feeds.fetcher import Limits
from store.models import Feed
from store.paths import Places

BAD = {"silent": 100, "drip": 50, "loop": 50, "bomb": 20, "cut": 20}
REASONS = {"silent": "nothing for", "drip": "longer than", "loop": "circle", "bomb": "larger than", "cut": "early"}
ENTRIES = 10
MEMORY = 400
"""Megabytes that all processes together may take."""
ROOT = Path(__file__).parents[1]


class BadServer:
    """Answers by the first part of the path."""

    def __init__(self) -> None:
        bomb = gzip.compress(bytes(200 << 20))
        packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
        self._bomb = packed + bomb
        self._good = [feed_body(number, ENTRIES, 0) for number in range(20)]
        self._ready = threading.Event()
        self.port = 0

    def start(self) -> None:
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, backlog=2000)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await asyncio.Event().wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                path = request.split(b" ", 2)[1].decode()
                await self._send(path.split("/")[1], path, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _send(self, kind: str, path: str, writer: asyncio.StreamWriter) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n"
        match kind:
            case "silent":
                await asyncio.sleep(300)
            case "drip":
                writer.write(head % 100_000)
                for _ in range(300):
                    writer.write(b" ")
                    await writer.drain()
                    await asyncio.sleep(1)
            case "loop":
                writer.write(b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % path.encode())
            case "bomb":
                writer.write(self._bomb)
            case "cut":
                writer.write(head % 5000 + b"<rss><channel>")
                raise ConnectionResetError
            case _:
                body = self._good[int(path.split("/")[2]) % len(self._good)]
                writer.write(head % len(body) + body)


def memory_of(process: int) -> float:
    """Megabytes that a process and all below it hold now; what they share counts once for each."""
    total, waiting = 0, [process]
    while waiting:
        number = waiting.pop()
        try:
            total += int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for task in Path(f"/proc/{number}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return total / (1 << 20)


def follow(folder: Path, port: int, count: int) -> None:
    kinds = [kind for kind, number in BAD.items() for _ in range(number)]
    kinds += ["good"] * (count - len(kinds))
    with Database.open(Places.below(folder).database) as database:
        for number, kind in enumerate(kinds[index * 7 % count] for index in range(count)):
            url = f"http://127.0.0.1:{port}/{kind}/{number}"
            database.feeds.add(Feed(0, url, f"{kind} {number}", added=datetime.now(UTC)))


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--feeds", type=int, default=1000, help="not divisible by 7")
    count = options.parse_args().feeds
    server = BadServer()
    server.start()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        follow(folder, server.port, count)
        command = [sys.executable, "-m", "tui.cli", "refresh", "--json", "--no-analysis"]
        environment = installed.environment(NEWSDASH_HOME=str(folder), PYTHONPATH=str(ROOT))
        began, most = time.perf_counter(), 0.0
        with (folder / "out").open("w") as out, subprocess.Popen(command, stdout=out, env=environment) as process:
            while process.poll() is None:
                most = max(most, memory_of(process.pid))
                time.sleep(0.1)
        seconds = time.perf_counter() - began
        *rows, summary = map(json.loads, (folder / "out").read_text().splitlines())
    good: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for row in rows:
        kind = row["title"].split()[0] if row["error"] else "good"
        fine = REASONS[kind] in row["error"] if row["error"] else row["new"] == ENTRIES
        good[kind] += fine
        reasons.setdefault(kind, Counter())[row["error"] or f"{row['new']} new"] += 1
    for kind, found in reasons.items():
        print(f"{kind:7} {good[kind]:5} as they should be: {'; '.join(f'{n} x {text}' for text, n in found.items())}")
    print(f"{summary['feeds']} of {count} feeds in {seconds:.1f} s (one fetch may take {Limits().total:.0f} s)")
    print(f"at most {most:.0f} MB in all processes, wanted < {MEMORY} MB")
    return int(sum(good.values()) != count or most >= MEMORY)


if __name__ == "__main__":
    sys.exit(main())
