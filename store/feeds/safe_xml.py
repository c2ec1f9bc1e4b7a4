"""A feed's bytes made fit for an XML parser: the right encoding, no forbidden characters, no dangerous DOCTYPE.

What a server and a document say about their encoding is often wrong: a byte order mark is believed first, then
what the HTTP header, then what the XML declaration says, as far as the bytes can be read so (valid UTF-8 beyond
ASCII is never taken for a single-byte encoding); else the bytes decide.
"""

from __future__ import annotations

import re
from typing import AnyStr

from store.text.decoding import decode

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]{0,4000}>")
_WIDE = ("utf-16", "utf16", "utf-32", "utf32", "ucs-2", "ucs-4", "unicode")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_SHORT_DECLARATION = re.compile(rb"<\?xml[ -=@-~]{0,400}\?>")
# XML 1.0, 2.2: the characters that no document may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
_REFERENCE_BYTES = re.compile(_REFERENCE.pattern.encode())
_DOCTYPE_LOOKED_AT = 1 << 16
_RISKY_ENTITY = re.compile(
    r"<!ENTITY\s+(?:%|[\w.:-]{1,100}\s+(?:SYSTEM|PUBLIC|(?:\"[^\"]*[&%]|'[^']*[&%])))", re.IGNORECASE
)


def to_safe_xml(body: bytes, content_type: str) -> bytes:
    """The document as UTF-8 without byte order mark, forbidden characters and references to them.

    Its XML declaration is removed, so that nothing names another encoding; a DOCTYPE with entities that nest
    or lead outside goes too, and its entities stay as they are written.

    Raises NewsdashError when the bytes are no text.
    """
    text = to_text(body, content_type)
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() if declaration else 0 :].lstrip("\ufeff \t\r\n")
    if _may_hold_forbidden(text):
        text = _FORBIDDEN.sub("", text)
    text = without_risky_doctype(_REFERENCE.sub(_allowed_reference, text))
    return text.encode("utf-8", "replace")


def _may_hold_forbidden(text: str) -> bool:
    """Whether :data:`_FORBIDDEN` may find something, at a third of its price."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return True
    return len(data.translate(None, _CONTROLS)) < len(data) or b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data


def to_text(body: bytes, content_type: str = "") -> str:
    """The document decoded, by the order of belief that this module describes; NotTextError when it is binary."""
    header = _CHARSET.search(content_type)
    inside = _DECLARED.search(body[:1024])
    labels = [header.group(1) if header else "", inside.group(1).decode("ascii") if inside else ""]
    if b"\0" not in body[:4]:
        # A document that begins in single bytes is not made of pairs of them, whatever it says.
        labels = [label for label in labels if not label.lower().startswith(_WIDE)]
    for label in filter(None, labels):
        found = decode(body, label)
        if not found.guessed:
            return found.text
    found = decode(body)
    if found.guessed and b"\0" not in body[:4]:
        # Which letters a text has shows better without its markup, which is ASCII in every language.
        return body.decode(decode(_TAG.sub(b" ", body)).encoding, "replace")
    return found.text


def plainly_utf8(body: bytes, content_type: str) -> bool:
    """Whether a document is UTF-8, is not said to be anything else, and has no control characters.

    Then :func:`to_safe_xml` does to each part of it what it does to the whole.
    """
    labels = [*_CHARSET.findall(content_type), *(label.decode() for label in _DECLARED.findall(body[:1024]))]
    if any(label.lower() not in ("utf-8", "utf8") for label in labels):
        return False
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return len(body.translate(None, _CONTROLS)) == len(body)


def to_safe_xml_as_it_is(body: bytes) -> bytes | None:
    """What :func:`to_safe_xml` makes of a document that is :func:`plainly_utf8`, at a tenth of its price.

    None where more than its XML declaration and references may have to go.
    """
    body = body.lstrip(b" \t\r\n")
    if body.startswith(b"<?xml"):
        declaration = _SHORT_DECLARATION.match(body)
        body = body[declaration.end() if declaration else len(body) :].lstrip(b" \t\r\n")
    if not body.startswith(b"<") or b"<!DOCTYPE" in body or b"\xef\xbf\xbe" in body or b"\xef\xbf\xbf" in body:
        return None
    return _REFERENCE_BYTES.sub(_allowed_reference, body)


def without_risky_doctype(text: str) -> str:
    """The document without its DOCTYPE, if that declares entities made of entities or kept elsewhere."""
    start = text.find("<!DOCTYPE", 0, _DOCTYPE_LOOKED_AT)
    if start < 0 or not _RISKY_ENTITY.search(text, start, start + _DOCTYPE_LOOKED_AT):
        return text
    end = text.find("]>", start)
    return text[:start] + text[end + 2 :] if end >= 0 else text


def _allowed_reference(match: re.Match[AnyStr]) -> AnyStr:
    """A character reference as it is if XML allows the character, else nothing."""
    hexadecimal, decimal = match.groups()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code > 0x10FFFF or (code not in (9, 10, 13) and _FORBIDDEN.match(chr(code))) or code in (0xFFFE, 0xFFFF):
        return match.group()[:0]
    return match.group()
