"""The dashboard, driven by keys on a real library."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.errors import StoreError
from store.models import Scope, View
from tui.app import NewsdashApp
from tui.dashboard.layout import Shape
from tui.dialogs.help import HelpScreen
from tui.keys.commands import Pane
from tui.widgets.headlines import Headlines

Put = Callable[..., None]


@pytest.fixture
def five(put_article: Put) -> None:
    """Five articles, the newest called Fifth; the shipped one is older and comes last."""
    for day, name in enumerate(("First", "Second", "Third", "Fourth", "Fifth"), 1):
        put_article(
            name, f"{name} headline", day, f"The {name.lower()} text says this.\n\n“Words of {name},” said Ann Bell."
        )


async def test_a_new_user_sees_an_article_its_text_and_its_people(open_dashboard) -> None:
    async with open_dashboard() as driver:
        text = driver.text
    assert "US-Russia Stalemate Wavers" in text
    assert "The rapidly escalating civil war" in text
    assert "Matthew Rojansky" in text
    assert "People & quotes" in text


@pytest.mark.usefixtures("five")
async def test_moving_shows_articles_and_only_opening_marks_them_read(open_dashboard) -> None:
    async with open_dashboard() as driver:
        assert driver.titles[:2] == ["Fifth headline", "Fourth headline"]
        await driver.press("j")
        assert "fourth text" in driver.text
        assert len(driver.library.listing.ids(View(Scope.UNREAD))) == 6
        await driver.press("enter")
        assert driver.controllers.panes.current is Pane.ARTICLE
        assert len(driver.library.listing.ids(View(Scope.UNREAD))) == 5


@pytest.mark.usefixtures("five")
async def test_next_and_previous_unread(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("j", "enter", "escape", "g", "n")
        assert driver.current == "Third headline"
        await driver.press("p")
        assert driver.current == "Fifth headline"
        await driver.press("p")
        assert "No unread articles before" in driver.text


@pytest.mark.usefixtures("five")
async def test_space_reads_on_to_the_next_unread_article(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("space")
        await driver.press("space")
        assert driver.current == "Third headline"
        assert len(driver.library.listing.ids(View(Scope.UNREAD))) == 3


@pytest.mark.usefixtures("five")
async def test_star_read_and_undo(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("s", "j", "m", "j", "s", "s")
        library = driver.library
        assert len(library.listing.ids(View(Scope.STARRED))) == 1
        assert len(library.listing.ids(View(Scope.UNREAD))) == 5
        await driver.press("A")
        assert len(library.listing.ids(View(Scope.UNREAD))) == 0
        await driver.press("U")
        assert len(library.listing.ids(View(Scope.UNREAD))) == 5
        await driver.press("U", "U")
        await driver.press("ctrl+z")
        assert len(library.listing.ids(View(Scope.UNREAD))) == 6
        assert len(library.listing.ids(View(Scope.STARRED))) == 1
        await driver.press("U", "U")
        assert len(library.listing.ids(View(Scope.STARRED))) == 0
        assert "nothing to undo" in driver.text


@pytest.mark.usefixtures("five")
async def test_a_read_article_stays_in_the_unread_view_until_one_leaves_it(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("J")
        assert driver.context.session.view.scope is Scope.UNREAD
        before = driver.titles
        await driver.press("j", "j", "m")
        driver.controllers.headline_list.reload()
        await driver.settle()
        assert driver.titles == before
        assert driver.current == "Third headline"
        await driver.press("J", "K")
        assert driver.titles == [title for title in before if title != "Third headline"]


@pytest.mark.usefixtures("five")
async def test_new_articles_do_not_move_the_cursor(open_dashboard, put_article: Put) -> None:
    async with open_dashboard() as driver:
        await driver.press("j", "j")
        line = driver.context.headlines.cursor_line
        put_article("new", "Newest headline", 9)
        await driver.press("R")
        assert driver.titles[0] == "Newest headline"
        assert driver.current == "Third headline"
        assert driver.context.article.opened.article.title == "Third headline"
        assert driver.context.headlines.cursor_line in (line, line + 1)


@pytest.mark.usefixtures("five")
async def test_quotations_are_followed_by_key(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("G", "right_square_bracket")
        people, article = driver.context.people, driver.context.article
        first = people.quote
        assert first >= 0
        assert article._chosen == article.opened.analysis.quotes[first].spans
        await driver.press("right_square_bracket")
        assert people.quote != first
        await driver.press("left_square_bracket")
        assert people.quote == first
        await driver.press("left_square_bracket")
        assert "first quotation" in driver.text


async def test_panes_are_reached_by_tab_and_by_h_and_l(open_dashboard) -> None:
    async with open_dashboard() as driver:
        seen = []
        for key in ("tab", "tab", "tab", "l", "l", "l", "h", "h", "h", "l"):
            await driver.press(key)
            seen.append(driver.controllers.panes.current)
    assert seen == [
        Pane.ARTICLE, Pane.PEOPLE, Pane.HEADLINES,
        Pane.ARTICLE, Pane.PEOPLE, Pane.PEOPLE,
        Pane.ARTICLE, Pane.HEADLINES, Pane.FEEDS, Pane.HEADLINES,
    ]  # fmt: skip


@pytest.mark.usefixtures("five")
async def test_a_narrow_terminal_shows_one_pane_and_says_which(open_dashboard) -> None:
    async with open_dashboard((80, 24)) as driver:
        assert "Feeds › Headlines › Article › People & quotes" in driver.text.replace(" ›", " ›").splitlines()[0]
        assert "fifth text" not in driver.text
        await driver.press("enter")
        assert "fifth text" in driver.text
        await driver.press("l", "j")
        assert "“Words of Fifth,”" in driver.text
        await driver.press("enter")
        assert driver.controllers.panes.current is Pane.ARTICLE
        await driver.press("escape")
        assert driver.controllers.panes.current is Pane.HEADLINES
        await driver.press("n")
        assert driver.current == "Fourth headline"
        assert len(driver.library.listing.ids(View(Scope.UNREAD))) == 5


async def test_resizing_changes_the_arrangement(open_dashboard) -> None:
    async with open_dashboard((80, 24)) as driver:
        sizes = {Shape.STACKED: (120, 40), Shape.COLUMNS: (200, 60), Shape.TALL: (70, 50), Shape.SINGLE: (70, 24)}
        for shape, size in sizes.items():
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert driver.dashboard.has_class(shape)


async def test_zoom_and_sidebar(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("z")
        assert not driver.controllers.panes.sees(Pane.ARTICLE)
        await driver.press("q")
        assert driver.controllers.panes.sees(Pane.ARTICLE)
        assert not driver.controllers.panes.sees(Pane.FEEDS)
        await driver.press("b")
        assert driver.controllers.panes.sees(Pane.FEEDS)
    async with open_dashboard() as driver:
        assert driver.controllers.panes.sees(Pane.FEEDS)
        await driver.press("b")
        assert not driver.controllers.panes.sees(Pane.FEEDS)


@pytest.mark.usefixtures("five")
async def test_choosing_a_view_in_the_sidebar(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("s", "h", "j", "j", "j", "enter")
        assert driver.titles == ["Fifth headline"]
        assert driver.controllers.panes.current is Pane.HEADLINES
        await driver.press("s")
        assert driver.titles == ["Fifth headline"]
        await driver.press("K")
        assert "Nothing was published today" in driver.text


async def test_help_is_about_the_pane_one_is_in(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("tab", "question_mark")
        assert isinstance(driver.app.screen, HelpScreen)
        assert "Keys · Article" in driver.text
        await driver.press("escape", "h", "question_mark")
        assert "Keys · Headlines" in driver.text
        await driver.press("q")
        assert driver.app.screen is driver.dashboard


async def test_a_chosen_theme_is_remembered(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("T")
        await driver.type("newsdash-light")
        await driver.pilot.pause(0.3)
        await driver.press("enter")
        assert driver.app.theme == "newsdash-light"
    async with open_dashboard() as driver:
        assert driver.app.theme == "newsdash-light"


@pytest.mark.usefixtures("five")
async def test_every_command_is_in_the_palette(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("colon")
        await driver.type("star or")
        await driver.pilot.pause(0.4)
        await driver.press("enter")
        await driver.pilot.pause(0.2)
        await driver.settle()
        assert len(driver.library.listing.ids(View(Scope.STARRED))) == 1


@pytest.mark.usefixtures("five")
async def test_marks_are_there_after_a_restart(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("s", "j", "enter", "q", "q")
        assert driver.app.return_value == 0
    async with open_dashboard() as driver:
        library = driver.library
        assert len(library.listing.ids(View(Scope.STARRED))) == 1
        assert len(library.listing.ids(View(Scope.UNREAD))) == 5


@pytest.mark.usefixtures("five")
async def test_the_link_of_an_article_is_copied_and_only_web_pages_are_opened(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.press("y")
        assert "has no link" in driver.text
        driver.controllers.share.browse("file:///etc/passwd")
        await driver.settle()
        assert "not a web address" in driver.text


@pytest.mark.usefixtures("five")
async def test_a_store_that_cannot_be_written_is_read_and_says_so(open_dashboard) -> None:
    async with open_dashboard():
        pass
    async with open_dashboard(read_only=True) as driver:
        assert "read-only" in driver.text
        assert driver.current == "Fifth headline"
        await driver.press("enter")
        assert "fifth text" in driver.text
        for key in ("s", "m", "A", "U", "a", "r", "d"):
            await driver.press(key)
        assert driver.app.screen is driver.dashboard


async def test_a_library_that_cannot_be_opened_is_a_sentence_not_a_crash(shown) -> None:
    def refuse() -> None:
        raise StoreError("The store in this folder was written by a newer newsdash.")

    app = NewsdashApp(refuse)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(1000):
            await pilot.pause(0.01)
            if len(app.screen_stack) > 1 and app.jobs.idle:
                break
        await pilot.pause()
        assert "written by a newer newsdash" in shown(app)
        await pilot.press("q")
    assert app.return_value == 1


@pytest.mark.usefixtures("five")
async def test_the_mouse_opens_headlines_and_presses_the_footer(open_dashboard) -> None:
    async with open_dashboard() as driver:
        await driver.pilot.click(Headlines, offset=(40, 3))
        await driver.settle()
        assert driver.current == "Third headline"
        assert driver.controllers.panes.current is Pane.ARTICLE
        x = driver.text.splitlines()[-1].index("Help")
        await driver.pilot.click("#keys", offset=(x, 0))
        await driver.settle()
        assert isinstance(driver.app.screen, HelpScreen)
