"""``newsdash serve``: the dashboard in a browser, for this machine only unless told otherwise.

The page and its sockets answer only to who has the key in the link that is printed, and only under the address that is
served: a page of another site, or another user of this machine, cannot reach them.
"""

from __future__ import annotations

import argparse
import hmac
import ipaddress
import secrets
import shlex
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import NewsdashError
from store.interpreter import python
from tui.cli.output import complain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp import web

PAGE = Path(__file__).parent.parent / "web"
COOKIE = "newsdash"
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self' ws: wss:; frame-ancestors 'none'"
)
"""What the page may load: nothing from elsewhere."""


def serve(options: argparse.Namespace) -> int:
    """Serve until Ctrl+C; returns the exit status."""
    check_address(options.address, let_others_in=options.let_others_in)
    try:
        from textual_serve.server import Server
    except ImportError:
        raise NewsdashError("This needs textual-serve: install newsdash[serve], for example with pipx.") from None

    check_port(options.address, options.port)
    host = f"[{options.address}]" if ":" in options.address else options.address
    address = f"http://{host}:{options.port}"
    guard = Guard(f"{host}:{options.port}")

    class Guarded(Server):  # type: ignore[misc, unused-ignore]
        """Textual's server, with a page of ours that loads nothing from elsewhere, behind a guard."""

        async def _make_app(self) -> web.Application:
            app = await super()._make_app()
            app.middlewares.append(_middleware(guard))
            return app

        async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002
            print(f"newsdash is at {address}/?key={guard.key}\nCtrl+C ends it.", flush=True)

        def initialize_logging(self) -> None:
            """Nothing is said of every request."""

    command = shlex.join(python("from tui.cli import main; sys.exit(main([]))"))
    Guarded(command, options.address, options.port, "newsdash", address, templates_path=PAGE).serve()
    return 0


def check_address(address: str, *, let_others_in: bool) -> None:
    """Refuse what others could reach, unless that is wished.

    :raises NewsdashError: for no address, or one that is not this machine's own.
    """
    try:
        own = address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        raise NewsdashError(f"{address!r} is not an address to serve at; 127.0.0.1 is this machine only.") from None
    if not own and not let_others_in:
        raise NewsdashError(
            f"At {address} others could reach your dashboard, and it is not encrypted. 127.0.0.1 is this machine only; "
            "--let-others-in serves there all the same."
        )
    if not own:
        complain(
            "Whoever reads the link on its way, or is given it, can read and change everything. It is not encrypted."
        )


def check_port(address: str, port: int) -> None:
    """:raises NewsdashError: when a port cannot be used."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise NewsdashError(f"Port {port} of {address} cannot be used: {reason}. --port takes another.") from None


class Guard:
    """Decides who is let in: who names the address as it is served and has the key, in the link or in a cookie."""

    def __init__(self, host: str) -> None:
        self.key = secrets.token_urlsafe(18)
        self._hosts = {host, host.replace("127.0.0.1", "localhost")}

    def lets_in(self, host: str, origin: str | None, given: str) -> bool:
        """``host`` and ``origin`` are the headers of the request, ``given`` the key in it."""
        if host not in self._hosts or (origin is not None and origin.partition("://")[2] not in self._hosts):
            return False
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.key.encode())


def _middleware(guard: Guard) -> Callable[..., Awaitable[web.StreamResponse]]:
    from aiohttp import web

    @web.middleware
    async def checked(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        given = request.query.get("key") or request.cookies.get(COOKIE, "")
        if not guard.lets_in(request.host, request.headers.get("Origin"), given):
            return web.Response(status=403, text="Open the whole link that newsdash printed, with its key.")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["Referrer-Policy"] = "no-referrer"
            response.set_cookie(COOKIE, guard.key, httponly=True, samesite="Strict")
        return response

    return checked
