"""Opens a web page in the user's browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
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


def open_in_browser(url: str, suspended: Callable[[], AbstractContextManager[None]]) -> None:
    """Open a web page. Browsers that run in the terminal get it to themselves (``suspended``) until they end.

    :raises NewsdashError: when the address is no web address or no browser can be started.
    """
    check_web_address(url)
    try:
        browser = webbrowser.get()
    except webbrowser.Error as error:
        raise NewsdashError("No web browser was found. y copies the link instead.") from error
    # GenericBrowser itself (not its subclasses) stands for text browsers such as w3m, and for $BROWSER.
    if type(browser) is webbrowser.GenericBrowser:
        with suspended():
            opened = browser.open(url)
    else:
        opened = browser.open(url)
    if not opened:
        raise NewsdashError("The web browser could not be started. y copies the link instead.")
