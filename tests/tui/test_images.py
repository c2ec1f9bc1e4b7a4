"""Pictures of articles: fetched on demand, decoded in a process of their own, shown in a dialog."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.small_site import Page, Site, rss

from store.errors import FeedError
from store.feeds.images import decode_picture
from store.library import Library

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("textual_image")

BODY = (
    '<p>The pier.</p><figure><img src="/pier.png" alt="The pier at dawn"><figcaption>Photo: Ida Holm</figcaption>'
    '</figure><p>The boats.</p><p><img src="/boats.jpg" alt="Boats [/] in a row"></p>'
)


def picture_file(form: str, size: tuple[int, int] = (64, 32), mode: str = "RGB") -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "red").save(file, form)
    return file.getvalue()


@pytest.fixture
def site(places):
    with Site() as opened:
        opened.pages["/feed"] = Page(rss("Harbour News", ("Pier", BODY), link=f"{opened.url}/"))
        opened.pages["/pier.png"] = Page(picture_file("PNG"), "image/png")
        opened.pages["/boats.jpg"] = Page(picture_file("JPEG"), "image/jpeg")
        with Library.open(places) as library:
            library.feeds.add(f"{opened.url}/feed")
            library.refresh.run()
        yield opened


def asked(site: Site) -> list[str]:
    return [path for path, _ in site.asked if path.endswith(("png", "jpg"))]


async def test_pictures_are_fetched_when_they_are_looked_at(open_dashboard, site) -> None:
    async with open_dashboard() as driver:
        await driver.press("enter")
        assert asked(site) == []
        await driver.press("I")
        assert driver.app.screen is not driver.dashboard
        assert asked(site) == ["/pier.png"]
        assert driver.app.screen.query("#pixels")
        for words in ("Picture 1 of 2", "The pier at dawn", "Photo: Ida Holm"):
            assert words in driver.text
        await driver.press("n")
        assert asked(site) == ["/pier.png", "/boats.jpg"]
        assert "Boats [/] in a row" in driver.text
        await driver.press("n", "escape")
        assert driver.app.screen is driver.dashboard


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (Page("<html>no</html>", "text/html"), "What the address gives is no picture."),
        (Page("<svg/>", "image/svg+xml"), "drawing (SVG)"),
        (Page(b"\x89PNG\r\n\x1a\nbroken", "image/png"), "damaged, or of a kind that cannot be read"),
        (Page(b"gone", "text/plain", 404), "404"),
    ],
)
async def test_what_is_no_picture_is_told_in_the_dialog(open_dashboard, site, page, sentence) -> None:
    site.pages["/pier.png"] = page
    async with open_dashboard() as driver:
        await driver.press("enter", "I")
        assert sentence in driver.text
        await driver.press("escape")
        assert driver.app.screen is driver.dashboard


async def test_an_article_without_pictures_says_so(open_dashboard, put_article) -> None:
    put_article("quiet", "Quiet", 1)
    async with open_dashboard() as driver:
        await driver.press("enter", "I")
        assert "There are no pictures in this article." in driver.text


def png_of(width: int, height: int) -> bytes:
    """A small file that says it unpacks to a picture of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(7_000, 7_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(size) -> None:
    with pytest.raises(FeedError, match="million pixels"):
        decode_picture(png_of(*size), (100, 100))


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("GIF", "P"), ("JPEG", "L"), ("WEBP", "RGB"), ("BMP", "1")]
)
def test_every_kind_becomes_small_and_of_three_bytes_a_pixel(form: str, mode: str) -> None:
    pixels = decode_picture(picture_file(form, (400, 100), mode), (200, 200))
    assert (pixels.width, pixels.height) == (200, 50)
    assert len(pixels.data) == 200 * 50 * 3


@given(st.binary(max_size=300), st.integers(0, 200))
def test_damaged_files_are_told_in_one_sentence(junk: bytes, at: int) -> None:
    good = picture_file("PNG")
    for data in (junk, good[:at] + junk + good[at:], good[:at]):
        with suppress(FeedError):
            pixels = decode_picture(data, (50, 50))
            assert len(pixels.data) == pixels.width * pixels.height * 3


def test_nothing_of_pictures_is_imported_at_the_start() -> None:
    code = "import sys, tui.dashboard.screen, store.library; print({'PIL', 'textual_image'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "set()"
