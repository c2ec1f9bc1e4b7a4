"""Getting a document from the web: politely, within limits, and with every failure told in one sentence.

Only http and https. TLS is verified. No cookies. Credentials go to the origin they were given for and to no
other. Redirects are followed here, not by the HTTP library, so that each hop can be judged. The body is
capped after it is unpacked; the whole of a call is capped in time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from store import __version__
from store.errors import FeedError
from store.feeds.cookies import ChainCookies
from store.feeds.credentials import NO_CREDENTIALS, Credentials
from store.feeds.http_rules import (
    GOOD,
    PERMANENT,
    REDIRECTS,
    header_text,
    redirect_target,
    refused,
    usable_validator,
    without_credentials,
)

if TYPE_CHECKING:
    import urllib3

    from store.feeds.connections import Call, Watch
    from store.models import IsCancelled

USER_AGENT = f"newsdash/{__version__}"
ACCEPT_FEED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.3"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.3"
CHUNK = 1 << 16
SMALL = 1 << 20
"""Bytes of a body that need no room of their own (see :class:`Room`)."""
ROOM_SECONDS = 60.0
"""How long a large body waits for room; that time is ours and not held against the server."""
KEPT_HEADERS = ("content-type", "etag", "last-modified")


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, ``body`` in bytes after unpacking."""

    connect: float = 10
    read: float = 20
    total: float = 30
    body: int = 15 << 20
    redirects: int = 10


@dataclass(frozen=True, slots=True)
class Response:
    """A good answer: status 200 and its like, or 304 with ``not_modified`` set and an empty body.

    ``url`` is where it came from, after redirects; ``permanent_redirect`` the address that the server said
    holds from now on, or ''. ``headers`` has lower-case names, and only those of use to a reader of feeds.
    """

    status: int
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    permanent_redirect: str = ""
    not_modified: bool = False

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


class Room:
    """Bounds the memory of bodies held at once: a body over one megabyte needs one of a few places."""

    def __init__(self, places: threading.Semaphore) -> None:
        self._places = places
        self.taken = False

    def take(self, seconds: float) -> None:
        """Wait for a place, at most so long; FeedError when there is none by then."""
        self.taken = self.taken or self._places.acquire(timeout=seconds)
        if not self.taken:
            raise FeedError("Too many large answers came in at once; it is tried again later.")

    def give_back(self) -> None:
        if self.taken:
            self.taken = False
            self._places.release()


