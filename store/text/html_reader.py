"""Collects the passages of an article from the events of an HTML parser.

All state is counters and flat lists, so that any nesting is read in linear time without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice

from store.models import BlockKind, MarkKind
from store.text.clean import clean_line
from store.text.document_builder import Passage
from store.text.html_elements import BLOCKS, CAPTIONS, HEADINGS, INLINE, SKIPPED, is_hidden, to_number
from store.text.html_tables import Table
from store.text.urls import absolute

_MAX_LEVEL = 20
_MAX_TABLES = 6
"""Tables inside one another beyond this are read as their text; only page layouts nest tables at all."""
_FORM_WITH_ARTICLE = 600
"""Characters from which on a form is a page's outer frame and not a box to fill in."""
_FILE_NAME = re.compile(r"[\w.%()-]{1,100}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)", re.I)


class HtmlReader:
    """Target of the parser: collects passages of one document after another."""

    def __init__(self, base_url: str = "") -> None:
        self.begin(base_url)

    def begin(self, base_url: str = "") -> None:
        """Forget what was read before."""
        self.base_url = base_url
        self.passages: list[Passage] = []
        self._current: Passage | None = None
        self._captions: list[Passage] = []
        """Pictures met inside a paragraph; they follow it."""
        self._skipping = 0
        self._heading = 0
        self._caption = 0
        self._quote = 0
        self._pre = 0
        self._lists: list[int | None] = []
        """The open lists: the number of the next item, None for bullets."""
        self._items = 0
        self._label = ""
        self._breaks = 0
        self._open: dict[MarkKind, tuple[int, int, str]] = {}
        """Open marks: depth, first piece, href. Only the outermost of a kind counts."""
        self._tables: list[Table] = []
        self._deep_tables = 0
        self._forms: list[int] = []

    # --- events -------------------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipping or (attributes and is_hidden(attributes)):
            self._skipping += 1
        elif begin := _STARTS.get(tag):
            begin(self, attributes)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif finish := _ENDS.get(tag):
            finish(self)

    def data(self, text: str) -> None:
        if self._skipping:
            return
        if self._breaks:
            if text.isspace():
                return
            self._put_breaks()
        passage = self._current
        if passage is None:
            if text.isspace() and not self._pre:
                return
            passage = self._begin()
        passage.put(text)

    def comment(self, text: str) -> None:
        """Comments are not text."""

    def close(self) -> None:
        """What was read is given by :meth:`finish`."""

    # --- result -------------------------------------------------------------------------------------------------

    def finish(self) -> list[Passage]:
        """All passages, when everything has been reported."""
        while self._tables:
            self._end_table()
        self.flush()
        return self.passages

    # --- passages -----------------------------------------------------------------------------------------------

    def flush(self, _: object = None) -> None:
        """End the current passage, as most elements do; marks that are open go on in the next one."""
        self._breaks = 0
        if self._current is not None:
            passage, self._current = self._current, None
            for kind, (depth, first, href) in self._open.items():
                self._close(passage, kind, first, href)
                self._open[kind] = depth, 0, href
            if passage.kind is not BlockKind.CODE or not passage.blank:  # Only code can begin with nothing.
                self._emit(passage)
        if self._captions:
            captions, self._captions = self._captions, []
            for caption in captions:
                self._emit(caption)

    def _emit(self, passage: Passage) -> None:
        if self._tables and self._tables[-1].take(passage):
            return
        self.passages.append(passage)

    def _begin(self) -> Passage:
        if self._pre:
            passage = Passage(BlockKind.CODE)
        elif self._heading:
            passage = Passage(BlockKind.HEADING, self._heading)
        elif self._caption:
            passage = Passage(BlockKind.CAPTION)
        elif self._items and self._lists:
            passage = Passage(BlockKind.ITEM, min(len(self._lists), _MAX_LEVEL), self._label)
            self._label = ""
        elif self._quote:
            passage = Passage(BlockKind.QUOTE, min(self._quote, _MAX_LEVEL))
        else:
            passage = Passage()
        self._current = passage
        return passage

    def _line_break(self, _: Mapping[str, str]) -> None:
        if self._pre and self._current:
            self._current.put("\n")
        elif self._current is not None:
            self._breaks += 1

    def _put_breaks(self) -> None:
        """One break is a line's end; two or more are what an author without paragraphs means by one."""
        breaks, self._breaks = self._breaks, 0
        if breaks > 1 and not self._heading:
            self.flush()
        elif self._current is not None:
            self._current.put_break()

    # --- marks --------------------------------------------------------------------------------------------------

    def _start_link(self, attributes: Mapping[str, str]) -> None:
        self._start_mark(MarkKind.LINK, absolute(self.base_url, attributes.get("href", "")))

    def _start_mark(self, kind: MarkKind, href: str) -> None:
        if self._pre and kind is MarkKind.CODE:
            return
        depth, first, outer = self._open.get(kind, (0, 0, href))
        if not depth:
            if self._breaks:
                self._put_breaks()
            first = len(self._current.pieces) if self._current else 0
        self._open[kind] = depth + 1, first, outer

    def _end_mark(self, kind: MarkKind) -> None:
        depth, first, href = self._open.get(kind, (0, 0, ""))
        if depth > 1:
            self._open[kind] = depth - 1, first, href
        elif depth:
            del self._open[kind]
            if self._current is not None:
                self._close(self._current, kind, first, href)

    @staticmethod
    def _close(passage: Passage, kind: MarkKind, first: int, href: str) -> None:
        last = len(passage.pieces)
        if first < last and (href or kind is not MarkKind.LINK):
            passage.marks.append((first, last, kind, href))

    def _image(self, attributes: Mapping[str, str]) -> None:
        alt = clean_line(attributes.get("alt") or attributes.get("title") or "")
        if not alt or _FILE_NAME.fullmatch(alt):
            return
        if len(alt) <= 2 or "emoji" in attributes.get("class", "").lower():
            self.data(alt)
            return
        href = absolute(self.base_url, attributes.get("src", ""))
        caption = Passage(BlockKind.CAPTION, label="image:", pieces=[alt], marks=[(0, 1, MarkKind.IMAGE, href)])
        caption.size = len(alt)
        self._captions.append(caption)

    # --- structure ----------------------------------------------------------------------------------------------

    def _skip(self, _: Mapping[str, str]) -> None:
        self._skipping += 1

    def _start_caption(self, _: Mapping[str, str]) -> None:
        self.flush()
        self._caption += 1

    def _end_caption(self) -> None:
        self.flush()
        self._caption = max(0, self._caption - 1)

    def _start_heading(self, level: int) -> None:
        self.flush()
        self._heading = level

    def _end_heading(self) -> None:
        self.flush()
        self._heading = 0

    def _start_form(self, _: Mapping[str, str]) -> None:
        self.flush()
        self._forms.append(len(self.passages))

    def _start_list(self, attributes: Mapping[str, str], *, numbered: bool) -> None:
        self.flush()
        start = to_number(attributes.get("start", ""), 1) if numbered else None
        self._lists.append(start)

    def _end_list(self) -> None:
        self.flush()
        if self._lists:
            self._lists.pop()

    def _start_item(self, attributes: Mapping[str, str]) -> None:
        self.flush()
        self._items += 1
        if not self._lists:
            self._label = "•"
            return
        number = self._lists[-1]
        if number is None:
            self._label = "•"
        else:
            number = to_number(attributes.get("value", ""), number)
            self._label = f"{number}."
            self._lists[-1] = number + 1

    def _end_item(self) -> None:
        self.flush()
        self._items = max(0, self._items - 1)
        self._label = ""

    def _start_quote(self, _: Mapping[str, str]) -> None:
        self.flush()
        self._quote += 1

    def _end_quote(self) -> None:
        self.flush()
        self._quote = max(0, self._quote - 1)

    def _start_pre(self, _: Mapping[str, str]) -> None:
        self.flush()
        self._pre += 1

    def _end_pre(self) -> None:
        self.flush()
        self._pre = max(0, self._pre - 1)

    def _rule(self, _: Mapping[str, str]) -> None:
        self.flush()
        self._emit(Passage(BlockKind.RULE))

    def _end_form(self) -> None:
        self.flush()
        if not self._forms:
            return
        first = self._forms.pop()
        size = 0
        for passage in islice(self.passages, first, None):
            size += passage.size
            if size >= _FORM_WITH_ARTICLE:
                return
        del self.passages[first:]

    # --- tables -------------------------------------------------------------------------------------------------

    def _start_table(self, _: Mapping[str, str]) -> None:
        self.flush()
        if len(self._tables) >= _MAX_TABLES:
            self._deep_tables += 1
            return
        if self._tables:
            self._tables[-1].has_table = True
        self._tables.append(Table())

    def _end_table(self) -> None:
        self.flush()
        if self._deep_tables:
            self._deep_tables -= 1
        elif self._tables:
            for passage in self._tables.pop().passages():
                self._emit(passage)

    def _start_row(self, _: Mapping[str, str]) -> None:
        self.flush()
        if self._tables and not self._deep_tables:
            self._tables[-1].start_row()

    def _start_cell(self, _: Mapping[str, str]) -> None:
        self.flush()
        if self._tables and not self._deep_tables:
            self._tables[-1].start_cell()


