"""Finds seed files: which files of a folder are taken, in which order, and what is said of the others.

The rule. A file named by the user is tried whatever it is called. In a folder, and in the folders in it, taken are
files that end in ``.txt .text .md .markdown .html .htm .xhtml`` and files without an ending. Passed over in silence
are hidden files and folders (``.name``), backups (``name~ #name# name.bak name.swp …``) and files with other
endings. A link that leads to something inside the folder is followed, but no file or folder is visited twice; one
that leads out of it is not followed, and said to be so.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.models import Problem
from store.text.clean import clean_line, strip_controls

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 32
"""Folders inside one another below the one named."""
ENDINGS = frozenset(("", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"))

_Identity = tuple[int, int]


def walk(paths: Iterable[Path]) -> Iterator[Path | Problem]:
    """The files named and those in the folders named, in the order of their names; problems where they occur.

    Paths are absolute. Nothing is opened but folders.
    """
    seen: set[_Identity] = set()
    for path in paths:
        yield from _Walk(Path(os.path.abspath(path)), seen).files()  # noqa: PTH100 - keeps links as they are named


def name_of(path: Path) -> str:
    """A file's name as it may be shown."""
    return clean_line(strip_controls(path.name)) or clean_line(strip_controls(str(path))) or "a file without a name"


def too_large(name: str, size: int) -> str:
    return f"{name}: it is too large ({size / 1_000_000:.1f} MB; at most {MAX_BYTES // 1_048_576} MB are read)."


class _Walk:
    """One walk below one root."""

    def __init__(self, root: Path, seen: set[_Identity]) -> None:
        self.root = root
        self.seen = seen
        self.real_root = os.path.realpath(root)
        self.links: list[tuple[Path, int]] = []
        """Links met on the way, with their depth. They come last, so that a file is found under its own name first."""

    def files(self) -> Iterator[Path | Problem]:
        try:
            info = self.root.stat()
        except (OSError, ValueError) as error:
            yield _problem(self.root, _no_access(error))
            return
        if not stat.S_ISDIR(info.st_mode):
            yield from self._file(self.root, info)
            return
        yield from self._folder(self.root, info, 0)
        while self.links:
            links, self.links = self.links, []
            for link, depth in links:
                yield from self._link(link, depth)

    def _folder(self, folder: Path, info: os.stat_result, depth: int) -> Iterator[Path | Problem]:
        """All below ``folder``, by a stack of its own: depth is the file system's, not Python's."""
        waiting = [(folder, info, depth)]
        while waiting:
            path, info, depth = waiting.pop()
            if stat.S_ISDIR(info.st_mode):
                if self._is_new(info):
                    listed = self._list(path, depth)
                    if isinstance(listed, Problem):
                        yield listed
                    else:
                        waiting += reversed(listed)
            else:
                yield from self._file(path, info)

    def _list(self, folder: Path, depth: int) -> list[tuple[Path, os.stat_result, int]] | Problem:
        """What is in a folder and may be taken; links are put aside."""
        if depth > MAX_DEPTH:
            return _problem(folder, f"it lies more than {MAX_DEPTH} folders deep.")
        try:
            with os.scandir(folder) as entries:
                names = sorted((entry for entry in entries), key=lambda entry: entry.name)
        except OSError as error:
            return _problem(folder, _no_access(error))
        found = []
        for entry in names:
            path = folder / entry.name
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # Removed since it was listed.
            if stat.S_ISLNK(info.st_mode):
                if not is_passed_over(entry.name, folder=True):
                    self.links.append((path, depth + 1))
            elif not is_passed_over(entry.name, folder=stat.S_ISDIR(info.st_mode)):
                found.append((path, info, depth + 1))
        return found

    def _link(self, link: Path, depth: int) -> Iterator[Path | Problem]:
        try:
            info = link.stat()
            target = os.path.realpath(link)
        except (OSError, ValueError) as error:
            missing = isinstance(error, FileNotFoundError)
            yield _problem(link, "it is a link to a file that is not there." if missing else _no_access(error))
            return
        inside = os.path.commonpath((self.real_root, target)) == self.real_root
        if not inside:
            yield _problem(link, "it is a link that leads out of the folder.")
        elif stat.S_ISDIR(info.st_mode):
            yield from self._folder(link, info, depth)
        elif not is_passed_over(link.name, folder=False):
            yield from self._file(link, info)

    def _file(self, path: Path, info: os.stat_result) -> Iterator[Path | Problem]:
        if not self._is_new(info):
            return
        yield path if stat.S_ISREG(info.st_mode) else _problem(path, "it is not a regular file.")

    def _is_new(self, info: os.stat_result) -> bool:
        identity = (info.st_dev, info.st_ino)
        if identity in self.seen:
            return False
        self.seen.add(identity)
        return True


def is_passed_over(name: str, *, folder: bool) -> bool:
    """True for names that the rule passes over in silence."""
    if name.startswith((".", "#")) or name.endswith(("~", "#")):
        return True
    return not folder and os.path.splitext(name)[1].lower() not in ENDINGS  # noqa: PTH122 - a name, not a path


def _problem(path: Path, reason: str) -> Problem:
    name = name_of(path)
    return Problem(name, f"{name}: {reason}")


def _no_access(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder."
    if isinstance(error, PermissionError):
        return "it may not be read."
    return f"it cannot be read ({clean_line(str(getattr(error, 'strerror', None) or error))})."
