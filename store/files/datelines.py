"""The dateline a news story begins with: where it was written and for which agency."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SCANNED = 160
"""Characters at the start of a story in which a dateline must end."""

_KNOWN = (
    *(
        "APA",
        "AP",
        "AFP",
        "Reuters",
        "Interfax",
        "INTERFAX",
        "TASS",
        "ITAR-TASS",
        "RIA Novosti",
        "RİA Novosti",
        "Xinhua",
    ),
    *(
        "Trend",
        "Report",
        "Turan",
        "AzerTAc",
        "AZERTAC",
        "AzerTag",
        "Anadolu",
        "Kyodo",
        "Yonhap",
        "Bloomberg",
        "IANS",
        "PTI",
    ),
    *("UPI", "EFE", "ANSA", "IRNA", "Ukrinform", "UNIAN", "BelTA", "Kazinform", "KAZINFORM", "Armenpress", "Sputnik"),
    *("Agerpres", "Bernama", "Antara", "MENA", "KUNA", "SANA", "WAM", "CNN", "BBC", "dpa", "DPA", "NHK", "RFE/RL"),
)
_KNOWN_AGENCY = "(?P<agency>" + "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True)) + ")"
_AGENCY = rf"(?P<agency>{_KNOWN_AGENCY.partition('>')[2][:-1]}|[A-Z][A-Z.]{{1,9}})"
_WORD = r"[^\W\d_][^\W\d_.'’]{1,20}"
_PLACE = rf"(?P<place>{_WORD}(?:[ ’'-]{_WORD}|\. [^\W\d_]{{3,20}}){{0,3}})"
_PLACE_LOUD = r"(?P<place>[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]*){0,3})"
_REGION = r"(?:,\s?[^\W\d_][\w. ]{1,20})?"
_DAY = r"(?:[,.]\s?(?:[^\W\d_]{3,12}\.?\s\d{1,2}|\d{1,2}\s[^\W\d_]{3,12})(?:,?\s\d{4})?)?"
_DASH = r"(?:--?|[–—:])"

_SHAPES = [
    re.compile(pattern)
    for pattern in (
        # Baku-APA.
        rf"{_PLACE}\s?[-–—]\s?{_AGENCY}\.\s",
        # LONDON, March 3 (Reuters) - and MOSCOW, April 5 /TASS/.
        rf"{_PLACE}{_REGION}{_DAY}\s?[(/]\s?{_KNOWN_AGENCY}(?:\s[^()]{{1,20}})?\s?[)/]\.?\s?(?:{_DASH}|\s)",
        rf"{_PLACE_LOUD}{_REGION}{_DAY}\s?\({_AGENCY}\)\s?{_DASH}\s",
        # Moscow. April 5. INTERFAX -
        rf"{_PLACE}{_DAY}\.\s?{_AGENCY}\s?(?:{_DASH}|\.)\s",
        # (Reuters) -
        rf"\({_KNOWN_AGENCY}\)\s?{_DASH}\s",
        # BERLIN —
        rf"{_PLACE_LOUD}{_REGION}{_DAY}\s?(?:--|[–—])\s(?=[^\W\d_a-z]|[“\"])",
    )
]


@dataclass(frozen=True, slots=True)
class Dateline:
    """``place`` and ``agency`` as printed, '' when not given; the story goes on at offset ``end``."""

    place: str = ""
    agency: str = ""
    end: int = 0


def read_dateline(text: str) -> Dateline:
    """The dateline at the start of ``text``; an empty one when there is none."""
    start = text[:_SCANNED]
    if not start[:1].isupper() and not start.startswith("("):
        return Dateline()
    for shape in _SHAPES:
        if found := shape.match(start):
            groups = found.groupdict()
            place = groups.get("place") or ""
            words = place.split()
            if words and not (words[0][0].isupper() and words[-1][0].isupper() and words[0] not in ("The", "A", "An")):
                continue
            return Dateline(_place(place), groups.get("agency") or "", found.end())
    return Dateline()


def _place(printed: str) -> str:
    """``WASHINGTON`` as ``Washington``: capitals are the dateline's style, not the place's name."""
    return printed.title() if printed.isupper() and len(printed) > 3 else printed
