"""The command line that ``newsdash`` understands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from store import __version__

if TYPE_CHECKING:
    from datetime import datetime

DASHBOARD = "tui.cli.dashboard:run"
LEDGERS = ("csv", "jsonl", "md", "bibtex", "csl")
JSON_HELP = "print JSON for a script to read"


def build_parser() -> argparse.ArgumentParser:
    """The whole command line: one subparser a command, each naming the function that runs it."""
    parser = argparse.ArgumentParser(prog="newsdash", description="A terminal news dashboard that shows who said what.")
    parser.add_argument("--version", action="version", version=f"newsdash {__version__}")
    parser.set_defaults(run=DASHBOARD)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: str, summary: str, *, json: bool = False) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=summary, description=summary[:1].upper() + summary[1:] + ".")
        sub.set_defaults(run=f"tui.cli.{run}")
        if json:
            sub.add_argument("--json", action="store_true", help=JSON_HELP)
        return sub

    add = command("add", "feeds:add", "follow a feed, or the feed of a page", json=True)
    add.add_argument("url", metavar="URL", help="address of a feed or of a page that links to one")
    add.add_argument("--title", default="", help="a name of your own for it")

    remove = command("remove", "feeds:remove", "stop following a feed; starred articles stay")
    remove.add_argument("feed", metavar="FEED", help="number, address or title, as `newsdash feeds` prints it")

    importing = command(
        "import", "feed_lists:import_list", "follow the feeds of a list from another program", json=True
    )
    importing.add_argument("file", metavar="FILE", help="OPML, newsboat's urls file, or one address a line")
    importing.add_argument("--dry-run", action="store_true", help="only say what would happen")

    exporting = command("export", "feed_lists:export_list", "write the followed feeds for another program")
    exporting.add_argument("file", metavar="FILE", nargs="?", default="", help="where to; standard output without it")
    exporting.add_argument("--format", choices=["opml", "urls"], default="opml", help="OPML, or newsboat's urls file")

    command("feeds", "feeds:list_feeds", "list the feeds with their counts and failures", json=True)

    feed = command("feed", "feed:show_or_edit", "show all there is to say of a feed, or change what is set", json=True)
    feed.add_argument("feed", metavar="FEED", help="number, address or title, as `newsdash feeds` prints it")
    feed.add_argument("--title", help="a name of your own for it; '' for the feed's own")
    feed.add_argument("--tag", action="append", default=[], help="give it a tag; may be given several times")
    feed.add_argument("--untag", action="append", default=[], metavar="TAG", help="take a tag from it")
    feed.add_argument("--interval", metavar="TIME", help="fetch it no more often than this, as 30m or 2h; auto adapts")
    both = argparse.BooleanOptionalAction
    feed.add_argument("--full-text", action=both, default=None, help="fetch the page of each new article")
    feed.add_argument("--hidden", action=both, default=None, help="keep it out of the lists of several feeds")

    refresh = command("refresh", "feeds:refresh", "fetch feeds and store what is new", json=True)
    refresh.add_argument("feed", metavar="FEED", nargs="*", help="number, address or title; all feeds without it")
    which = refresh.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="all feeds, the default")
    which.add_argument("--due", action="store_true", help="only feeds whose time has come, for cron and timers")
    refresh.add_argument(
        "--no-analysis", action="store_true", help="leave who said what in long new feeds to the next start"
    )

    ingest = command("ingest", "articles:ingest", "take in text, Markdown or HTML files, or folders of them", json=True)
    ingest.add_argument("path", metavar="PATH", nargs="+", help="a file, or a folder that is walked")

    listing = command("list", "articles:list_articles", "list headlines, newest first", json=True)
    listing.add_argument("query", metavar="QUERY", nargs="*", help="only articles that match")
    listing.add_argument("--saved", default="", metavar="NAME", help="only what this saved search finds")
    listing.add_argument("--view", choices=["all", "unread", "today", "starred"], default="all")
    listing.add_argument("--feed", default="", help="only this feed: number, address or title")
    listing.add_argument("--limit", type=_count, default=None, metavar="N", help="at most N headlines")

    show = command("show", "articles:show", "print an article and who is quoted in it", json=True)
    show.add_argument("article", metavar="ARTICLE", type=int, help="number, as `newsdash list` prints it")
    what = show.add_mutually_exclusive_group()
    what.add_argument("--changes", action="store_true", help="what its source changed in it since it came")
    what.add_argument("--full-text", action="store_true", help="the text of its web page, from now on")
    what.add_argument("--feed-text", action="store_true", help="the text that its feed gave, from now on")

    people = command("people", "people:list_people", "list the people in the articles, most quoted first", json=True)
    people.add_argument("query", metavar="QUERY", nargs="*", help="words of a name or role, or any search")
    people.add_argument("--saved", default="", metavar="NAME", help="only in what this saved search finds")
    people.add_argument("--limit", type=_count, default=None, metavar="N", help="at most N people")
    people.add_argument("--followed", action="store_true", help="only those you follow, with their unread articles")
    people.add_argument("--new", action="store_true", help="what they said since this was last asked")
    following = people.add_mutually_exclusive_group()
    following.add_argument("--follow", default="", metavar="NAME", help="follow a person: a name, or a number")
    following.add_argument("--unfollow", default="", metavar="NAME", help="no longer follow a person")

    quotes = command("quotes", "people:list_quotes", "print quotations with their speakers", json=True)
    quotes.add_argument("query", metavar="QUERY", nargs="*", help="words of it or of its speaker's name, or any search")
    quotes.add_argument("--saved", default="", metavar="NAME", help="only in what this saved search finds")
    quotes.add_argument("--limit", type=_count, default=None, metavar="N", help="at most N quotations")
    quotes.add_argument(
        "--since", type=_moment, default=None, metavar="WHEN", help="only in articles since then: 24h, 7d, 4w or a date"
    )
    quotes.add_argument("--timeline", action="store_true", help="oldest first, under the months")
    quotes.add_argument("--format", choices=LEDGERS, default="", help="write them for another program")

    corrections = command("corrections", "corrections:list_corrections", "list what you corrected", json=True)
    steps = corrections.add_subparsers(title="commands", metavar="COMMAND")
    export = steps.add_parser("export", help="write the corrected articles for measuring extraction")
    export.set_defaults(run="tui.cli.corrections:export")
    export.add_argument("file", metavar="FILE", help="the JSON Lines file to write; one of that name is replaced")
    remove = steps.add_parser("remove", help="take a correction back")
    remove.set_defaults(run="tui.cli.corrections:remove")
    remove.add_argument("number", metavar="N", type=int, help="number, as `newsdash corrections` prints it")
    remove.add_argument("--json", action="store_true", help=JSON_HELP)

    extract = command("extract", "extract:run", "print who said what in any text, without storing it", json=True)
    extract.add_argument("file", metavar="FILE", nargs="*", help="text, Markdown or HTML; standard input without it")
    extract.add_argument("--format", choices=LEDGERS, default="", help="write the quotations for another program")
    extract.add_argument("--explain", action="store_true", help="print the reason for each attribution")
    extract.add_argument(
        "--jsonl", action="store_true", help='read lines {"id","text"} on standard input, write one JSON line each'
    )

    searches = commands.add_parser("searches", help="list, add or remove saved searches")
    kinds = searches.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, summary in (
        ("list", "list_searches", "list the saved searches and how much they find"),
        ("add", "add", "keep a search under a name; one of that name is changed"),
        ("remove", "remove", "forget a saved search; the articles stay"),
    ):
        sub = kinds.add_parser(name, help=summary, description=summary[:1].upper() + summary[1:] + ".")
        sub.set_defaults(run=f"tui.cli.searches:{run}")
        sub.add_argument("--json", action="store_true", help=JSON_HELP)
        if name != "list":
            sub.add_argument("name", metavar="NAME", help="what it is called")
        if name == "add":
            sub.add_argument("query", metavar="QUERY", nargs="+", help="what it searches for")
            sub.add_argument("--tag", action="append", default=[], help="a tag; may be given several times")

    rules = commands.add_parser("rules", help="list, add, remove or try rules for articles that arrive")
    kinds = rules.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, summary in (
        ("list", "list_rules", "list the rules in the order in which they are tried"),
        ("add", "add", "keep a rule under a name; one of that name is changed"),
        ("remove", "remove", "forget a rule; what it did stays"),
        ("try", "try_out", "say which stored articles a search, or the rule of this name, fits; nothing is changed"),
    ):
        sub = kinds.add_parser(name, help=summary, description=summary[:1].upper() + summary[1:] + ".")
        sub.set_defaults(run=f"tui.cli.rules:{run}")
        sub.add_argument("--json", action="store_true", help=JSON_HELP)
        if name in ("add", "remove"):
            sub.add_argument("name", metavar="NAME", help="what it is called")
        if name in ("add", "try"):
            sub.add_argument("query", metavar="QUERY", nargs="+", help="which articles: a search")
        if name == "add":
            sub.add_argument("--action", choices=["mute", "star", "read", "tag"], required=True, help="what is done")
            sub.add_argument("--tag", default="", help="the tag that the action tag gives")

    config = command("config", "config:config", "write, find or check the configuration file")
    what = config.add_mutually_exclusive_group(required=True)
    what.add_argument("--init", action="store_true", help="write config.toml with every option and its default")
    what.add_argument("--path", action="store_true", help="print where config.toml is")
    what.add_argument("--check", action="store_true", help="say what is wrong with config.toml")

    doctor = command("doctor", "maintenance:doctor", "check everything that is stored", json=True)
    doctor.add_argument("--repair", action="store_true", help="set aside what is damaged and go on without it")

    command("compact", "maintenance:compact", "write the store down anew without what is no longer used", json=True)

    backup = command("backup", "maintenance:backup", "write everything that is stored into one zip file", json=True)
    backup.add_argument("file", metavar="FILE", help="the file to write; one of that name is replaced")

    restore = command("restore", "maintenance:restore", "put a backup in place of the store, which is kept beside it")
    restore.add_argument("file", metavar="FILE", help="a file that `newsdash backup` wrote")
    restore.add_argument("--yes", action="store_true", help="do not ask")

    serving = command("serve", "serve:serve", "open the dashboard in a browser; needs newsdash[serve]")
    serving.add_argument("--port", type=_count, default=8377, metavar="N", help="the port; 8377 without it")
    serving.add_argument("--address", default="127.0.0.1", help="where to serve; this machine only without it")
    serving.add_argument("--let-others-in", action="store_true", help="serve at an address that others can reach")

    completion = command("completion", "manual:completion", "print a script that completes commands in a shell")
    completion.add_argument("shell", choices=["bash", "zsh", "fish"], help="the shell it is for")

    completion.set_defaults(parser=parser)

    man = command("man", "manual:man", "print the manual page, for man to show")
    man.set_defaults(parser=parser)
    return parser


def _moment(value: str) -> datetime:
    """A span of time back from now, or a date."""
    from argparse import ArgumentTypeError
    from datetime import UTC, datetime, timedelta

    units = {"h": "hours", "d": "days", "w": "weeks"}
    try:
        if value[-1:] in units and value[:-1].isdecimal():
            return datetime.now(UTC) - timedelta(**{units[value[-1]]: int(value[:-1])})
        return datetime.fromisoformat(value).astimezone()
    except (ValueError, OverflowError) as error:
        raise ArgumentTypeError("must be like 24h, 7d, 4w or 2024-05-17") from error


def _count(value: str) -> int:
    from argparse import ArgumentTypeError

    number = int(value)
    if number < 1:
        raise ArgumentTypeError("must be at least 1")
    return number
