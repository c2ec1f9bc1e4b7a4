"""Marks articles as read, starred or muted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.errors import NewsdashError
from store.models import Scope, View
from tui.dashboard.context import DashboardContext
from tui.dashboard.panes import PaneController
from tui.dashboard.sidebar import SidebarController
from tui.keys.commands import Pane
from tui.wording.counts import plural


class MarkController:
    """The marks of the article that is meant, of a group, or of a whole list."""

    def __init__(self, context: DashboardContext, panes: PaneController, sidebar: SidebarController) -> None:
        self._context = context
        self._panes = panes
        self._sidebar = sidebar

    def mark(
        self,
        ids: Sequence[int],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        muted: bool | None = None,
    ) -> int:
        """Mark articles and show it; a failure is told. Returns how many changed."""
        context = self._context
        if context.library.read_only:
            # Reading goes on without marks; the status line says all the time why there are none.
            return 0
        try:
            changed = context.session.keep(context.history.mark(ids, read=read, starred=starred, muted=muted))
        except NewsdashError as error:
            context.fail(error)
            return 0
        if changed:
            context.headlines.statuses_changed(ids)
            self._sidebar.count_soon()
        return changed

    # --- one article ----------------------------------------------------------------------------------------

    def toggle_star(self) -> None:
        headline = self._panes.headline_here
        if headline is not None and self._context.may_write():
            starred = not headline.status.starred
            if self.mark([headline.article.id], starred=starred):
                self._context.say("Starred." if starred else "No longer starred.")

    def toggle_read(self) -> None:
        """Mark the article, or all those of the folded group that the cursor is on."""
        if self._panes.current is Pane.HEADLINES and self._context.headlines.on_folded_group:
            self._mark_group()
            return
        headline = self._panes.headline_here
        if headline is not None and self._context.may_write():
            read = not headline.status.read
            if self.mark([headline.article.id], read=read):
                self._context.say("Marked as read." if read else "Marked as unread.")

    def mute(self) -> None:
        headline = self._panes.headline_here
        if headline is not None and self._context.may_write():
            muted = not headline.status.muted
            self.mark([headline.article.id], muted=muted)
            undo = "Muted; it leaves the lists with your next step to another. {undo} undoes it."
            self._context.say(self._context.keyboard.hint(undo) if muted else "No longer muted.")

    # --- many articles --------------------------------------------------------------------------------------

    def mark_all_read(self) -> None:
        """Mark everything that is listed, or that is in the feed or folder under the sidebar's cursor."""
        if not self._context.may_write():
            return
        listing, shown = self._context.library.listing, self._context.headlines.ids
        view = self._sidebar.view_here if self._panes.current is Pane.FEEDS else None
        self._mark_many(lambda: listing.ids(view) if view is not None else shown)

    def _mark_group(self) -> None:
        """Mark all articles of a folded group as read, or all as unread when they are read."""
        members = self._context.headlines.together
        if self._context.may_write():
            unread = self._context.library.listing.ids(View(Scope.UNREAD))
            self._mark_many(lambda: members, read=not set(unread).isdisjoint(members))

    def _mark_many(self, which: Callable[[], Sequence[int]], *, read: bool = True) -> None:
        """Mark articles as read or unread, in a job's thread."""
        context = self._context

        def marked(count: int) -> None:
            context.headlines.statuses_changed()
            self._sidebar.update_counts()
            undo = context.keyboard.key_of("undo")
            done = f"{plural(count, 'article')} marked as {'read' if read else 'unread'}. {undo} undoes it."
            context.say(done if count else "All were read already.")

        context.jobs.start("mark", lambda _: context.session.keep(context.history.mark(which(), read=read)), marked)
