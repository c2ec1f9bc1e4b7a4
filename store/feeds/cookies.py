"""Cookies of one redirect chain: some servers set one on the way to a feed and want it back. None outlives a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

MOST_COOKIES = 20
LONGEST_COOKIE = 4096


class ChainCookies:
    """What the servers of one chain of redirects set so far: by host, each cookie with the path it is for."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str], tuple[str, str, bool]] = {}

    def keep(self, url: str, headers: Iterable[str]) -> None:
        """Keep the cookies of an answer's ``Set-Cookie`` headers; they go back to the very host that set them."""
        host = urlsplit(url).hostname or ""
        for header in headers:
            found: SimpleCookie = SimpleCookie()
            try:
                found.load(header[:LONGEST_COOKIE])
            except CookieError:
                continue
            for name, cookie in found.items():
                if len(self._cookies) < MOST_COOKIES or (host, name) in self._cookies:
                    self._cookies[host, name] = cookie.coded_value, cookie["path"] or "/", bool(cookie["secure"])

    def for_url(self, url: str) -> str:
        """The ``Cookie`` header for an address, '' when there is none."""
        parts = urlsplit(url)
        path = parts.path or "/"
        return "; ".join(
            f"{name}={value}"
            for (host, name), (value, below, secure) in self._cookies.items()
            if host == parts.hostname and lies_below(path, below) and (parts.scheme == "https" or not secure)
        )

    def added_to(self, fields: Mapping[str, str], url: str) -> Mapping[str, str]:
        """Header fields with the cookies for an address, besides those that the user configured."""
        cookies = self.for_url(url)
        if not cookies:
            return fields
        own = [value for name, value in fields.items() if name.lower() == "cookie"]
        others = {name: value for name, value in fields.items() if name.lower() != "cookie"}
        return {**others, "Cookie": "; ".join((*own, cookies))}


def lies_below(path: str, folder: str) -> bool:
    """Whether a cookie for this path is sent to another (RFC 6265, 5.1.4)."""
    return path == folder or path.startswith(folder if folder.endswith("/") else f"{folder}/")
