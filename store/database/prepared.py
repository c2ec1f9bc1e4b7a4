"""Articles prepared for storing: an entry with who said what in it, as the JSON of its rows.

A feed is read in a worker process, which prepares its entries too. The process that stores them, and answers keys
meanwhile, has to look at a few fields only, and gives each article its number; the rest goes to the disk as it came.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from store.database import records
from store.database.records import NewRows
from store.models import EPOCH, Analysis, Article, Document, Entry

FUTURE = timedelta(days=1)
"""An entry dated further ahead than this is not believed; zones and clocks account for less."""
TOO_LATE = "Its own date lies in the future; the time it arrived is shown."

Item = tuple[Article, Document, Analysis]


class Prepared(NamedTuple):
    """An article ready to be stored. ``published`` is what its source says, ``bare`` one without link and text.

    ``article``, ``body``, ``people`` and ``quotes`` are JSON; the first lacks what is not known before it is stored.
    """

    guid: str
    digest: str
    published: datetime | None
    bare: bool
    engine: int
    title: str
    link: str
    article: bytes
    body: bytes
    people: bytes
    quotes: bytes

    def with_guid(self, guid: str) -> Prepared:
        """The same under another guid."""
        return self._replace(guid=guid, article=orjson.dumps(orjson.loads(self.article) | {"guid": guid}))

    def rows(self, feed_id: int, arrived: datetime) -> NewRows:
        """What is stored of it."""
        texts = (orjson.Fragment(text) for text in (self.body, self.people, self.quotes))
        return NewRows(self._row(feed_id, arrived), *texts)

    def item(self, feed_id: int, arrived: datetime) -> Item:
        """The records it was made of; the article's number is 0 until the database gives one."""
        return (
            records.to_article(0, self._row(feed_id, arrived)),
            records.to_document(orjson.loads(self.body)),
            records.to_analysis(orjson.loads(self.people), orjson.loads(self.quotes)),
        )

    def _row(self, feed_id: int, arrived: datetime) -> dict[str, Any]:
        row: dict[str, Any] = orjson.loads(self.article)
        row["feed_id"], row["arrived"] = feed_id, arrived.isoformat()
        if self.published is None or self.published > arrived + FUTURE:
            row["published"], row["date_guessed"] = row["arrived"], True
        if self.published is not None and self.published > arrived + FUTURE:
            row["notes"] = [*row.get("notes", ()), TOO_LATE]
        return row


def prepare(entry: Entry, analysis: Analysis) -> Prepared:
    """The entry of a feed or file, with who said what in it (an empty analysis when that is told later)."""
    article = Article(
        id=0,
        feed_id=0,
        guid=entry.guid,
        digest=entry.digest,
        title=entry.title,
        published=entry.published or EPOCH,
        arrived=EPOCH,
        link=entry.link,
        authors=entry.authors,
        categories=entry.categories,
        enclosures=entry.enclosures,
        updated=entry.updated,
        date_guessed=entry.date_guessed,
        place=entry.place,
        agency=entry.agency,
        language=entry.language,
        comments=entry.comments,
        notes=entry.notes,
        paths=(entry.path,) if entry.path else (),
        words=len(entry.document.text.split()),
        quoted=analysis.quoted,
        engine=analysis.engine,
    )
    rows = records.new_rows(article, entry.document, analysis)
    bare = not (entry.link or entry.document.text)
    return Prepared(
        entry.guid,
        entry.digest,
        entry.published,
        bare,
        analysis.engine,
        entry.title,
        entry.link,
        *map(orjson.dumps, rows),
    )
