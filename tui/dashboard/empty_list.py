"""What an empty list of headlines says."""

from __future__ import annotations

from store.errors import QueryError
from store.models import Scope
from tui.dashboard.context import DashboardContext
from tui.dashboard.state import FILTER_WORDS, ListFilter

EMPTY = {
    Scope.ALL: (
        "There are no articles yet.\n\nPress {add-feed} to add a feed, or put text files into\n{seeds}\n"
        "and press {refresh-feed}."
    ),
    Scope.UNREAD: "Everything is read.\n\nPress {refresh-all} to fetch what is new.",
    Scope.TODAY: "Nothing was published today.\n\nPress {refresh-all} to fetch what is new.",
    Scope.STARRED: "Nothing is starred.\n\nPress {toggle-star} on an article to keep it here.",
    Scope.FOLLOWED: "No article names anybody you follow.\n\n{directory} lists everybody, {follow} follows a person.",
    Scope.PERSON: "No article names this person any more.\n\n{directory} lists everybody.",
    Scope.SAVED: "This search finds nothing.\n\n{save-search} changes it.",
    Scope.TAG: "The feeds of this folder have no articles yet.\n\nPress {refresh-feed} to fetch what is new.",
    Scope.FEED: "This feed has no articles yet.\n\nPress {refresh-feed} to fetch what is new.",
}


def nothing_listed(context: DashboardContext) -> str:
    """Why nothing is listed, and which key helps."""
    session, hint = context.session, context.keyboard.hint
    if session.view.query:
        return _nothing_found(context)
    if session.list_filter is not ListFilter.ALL:
        nothing = "Nothing to list here: {what}.\n\n{filter} chooses what is listed."
        return hint(nothing, what=FILTER_WORDS[session.list_filter])
    return hint(EMPTY[session.view.scope], seeds=context.library.places.seeds)


def _nothing_found(context: DashboardContext) -> str:
    """What an empty list says while a search is on."""
    view, key_of = context.session.view, context.keyboard.key_of
    ways = [f"{key_of('back')} ends the search."]
    if _may_go_on(context, view.query):
        ways.insert(0, f"{view.query}* also finds words that begin so.")
    if view.scope is Scope.ALL:
        where = "Nothing"
    else:
        where = f"Nothing in {context.session.title}"
        # While the search line is open, the key alone would be typed into it.
        ways.insert(0, f"Enter, then {key_of('search-everywhere')} searches everywhere.")
    return f"{where} matches “{view.query}”.\n\n" + "\n".join(ways)


def _may_go_on(context: DashboardContext, query: str) -> bool:
    """Whether a query ends in what may be the beginning of a word."""
    try:
        context.library.search.check(f"{query}*")
    except QueryError:
        return False
    return query[-1:].isalnum()
