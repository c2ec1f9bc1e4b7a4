"""The fetcher against a real server that keeps no rule."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from support.raw_server import RawServer, http, rss

from store.errors import FeedError
from store.feeds.credentials import Credentials
from store.feeds.fetcher import USER_AGENT, Fetcher, Limits

FEED = rss()


def problem(fetcher: Fetcher, url: str, **options: object) -> FeedError:
    with pytest.raises(FeedError) as caught:
        fetcher.get(url, **options)
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith(".")
    return caught.value


def test_a_document_with_its_type_and_validators(server, fetcher):
    url = server.ok("/feed", FEED, 'ETag: "v1"', "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT")
    response = fetcher.get(url)
    assert (response.status, response.body, response.content_type) == (200, FEED, "application/xml")
    assert response.headers["etag"] == '"v1"'
    assert not response.permanent_redirect


def test_what_is_sent(server, fetcher):
    fetcher.get(server.ok("/feed", FEED), etag='"v1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT")
    sent = server.headers["/feed"]
    assert sent["if-none-match"] == '"v1"'
    assert sent["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert sent["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("newsdash/")
    assert "gzip" in sent["accept-encoding"]


def test_not_modified(server, fetcher):
    server.answers["/feed"] = b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
    response = fetcher.get(server.url + "/feed", etag='"v1"')
    assert response.not_modified
    assert response.body == b""


@pytest.mark.parametrize("value", ['W/"' + "x" * 4000 + '"', '"\x1b[2J"', '"é"'])
def test_a_validator_that_could_break_the_next_request_is_dropped(server, fetcher, value):
    url = server.ok("/feed", FEED, f"ETag: {value}")
    etag = fetcher.get(url).headers["etag"]
    fetcher.get(url, etag=etag)
    assert len(server.headers["/feed"].get("if-none-match", "")) < 100
    assert etag.isascii()


def test_no_cookies(server, fetcher):
    url = server.ok("/feed", FEED, "Set-Cookie: a=b")
    fetcher.get(url)
    fetcher.get(url)
    assert "cookie" not in server.headers["/feed"]


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404"), (500, "500"), (999, "999"), (403, "403"), (401, "needs a password"), (204, "204"), (206, "206")],
)
def test_a_status_in_words(server, fetcher, status, words):
    server.answers["/feed"] = http(status, FEED)
    error = problem(fetcher, server.url + "/feed")
    assert words in error.message
    assert error.status == status
    assert not error.gone


def test_gone(server, fetcher):
    server.answers["/feed"] = http(410)
    assert problem(fetcher, server.url + "/feed").gone


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("99999999999", 86400),
        ("-5", None),
        ("soon", None),
        ("Mon, 01 Jan 2001 00:00:00 GMT", None),
        ("9" * 5000, 86400),
    ],
)
def test_retry_after(server, fetcher, value, seconds):
    server.answers["/feed"] = http(429, b"", f"Retry-After: {value}")
    wait = problem(fetcher, server.url + "/feed").retry_after
    assert wait == seconds


def test_retry_after_a_date(server, fetcher):
    moment = datetime.now(UTC) + timedelta(seconds=120)
    server.answers["/feed"] = http(429, b"", f"Retry-After: {format_datetime(moment, usegmt=True)}")
    wait = problem(fetcher, server.url + "/feed").retry_after
    assert wait == pytest.approx(120, abs=60)  # the machine may be slow


class TestPasswords:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_go_to_their_origin_only(self, server, fetcher, status):
        with RawServer() as other:
            target = other.ok("/feed", FEED)
            server.answers["/private"] = http(status, b"", f"Location: {target}")
            credentials = Credentials(server.url, "user:s3cret", {"Cookie": "s3cret", "X-Token": "s3cret"})
            fetcher.get(server.url + "/private", credentials=credentials)
            assert server.headers["/private"]["authorization"].startswith("Basic ")
            assert server.headers["/private"]["cookie"] == server.headers["/private"]["x-token"] == "s3cret"
            assert not {"authorization", "cookie", "x-token"} & set(other.headers["/feed"])
            fetcher.get(target, credentials=credentials)
            assert not {"authorization", "cookie", "x-token"} & set(other.headers["/feed"])

    def test_in_the_address(self, server, fetcher):
        url = server.ok("/feed", FEED).replace("://", "://user:p%40ss@")
        response = fetcher.get(url)
        assert server.headers["/feed"]["authorization"] == "Basic dXNlcjpwQHNz"
        assert "p%40ss" not in response.url

    def test_in_a_redirect_are_dropped(self, server, fetcher):
        server.ok("/feed", FEED)
        inside = server.url.replace("://", "://user:s3cret@") + "/feed"
        server.answers["/old"] = http(301, b"", f"Location: {inside}")
        response = fetcher.get(server.url + "/old")
        assert "s3cret" not in response.url + response.permanent_redirect
        assert "authorization" not in server.headers["/feed"]

    def test_come_back_to_their_origin(self, server, fetcher):
        with RawServer() as other:
            other.answers["/through"] = http(302, b"", f"Location: {server.ok('/feed', FEED)}")
            server.answers["/private"] = http(302, b"", f"Location: {other.url}/through")
            fetcher.get(server.url + "/private", credentials=Credentials(server.url, "user:s3cret"))
            assert "authorization" in server.headers["/feed"]
            assert "authorization" not in other.headers["/through"]

    def test_a_configured_authorisation_takes_the_place_of_the_password(self, server, fetcher):
        credentials = Credentials(server.url, "user:s3cret", {"authorization": "Bearer 1"})
        fetcher.get(server.ok("/feed", FEED), credentials=credentials)
        assert server.headers["/feed"]["authorization"] == "Bearer 1"

    def test_refused(self, server, fetcher):
        server.answers["/feed"] = http(401)
        error = problem(fetcher, server.url + "/feed", credentials=Credentials(server.url, "user:s3cret"))
        assert "not accepted" in error.message
        assert "s3cret" not in error.message


class TestRedirects:
    @pytest.mark.parametrize(("status", "kept"), [(301, True), (308, True), (302, False), (307, False), (303, False)])
    def test_permanent_ones_are_told(self, server, fetcher, status, kept):
        target = server.ok("/new", FEED)
        server.answers["/old"] = http(status, b"", "Location: /new")
        response = fetcher.get(server.url + "/old")
        assert response.url == target
        assert response.permanent_redirect == (target if kept else "")

    def test_a_passing_one_after_a_permanent_one(self, server, fetcher):
        server.ok("/c", FEED)
        server.answers["/a"] = http(301, b"", "Location: /b")
        server.answers["/b"] = http(302, b"", "Location: /c")
        assert fetcher.get(server.url + "/a").permanent_redirect == server.url + "/b"

    def test_a_circle(self, server, fetcher):
        server.answers["/a"] = http(302, b"", "Location: /b")
        server.answers["/b"] = http(302, b"", "Location: /a")
        assert "Too many redirects" in problem(fetcher, server.url + "/a").message

    def test_without_end(self, server, fetcher):
        count = iter(range(100))
        server.answers["/x"] = lambda sock, _: sock.sendall(http(302, b"", f"Location: /x?{next(count)}"))
        assert "Too many redirects" in problem(fetcher, server.url + "/x").message
        assert server.hits["/x"] == 11

    @pytest.mark.parametrize(
        ("target", "word"),
        [("file:///etc/passwd", "file"), ("ftp://h/x", "ftp"), ("data:,x", "data"), ("javascript:x", "javascript")],
    )
    def test_other_schemes_are_named(self, server, fetcher, target, word):
        server.answers["/x"] = http(302, b"", f"Location: {target}")
        assert f"{word}:" in problem(fetcher, server.url + "/x").message

    @pytest.mark.parametrize("target", ["", "//[bad/", "http://", "/feed\x1b]0;x\x07"])
    def test_broken_targets(self, server, fetcher, target):
        server.answers["/x"] = http(302, b"", f"Location: {target}")
        assert "\x1b" not in problem(fetcher, server.url + "/x").message

    def test_never_to_the_addresses_of_cloud_secrets(self, server, fetcher):
        server.answers["/x"] = http(302, b"", "Location: http://169.254.169.254/latest/")
        assert "private address" in problem(fetcher, server.url + "/x").message

    def test_what_a_public_feed_links_to_is_not_fetched_from_this_machine(self, server, fetcher):
        server.ok("/page", FEED)
        assert fetcher.get(server.url + "/page", found_at=server.url + "/feed").body == FEED
        with pytest.raises(FeedError, match="private address"):
            fetcher.get(server.url + "/page", found_at="https://93.184.216.34/feed")
        assert server.hits["/page"] == 1

    @pytest.mark.parametrize("host", ["0", "127.1", "2130706433", "localhost"])
    def test_from_this_machine_to_this_machine(self, server, fetcher, host):
        port = server.url.rpartition(":")[2]
        server.ok("/feed", FEED)
        server.answers["/x"] = http(302, b"", f"Location: http://{host}:{port}/feed")
        assert fetcher.get(server.url + "/x").body == FEED


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "/etc/passwd", "http://", "http://[bad", ""]
)
def test_only_web_addresses_are_opened(fetcher, url):
    problem(fetcher, url)


class TestSizes:
    def test_told_in_advance(self, server, fetcher):
        server.answers["/x"] = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999999\r\n\r\n"
        assert "larger than" in problem(fetcher, server.url + "/x").message

    def test_not_told(self, server, fetcher):
        server.answers["/x"] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b" " * (2 << 20)
        assert "larger than 1 MB" in problem(fetcher, server.url + "/x").message

    @pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate-raw", "br", "zstd"])
    def test_after_unpacking(self, server, fetcher, coding):
        name, bomb = coding.removesuffix("-raw"), pack(coding, b" " * (50 << 20))
        url = server.ok("/x", bomb, f"Content-Encoding: {name}")
        assert len(bomb) < 1 << 20
        assert "larger than" in problem(fetcher, url).message


def pack(coding: str, data: bytes) -> bytes:
    if coding == "br":
        return pytest.importorskip("brotli").compress(data, quality=1)
    if coding == "zstd":
        return pytest.importorskip("zstandard").compress(data)
    packer = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "deflate": 15, "deflate-raw": -15}[coding])
    return packer.compress(data) + packer.flush()


class TestPacking:
    @pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate-raw", "br", "zstd"])
    def test_undone(self, server, fetcher, coding):
        url = server.ok("/x", pack(coding, FEED), f"Content-Encoding: {coding.removesuffix('-raw')}")
        assert fetcher.get(url).body == FEED

    def test_twice(self, server, fetcher):
        url = server.ok("/x", gzip.compress(gzip.compress(FEED)), "Content-Encoding: gzip, gzip")
        assert fetcher.get(url).body == FEED

    def test_several_members(self, server, fetcher):
        url = server.ok("/x", gzip.compress(FEED[:50]) + gzip.compress(FEED[50:]), "Content-Encoding: gzip")
        assert fetcher.get(url).body == FEED

    def test_said_and_not_done(self, server, fetcher):
        assert fetcher.get(server.ok("/x", FEED, "Content-Encoding: gzip")).body == FEED

    def test_done_and_not_said(self, server, fetcher):
        assert fetcher.get(server.ok("/x", gzip.compress(FEED))).body == FEED

    @pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
    def test_cut_off(self, server, fetcher, coding):
        packed = pack(coding, bytes(range(256)) * 200)
        problem(fetcher, server.ok("/x", packed[: len(packed) // 2], f"Content-Encoding: {coding}"))

    def test_unknown(self, server, fetcher):
        packed = b"\x1f\x9d\x90" + bytes(range(64))
        assert "packed" in problem(fetcher, server.ok("/x", packed, "Content-Encoding: compress")).message

    @pytest.mark.parametrize("name", ["UTF-8", "none", "binary", '"gzip"', "utf-8, identity"])
    def test_names_that_are_no_encodings(self, server, fetcher, name):
        assert fetcher.get(server.ok("/x", FEED, f"Content-Encoding: {name}")).body == FEED


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "answer",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nshort",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nshort",
        ],
    )
    def test_ended_early(self, server, fetcher, answer):
        server.answers["/x"] = answer
        assert "ended early" in problem(fetcher, server.url + "/x").message

    @pytest.mark.parametrize("answer", [b"", b"220 mail ESMTP\r\n", FEED, b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70000])
    def test_not_http(self, server, fetcher, answer):
        server.answers["/x"] = answer
        problem(fetcher, server.url + "/x")

    def test_reset(self, server, fetcher):
        def reset(sock: socket.socket, _: object) -> None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()

        server.answers["/x"] = reset
        assert "connection" in problem(fetcher, server.url + "/x").message

    def test_nobody_there(self, fetcher):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        assert "refused" in problem(fetcher, f"http://127.0.0.1:{port}/").message

    def test_no_such_host(self, fetcher):
        assert "not found" in problem(fetcher, "http://no-such-host.invalid/").message

    def test_plain_where_tls_is_expected(self, server, fetcher):
        server.answers["/"] = FEED
        patient = Fetcher(proxy="", limits=Limits(connect=0.5, read=1, total=10))
        assert "secure" in problem(patient, server.url.replace("http:", "https:")).message


class TestTimes:
    def test_silence(self, server, fetcher):
        server.answers["/x"] = lambda sock, _: time.sleep(4)
        began = time.monotonic()
        assert "sent nothing" in problem(fetcher, server.url + "/x").message
        assert time.monotonic() - began < 3.5

    @pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
    def test_a_byte_at_a_time(self, server, fetcher, start):
        def drip(sock: socket.socket, _: object) -> None:
            sock.sendall(start)
            for _ in range(60):
                sock.sendall(b"a")
                time.sleep(0.1)

        server.answers["/x"] = drip
        began = time.monotonic()
        assert "longer than 2 seconds" in problem(fetcher, server.url + "/x").message
        assert time.monotonic() - began < 5

    @pytest.mark.parametrize(("connect", "total"), [(9, 1), (1, 9)])
    def test_a_handshake_a_byte_at_a_time(self, connect, total):
        """A record of TLS of 16 kB, which never becomes whole."""
        stop = threading.Event()

        def drip(listener: socket.socket) -> None:
            sock, _ = listener.accept()
            with sock, suppress(OSError):
                sock.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
                while not stop.wait(0.05):
                    sock.sendall(b"\x03")

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=drip, args=(listener,))
            thread.start()
            began = time.monotonic()
            fetcher = Fetcher(proxy="", limits=Limits(connect=connect, read=9, total=total))
            told = problem(fetcher, f"https://127.0.0.1:{listener.getsockname()[1]}/").message
            # On a busy machine the time may be over before the handshake began.
            assert "secure" in told or f"longer than {total} seconds" in told
            assert time.monotonic() - began < 5
            stop.set()
            thread.join()

    def test_cancelled_while_waiting(self, server):
        server.answers["/x"] = lambda sock, _: time.sleep(5)
        stop = threading.Event()
        threading.Timer(0.3, stop.set).start()
        began = time.monotonic()
        error = problem(Fetcher(proxy="", limits=Limits(read=10)), server.url + "/x", cancelled=stop.is_set)
        assert "cancelled" in error.message
        assert time.monotonic() - began < 4


CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""It is for ``localhost`` and 127.0.0.1."""


