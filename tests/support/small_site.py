"""A web server on the loopback, whose pages a test sets: real HTTP, no internet."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape


@dataclass
class Page:
    """What a path answers."""

    body: str | bytes = b""
    type: str = "application/rss+xml"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Site:
    """``site.pages["/feed"] = Page(...)``; ``site.asked`` lists the paths requested and their headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                page = site.pages.get(self.path, Page(b"nothing here", "text/plain", 404))
                body = page.body.encode() if isinstance(page.body, str) else page.body
                etag = page.headers.get("ETag")
                status = 304 if etag and self.headers.get("If-None-Match") == etag else page.status
                self.send_response(status)
                self.send_header("Content-Type", page.type)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(0 if status == 304 else len(body)))
                self.end_headers()
                if status != 304:
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


def rss(title: str, *items: tuple[str, str], link: str = "https://news.example/") -> str:
    """An RSS feed; each item is its title and its HTML body, and has its own guid and link."""
    entries = "".join(
        f"<item><title>{escape(name)}</title><link>{link}{number}</link><guid>{link}{escape(name)}</guid>"
        f"<description>{escape(body)}</description></item>"
        for number, (name, body) in enumerate(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{escape(title)}</title>{entries}</channel></rss>'
