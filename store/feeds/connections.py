"""Connections that can be watched: every request has a total time limit and can be cancelled while it waits.

urllib3 limits the wait for one read, not for a whole answer; a server that sends a byte a second holds it for
ever. Here one thread watches all requests in flight and shuts the line of one whose time is over or that was
cancelled, which wakes whoever waits for it. Names are resolved here too, so that the address which is checked
is the address which is connected to.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from ssl import SSLContext
from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from store.errors import FeedError

if TYPE_CHECKING:
    from store.models import IsCancelled

TICK = 0.1
"""Seconds between two looks at the requests in flight."""
KEPT_POOLS = 64
KEPT_CONNECTIONS = 16


class AddressScope(IntEnum):
    """How far in an address lies. Link-local ones hold the secrets of cloud machines: no redirect leads there."""

    PUBLIC = 0
    PRIVATE = 1
    LINK = 2


class Call:
    """One request in flight, over all its redirects: what ends it, and what it may connect to."""

    def __init__(self, deadline: float, connect_seconds: float, cancelled: IsCancelled | None) -> None:
        self.deadline = deadline
        self.connect_seconds = connect_seconds
        self.cancelled = cancelled
        self.farthest = AddressScope.LINK
        """How far in the next connection may lead; anywhere, for an address that the user typed."""
        self.reached = AddressScope.PUBLIC
        """Where the last connection led."""
        self.proxied = False
        self.reused = False
        """Whether the last request went out on a connection that was open already."""
        self.timed_out = False
        self.was_cancelled = False
        self._line: socket.socket | None = None
        self._lock = threading.Lock()

    @property
    def left(self) -> float:
        """Seconds left of the total time."""
        return self.deadline - time.monotonic()

    @property
    def over(self) -> bool:
        return self.timed_out or self.was_cancelled

    def arrive(self, host: str, reach: AddressScope) -> None:
        """Note where a connection leads; FeedError when it must not lead there."""
        if self.proxied:
            return
        if reach > self.farthest:
            raise FeedError(f"The feed leads to {host}, a private address; that is not followed.")
        self.reached = reach

    def come_from(self, host: str, port: int) -> None:
        """The address was found in what this host serves: a public one leads only to public ones. A host that only the
        proxy can find counts as public."""
        try:
            reach = max(reach_of(address[4][0]) for address in resolve(host, port))
        except FeedError:
            reach = AddressScope.PUBLIC
        self.farthest = min(reach, AddressScope.PRIVATE)

    def hop(self) -> None:
        """A redirect is followed from here: from a public address only to public ones."""
        self.farthest = min(self.reached, AddressScope.PRIVATE)

    def go_through_proxy(self, host: str) -> None:
        """The proxy resolves the name; only an address written as numbers can be judged here."""
        self.proxied = False
        self.arrive(host, reach_of(numeric(host)))
        self.proxied = True

    def use(self, line: socket.socket | None) -> None:
        """The line that is waited for from now on; a handle of our own, for the connection may close its."""
        own = line.dup() if line is not None else None
        with self._lock:
            own, self._line = self._line, own
        if own is not None:
            own.close()

    @contextmanager
    def paused(self, most: float) -> Iterator[None]:
        """A block whose time, at most so many seconds, does not count."""
        began = time.monotonic()
        self.deadline += most
        try:
            yield
        finally:
            self.deadline -= most - (time.monotonic() - began)

    def look(self) -> None:
        """End the call if its time is over or it was cancelled; called by the watching thread."""
        if self.left <= 0:
            self.timed_out = True
        elif self.cancelled is not None and self.cancelled():
            self.was_cancelled = True
        if self.over:
            with self._lock, suppress(OSError):
                if self._line is not None:
                    self._line.shutdown(socket.SHUT_RDWR)


class Watch:
    """Looks at the calls in flight from one thread, which exists only while there are some."""

    def __init__(self) -> None:
        self._calls: set[Call] = set()
        self._changed = threading.Condition()
        self._running = False

    @contextmanager
    def over(self, call: Call) -> Iterator[None]:
        """Watch the call during the block; connections made in this thread belong to it."""
        with self._changed:
            self._calls.add(call)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="newsdash-watch", daemon=True).start()
            self._changed.notify()
        _current.call = call
        try:
            yield
        finally:
            _current.call = None
            call.use(None)
            with self._changed:
                self._calls.discard(call)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._calls and not self._changed.wait_for(lambda: bool(self._calls), timeout=2):
                    self._running = False
                    return
                calls = list(self._calls)
            for call in calls:
                call.look()
            time.sleep(TICK)


class _Current(threading.local):
    call: Call | None = None


_current = _Current()


class _Watched:
    """What both kinds of connection add to urllib3's: a line the watch can shut, and checked addresses."""

    sock: Any
    host: str
    port: int
    _dns_host: str
    _line: socket.socket | None = None
    _reach = AddressScope.PUBLIC

    def request(self, *args: Any, **options: Any) -> None:
        call = _current.call
        if call is not None:
            call.reused = self.sock is not None
            if call.reused:
                call.arrive(self.host, self._reach)
                call.use(self._line)
        super().request(*args, **options)  # type: ignore[misc]

    def _new_conn(self) -> socket.socket:
        call = _current.call
        assert call is not None, "connections are made inside a watched call"
        addresses = resolve(self._dns_host, self.port)
        self._reach = max(reach_of(address[4][0]) for address in addresses)
        call.arrive(self._dns_host, self._reach)
        sock, self._line = connect(addresses, self._dns_host, call)
        return sock

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        line, self._line = self._line, None
        if line is not None:
            line.close()


