"""Reading config.toml: what is right is taken, what is wrong is told with its line, and settings come back always."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import ConfigError
from tui.config.keymap import preset_keymap
from tui.config.load import Change, Config, changes, load, parse
from tui.config.settings import SECTIONS, FeedSettings, KeySettings, Rule, Settings, options
from tui.config.template import default_text, reference, write_default
from tui.config.toml_writer import toml_value
from tui.keys.commands import COMMANDS

ROOT = Path(__file__).parents[2]
PATH = Path("config.toml")

EVERYTHING = """
[general]
theme = "nord"
view = "unread"
mark_read_on_open = false
browser = ["firefox", "--new-tab", "{url}"]
pipe = { note = ["nb", "add"] }
proxy = "http://localhost:3128"
refresh = "30m"
time_format = "12h"

[layout]
measure = 66
centred = false
density = "two"
sidebar = "hidden"

[keys]
preset = "newsboat"
search = ["/", "ctrl+s"]
stop = []

[retention]
keep_for = "52w"
keep_newest = 500

[notify]
method = "command"
command = ["notify-send", "{text}"]
people = false
searches = ["Harbour"]

[themes]
file = "colours.toml"

[feeds."https://Example.org/feed/"]
interval = "2h"
headers = { Authorization = "Bearer 123" }

[[rules]]
query = "title:horoscope"
action = "mute"

