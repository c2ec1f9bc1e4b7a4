"""Everything that the screens paint can be read in our own themes, and told apart without colours."""

from __future__ import annotations

import unicodedata

import pytest
from rich.color import Color as Painted
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tui.app import NewsdashApp
from tui.keys.commands import Pane
from tui.themes import OWN_THEMES, READABLE, contrast
from tui.widgets.article import ArticleView
from tui.widgets.feeds import Feeds
from tui.widgets.headlines import Headlines
from tui.widgets.line_view import LineView
from tui.widgets.people import People
from tui.widgets.person_facts import PersonFacts
from tui.widgets.person_list import PersonList
from tui.widgets.quote_list import QuoteList
from tui.widgets.status_bars import KeyBar, PaneBar, StatusBar
from tui.widgets.styles import ComponentStyles

GROUNDS = {"rows--cursor", "rows--cursor-blurred", "article--chosen"}
"""The component classes that give a background to what others colour."""

LOOKS = {
    "headlines": ("m", "s", "j"),
    "grouped": ("B", "2"),
    "feeds": ("h", "h", "h", "j"),
    "article": ("enter", "right_square_bracket", "right_square_bracket"),
    "people": ("enter", "l", "j", "j"),
    "finding": ("enter", "f", *"har", "enter"),
    "found": ("slash", *"har", "enter"),
    "wrong search": ("slash", *"(h"),
    "jumping": ("apostrophe",),
    "help": ("question_mark",),
    "first steps": ("f1",),
    "new feed": ("a", *"a b", "enter"),
    "starter feeds": ("N", "space"),
    "choice": ("S",),
    "why": ("enter", "right_square_bracket", "i"),
    "whose": ("enter", "right_square_bracket", "c"),
    "about a feed": ("h", "h", "h", "j", "i"),
    "edited feed": ("h", "h", "h", "G", "e"),
    "log": ("L",),
    "rules": ("comma",),
    "palette": ("colon", *"th"),
    "directory": ("P", "j", "*"),
    "person": ("P", "enter"),
    "quotations chosen": ("P", "enter", "slash", *"har"),
}
"""Keys that bring one look of the screen each."""
PARTS = 3
"""Tests that share the looks, so that they can run beside each other."""


def colours(style: Style) -> tuple[Color, Color]:
    """What is painted, and on what."""
    front, ground = (
        Color.from_rich_color(colour if isinstance(colour, Painted) else None)
        for colour in (style.color, style.bgcolor)
    )
    if style.dim:
        front = ground.blend(front, 0.66)
    return (ground, front) if style.reverse else (front, ground)


def is_text(text: str) -> bool:
    """Letters, digits, punctuation and marks; lines, frames and blocks only show where things end."""
    return any(not each.isspace() and not 0x2500 <= ord(each) < 0x25A0 for each in text) and any(
        unicodedata.category(each)[0] in "LNPS" for each in text
    )


def too_faint(app: NewsdashApp) -> set[str]:
    """The texts on the screen with too little contrast; what lies dimmed behind a dialog is not to be read."""
    found = set()
    on_top = [child.region for child in app.screen.children if child.display]
    for y, strip in enumerate(app.screen._compositor.render_strips(app.size)):
        x = 0
        for segment in strip:
            text, style, _ = segment
            x += segment.cell_length
            if not any(region.contains(x - 1, y) for region in on_top):
                continue
            if style is None or not is_text(text) or style.color is None or style.bgcolor is None:
                continue
            front, ground = colours(style)
            # A box that is not ticked is a tick in the colour of its ground.
            if (ratio := contrast(front, ground)) < READABLE and not (text.strip() == "X" and front == ground):
                found.add(f"line {y}: {text.strip()!r} {front.hex} on {ground.hex}: {ratio:.2f}")
    return found


def too_faint_looks(widget: ComponentStyles) -> set[str]:
    """The component classes with too little contrast on a ground that the widget may have behind them."""
    names = {name for kind in type(widget).__mro__ for name in vars(kind).get("COMPONENT_CLASSES", ())}
    grounds = [Style(), *(widget.style(name) for name in sorted(names & GROUNDS))]
    looks = {name: widget.style(name) for name in names}
    if isinstance(widget, LineView):
        looks |= {f"speaker {number}": widget.speaker(number) for number in range(9)}
    found = set()
    for name, look in looks.items():
        for ground in grounds:
            front, behind = colours(widget.base + ground + look)
            if (ratio := contrast(front, behind)) < READABLE:
                found.add(f"{type(widget).__name__} {name} {front.hex} on {behind.hex}: {ratio:.2f}")
    return found


async def wear(driver, theme: Theme) -> None:
    """Change the theme; what is then painted is looked at, so it need not be painted before."""
    with driver.app.batch_update():
        driver.app.theme = theme.name
        await driver.pilot.pause(0)


async def close_all(driver) -> None:
    """Back to the list of headlines, whatever is open."""
    app, dashboard = driver.app, driver.dashboard
    while (
        len(app.screen_stack) > 1
        or dashboard.controllers.panes.current is not Pane.HEADLINES
        or dashboard.controllers.jump.is_on
        or dashboard.context.search_bar.display
        or dashboard.context.session.view.query
    ):
        await driver.press("escape")


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_text_on_every_screen_can_be_read(open_dashboard, put_article, part: int) -> None:
    put_article("one", "Harbour opens", 1)
    put_article("two", "Harbour closes", 2)
    faint, themes = {}, list(OWN_THEMES)
    async with open_dashboard() as driver:
        for look, keys in list(LOOKS.items())[part::PARTS]:
            await driver.press(*keys)
            for theme in themes:
                await wear(driver, theme)
                if found := too_faint(driver.app):
                    faint[look, theme.name] = found
            themes.reverse()  # the next look begins in what this one ended in
            await close_all(driver)
    assert faint == {}


async def test_every_look_can_be_read_on_every_ground_of_its_widget(open_dashboard) -> None:
    """Also the looks that few articles do not bring to the screen, such as that of a failed feed."""
    faint, seen = set(), set()
    async with open_dashboard() as driver:
        for keys in ((), ("P",), ("enter",)):
            await driver.press(*keys)
            for theme in OWN_THEMES:
                await wear(driver, theme)
                for widget in driver.app.screen.walk_children(ComponentStyles):
                    seen.add(type(widget))
                    faint |= {f"{theme.name}: {each}" for each in too_faint_looks(widget)}
    assert seen >= {
        Feeds,
        Headlines,
        ArticleView,
        People,
        PersonList,
        QuoteList,
        PersonFacts,
        KeyBar,
        StatusBar,
        PaneBar,
    }
    assert faint == set()


async def test_without_colours_everything_is_still_told_apart(open_dashboard, put_article, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    put_article("one", "Harbour opens", 1)
    put_article("two", "Harbour closes", 2)
    async with open_dashboard() as driver:
        await driver.press("g", "m")
        for strip in driver.app.screen._compositor.render_strips(driver.app.size):
            for text, style, _ in strip:
                for colour in (style.color, style.bgcolor) if style else ():
                    assert colour is None or colour.triplet is None or len(set(colour.triplet)) == 1, text
        rows = driver.text.splitlines()
        assert [row[1:4] for row in rows if "Harbour" in row[:60] and "Seeds" in row[:60]] == ["▌  ", " ● "]
        assert "A▎" in driver.text
        assert "B▎" in driver.text
