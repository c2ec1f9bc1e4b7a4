"""One writer, any number of readers, and what happens when the writer is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.small_store import item

import store
from store.database import Database
from store.database.engine.files import Files
from store.errors import ReadOnlyError, StoreError
from store.models import Feed, Status

WRITER = """
import sys
from pathlib import Path
from store.database import Database
from store.models import Feed, Status
database = Database.open(Path(sys.argv[1]))
print("open", flush=True)
for line in sys.stdin:
    if line.startswith("compact"):
        database.compact()
    else:
        database.articles.save_statuses([Status(int(line), read=True)])
    print("done", flush=True)
"""


class Writer:
    def __init__(self, folder: Path) -> None:
        root = str(Path(store.__file__).parents[1])
        self.process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": root},
        )
        assert self.answer() == "open"

    def answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def tell(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        assert self.answer() == "done"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "store"
    with Database.open(path) as database:
        database.feeds.add(Feed(0, "https://a.example/", "A"))
        database.articles.add([item(number) for number in range(4)])
    return path


@pytest.fixture
def writer(folder) -> Iterator[Writer]:
    running = Writer(folder)
    yield running
    running.kill()


def test_a_second_process_reads_and_says_who_writes(folder, writer) -> None:
    with Database.open(folder) as database:
        assert database.read_only
        assert f"process {writer.process.pid}" in database.notice
        assert len(database.articles.ids()) == 4
        with pytest.raises(ReadOnlyError, match=str(writer.process.pid)):
            database.articles.save_statuses([Status(1, read=True)])
        writer.tell("1")  # the first goes on


def test_a_reader_sees_the_writers_changes_on_refresh_also_after_a_compaction(folder, writer) -> None:
    with Database.open(folder) as database:
        assert not database.refresh()
        writer.tell("1")
        assert database.refresh()
        assert database.articles.unread() == {2, 3, 4}
        writer.tell("compact")
        writer.tell("2")
        assert database.refresh()
        assert database.articles.unread() == {3, 4}
        assert database.texts.document(3).text == item(2)[1].text


def test_a_reader_backs_up_what_the_writer_has_now(folder, writer, tmp_path) -> None:
    with Database.open(folder) as database:
        writer.tell("1")
        writer.tell("compact")  # the files that the reader knows are gone
        writer.tell("2")
        database.backup(tmp_path / "backup.zip")
        assert database.articles.unread() == {1, 2, 3, 4}
    Database.restore(tmp_path / "restored", tmp_path / "backup.zip")
    with Database.open(tmp_path / "restored") as database:
        assert database.check() == []
        assert database.articles.unread() == {3, 4}


def test_a_reader_sees_a_backup_that_was_restored_under_it(folder, tmp_path) -> None:
    with Database.open(folder) as database:
        database.compact()
        database.backup(tmp_path / "backup.zip")
        database.articles.update([item(0, text="Later.", article_id=1)])
        database.articles.add([item(9)])
    with Database.open(folder, read_only=True) as reader:
        assert reader.texts.document(1).text == "Later."
        Database.restore(folder, tmp_path / "backup.zip")
        assert reader.refresh()
        assert len(reader.articles.ids()) == 4
        assert reader.texts.document(1).text == item(0)[1].text
        assert reader.check() == []


def test_a_backup_is_not_restored_over_a_store_in_use(folder, writer, tmp_path) -> None:
    with Database.open(folder) as database:
        database.backup(tmp_path / "backup.zip")
    with pytest.raises(StoreError, match=str(writer.process.pid)):
        Database.restore(folder, tmp_path / "backup.zip")
    writer.tell("1")


class RestoringMeanwhile(Files):
    """Another process restores a backup just after the lock file was opened."""

    def __init__(self, file: Path) -> None:
        self.file: Path | None = file

    def open_append(self, path: Path) -> int:
        handle = super().open_append(path)
        if path.name == "lock" and self.file is not None:
            file, self.file = self.file, None
            Database.restore(path.parent, file)
        return handle


def test_there_is_one_writer_also_when_a_backup_is_restored_at_that_moment(folder, tmp_path) -> None:
    with Database.open(folder) as database:
        database.backup(tmp_path / "backup.zip")
    with Database.open(folder, files=RestoringMeanwhile(tmp_path / "backup.zip")) as first:
        assert not first.read_only
        first.articles.save_statuses([Status(1, read=True)])
        with Database.open(folder) as second:
            assert second.read_only
            assert 1 not in second.articles.unread()


def test_a_killed_writer_leaves_no_lock_and_loses_nothing(folder, writer) -> None:
    writer.tell("3")
    writer.kill()
    assert (folder / "lock").read_text().startswith(str(writer.process.pid))
    with Database.open(folder) as database:
        assert not database.read_only
        assert 3 not in database.articles.unread()
        database.articles.save_statuses([Status(1, read=True)])
