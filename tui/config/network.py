"""What config.toml says of fetching, as the library takes it."""

from __future__ import annotations

from pathlib import Path

from store.models import FeedOptions, Network


def load_network(path: Path) -> Network:
    """The proxy and the options of single feeds; the defaults, at once, when there is no such file."""
    if not path.exists():
        return Network()
    from tui.config.load import load

    settings = load(path).settings

    def options(url: str) -> FeedOptions:
        found = settings.feed(url)
        return FeedOptions(found.headers, int(found.interval.total_seconds() // 60))

    return Network(settings.general.proxy or None, options)
