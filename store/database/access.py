"""What the parts of the database share: the open store, read and changed with errors in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from store.database.engine.compaction import Compactor
from store.database.engine.lock import WriteLock
from store.database.engine.segments import Pointer
from store.database.engine.snapshot import Damaged
from store.database.engine.storage import JournalStorage
from store.database.engine.texts import Change
from store.database.index.articles import ArticleIndex
from store.database.os_errors import reason
from store.errors import ReadOnlyError, StoreError


class DamagedTextError(StoreError):
    """A text that is stored and cannot be read."""


class Access:
    """An open store. A part of the database adds the methods for its own tables."""

    def __init__(self, storage: JournalStorage, lock: WriteLock, notice: str) -> None:
        self.notice = notice
        """'' or one sentence: why it is read-only, what was set aside."""
        self.read_only = not storage.writable
        self.folder = storage.folder
        self._storage = storage
        self._lock = lock
        self._compactor = Compactor(storage)
        self._index = ArticleIndex(storage)

    def require_writable(self) -> None:
        """:raises ReadOnlyError: when the store is open for reading only."""
        if self.read_only:
            raise ReadOnlyError(self.notice or "The store is open for reading only.")

    def refresh(self) -> bool:
        """See what the writing process changed; True when anything did."""
        if not self.read_only:
            return False
        with reading():
            changed = self._storage.refresh()
        if changed and self._storage.reloaded:
            self._index = ArticleIndex(self._storage)
            self._storage.reloaded = False
        return changed

    def _document(self, table: str, doc_id: int) -> dict[str, Any] | None:
        with reading():
            return self._storage.document(table, doc_id)

    def _text(self, table: str, article_id: int, pointer: Pointer | None = None) -> dict[str, Any] | None:
        try:
            return self._text_now(table, article_id, pointer)
        except FileNotFoundError:
            # The writer compacted under a reader: the text is elsewhere now.
            self.refresh()
        except Damaged:
            pass
        try:
            return self._text_now(table, article_id, None if self.read_only else pointer)
        except FileNotFoundError as error:
            raise DamagedTextError("The file with the text of this article is missing; run newsdash doctor.") from error
        except Damaged as error:
            raise DamagedTextError("The stored text of this article is damaged; run newsdash doctor.") from error

    def _text_now(self, table: str, article_id: int, pointer: Pointer | None) -> dict[str, Any] | None:
        with reading(passing=(FileNotFoundError,)):
            if pointer is not None:
                return self._storage.text_at(pointer, table, article_id)
            return self._storage.text(table, article_id)

    def _commit(self, changes: Sequence[Change]) -> None:
        self.require_writable()
        if not changes:
            return
        with writing():
            self._storage.commit(changes)
        self._compactor.commit_was_made()


@contextmanager
def writing(what: str = "The change could not be stored") -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}: {reason(error)}.") from error


@contextmanager
def reading(passing: tuple[type[OSError], ...] = ()) -> Iterator[None]:
    try:
        yield
    except passing:
        raise
    except OSError as error:
        raise StoreError(f"The store could not be read: {reason(error)}.") from error
