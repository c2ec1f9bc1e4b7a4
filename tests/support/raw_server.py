"""A server on the loopback that answers raw bytes, so that it can break every rule of HTTP."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self

Answer = bytes | Callable[[socket.socket, dict[str, str]], None]


class RawServer:
    """``server.answers["/path"] = b"HTTP/1.1 200 OK\\r\\n…"`` or a function that is given the socket and headers."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Answer] = {}
        self.hits: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}
        self.busiest = 0
        """Most requests that were being answered at one time."""
        self._busy = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server((host, 0), backlog=128)
        self._host = host
        self._tls = tls

    @property
    def url(self) -> str:
        return f"http{'s' * bool(self._tls)}://{self._host}:{self._listener.getsockname()[1]}"

    def ok(self, path: str, body: bytes, *headers: str, type: str = "application/xml") -> str:
        """Have a path answer 200 with this body; returns its address."""
        self.answers[path] = http(200, body, f"Content-Type: {type}", *headers)
        return self.url + path

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), self._tls.wrap_socket(sock, server_side=True) if self._tls else sock as sock:
            request = b""
            while b"\r\n\r\n" not in request:
                if not (piece := sock.recv(65536)):
                    return
                request += piece
            first, *rest = request.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            path = first.split(" ")[1].partition("?")[0]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
            with self._lock:
                self.hits[path] += 1
                self.headers[path] = headers
                self._busy += 1
                self.busiest = max(self.busiest, self._busy)
            try:
                answer = self.answers.get(path, http(404, b"nothing here"))
                if callable(answer):
                    answer(sock, headers)
                else:
                    sock.sendall(answer)
                sock.shutdown(socket.SHUT_WR)
            finally:
                with self._lock:
                    self._busy -= 1


def http(status: int, body: bytes = b"", *headers: str) -> bytes:
    """A well-formed answer that closes the connection."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def rss(items: str = "", head: str = "", title: str = "A feed") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><link>https://news.example/</link>{head}{items}</channel></rss>"
    ).encode()


def item(name: str, body: str = "text", more: str = "") -> str:
    return (
        f"<item><title>{name}</title><link>https://news.example/{name}</link><guid isPermaLink='false'>id-{name}</guid>"
        f"<description>{body}</description>{more}</item>"
    )
