"""Bytes to text: what is sure is not called a guess, what is a guess says so, binary data is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.document_checks import short

from store.text.clean import NotTextError, decode

TURKISH = "Cumhurbaşkanı perşembe günü yaptığı açıklamada ülkenin hazır olduğunu söyledi."
RUSSIAN = "Президент заявил в четверг, что страна готова к переговорам с соседями."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"], ids=short)
def test_marks_and_utf8_are_no_guess(encoding: str) -> None:
    decoded = decode(TURKISH.encode(encoding))
    assert (decoded.text, decoded.guessed) == (TURKISH, False)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Elçin said “hi”, she didn’t — Müller’s café.", "cp1252"),
        (TURKISH, "cp1254"),
        ("Þetta er íslenska, ráðherra sagði það á fimmtudag.", "cp1252"),
        ("Prezydent powiedział, że źródła są pewne. Łódź, łąka, zażółć gęślą jaźń", "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16-le"),
        ("Plain English with one İ in it.", "utf-16-be"),
        ("Ο πρωθυπουργός δήλωσε την Πέμπτη ότι η χώρα είναι έτοιμη.", "cp1253"),
        ("首相は木曜日に記者会見で、新しい政策について述べた。", "cp932"),
        ("首相は木曜日に記者会見で、新しい政策について述べた。", "euc_jp"),
        ("总理星期四在记者会上表示，新政策将于明年实施。", "gb18030"),
    ],
    ids=short,
)
def test_other_encodings_are_guessed_and_said_to_be(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.guessed) == (text, True)


def test_the_declared_encoding_is_believed_unless_it_cannot_be() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "KOI8-R").text == RUSSIAN
    assert decode("café".encode(), "iso-8859-1").text == "café"
    assert decode(b"\x93caf\xe9\x94", "iso-8859-1").text == "“café”"
    assert decode(b"caf\xe9", "utf-8").text == "café"


@pytest.mark.parametrize(
    "label", ["zlib", "rot13", "idna", "unicode_escape", "utf-7", "no such thing", "\0", "x" * 9999], ids=short
)
def test_a_hostile_label_is_ignored(label: str) -> None:
    assert decode(b"\\u0041 plain", label).text == "\\u0041 plain"


def test_a_damaged_utf8_file_stays_utf8() -> None:
    decoded = decode(TURKISH.encode() + b"\xc5")
    assert decoded.guessed
    assert decoded.text == TURKISH + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        bytes(range(256)) * 40,
        b"\0" * 50,
        b"%PDF-1.7 text text",
        b"PK\x03\x04 text",
        b"\x7fELF",
    ],
    ids=short,
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)


@given(st.binary(max_size=300), st.text(max_size=12))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str) -> None:
    try:
        assert isinstance(decode(data, declared).text, str)
    except NotTextError:
        pass
