"""Ingests seed files: the shipped ones, those in your seeds folder, and whatever ``newsdash ingest`` names.

Which file gave which article is remembered in the setting ``seed_files`` (path -> modification time in ns,
size in bytes, guid), so that a start-up reads only files that are new or changed, and an edited file revises
its article rather than making a second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import SeedError
from store.files.reader import read_seed, walk
from store.library.ingest import Ingester
from store.models import SEEDS_URL, Entry, Feed, IngestReport, IsCancelled, OnProgress, Problem, Progress
from store.text.clean import clean_line

if TYPE_CHECKING:
    from store.library.context import LibraryContext

BATCH = 50
"""Files read between two commits."""
SHIPPED = Path(__file__).parents[2] / "seeds"
"""The seeds that come with newsdash; they lie beside the packages, in a checkout as in a wheel."""

FileMark = tuple[int, int, str]
"""Modification time in ns, size in bytes, guid of the article it gave."""


class SeedFiles:
    """Articles from text files."""

    def __init__(self, context: LibraryContext, ingester: Ingester, folder: Path) -> None:
        """``folder`` is your folder of seeds."""
        self._context = context
        self._database = context.database
        self._lock = context.lock
        self._ingester = ingester
        self._folder = folder

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None
    ) -> IngestReport:
        """Ingest seed files and folders of them, wherever they are. The report names files that cannot be read."""
        self._database.require_writable()
        run = self._run(on_progress, cancelled)
        run.ingest(paths)
        return run.finish()

    def ingest_seeds(self, on_progress: OnProgress | None = None, cancelled: IsCancelled | None = None) -> IngestReport:
        """Ingest the shipped seeds (on the first start only) and whatever is new or changed in your seeds folder. A
        read-only store is left as it is."""
        if self._database.read_only:
            return IngestReport()
        with self._lock:
            before = set(self._database.settings.get("shipped_seeds", []))
        shipped = [path for path in sorted(SHIPPED.glob("*.txt")) if path.name not in before]
        run = self._run(on_progress, cancelled)
        run.ingest(shipped)
        if self._folder.is_dir():
            run.ingest([self._folder], only_changed=True)
        report = run.finish()
        if shipped and not (cancelled and cancelled()):
            with self._lock:
                self._database.settings.save("shipped_seeds", sorted(before | {path.name for path in shipped}))
        return report

    def _run(self, on_progress: OnProgress | None, cancelled: IsCancelled | None) -> _Run:
        return _Run(self._context, self._ingester, self._feed(), on_progress, cancelled)

    def _feed(self) -> int:
        """The id of the built-in feed of articles from files, made when it is not there."""
        with self._lock:
            for feed in self._database.feeds.all():
                if feed.url == SEEDS_URL:
                    return feed.id
            return self._database.feeds.add(Feed(id=0, url=SEEDS_URL, title="Seeds")).id


@dataclass
class _Run:
    """One run over some files; collects what the report will say."""

    context: LibraryContext
    ingester: Ingester
    feed_id: int
    on_progress: OnProgress | None
    cancelled: IsCancelled | None
    added: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0

    def __post_init__(self) -> None:
        with self.context.lock:
            stored = self.context.database.settings.get("seed_files", {})
        self.files: dict[str, FileMark] = {path: (mark[0], mark[1], mark[2]) for path, mark in stored.items()}
        self._files_before = dict(self.files)

    def ingest(self, paths: Iterable[Path], *, only_changed: bool = False) -> None:
        """Read files in batches, each stored before the next is read."""
        found = self._wanted(walk(paths), only_changed)
        while batch := list(islice(found, BATCH)):
            self._store(list(self._read(batch)))

    def finish(self) -> IngestReport:
        """Remember the files and say what was done."""
        if self.files != self._files_before:
            with self.context.lock:
                self.context.database.settings.save("seed_files", self.files)
        return IngestReport(tuple(self.added), tuple(self.updated), self.duplicates, tuple(self.problems))

    def _wanted(self, found: Iterator[Path | Problem], only_changed: bool) -> Iterator[Path]:
        for item in found:
            if self.cancelled and self.cancelled():
                return
            if isinstance(item, Problem):
                self.problems.append(item)
            elif not (only_changed and self._unchanged(item)):
                yield item

    def _unchanged(self, path: Path) -> bool:
        mark = self.files.get(str(path))
        return mark is not None and mark[:2] == stamp(path)

    def _read(self, paths: Sequence[Path]) -> Iterator[Entry]:
        for path in paths:
            self.seen += 1
            if self.on_progress:
                self.on_progress(Progress(self.seen, 0, clean_line(path.name)))
            try:
                yield read_seed(path)
            except SeedError as error:
                self.problems.append(Problem(clean_line(path.name), error.message))

    def _store(self, entries: Sequence[Entry]) -> None:
        """Store one batch: new texts, revisions of files that were edited, and further paths of known texts."""
        fresh: dict[str, Entry] = {}
        again: list[Entry] = []
        with self.context.lock:
            for entry in entries:
                stored = self.context.database.articles.find_digest(entry.digest)
                if entry.digest in fresh or (stored is not None and stored.feed_id == self.feed_id):
                    again.append(entry)
                else:
                    fresh[entry.digest] = replace(entry, guid=self._guid(entry))
        # Entries go in newest first, as feeds have them; files come in the order of their names.
        counts = self.ingester.ingest(self.feed_id, reversed(list(fresh.values())))
        self.added += counts.added
        self.updated += counts.updated
        with self.context.lock:
            for entry in again:
                self._note_path(entry)
        for entry in fresh.values():
            self._remember(entry.path, entry.guid)

    def _guid(self, entry: Entry) -> str:
        """The guid of the article this file gave before, when it was its only file; else the entry's own."""
        mark = self.files.get(entry.path)
        if mark is not None:
            stored = self.context.database.articles.find(self.feed_id, mark[2])
            if stored is not None and stored.paths == (entry.path,):
                return stored.guid
        return entry.guid

    def _note_path(self, entry: Entry) -> None:
        """A second file with a text that is stored: one article, both paths."""
        stored = self.context.database.articles.find_digest(entry.digest)
        if stored is None:
            return
        if entry.path not in stored.paths:
            self.duplicates += 1
            article = replace(stored, paths=(*stored.paths, entry.path))
            database = self.context.database
            database.articles.update(
                [(article, database.texts.own_document(stored.id), database.texts.found(stored.id))]
            )
        self._remember(entry.path, stored.guid)

    def _remember(self, path: str, guid: str) -> None:
        self.files[path] = (*stamp(Path(path)), guid)


def stamp(path: Path) -> tuple[int, int]:
    """Modification time in ns and size in bytes; zeros for a file that is gone, which matches nothing stored."""
    try:
        info = path.stat()
    except OSError:
        return 0, 0
    return info.st_mtime_ns, info.st_size
