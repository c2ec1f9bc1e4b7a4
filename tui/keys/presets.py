"""Keys of other programs, for fingers that know them. What a preset does not name keeps newsdash's own keys."""

from __future__ import annotations

from collections.abc import Mapping

NEWSBOAT: Mapping[str, tuple[str, ...]] = {
    "open": ("enter",),
    "quit-or-back": ("q",),
    "leave": ("Q", "ctrl+q"),
    "refresh-feed": ("r",),
    "refresh-all": ("R",),
    "mark-all-read": ("A",),
    "save-article": ("s",),
    "next-unread": ("n",),
    "previous-unread": ("p",),
    "down": ("down", "J"),
    "up": ("up", "K"),
    "next-feed": ("j",),
    "previous-feed": ("k",),
    "top": ("home",),
    "bottom": ("end",),
    "page-down": ("pagedown",),
    "page-up": ("pageup",),
    "open-link": ("o",),
    "open-and-mark": ("O",),
    "toggle-read": ("N",),
    "toggle-filter": ("l",),
    "links": ("u",),
    "search": ("/",),
    "filter": ("F",),
    "sort": ("g",),
    "toggle-order": ("G",),
    "toggle-star": ("ctrl+b",),
    "pipe": ("|",),
    "starter-feeds": ("ctrl+n",),
    "help": ("?",),
    "commands": (":",),
    "next-pane": ("tab",),
    "right": ("right",),
}
"""After newsboat's table of default keys. Its bookmarks are stars here, its list without read feeds is one without
read articles; its macros, dialogs, deleting and podcasts have no counterpart."""

EMACS: Mapping[str, tuple[str, ...]] = {
    "down": ("ctrl+n", "down"),
    "up": ("ctrl+p", "up"),
    "page-down": ("ctrl+v", "pagedown"),
    "page-up": ("alt+v", "pageup"),
    "half-down": (),
    "half-up": (),
    # Most terminals send M-< as Escape and <, which arrives as < alone.
    "top": ("<", "alt+<", "home"),
    "bottom": (">", "alt+>", "end"),
    "right": ("ctrl+f", "right"),
    "left": ("ctrl+b", "left"),
    "search": ("ctrl+s", "/"),
    "back": ("ctrl+g", "escape"),
    "undo": ("ctrl+_", "ctrl+x u"),
    "commands": ("alt+x", ":"),
    "next-pane": ("ctrl+x o", "tab"),
    "find": ("alt+s", "f"),
    "save-article": ("ctrl+x ctrl+s", "w"),
    "copy-link": ("alt+w", "y"),
    "zoom": ("ctrl+x 1", "z"),
    "hide-pane": ("ctrl+x 0", "Z"),
    "grow-pane": ("ctrl+x }",),
    "shrink-pane": ("ctrl+x {",),
    "toggle-feeds": ("ctrl+x b", "b"),
    "refresh-feed": ("g",),
    "quit-or-back": ("q",),
    "leave": ("ctrl+x ctrl+c",),
}

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"newsdash": {}, "newsboat": NEWSBOAT, "emacs": EMACS}
