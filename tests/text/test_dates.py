"""Dates as files and feeds write them, and what must not be taken for one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.document_checks import short

from store.text.dates import looks_like_date, parse_date, read_moment

SAME = "2012-12-07T00:47:00+04:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 07 December 2012 00:47 (UTC +04:00)", SAME),
        ("2012-12-07T00:47:00+04:00", SAME),
        ("20121207T004700+0400", SAME),
        ("# 07 December 2012 00:47 (UTC +4)", SAME),
        ("# 7 Dec 2012, 12:47 AM (UTC+04:00)", SAME),
        ("Fri, 07 Dec 2012 00:47:00 +0400", SAME),
        ("07 December 2012 - 00:47 (UTC +04:00)", SAME),
        ("Published: Friday, 7th December 2012 at 0:47 AZT", SAME),
        ("7 декабря 2012 00:47 (UTC +4)", SAME),
        ("# December 7, 2012 00:47 UTC", "2012-12-07T00:47:00+00:00"),
        ("#07 December 2012 00:47", "2012-12-07T00:47:00+00:00"),
        ("Fri Dec  7 00:47:00 2012", "2012-12-07T00:47:00+00:00"),
        ("00:47 GMT, 7 Dec 2012", "2012-12-07T00:47:00+00:00"),
        ("07 Aralık 2012 00:47", "2012-12-07T00:47:00+00:00"),
        ("7 décembre 2012", "2012-12-07T00:00:00+00:00"),
        ("2012年12月7日", "2012-12-07T00:00:00+00:00"),
        ("# 07.12.2012 00:47 (UTC −03:30)", "2012-12-07T00:47:00-03:30"),
        ("25/12/2012", "2012-12-25T00:00:00+00:00"),
        ("12/25/2012", "2012-12-25T00:00:00+00:00"),
        ("# 07 December 2012 00:47 (UTC +05:45)", "2012-12-07T00:47:00+05:45"),
        ("# 29 February 2012 23:59 (UTC -12:00)", "2012-02-29T23:59:00-12:00"),
        ("Dec. 7, 2012, 3:05 p.m. EST", "2012-12-07T15:05:00-05:00"),
        ("2012-12-07 24:00", "2012-12-08T00:00:00+00:00"),
    ],
    ids=short,
)
def test_dates_keep_the_zone_they_were_written_in(text: str, expected: str) -> None:
    read = parse_date(text)
    assert read is not None
    assert read.isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "# 2012", "# Background", "May 2012", "2012", "20121", "The accord of 7 December 2012 was signed"),
        *("Chapter 12 of 2012", "12 deaths in 2012", "Room 7 in 1984", "1" * 5000, "Beijing 2008: 7 lessons", "10 May"),
    ],
    ids=short,
)
def test_other_text_is_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert not looks_like_date(text)


@pytest.mark.parametrize(
    "text",
    [
        *("# 31 February 2012 25:61 (UTC +99:00)", "2012-13-45", "0001-01-01", "1899-12-31", "3012-01-01"),
        *("2012-12-07T00:47:00+99:99", "7 December 2012 00:47 UTC+15", "30.02.2012"),
    ],
    ids=short,
)
def test_impossible_dates_are_none_and_still_look_like_dates(text: str) -> None:
    assert parse_date(text) is None
    assert looks_like_date(text)


def test_what_was_assumed_is_said() -> None:
    zoned, plain, day = (read_moment(text) for text in (SAME, "7 December 2012 00:47", "7 December 2012"))
    assert zoned is not None
    assert plain is not None
    assert day is not None
    assert (zoned.has_zone, plain.has_zone, plain.has_time, day.has_time) == (True, False, True, False)
    assert parse_date("7 December 2012", default_zone=timezone(timedelta(hours=4))) == datetime(
        2012, 12, 6, 20, tzinfo=UTC
    )


@given(st.datetimes(datetime(1900, 1, 2), datetime(2030, 1, 1)), st.integers(-56, 56))
def test_every_common_form_is_read_back(when: datetime, quarters: int) -> None:
    zone = timezone(timedelta(minutes=15 * quarters))
    when = when.replace(second=0, microsecond=0, tzinfo=zone)
    offset = when.strftime("%z")
    colon = f"{offset[:3]}:{offset[3:]}"
    for form in (
        when.isoformat(),
        when.strftime(f"%a, %d %b %Y %H:%M:%S {offset}"),
        when.strftime(f"# %d %B %Y %H:%M (UTC {colon})"),
        when.strftime(f"%B %d, %Y %I:%M %p UTC{colon}"),
        when.strftime(f"%d.%m.%Y %H:%M (UTC {colon})"),
    ):
        assert parse_date(form) == when, form


@given(st.one_of(st.text(max_size=120), st.text(alphabet="0123456789 -+:/.,TZ()#UTCMaydec−年", max_size=60)))
def test_any_text_is_a_date_or_none(text: str) -> None:
    read = parse_date(text)
    looks_like_date(text)
    if read is not None:
        assert read.tzinfo is not None
        assert abs(read.utcoffset() or timedelta()) <= timedelta(hours=14)
        assert 1900 <= read.year <= datetime.now(UTC).year + 11
