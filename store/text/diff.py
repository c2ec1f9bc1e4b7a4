"""What changed between two versions of a text, block by block and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from store.models import Change, Document, Edit, EditKind, Revision

MOST_STEPS = 4_000_000
"""Pairs of words that are compared; two longer blocks are told apart as a whole."""
LEAST_ALIKE = 0.3
"""Share of common words from which a block is an edited one and not another one."""
_WORD = re.compile(r"\s*\S+")

Edits = tuple[Edit, ...]


def changes_of(revisions: Sequence[Revision], title: str, document: Document) -> list[Change]:
    """What each change did, the latest first, given all earlier versions and the present one."""
    versions = [*((revision.title, revision.document) for revision in revisions), (title, document)]
    return [
        Change(
            revision.replaced,
            compare_lines(revision.title, newer[0]) if revision.title != newer[0] else (),
            compare(revision.document, newer[1]),
        )
        for revision, newer in reversed(list(zip(revisions, versions[1:], strict=True)))
    ]


def compare(old: Document, new: Document) -> tuple[Edits, ...]:
    """The blocks of both documents in order, each as the edits that make the old one into the new one."""
    before, after = blocks_of(old), blocks_of(new)
    found: list[Edits] = []
    for kind, start, end, new_start, new_end in _matches(before, after):
        if kind == "equal":
            found += [(Edit(EditKind.SAME, text),) for text in before[start:end]]
        else:
            found += _replaced(before[start:end], after[new_start:new_end])
    return tuple(found)


def compare_lines(old: str, new: str) -> Edits:
    """The words of two lines, as the edits that make the old one into the new one."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > MOST_STEPS:
        return _whole(old, new)
    edits: list[Edit] = []
    for kind, start, end, new_start, new_end in _matches(before, after):
        if kind == "equal":
            edits.append(Edit(EditKind.SAME, "".join(before[start:end])))
            continue
        if end > start:
            edits.append(Edit(EditKind.REMOVED, "".join(before[start:end])))
        if new_end > new_start:
            edits.append(Edit(EditKind.ADDED, "".join(after[new_start:new_end])))
    return tuple(edits)


def blocks_of(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Edits]:
    """Blocks in the place of others: each an edited one if it is like the one it follows on, else another one."""
    for old, new in zip_longest(before, after, fillvalue=""):
        edits = compare_lines(old, new) if old and new else _whole(old, new)
        kept = sum(len(edit.text) for edit in edits if edit.kind is EditKind.SAME)
        if kept >= LEAST_ALIKE * max(len(old), len(new)):
            yield edits
        else:
            yield from ((edit,) for edit in _whole(old, new))


def _whole(old: str, new: str) -> Edits:
    both = Edit(EditKind.REMOVED, old), Edit(EditKind.ADDED, new)
    return tuple(edit for edit in both if edit.text)


def _matches(before: Sequence[str], after: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=len(before) * len(after) > MOST_STEPS).get_opcodes()
