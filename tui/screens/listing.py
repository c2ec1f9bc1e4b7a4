"""The half of the dashboard that says how headlines are listed: which, in which order, on how many lines."""

from __future__ import annotations

from tui.screens.parts import Parts

LISTING = "listing"
"""The setting that remembers it."""
DENSITIES = ("auto", "one", "two")


class Listing(Parts, inherit_bindings=False):
    """The looks of the list of headlines; remembered for the next start."""

    def recall_listing(self) -> None:
        """List as in the last session."""
        session = self.session
        stored = session.library.setting(LISTING, {}) if session is not None else {}
        if session is None or not isinstance(stored, dict):
            return
        session.hide_read = stored.get("hide_read") is True
        session.oldest_first = stored.get("oldest_first") is True
        if self.settings.layout.density == "auto" and stored.get("density") in DENSITIES:
            self.headlines.density = stored["density"]

    def action_toggle_filter(self) -> None:
        session = self.session
        if session is not None:
            session.hide_read = not session.hide_read
            # What was read while it was listed goes too: that is what is asked for.
            session.enter(session.view, session.title)
            self.say("Read articles are hidden." if session.hide_read else "All articles are listed.")
            self._listed_anew()

    def action_toggle_order(self) -> None:
        session = self.session
        if session is not None:
            session.oldest_first = not session.oldest_first
            self.say("Oldest first." if session.oldest_first else "Newest first.")
            self._listed_anew()

    def action_density(self) -> None:
        """Go on to the next density."""
        at = DENSITIES.index(self.headlines.density)
        self.headlines.density = DENSITIES[(at + 1) % len(DENSITIES)]
        self.headlines.set_anew()
        lines = {"auto": "One line a headline where there is room, else two.", "one": "One line a headline."}
        self.say(lines.get(self.headlines.density, "Two lines a headline."))
        self._remember_listing()

    def _listed_anew(self) -> None:
        self._remember_listing()
        self.reload()

    def _remember_listing(self) -> None:
        if self.session is not None:
            listing = {
                "hide_read": self.session.hide_read,
                "oldest_first": self.session.oldest_first,
                "density": self.headlines.density,
            }
            self.session.library.save_setting(LISTING, listing)
