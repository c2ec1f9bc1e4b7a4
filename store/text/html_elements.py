"""What HTML's elements mean for an article's text."""

from __future__ import annotations

from collections.abc import Mapping

from store.models import MarkKind

SKIPPED = frozenset(
    (
        "script", "style", "template", "noscript", "applet", "nav", "select", "annotation", "annotation-xml",
        "button", "textarea", "option", "datalist", "dialog", "map", "canvas", "svg", "rtc",
        "noembed", "noframes", "title", "rp", "optgroup", "progress", "meter", "frameset",
    )
)  # fmt: skip
"""Elements whose whole content is no part of an article's text."""
BLOCKS = frozenset(
    (
        "address", "article", "aside", "body", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
        "figure", "footer", "form", "header", "hgroup", "html", "legend", "main", "menu", "p", "section",
        "summary", "tbody", "tfoot", "thead", "head",
    )
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
STRUCK = frozenset(("del", "s", "strike"))
EMBEDDING = frozenset(("iframe", "embed", "video", "audio", "amp-iframe", "amp-video", "amp-audio"))
"""Elements that show something from elsewhere, whose own content is for programs that cannot."""
CAPTIONS = frozenset(("figcaption", "caption"))
INLINE = {
    **dict.fromkeys(("b", "strong"), MarkKind.STRONG),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), MarkKind.EMPHASIS),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), MarkKind.CODE),
}


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """True when an element says itself that it is not shown."""
    style = attributes.get("style", "")
    return "hidden" in attributes or ("none" in style and "display:none" in style.replace(" ", "").lower())


def to_number(text: str, default: int) -> int:
    """The number of a list item, within reason."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else default
