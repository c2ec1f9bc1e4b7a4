"""Full passes of the collector of cycles: soon when nobody types, and in bounded time when somebody always does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from tui.startup import gc_policy as collecting
from tui.startup.gc_policy import LATEST, PATIENT, PAUSE, QUIET, Collector


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Knot:
    """An object that only the collector frees."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Our own clock, and a collector that makes no full pass by itself."""
    clock, thresholds = Clock(), gc.get_threshold()
    monkeypatch.setattr(collecting, "time", clock)
    gc.collect()
    gc.set_threshold(0)
    yield clock
    gc.set_threshold(*thresholds)


def old_knot() -> weakref.ref[Knot]:
    """One that only a full pass frees, which is due."""
    made = Knot()
    for _ in range(20):
        gc.collect(1)
    return weakref.ref(made)


def seconds_until_freed(clock: Clock, between_keys: float) -> float:
    """Somebody presses a key every so often; a look follows before the next key."""
    collector, knot, start = Collector(), old_knot(), clock.now
    while knot() is not None and clock.now < start + 1000:
        collector.touched()
        clock.now += between_keys * 0.99
        collector.look()
    return clock.now - start


@pytest.mark.parametrize(
    ("between_keys", "at_least", "at_most"),
    [
        pytest.param(QUIET * 1.1, 0, QUIET * 3, id="somebody who reads"),
        pytest.param(PAUSE * 1.1, PATIENT, PATIENT + 1, id="somebody who goes on and on"),
        pytest.param(PAUSE / 10, LATEST, LATEST + 1, id="somebody who holds a key down"),
    ],
)
def test_garbage_goes_in_bounded_time(clock, between_keys, at_least, at_most) -> None:
    assert at_least <= seconds_until_freed(clock, between_keys) <= at_most
