"""The longest wait of a key while many feeds are refreshed.

    python -m bench.keys_while_refreshing [--feeds 100]

The dashboard runs on a screen that is not shown. While a refresh runs in its job's thread, ``j`` and ``k`` are pressed
fifty times a second; the time counts from the press until the key was handled and the list has moved. Threads take
turns as often as in the command, and as many fetch. Cold: all articles are new; ordinary: two of fifty. The same is
done first without a refresh.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from textual.pilot import Pilot

from bench.refresh import PORT, Newsdash, control, server
from store.library import Library
from store.models import Network
from store.paths import Places
from tui.app import NewsdashApp
from tui.cli.dashboard import TURN, calm

WANTED = 0.05


async def press(pilot: Pilot[int], until: float | None) -> list[float]:
    """Press keys until this time, or until nothing works in the background; the seconds each took."""
    app, waits = pilot.app, []
    assert isinstance(app, NewsdashApp)
    while time.perf_counter() < until if until else not app.dashboard.context.jobs.idle:
        began = time.perf_counter()
        handled = asyncio.Event()
        app.simulate_key("j" if len(waits) % 7 else "k")
        app.dashboard.call_later(handled.set)
        await handled.wait()
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)
    return waits


async def measure(home: Path) -> None:
    app = NewsdashApp(lambda: Library.open(Places.below(home), network=calm(Network())))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        while not app.dashboard.context.jobs.idle:
            await pilot.pause(0.1)
        report("nothing else runs", await press(pilot, time.perf_counter() + 3))
        for generation, case in enumerate(("cold", "2 new of 50")):
            control(generation)
            app.dashboard.controllers.refresh.refresh_all()
            report(case, await press(pilot, None))


def report(case: str, waits: list[float]) -> None:
    waits.sort()
    longest, usual = waits[-1] * 1000, waits[len(waits) // 2] * 1000
    many = waits[int(len(waits) * 0.99)] * 1000
    print(f"{case:18} {len(waits):5} keys: longest {longest:5.1f} ms, 99 of 100 {many:5.1f} ms, usual {usual:4.1f} ms")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--feeds", type=int, default=100)
    feeds = options.parse_args().feeds
    sys.setswitchinterval(TURN)
    with tempfile.TemporaryDirectory() as temporary, server(feeds, 50, 0.1):
        home = Path(temporary)
        Newsdash(home, "etag", feeds)
        print(f"{feeds} feeds from 127.0.0.1:{PORT}; wanted < {WANTED * 1000:.0f} ms")
        asyncio.run(measure(home))


if __name__ == "__main__":
    main()
