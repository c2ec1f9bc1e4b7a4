"""Collects the passages of an article from the events of an HTML parser.

All state is counters and flat lists, so that any nesting is read in linear time without recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice

from store.models import BlockKind, MarkKind
from store.text.clean import clean_line
from store.text.document_builder import Passage
from store.text.html_elements import (
    BLOCKS,
    CAPTIONS,
    EMBEDDING,
    HEADINGS,
    INLINE,
    SKIPPED,
    STRUCK,
    is_hidden,
    to_number,
)
from store.text.html_math import ELEMENTS, MathStack
from store.text.html_media import (
    is_tracker,
    label_of,
    name_of,
    picture_address,
    picture_words,
    place_of,
)
from store.text.html_tables import Table
from store.text.shifted import shift
from store.text.urls import absolute

_MAX_LEVEL = 20
_MAX_TABLES = 6
"""Tables inside one another beyond this are read as their text; only page layouts nest tables at all."""
_FORM_WITH_ARTICLE = 600
"""Characters from which on a form is a page's outer frame and not a box to fill in."""


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
        self._shifted: list[tuple[str, Passage | None, int, bool]] = []
        """Open ``sup`` and ``sub`` elements: the passage they began in, their first piece there, whether they link."""
        self._struck = 0
        self._struck_from = 0
        """The piece of the current passage from which on text is struck out."""
        self._math = MathStack()
        self._source_set = ""
        """The ``srcset`` of the last ``source`` in the open ``picture``."""
        self._embedded: tuple[str, Mapping[str, str]] | None = None
        """The element whose content is skipped because it embeds something, and what it embeds."""

    # --- events -------------------------------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipping or (attributes and is_hidden(attributes)):
            self._skipping += 1
            if tag == "source" and self._embedded and not address_of(self._embedded[1]):
                self._embedded = self._embedded[0], {**self._embedded[1], **attributes}
        elif begin := _STARTS.get(tag):
            begin(self, attributes)

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            if not self._skipping and self._embedded:
                embedded, self._embedded = self._embedded, None
                self._put_embedded(*embedded)
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
            if self._struck:
                self._strike(passage)
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
        if self._shifted:
            self._shifted[-1] = *self._shifted[-1][:3], True
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

    # --- raised, lowered and struck-out text, formulas ----------------------------------------------------------

    def _start_shifted(self, tag: str) -> None:
        self._put_waiting_breaks()
        first = len(self._current.pieces) if self._current else 0
        self._shifted.append((tag, self._current, first, False))

    def _end_shifted(self) -> None:
        if not self._shifted:
            return
        tag, passage, first, links = self._shifted.pop()
        if passage is not None and passage is self._current and passage.kind is not BlockKind.CODE:
            shift(passage.pieces, first, tag, is_note=links)

    def _start_struck(self, _: Mapping[str, str]) -> None:
        if not self._struck:
            self._put_waiting_breaks()
            self._struck_from = len(self._current.pieces) if self._current else 0
        self._struck += 1

    def _end_struck(self) -> None:
        if self._struck == 1 and self._current is not None:
            self._strike(self._current)
        self._struck = max(0, self._struck - 1)

    def _strike(self, passage: Passage) -> None:
        """Put ``~~`` around what of a passage is struck out; what follows in the next passage is from its beginning."""
        first, self._struck_from = self._struck_from, 0
        filled = [number for number in range(first, len(passage.pieces)) if passage.pieces[number].strip()]
        if filled and passage.kind is not BlockKind.CODE:
            start, last = passage.pieces[filled[0]], filled[-1]
            passage.pieces[filled[0]] = start[: len(start) - len(start.lstrip())] + "~~" + start.lstrip()
            end = passage.pieces[last]
            passage.pieces[last] = end.rstrip() + "~~" + end[len(end.rstrip()) :]

    def _put_waiting_breaks(self) -> None:
        if self._breaks:
            self._put_breaks()

    def _start_math(self, tag: str) -> None:
        if before := self._math.start(tag):
            self.data(before)

    def _end_math(self, tag: str) -> None:
        if after := self._math.end(tag):
            self.data(after)

    # --- what is shown from elsewhere ---------------------------------------------------------------------------

    def _image(self, attributes: Mapping[str, str]) -> None:
        words = picture_words(attributes)
        if words and (len(words) <= 2 or "emoji" in attributes.get("class", "").lower()):
            self.data(words)
            return
        href = picture_address(self.base_url, attributes, self._source_set)
        if words or (href and not is_tracker(attributes)):
            self._put_media("image:", words or name_of(href), href, MarkKind.IMAGE)

    def _source(self, attributes: Mapping[str, str]) -> None:
        self._source_set = self._source_set or attributes.get("srcset") or attributes.get("data-srcset") or ""

    def _end_picture(self) -> None:
        self._source_set = ""

    def _embed(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What an element shows is named when it ends; its content is for programs that cannot show it."""
        self._skipping += 1
        self._embedded = tag, attributes

    def _object(self, attributes: Mapping[str, str]) -> None:
        """Its content, which takes its place, is read too."""
        self.flush()
        self._put_embedded("object", attributes)
        self.flush()

    def _put_embedded(self, tag: str, attributes: Mapping[str, str]) -> None:
        href = absolute(self.base_url, address_of(attributes))
        if href.startswith("http") and not is_tracker(attributes):
            title = clean_line(attributes.get("title", "") or attributes.get("aria-label", ""))
            self._put_media(
                label_of(tag, href, attributes.get("type", "")), title or place_of(href), href, MarkKind.LINK
            )

    def _put_media(self, label: str, words: str, href: str, kind: MarkKind) -> None:
        """A line on what is shown from elsewhere, after the paragraph it is in, with the link that is around it."""
        caption = Passage(BlockKind.CAPTION, label=label, pieces=[words], marks=[(0, 1, kind, href)])
        _, _, around = self._open.get(MarkKind.LINK, (0, 0, ""))
        if around and around != href and kind is MarkKind.IMAGE:
            caption.marks.append((0, 1, MarkKind.LINK, around))
        caption.size = len(words)
        self._captions.append(caption)

    def _checkbox(self, attributes: Mapping[str, str]) -> None:
        """A box of a task list, which says whether the item is done."""
        if attributes.get("type", "").lower() == "checkbox" and self._items:
            self.data("[x] " if "checked" in attributes else "[ ] ")
        self._skipping += 1

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

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self.flush()
        if self._tables and not self._deep_tables:
            columns, rows = (to_number(attributes.get(name, ""), 1) for name in ("colspan", "rowspan"))
            self._tables[-1].start_cell(columns, rows)


def address_of(attributes: Mapping[str, str]) -> str:
    """Where what an element embeds is, as the element says."""
    names = ("src", "data-src", "data-lazy-src", "data")
    return next((value for name in names if (value := attributes.get(name, "")) and not value.startswith("about:")), "")


Start = Callable[[HtmlReader, Mapping[str, str]], None]
End = Callable[[HtmlReader], None]


def _starts_mark(kind: MarkKind) -> Start:
    return lambda reader, _: reader._start_mark(kind, "")


def _ends_mark(kind: MarkKind) -> End:
    return lambda reader: reader._end_mark(kind)


def _starts_with_name(begin: Callable[[HtmlReader, str], None], tag: str) -> Start:
    return lambda reader, _: begin(reader, tag)


def _ends_with_name(finish: Callable[[HtmlReader, str], None], tag: str) -> End:
    return lambda reader: finish(reader, tag)


def _embeds(tag: str) -> Start:
    return lambda reader, attributes: reader._embed(tag, attributes)


def _starts_heading(level: int) -> Start:
    return lambda reader, _: reader._start_heading(level)


_STARTS: dict[str, Start] = {
    **dict.fromkeys(BLOCKS, HtmlReader.flush),
    **dict.fromkeys(CAPTIONS, HtmlReader._start_caption),
    **{tag: _starts_heading(level) for tag, level in HEADINGS.items()},
    **{tag: _starts_mark(kind) for tag, kind in INLINE.items()},
    "a": HtmlReader._start_link,
    "br": HtmlReader._line_break,
    **dict.fromkeys(("img", "amp-img"), HtmlReader._image),
    "source": HtmlReader._source,
    **{tag: _embeds(tag) for tag in EMBEDDING},
    "object": HtmlReader._object,
    "input": HtmlReader._checkbox,
    **{tag: _starts_with_name(HtmlReader._start_shifted, tag) for tag in ("sup", "sub")},
    **dict.fromkeys(STRUCK, HtmlReader._start_struck),
    "rt": lambda reader, _: reader.data("("),
    **{tag: _starts_with_name(HtmlReader._start_math, tag) for tag in ELEMENTS},
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
    "rt": lambda reader: reader.data(")"),
    "picture": HtmlReader._end_picture,
    "object": HtmlReader.flush,
    **dict.fromkeys(("sup", "sub"), HtmlReader._end_shifted),
    **dict.fromkeys(STRUCK, HtmlReader._end_struck),
    **{tag: _ends_with_name(HtmlReader._end_math, tag) for tag in ELEMENTS},
    "form": HtmlReader._end_form,
    **dict.fromkeys(("ul", "ol"), HtmlReader._end_list),
    "li": HtmlReader._end_item,
    "blockquote": HtmlReader._end_quote,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), HtmlReader._end_pre),
    "table": HtmlReader._end_table,
    **dict.fromkeys(("tr", "td", "th"), HtmlReader.flush),
}
"""What each element begins and ends; of any other only the text counts."""
