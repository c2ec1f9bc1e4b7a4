"""Rows as the disk holds them: JSON objects whose text is harmless, whoever wrote it.

Rows are looked at whenever they are read. Texts are long, so they are looked at when they are written, and in a backup
when it is restored.
"""

from __future__ import annotations

from typing import Any

import orjson

from store.text.inert import is_inert, make_inert

WRONG_SHAPE = (TypeError, ValueError, LookupError, AttributeError, OverflowError)
"""What decoding a row raises that is none of its table."""


def to_row(value: bytes) -> dict[str, Any]:
    """A row from its JSON.

    :raises ValueError: when it is no JSON object.
    """
    row = orjson.loads(value)
    if not isinstance(row, dict):
        raise ValueError("it is no JSON object")
    return row if is_inert(value) else _inert(row)


def inert_json(value: bytes) -> bytes:
    """JSON with harmless text only.

    :raises ValueError: when it is no JSON.
    """
    return value if is_inert(value) else orjson.dumps(_inert(orjson.loads(value)))


def _inert(value: Any) -> Any:
    try:
        return make_inert(value)
    except RecursionError:
        raise ValueError("lists lie too deep in one another") from None
