"""Dates as people and programs write them, with the zone they were written in.

Understood without help: ISO 8601, RFC 2822, and English dates in either order with a time and a zone
(``07 December 2012 00:47 (UTC +04:00)``, ``Dec. 7, 2012, 12:47 AM EST``, ``07.12.2012 00:47``; with dots or
slashes the day comes first unless it cannot). Other languages go through dateparser, imported when needed.
Refused: years before 1900 or more than ten years ahead, offsets beyond 14 hours, and any text that is more
than a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from store.text.clean import clean_line

MAX_LENGTH = 100
_FIRST_YEAR = 1900
_YEARS_AHEAD = 10
_MAX_OFFSET = timedelta(hours=14)

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {form: number for number, name in enumerate(_MONTH_NAMES, 1) for form in (name, name[:3])} | {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*)?"
_DATES = [
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}\b",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"{_YEAR}\s+{_MONTH}\s+{_DAY}\b",
        r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b",
        r"(?P<year>\d{4})[./](?P<number>\d{1,2})[./](?P<day>\d{1,2})\b",
        r"(?P<year>\d{4})\s?年\s?(?P<number>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<number>\d{1,2})(?P=mark)(?P<year>\d{4})\b",
    )
]
_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<number>\d{2})-?(?P<day>\d{2})(?:[T ](?P<hour>\d{2}):?(?P<minute>\d{2})"
    r"(?::?(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?\s?(?P<zone>Z|[+−-]\d{2}:?\d{2}|[+−-]\d{2})?",
    re.IGNORECASE,
)
_RFC = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) "
    r"(\d{2}):(\d{2}):(\d{2}) (?:([+-])(\d{2})(\d{2})|GMT|UTC)"
)
"""RFC 2822 as programs write it, which the readers below understand as well, and slowly."""
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s*(?:hrs|hours|h)\b\.?)?",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?)(?P<between>[^\d]{0,40})", re.IGNORECASE
)
_ZONE = re.compile(
    r"\(?\s*(?P<name>[a-z]{1,5})?\s*(?:(?P<sign>[+−–-])\s*(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)?\s*\)?"
    r"(?:\s*\([a-z .+:\d-]{0,40}\))?",
    re.IGNORECASE,
)
_NUMERIC_ZONE = re.compile(r"(?<=:\d\d)\s*[+−–-]\d{2}:?\d{2}(?:\s*\([^()]{0,30}\))?$")
_JOINTS = re.compile(r"(?:[\s,;|·•]|(?<=\s)[-–—](?=\s)|\bat\b|\bon\b|\bT(?=\d))+", re.IGNORECASE)
_SOMEWHERES_TIME = re.compile(r"\s*\(?(?:[^\W\d_]{2,20}\s){1,2}time\)?$")
_UNIX_DATE = re.compile(
    r"(?:[a-z]{3},?\s)?([a-z]{3}\s\d{1,2})\s(\d{2}:\d{2}:\d{2}(?:\s[a-z]{1,5})?)\s(\d{4})", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:first\s+)?(?:published|posted|updated|last\s+updated|modified|created|date|dated|issued)(?:\s+(?:on|at))?\s*:?\s+",
    re.IGNORECASE,
)

_WEEKDAY_FIRST = re.compile(
    r"[^\W\d_]{2,14}\.?(?:-[^\W\d_]{2,10})?,?\s+(?=\d{1,2}\.?[\s-]+(?:de\s+)?[^\W\d_]{3,12}\.?[\s-]+(?:de\s+)?\d{2,4},?\s+\d{1,2}:\d{2})"
)
"""A weekday in any language before a date with a time, as RFC 822 has it."""
_SHORT_YEAR = re.compile(r"(?P<before>\d{1,2}[\s-][^\W\d_]{3,12}\.?[\s-])(?P<year>\d{2})(?=\s+\d{1,2}:\d{2})")
_FIRST_SHORT_YEAR = 50
"""Two digits from here on are years of the last century (RFC 2822, 4.3)."""

_MINUTES_EAST = {
    **dict.fromkeys(("UTC", "GMT", "Z", "UT", "WET"), 0),
    **dict.fromkeys(("CET", "WEST", "BST", "MEZ", "WAT"), 60),
    **dict.fromkeys(("CEST", "EET", "SAST", "CAT", "MESZ"), 120),
    **dict.fromkeys(("EEST", "MSK", "TRT", "EAT", "IDT"), 180),
    **dict.fromkeys(("AZT", "GET", "AMT", "GST", "SAMT"), 240),
    **dict.fromkeys(("PKT", "UZT"), 300),
    **dict.fromkeys(("HKT", "SGT", "AWST", "PHT"), 480),
    **dict.fromkeys(("JST", "KST"), 540),
    "IRST": 210, "IST": 330, "NPT": 345, "WIB": 420, "ICT": 420, "ACST": 570,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "NDT": -150, "NST": -210, "ADT": -180, "AST": -240, "BRT": -180, "ART": -180,
    "EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360, "MST": -420,
    "PDT": -420, "PST": -480, "AKDT": -480, "AKST": -540, "HST": -600, "ET": -300, "PT": -480,
}  # fmt: skip

_LANGUAGES = (
    *("az", "tr", "ru", "uk", "be", "ka", "hy", "kk", "uz", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sk", "ro"),
    *("hu", "bg", "sr", "hr", "sl", "el", "sv", "da", "nb", "fi", "et", "lv", "lt", "ar", "fa", "he", "hi", "id", "vi"),
    *("ja", "ko", "zh", "en"),
)
"""Of the languages that dateparser knows, those asked: all two hundred take a second to load."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that was read: ``when`` is aware; ``has_zone`` is false when the zone is the caller's default."""

    when: datetime
    has_zone: bool
    has_time: bool


