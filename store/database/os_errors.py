"""What the operating system says, as a sentence of the store."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import StoreError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file may not grow further",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "a file is missing",
    errno.EMFILE: "too many files are open",
}


def reason(error: OSError) -> str:
    """For example ``the disk is full``."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error) or "unknown").rstrip(".")


@contextmanager
def writing(what: str = "The change could not be stored") -> Iterator[None]:
    """:raises StoreError: in place of an error of the disk."""
    try:
        yield
    except OSError as error:
        raise refused(error, what) from error


@contextmanager
def reading() -> Iterator[None]:
    """:raises StoreError: in place of an error of the disk."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"The store could not be read: {reason(error)}.") from error


def refused(error: Exception, what: str = "The change could not be stored") -> StoreError:
    return StoreError(f"{what}: {reason(error) if isinstance(error, OSError) else error}.")
