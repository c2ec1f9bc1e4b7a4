"""The half of the dashboard that says how headlines are listed: which, in which order and groups, on how many lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from store.models import Grouping, Order
from tui.dashboard.parts import Parts
from tui.dialogs.ask import ChooseScreen
from tui.session import ORDERS, Narrowing

LISTING = "listing"
"""The setting that remembers it."""
DENSITIES = ("auto", "one", "two")
NARROWINGS = {
    Narrowing.ALL: "Everything",
    Narrowing.UNREAD: "Unread only",
    Narrowing.STARRED: "Starred only",
    Narrowing.QUOTING: "Only where people are quoted",
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


class Listing(Parts, inherit_bindings=False):
    """The looks of the list of headlines; remembered for the next start."""

    def recall_listing(self) -> None:
        """List as in the last session."""
        session = self.session
        stored: Any = session.library.maintenance.setting(LISTING, {}) if session is not None else {}
        if session is None or not isinstance(stored, dict):
            return
        # What versions before filters and orders remembered.
        earlier = Narrowing.UNREAD if stored.get("hide_read") is True else Narrowing.ALL
        session.narrowing = _one_of(Narrowing, stored.get("filter"), earlier)
        session.sorting = replace(
            session.sorting,
            order=_one_of(Order, stored.get("order"), Order.DATE),
            reverse=stored.get("reverse", stored.get("oldest_first")) is True,
            grouping=_one_of(Grouping, stored.get("groups"), Grouping.NONE),
        )
        if self.settings.layout.density == "auto" and stored.get("density") in DENSITIES:
            self.headlines.density = stored["density"]

    # --- which ----------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Choose which articles are listed."""
        session = self.session
        if session is None:
            return
        kinds = list(NARROWINGS)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._narrow(kinds[place])

        self.app.push_screen(ChooseScreen("List", list(NARROWINGS.values()), at=kinds.index(session.narrowing)), chosen)

    def action_toggle_filter(self) -> None:
        """Hide what is read, or list everything again."""
        if self.session is not None:
            hidden = self.session.narrowing is Narrowing.UNREAD
            self._narrow(Narrowing.ALL if hidden else Narrowing.UNREAD)

    def _narrow(self, narrowing: Narrowing) -> None:
        session = self.session
        if session is not None:
            session.narrowing = narrowing
            self.say(f"Listed: {NARROWINGS[narrowing].lower()}.")
            self._listed_anew()

    # --- in which order -------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Choose the order of the headlines."""
        session = self.session
        if session is None:
            return
        here = (session.sorting.order, session.sorting.reverse)
        at = OFFERED.index(here) if here in OFFERED else OFFERED.index((here[0], False))

        def chosen(place: int | None) -> None:
            if place is not None:
                self._sort(*OFFERED[place])

        self.app.push_screen(ChooseScreen("Sort", [ORDERS[each] for each in OFFERED], at=at), chosen)

    def action_toggle_order(self) -> None:
        if self.session is not None:
            self._sort(self.session.sorting.order, not self.session.sorting.reverse)

    def _sort(self, order: Order, reverse: bool) -> None:
        if self.session is not None:
            self.session.sorting = replace(self.session.sorting, order=order, reverse=reverse)
            self.say(f"{ORDERS[order, reverse]}.")
            self._listed_anew()

    def action_group(self) -> None:
        """Choose what the headlines are grouped by."""
        session = self.session
        if session is None:
            return
        kinds = list(GROUPINGS)

        def chosen(place: int | None) -> None:
            if place is not None:
                session.sorting = replace(session.sorting, grouping=kinds[place])
                self.say(self.keyboard.hint(_GROUPED.get(kinds[place], "{fold} folds a group.")))
                self._listed_anew()

        at = kinds.index(session.sorting.grouping)
        self.app.push_screen(ChooseScreen("Group", list(GROUPINGS.values()), at=at), chosen)

    # --- on how many lines ----------------------------------------------------------------------------------

    def action_density(self) -> None:
        """Go on to the next density."""
        at = DENSITIES.index(self.headlines.density)
        self.headlines.density = DENSITIES[(at + 1) % len(DENSITIES)]
        self.headlines.set_anew()
        lines = {"auto": "One line a headline where there is room, else two.", "one": "One line a headline."}
        self.say(lines.get(self.headlines.density, "Two lines a headline."))
        self._remember_listing()

    def _listed_anew(self) -> None:
        if self.session is not None:
            # What was marked while it was listed takes its place too: that is what is asked for.
            self.session.enter(self.session.view, self.session.title)
        self._remember_listing()
        self.reload()

    def _remember_listing(self) -> None:
        session = self.session
        if session is not None:
            listing = {
                "filter": session.narrowing,
                "order": session.sorting.order,
                "reverse": session.sorting.reverse,
                "groups": session.sorting.grouping,
                "density": self.headlines.density,
            }
            # The list need not wait for the disk.
            self.jobs.start(
                "remember listing", lambda _: session.library.maintenance.save_setting(LISTING, listing), lambda _: None
            )


def _one_of(kind: Any, stored: object, otherwise: Any) -> Any:
    """The member of an enumeration that was stored."""
    return kind(stored) if stored in list(kind) else otherwise
