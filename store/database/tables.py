"""The names of the tables."""

from __future__ import annotations

ARTICLES, STATUS, DELETED = "articles", "status", "deleted"
BODIES, PEOPLE, QUOTES, PAGES, REVISIONS = "bodies", "people", "quotes", "pages", "revisions"
FEEDS, FEED_STATES = "feeds", "feed_states"
CORRECTIONS, DECISIONS, FOLLOWED = "corrections", "decisions", "followed"
SEARCHES, SETTINGS = "searches", "settings"