class _ImpossibleDateError(ValueError):
    """It has a date's shape and no date's values (31 February); nothing else should be made of it."""


def parse_date(s: str, *, default_zone: tzinfo = UTC) -> datetime | None:
    """The moment that ``s`` names, aware, or None when it names none; never raises."""
    moment = read_moment(s, default_zone=default_zone)
    return moment.when if moment else None


def read_moment(s: str, *, default_zone: tzinfo = UTC) -> Moment | None:
    """As :func:`parse_date`, and says what was given and what was assumed."""
    try:
        return _read_iso(s, default_zone) or _read_rfc(s, default_zone) or _read(_plain(s), default_zone)
    except (ValueError, OverflowError):
        return None


def looks_like_date(s: str) -> bool:
    """True for a line that is shaped like a date and nothing else, whether or not there is such a day."""
    try:
        return _read(_plain(s), UTC) is not None
    except (ValueError, OverflowError) as error:
        return isinstance(error, _ImpossibleDateError)


def _read(text: str, default_zone: tzinfo) -> Moment | None:
    if not text:
        return None
    return _read_iso(text, default_zone) or _read_english(text, default_zone) or _read_other(text, default_zone)


def _plain(s: str) -> str:
    """One short clean line with a digit, without the mark or label before a date; '' when it cannot be a date."""
    if len(s) > 2 * MAX_LENGTH:
        return ""
    text = clean_line(s).lstrip("# ")
    if len(text) <= MAX_LENGTH:
        text = _SHORT_YEAR.sub(_long_year, _WEEKDAY_FIRST.sub("", text, count=1), count=1)
    if len(text) > MAX_LENGTH or not re.search(r"\d{4}", text):
        return ""
    text = _SOMEWHERES_TIME.sub("", text[label.end() :] if (label := _LABEL.match(text)) else text)
    return f"{unix[1]}, {unix[3]} {unix[2]}" if (unix := _UNIX_DATE.fullmatch(text)) else text


def _long_year(found: re.Match[str]) -> str:
    year = int(found["year"])
    return f"{found['before']}{1900 + year if year >= _FIRST_SHORT_YEAR else 2000 + year}"


def _read_iso(text: str, default_zone: tzinfo) -> Moment | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    offset = _offset(found["zone"]) if found["zone"] else None
    time = (int(found["hour"]), int(found["minute"]), int(found["second"] or 0)) if found["hour"] else None
    return _moment(int(found["year"]), int(found["number"]), int(found["day"]), time, offset, default_zone)


def _read_rfc(text: str, default_zone: tzinfo) -> Moment | None:
    found = _RFC.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = _signed(sign, int(hours), int(minutes)) if sign else timedelta()
    time = int(hour), int(minute), int(second)
    return _moment(int(year), _MONTHS[month.lower()], int(day), time, offset, default_zone)


