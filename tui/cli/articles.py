"""``newsdash ingest | list | show``."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from store.models import BlockKind, Change, Document, Edit, EditKind, Enclosure, Headline, OpenArticle
from tui.cli.attribution import analysis_as_json, analysis_lines
from tui.cli.output import (
    complain,
    count,
    library,
    local_time,
    print_columns,
    print_json,
    report_problems,
    sentence,
    view_of,
)

MEASURE = 80
"""Columns of an article printed as text."""


def ingest(options: argparse.Namespace) -> int:
    """Take in files; the status is 1 when one was not taken in."""
    with library() as opened:
        report = opened.files.ingest([Path(path) for path in options.path])
    if options.json:
        print_json(
            {
                "added": report.added,
                "updated": report.updated,
                "duplicates": report.duplicates,
                "problems": [{"name": problem.name, "reason": sentence(problem)} for problem in report.problems],
            }
        )
    else:
        report_problems(report)
        known = f", {report.duplicates} known already" if report.duplicates else ""
        updated = f", {len(report.updated)} updated" if report.updated else ""
        print(f"{count(len(report.added), 'article')} taken in{updated}{known}.")
    return 1 if report.problems else 0


def list_articles(options: argparse.Namespace) -> int:
    """Print headlines, newest first; ``●`` is unread, ``★`` starred."""
    with library() as opened:
        view = view_of(opened, options, " ".join(options.query))
        rows = [opened.articles.get(article_id) for article_id in islice(opened.listing.ids(view), options.limit)]
    if options.json:
        for row in rows:
            print_json(headline_as_json(row))
        return 0
    if not rows:
        complain("No article is here.")
    print_columns(
        [
            (
                str(row.article.id),
                (" " if row.status.read else "●") + ("★" if row.status.starred else " "),
                local_time(row.article.published),
                row.source,
                row.article.title,
            )
            for row in rows
        ],
        right=(0,),
    )
    return 0


def show(options: argparse.Namespace) -> int:
    """Print one article and who is quoted in it, or what changed in it."""
    with library() as opened:
        if options.changes:
            return _show_changes(opened.articles.changes(options.article), as_json=options.json)
        if options.full_text:
            opened.full_texts.show_page(options.article)
        elif options.feed_text:
            opened.full_texts.show_own(options.article)
        article = opened.articles.open(options.article)
    if options.json:
        print_json(article_as_json(article))
        return 0
    print("\n".join(article_lines(article)))
    return 0


def _show_changes(changes: Sequence[Change], *, as_json: bool) -> int:
    if as_json:
        for change in changes:
            print_json(change_as_json(change))
    elif changes:
        print("\n\n".join("\n".join(change_lines(change)) for change in changes))
    else:
        complain("This article has not changed since it came.")
    return 0


def change_as_json(change: Change) -> dict[str, Any]:
    """A change as scripts read it: edits are [kind, text] with the kinds same, removed and added."""
    return {
        "when": change.when,
        "title": [[str(edit.kind), edit.text] for edit in change.title],
        "blocks": [[[str(edit.kind), edit.text] for edit in block] for block in change.blocks],
    }


def change_lines(change: Change) -> list[str]:
    """A change as plain text: ``-`` before what went, ``+`` before what came, ``~`` before what was edited.

    Inside an edited block stand [-what went-] and {+what came+}; blocks that stayed are left out.
    """
    lines = [f"Changed {local_time(change.when)}"]
    lines += _edited("Title: ", change.title) if change.title else []
    left_out = False
    for block in change.blocks:
        if all(edit.kind is EditKind.SAME for edit in block):
            left_out = True
            continue
        lines += ["", "  …"] if left_out else [""]
        lines += _edited("", block)
        left_out = False
    return lines + (["", "  …"] if left_out and len(lines) > 1 else [])


def _edited(label: str, edits: Sequence[Edit]) -> list[str]:
    if len(edits) == 1:
        sign, text = ("+" if edits[0].kind is EditKind.ADDED else "-"), edits[0].text
    else:
        marks = {EditKind.SAME: "{}", EditKind.REMOVED: "[-{}-]", EditKind.ADDED: "{{+{}+}}"}
        sign, text = "~", "".join(_around(marks[edit.kind], edit.text) for edit in edits)
    return textwrap.wrap(label + text, MEASURE, initial_indent=f"{sign} ", subsequent_indent="  ")


def _around(mark: str, text: str) -> str:
    """The text in its marks, the space before it outside of them."""
    words = text.lstrip()
    return text[: len(text) - len(words)] + mark.format(words)


def headline_as_json(row: Headline | OpenArticle) -> dict[str, Any]:
    """A headline as scripts read it."""
    article = row.article
    return {
        "id": article.id,
        "title": article.title,
        "source": row.source,
        "feed": article.feed_id,
        "link": article.link,
        "authors": article.authors,
        "published": article.published,
        "date_guessed": article.date_guessed,
        "place": article.place,
        "agency": article.agency,
        "read": row.status.read,
        "starred": row.status.starred,
        "muted": row.status.muted,
        "tags": row.status.tags,
        "quoted": article.quoted,
        "words": article.words,
        "full_text": article.full_text,
        "enclosures": [{"url": each.url, "type": each.type, "length": each.length} for each in article.enclosures],
        "notes": article.notes,
    }


def article_as_json(opened: OpenArticle) -> dict[str, Any]:
    """A whole article as scripts read it; offsets are into ``text``."""
    return {
        **headline_as_json(opened),
        "text": opened.document.text,
        **analysis_as_json(opened.analysis, opened.document.text),
    }


def article_lines(opened: OpenArticle) -> list[str]:
    """An article as plain text: headline, byline, blocks wrapped, then the people and their quotations."""
    article = opened.article
    guessed = " (guessed)" if article.date_guessed else ""
    byline = [", ".join(article.authors), opened.source, article.published.strftime("%d %B %Y %H:%M %Z") + guessed]
    lines = [*textwrap.wrap(article.title, MEASURE), " · ".join(part for part in byline if part)]
    lines += [article.link] if article.link else []
    lines += [*article.notes, ""]
    lines += document_lines(opened.document) or ["No text."]
    lines += ["", *map(enclosure_line, article.enclosures)] if article.enclosures else []
    lines += ["", *analysis_lines(opened.analysis, opened.document.text)]
    return lines


def enclosure_line(file: Enclosure) -> str:
    """A file that comes with an article: its address, its type and its size as far as they are known."""
    about = ", ".join(part for part in (file.type, size_in_words(file.length)) if part)
    return f"{file.url} ({about})" if about else file.url


def size_in_words(length: int) -> str:
    """A number of bytes as people say it; '' for none."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)):
        if length >= size:
            return f"{length / size:.1f} {unit}"
    return f"{length} bytes" if length else ""


def document_lines(document: Document) -> list[str]:
    """The blocks, wrapped and set apart by blank lines; code and tables keep their lines."""
    lines: list[str] = []
    previous = None
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if previous is not None and not (block.kind is previous is BlockKind.ITEM):
            lines.append("")
        previous = block.kind
        match block.kind:
            case BlockKind.CODE | BlockKind.TABLE:
                lines += ["    " + line for line in text.splitlines()]
            case BlockKind.RULE:
                lines.append("* * *")
            case BlockKind.ITEM:
                first = "  " * block.level + (block.label or "•") + " "
                lines += textwrap.wrap(text, MEASURE, initial_indent=first, subsequent_indent=" " * len(first))
            case BlockKind.QUOTE:
                lines += textwrap.wrap(text, MEASURE, initial_indent="  > ", subsequent_indent="  > ")
            case BlockKind.HEADING:
                lines += ["#" * block.level + " " + text]
            case _:
                for line in text.splitlines():
                    lines += textwrap.wrap(line, MEASURE)
    return lines
