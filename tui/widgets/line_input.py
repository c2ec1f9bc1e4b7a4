"""A line of text to type words into, at the foot of a screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class WordsInput(Input):
    """As wide as there is room, whatever is typed: a letter moves nothing else, so nothing is laid out anew for it."""

    virtual_size = Reactive(Size(0, 0))
