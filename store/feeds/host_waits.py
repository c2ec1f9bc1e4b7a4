"""Hosts that asked to be left alone for a while (429 or 503 with Retry-After), and until when."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta


class HostWaits:
    """Until when hosts are left alone; used by many threads at once."""

    def __init__(self, until: Mapping[str, str] | None = None) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, datetime] = {}
        now = datetime.now(UTC)
        for host, text in (until or {}).items():
            try:
                when = datetime.fromisoformat(text)
            except ValueError:
                continue
            if when.tzinfo is not None and when > now:
                self._until[host] = when

    def add(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long from now on, or for longer if it asked for that before."""
        when = datetime.now(UTC) + timedelta(seconds=seconds)
        with self._lock:
            self._until[host] = max(when, self._until.get(host, when))

    def until(self, host: str) -> datetime | None:
        """When a host may be asked again; None when it may be now."""
        with self._lock:
            when = self._until.get(host)
        return when if when is not None and when > datetime.now(UTC) else None

    def in_words(self, host: str) -> str:
        """Why a feed of this host was not asked for."""
        with self._lock:
            when = self._until[host].astimezone()
        day = "" if when.date() == datetime.now().astimezone().date() else f"{when:%d %B} "
        return f"{host} asked not to be read before {day}{when:%H:%M}; it was not asked."

    def to_store(self) -> dict[str, str]:
        """The waits that are not over, as they can be stored."""
        now = datetime.now(UTC)
        with self._lock:
            return {host: when.isoformat() for host, when in self._until.items() if when > now}
