"""Origins of web addresses: scheme, host and port (RFC 6454), to which passwords and the like belong."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def same_origin(one: str, other: str) -> bool:
    """Whether two web addresses have the same scheme, host and port; what is no web address has no origin."""
    found = _origin(one)
    return found is not None and found == _origin(other)


def ascii_host(host: str) -> str:
    """The host name as DNS has it; '' when it has no such form. IPv6 addresses in brackets."""
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = ascii_host(parts.hostname or "")
    if parts.scheme not in DEFAULT_PORTS or not host:
        return None
    return parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port
