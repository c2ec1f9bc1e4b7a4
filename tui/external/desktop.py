"""Tells the desktop what arrived: by the terminal (a bell, OSC 9, OSC 777) or by a program of the user's.

Names come from articles. Nothing in them reaches the terminal or a program that either could obey: they are cleaned
again, cut short, stand inside of one argument, and no shell reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from store.errors import NewsdashError
from store.models import News, NewsCount
from store.text.clean import clean_line

TITLE = "newsdash"
TITLE_PLACE, TEXT_PLACE = "{title}", "{text}"
MOST_NAMED = 4
"""So many people and searches are named; the others are counted."""
LONGEST_NAME = 60
PATIENCE = 20.0
"""Seconds that a program may take."""
_PLAIN = str.maketrans({";": ",", "<": "‹", ">": "›", "\\": "/"})
"""What ends a part of OSC 777, and what a notification service would take for markup."""


class Method(StrEnum):
    """How the desktop is told."""

    NONE = "none"
    BELL = "bell"
    OSC9 = "osc9"
    OSC777 = "osc777"
    COMMAND = "command"


def summary(news: News) -> str:
    """What is new in one line; it begins with a word of ours, so that no program takes it for an option."""
    parts = [_counted(told, "quotation") for told in news.people]
    parts += [_counted(told, "article") for told in news.searches]
    more = len(parts) - MOST_NAMED
    if more > 0:
        parts[MOST_NAMED:] = [f"and {more} more"]
    return f"New: {' · '.join(parts)}"


def _counted(told: NewsCount, what: str) -> str:
    name = "".join(letter for letter in clean_line(told.name).translate(_PLAIN) if letter.isprintable())
    name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return f"{name} ({told.count} {what}{'' if told.count == 1 else 's'})"


def terminal_text(method: Method, text: str) -> str:
    """What is written to the terminal; '' when the terminal is not what tells."""
    match method:
        case Method.BELL:
            return "\a"
        case Method.OSC9:
            return f"\x1b]9;{TITLE}: {text}\x1b\\"
        case Method.OSC777:
            return f"\x1b]777;notify;{TITLE};{text}\x1b\\"
        case _:
            return ""


def run(command: Sequence[str], text: str) -> None:
    """Start the program, with title and text in the places of {title} and {text}; the text comes last without one.

    :raises NewsdashError: when it cannot be started, fails or takes too long.
    """
    import subprocess

    filled = [part.replace(TITLE_PLACE, TITLE).replace(TEXT_PLACE, text) for part in command]
    if not any(TEXT_PLACE in part for part in command):
        filled.append(text)
    try:
        status = subprocess.run(
            filled, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise NewsdashError(f"{command[0]} of [notify] did not end within {PATIENCE:.0f} seconds.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NewsdashError(f"{command[0]} of [notify] cannot be started: {reason}.") from error
    if status:
        raise NewsdashError(f"{command[0]} of [notify] failed with status {status}.")
