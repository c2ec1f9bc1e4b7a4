"""Cleaning: what a terminal could obey is gone, what was mis-decoded is right, and doing it twice changes nothing."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.document_checks import short

from store.text.clean import clean_line, clean_text, is_clean, strip_controls

HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x9b\x9d\x90\x9c\x07[]0;m\\P\u202e\u200b\u200d\u200cÃÄÅâ€œ°©Â\u0301\u0316\U000e0041\U0001f3f4"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain words", "plain words"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("T \x1b]0;evil\x07\x1b[2J\x9b31mx", "T x"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d52;c;eA==\x9cafter", "after"),
        ("\x1bPq#0\x1b\\after", "after"),
        ("\x1b]0;never ended", "]0;never ended"),
        ("\x1b(B\x1b7x\x1b=", "x"),
        ("nul\0 bell\x07 del\x7f", "nul bell del"),
        ("a\u202egpj.exe\u202c\u2066b\u2069\u200e\u200f\u061c", "agpj.exeb"),
        ("soft\u00adhyphen zero\u200bwidth\u2060join\ufeff", "softhyphen zerowidthjoin"),
        ("pass\u200dword \u200d\u200c", "password "),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None),
        ("hid\U000e0041\U000e0042den", "hidden"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("non\ufdd0char\uffff\U0010ffff", "nonchar"),
        ("e\u0301", "é"),
        ("one\u2028two\u2029three", "one\ntwo\n\nthree"),
        ("no\u00a0break", "no\u00a0break"),
        ("\x93quoted\x94 \x96 \x85", "“quoted” – …"),
    ],
    ids=short,
)
def test_what_is_taken_out(raw: str, clean: str | None) -> None:
    assert clean_text(raw) == (raw if clean is None else clean)


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("quoting RÄ°A Novosti.", "quoting RİA Novosti."),
        ("“Yes,” he told RÄ°A Novosti, ‘no’.", "“Yes,” he told RİA Novosti, ‘no’."),
        ("â€œNo,â€\x9d she said. Donâ€™t.", "“No,” she said. Don’t."),
        ("â\x80\x9cNoâ\x80\x9d", "“No”"),
        ("MÃ¼nchen, café, Łódź", "München, café, Łódź"),
        ("РњРёСЂ РІР°Рј", "Мир вам"),
        ("Ã\u200b©", "é"),
    ],
    ids=short,
)
def test_mis_decoded_text_is_repaired(raw: str, repaired: str) -> None:
    assert clean_text(raw) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” stays ‘curly’ — don’t",
        "ﬁne ligatures, ｗｉｄｅ letters",
        "café” said he",
        "Köln – Ärzte",
        "Česká Úštěk",
        "RÃO",
    ],
    ids=short,
)
def test_what_is_right_stays(text: str) -> None:
    assert clean_text(text) == text


@given(HOSTILE)
@settings(max_examples=400)
def test_cleaning_twice_changes_nothing_and_leaves_no_control(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in once)
    assert not set(once) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff\u200b")
    assert unicodedata.is_normalized("NFC", once)


@given(HOSTILE)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert "\t" not in line
    assert line == line.strip()
    assert clean_line(line) == line


@given(HOSTILE)
def test_names_keep_their_letters_and_lose_controls(text: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\t" for c in strip_controls(text))
    assert strip_controls("two  blanks e\u0301 Ä°.txt") == "two  blanks e\u0301 Ä°.txt"


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0301\u0316" * 200_000,
        "\x1b]" * 200_000,
        "\x9d" * 300_000,
        "\x1b[" + "1;" * 300_000,
        "é" + "\u200d" * 300_000 + "é",
        "é â€œx " * 40_000,
        "\U000e0041" * 200_000,
        "i\u0307" * 500_000,
    ],
    ids=short,
)
def test_hostile_repetition_takes_linear_time(text: str) -> None:
    began = time.process_time()
    clean_text(text)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text", ["", "plain words\n", "Łódź, İstanbul — “東京” العربية", "i\u0307stanbul, q\u0323\u0307"]
)
def test_most_text_is_seen_to_be_clean(text: str) -> None:
    assert is_clean(text)


@given(HOSTILE, st.integers(0, 60), st.integers(0, 60))
def test_what_is_seen_to_be_clean_is_so_in_every_part(text: str, start: int, end: int) -> None:
    part = text[start:end]
    if is_clean(text):
        assert cleaned_thoroughly(text) == text
        assert cleaned_thoroughly(part) == part


@given(st.text(alphabet="aeqx Żйé\u0301\u0307\u0323\u0327\u0344\u034f", max_size=30))
def test_letters_with_marks_are_seen_to_be_clean_when_they_are_one_or_cannot_be(text: str) -> None:
    assert is_clean(text) <= (cleaned_thoroughly(text) == text)
    if unicodedata.is_normalized("NFC", text) and "\u034f" not in text and len(text) <= 8:
        assert is_clean(text)


def cleaned_thoroughly(text: str) -> str:
    """The cleaned text, in which there is something to clean for certain."""
    return clean_text(f"\x01 {text}").removeprefix(" ")


@pytest.mark.parametrize("code", [*range(0x21), 0x7F, 0x85, 0xA0, 0xAD, 0x2028])
def test_no_control_character_is_seen_to_be_clean(code: int) -> None:
    text = f"a{chr(code)}b"
    assert is_clean(text) <= (clean_text(text) == text)
