"""Keys of other programs, for fingers that know them. What a preset does not name keeps newsdash's own keys."""

from __future__ import annotations

from collections.abc import Mapping

NEWSBOAT: Mapping[str, tuple[str, ...]] = {
    "next-unread": ("n",),
    "previous-unread": ("p",),
    "open": ("enter",),
    "open-link": ("o",),
    "mark-all-read": ("A",),
    "toggle-read": ("N",),
    "refresh-feed": ("r",),
    "refresh-all": ("R",),
    "quit-or-back": ("q",),
    "leave": ("Q", "ctrl+q"),
    "search": ("/",),
    "help": ("?",),
    "commands": (":",),
    "next-feed": ("j",),
    "previous-feed": ("k",),
    "down": ("down", "J"),
    "up": ("up", "K"),
    "top": ("home", "^"),
    "bottom": ("end", "$"),
    "page-down": ("pagedown",),
    "page-up": ("pageup",),
    "next-pane": ("tab",),
    "remove-feed": ("D",),
}
"""After newsboat 2.21; its numbers, macros and dialogs have no counterpart."""

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
