"""Every shape of seed file gives what it must, and walking a folder finds each file once."""

from __future__ import annotations

import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.document_checks import check
from support.seed_shapes import (
    MOMENT,
    PARAGRAPHS,
    PASSED_OVER,
    REFERENCE,
    SHAPES,
    TITLE,
    Shape,
    write_links,
    write_shapes,
)

from store.errors import SeedError
from store.files.reader import parse_seed, read_seed, walk
from store.models import Entry, Problem

SHIPPED = Path(__file__).parents[2] / "seeds"
MODIFIED = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
MODIFIED_SECONDS = int(MODIFIED.timestamp())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seed-shapes")
    write_shapes(folder)
    for path in folder.rglob("*"):
        os.utime(path, (MODIFIED_SECONDS, MODIFIED_SECONDS))
    return folder


def texts(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.document.text[block.start : block.end] for block in entry.document.blocks)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: ascii(shape.name))
def test_each_shape_gives_what_it_must(shape: Shape, folder: Path) -> None:
    if shape.refused:
        with pytest.raises(SeedError) as raised:
            read_seed(folder / shape.name)
        assert raised.value.message.startswith(f"{shape.name}: {shape.refused}")
        return
    entry = read_seed(folder / shape.name)
    check(entry.document)
    if shape.title is not None:
        assert entry.title == shape.title
    if shape.texts is not None:
        assert texts(entry) == shape.texts
    if shape.place is not None:
        assert entry.place == shape.place
    assert entry.published is not None
    assert entry.published.utcoffset() is not None
    assert entry.date_guessed == (not shape.moment)
    assert entry.published.astimezone(UTC) == (datetime.fromisoformat(shape.moment) if shape.moment else MODIFIED)
    assert shape.note in (*entry.notes, "")
    assert entry.guid == f"seed:{entry.digest}"
    if shape.same_as_reference:
        assert entry.digest == parse_seed(REFERENCE.encode(), "any.txt", datetime.now(UTC)).digest


def test_no_two_different_shapes_share_a_digest(folder: Path) -> None:
    reference = parse_seed(REFERENCE.encode(), "any.txt", MODIFIED).digest
    others = [read_seed(folder / shape.name) for shape in SHAPES if not shape.refused and not shape.same_as_reference]
    by_digest = {entry.digest: (entry.title, entry.document.text, entry.published) for entry in others}
    assert reference not in by_digest
    assert len(by_digest) == len({(entry.title, entry.document.text, entry.published) for entry in others})


def test_nothing_unclean_leaves_a_file(folder: Path) -> None:
    for shape in SHAPES:
        try:
            entry = read_seed(folder / shape.name)
        except SeedError as error:
            shown = error.message
        else:
            shown = "".join((entry.title, entry.path, *entry.notes, *entry.authors, entry.place, entry.agency))
            assert "\n" not in shown
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown), shape.name
        assert "\u202e" not in shown


def test_metadata_of_markdown_and_pages() -> None:
    shapes = {shape.name: shape for shape in SHAPES}
    markdown = parse_seed(shapes["front-matter.md"].data, "front-matter.md", MODIFIED)
    assert (markdown.authors, markdown.categories) == (("B. Reporter",), ("port", "sea"))
    page = parse_seed(shapes["page.html"].data, "page.html", MODIFIED)
    assert (page.authors, page.language) == (("B. Reporter",), "en")
    assert parse_seed(shapes["page.html"].data, "a name without an ending", MODIFIED).digest == page.digest


def test_two_stories_in_one_file_lose_nothing() -> None:
    text = REFERENCE + "\n\n" + REFERENCE.replace(TITLE, "The second story")
    entry = parse_seed(text.encode(), "two.txt", MODIFIED)
    assert [part for part in PARAGRAPHS * 2 if part not in texts(entry)] == []
    assert texts(entry).count(PARAGRAPHS[0]) == 2
    assert "The second story" in entry.document.text


def test_the_shipped_seeds() -> None:
    for path in SHIPPED.glob("*.txt"):
        entry = read_seed(path)
        check(entry.document)
        assert entry.title
        assert entry.document.text
        assert not entry.date_guessed
        assert entry.title not in texts(entry)


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("Baku-APA. The", "Baku", "APA"),
        ("WASHINGTON (AP) — The", "Washington", "AP"),
        ("LONDON, March 3 (Reuters) - The", "London", "Reuters"),
        ("Moscow. April 5. INTERFAX - The", "Moscow", "INTERFAX"),
        ("MOSCOW, April 5 /TASS/. The", "Moscow", "TASS"),
        ("ST. PETERSBURG, Russia (AP) — The", "St. Petersburg", "AP"),
        ("(Reuters) - The", "", "Reuters"),
        ("BERLIN — The", "Berlin", ""),
        ("NATO — the alliance — said", "", ""),
        ("Angela Merkel (CDU) said", "", ""),
        ("The US-NATO. Accord", "", ""),
        ("“Yes,” he said", "", ""),
    ],
)
def test_datelines_are_noted_and_stay_in_the_text(start: str, place: str, agency: str) -> None:
    text = f"{start} council met on Monday and agreed on nothing."
    entry = parse_seed(f"A title\n\n{text}\n".encode(), "x.txt", MODIFIED)
    assert (entry.place, entry.agency, entry.document.text) == (place, agency, text)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('A TITLE: “quoted”\n\nA Title: "quoted"\n', "A TITLE: “quoted”"),
        ("# A title\n\n", "A title"),
        ("A title\n=======\n\n", "A title"),
        ("U.S. Senate passes bill\n\n", "U.S. Senate passes bill"),
        ("2015-03-14\n\nA title\n\n", "A title"),
    ],
)
def test_titles(head: str, title: str) -> None:
    entry = parse_seed(f"{head}{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}".encode(), "x.txt", MODIFIED)
    assert (entry.title, texts(entry)) == (title, PARAGRAPHS[1:])


