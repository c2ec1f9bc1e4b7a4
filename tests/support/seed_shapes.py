"""Writes seed files of every shape that users drop in, and says what each must give. All of it is made up."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TITLE = "Port of Aktau reopens after the storm"
DATE = "# 14 March 2015 09:05 (UTC +05:00)"
MOMENT = "2015-03-14T04:05:00+00:00"
PARAGRAPHS = (
    "Aktau-APA. The port reopened on Saturday and ferries sail again, the harbour master’s aide and TRT Türkçe report.",
    '“Every berth was checked twice,” said Harbour Master Gülnar Sağıntayeva. "We lost no ship," she added.',
    "The captain of the first ferry, Davit Kiknadze, said: 'The sea was calm.' He didn’t name his cargo.",
)
STORY = "\n\n".join(PARAGRAPHS)
REFERENCE = f"{TITLE}\n\n{TITLE}\n{DATE}\n{STORY}\n"


@dataclass(frozen=True)
class Shape:
    """One file and what it must give; None for what is not asked, ``refused`` for a part of the sentence."""

    name: str
    data: bytes
    title: str | None = TITLE
    moment: str | None = MOMENT
    """The published time in UTC; '' when it must be the file's."""
    texts: tuple[str, ...] | None = PARAGRAPHS
    place: str | None = "Aktau"
    note: str = ""
    refused: str = ""
    same_as_reference: bool = False


def _moji(text: str, encoding: str = "latin-1") -> str:
    return text.encode().decode(encoding)


def _plain(name: str, text: str | bytes, **required: object) -> Shape:
    return Shape(name, text if isinstance(text, bytes) else text.encode(), **required)  # type: ignore[arg-type]


def _western(text: str) -> str:
    return text.translate(str.maketrans("ğışĞİŞə", "gisGISe"))


def _dated(number: int, line: str, moment: str, **required: object) -> Shape:
    return _plain(f"date-{number:02d}.txt", f"{TITLE}\n\n{TITLE}\n{line}\n{STORY}\n", moment=moment, **required)


WESTERN = tuple(map(_western, PARAGRAPHS))
STRAIGHT = tuple(text.translate(str.maketrans("“”’", '""\'')) for text in WESTERN)
MARKED = REFERENCE.replace("RT Tü", "RT " + _moji("Tü"))
ESCAPES = REFERENCE.replace(TITLE, TITLE + " \x1b]0;OWNED\x07\x1b[2J\x9b31m\u202e", 1).replace(
    "Aktau-", "\x1b[31mAktau-"
)
UNCLOSED = '“Curly, then straight," said Anar. «Guillemets», said she. “Never closed'
CUT_TITLE = "The port reopened on Saturday and ferries sail again, the harbour master’s aide…"
SPECIMEN = "Ä± in a type specimen\n\nThe letters Ä, ± and â€œ stand here on purpose.\n"
BOLD = STORY.replace("“Every", "**“Every").replace("twice,”", "twice,”**")
PAGE = (
    f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} - Harbour News</title>'
    '<meta property="article:published_time" content="2015-03-14T09:05:00+05:00">'
    '<meta name="author" content="B. Reporter">'
    "<script>track()</script><style>p{color:red}</style></head><body><nav>Home | Sport</nav>"
    f"<h1>{TITLE}</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}<footer>All rights</footer></body></html>"
)
FRONT = f'---\ntitle: "{TITLE}"\ndate: 2015-03-14T09:05:00+05:00\nauthor: B. Reporter\ntags: [port, sea]\n---\n\n'

