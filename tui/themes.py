"""Two themes of our own, and the colours of speakers for every theme.

The speaker colours start from the palette of Okabe and Ito (Color Universal Design, 2008), which people with
any kind of colour blindness can tell apart, and are moved towards black or white until they can be read on the
theme's background.
"""

from __future__ import annotations

from textual.color import BLACK, WHITE, Color
from textual.theme import Theme

READABLE = 4.5
"""The least contrast of text to its background (WCAG 2.1, level AA)."""

DARK = Theme(
    name="newsdash-dark",
    dark=True,
    primary="#7aa7e0",
    secondary="#5d86ba",
    accent="#e3b565",
    foreground="#d8dce4",
    background="#15171c",
    surface="#1c1f26",
    panel="#252932",
    success="#7fc58a",
    warning="#e6b450",
    error="#f08080",
    variables={
        "border": "#7aa7e0",
        "border-blurred": "#363c48",
        "text-muted": "#abafb8",
        "block-cursor-foreground": "#15171c",
        "footer-key-foreground": "#e3b565",
        "input-selection-background": "#7aa7e0 35%",
        "button-color-foreground": "#15171c",
        "scrollbar": "#363c48",
        "scrollbar-hover": "#4a5261",
        "scrollbar-active": "#7aa7e0",
        "scrollbar-background": "#15171c",
        "scrollbar-background-hover": "#15171c",
        "scrollbar-background-active": "#15171c",
    },
)

LIGHT = Theme(
    name="newsdash-light",
    dark=False,
    primary="#2d5f9f",
    secondary="#4f7db5",
    accent="#8a5200",
    foreground="#23262c",
    background="#fbfaf6",
    surface="#f2f0e9",
    panel="#e7e4da",
    success="#2a6b3c",
    warning="#855000",
    error="#b3261e",
    variables={
        "border": "#2d5f9f",
        "border-blurred": "#cfcabd",
        "text-muted": "#55585e",
        "block-cursor-foreground": "#fbfaf6",
        "footer-key-foreground": "#8a5200",
        "input-selection-background": "#2d5f9f 30%",
        "button-color-foreground": "#fbfaf6",
        "scrollbar": "#cfcabd",
        "scrollbar-hover": "#b3ad9d",
        "scrollbar-active": "#2d5f9f",
        "scrollbar-background": "#fbfaf6",
        "scrollbar-background-hover": "#fbfaf6",
        "scrollbar-background-active": "#fbfaf6",
    },
)

CONTRAST = Theme(
    name="newsdash-contrast",
    dark=True,
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#00ff00",
    warning="#ffff00",
    error="#ff9d9d",
    variables={
        "border": "#ffff00",
        "border-blurred": "#ffffff",
        "text-muted": "#ffffff",
        "input-selection-background": "#ffff00 25%",
        "block-cursor-foreground": "#000000",
        "footer-key-foreground": "#ffff00",
        "button-color-foreground": "#000000",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#000000",
    },
)
"""For eyes that need strong contrasts: nothing is greyed."""

OWN_THEMES = (DARK, LIGHT, CONTRAST)

# Sky blue, orange, bluish green, reddish purple, yellow, vermilion, blue; then a grey brown.
OKABE_ITO = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2", "#a08c70")
ANSI = ("bright_cyan", "bright_yellow", "bright_green", "bright_magenta", "yellow", "bright_red", "bright_blue", "cyan")


CURSOR = 0.2
"""How much of the primary colour is mixed into the background under the cursor."""


def own_variables(background: str, primary: str, *, dark: bool) -> dict[str, str]:
    """The CSS variables ``cursor``, the ground under it, and ``speaker-1`` to ``speaker-8``, readable on both."""
    ground, strong = Color.parse(background), Color.parse(primary)
    if ground.ansi is not None or strong.ansi is not None:
        # The terminal's own colours: what they look like is not known.
        speakers = {f"speaker-{number}": f"ansi_{name}" for number, name in enumerate(ANSI, 1)}
        return {"cursor": "transparent", **speakers}
    cursor = ground.blend(strong, CURSOR)
    colours = (readable(readable(Color.parse(each), ground, dark=dark), cursor, dark=dark) for each in OKABE_ITO)
    speakers = {f"speaker-{number}": colour.hex for number, colour in enumerate(colours, 1)}
    return {"cursor": cursor.hex, **speakers}


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Relative luminance in [0, 1] (WCAG 2.1)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable(colour: Color, ground: Color, *, dark: bool) -> Color:
    """The nearest to ``colour`` on the way to white (or black) that can be read on ``ground``."""
    for step in range(21):
        moved = colour.blend(WHITE if dark else BLACK, step / 20)
        if contrast(moved, ground) >= READABLE:
            return moved
    return WHITE if dark else BLACK