class _PlainConnection(_Watched, HTTPConnection):
    pass


class _SecureConnection(_Watched, HTTPSConnection):
    def connect(self) -> None:
        try:
            super().connect()
        except TimeoutError:
            raise FeedError(f"No secure connection could be made to {self.host}: it did not answer.") from None


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


def make_manager(context: SSLContext | None, proxy: str = "") -> urllib3.PoolManager:
    """A urllib3 manager of watched connections, through a proxy if one is given.

    Raises ValueError when the proxy's address cannot be used.
    """
    options: dict[str, Any] = {"num_pools": KEPT_POOLS, "maxsize": KEPT_CONNECTIONS}
    if context is not None:
        options["ssl_context"] = context
    manager: urllib3.PoolManager
    if proxy:
        parts = urllib3.util.parse_url(proxy)
        headers = urllib3.make_headers(proxy_basic_auth=parts.auth) if parts.auth else None
        address = parts._replace(auth=None).url
        manager = urllib3.ProxyManager(address, proxy_headers=headers, proxy_ssl_context=context, **options)
    else:
        manager = urllib3.PoolManager(**options)
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
    return manager


def connect(addresses: list[Any], host: str, call: Call) -> tuple[socket.socket, socket.socket]:
    """A connected socket, and a second handle on it by which the watch can shut it.

    The second handle outlives the wrapping of the first into TLS. Addresses are tried in the resolver's
    order, the time shared between them.

    Raises FeedError in words: refused, too slow or not to be reached.
    """
    deadline = time.monotonic() + min(call.connect_seconds, max(call.left, 0.1))
    failure: OSError = TimeoutError()
    for index, (family, kind, protocol, _, address) in enumerate(addresses):
        share = (deadline - time.monotonic()) / (len(addresses) - index)
        if share <= 0 or call.over:
            break
        sock = socket.socket(family, kind, protocol)
        line = sock.dup()
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(share)
            call.use(line)
            sock.connect(address)
        except OSError as error:
            failure = error
            call.use(None)
            sock.close()
            line.close()
        else:
            return sock, line
    raise _unreachable(host, failure, call.connect_seconds)


def resolve(host: str, port: int) -> list[Any]:
    """The addresses of a host as ``getaddrinfo`` gives them; FeedError when it has none."""
    name = host.strip("[]")
    try:
        # As a string it would pass through the IDNA codec, which takes long to load.
        return socket.getaddrinfo(name.encode() if name.isascii() else name, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        raise FeedError(f"The host {host} was not found.") from None


def reach_of(address: str) -> AddressScope:
    """Whether an address lies in the public internet (IPv4 inside IPv6 unwrapped); a name counts as public."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return AddressScope.PUBLIC
    parsed = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None) or parsed
    if parsed.is_link_local:
        return AddressScope.LINK
    return AddressScope.PUBLIC if parsed.is_global else AddressScope.PRIVATE


def numeric(host: str) -> str:
    """A host written as numbers, in any way the C library reads ("127.1", "2130706433"), as a usual address."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host.strip("[]")


def _unreachable(host: str, failure: OSError, seconds: float) -> FeedError:
    if isinstance(failure, ConnectionRefusedError):
        return FeedError(f"{host} refused the connection.")
    if isinstance(failure, TimeoutError):
        return FeedError(f"{host} could not be reached within {seconds:.0f} seconds.")
    return FeedError(f"{host} could not be reached.")
