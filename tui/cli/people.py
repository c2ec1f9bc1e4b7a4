"""``newsdash people | quotes``."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, takewhile

from store.models import QuoteRecord
from tui.cli.attribution import UNKNOWN
from tui.cli.output import complain, library, local_time, print_columns, print_json, view_of
from tui.wording.quotation import quotation


def list_people(options: argparse.Namespace) -> int:
    """List people with how often they are quoted and named."""
    if options.followed or options.new or options.follow or options.unfollow:
        from tui.cli.followed import followed

        return followed(options)
    with library() as opened:
        query = " ".join(options.query)
        view = view_of(opened, options, query)
        found = list(islice(opened.quotes.people(query, replace(view, query="")), options.limit))
    if options.json:
        for person in found:
            print_json(
                {
                    "name": person.name,
                    "role": person.role,
                    "articles": person.articles,
                    "mentions": person.mentions,
                    "quotes": person.quotes,
                    "latest": person.latest,
                }
            )
        return 0
    if not found:
        complain("Nobody of that name is in the articles." if options.query else "Nobody is named in the articles.")
    print_columns(
        [
            (str(person.quotes), str(person.mentions), f"{person.name} ({person.role})" if person.role else person.name)
            for person in found
        ],
        right=(0, 1),
    )
    return 0


def list_quotes(options: argparse.Namespace) -> int:
    """Print quotations, newest article first; as a timeline, oldest first under the months."""
    with library() as opened:
        query = " ".join(options.query)
        view = view_of(opened, options, query)
        found = opened.quotes.search(query, replace(view, query=""))
        if options.since is not None:  # the newest come first
            found = takewhile(lambda record: record.article.published >= options.since, found)
        records: Iterable[QuoteRecord] = islice(found, options.limit)
        if options.timeline:
            records = sorted(records, key=lambda record: record.article.published)
        if options.format:
            from tui.cli.ledger import item_of, written

            for line in written(map(item_of, records), options.format):
                print(line, end="")
            return 0
        month = ""
        for record in records:
            if options.timeline and not options.json and month != (month := _month(record)):
                print(month)
            print_quote(record, as_json=options.json, verb=options.timeline)
    return 0


def _month(record: QuoteRecord) -> str:
    return f"{record.article.published.astimezone():%B %Y}"


def print_quote(record: QuoteRecord, *, as_json: bool, verb: bool = False) -> None:
    quote, article = record.quote, record.article
    if as_json:
        print_json(
            {
                "speaker": quote.speaker or None,
                "role": record.role,
                "kind": quote.kind,
                "text": record.text,
                "verb": quote.verb,
                "verb_class": quote.verb_class,
                "confidence": round(quote.confidence, 3),
                "start": quote.start,
                "end": quote.end,
                "article": article.id,
                "title": article.title,
                "source": record.source,
                "link": article.link,
                "published": article.published,
            }
        )
        return
    words = " ".join(record.text.split())
    print(f"{quote.speaker or UNKNOWN}: {quotation(words, quote.kind)}")
    where = [quote.verb if verb else "", record.source, local_time(article.published), article.title]
    print(f"    {', '.join(filter(None, where))} [{article.id}]")
