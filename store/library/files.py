"""Takes in seed files: the shipped ones, the user's folder, and whatever ``newsdash ingest`` names.

Which file gave which article is remembered in the setting ``seed_files`` (path -> modification time in ns,
size in bytes, guid), so that a start-up reads only files that are new or changed, and an edited file revises
its article rather than making a second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from store.errors import SeedError
from store.files.reader import read_seed, walk
from store.library.ingest import Intake
from store.models import SEEDS_URL, Entry, Feed, IngestReport, IsCancelled, OnProgress, Problem, Progress
from store.text.clean import clean_line

BATCH = 50
"""Files read between two commits."""
SHIPPED = Path(__file__).parents[2] / "seeds"
"""The seeds that come with newsdash; they lie beside the packages, in a checkout as in a wheel."""

FileMark = tuple[int, int, str]
"""Modification time in ns, size in bytes, guid of the article it gave."""


def take_in_seeds(
    intake: Intake, folder: Path, on_progress: OnProgress | None, cancelled: IsCancelled | None
) -> IngestReport:
    """Take in shipped seeds not taken before, and what is new or changed in the user's ``folder``."""
    with intake.lock:
        taken_before = set(intake.database.setting("shipped_seeds", []))
    shipped = [path for path in sorted(SHIPPED.glob("*.txt")) if path.name not in taken_before]
    seeding = Seeding(intake, on_progress, cancelled)
    seeding.take(shipped)
    if folder.is_dir():
        seeding.take([folder], only_changed=True)
    report = seeding.finish()
    if shipped and not (cancelled and cancelled()):
        with intake.lock:
            intake.database.save_setting("shipped_seeds", sorted(taken_before | {path.name for path in shipped}))
    return report


def ingest_files(
    intake: Intake, paths: Sequence[Path], on_progress: OnProgress | None, cancelled: IsCancelled | None
) -> IngestReport:
    """Take in the files named and those in the folders named, wherever they are."""
    seeding = Seeding(intake, on_progress, cancelled)
    seeding.take(paths)
    return seeding.finish()


def seeds_feed(intake: Intake) -> int:
    """The id of the built-in feed of articles from files, made when it is not there."""
    with intake.lock:
        for feed in intake.database.feeds():
            if feed.url == SEEDS_URL:
                return feed.id
        return intake.database.add_feed(Feed(id=0, url=SEEDS_URL, title="Seeds")).id


@dataclass
class Seeding:
    """One run of taking in files; collects what the report will say."""

    intake: Intake
    on_progress: OnProgress | None
    cancelled: IsCancelled | None
    added: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0

    def __post_init__(self) -> None:
        self.feed_id = seeds_feed(self.intake)
        with self.intake.lock:
            stored = self.intake.database.setting("seed_files", {})
        self.files: dict[str, FileMark] = {path: (mark[0], mark[1], mark[2]) for path, mark in stored.items()}
        self._files_before = dict(self.files)

    def take(self, paths: Iterable[Path], *, only_changed: bool = False) -> None:
        """Read files in batches, each stored before the next is read."""
        found = self._wanted(walk(paths), only_changed)
        while batch := list(islice(found, BATCH)):
            self._store(list(self._read(batch)))

    def finish(self) -> IngestReport:
        """Remember the files and say what was done."""
        if self.files != self._files_before:
            with self.intake.lock:
                self.intake.database.save_setting("seed_files", self.files)
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
        with self.intake.lock:
            for entry in entries:
                stored = self.intake.database.find_digest(entry.digest)
                if entry.digest in fresh or (stored is not None and stored.feed_id == self.feed_id):
                    again.append(entry)
                else:
                    fresh[entry.digest] = replace(entry, guid=self._guid(entry))
        # `take_in` wants the newest first, as feeds have them; files come in the order of their names.
        taken = self.intake.take_in(self.feed_id, reversed(list(fresh.values())))
        self.added += taken.added
        self.updated += taken.updated
        with self.intake.lock:
            for entry in again:
                self._note_path(entry)
        for entry in fresh.values():
            self._remember(entry.path, entry.guid)

    def _guid(self, entry: Entry) -> str:
        """The guid of the article this file gave before, when it was its only file; else the entry's own."""
        mark = self.files.get(entry.path)
        if mark is not None:
            stored = self.intake.database.find(self.feed_id, mark[2])
            if stored is not None and stored.paths == (entry.path,):
                return stored.guid
        return entry.guid

    def _note_path(self, entry: Entry) -> None:
        """A second file with a text that is stored: one article, both paths."""
        stored = self.intake.database.find_digest(entry.digest)
        if stored is None:
            return
        if entry.path not in stored.paths:
            self.duplicates += 1
            article = replace(stored, paths=(*stored.paths, entry.path))
            database = self.intake.database
            database.update_articles([(article, database.own_document(stored.id), database.found(stored.id))])
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
