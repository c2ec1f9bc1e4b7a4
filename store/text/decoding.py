"""Bytes to ``str``: byte order marks, what was declared, UTF-8, then a careful guess that says it is one."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from store.errors import NewsdashError


class NotTextError(NewsdashError):
    """The bytes are not text in any encoding that we know of."""

    title = "Not text"

    def __init__(self, message: str = "it is not text") -> None:
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` as decoded and not yet cleaned; ``guessed`` when the bytes do not prove the encoding."""

    text: str
    encoding: str
    guessed: bool = False


_BOMS = (
    # The UTF-32 marks first: the little-endian one begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    *(
        b"\x89PNG",
        b"GIF87a",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"%PDF-",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x7fELF",
        b"\x1f\x8b",
    ),
    *(
        b"BZh9",
        b"7z\xbc\xaf\x27\x1c",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"Rar!\x1a",
        b"\xd0\xcf\x11\xe0",
        b"SQLite format 3\0",
    ),
    *(b"OggS", b"ID3\x03", b"ID3\x04", b"{\\rtf", b"\0\0\x01\0", b"\xca\xfe\xba\xbe", b"wOFF", b"wOF2"),
)
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {0x08, 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B}))
_SAMPLE = 64 * 1024
_ALIASES = {
    # What a label means on the web (WHATWG Encoding): the superset that was really used.
    **dict.fromkeys(("ascii", "iso8859-1"), "cp1252"),
    "iso8859-9": "cp1254",
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_NOT_FOR_TEXT = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs", "oem"}
_SINGLE_BYTE = re.compile(r"cp125\d|cp87\d|cp86\d|iso8859-\d+|koi8-\w|mac-\w+")
# Letters of Windows-1254 where Windows-1252 has ones that only Icelandic and Faroese need: Ğ İ Ş ğ ı ş.
_TURKISH = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")
_ICELANDIC = frozenset(b"\xc1\xe1\xc6\xe6")
_OTHER_SCRIPTS = ["cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874"]
_MULTI_BYTE = ["cp932", "euc_jp", "gb18030", "big5", "cp949"]


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode ``data``; ``declared`` is what a header or the document itself says the encoding is.

    Raises :class:`NotTextError` for binary data. Empty data is empty text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding.removesuffix("-sig"))
    if data.startswith(_MAGIC):
        raise NotTextError
    if (wide := _without_mark(data)) is not None:
        return wide
    sample = data[:_SAMPLE]
    if len(sample.translate(None, _CONTROLS)) < len(sample) * 0.96 - 2:
        raise NotTextError
    name = codec_name(declared)
    return (
        _declared(data, name)
        or _strict(data, "utf-8")
        or _damaged(data, name)
        or _damaged(data, "utf-8")
        or _guess(data)
    )


def _declared(data: bytes, name: str) -> Decoded | None:
    if not name:
        return None
    if _SINGLE_BYTE.fullmatch(name) and not data.isascii() and (utf8 := _strict(data, "utf-8")):
        return utf8  # Valid UTF-8 beyond ASCII is never an accident, and such labels are often a server's default.
    return _strict(data, name)


def codec_name(label: str) -> str:
    """Python's name of the encoding that a label means on the web; '' for none, or for one that is not for text."""
    label = label.strip(" \t\r\n\"'").lower()[:40]
    if not label or not label.isascii() or "\0" in label:
        return ""
    try:
        name = codecs.lookup(label).name
        b"a".decode(name)  # Refuses the bytes-to-bytes codecs: zlib, hex, …
    except (LookupError, UnicodeError, ValueError):
        name = ""
    return "" if name in _NOT_FOR_TEXT else _ALIASES.get(name, name)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeError, LookupError):
        return None


def _damaged(data: bytes, name: str) -> Decoded | None:
    """A cut or damaged text in the encoding of this name, in which nearly everything beyond ASCII is valid.

    What is declared needs more of it to be valid, or only few faults: letters of another encoding pair up to valid
    ones as well. What cannot be read becomes U+FFFD.
    """
    if not name:
        return None
    text = data.decode(name, "replace")
    start = text[:_SAMPLE]
    broken = start.count("\ufffd")
    beyond = sum(not character.isascii() for character in start) - broken
    needed = 2 if name == "utf-8" else 6
    return Decoded(text, name, guessed=name == "utf-8") if beyond >= needed * broken else None


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: NULs at every other place, and text when it is read so."""
    if len(data) < 4 or 0 not in data[:_SAMPLE]:
        return None
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 2 < len(sample) * 0.05 or min(even, odd) * 20 > max(even, odd):
        return None
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = data.decode(encoding, "replace")
    start = text[:4096]
    readable = sum(character.isprintable() or character in "\r\n\t\f\x1b" for character in start)
    return Decoded(text, encoding, guessed=True) if readable >= 0.95 * len(start) else None


def _guess(data: bytes) -> Decoded:
    """A single-byte or East Asian encoding, judged by how much lies beyond ASCII and where."""
    sample = data[:_SAMPLE]
    beyond = sum(byte >= 0x80 for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if beyond > 0.35 * (beyond + letters) and (encoding := _other_script(sample)):
        return Decoded(data.decode(encoding, "replace"), encoding, guessed=True)
    encoding = _latin_script(sample)
    strict = _strict(data, encoding) or Decoded(data.decode("latin-1"), "latin-1")
    return Decoded(strict.text, strict.encoding, guessed=True)


def _other_script(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    # A multi-byte text reads without a fault only as what it is, or as a neighbour of it; a cut sample may end
    # inside a letter. Kana, which every Japanese sentence has, tell Japanese from its neighbours.
    whole = sample[: len(sample) - 8] if len(sample) == _SAMPLE else sample
    multi = [name for name in _MULTI_BYTE if _strict(whole, name) or _strict(whole[:-1], name)]
    for name in multi:
        text = whole.decode(name, "replace")
        if sum("\u3041" <= character <= "\u30fe" for character in text) > 0.15 * len(text):
            return name
    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS + multi, enable_fallback=False).best()
    return best.encoding if best else ""


def _latin_script(sample: bytes) -> str:
    """cp1252, cp1254 or cp1250: the one under which the fewest letters are broken by a sign in mid-word."""
    present = frozenset(sample)
    western = "cp1254" if present & _TURKISH and not present & _ICELANDIC else "cp1252"
    faults = {name: _signs_inside_words(sample.decode(name, "replace")) for name in (western, "cp1250")}
    return min(faults, key=faults.__getitem__)


_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[\x80-\xbf×÷\ufffdˇ˘˛˙˝¨¸´](?=[^\W\d_])")


def _signs_inside_words(text: str) -> int:
    return len(_SIGN_INSIDE.findall(text))