def _read_english(text: str, default_zone: tzinfo) -> Moment | None:
    """A date, then a time, then a zone, each but the date optional; or the time first."""
    time_text = ""
    if first := _TIME_FIRST.match(text):
        # "00:47, 07 December 2012": what stands between time and date may be the zone.
        rest = text[first.end("time") :]
        zone = _ZONE.match(rest)
        start = re.search(r"\d", rest) if not re.match(r"[^\d]*[a-z]{3,9}\.?\s+\d{1,2},", rest, re.IGNORECASE) else None
        if zone and zone["name"] and zone["name"].upper() in _MINUTES_EAST:
            time_text, text = text[: first.end("time")] + " " + zone[0], rest[zone.end() :]
        elif start or _JOINTS.match(rest):
            time_text, text = text[: first.end("time")], rest
        text = _after_joint(text)
    date = next((found for pattern in _DATES if (found := pattern.match(text))), None)
    if not date:
        return None
    rest = _after_joint(text[date.end() :]) or time_text
    time: tuple[int, int, int] | None = None
    if rest and (clock := _TIME.match(rest)) and (clock["minute"] or clock["half"]):
        time = _clock(clock)
        rest = _after_joint(rest[clock.end() :])
    offset: timedelta | None = None
    if rest:
        zone = _ZONE.fullmatch(rest)
        if not zone:
            return None
        offset = _zone_offset(zone)
    day, month = int(date["day"]), _month(date)
    if date.re.groupindex.get("mark") and month > 12 >= day and date["mark"] == "/":
        day, month = month, day
    return _moment(int(date["year"]), month, day, time, offset, default_zone)


def _read_other(text: str, default_zone: tzinfo) -> Moment | None:
    """Other languages; asked only for what has a day, a word and a year, and little else."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    numbers = re.findall(r"\d+", _NUMERIC_ZONE.sub("", text))
    if text.isascii() and any(word.lower() in _MONTHS for word in words):
        return None  # English, and not understood above.
    if not 1 <= len(words) <= 4 or not 2 <= len(numbers) <= 7 or len(text) > 60 or re.search(r"[!?;\"“”«»/@]", text):
        return None
    years = [number for number in numbers if len(number) == 4]
    if len(years) != 1 or not any(1 <= int(number) <= 31 for number in numbers if len(number) <= 2):
        return None
    zone = re.search(r"\(?\b(?:UTC|GMT)\s*[+−–-]?\s*[\d:]*\s*\)?$", text) or _NUMERIC_ZONE.search(text)
    date_text = text[: zone.start()] if zone else text
    found = _ask_dateparser(date_text.strip())
    if not found or found.year != int(years[0]):
        return None
    offset = _zone_offset(matched) if zone and (matched := _ZONE.fullmatch(zone[0].strip())) else found.utcoffset()
    time = (found.hour, found.minute, found.second) if ":" in date_text else None
    return _moment(found.year, found.month, found.day, time, offset, default_zone)


def _ask_dateparser(text: str) -> datetime | None:
    import warnings

    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = dateparser.parse(
                text, languages=_LANGUAGES, settings={"STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
            )
        except Exception:  # noqa: BLE001 - it fails in many ways on odd input, and no answer is an answer
            return None
    return found if isinstance(found, datetime) else None


def _after_joint(text: str) -> str:
    joint = _JOINTS.match(text)
    return text[joint.end() :].strip() if joint else text.strip()


def _month(date: re.Match[str]) -> int:
    groups = date.groupdict()
    return _MONTHS[groups["month"].lower()] if groups.get("month") else int(groups["number"])


def _clock(clock: re.Match[str]) -> tuple[int, int, int]:
    hour = int(clock["hour"])
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    return hour, int(clock["minute"] or 0), int(clock["second"] or 0)


def _offset(text: str) -> timedelta:
    if text.upper() == "Z":
        return timedelta()
    digits = text[1:].replace(":", "")
    return _signed(text[0], int(digits[:2]), int(digits[2:] or 0))


def _zone_offset(zone: re.Match[str]) -> timedelta | None:
    """The offset that a zone gives; None for a name that we do not know, which leaves the caller's default."""
    if zone["hours"]:
        return _signed(zone["sign"], int(zone["hours"]), int(zone["minutes"] or 0))
    minutes = _MINUTES_EAST.get((zone["name"] or "").upper())
    return None if minutes is None else timedelta(minutes=minutes)


def _signed(sign: str, hours: int, minutes: int) -> timedelta:
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset > _MAX_OFFSET:
        raise _ImpossibleDateError
    return offset if sign == "+" else -offset


def _moment(
    year: int, month: int, day: int, time: tuple[int, int, int] | None, offset: timedelta | None, default_zone: tzinfo
) -> Moment:
    zone = default_zone if offset is None else timezone(offset) if offset else UTC
    hour, minute, second = time or (0, 0, 0)
    midnight_after = (hour, minute, second) == (24, 0, 0)
    try:
        when = datetime(year, month, day, 0 if midnight_after else hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        raise _ImpossibleDateError from None
    if second > 60 or not _FIRST_YEAR <= year <= datetime.now(UTC).year + _YEARS_AHEAD:
        raise _ImpossibleDateError
    return Moment(when + timedelta(days=midnight_after), offset is not None, time is not None)
