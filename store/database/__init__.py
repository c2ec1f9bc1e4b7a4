"""Where articles, feeds and statuses are kept: TinyDB tables that lose nothing and stay fast."""

from store.database.database import Database

__all__ = ["Database"]