[[rules]]
query = "said:lavrov"
action = "tag"
tag = "diplomacy"
"""


def read(text: str, **known) -> Config:
    return parse(text, PATH, commands=COMMANDS, **known)


def told(text: str, **known) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.key, problem.sentence) for problem in read(text, **known).problems]


def test_everything_that_can_be_said() -> None:
    config = read(EVERYTHING, themes=["nord"])
    assert config.problems == ()
    settings = config.settings
    assert settings.general.browser == ("firefox", "--new-tab", "{url}")
    assert settings.general.pipe == {"note": ("nb", "add")}
    assert settings.general.refresh == timedelta(minutes=30)
    assert settings.layout.measure == 66
    assert settings.keys == KeySettings("newsboat", {"search": ("/", "ctrl+s"), "stop": ()})
    assert config.keymap["search"] == (("slash",), ("ctrl+s",))
    assert settings.retention.keep_for == timedelta(weeks=52)
    assert settings.rules == (Rule("title:horoscope", "mute"), Rule("said:lavrov", "tag", "diplomacy"))


def test_a_feed_is_found_however_its_address_is_spelled() -> None:
    settings = read(EVERYTHING).settings
    assert settings.feed("http://example.org/feed").interval == timedelta(hours=2)
    assert settings.feed("https://example.org/feed/").headers == {"Authorization": "Bearer 123"}
    assert settings.feed("https://example.org/other") == FeedSettings()


@pytest.mark.parametrize("url", ["http://example.org/feed", "http://example.org:443/feed"])
def test_header_fields_are_for_the_origin_they_are_written_for(url: str) -> None:
    assert read(EVERYTHING).settings.feed(url).headers == {}
    assert read(EVERYTHING).settings.feed("https://example.org:443/feed").headers == {"Authorization": "Bearer 123"}


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("[layout]\n\nmeasure = 5", 3, "layout.measure", "5 is not allowed; it must be a whole number from 30 to 200"),
        ('[layout]\nmeasure = "wide"', 2, "layout.measure", "78 holds instead"),
        ("[layout]\nmeasure = true", 2, "layout.measure", "true is not allowed"),
        ('[general]\nview = "red"', 2, "general.view", '"all", "unread", "today" or "starred"'),
        ("[notify]\npeople = 1", 2, "notify.people", "true or false"),
        ('[notify]\nmethod = "mail"', 2, "notify.method", "osc777"),
        ('[notify]\nsearches = ["Harbour", 3]', 2, "notify.searches", "a list of names"),
        ('[general]\nbrowser = "firefox"', 2, "general.browser", "a list of a program and its arguments"),
        ('[general]\nbrowser = [\n"a",\n2]', 2, "general.browser", "a list"),
        ('[general]\npipe = { x = "rm -rf" }', 2, "general.pipe", "a list"),
        ("[general.pipe]\nx = []", 1, "general.pipe", "a table of names"),
        ('[general]\nproxy = "localhost"', 2, "general.proxy", "http://localhost:3128"),
        ('[general]\nproxy = "http://[::1"', 2, "general.proxy", "http://localhost:3128"),
        ('[general]\nrefresh = "1m"', 2, "general.refresh", 'at least "5m"'),
        ('[general]\nrefresh = "99999999999999999999h"', 2, "general.refresh", 'at least "5m"'),
        ("[general]\nrefresh = 30", 2, "general.refresh", 'such as "30m"'),
        ('[general]\ntheme = "nrod"', 2, "general.theme", 'did you mean "nord"?'),
        ('[general]\nteme = "nord"', 2, "general.teme", "did you mean theme?"),
        ('theme = "nord"', 1, "theme", "it belongs below [general]"),
        ("[colours]\nx = 1", 1, "colours", "the sections are general, layout, keys"),
        ("general = 3", 1, "general", "must be a table, written as [general]"),
        ('[keys]\npreset = "vim"', 2, "keys.preset", '"newsdash", "newsboat" or "emacs"'),
        ("[keys]\nsearch = 3", 2, "keys.search", 'a key such as "s" or "g g"'),
        ('[keys]\nserch = "s"', 2, "keys.serch", "did you mean search?"),
        ('[keys]\nsearch = ["f2", "nokey"]', 2, "keys.search", 'there is no key "nokey"'),
        ('[feeds]\n"nonsense" = {}', 2, "feeds.nonsense", "the address of a feed"),
        ("[feeds]\nx = 3", 2, "feeds.x", "must be a table"),
        ('[feeds."http://a.b/c"]\ninterval = "1w1d"', 2, 'feeds."http://a.b/c".interval', "at least"),
        ('[feeds."http://a.b/c".headers]\nHost = "x"', 1, 'feeds."http://a.b/c".headers', '"Host" is not allowed'),
        ('[feeds."http://a.b/c"]\nheaders.X = "a\\r\\nb"', 2, 'feeds."http://a.b/c".headers', "on one line"),
        (
            '[feeds."http://a.b/c"]\n[feeds."https://a.b/c/"]',
            2,
            'feeds."https://a.b/c/"',
            "line 1 is about the same feed",
        ),
        ("rules = 3", 1, "rules", "[[rules]]"),
        ("[[rules]]\n[[rules]]\nquery = 'x'", 1, "rules[1]", "no query and no action. The rule is left out"),
        ("[[rules]]\nquery = 'x'\naction = 'delete'", 3, "rules[1].action", '"read", "star", "mute" or "tag"'),
        ("[[rules]]\nquery = 'x'\naction = 'tag'", 1, "rules[1]", "need each other"),
        ("[[rules]]\nquery = ''\naction = 'read'", 2, "rules[1].query", "not empty"),
        (
            "[[rules]]\nquery = 'is:odd'\naction = 'read'",
            2,
            "rules[1].query",
            "no search: After is: “odd”",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, key: str, words: str) -> None:
    first = told(text, themes=["nord", "dracula"])[0]
    assert first[:2] == (line, key)
    assert words in first[2]


def test_a_wrong_value_leaves_the_others() -> None:
    config = read('[layout]\nmeasure = 5\ncentred = false\n[general]\nview = "unread"\n')
    assert config.settings.layout.measure == 78
    assert not config.settings.layout.centred
    assert config.settings.general.view == "unread"


def test_a_secret_header_is_not_repeated() -> None:
    problems = told('[feeds."https://a.b/c"]\nheaders = { "X Y" = "s3cret", Z = "s3cret\\n" }')
    assert problems
    assert not any("s3cret" in sentence for _, _, sentence in problems)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"[general]\ntheme = \n", 2, "at column 9: invalid value"),
        (b"[general]\nview = 'all", 2, "at column 12"),
        (b"[general\n", 1, "column 9"),
        (b"[general]\nview = 'all'\nview = 'all'\n", 3, "column"),
        (b"[general]\n# caf\xe9\n", 2, "not UTF-8"),
        (b"x = " + b"[" * 100_000, 0, "nested too deep"),
        (b"x = " + b"9" * 10_000, 0, "not TOML"),
        (b"#" * 1_000_001, 0, "larger than 1 MB"),
    ],
)
def test_a_broken_file_is_one_sentence_and_all_defaults(tmp_path, data: bytes, line: int, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    config = load(path, commands=COMMANDS)
    assert config.settings == Settings()
    assert config.keymap == preset_keymap("newsdash", COMMANDS)
    (problem,) = config.problems
    assert problem.line == line
    assert words in problem.sentence
    assert "all defaults hold" in problem.sentence


def test_no_file_is_no_problem(tmp_path) -> None:
    assert load(tmp_path / "config.toml") == Config(tmp_path / "config.toml")


def test_a_folder_in_its_place_is_told(tmp_path) -> None:
    (problem,) = load(tmp_path).problems
    assert "cannot be read" in problem.sentence


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf[layout]\r\nmeasure = 66\r\ncentred = 3\r\n")
    config = load(path)
    assert config.settings.layout.measure == 66
    assert [problem.line for problem in config.problems] == [3]


NAMES = st.sampled_from(
    [
        "general",
        "layout",
        "keys",
        "feeds",
        "rules",
        "themes",
        "theme",
        "measure",
        "preset",
        "query",
        "headers",
        "search",
        "https://a.b/c",
        "x",
        "",
    ]
)
VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_toml_gives_settings_and_problems_with_lines(document: dict[str, object]) -> None:
    text = "".join(f"{toml_value(name)} = {toml_value(value)}\n" for name, value in document.items())
    config = read(text, themes=["nord"])
    assert isinstance(config.settings, Settings)
    assert all(1 <= problem.line <= len(document) for problem in config.problems)
    assert all("\n" not in str(problem) for problem in config.problems)


@given(st.text(max_size=40))
def test_any_text_gives_settings(text: str) -> None:
    assert isinstance(read(text).settings, Settings)


def test_changes_are_told_option_by_option() -> None:
    before = read("").settings
    after = read("[layout]\nmeasure = 66\n[keys]\nsearch = 's'\n").settings
    assert changes(before, before) == []
    assert changes(before, after) == [
        Change("layout.measure", 78, 66),
        Change("keys.commands", {}, {"search": ("s",)}),
    ]


# --- the file that is written -----------------------------------------------------------------------------------


def uncommented(text: str) -> str:
    """Every option switched on: a # right before a letter taken away."""
    return re.sub(r"^#(?=[a-z])", "", text, flags=re.MULTILINE)


