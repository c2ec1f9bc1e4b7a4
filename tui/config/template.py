"""The configuration file that ``newsdash config --init`` writes: every option with what it does and its default.

A line that begins with ``#`` and a letter is an option to switch on; one that begins with ``# `` is
prose. So the file without its first kind of ``#`` says what newsdash does without a file.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from store.errors import ConfigError
from store.paths import write_private
from tui.config.keymap import Bindable
from tui.config.settings import SECTIONS, FeedSettings, KeySettings, Option, Rule, options
from tui.config.toml_writer import toml_value

WIDTH = 96
HEAD = (
    "What newsdash does without this file is written behind each #. Take the # away and change the value; "
    "`newsdash config --check` tells what is wrong with it. The program reads the file when it starts, and when "
    "reload-config is chosen in it."
)


class Described(Bindable, Protocol):
    """A command with its title."""

    @property
    def title(self) -> str: ...


def default_text(commands: Iterable[Described]) -> str:
    """The text of a configuration file that changes nothing."""
    lines = [*_prose(HEAD)]
    for name, section in SECTIONS.items():
        lines += ["", *_prose(section.__doc__ or ""), f"[{name}]"]
        for each in options(section):
            lines += ["", *_prose(_words(each)), f"#{_assignment(each)}"]
        if section is KeySettings:
            lines += ["", *_prose("The commands; [] is for none:")]
            lines += [f"#{each.id} = {_keys(each.keys)}  # {each.title}" for each in commands]
    lines += ["", *_prose(f"{_doc(FeedSettings)} Every feed may have such a section, with its address:")]
    lines += _example(['[feeds."https://example.org/feed.xml"]', *_options_of(FeedSettings)])
    lines += ["", *_prose(f"{_doc(Rule)} Every rule is a section; rules are tried in their order. For example:")]
    lines += _example(["[[rules]]", 'query = "title:horoscope"', 'action = "mute"'])
    for each in options(Rule):
        lines += _prose(f"{each.name}: {_words(each)}")
    return "\n".join(lines) + "\n"


def write_default(path: Path, commands: Iterable[Described]) -> None:
    """Write the file, readable by its owner alone since it may come to hold passwords.

    :raises ConfigError: when there is a file already, or it cannot be written.
    """
    try:
        write_private(path, default_text(commands).encode(), replace=False)
    except FileExistsError as error:
        raise ConfigError(f"{path} is there already and was left as it is.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}.") from error


def _keys(keys: tuple[str, ...]) -> str:
    return toml_value(keys[0] if len(keys) == 1 else keys)


def _doc(section: type[Any]) -> str:
    return (section.__doc__ or "").strip()


def _words(each: Option) -> str:
    return f"{each.doc} Allowed: {each.kind.allowed}."


def _assignment(each: Option) -> str:
    return f"{each.name} = {each.kind.write(each.default)}"


def _options_of(section: type[Any]) -> Iterator[str]:
    for each in options(section):
        yield f"{_assignment(each)}  # {each.doc}"


def _prose(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)]


def _example(lines: Iterable[str]) -> list[str]:
    return [f"#     {line}" for line in lines]


def reference() -> str:
    """The options as Markdown tables, for docs/CONFIG.md."""
    parts = []
    sections = {f"[{name}]": section for name, section in SECTIONS.items()}
    for name, section in {**sections, '[feeds."ADDRESS"]': FeedSettings, "[[rules]]": Rule}.items():
        rows = [
            f"| `{each.name}` | `{each.kind.write(each.default)}` | {_cell(each.kind.allowed)} | {_cell(each.doc)} |"
            for each in options(section)
        ]
        parts.append(
            "\n".join([f"### `{name}`", "", _doc(section), "", "| option | default | allowed | |", "|---|---|---|---|"])
            + "\n"
            + "\n".join(rows)
            + "\n"
        )
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", "&lt;")
