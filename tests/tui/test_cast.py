"""Who speaks in an article: order, letters and colours."""

from __future__ import annotations

from store.models import Analysis, Mention, MentionKind, Person, Quote, QuoteKind, Span, SpeakerKind
from tui.widgets.speakers import SpeakerList


def person(name: str, at: int, **more: str) -> Person:
    return Person(name, mentions=(Mention(at, at + len(name)),), **more)


def quote(start: int, who: int | None, speaker: str = "") -> Quote:
    return Quote(QuoteKind.DIRECT, (Span(start, start + 5),), speaker, who)


def test_most_quoted_first_then_first_named_then_those_only_mentioned() -> None:
    people = (person("Ann", 50), person("Bob", 10), person("Cy", 0), person("Dee", 70))
    cast = SpeakerList.of(Analysis(1, people, (quote(100, 0), quote(110, 1), quote(120, 3), quote(130, 3))))
    assert [(voice.name, voice.mark, voice.quotes) for voice in cast.voices] == [
        ("Dee", "A", [2, 3]),
        ("Bob", "B", [1]),
        ("Ann", "C", [0]),
        ("Cy", "", []),
    ]
    assert [cast.voice(index).name for index in range(4)] == ["Ann", "Bob", "Dee", "Dee"]


def test_quotations_without_a_known_speaker_come_last_and_carry_a_question_mark() -> None:
    cast = SpeakerList.of(Analysis(1, (person("Ann", 0),), (quote(10, None), quote(20, None), quote(30, 0))))
    assert [(voice.name, voice.mark, voice.colour) for voice in cast.voices] == [
        ("Ann", "A", 1),
        ("Unknown speaker", "?", 0),
    ]


def test_a_speaker_who_is_no_listed_person_has_a_place_too() -> None:
    cast = SpeakerList.of(Analysis(1, (), (quote(10, None, "officials"), quote(20, None, "officials"))))
    assert [(voice.name, voice.mark, len(voice.quotes)) for voice in cast.voices] == [("officials", "A", 2)]


def test_every_speaker_has_a_letter_and_a_colour_however_many_there_are() -> None:
    people = tuple(person(f"P{number}", number, kind=SpeakerKind.PERSON) for number in range(70))
    cast = SpeakerList.of(Analysis(1, people, tuple(quote(1000 + 10 * number, number) for number in range(70))))
    assert all(voice.mark and 1 <= voice.colour <= 8 for voice in cast.voices)
    assert [voice.mark for voice in cast.voices[24:28]] == ["Y", "Z", "a", "b"]


def test_things_without_a_name_are_listed_only_when_they_say_something() -> None:
    def thing(name: str, kind: MentionKind) -> Person:
        return Person(name, kind=SpeakerKind.ORGANISATION, mentions=(Mention(0, len(name), kind),))

    people = (
        thing("the plan", MentionKind.NOMINAL),
        thing("the ministry", MentionKind.NOMINAL),
        thing("Acme", MentionKind.NAME),
    )
    cast = SpeakerList.of(Analysis(1, people, (quote(10, 1),)))
    assert [voice.name for voice in cast.voices] == ["the ministry", "Acme"]
    assert cast.voice(0).name == "the ministry"