Start = Callable[[HtmlReader, Mapping[str, str]], None]
End = Callable[[HtmlReader], None]


def _starts_mark(kind: MarkKind) -> Start:
    return lambda reader, _: reader._start_mark(kind, "")


def _ends_mark(kind: MarkKind) -> End:
    return lambda reader: reader._end_mark(kind)


def _starts_heading(level: int) -> Start:
    return lambda reader, _: reader._start_heading(level)


_STARTS: dict[str, Start] = {
    **dict.fromkeys(BLOCKS, HtmlReader.flush),
    **dict.fromkeys(CAPTIONS, HtmlReader._start_caption),
    **{tag: _starts_heading(level) for tag, level in HEADINGS.items()},
    **{tag: _starts_mark(kind) for tag, kind in INLINE.items()},
    "a": HtmlReader._start_link,
    "br": HtmlReader._line_break,
    "img": HtmlReader._image,
    "q": lambda reader, _: reader.data("“"),
    "form": HtmlReader._start_form,
    "ul": lambda reader, attributes: reader._start_list(attributes, numbered=False),
    "ol": lambda reader, attributes: reader._start_list(attributes, numbered=True),
    "li": HtmlReader._start_item,
    "blockquote": HtmlReader._start_quote,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), HtmlReader._start_pre),
    "hr": HtmlReader._rule,
    "table": HtmlReader._start_table,
    "tr": HtmlReader._start_row,
    **dict.fromkeys(("td", "th"), HtmlReader._start_cell),
    **dict.fromkeys(SKIPPED, HtmlReader._skip),
}
_ENDS: dict[str, End] = {
    **dict.fromkeys(BLOCKS, HtmlReader.flush),
    **dict.fromkeys(CAPTIONS, HtmlReader._end_caption),
    **dict.fromkeys(HEADINGS, HtmlReader._end_heading),
    **{tag: _ends_mark(kind) for tag, kind in INLINE.items()},
    "a": _ends_mark(MarkKind.LINK),
    "q": lambda reader: reader.data("”"),
    "form": HtmlReader._end_form,
    **dict.fromkeys(("ul", "ol"), HtmlReader._end_list),
    "li": HtmlReader._end_item,
    "blockquote": HtmlReader._end_quote,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), HtmlReader._end_pre),
    "table": HtmlReader._end_table,
    **dict.fromkeys(("tr", "td", "th"), HtmlReader.flush),
}
"""What each element begins and ends; of any other only the text counts."""
