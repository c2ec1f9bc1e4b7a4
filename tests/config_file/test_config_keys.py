"""Names of keys, presets, clashes, and key sequences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from tui.config.keymap import build_keymap, clashes, preset_keymap
from tui.config.settings import KeySettings
from tui.keys.commands import COMMANDS
from tui.keys.key_names import WrongKeyError, read_key, read_sequence
from tui.keys.presets import PRESETS
from tui.keys.sequences import Found, KeySequences, Nothing, Waiting

DEFAULTS = preset_keymap("newsdash", COMMANDS)


def build(*, preset: str = "newsdash", **keys: list[str]):
    """The keymap of a file with these keys, the first on line 1."""
    named = {name.replace("_", "-"): tuple(value) for name, value in keys.items()}
    lines = {name: number for number, name in enumerate(named, 1)}
    return build_keymap(KeySettings(preset, named), COMMANDS, lines)


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("g", "g"),
        ("G", "G"),
        ("shift+g", "G"),
        ("?", "?"),
        ("[", "["),
        ("space", " "),
        ("é", "é"),
        ("ctrl+d", "\x04"),
        ("ctrl-D", "\x04"),
        ("^d", "\x04"),
        ("ctrl+_", "\x1f"),
        ("ctrl+m", "\r"),
        ("enter", "\r"),
        ("ctrl+i", "\t"),
        ("ctrl+h", "\x08"),
        ("alt+v", "\x1bv"),
        ("meta-V", "\x1bV"),
        ("PgDn", "\x1b[6~"),
        ("shift+tab", "\x1b[Z"),
        ("f5", "\x1b[15~"),
        ("esc", "\x1b"),
        ("ctrl+shift+left", "\x1b[1;6D"),
        ("alt+x", "\x1b[120;3u"),
        ("ctrl+x", "\x1b[120;5u"),
        ("+", "+"),
        ("ctrl++", "\x1b[43;5u"),
    ],
)
def test_keys_are_named_as_the_terminal_sends_them(written: str, sent: str) -> None:
    parser = XTermParser()
    keys = [event.key for event in (*parser.feed(sent), *parser.feed("")) if isinstance(event, Key)]
    assert keys == [read_key(written)]


@pytest.mark.parametrize("written", ["contrl+g", "gg", "", "ctrl+", "\x07", "ctrl+pgdwn", "f99"])
def test_an_unknown_key_is_told(written: str) -> None:
    with pytest.raises(WrongKeyError, match="there is no key"):
        read_key(written)


def test_a_misspelled_key_is_guessed() -> None:
    with pytest.raises(WrongKeyError, match='did you mean "escape"'):
        read_sequence("escpae")


@given(st.text(max_size=12))
def test_any_text_is_a_sequence_or_told(text: str) -> None:
    try:
        keys = read_sequence(text)
    except WrongKeyError:
        return
    assert 1 <= len(keys) <= 4
    assert read_sequence(" ".join(keys)) == keys


def test_the_key_that_copies_begins_no_sequence() -> None:
    with pytest.raises(WrongKeyError, match="copies the selected text"):
        read_sequence("ctrl+c")
    assert read_sequence("ctrl+x ctrl+c") == ("ctrl+x", "ctrl+c")


# --- presets ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_clashes(preset: str) -> None:
    assert clashes(preset_keymap(preset, COMMANDS), COMMANDS) == []


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_name_commands_that_there_are(preset: str) -> None:
    assert set(PRESETS[preset]) <= {command.id for command in COMMANDS}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_takes_the_last_key_of_few_commands(preset: str) -> None:
    keymap = preset_keymap(preset, COMMANDS)
    lost = {command.id for command in COMMANDS if command.keys and not keymap[command.id]}
    assert lost <= {"half-down", "half-up"}


def test_the_keys_of_newsboat() -> None:
    keymap = preset_keymap("newsboat", COMMANDS)
    expected = {
        "open-link": "o", "open-and-mark": "O", "next-unread": "n", "previous-unread": "p", "toggle-read": "N",
        "mark-all-read": "A", "refresh-feed": "r", "refresh-all": "R", "next-feed": "j", "previous-feed": "k",
        "links": "u", "filter": "F", "sort": "g", "toggle-order": "G", "save-article": "s", "leave": "Q",
    }  # fmt: skip
    assert {name: keymap[name][0] for name in expected} == {name: (key,) for name, key in expected.items()}
    assert keymap["down"] == (("down",), ("J",))
    assert keymap["top"] == (("home",),)


def test_the_keys_of_emacs() -> None:
    keymap = preset_keymap("emacs", COMMANDS)
    assert keymap["down"][0] == ("ctrl+n",)
    assert keymap["page-up"][0] == ("alt+v",)
    assert keymap["back"][0] == ("ctrl+g",)
    assert keymap["leave"] == (("ctrl+x", "ctrl+c"),)


# --- clashes ----------------------------------------------------------------------------------------------------


def test_the_file_gives_a_command_other_keys() -> None:
    keymap, problems = build(top=["g g", "home"], toggle_star=["f2"])
    assert problems == []
    assert keymap["top"] == (("g", "g"), ("home",))
    assert keymap["toggle-star"] == (("f2",),)
    assert {name: keys for name, keys in keymap.items() if name not in ("top", "toggle-star")} == {
        name: keys for name, keys in DEFAULTS.items() if name not in ("top", "toggle-star")
    }


def test_a_command_can_be_left_without_a_key() -> None:
    keymap, problems = build(stop=[])
    assert (keymap["stop"], problems) == ((), [])


def test_a_key_taken_from_another_command_is_told() -> None:
    keymap, problems = build(search=["n"])
    assert (keymap["search"], keymap["next-unread"]) == ((("n",),), ())
    (problem,) = problems
    assert (problem.line, problem.key) == (1, "keys.search")
    assert '"n" is also the key of next-unread in headlines, article, people' in problem.sentence


def test_giving_the_other_command_a_key_settles_it() -> None:
    keymap, problems = build(search=["n"], next_unread=["f9"])
    assert problems == []
    assert keymap["next-unread"] == (("f9",),)


def test_of_two_lines_with_one_key_the_first_holds() -> None:
    keymap, problems = build(search=["f3"], help=["f3"])
    assert (keymap["search"], keymap["help"]) == ((("f3",),), DEFAULTS["help"])
    assert [(problem.line, problem.key) for problem in problems] == [(2, "keys.help")]
    assert "on line 1" in problems[0].sentence


def test_a_sequence_that_begins_with_a_command_clashes() -> None:
    keymap, problems = build(search=["g s"])
    assert keymap["search"] == (("g", "s"),)
    assert ("g",) not in keymap["top"]
    assert '"g s" clashes with "g" of top' in problems[0].sentence


def test_one_key_may_do_different_things_in_different_panes() -> None:
    keymap, problems = build(refresh_feed=["f5"], open_link=["f6"])
    assert problems == []
    assert clashes(keymap, COMMANDS) == []


def test_unknown_commands_and_keys_are_told_with_their_lines() -> None:
    keymap, problems = build(serch=["s"], zoom=["Zz"], theme=["f4", "f44"])
    assert keymap == {**DEFAULTS, "theme": (("f4",),)}
    assert [(problem.line, problem.key) for problem in problems] == [
        (1, "keys.serch"),
        (2, "keys.zoom"),
        (3, "keys.theme"),
    ]
    assert "did you mean search?" in problems[0].sentence


IDS = st.sampled_from([command.id for command in COMMANDS])
SEQUENCES = st.lists(st.sampled_from(["g", "n", "s", "x", "ctrl+x", "enter", "J"]), min_size=1, max_size=3).map(
    " ".join
)


@given(st.dictionaries(IDS, st.lists(SEQUENCES, max_size=3), max_size=6), st.sampled_from(sorted(PRESETS)))
def test_whatever_the_file_says_no_key_means_two_things(keys: dict[str, list[str]], preset: str) -> None:
    keymap, problems = build(preset=preset, **keys)
    assert clashes(keymap, COMMANDS) == []
    assert set(keymap) == {command.id for command in COMMANDS}
    assert all(problem.line > 0 and problem.sentence.endswith(".") for problem in problems)
    assert all(one.line <= other.line for one, other in pairwise(problems))


# --- sequences --------------------------------------------------------------------------------------------------


def test_a_sequence_is_found_key_by_key() -> None:
    keys = KeySequences({"top": [("g", "g"), ("home",)], "feeds": [("g", "f")]})
    assert keys.press("g") == Waiting(("g",))
    assert keys.pressed == ("g",)
    assert keys.press("g") == Found("top")
    assert keys.pressed == ()
    assert keys.press("home") == Found("top")


def test_a_key_that_does_not_go_on_ends_the_sequence() -> None:
    keys = KeySequences({"top": [("g", "g")], "x": [("x",)]})
    keys.press("g")
    assert keys.press("x") == Nothing(begun=True)
    assert keys.press("x") == Found("x")
    assert keys.press("y") == Nothing(begun=False)


def test_reset_forgets_what_was_begun() -> None:
    keys = KeySequences({"top": [("g", "g")]})
    keys.press("g")
    assert keys.reset()
    assert not keys.reset()
    assert keys.press("g") == Waiting(("g",))


KEYS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(tuple)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.lists(KEYS, max_size=3), max_size=5))
def test_every_sequence_that_none_begins_is_found(commands: dict[str, list[tuple[str, ...]]]) -> None:
    matcher = KeySequences(commands)
    every = {keys: name for name, sequences in reversed(commands.items()) for keys in sequences}
    for keys, name in every.items():
        if any(keys[:length] in every for length in range(1, len(keys))):
            continue
        answers = [matcher.press(key) for key in keys]
        assert answers == [*(Waiting(keys[:length]) for length in range(1, len(keys))), Found(name)]
