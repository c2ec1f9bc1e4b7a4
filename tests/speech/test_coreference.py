"""Who is meant: pronouns, roles, relations, pairs and the unnamed."""

from __future__ import annotations

from store.attribution.mentions.entities import Entities, find_cast, resolve_first_person
from store.attribution.tokens.segment import segment
from store.models import MentionKind, Quote, QuoteKind, Span, SpeakerKind


def cast_of(text: str) -> Entities:
    return find_cast(text, segment(text))


def meant(text: str, mark: str, nth: int = 0) -> str:
    """The name of the entity meant by the ``nth`` reference that reads ``mark`` ('' when nobody is)."""
    cast = cast_of(text)
    places = [r for r in cast.references if text[r.start : r.end] == mark and r.kind is not MentionKind.NAME]
    entity = places[nth].entity
    return cast.entities[entity].name if entity is not None else ""


def test_he_and_she_by_given_name() -> None:
    text = "Maria Conti met David Okoye in Rome. She praised the food. He praised the wine."
    assert meant(text, "She") == "Maria Conti"
    assert meant(text, "He") == "David Okoye"


def test_he_and_she_by_honorific() -> None:
    text = "Ms. Tran called Mr. Vu on Monday. He did not answer, and she left."
    assert meant(text, "He") == "Vu"
    assert meant(text, "she") == "Tran"


def test_the_subject_goes_before_the_object() -> None:
    text = "Thomas Reed wrote to Karl Baum about the bridge. He asked for a new one."
    assert meant(text, "He") == "Thomas Reed"


def test_an_object_is_not_the_subject_of_its_clause() -> None:
    text = "Karl Baum came early. Thomas Reed saw him at the door."
    assert meant(text, "him") == "Karl Baum"


def test_a_pronoun_in_an_opening_phrase_means_the_subject_behind() -> None:
    text = "Karl Baum came early. In his speech, Thomas Reed praised the choir."
    assert meant(text, "his") == "Thomas Reed"


def test_who_speaks_goes_on_speaking() -> None:
    text = (
        "“The river is high,” engineer Thomas Reed said.\n\nThe town blames the mayor, Karl Baum, and his party.\n\n"
        "“It will fall,” Reed said.\n\nNobody doubts Baum and the council, he noted."
    )
    assert meant(text, "he") == "Thomas Reed"


def test_he_inside_a_quotation_is_not_its_speaker() -> None:
    text = "Karl Baum resigned on Friday. “He was tired,” Thomas Reed said."
    assert meant(text, "He") == "Karl Baum"


def test_the_office_stands_for_the_person() -> None:
    text = (
        "Senator Joan Marsh and Defense Secretary Paul Quist spoke. The secretary was brief. "
        "The senator was not. The lawmaker went on for an hour."
    )
    assert meant(text, "The secretary") == "Paul Quist"
    assert meant(text, "The senator") == "Joan Marsh"
    assert meant(text, "The lawmaker") == "Joan Marsh"


def test_the_two_ministers_are_the_two_named_before() -> None:
    text = (
        "Foreign Minister Eva Sand met her counterpart, Foreign Minister Jan Vos, in Bonn.\n\n"
        "The two top diplomats spoke for an hour."
    )
    cast = cast_of(text)
    pair = next(r for r in cast.references if r.head == "diplomats")
    assert [cast.entities[member].name for member in pair.members] == ["Eva Sand", "Jan Vos"]


def test_a_wife_has_a_name_and_a_husband() -> None:
    text = "Samuel Hart and his wife Nora Hart fled. Nora Hart said that her husband was ill. His wife was not."
    assert meant(text, "his wife") == "Nora Hart"
    assert meant(text, "her husband") == "Samuel Hart"
    assert meant(text, "His wife") == "Nora Hart"


def test_a_child_by_other_nouns() -> None:
    text = "The parents came with their child, Gloria Reyes. The girl smiled. Gloria Reyes held her mother's hand."
    assert meant(text, "The girl") == "Gloria Reyes"


def test_they_are_the_officials() -> None:
    text = "Officials in the north closed the road. They said that ice was the reason."
    assert meant(text, "They") == "Officials"


def test_a_wrong_gender_is_worse_than_nobody() -> None:
    assert meant("Thomas Reed left the hall. She was late.", "She") == ""


def test_the_unnamed_are_groups_and_not_people() -> None:
    text = "A senior aide said no. Experts said yes. A spokesman for the bank declined; the spokesman gave no reason."
    cast = cast_of(text)
    names = {entity.name for entity in cast.entities if entity.kind is SpeakerKind.GROUP}
    assert {"A senior aide", "Experts", "A spokesman"} <= names
    assert not [entity for entity in cast.entities if entity.kind is SpeakerKind.PERSON]
    assert meant(text, "the spokesman") == "A spokesman"


def test_the_foundation_is_the_one_named_before() -> None:
    text = "The Larsen Foundation paid for the hall. On Monday the foundation said that it would pay again."
    assert meant(text, "the foundation") == "Larsen Foundation"


def test_who_is_the_name_before_it() -> None:
    assert meant("Nina Falk, who wrote the report, said no.", "who") == "Nina Falk"


def test_i_in_a_quotation_is_its_speaker() -> None:
    text = "“I will go and my dog will stay,” Nina Falk said."
    cast = cast_of(text)
    speaker = next(number for number, entity in enumerate(cast.entities) if entity.name == "Nina Falk")
    quote = Quote(QuoteKind.DIRECT, (Span(1, text.index("”")),), person=speaker)
    resolved = resolve_first_person(cast, [quote])
    first = [r for r in resolved.references if r.head in ("i", "my")]
    assert [r.entity for r in first] == [speaker, speaker]
    mentions = resolved.entities[speaker].mentions
    assert [text[m.start : m.end] for m in mentions] == ["I", "my", "Nina Falk"]


def test_offsets_find_their_entity() -> None:
    text = "Nina Falk said no. She left."
    cast = cast_of(text)
    entity = cast.entity_at(text.index("She"))
    assert entity is not None
    assert cast.entities[entity].name == "Nina Falk"
    assert cast.entity_at(len(text) - 2) is None


def test_the_ex_minister_is_the_minister_named_before() -> None:
    text = "Police arrested Lamin Touray, a former minister of transport. The ex-minister denies everything."
    assert meant(text, "The ex-minister") == "Lamin Touray"


def test_a_calling_not_yet_named_is_who_spoke_just_before() -> None:
    text = "“Bees count to four,” Aurélie Vasseur said. “It is a small brain,” the biologist said. “But it counts.”"
    assert meant(text, "the biologist") == "Aurélie Vasseur"
    text = "“Bees count to four,” Aurélie Vasseur said. “We are proud of her,” the spokesman said."
    assert meant(text, "the spokesman") != "Aurélie Vasseur"
