"""Makes outside text safe and readable: no control characters, no escape sequences, no mis-decoded letters.

Everything that a file, feed or web page says passes here once, on the way in; everything after may rely on it.
What is taken out: terminal escape sequences (ECMA-48: CSI, OSC, DCS and their 8-bit forms), C0 and C1 controls
but newline and tab, bidirectional overrides and isolates (UAX #9), zero-width characters that join nothing,
tag characters outside an emoji flag, noncharacters, stacks of combining marks. Lone surrogates become U+FFFD.
What is put right: line ends, mis-decoded UTF-8 (``RÄ°A`` for ``RİA``), Unicode normal form C.
"""

from __future__ import annotations

import re
import unicodedata

from store.text.decoding import Decoded, NotTextError, decode
from store.text.mojibake import repair, suspicious

__all__ = ["Decoded", "NotTextError", "clean_line", "clean_text", "decode", "strip_controls"]

_PLAIN_TO_SPACE = bytes(
    0x20 if code in b"\t\n" or 0x20 <= code <= 0x7E else 0 if code in b"\r\x0b\x0c" else code for code in range(256)
)
"""Of what :meth:`bytes.split` would take for space, the rest is no plain character."""
_CALM = (
    "\n\t\x20-\x7e\xa0-\xac\xae-\u02ff\u0388-\u0482\u048a-\u0556\u0561-\u0587\u05d0-\u05ea\u0621-\u064a\u10d0-\u10ff"
    "\u1e00-\u1eff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u21ff\u3001-\u3029\u3041-\u3096\u309b-\u30ff"
    "\u3400-\u9fff\uac00-\ud7a3\uff01-\uffdc"
)
"""Letters and signs of the common scripts that are left as they are wherever they stand, being of normal form C by
themselves; but for mis-decoded letters, which :func:`suspicious` sees, a text of them alone has nothing to clean."""
_COMBINING = "\u0300-\u036f"
"""Marks that may become one letter with a calm one before them."""
_UNCALM = re.compile(f"[^{_CALM}{_COMBINING}]")
_MARKS = re.compile(f"[{_COMBINING}]+")
_MAX_MARKS = 8
"""Combining marks kept on one letter; living scripts need at most five, and a stack of thousands is an attack."""
_MOST_STACKS = 20
_MOST_MARKED = 10_000
"""Different marks on letters, and places of each, that are looked at one by one; normalising all is quicker then."""
_MAX_PASSES = 12

_SEQUENCES = re.compile(
    # CSI … final byte
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    # OSC, DCS, SOS, PM, APC and the title of screen(1), each up to BEL or the string terminator
    r"|(?:\x1b[\]PX^_k]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    # character set selection, keypad modes, save and restore of the cursor
    r"|\x1b[ -/]+[0-~]|\x1b[78=>]"
)

# Windows-1252 punctuation that was read as Latin-1; no terminal gives these C1 controls a meaning that matters.
_C1_PUNCTUATION = {code: bytes([code]).decode("cp1252") for code in (0x80, 0x85, *range(0x91, 0x98), 0x99)}

_DROPPED = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff"
)
_DROP = re.compile(
    f"[{_DROPPED}" + "".join(f"{chr(p << 16 | 0xFFFE)}{chr(p << 16 | 0xFFFF)}" for p in range(1, 17)) + "]"
)
_UNUSUAL = re.compile(f"[{_DROPPED}\r\x0b\x0c\u2028\u2029\u200c\u200d\ud800-\udfff\U0001fffe-\U0010ffff]")

_RARE = re.compile("[\ufe00-\ufe0f\U000e0000-\U000e01ef]")
"""What tag runs and selector runs are made of."""
_TAG_RUN = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0000-\U000e007f]+")
_SELECTOR_RUN = re.compile("([\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
# A joiner says something only between two letters (or emoji) outside ASCII.
_IDLE_JOINER = re.compile(
    "(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]+"
    "|[\u200c\u200d]+(?![^\x00-\x7f\u200c\u200d])"
    "|[\u200c\u200d](?=[\u200c\u200d])"
)
_LONG_MARK_RUN = re.compile(rf"[^\w\s\x00-\x7f]{{{_MAX_MARKS + 1},}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\u2028]")


def clean_text(s: str) -> str:
    """The text without anything that could harm a terminal or mislead a reader; never raises.

    Newlines (as ``\\n``), tabs and no-break spaces stay. ``clean_text(clean_text(s)) == clean_text(s)``.
    """
    if is_clean(s):
        return s
    for _ in range(_MAX_PASSES):
        cleaned = _clean_once(s)
        if cleaned == s:
            break
        s = cleaned
    return s


def is_clean(s: str) -> bool:
    """Whether it is certain that :func:`clean_text` changes nothing in ``s``, nor in any part of it.

    What could be changed is among what is not plain ASCII, or begins and ends there, so only that is looked at.
    """
    if s.isascii() and s.isprintable():
        return True
    try:
        rest = b" ".join(s.encode().translate(_PLAIN_TO_SPACE).split()).decode()
    except UnicodeEncodeError:
        return False
    if not rest:
        return True
    if _UNCALM.search(rest) or suspicious(rest):
        return False
    marks = set(_MARKS.findall(rest))
    return not marks or (len(marks) <= _MOST_STACKS and all(_settled(s, stack) for stack in marks))


def _settled(s: str, stack: str) -> bool:
    """Whether the marks on a letter are few, and nowhere one letter together with it."""
    if len(stack) > _MAX_MARKS or s.count(stack) > _MOST_MARKED:
        return False
    at = s.find(stack)
    while at >= 0:
        end = at + len(stack)
        if not unicodedata.is_normalized("NFC", s[max(0, at - 1) : end]):
            return False
        at = s.find(stack, end)
    return True


def clean_line(s: str) -> str:
    """The cleaned text on one line, whitespace collapsed: for titles, names, notes."""
    return " ".join(clean_text(s).split())


def strip_controls(s: str) -> str:
    """Only what a terminal could obey is taken out; letters stay as they are. For file names."""
    s = _SURROGATE.sub("\ufffd", _SEQUENCES.sub("", s))
    return _DROP.sub("", _NEWLINES.sub(" ", s)).replace("\n", " ").replace("\u2029", " ")


def _clean_once(s: str) -> str:
    # Before the controls go: mis-decoded text has C1 controls where its letters' bytes were.
    if suspicious(s):
        s = repair(s)
    if _UNUSUAL.search(s):
        s = _take_out(s)
    if _RARE.search(s):
        s = _SELECTOR_RUN.sub(r"\1", _TAG_RUN.sub(r"\1", s))
    if _LONG_MARK_RUN.search(s):
        s = _LONG_MARK_RUN.sub(lambda run: _thin_marks(run[0]), s)
    return unicodedata.normalize("NFC", s)


def _take_out(s: str) -> str:
    s = _NEWLINES.sub("\n", s).replace("\u2029", "\n\n")
    s = _SEQUENCES.sub("", s).translate(_C1_PUNCTUATION)
    s = _SURROGATE.sub("\ufffd", _DROP.sub("", s))
    return _IDLE_JOINER.sub("", s)


def _thin_marks(run: str) -> str:
    """Keep the first few combining marks of each stack; also keeps normalisation linear (UAX #15, stream-safe)."""
    kept: list[str] = []
    stacked = 0
    for character in run:
        stacked = stacked + 1 if unicodedata.combining(character) else 0
        if stacked <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
