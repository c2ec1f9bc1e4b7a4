"""Answers kept for a moment: a feed that is added is read from the answer that it was found by, not asked for again."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.feeds.credentials import NO_CREDENTIALS, Credentials

if TYPE_CHECKING:
    from store.feeds.fetcher import Fetcher, Response

SECONDS = 300.0
"""How long somebody may take to choose among the feeds of a page."""
LARGEST = 64 << 20
"""Bytes that are kept, or the last answer if it alone is larger."""

Key = tuple[str, tuple[tuple[str, str], ...]]


class KeptAnswers:
    """A fetcher that answers from what it fetched in the last minutes, for the same credentials only."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._answers: dict[Key, tuple[float, Response]] = {}
        self._lock = threading.Lock()

    def get(self, url: str, *, credentials: Credentials = NO_CREDENTIALS, **options: Any) -> Response:
        """The answer of an address: one that was kept, else from its server.

        :raises FeedError: see :meth:`Fetcher.get`.
        """
        with self._lock:
            since, answer = self._answers.get(key_of(url, credentials), (0.0, None))
        if answer is not None and time.monotonic() - since < SECONDS:
            return answer
        answer = self._fetcher.get(url, credentials=credentials, **options)
        self._keep(url, answer, credentials)
        return answer

    def _keep(self, url: str, answer: Response, credentials: Credentials) -> None:
        now = time.monotonic()
        with self._lock:
            self._answers[key_of(url, credentials)] = now, answer
            arrived = replace(answer, permanent_redirect="")
            for other in {answer.url, answer.permanent_redirect} - {"", url}:
                self._answers[key_of(other, credentials)] = now, arrived
            while sum(len(kept.body) for _, kept in self._answers.values()) > LARGEST and len(self._answers) > 1:
                del self._answers[next(iter(self._answers))]

    def forget(self) -> None:
        """Keep nothing any longer."""
        with self._lock:
            self._answers.clear()


def key_of(url: str, credentials: Credentials) -> Key:
    sent: Mapping[str, str] = credentials.for_url(url)
    return url, tuple(sorted(sent.items()))