def test_the_written_file_changes_nothing(tmp_path) -> None:
    path = tmp_path / "deep" / "config.toml"
    write_default(path, COMMANDS)
    config = load(path, commands=COMMANDS)
    assert (config.settings, config.problems) == (Settings(), ())
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_written_file_with_everything_switched_on_changes_nothing_either() -> None:
    text = uncommented(default_text(COMMANDS))
    config = read(text)
    assert config.problems == ()
    assert replace(config.settings, keys=KeySettings()) == Settings()
    assert config.keymap == preset_keymap("newsdash", COMMANDS)
    document = tomllib.loads(text)
    for name, section in SECTIONS.items():
        assert {option.name for option in options(section)} <= set(document[name])
    assert set(document["keys"]) == {"preset", *(command.id for command in COMMANDS)}


def test_the_examples_in_the_written_file_are_right() -> None:
    text = re.sub(r"^#     ", "", default_text(()), flags=re.MULTILINE)
    config = read(text)
    assert config.problems == ()
    assert config.settings.feeds == {"https://example.org/feed.xml": FeedSettings()}
    assert config.settings.rules == (Rule("title:horoscope", "mute"),)


def test_a_file_that_is_there_is_not_overwritten(tmp_path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# mine\n")
    with pytest.raises(ConfigError, match="is there already"):
        write_default(path, COMMANDS)
    assert path.read_text() == "# mine\n"


def test_the_documentation_has_every_option() -> None:
    assert reference() in (ROOT / "docs" / "CONFIG.md").read_text()
