"""Pictures: where an article shows one, and what it looks like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article. ``start`` is its place in the text; ``alt`` says what is seen on it."""

    url: str
    start: int
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Pixels:
    """A decoded picture: three bytes a pixel (red, green, blue), row by row."""

    width: int
    height: int
    data: bytes