class TestCertificates:
    @pytest.fixture(params=["127.0.0.1"])
    def secure(self, request):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        with RawServer(request.param, context) as running:
            yield running

    def test_nobody_vouches_for(self, secure, fetcher):
        with pytest.raises(FeedError, match=r"The certificate of 127\.0\.0\.1 could not be verified"):
            fetcher.get(secure.ok("/feed", b"text"))
        assert not secure.hits

    def test_somebody_vouches_for(self, secure):
        fetcher = Fetcher(proxy="", authorities=str(CERTIFICATE))
        assert fetcher.get(secure.ok("/feed", b"text")).body == b"text"

    @pytest.mark.parametrize("secure", ["127.0.0.2"], indirect=True)
    def test_of_somebody_else(self, secure):
        with pytest.raises(FeedError, match=r"certificate of 127\.0\.0\.2 could not be verified"):
            Fetcher(proxy="", authorities=str(CERTIFICATE)).get(secure.ok("/feed", b"text"))

    def test_never_from_secure_to_a_forged_place(self, server, secure, fetcher):
        server.answers["/moved"] = http(301, b"", f"Location: {secure.ok('/feed', b'text')}")
        with pytest.raises(FeedError, match="certificate"):
            fetcher.get(server.url + "/moved")


def test_through_a_proxy(server):
    server.answers["http://news.example/feed"] = http(200, FEED)
    assert Fetcher(proxy=server.url).get("http://news.example/feed").body == FEED


def test_a_proxy_that_cannot_be_used(fetcher):
    assert "proxy" in problem(Fetcher(proxy="socks5://127.0.0.1:1"), "http://news.example/").message
