"""Opens a web page in the user's browser."""

from __future__ import annotations

import subprocess
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from store.errors import NewsdashError


def check_web_address(url: str) -> str:
    """The address, if a browser may be given it.

    :raises NewsdashError: for anything but http and https, so that no other program or file is ever opened.
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise NewsdashError("This is not a web address, so it was not opened.")
    return url


def open_in_browser(url: str, program: Sequence[str], suspended: Callable[[], AbstractContextManager[None]]) -> None:
    """Open a web page with a program and its arguments, or with the user's browser when there is none.

    The address takes the place of ``{url}`` among the arguments, or comes last; no shell reads it. Programs of the
    user's and browsers that run in the terminal get it to themselves (``suspended``) until they end.

    :raises NewsdashError: when the address is no web address or no browser can be started.
    """
    check_web_address(url)
    if program:
        _run_program(url, program, suspended)
        return
    try:
        browser = webbrowser.get()
    except webbrowser.Error as error:
        raise NewsdashError("No web browser was found. y copies the link instead.") from error
    # GenericBrowser itself (not its subclasses) stands for text browsers such as w3m, and for $BROWSER.
    if type(browser) is webbrowser.GenericBrowser:
        with suspended():
            opened = browser.open(url)
    elif type(browser) is webbrowser.BackgroundBrowser:
        opened = _start_in_background([browser.name, *(part.replace("%s", url) for part in browser.args)])
    else:
        opened = browser.open(url)
    if not opened:
        raise NewsdashError("The web browser could not be started. y copies the link instead.")


def _start_in_background(command: Sequence[str]) -> bool:
    """Start a program such as xdg-open; whether it could be started.

    The standard library lets it write over the dashboard, and takes one that hands the address on and ends at once
    for one that failed.
    """
    try:
        quiet = subprocess.DEVNULL
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except (OSError, ValueError):
        return False
    return True


def _run_program(url: str, program: Sequence[str], suspended: Callable[[], AbstractContextManager[None]]) -> None:
    arguments = [part.replace("{url}", url) for part in program]
    if arguments == list(program):
        arguments.append(url)
    try:
        with suspended():
            status = subprocess.run(arguments, check=False).returncode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NewsdashError(f"{program[0]}, the browser of your config.toml, cannot be started: {reason}.") from error
    if status:
        raise NewsdashError(f"{program[0]} ended with status {status}.")
