"""The half of the dashboard that says how headlines are listed: which, in which order and groups, on how many lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from store.models import Grouping, Order
from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.state import ORDERS, ListFilter
from tui.dialogs.ask import ChooseScreen

LISTING = "listing"
"""The setting that remembers it."""
DENSITIES = ("auto", "one", "two")
FILTERS = {
    ListFilter.ALL: "Everything",
    ListFilter.UNREAD: "Unread only",
    ListFilter.STARRED: "Starred only",
    ListFilter.QUOTING: "Only where people are quoted",
}
GROUPINGS = {Grouping.NONE: "No groups", Grouping.FEED: "By feed", Grouping.DATE: "By date", Grouping.STORY: "By story"}
_GROUPED = {
    Grouping.NONE: "No groups.",
    Grouping.STORY: "Stories are folded; {fold} opens one, {toggle-read} marks all of it read.",
}
OFFERED = (
    (Order.DATE, False),
    (Order.DATE, True),
    (Order.SOURCE, False),
    (Order.TITLE, False),
    (Order.UNREAD, False),
    (Order.QUOTED, False),
)


class ListingController:
    """How headlines are listed; remembered for the next start."""

    def __init__(self, context: DashboardContext, headline_list: HeadlineListController) -> None:
        self._context = context
        self._list = headline_list

    def recall(self) -> None:
        """List as in the last session."""
        stored: Any = self._context.recall(LISTING, {})
        if not isinstance(stored, dict):
            return
        # What versions before filters and orders remembered.
        earlier = ListFilter.UNREAD if stored.get("hide_read") is True else ListFilter.ALL
        self._context.session.list_filter = _one_of(ListFilter, stored.get("filter"), earlier)
        self._context.session.sorting = replace(
            self._context.session.sorting,
            order=_one_of(Order, stored.get("order"), Order.DATE),
            reverse=stored.get("reverse", stored.get("oldest_first")) is True,
            grouping=_one_of(Grouping, stored.get("groups"), Grouping.NONE),
        )
        if self._context.settings.layout.density == "auto" and stored.get("density") in DENSITIES:
            self._context.headlines.density = stored["density"]

    # --- which ----------------------------------------------------------------------------------------------

    def filter(self) -> None:
        """Choose which articles are listed."""
        kinds = list(FILTERS)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._filter(kinds[place])

        self._context.ask(
            ChooseScreen("List", list(FILTERS.values()), at=kinds.index(self._context.session.list_filter)), chosen
        )

    def toggle_filter(self) -> None:
        """Hide what is read, or list everything again."""
        hidden = self._context.session.list_filter is ListFilter.UNREAD
        self._filter(ListFilter.ALL if hidden else ListFilter.UNREAD)

    def _filter(self, list_filter: ListFilter) -> None:
        self._context.session.list_filter = list_filter
        self._context.say(f"Listed: {FILTERS[list_filter].lower()}.")
        self._list_again()

    # --- in which order -------------------------------------------------------------------------------------

    def sort(self) -> None:
        """Choose the order of the headlines."""
        here = (self._context.session.sorting.order, self._context.session.sorting.reverse)
        at = OFFERED.index(here) if here in OFFERED else OFFERED.index((here[0], False))

        def chosen(place: int | None) -> None:
            if place is not None:
                self._sort(*OFFERED[place])

        self._context.ask(ChooseScreen("Sort", [ORDERS[each] for each in OFFERED], at=at), chosen)

    def toggle_order(self) -> None:
        self._sort(self._context.session.sorting.order, not self._context.session.sorting.reverse)

    def _sort(self, order: Order, reverse: bool) -> None:
        self._context.session.sorting = replace(self._context.session.sorting, order=order, reverse=reverse)
        self._context.say(f"{ORDERS[order, reverse]}.")
        self._list_again()

    def group(self) -> None:
        """Choose what the headlines are grouped by."""
        kinds = list(GROUPINGS)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._context.session.sorting = replace(self._context.session.sorting, grouping=kinds[place])
                self._context.say(self._context.keyboard.hint(_GROUPED.get(kinds[place], "{fold} folds a group.")))
                self._list_again()

        at = kinds.index(self._context.session.sorting.grouping)
        self._context.ask(ChooseScreen("Group", list(GROUPINGS.values()), at=at), chosen)

    # --- on how many lines ----------------------------------------------------------------------------------

    def density(self) -> None:
        """Go on to the next density."""
        at = DENSITIES.index(self._context.headlines.density)
        self._context.headlines.density = DENSITIES[(at + 1) % len(DENSITIES)]
        self._context.headlines.set_anew()
        lines = {"auto": "One line a headline where there is room, else two.", "one": "One line a headline."}
        self._context.say(lines.get(self._context.headlines.density, "Two lines a headline."))
        self._remember()

    def _list_again(self) -> None:
        # What was marked while it was listed takes its place too: that is what is asked for.
        self._context.session.enter(self._context.session.view, self._context.session.title)
        self._remember()
        self._list.reload()

    def _remember(self) -> None:
        listing = {
            "filter": self._context.session.list_filter,
            "order": self._context.session.sorting.order,
            "reverse": self._context.session.sorting.reverse,
            "groups": self._context.session.sorting.grouping,
            "density": self._context.headlines.density,
        }
        # The list need not wait for the disk.
        self._context.jobs.start("remember listing", lambda _: self._context.remember(LISTING, listing), lambda _: None)


def _one_of(kind: Any, stored: object, otherwise: Any) -> Any:
    """The member of an enumeration that was stored."""
    return kind(stored) if stored in list(kind) else otherwise
