"""The half of the dashboard that takes lists of feeds in from other programs, and writes them for those."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.dashboard.context import DashboardContext
from tui.dashboard.headline_list import HeadlineListController
from tui.dashboard.share import save_text
from tui.dialogs.ask import AskScreen
from tui.dialogs.import_plan import ImportPlanScreen, summary

if TYPE_CHECKING:
    from store.models import ImportReport

MOVE = "move"
OPML_ENDINGS = (".opml", ".xml")


class ImportExportController:
    """Imports lists of feeds, and exports one."""

    def __init__(self, context: DashboardContext, headline_list: HeadlineListController) -> None:
        self._context = context
        self._list = headline_list

    def import_feeds(self) -> None:
        if not self._context.may_write():
            return

        def answered(name: str | None) -> None:
            if name:
                self.import_from(Path(name).expanduser())

        question = "An OPML file, newsboat’s urls file, or a list of addresses:"
        hint = "Enter reads it and says what it would do · Esc closes"
        self._context.ask(AskScreen("Import feeds", question, "~/", hint), answered)

    def import_from(self, path: Path) -> None:
        """Say what importing a list would do, and do it when that is wished."""

        def planned(plan: ImportReport) -> None:
            self._context.ask(ImportPlanScreen(path.name, plan), answered)

        def answered(yes: bool | None) -> None:
            if yes:
                self._context.jobs.start(MOVE, lambda _: self._context.library.feed_lists.import_file(path), imported)

        def imported(moved: ImportReport) -> None:
            self._list.reload()
            fetch = self._context.keyboard.hint(" {refresh-all} fetches them.") if moved.added else ""
            self._context.say(f"Imported: {summary(moved)}.{fetch}")

        self._context.jobs.start(
            MOVE, lambda _: self._context.library.feed_lists.import_file(path, dry_run=True), planned
        )

    def export_feeds(self) -> None:
        def answered(name: str | None) -> None:
            if name:
                kind = "opml" if name.lower().endswith(OPML_ENDINGS) else "urls"
                self._context.jobs.start(
                    MOVE,
                    lambda _: save_text(name, self._context.library.feed_lists.export(kind).decode()),
                    lambda path: self._context.say(f"Exported to {path}, without passwords."),
                )

        question = (
            "The file to write; .opml is OPML, any other newsboat’s urls file. One that is there already is kept:"
        )
        self._context.ask(
            AskScreen("Export feeds", question, "~/newsdash.opml", "Enter writes it · Esc closes"), answered
        )