class Fetcher:
    """Fetches documents; safe to use from many threads at once.

    ``proxy`` is an address, '' for none, or None for what the environment says (``http_proxy``,
    ``https_proxy``, ``no_proxy``). ``authorities`` is a file of certificates to trust instead of the
    system's.
    """

    def __init__(
        self,
        *,
        proxy: str | None = None,
        limits: Limits | None = None,
        headers: Mapping[str, str] | None = None,
        authorities: str = "",
    ) -> None:
        self.limits = limits or Limits()
        self._proxy = proxy
        self._headers = dict(headers or {})
        self._authorities = authorities
        self._managers: dict[tuple[str, str], urllib3.PoolManager] = {}
        self._lock = threading.Lock()
        self._watch: Watch | None = None

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        credentials: Credentials = NO_CREDENTIALS,
        accept: str = ACCEPT_FEED,
        cancelled: IsCancelled | None = None,
        room: Room | None = None,
        found_at: str = "",
    ) -> Response:
        """Fetch a document; with ``etag`` or ``last_modified`` only if it changed since.

        ``url`` is what the user typed or what is stored: it may lead into a private network, its redirects
        from a public network may not. ``found_at`` is where somebody else's ``url`` was found: as for a redirect, what
        is found in a public network may not lead into a private one. ``credentials`` are sent to their own origin only,
        whatever ``url`` is and wherever it leads; a name and password inside ``url`` take their place.

        Raises FeedError with one sentence for the user.
        """
        from store.feeds.connections import Call

        call = Call(time.monotonic() + self.limits.total, self.limits.connect, cancelled)
        url, inside = without_credentials(url)
        fields = self._fields(accept, etag, last_modified)
        if inside:
            credentials = Credentials(url, inside)
        with self._watching().over(call):
            if found_at:
                there = urlsplit(found_at)
                call.come_from(there.hostname or "", there.port or 0)
            return self._follow(url, fields, credentials, call, room)

    def close(self) -> None:
        """Close the connections that are kept open; the fetcher can still be used."""
        with self._lock:
            managers, self._managers = self._managers, {}
        for manager in managers.values():
            manager.clear()

    def _follow(
        self, url: str, fields: dict[str, str], credentials: Credentials, call: Call, room: Room | None
    ) -> Response:
        """Fetch and follow redirects until there is an answer."""
        cookies = ChainCookies()
        seen: set[tuple[str, str]] = set()
        permanent, permanent_so_far = "", True
        for _ in range(self.limits.redirects + 1):
            seen.add((url, cookies.for_url(url)))
            own = credentials.for_url(url)
            with self._answer(url, cookies.added_to({**fields, **own}, url), call) as answer:
                if answer.status not in REDIRECTS:
                    return self._read(answer, url, permanent, own, call, room)
                cookies.keep(url, answer.headers.getlist("set-cookie"))
                url = redirect_target(url, answer.headers.get("location", ""))
                permanent_so_far = permanent_so_far and answer.status in PERMANENT
            if permanent_so_far:
                permanent = url
            if (url, cookies.for_url(url)) in seen:
                raise FeedError("Too many redirects: the addresses go round in a circle.")
            call.hop()
        raise FeedError(f"Too many redirects (more than {self.limits.redirects}).")

    def _read(
        self,
        answer: urllib3.BaseHTTPResponse,
        url: str,
        permanent: str,
        own: Mapping[str, str],
        call: Call,
        room: Room | None,
    ) -> Response:
        """The final answer as a Response, or the FeedError that its status stands for."""
        kept = {name: header_text(answer.headers[name]) for name in KEPT_HEADERS if name in answer.headers}
        kept |= {name: usable_validator(kept[name]) for name in ("etag", "last-modified") if name in kept}
        if answer.status == HTTPStatus.NOT_MODIFIED:
            answer.read()  # nothing, but it lets the connection be used again
            return Response(answer.status, url, b"", kept, permanent, not_modified=True)
        if answer.status not in GOOD:
            raise refused(
                answer.status,
                answer.headers.get("retry-after", ""),
                asked=any(name.lower() == "authorization" for name in own),
            )
        return Response(answer.status, url, self._body(answer, call, room), kept, permanent)

    def _body(self, answer: urllib3.BaseHTTPResponse, call: Call, room: Room | None) -> bytes:
        """The unpacked body, within the size and the time allowed."""
        from store.feeds.content_encoding import decode_body

        cap = self.limits.body
        too_large = FeedError(f"The answer is larger than {cap >> 20} MB.")
        length = answer.headers.get("content-length", "")
        if length.isdecimal() and (len(length) > 18 or int(length) > cap):
            raise too_large
        body = bytearray()
        raw = answer.stream(CHUNK, decode_content=False)
        for piece in decode_body(iter(raw), answer.headers.get("content-encoding", "")):
            if call.over:
                raise TimeoutError
            body += piece
            if len(body) > cap:
                raise too_large
            if len(body) > SMALL and room is not None:
                with call.paused(ROOM_SECONDS):
                    room.take(ROOM_SECONDS)
        if call.over:
            raise TimeoutError
        return bytes(body)

    @contextmanager
    def _answer(self, url: str, fields: Mapping[str, str], call: Call) -> Iterator[urllib3.BaseHTTPResponse]:
        """One request; whatever the network and the HTTP library raise inside the block becomes a FeedError."""
        import http.client

        import urllib3

        host = urlsplit(url).hostname or ""
        try:
            answer = self._request(url, fields, call)
            try:
                if call.over:
                    raise TimeoutError
                yield answer
            finally:
                # What is left of a redirect or an error is not read: the connection goes, not our time.
                answer.close()
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise self._in_words(error, host, call) from None
        except FeedError as error:
            if call.over:
                raise self._in_words(error, host, call) from None
            raise

    def _request(self, url: str, fields: Mapping[str, str], call: Call) -> urllib3.BaseHTTPResponse:
        """Send the request; once more if a connection that was kept open turns out to be closed."""
        import urllib3

        proxy = self._proxy_for(url)
        call.proxied = False
        if proxy:
            call.go_through_proxy(urlsplit(url).hostname or "")
        manager = self._manager(urlsplit(url).scheme, proxy)
        timeout = urllib3.Timeout(connect=self.limits.connect, read=self.limits.read)
        for attempt in (1, 2):
            try:
                return manager.request(
                    "GET",
                    url,
                    headers=dict(fields),
                    timeout=timeout,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                )
            except urllib3.exceptions.ProtocolError:
                if attempt == 2 or not call.reused or call.over:
                    raise
        raise AssertionError("not reached")

    def _fields(self, accept: str, etag: str, last_modified: str) -> dict[str, str]:
        from store.feeds.content_encoding import accepted

        fields = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": accepted()}
        if etag := usable_validator(etag):
            fields["If-None-Match"] = etag
        if last_modified := usable_validator(last_modified):
            fields["If-Modified-Since"] = last_modified
        return fields | self._headers

    def _watching(self) -> Watch:
        from store.feeds.connections import Watch

        with self._lock:
            if self._watch is None:
                self._watch = Watch()
            return self._watch

    def _proxy_for(self, url: str) -> str:
        if self._proxy is not None:
            return self._proxy
        parts = urlsplit(url)
        proxy = self._environment.get(parts.scheme, "")
        if not proxy:
            return ""
        from urllib.request import proxy_bypass

        return "" if proxy_bypass(parts.hostname or "") else proxy

    @cached_property
    def _environment(self) -> dict[str, str]:
        """The proxies by scheme that the environment names; looked up once, which takes a millisecond."""
        from urllib.request import getproxies

        return getproxies()

    def _manager(self, scheme: str, proxy: str) -> urllib3.PoolManager:
        from store.feeds.connections import make_manager

        with self._lock:
            manager = self._managers.get((scheme, proxy))
            if manager is None:
                secure = scheme == "https" or proxy.startswith("https:")
                try:
                    manager = make_manager(self._tls() if secure else None, proxy)
                except ValueError:
                    raise FeedError("The address of the proxy cannot be used; it has to begin with http://.") from None
                self._managers[scheme, proxy] = manager
            return manager

    def _tls(self) -> Any:
        import ssl

        return ssl.create_default_context(cafile=self._authorities or None)

    def _in_words(self, error: Exception, host: str, call: Call) -> FeedError:
        """What went wrong on the way, as a sentence; nothing the server sent is repeated."""
        import http.client
        import ssl

        from urllib3 import exceptions as http_errors

        if call.was_cancelled:
            return FeedError("The refresh was cancelled.")
        if call.timed_out:
            return FeedError(f"{host} took longer than {self.limits.total:.0f} seconds to answer.")
        causes = tuple(_causes(error))
        for cause in causes:
            if isinstance(cause, ssl.SSLCertVerificationError):
                return FeedError(f"The certificate of {host} could not be verified: {cause.verify_message}.")
        if any(isinstance(cause, ssl.SSLError | http_errors.SSLError) for cause in causes):
            return FeedError(f"No secure connection could be made to {host}.")
        if any(isinstance(cause, http_errors.ProxyError) for cause in causes):
            return FeedError("The proxy could not be reached or did not let the request through.")
        if any(isinstance(cause, http_errors.IncompleteRead | http.client.IncompleteRead) for cause in causes):
            return FeedError(f"The answer of {host} ended early.")
        if any(isinstance(cause, TimeoutError | http_errors.TimeoutError) for cause in causes):
            return FeedError(f"{host} sent nothing for {self.limits.read:.0f} seconds.")
        if any(isinstance(cause, ConnectionError | http.client.RemoteDisconnected) for cause in causes):
            return FeedError(f"{host} closed or reset the connection.")
        if any(isinstance(cause, http_errors.LocationParseError | http_errors.LocationValueError) for cause in causes):
            return FeedError("The address cannot be understood.")
        return FeedError(f"{host} sent an answer that is not proper HTTP.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all it was raised from, and the errors that urllib3 keeps as arguments."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__, *(a for a in found.args if isinstance(a, BaseException))]
