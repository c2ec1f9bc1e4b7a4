"""The half of the dashboard that takes lists of feeds in from other programs, and writes them for those."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.dashboard.parts import Parts
from tui.dashboard.share import save_text
from tui.dialogs.ask import AskScreen
from tui.dialogs.import_plan import ImportPlanScreen, summary

if TYPE_CHECKING:
    from store.models import ImportReport

MOVE = "move"
OPML_ENDINGS = (".opml", ".xml")


class Moving(Parts, inherit_bindings=False):
    """Lists of feeds."""

    def action_import_feeds(self) -> None:
        if self.session is None or not self.may_write():
            return

        def answered(name: str | None) -> None:
            if name:
                self.import_from(Path(name).expanduser())

        question = "An OPML file, newsboat’s urls file, or a list of addresses:"
        hint = "Enter reads it and says what it would do · Esc closes"
        self.app.push_screen(AskScreen("Import feeds", question, "~/", hint), answered)

    def import_from(self, path: Path) -> None:
        """Say what importing a list would do, and do it when that is wished."""
        session = self.session
        if session is None:
            return

        def planned(plan: ImportReport) -> None:
            self.app.push_screen(ImportPlanScreen(path.name, plan), answered)

        def answered(yes: bool | None) -> None:
            if yes:
                self.jobs.start(MOVE, lambda _: session.library.feed_lists.import_file(path), imported)

        def imported(moved: ImportReport) -> None:
            self.reload()
            fetch = self.keyboard.hint(" {refresh-all} fetches them.") if moved.added else ""
            self.say(f"Imported: {summary(moved)}.{fetch}")

        self.jobs.start(MOVE, lambda _: session.library.feed_lists.import_file(path, dry_run=True), planned)

    def action_export_feeds(self) -> None:
        session = self.session
        if session is None:
            return

        def answered(name: str | None) -> None:
            if name:
                kind = "opml" if name.lower().endswith(OPML_ENDINGS) else "urls"
                self.jobs.start(
                    MOVE,
                    lambda _: save_text(name, session.library.feed_lists.export(kind).decode()),
                    lambda path: self.say(f"Exported to {path}, without passwords."),
                )

        question = (
            "The file to write; .opml is OPML, any other newsboat’s urls file. One that is there already is kept:"
        )
        self.app.push_screen(
            AskScreen("Export feeds", question, "~/newsdash.opml", "Enter writes it · Esc closes"), answered
        )