SHAPES: tuple[Shape, ...] = (
    _plain("reference.txt", REFERENCE, same_as_reference=True),
    _plain("no-title.txt", f"\n\n{DATE}\n{STORY}\n", title=CUT_TITLE),
    _plain("title-only.txt", TITLE + "\n", moment="", texts=(), place="", note="No text."),
    _plain("front-matter.md", f"{FRONT}# {TITLE}\n\n{BOLD}", same_as_reference=True),
    _plain(
        "front-matter-open.md",
        f'---\ntitle: "{TITLE}\ntags: [\n\n{STORY}',
        title=None,
        moment="",
        texts=None,
        place=None,
    ),
    _plain("page.html", PAGE, same_as_reference=True),
    _plain("crlf.txt", REFERENCE.replace("\n", "\r\n"), same_as_reference=True),
    _plain("cr.txt", REFERENCE.replace("\n", "\r"), same_as_reference=True),
    _plain("bom.txt", b"\xef\xbb\xbf" + REFERENCE.encode(), same_as_reference=True),
    _plain("utf16.txt", REFERENCE.encode("utf-16"), same_as_reference=True),
    _plain("utf16be.txt", REFERENCE.encode("utf-16-be"), same_as_reference=True, note="Encoding guessed: utf-16-be."),
    _plain("utf32.txt", REFERENCE.encode("utf-32"), same_as_reference=True),
    _plain("cp1252.txt", _western(REFERENCE).encode("cp1252"), texts=WESTERN, note="Encoding guessed: cp1252."),
    _plain(
        "latin1.txt",
        "\n\n".join((TITLE, DATE, *STRAIGHT)).encode("latin-1"),
        texts=STRAIGHT,
        note="Encoding guessed: cp1252.",
    ),
    _plain(
        "cp1254.txt",
        REFERENCE.replace("ə", "e").encode("cp1254"),
        same_as_reference=True,
        note="Encoding guessed: cp1254.",
    ),
    _plain("mojibake-word.txt", MARKED, same_as_reference=True, note="Repaired mis-decoded characters."),
    _plain(
        "mojibake-quotes.txt",
        REFERENCE.replace("“", "â€œ").replace("’", "â€™"),
        same_as_reference=True,
        note="Repaired mis-decoded characters.",
    ),
    _plain(
        "mojibake-twice.txt", _moji(_moji(REFERENCE)), same_as_reference=True, note="Repaired mis-decoded characters."
    ),
    _plain("mojibake-on-purpose.txt", SPECIMEN, title=None, moment="", texts=None, place=""),
    _plain("no-date.txt", f"{TITLE}\n\n{STORY}\n", moment="", note="Date taken from the file."),
    _plain("iso-date.txt", f"{TITLE}\n\n2015-03-14T09:05:00+05:00\n{STORY}\n", same_as_reference=True),
    _plain("rfc-date.txt", f"{TITLE}\n\nSat, 14 Mar 2015 09:05:00 +0500\n\n{STORY}\n", same_as_reference=True),
    _dated(1, "# 14 March 2015 09:05 (UTC +5)", MOMENT, same_as_reference=True),
    _dated(2, "#14 March 2015 09:05", "2015-03-14T09:05:00+00:00", note="The date names no zone; UTC is assumed."),
    _dated(3, "# 14 Mar 2015, 9:05 AM (UTC+05:00)", MOMENT, same_as_reference=True),
    _dated(4, "# March 14, 2015 09:05 UTC", "2015-03-14T09:05:00+00:00"),
    _dated(5, "# 14.03.2015 09:05 (UTC −03:30)", "2015-03-14T12:35:00+00:00"),
    _dated(6, "# 14 March 2015 09:05 (UTC +05:45)", "2015-03-14T03:20:00+00:00"),
    _dated(7, "# 14 Mart 2015 09:05", "2015-03-14T09:05:00+00:00"),
    _dated(
        8, "# 31 June 2015 24:75 (UTC +88:00)", "", note="The date cannot be right: 31 June 2015 24:75 (UTC +88:00)."
    ),
    _dated(9, "# 2015", "", texts=("2015", *PARAGRAPHS), place=""),
    _dated(10, "# What happened", "", texts=("What happened", *PARAGRAPHS), place=""),
    _dated(11, "# 29 February 2016 23:59 (UTC -12:00)", "2016-03-01T11:59:00+00:00"),
    _plain("empty.txt", b"", refused="it is empty"),
    _plain("blank.txt", " \n\t\r\n\n", refused="it holds nothing but blanks"),
    _plain("binary.txt", bytes(range(256)) * 30, refused="it is not text"),
    _plain("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 150, refused="it is not text"),
    _plain("feed.txt", "<?xml version='1.0'?>\n<rss version='2.0'><channel/></rss>", refused="it is a feed"),
    _plain("large.txt", b"word " * 2_200_000, refused="it is too large"),
    _plain("nul.txt", REFERENCE.replace("ferries", "fer\0ries"), same_as_reference=True),
    _plain("escapes.txt", ESCAPES, same_as_reference=True),
    _plain(
        "markup.txt",
        f"[/] [@click=app.quit]{TITLE}[/] [bold\n\n{DATE}\n[URGENT] {STORY}",
        title=f"[/] [@click=app.quit]{TITLE}[/] [bold",
        texts=("[URGENT] " + PARAGRAPHS[0], *PARAGRAPHS[1:]),
        place=None,
    ),
    _plain("duplicate.txt", REFERENCE, same_as_reference=True),
    _plain(
        "near-duplicate.txt",
        REFERENCE.replace("Saturday", "Sunday"),
        texts=(PARAGRAPHS[0].replace("Saturday", "Sunday"), *PARAGRAPHS[1:]),
    ),
    _plain("folder/in/folder/nested.txt", REFERENCE.replace(TITLE, "A file far down"), title="A file far down"),
    _plain(
        "one-line.txt",
        " ".join((TITLE, *PARAGRAPHS)),
        title="Port of Aktau reopens after the storm Aktau-APA.",
        moment="",
        texts=(" ".join((TITLE, *PARAGRAPHS)),),
        place=None,
    ),
    _plain(
        "long-title.txt",
        "B" * 5000 + f"\n\n{STORY}",
        title="B" * 79 + "…",
        moment="",
        texts=("B" * 5000, *PARAGRAPHS),
        place="",
    ),
    _plain("two-stories.txt", REFERENCE + "\n\n" + REFERENCE.replace(TITLE, "The second story"), texts=None),
    _plain(
        "name \u202egpj.[b]x\x1b[31m.txt",
        REFERENCE.replace(TITLE, "A file of an odd name"),
        title="A file of an odd name",
    ),
    _plain("no-ending", REFERENCE.replace(TITLE, "A file without an ending"), title="A file without an ending"),
    _plain("unclosed.txt", f"{TITLE}\n\n{DATE}\n{UNCLOSED}", texts=(UNCLOSED,), place=""),
)
PASSED_OVER = (".hidden.txt", "backup.txt~", "picture.png", "notes.bak", "#autosave.txt#", ".git/config.txt")


def write_shapes(folder: Path) -> None:
    for shape in SHAPES:
        _write(folder / shape.name, shape.data)
    for name in PASSED_OVER:
        _write(folder / name, REFERENCE.encode())


def write_links(folder: Path, outside: Path) -> None:
    """Links to a file beside them, to nothing, to their own folder, out of it, and a FIFO."""
    _write(outside / "outside.txt", REFERENCE.encode())
    (folder / "link-inside.txt").symlink_to("reference.txt")
    (folder / "link-dangling.txt").symlink_to("missing.txt")
    (folder / "link-loop").symlink_to(".")
    (folder / "link-self.txt").symlink_to("link-self.txt")
    (folder / "link-outside.txt").symlink_to(outside / "outside.txt")
    (folder / "link-to-hidden.txt").symlink_to(".hidden.txt")
    os.mkfifo(folder / "pipe")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
