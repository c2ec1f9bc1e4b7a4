"""What the operating system says, as part of a sentence."""

from __future__ import annotations

import errno

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
