"""Credentials: what tells a server who asks. They belong to one origin and are sent to no other.

Every request that may carry them asks here, so that no link, redirect or new address of a feed can lead a password to
somebody else's server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from store.text.origin import same_origin

if TYPE_CHECKING:
    from store.models import Feed


@dataclass(frozen=True, slots=True)
class Credentials:
    """A ``user:password`` and header fields (which may hold a token or cookies) given for the origin of ``url``.

    An origin is a scheme, a host and a port (RFC 6454): http is another than https.
    """

    url: str = ""
    userinfo: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def for_url(self, url: str) -> Mapping[str, str]:
        """The header fields to send to an address: none if it is of another origin."""
        if not (self.userinfo or self.headers) or not same_origin(self.url, url):
            return {}
        if self.userinfo and not any(name.lower() == "authorization" for name in self.headers):
            return {"Authorization": basic_authorisation(self.userinfo), **self.headers}
        return self.headers

    def userinfo_for(self, url: str) -> str:
        """The ``user:password`` to keep with an address: '' if it is of another origin."""
        return self.userinfo if self.userinfo and same_origin(self.url, url) else ""


NO_CREDENTIALS = Credentials()


def moved(feed: Feed, url: str) -> Feed:
    """The feed at another address; its password comes along within the same origin only."""
    return replace(feed, url=url, credentials=Credentials(feed.url, feed.credentials).userinfo_for(url))


def basic_authorisation(userinfo: str) -> str:
    """The Authorization header of a ``user:password`` (RFC 7617), percent-escapes undone."""
    from base64 import b64encode
    from urllib.parse import unquote

    return "Basic " + b64encode(unquote(userinfo).encode()).decode("ascii")
