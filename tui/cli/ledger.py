"""Quotations for other programs: as CSV, JSON Lines, Markdown, BibTeX and CSL-JSON, one after the other.

What is written comes from outside: every format escapes what means something in it, and cells of CSV are marked as
text where a spreadsheet would calculate with them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from store.models import QuoteRecord
from store.text.clean import clean_line
from tui.cli.encoding import as_json
from tui.wording.markdown import escaped
from tui.wording.quotation import quotation

_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_CALCULATED = ("=", "+", "-", "@")
"""What a cell begins with that spreadsheets take for a formula."""
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Escaped braces would still count when the parser looks for the end of a field.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&%#_"},
    }
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation. ``start`` and ``end`` are offsets into the article's text; ``article`` is its number or file."""

    speaker: str
    role: str
    kind: str
    text: str
    cue: str
    """The words that say that somebody speaks, as printed."""
    verb: str
    verb_class: str
    confidence: float
    start: int
    end: int
    article: int | str
    title: str
    source: str
    link: str
    published: datetime | None


def item_of(record: QuoteRecord) -> Item:
    quote, article = record.quote, record.article
    return Item(
        quote.speaker, record.role, str(quote.kind), record.text, record.cue, quote.verb, quote.verb_class,
        round(quote.confidence, 3), quote.start, quote.end, article.id, article.title, record.source, article.link,
        article.published,
    )  # fmt: skip


def written(items: Iterable[Item], form: str) -> Iterator[str]:
    """The lines of a format, each with its newline, as the items come."""
    return FORMATS[form](items)


def as_mapping(item: Item) -> dict[str, object]:
    """As JSON: an unknown speaker is null."""
    found = asdict(item)
    return {**found, "speaker": item.speaker or None, "published": item.published and item.published.isoformat()}


def _csv(items: Iterable[Item]) -> Iterator[str]:
    names = [field.name for field in fields(Item)]
    yield _csv_line(names)
    for item in items:
        values = {**asdict(item), "published": item.published.isoformat() if item.published else ""}
        yield _csv_line([values[name] for name in names])


def _csv_line(values: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(map(_cell, values))
    return line.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub(" ", value)
    return f"'{text}" if text.lstrip(" ").startswith(_CALCULATED) else text


def _jsonl(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield as_json(as_mapping(item)) + "\n"


def _markdown(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        words = escaped(_line(item.text))
        title = escaped(_line(item.title) or "(no title)")
        link = _web_address(item.link)
        said = ", ".join(escaped(_line(part)) for part in (item.speaker or "Unknown speaker", item.role) if part)
        where = [f"[{title}](<{link}>)" if link else f"*{title}*", escaped(_line(item.source)), _day(item.published)]
        yield f"> {quotation(words, item.kind)}\n>\n"
        yield f"> — {said}: {', '.join(filter(None, where))}\n\n"


def _bibtex(items: Iterable[Item]) -> Iterator[str]:
    keys: dict[str, int] = {}
    for item in items:
        note = f"{_line(item.speaker) or 'Unknown speaker'}{f' ({_line(item.role)})' if item.role else ''}"
        found = {
            "title": f"{{{_tex(item.title)}}}",
            "howpublished": _tex(item.source),
            "year": f"{item.published.year}" if item.published else "",
            "month": _MONTHS[item.published.month - 1] if item.published else "",
            "day": f"{item.published.day}" if item.published else "",
            "url": _web_address(item.link),
            "note": f"{_tex(note)}: {_tex(quotation(_line(item.text), item.kind))}",
            "speaker": _tex(item.speaker),
            "quotekind": _tex(item.kind),
            "cue": _tex(item.cue),
            "offsets": f"{item.start}--{item.end}",
        }
        yield f"@misc{{{_key(item, keys)},\n"
        for name, value in found.items():
            if value and value != "{}":
                yield f"  {name} = {value},\n" if name == "month" else f"  {name} = {{{value}}},\n"
        yield "}\n\n"


def _key(item: Item, taken: dict[str, int]) -> str:
    """A citation key of plain letters and digits, and different from all before."""
    place = item.article if isinstance(item.article, int) else "text"
    key = f"newsdash-{place}-{item.start}"
    taken[key] = taken.get(key, 0) + 1
    return key if taken[key] == 1 else f"{key}-{taken[key]}"


def _csl(items: Iterable[Item]) -> Iterator[str]:
    yield "["
    for number, item in enumerate(items):
        yield (",\n" if number else "\n") + as_json(_csl_item(item, number))
    yield "\n]\n"


def _csl_item(item: Item, number: int) -> Mapping[str, object]:
    found: dict[str, object] = {
        "id": f"newsdash-{number + 1}",
        "type": "article-newspaper",
        "title": _line(item.title),
        "container-title": _line(item.source),
        "URL": _web_address(item.link),
        "note": f"{_line(item.speaker) or 'Unknown speaker'}: {quotation(_line(item.text), item.kind)}",
        "custom": {
            "speaker": item.speaker or None, "role": item.role, "quotation": item.text, "kind": item.kind,
            "cue": item.cue, "verb": item.verb, "start": item.start, "end": item.end, "article": item.article,
        },
    }  # fmt: skip
    if item.published:
        found["issued"] = {"date-parts": [[item.published.year, item.published.month, item.published.day]]}
    return {name: value for name, value in found.items() if value != ""}


FORMATS: Mapping[str, Callable[[Iterable[Item]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "md": _markdown,
    "bibtex": _bibtex,
    "csl": _csl,
}


def _line(text: str) -> str:
    """On one line, without characters that control anything."""
    return clean_line(text)


def _tex(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def _web_address(link: str) -> str:
    """The address with everything escaped that could end it early; '' for what is no web page."""
    try:
        if urlsplit(link).scheme.lower() not in ("http", "https"):
            return ""
    except ValueError:
        return ""
    return percent_encoded(link, safe=":/?#@!$&*+,;=%-._~'")


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}" if when else ""
