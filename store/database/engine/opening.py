"""Opening a store: take the lock, bring the format up to date, fall back to reading when writing cannot be."""

from __future__ import annotations

from pathlib import Path

from store.database.engine.files import Files
from store.database.engine.lock import WriteLock
from store.database.engine.migrations import migrate, version_of
from store.database.engine.storage import JournalStorage
from store.database.os_errors import reason
from store.errors import StoreError


def open_storage(folder: Path, files: Files, *, read_only: bool) -> tuple[JournalStorage, WriteLock, str]:
    """The storage, the lock (held when it is writable), and one sentence when it is not what was asked for.

    :raises StoreError: when it can be neither read nor made.
    """
    lock = WriteLock(folder / "lock", files)
    notice = ""
    if not read_only:
        try:
            return _open_to_write(folder, files, lock), lock, ""
        except _InUse as error:
            notice = str(error)
        except OSError as error:
            lock.release()
            notice = f"Read-only: {folder} cannot be written because {reason(error)}."
            if not files.exists(folder):
                raise StoreError(f"The store in {folder} cannot be made: {reason(error)}.") from error
        except BaseException:
            lock.release()
            raise
    try:
        if version_of(folder, files) == 1:
            raise StoreError("The store is of an older format; open it once without read-only to bring it up to date.")
        return JournalStorage(folder, files, writable=False), lock, notice
    except OSError as error:
        raise StoreError(f"The store in {folder} cannot be read: {reason(error)}.") from error


def ready_name(folder: Path) -> Path:
    """Where a backup lies unpacked and checked, ready to take the store's place."""
    return folder.with_name(folder.name + ".restored")


class _InUse(Exception):  # noqa: N818 - a reason to read only, not an error
    pass


def _open_to_write(folder: Path, files: Files, lock: WriteLock) -> JournalStorage:
    if not files.exists(folder) and files.exists(ready_name(folder)):
        files.rename(ready_name(folder), folder)  # a crash came between the last two renames of a restore
    files.make_folder(folder)
    if not lock.acquire():
        raise _InUse(f"Read-only: {lock.holder()} is using this store.")
    migrate(folder, files)
    return JournalStorage(folder, files, writable=True)