def test_a_byline_is_the_author() -> None:
    entry = parse_seed(f"A title\nBy Ann Writer\n14 March 2015\n\n{PARAGRAPHS[1]}".encode(), "x.txt", MODIFIED)
    assert (entry.authors, texts(entry), entry.date_guessed) == (("Ann Writer",), (PARAGRAPHS[1],), False)


def test_a_wrapped_paragraph_is_no_title() -> None:
    lines = (
        "The port reopened on Saturday after three days of storm, and the ferries",
        "sail again as before. No one was hurt.",
    )
    text = "\n".join(lines)
    entry = parse_seed(text.encode(), "x.txt", MODIFIED)
    assert texts(entry) == (" ".join(lines),)
    assert entry.title == "The port reopened on Saturday after three days of storm, and the ferries sail…"


def test_a_walk_finds_each_file_once_and_names_what_it_leaves_out(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    write_shapes(folder)
    write_links(folder, tmp_path / "elsewhere")
    found = list(walk([folder, folder / "reference.txt", folder]))
    paths = [item for item in found if isinstance(item, Path)]
    problems = {item.name: item.reason for item in found if isinstance(item, Problem)}
    assert sorted(str(path.relative_to(folder)) for path in paths) == sorted(
        [shape.name for shape in SHAPES] + ["link-to-hidden.txt"]
    )
    assert problems.keys() == {"link-dangling.txt", "link-self.txt", "link-outside.txt", "pipe"}
    assert all(reason.startswith(f"{name}: ") and reason.endswith(".") for name, reason in problems.items())
    assert len([item for item in found if isinstance(item, Problem)]) == 4


def test_named_files_are_tried_whatever_they_are_called(tmp_path: Path) -> None:
    write_shapes(tmp_path)
    named = [tmp_path / name for name in PASSED_OVER if "/" not in name]
    assert list(walk(named)) == named


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (problem,) = walk([tmp_path / "no\x1b[31mne.txt"])
    assert problem == Problem("none.txt", "none.txt: there is no such file or folder.")
    with pytest.raises(SeedError, match=r"none\.txt: there is no such file\."):
        read_seed(tmp_path / "none.txt")


def test_pipes_devices_and_folders_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(SeedError, match="it is not a regular file"):
            read_seed(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_and_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "locked.txt").write_text(REFERENCE)
    (tmp_path / "locked.txt").chmod(0)
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(SeedError, match=r"locked\.txt: it may not be read\."):
        read_seed(tmp_path / "locked.txt")
    assert Problem("shut", "shut: it may not be read.") in list(walk([tmp_path]))


def test_a_very_deep_folder_ends_the_walk_with_a_sentence(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(60):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text(REFERENCE)
    (problem,) = walk([tmp_path])
    assert isinstance(problem, Problem)
    assert "more than 32 folders deep" in problem.reason


def test_names_that_are_not_unicode(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(REFERENCE)
    (found,) = walk([tmp_path])
    assert isinstance(found, Path)
    entry = read_seed(found)
    entry.path.encode()
    assert entry.title == TITLE


@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)),
    st.sampled_from(["x.txt", "x.md", "x.html", "x", ""]),
)
def test_any_bytes_become_an_entry_or_a_sentence(data: bytes, name: str) -> None:
    try:
        entry = parse_seed(data, name, MODIFIED)
    except SeedError as error:
        message = error.message
    else:
        message = ""
    if message:
        assert message.endswith(".")
        return
    check(entry.document)
    assert entry.title == " ".join(entry.title.split()) != ""
    assert entry.published is not None


HEADS = st.lists(
    st.sampled_from(
        [
            TITLE,
            "",
            "# 14 March 2015",
            "---",
            "title: x",
            "By Ann Writer",
            "#",
            "=====",
            "Baku-APA. ",
            PARAGRAPHS[1],
            "- [a, b]",
            "<html>",
        ]
    ),
    max_size=8,
)


@given(HEADS, st.sampled_from(["x.txt", "x.md", "x.html"]))
def test_any_order_of_the_parts_of_a_seed_is_read(lines: list[str], name: str) -> None:
    text = "\n".join([*lines, "", PARAGRAPHS[2]])
    entry = parse_seed(text.encode(), name, MODIFIED)
    check(entry.document)
    assert "Davit Kiknadze" in entry.document.text + entry.title
    assert entry.date_guessed or MOMENT[:10] in str(entry.published)
