"""``newsdash ingest | list | show``."""

from __future__ import annotations

import argparse
import textwrap
from itertools import islice
from pathlib import Path
from typing import Any

from store.models import BlockKind, Document, Headline, OpenArticle, Scope, View
from tui.console.output import (
    complain,
    count,
    library,
    local_time,
    print_columns,
    print_json,
    report_problems,
    sentence,
)
from tui.console.speech import analysis_as_json, analysis_lines

MEASURE = 80
"""Columns of an article printed as text."""


def ingest(options: argparse.Namespace) -> int:
    """Take in files; the status is 1 when one was not taken in."""
    with library() as opened:
        report = opened.ingest([Path(path) for path in options.path])
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
        query = " ".join(options.query)
        if options.feed:
            view = View(Scope.FEED, opened.find_feed(options.feed).id, query)
        else:
            view = View(Scope(options.view), query=query)
        rows = [opened.headline(article_id) for article_id in islice(opened.view(view), options.limit)]
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
    """Print one article and who is quoted in it."""
    with library() as opened:
        article = opened.open_article(options.article)
    if options.json:
        print_json(article_as_json(article))
        return 0
    print("\n".join(article_lines(article)))
    return 0


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
        "tags": row.status.tags,
        "quoted": article.quoted,
        "words": article.words,
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
    lines += ["", *analysis_lines(opened.analysis, opened.document.text)]
    return lines


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
