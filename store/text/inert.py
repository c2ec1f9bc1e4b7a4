"""Text that was stored, made harmless in place.

Text is cleaned on its way in (:mod:`store.text.clean`), so a store that only newsdash wrote holds nothing that a
terminal could obey. A backup from a stranger may. What :mod:`store.text.clean` takes out is replaced here, one
character for one, so that offsets into the text still hold.
"""

from __future__ import annotations

import re
from typing import Any

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0000-\U000e007f]+")
"""Tag characters; those of a flag stay."""
_REPLACEMENT = "\ufffd"

# Each begins with one byte, which the matcher finds at the speed of memory; a class of characters is tried at each.
_ESCAPE = re.compile(rb'\\[^n"\\t/]').search
_NOT_ASCII = tuple(
    re.compile(pattern).search
    for pattern in (
        rb"\xc2[\x80-\x9f\xad]",
        rb"\xd8\x9c",
        rb"\xe1\xa0\x8e",
        rb"\xe2(?:\x80[\x8b\x8e\x8f\xa8-\xae]|\x81[\xa0-\xaf])",
        rb"\xef(?:\xb7[\x90-\xaf]|\xbb\xbf|\xbf[\xb9-\xbb\xbe\xbf])",
        rb"\xf3\xa0[\x80\x81]",
    )
)


def is_inert(data: bytes) -> bool:
    """Whether no string in this JSON (UTF-8) needs :func:`make_inert`; False also where that is hard to say."""
    if b"\x7f" in data or _ESCAPE(data) is not None:
        return False
    return data.isascii() or not any(search(data) for search in _NOT_ASCII)


def make_inert(value: Any) -> Any:
    """A JSON value with U+FFFD in place of each character that a terminal could obey or that misleads a reader.

    :raises RecursionError: when lists lie very deep in one another.
    """
    if isinstance(value, str):
        return _TAGS.sub(_tags, _HARMFUL.sub(_REPLACEMENT, value))
    if isinstance(value, list):
        return [make_inert(item) for item in value]
    if isinstance(value, dict):
        return {key: make_inert(item) for key, item in value.items()}
    return value


def _tags(run: re.Match[str]) -> str:
    return run[1] or _REPLACEMENT * len(run[0])
