"""The headlines list: what it costs, how it moves, and that nothing jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len
from support.pane_app import PaneApp
from textual import events
from textual.app import ComposeResult

from store.errors import NotFoundError
from store.models import Article, ArticleList, Group, Headline, Status
from tui.widgets.headline_line import short_time
from tui.widgets.headlines import Headlines

NOW = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)


class Rows:
    """Gives headlines and counts how often it is asked."""

    def __init__(self, title: str = "Headline {}") -> None:
        self.asked = 0
        self.title = title
        self.gone: set[int] = set()
        self.read: set[int] = set()

    def __call__(self, article_id: int) -> Headline:
        self.asked += 1
        if article_id in self.gone:
            raise NotFoundError("It is gone.")
        when = NOW - timedelta(minutes=10 * article_id)
        article = Article(article_id, 1, "g", "d", self.title.format(article_id), when, when, quoted=article_id % 3)
        return Headline(article, Status(article_id, read=article_id in self.read), "The Source")


class Host(PaneApp):
    def __init__(self) -> None:
        super().__init__()
        self.headlines = Headlines(id="headlines", clock=lambda: NOW)
        self.moved: list[int] = []
        self.opened: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.headlines

    def on_mount(self) -> None:
        self.headlines.focus()

    def on_headlines_moved(self, message: Headlines.Moved) -> None:
        self.moved.append(message.article_id)

    def on_headlines_opened(self, message: Headlines.Opened) -> None:
        self.opened.append(message.article_id)

    @property
    def lines(self) -> list[str]:
        return [self.headlines.render_line(y).text for y in range(self.headlines.size.height)]


async def test_a_hundred_thousand_rows_cost_what_the_screen_shows() -> None:
    app, rows = Host(), Rows()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(100_000)), rows)
        await pilot.pause()
        assert 0 < rows.asked <= 40
        await pilot.press("G")
        assert app.headlines.current == 99_999
        await pilot.press("pageup", "g", "ctrl+d")
        assert rows.asked <= 160
        before = rows.asked
        await pilot.press("j")
        assert rows.asked - before <= 1
        assert app.headlines.virtual_size.height == 100_000


async def test_moving_a_row_draws_only_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    app, rows = Host(), Rows()
    drawn = []
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(1000)), rows)
        await pilot.pause()
        draw = app.headlines.draw
        monkeypatch.setattr(app.headlines, "draw", lambda *row: drawn.append(row[0]) or draw(*row))
        await pilot.press("j")
        await pilot.pause()
    assert set(drawn) <= {0, 1}


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ("j j k", 1),
        ("down down up", 1),
        ("G", 99),
        ("end k", 98),
        ("G g", 0),
        ("G home", 0),
        ("pagedown", 19),
        ("pagedown pageup", 0),
        ("ctrl+d", 9),
        ("ctrl+d ctrl+d ctrl+u", 9),
        ("k", 0),
    ],
)
async def test_keys_move_the_cursor(keys: str, row: int) -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(100)), Rows())
        await pilot.press(*keys.split())
        assert app.headlines.cursor == row
        assert app.headlines.scroll_offset.y <= row < app.headlines.scroll_offset.y + 20


async def test_the_cursor_stays_on_its_article_when_others_come() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(100, 0, -1)), Rows())
        await pilot.press(*["pagedown"] * 2)
        current, line = app.headlines.current, app.headlines.cursor_line
        app.headlines.load(ArticleList(range(150, 0, -1)), Rows(), keep_place=True)
        await pilot.pause()
        assert (app.headlines.current, app.headlines.cursor_line) == (current, line)
        assert app.moved[-1] == current


async def test_the_cursor_goes_to_the_neighbour_of_an_article_that_went() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList([1, 2, 3]), Rows())
        await pilot.press("j")
        app.headlines.load(ArticleList([1, 3]), Rows(), keep_place=True)
        assert app.headlines.current == 3
        app.headlines.load(ArticleList([]), Rows(), keep_place=True)
        assert app.headlines.current is None
        await pilot.press("j", "k", "G", "g", "enter")


async def test_enter_and_a_click_open() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList([7, 8, 9]), Rows())
        await pilot.press("j", "enter")
        await pilot.click(Headlines, offset=(10, 2))
        assert app.opened == [8, 9]
        await pilot.click(Headlines, offset=(10, 12))
        assert app.opened == [8, 9]


async def test_the_wheel_scrolls_without_moving_the_cursor() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(100)), Rows())
        await pilot.pause()
        await pilot._post_mouse_events([events.MouseScrollDown], Headlines, button=0)
        await pilot.pause()
        assert app.headlines.scroll_offset.y > 0
        assert app.headlines.cursor == 0


async def test_a_row_shows_marks_time_source_title_and_people() -> None:
    app, rows = Host(), Rows("A headline that is far too long for the place it has, number {}, and goes on")
    rows.read = {2}
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList([1, 2, 400]), rows)
        await pilot.pause()
        first, second, third = app.lines[:3]
    assert first.startswith("▌●")
    assert "11:50" in first
    assert "The Source" in first
    assert "…" in first
    assert first.rstrip().endswith("1 ❝")
    assert second.startswith("   ")
    assert "14 May" in third


async def test_a_narrow_list_has_two_lines_a_row() -> None:
    app = Host()
    async with app.run_test(size=(40, 10)) as pilot:
        app.headlines.load(ArticleList(range(1, 100)), Rows())
        await pilot.press("G")
        await pilot.pause()
        assert "Headline 99" in app.lines[8]
        assert "The Source" in app.lines[9]


@pytest.mark.parametrize("width", [30, 60, 71, 72, 80, 100, 130])
async def test_wide_characters_never_break_a_row(width: int) -> None:
    app, rows = (
        Host(),
        Rows("日本銀行、金利を据え置き 👩‍👩‍👧 e\u0301 市場は次の会合に注目している日本銀行 {}"),
    )
    async with app.run_test(size=(width, 10)) as pilot:
        app.headlines.load(ArticleList(range(1, 30)), rows)
        await pilot.pause()
        strips = [app.headlines.render_line(y) for y in range(10)]
    assert {cell_len(strip.text) for strip in strips} == {width - 1}


async def test_an_article_that_went_meanwhile_is_said_to_be_gone() -> None:
    app, rows = Host(), Rows()
    rows.gone = {2}
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList([1, 2, 3]), rows)
        await pilot.pause()
        assert "removed" in app.lines[1]


@pytest.mark.parametrize(
    ("when", "wide", "shown"),
    [
        (datetime(2024, 5, 17, 9, 5, tzinfo=UTC), False, "09:05"),
        (datetime(2024, 5, 16, 9, 5, tzinfo=UTC), False, "16 May"),
        (datetime(2012, 12, 7, 0, 47, tzinfo=UTC), True, "07 Dec 2012"),
        (datetime(2012, 12, 7, 0, 47, tzinfo=UTC), False, "Dec’12"),
        (datetime.min.replace(tzinfo=UTC), True, "01 Jan 1"),
    ],
)
def test_times_are_short(when: datetime, wide: bool, shown: str) -> None:
    assert short_time(when, NOW, wide=wide) == shown


GROUPS = (Group("a", "First", 0), Group("b", "Second", 3), Group("c", "Third", 5))


async def test_the_cursor_passes_over_headings_and_a_click_folds() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(1, 9), GROUPS), Rows())
        await pilot.pause()
        assert app.headlines.current == 1
        await pilot.press("j", "j", "j")
        assert app.headlines.current == 4
        await pilot.click(Headlines, offset=(10, 0))
        assert app.lines[0].strip().startswith("▸ First")
        assert app.headlines.current == 4
        assert app.opened == []
        await pilot.press("k")
        assert app.headlines.current is None
        assert app.headlines.beyond(1) == 0
        await pilot.press("enter")
        assert app.headlines.current == 1
        app.headlines.select(8)
        assert app.headlines.current == 8


async def test_a_folded_group_stays_folded_and_the_cursor_on_it_when_articles_come() -> None:
    app = Host()
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(1, 9), GROUPS), Rows())
        await pilot.press("j", "j", "j", "minus")
        line = app.headlines.cursor_line
        app.headlines.load(ArticleList(range(1, 9), GROUPS), Rows(), keep_place=True)
        await pilot.pause()
        assert app.headlines.current is None
        assert app.headlines.cursor_line == line
        assert "▸ Second" in app.lines[line]


async def test_grouped_headlines_cost_what_the_screen_shows() -> None:
    app, rows = Host(), Rows()
    groups = tuple(Group(str(number), f"Group {number}", number * 100) for number in range(1000))
    async with app.run_test(size=(100, 20)) as pilot:
        app.headlines.load(ArticleList(range(100_000), groups), rows)
        await pilot.press("G", "g", "j")
        assert rows.asked <= 100
        assert app.headlines.virtual_size.height == 101_000
