"""The query language as text: what is read, what it is written back as, and where a mistake is pointed at."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.errors import QueryError
from store.search.query import (
    Aged,
    And,
    Dated,
    Field,
    Has,
    InFeed,
    Is,
    Node,
    Not,
    Or,
    Part,
    Query,
    Regex,
    State,
    Text,
    all_of,
    any_of,
    none_of,
    parse,
)

phrases = st.lists(st.from_regex(r"[^\W_]{2,8}", fullmatch=True), min_size=1, max_size=3).map(" ".join)
awkward = st.sampled_from(["OR", "-x1", "a:b", "x(y)", "and/or", "don't", "1*2", "a.b", "AND NOT", "é—è", "港口"])
texts = st.builds(Text, phrases | awkward, st.none() | st.sampled_from(Field))
prefixes = st.builds(
    Text, st.from_regex(r"[a-z0-9é]{2,8}", fullmatch=True), st.none() | st.sampled_from(Field), st.just(True)
)
dates = st.dates().filter(lambda day: 1900 <= day.year <= 2999).map(str)
ages = st.builds(Aged, st.integers(0, 9999), st.sampled_from("hdwy"), st.booleans())
patterns = st.sampled_from(["a/b", r"\d+ km", "x|y", r"a\/b", r"\\", "[(/]", " "])
leaves: st.SearchStrategy[Node] = st.one_of(
    texts,
    prefixes,
    st.builds(InFeed, phrases),
    st.builds(Is, st.sampled_from(State)),
    st.builds(Has, st.sampled_from(Part)),
    st.builds(Dated, dates, st.booleans()),
    ages,
    patterns.map(lambda pattern: parse(str(Regex(pattern))).root),
)


def branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(children, min_size=1, max_size=4)
    return some.map(all_of) | some.map(any_of) | children.map(none_of)


nodes = st.recursive(leaves, branches, max_leaves=12)


@settings(deadline=None)
@given(nodes)
def test_a_query_written_out_reads_as_the_same_query(node) -> None:
    assert parse(str(node)) == Query(node)


@settings(deadline=None)
@given(st.text() | st.text(alphabet='ab -()"*/:\\ORNT0159é', max_size=40))
def test_any_text_is_a_query_or_a_mistake_at_a_place(text) -> None:
    query, mistake = read(text)
    if mistake is not None:
        assert 0 <= mistake.position <= len(text)
        assert "\n" not in mistake.message
    else:
        assert parse(str(query)) == query


def read(text: str) -> tuple[Query, QueryError | None]:
    try:
        return parse(text), None
    except QueryError as error:
        return Query(), error


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        ("  ", None),
        ("chemical weapons", And((Text("chemical"), Text("weapons")))),
        ('"chemical weapons"', Text("chemical weapons")),
        ("chem*", Text("chem", prefix=True)),
        ("said:clinton chemical", And((Text("clinton", Field.SAID), Text("chemical")))),
        ('about:"Hillary Clinton"', Text("Hillary Clinton", Field.ABOUT)),
        ("a1 b1 OR c1", Or((And((Text("a1"), Text("b1"))), Text("c1")))),
        ("a1 AND b1", And((Text("a1"), Text("b1")))),
        ("(a1 OR b1) -c1", And((Or((Text("a1"), Text("b1"))), Not(Text("c1"))))),
        ("NOT a1", Not(Text("a1"))),
        ("--a1", Text("a1")),
        ("-(a1 b1)", Not(And((Text("a1"), Text("b1"))))),
        ("IS:UNREAD", Is(State.UNREAD)),
        ("has:quotes", Has(Part.QUOTES)),
        ("after:2012-7", Dated("2012-07", before=False)),
        ("newer:7d", Aged(7, "d", newer=True)),
        (r"/a\/b/", Regex("a/b")),
        ("https://example.org", Text("https://example.org")),
        ("well-known", Text("well-known")),
    ],
)
def test_what_is_read(text, root) -> None:
    assert parse(text) == Query(root)


@pytest.mark.parametrize(
    ("text", "position", "part"),
    [
        ("ships (harbour", 6, "not closed"),
        ("ships harbour)", 13, "never opened"),
        ("ships ()", 6, "are empty"),
        ('ships "harbour', 6, "not closed"),
        ('ships ""', 6, "are empty"),
        ("ships OR", 6, "after"),
        ("OR ships", 0, "before"),
        ("ships -", 6, "right after"),
        ("ships is:green", 9, "unread, read, starred"),
        ("ships colour:red", 6, "colour:"),
        ("ships feed:", 6, "missing"),
        ("after:2012-13", 6, "date"),
        ("newer:7x", 6, "number"),
        ("ships a*b", 7, "end of a word"),
        ("ships !!", 6, "no letter"),
        ("ships /a(b/", 8, "regular expression"),
        ("ships /abc", 6, "not closed"),
        ("ships /(a+)+b/", 7, "very long"),
        ("x" * 2001, 2000, "2,000"),
    ],
)
def test_a_mistake_is_pointed_at(text, position, part) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert part in caught.value.message


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(.*)*x", ".*.*.*.*x", "(a*)*", r"(\w+\s?)+$", "a{999}{999}"])
def test_patterns_that_could_take_for_ever_are_refused(pattern) -> None:
    with pytest.raises(QueryError):
        parse(f"/{pattern}/")
