"""What a pane keeps goes as soon as it is no longer kept, without the collector of cycles."""

from __future__ import annotations

import gc

from rich.segment import Segment

from tui.widgets.bounded_dict import BoundedDict
from tui.widgets.line_view import Line


def test_the_first_entry_gives_way_when_it_is_full() -> None:
    kept: BoundedDict[int, str] = BoundedDict(2)
    kept[1], kept[2] = "a", "b"
    kept[1] = "c"
    kept[3] = "d"
    assert kept == {2: "b", 3: "d"}


def test_a_line_is_divided_as_textual_does_it() -> None:
    assert [part.text for part in Line([Segment("a line")], 6).divide([2, 6])] == ["a ", "line"]


def test_drawn_lines_go_at_once_when_they_are_drawn_anew() -> None:
    drawn: BoundedDict[int, Line] = BoundedDict(8)
    gone: list[int] = []

    class Ink(str):
        """Text that tells when it goes."""

        def __del__(self) -> None:
            gone.append(1)

    gc.disable()
    try:
        for number in range(8):
            drawn[number] = Line([Segment(Ink("a line"))], 6)
            assert list(drawn[number].divide([6])) == [drawn[number]]
        drawn.clear()
        assert len(gone) == 8
    finally:
        gc.enable()
