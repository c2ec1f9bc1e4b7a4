"""Pictures of articles: fetched when asked for, never before, and decoded in a process that can be killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import FeedError
from store.feeds.credentials import NO_CREDENTIALS, Credentials
from store.models import Pixels

if TYPE_CHECKING:
    from store.feeds.fetcher import Fetcher
    from store.models import IsCancelled
    from store.workers import Pool

ACCEPT_PICTURE = "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.5"
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
MOST_PIXELS = 40_000_000
"""Of the picture as it comes; what unpacks to more is refused before it is unpacked."""
UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
"""Content types that say nothing."""


def fetch_picture(
    url: str,
    fetcher: Fetcher,
    pool: Pool,
    most: tuple[int, int],
    *,
    found_at: str = "",
    credentials: Credentials = NO_CREDENTIALS,
    cancelled: IsCancelled | None = None,
) -> Pixels:
    """The picture at an address, no larger than ``most`` (width and height in pixels).

    ``found_at`` is the feed whose article shows it (see :meth:`Fetcher.get`).

    :raises FeedError: when it cannot be fetched, is no picture, is too large or cannot be read.
    """
    response = fetcher.get(url, credentials=credentials, accept=ACCEPT_PICTURE, cancelled=cancelled, found_at=found_at)
    kind = response.content_type.partition(";")[0].strip().lower()
    if not kind.startswith("image/") and kind not in UNTOLD:
        raise FeedError("What the address gives is no picture.")
    if kind == "image/svg+xml":
        raise FeedError("The picture is a drawing (SVG), which cannot be shown here.")
    return pool.call(decode_picture, response.body, most)


def decode_picture(data: bytes, most: tuple[int, int]) -> Pixels:
    """The first frame of a picture file, made no larger than ``most``; runs in a worker process.

    :raises FeedError: when it is of none of :data:`FORMATS`, damaged, or of too many pixels.
    """
    import io
    import warnings

    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise FeedError(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels.")
                picture.draft("RGB", most)
                picture.load()
                shown = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
                shown.thumbnail(most)
                if shown.mode == "RGBA":
                    ground = Image.new("RGBA", shown.size, "white")
                    shown = Image.alpha_composite(ground, shown).convert("RGB")
        except FeedError:
            raise
        except Image.DecompressionBombError:
            raise FeedError(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels.") from None
        except Exception:  # noqa: BLE001 - decoders raise all kinds of errors on damaged files
            raise FeedError("The picture is damaged, or of a kind that cannot be read.") from None
    return Pixels(shown.width, shown.height, shown.tobytes())
