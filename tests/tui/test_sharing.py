"""Links, copies, files and other programs; finding words; the place one was at."""

from __future__ import annotations

import os

import pytest

from store.errors import NewsdashError
from store.models import Block, BlockKind, Document, Mark, MarkKind
from tui.dashboard.share import file_name, save_text
from tui.external.pipe import pipe_to
from tui.widgets.links import links_of
from tui.wording.markdown import document_markdown

LONG = "\n\n".join(f"Paragraph {number} speaks of boats and of the weather at sea." for number in range(60))


@pytest.fixture
def article(places, put_article):
    def put(config: str = "") -> None:
        put_article("boats", "Boats & [more]", 2, LONG)
        put_article("other", "Another", 1)
        places.config.mkdir(parents=True, exist_ok=True)
        places.config_file.write_text(config, encoding="utf-8")

    return put


async def test_words_are_found_one_place_after_the_other(article, open_dashboard) -> None:
    article()
    async with open_dashboard() as driver:
        await driver.press("enter", "f")
        await driver.type("PARAGRAPH 4")
        assert "1 of 11" in driver.text
        assert "Paragraph 4 speaks" in driver.text
        await driver.press("enter", "enter")
        assert "Paragraph 41 speaks" in driver.text
        await driver.press("up")
        assert "2 of 11" in driver.text
        await driver.press("escape")
        assert not driver.context.find_bar.display
        assert driver.context.article.has_focus


async def test_an_article_opens_where_one_left_it_even_after_a_restart(article, open_dashboard) -> None:
    article()
    async with open_dashboard() as driver:
        await driver.press("enter", "pagedown", "pagedown")
        place = driver.context.article.first_offset
        await driver.press("escape", "j", "k")
        assert driver.context.article.first_offset == place > 0
    async with open_dashboard() as driver:
        assert driver.context.article.first_offset == place


async def test_an_article_goes_to_a_program_as_it_is(article, open_dashboard, tmp_path) -> None:
    out = tmp_path / "out"
    article(f"[general.pipe]\nkeep = ['tee', '{out}']")
    async with open_dashboard() as driver:
        await driver.press("enter", "|")
        assert out.read_text().startswith("# Boats & \\[more\\]\n")
        assert "keep: # Boats" in driver.text


async def test_where_no_terminal_can_be_given_to_a_browser_that_is_said(article, open_dashboard) -> None:
    article('[general]\nbrowser = ["true"]\n')
    async with open_dashboard() as driver:
        driver.controllers.share.browse("https://a.example/")
        await driver.settle()
        assert "There is no terminal here to give to a browser. y copies the link instead." in driver.text


async def test_an_article_is_saved_and_nothing_is_overwritten(article, open_dashboard, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    article()
    async with open_dashboard() as driver:
        for _ in range(2):
            await driver.press("enter", "w")
            await driver.press("enter")
        saved = tmp_path / "Boats-more.md"
        assert saved.read_text().count("Paragraph") == 60
        assert "is there already" in driver.text


async def test_copying_gives_markdown(article, open_dashboard) -> None:
    article()
    async with open_dashboard() as driver:
        await driver.press("enter", "Y")
        assert driver.app.clipboard.startswith("# Boats & \\[more\\]")


def test_links_are_numbered_in_the_order_of_the_text() -> None:
    text = "one two three"
    marks = (
        Mark(8, 13, MarkKind.LINK, "https://b.example/"),
        Mark(0, 3, MarkKind.LINK, "https://a.example/"),
        Mark(4, 7, MarkKind.LINK, "mailto:a@b.example"),
    )
    assert [link.text for link in links_of(Document(text, (), marks))] == ["one", "three"]


def test_markdown_keeps_what_the_blocks_are() -> None:
    parts = [
        (BlockKind.HEADING, "Head", 1, ""),
        (BlockKind.PARAGRAPH, "A *star* link", 0, ""),
        (BlockKind.ITEM, "one", 1, "•"),
        (BlockKind.ITEM, "two", 1, "•"),
        (BlockKind.TABLE, "a\tb\nc\td|e", 0, ""),
        (BlockKind.CODE, "x = ```", 0, ""),
    ]
    text, blocks = "", []
    for kind, part, level, label in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(part), level, label))
        text += part
    at = text.index("link")
    document = Document(text, tuple(blocks), (Mark(at, at + 4, MarkKind.LINK, "https://a.example/"),))
    assert document_markdown(document) == (
        "## Head\n\nA \\*star\\* [link](<https://a.example/>)\n\n- one\n- two\n\n"
        "| a | b |\n|---|---|\n| c | d\\|e |\n\n````\nx = ```\n````"
    )


@pytest.mark.parametrize("title", ["../../etc/passwd", "-rf", ".hidden", "a/b\\c:d", "日本語", "", "…"])
def test_no_title_names_a_folder_or_hides_a_file(title: str) -> None:
    name = file_name(title)
    assert os.sep not in name
    assert name[0] not in ".-"
    assert name.endswith(".md")


def test_failures_are_sentences(tmp_path) -> None:
    with pytest.raises(NewsdashError, match="cannot be started"):
        pipe_to(["no-such-program-here"], "x", lambda: False)
    with pytest.raises(NewsdashError, match="failed: broken"):
        pipe_to(["sh", "-c", "echo broken >&2; exit 3"], "x", lambda: False)
    with pytest.raises(NewsdashError):
        pipe_to(["sleep", "60"], "x", lambda: True)
    with pytest.raises(NewsdashError, match="cannot be written"):
        save_text(str(tmp_path / "no" / "such.md"), "x")
