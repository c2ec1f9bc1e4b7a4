"""What is printed where the terminal, or whatever reads the output, does not know every character.

The encoding is that of the locale or of ``PYTHONIOENCODING``, so it may be Latin-1 or ASCII; and names of files may
hold bytes that are no text in any. Nothing of that ends a command: characters are replaced, and escaped within JSON.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any

REPLACED = "newsdash-replaced"
ESCAPED = "newsdash-escaped"
"""Names of error handlers of codecs."""
_LIKE = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‘’‚‛‹›", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        **dict.fromkeys("•★", "*"),
        "●": "o",
        "✗": "x",
        "·": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)


def print_anything() -> None:
    """From now on, replace what standard output and standard error cannot encode."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=REPLACED)


def as_json(value: object, default: Callable[[Any], object] | None = None) -> str:
    """A value as JSON on one line; what standard output cannot encode is escaped, so that nothing is lost."""
    import json

    text = json.dumps(value, ensure_ascii=False, default=default)
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, ESCAPED).decode(encoding)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """A similar character where ASCII has one, its letter without accents, or question marks as wide as it is."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from unicodedata import combining, decomposition, east_asian_width, normalize

    found = ""
    for character in error.object[error.start : error.end]:
        letter = normalize("NFD", character)[0] if decomposition(character) else character
        similar = letter.translate(_LIKE)
        if similar.isascii():
            found += similar
        elif not combining(character):
            found += "??" if east_asian_width(character) in "WF" else "?"
    return found, error.end


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """As JSON writes it: ``\\u201c``, or two of these beyond the first 65,536 characters."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import json

    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error(REPLACED, _replaced)
codecs.register_error(ESCAPED, _escaped)
