"""The article pane and the people pane, on records made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from rich.cells import cell_len
from support.pane_app import PaneApp
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.strip import Strip

import tui.app
from store.models import (
    Analysis,
    Article,
    Block,
    BlockKind,
    Document,
    Mark,
    MarkKind,
    Mention,
    OpenArticle,
    Person,
    Quote,
    QuoteKind,
    Span,
    Status,
)
from tui.themes import own_variables
from tui.widgets.article import ArticleView
from tui.widgets.article_head import long_time
from tui.widgets.people import People
from tui.widgets.speakers import SpeakerList

NOBODY = Analysis()
WHEN = datetime(2024, 5, 17, 0, 47, tzinfo=timezone(timedelta(hours=4)))
TEXT = (
    "Mara Lindqvist opened the talks.\n\n“The harbour will open in spring,” Lindqvist said.\n\n"
    "The council may vote again, the mayor said.\n\nRead the plan."
)


def opened(
    text: str = TEXT, *, analysis: Analysis = NOBODY, marks: tuple[Mark, ...] = (), **article: object
) -> OpenArticle:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(part)))
        at += len(part) + 2
    fields = {"id": 1, "feed_id": 1, "guid": "g", "digest": "d", "title": "Harbour to open", "words": 400}
    made = Article(published=WHEN, arrived=WHEN, **{**fields, **article})  # type: ignore[arg-type]
    return OpenArticle(made, Status(1), "The Source", Document(text, tuple(blocks) if text else (), marks), analysis)


def span(part: str) -> Span:
    start = TEXT.index(part)
    return Span(start, start + len(part))


LINDQVIST = Person("Mara Lindqvist", "chief economist", mentions=(Mention(0, 14),))
TOLD = Quote(QuoteKind.DIRECT, (span("The harbour will open in spring,"),), "Mara Lindqvist", 0, confidence=0.9)
HINTED = Quote(QuoteKind.INDIRECT, (span("The council may vote again"),), "", None, confidence=0.3)
ANALYSIS = Analysis(1, (LINDQVIST, Person("Tom Adeyemi", mentions=(Mention(5, 9),))), (TOLD, HINTED))


class Host(PaneApp):
    CSS_PATH = Path(tui.app.__file__).with_name("app.tcss")

    def __init__(self) -> None:
        super().__init__()
        self.article = ArticleView(id="article")
        self.people = People(id="people")
        self.messages: list[object] = []

    def get_css_variables(self) -> dict[str, str]:
        ours = own_variables("#15171c", "#7aa7e0", dark=True)
        self.theme_variables = {**super().get_css_variables(), **ours}
        return self.theme_variables

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.article
            yield self.people

    def show(self, article: OpenArticle) -> None:
        cast = SpeakerList.of(article.analysis)
        self.article.show(article, cast)
        self.people.show(article, cast)

    def on_people_pointed(self, message: People.Pointed) -> None:
        self.article.highlight(message.spans)

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        self.messages.append(message.url)

    def on_article_view_passage_chosen(self, message: ArticleView.PassageChosen) -> None:
        self.messages.append(message.quote)


def lines(pane: ArticleView | People) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.content_height)]


def coloured(pane: ArticleView, part: str) -> set[str]:
    """The backgrounds in which the cells of ``part`` are drawn."""
    found = set()
    for y in range(pane.content_height):
        for segment in pane.render_line(y):
            if part in segment.text and segment.style is not None:
                found.add(str(segment.style.bgcolor))
    return found


async def test_title_byline_date_and_text() -> None:
    app = Host()
    async with app.run_test(size=(160, 30)) as pilot:
        app.show(opened(authors=("Ann Reporter",), place="Baku", agency="APA", notes=("Its encoding was guessed.",)))
        await pilot.pause()
        shown = "\n".join(lines(app.article))
    for part in (
        "Harbour to open",
        "The Source · Ann Reporter · Baku-APA",
        "Friday 17 May 2024, 00:47 (UTC+04:00)",
        "Its encoding was guessed.",
        "Mara Lindqvist opened the talks.",
    ):
        assert part in shown


async def test_a_quotation_carries_its_speakers_letter_and_another_bar_when_it_is_indirect() -> None:
    app = Host()
    async with app.run_test(size=(160, 30)) as pilot:
        app.show(opened(analysis=ANALYSIS))
        await pilot.pause()
        gutters = [line.strip()[:2] for line in lines(app.article) if "harbour will" in line or "council" in line]
        shown = lines(app.people)
    assert gutters == ["A▎", "?┊"]
    assert [" ".join(line.split()) for line in shown if line.strip()] == [
        "A Mara Lindqvist 1",
        "chief economist",
        "▎ “The harbour will open in spring,”",
        "? Unknown speaker 1",
        "The text does not say clearly who said this.",
        "┊ The council may vote again",
        "Mentioned",
        "Tom Adeyemi",
    ]


async def test_moving_onto_a_quotation_highlights_it_and_scrolls_to_it() -> None:
    app = Host()
    long = "\n\n".join(["Filler paragraph."] * 60) + "\n\n" + TEXT
    shift = len(long) - len(TEXT)
    moved = Quote(QuoteKind.DIRECT, (Span(TOLD.start + shift, TOLD.end + shift),), "Mara Lindqvist", 0)
    async with app.run_test(size=(160, 20)) as pilot:
        app.show(opened(long, analysis=Analysis(1, (LINDQVIST,), (moved,))))
        app.people.focus()
        await pilot.press("j")
        await pilot.pause()
        assert any("harbour will open" in line for line in lines(app.article))
        assert len(coloured(app.article, "The harbour will open in spring,") - coloured(app.article, "Filler")) == 1


async def test_the_same_article_again_keeps_its_place_and_another_begins_at_its_top() -> None:
    app = Host()
    long = "\n\n".join(f"Paragraph {number}." for number in range(80))
    async with app.run_test(size=(120, 20)) as pilot:
        app.show(opened(long))
        app.article.focus()
        await pilot.press("pagedown")
        at = app.article.scroll_offset.y
        assert at > 0
        app.show(opened(long))
        assert app.article.scroll_offset.y == at
        app.show(opened(long, id=2))
        assert app.article.scroll_offset.y == 0


async def test_resizing_keeps_the_passage_in_sight() -> None:
    app = Host()
    long = "\n\n".join(f"Paragraph number {number} has some words in it." for number in range(80))
    async with app.run_test(size=(160, 20)) as pilot:
        app.show(opened(long))
        app.article.scroll_line(app.article._line_of(long.index("number 40")))
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "number 40" in "\n".join(lines(app.article))


async def test_half_a_megabyte_wraps_once_and_draws_only_the_window(monkeypatch) -> None:
    app = Host()
    text = "\n\n".join(["The harbour will open in spring, said the economist. " * 12] * 900)
    drawn = []
    async with app.run_test(size=(120, 30)) as pilot:
        draw = app.article.line
        monkeypatch.setattr(app.article, "line", lambda line, width: drawn.append(line) or draw(line, width))
        app.show(opened(text))
        await pilot.pause()
        assert len(text) > 550_000
        assert len(drawn) <= 60
        assert app.article.virtual_size.height > 7000


async def test_the_scrollbar_shows_where_one_is_and_a_click_on_it_scrolls() -> None:
    app = Host()
    async with app.run_test(size=(120, 30)) as pilot:
        app.show(opened("\n\n".join(["The harbour will open in spring."] * 200)))
        await pilot.pause()
        bar = app.article.vertical_scrollbar
        assert bar.region.height == app.article.content_height

        def thumb() -> list[int]:
            return [y for y, strip in enumerate(bar.render_lines(bar.size.region)) if strip.text != " " or shown(strip)]

        def shown(strip: Strip) -> bool:
            return any(segment.style is not None and segment.style.reverse for segment in strip)

        assert thumb()[0] == 0
        assert await pilot.click(bar, offset=(0, bar.size.height - 1))
        await pilot.pause(0.3)
        assert app.article.scroll_offset.y > 0
        app.article.action_bottom()
        await pilot.pause()
        assert thumb()[-1] == bar.size.height - 1
        assert len(thumb()) < bar.size.height // 2
        app.show(opened("Short."))
        await pilot.pause()
        assert not app.article.show_vertical_scrollbar


async def test_no_line_is_wider_than_the_pane() -> None:
    app = Host()
    text = "日本銀行、金利を据え置き。" * 30 + "\n\n" + "e\u0301" * 200 + "\n\n" + "x" * 300
    async with app.run_test(size=(70, 30)) as pilot:
        app.show(opened(text))
        await pilot.pause()
        widths = {cell_len(app.article.render_line(y).text) for y in range(30)}
        assert widths == {app.article.content_width}


async def test_an_article_without_text_says_so() -> None:
    app = Host()
    async with app.run_test(size=(160, 20)) as pilot:
        app.show(opened("", link="https://example.org/"))
        await pilot.pause()
        assert any("This article has no text. Press o" in line for line in lines(app.article))
        assert any("no text, so nobody is named" in line for line in lines(app.people))


async def test_clicking_a_link_and_a_quotation() -> None:
    app = Host()
    link = Mark(span("the plan").start, span("the plan").end, MarkKind.LINK, "https://example.org/plan")
    async with app.run_test(size=(160, 30)) as pilot:
        app.show(opened(analysis=ANALYSIS, marks=(link,)))
        await pilot.pause()
        for part in ("the plan", "harbour"):
            y, line = next((y, line) for y, line in enumerate(lines(app.article)) if part in line)
            await pilot.click(ArticleView, offset=(line.index(part) + 2, y + 1))
        await pilot.pause()
    assert app.messages == ["https://example.org/plan", 0]


def test_moments_are_written_in_their_own_zone() -> None:
    assert long_time(WHEN) == "Friday 17 May 2024, 00:47 (UTC+04:00)"
    assert long_time(datetime(2024, 5, 7, 23, 5, tzinfo=UTC)) == "Tuesday 7 May 2024, 23:05 (UTC)"


async def test_tabs_are_drawn_as_the_room_they_take_and_a_quotation_after_them_is_marked_where_it_stands() -> None:
    text = "name\tvalue\n\tMara said:\t“Open in spring.”"
    at = text.index("Open")
    quote = Quote(QuoteKind.DIRECT, (Span(at, at + len("Open in spring.")),), "Mara", 0, confidence=0.9)
    article = opened("Before it.\n\n" + text, analysis=NOBODY)
    shift = len("Before it.\n\n")
    blocks = (Block(BlockKind.PARAGRAPH, 0, 10), Block(BlockKind.CODE, shift, shift + len(text)))
    moved = replace(quote, spans=tuple(Span(each.start + shift, each.end + shift) for each in quote.spans))
    analysis = Analysis(1, (Person("Mara"),), (moved,))
    article = replace(article, document=replace(article.document, blocks=blocks), analysis=analysis)
    app = Host()
    async with app.run_test(size=(160, 30)) as pilot:
        app.show(article)
        app.article.highlight(moved.spans)
        await pilot.pause()
        strips = [app.article.render_line(y) for y in range(app.article.content_height)]
        assert {strip.cell_length for strip in strips} == {app.article.content_width}
        assert all("\t" not in strip.text for strip in (*strips, *map(app.people.render_line, range(10))))
        line = next(strip.text for strip in strips if "Open" in strip.text)
        assert "Mara said:  “Open in spring.”" in line
        assert coloured(app.article, "Open in spring.") != coloured(app.article, "Mara said:")
        y = next(y for y, strip in enumerate(strips) if "Open" in strip.text)
        targets = [(target.x, target.y) for target in app.article.jump_targets()]
        assert (line.index("Open"), y) in targets
