"""What we use of Textual that it does not promise: nothing unawares, and a sentence when a new version lacks it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import OptionList

import tui

CALLED = {
    "_attach": (DOMNode, ["self", "parent"], "LazyComponentStyles asks for the style of a class without a widget"),
    "_get_component_classes": (Widget, [], "LazyComponentStyles has component classes styled when they are drawn"),
    "_on_click": (OptionList, ["self", "event"], "ignore_stale_clicks lets a click on a row that is gone do nothing"),
    "_on_message": (MessagePump, ["self", "message"], "MessageGate ignores what comes for closed screens"),
    "_size_updated": (
        Widget,
        ["self", "size", "virtual_size", "container_size", "layout"],
        "SizedScrollView has the lines of panes set again before the layout is painted",
    ),
    "_start_widget": (App, ["self", "parent", "widget"], "SizedScrollView has a scrollbar of its own"),
}
"""Methods: whose, their parameters, what for; all in ``tui/textual_inside.py``."""
HELD = {
    "_component_styles": (Widget, "LazyComponentStyles keeps the styles that it asked for"),
    "_driver": (App, "write_to_terminal needs it"),
    "_vertical_scrollbar": (Widget, "SizedScrollView has a scrollbar of its own"),
}
"""Attributes: whose, what for."""


def test_one_module_names_what_textual_does_not_promise() -> None:
    names = re.compile(rf"\b({'|'.join([*CALLED, *HELD])})\b")
    sources = Path(tui.__file__).parent.rglob("*.py")
    assert {path.name for path in sources if names.search(path.read_text(encoding="utf-8"))} == {"textual_inside.py"}


@pytest.mark.parametrize("name", CALLED)
def test_a_method_that_we_rely_on_is_there(name: str) -> None:
    owner, parameters, purpose = CALLED[name]
    found = getattr(owner, name, None)
    assert found is not None, f"Textual has no {owner.__name__}.{name} any more: {purpose}."
    now = list(inspect.signature(found).parameters)
    assert now == parameters, f"Textual's {owner.__name__}.{name} takes {now} now, not {parameters}: {purpose}."


@pytest.mark.parametrize("name", HELD)
def test_an_attribute_that_we_rely_on_is_there(name: str) -> None:
    owner, purpose = HELD[name]
    assert hasattr(owner(), name), f"Textual's {owner.__name__} has no {name} any more: {purpose}."


class Probe(ScrollView):
    """Notes which of its methods Textual calls."""

    called: set[str] = set()  # noqa: RUF012 - of all of them

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:
        cls.called.add("_get_component_classes")
        return frozenset()

    def _size_updated(self, *sizes: Size, layout: bool = True) -> bool:
        self.called.add("_size_updated")
        return super()._size_updated(*sizes, layout=layout)

    @property
    def vertical_scrollbar(self):
        self.called.add("vertical_scrollbar")
        return super().vertical_scrollbar


class ProbeApp(App[None]):
    def compose(self) -> Iterator[Widget]:
        yield Probe()


async def test_what_we_put_in_its_place_is_called() -> None:
    async with ProbeApp().run_test(size=(20, 10)) as pilot:
        pilot.app.query_one(Probe).virtual_size = Size(10, 100)
        await pilot.pause()
    missing = {"_get_component_classes", "_size_updated", "vertical_scrollbar"} - Probe.called
    assert not missing, f"Textual no longer calls {', '.join(sorted(missing))}: see tests/tui/test_textual_inside.py."


def own_classes() -> Iterator[tuple[type, ast.ClassDef]]:
    """Our classes that are Textual's as well, with their source."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        loaded = importlib.import_module(module.name)
        for node in ast.parse(inspect.getsource(loaded)).body:
            kind = getattr(loaded, node.name, None) if isinstance(node, ast.ClassDef) else None
            if isinstance(kind, type) and issubclass(kind, MessagePump):
                yield kind, node


def private_names(node: ast.ClassDef) -> set[str]:
    """What a class defines or sets of its own that begins with one underscore."""
    names = set()
    for each in ast.walk(node):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
    return {name for name in names if name.startswith("_") and not name.startswith("__")} - {"_"}


def test_no_class_of_ours_takes_a_name_that_textual_uses_itself() -> None:
    theirs = {kind: set(dir(kind())) for kind in (App, Screen, Widget, ScrollView)}
    taken = {
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind, node in own_classes()
        for base in theirs
        if issubclass(kind, base)
        for name in private_names(node) & theirs[base] - {*CALLED, *HELD}
    }
    assert not taken, "Textual has these names for itself; choose others, or add them to this file's tables."
