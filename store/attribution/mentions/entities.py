"""The people, bodies and unnamed speakers of a text, and every place that speaks of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from store.attribution.lexicon import word_lists
from store.attribution.mentions.coreference import resolve
from store.attribution.mentions.discourse import Found
from store.attribution.mentions.distant_roles import add_distant_roles
from store.attribution.mentions.name_clusters import Entity, Identities, identify
from store.attribution.mentions.names import PERSON, Name, find_names
from store.attribution.mentions.nominals import find_nominals
from store.attribution.quotations.marks import find_quotations
from store.attribution.tokens.segment import Segments, segment
from store.attribution.tokens.tagged import QuotationLike, TaggedText, read
from store.attribution.tokens.word_classes import words
from store.models import Mention, MentionKind, Person, Quote, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_BODY = SpeakerKind.ORGANISATION
A_GROUP = SpeakerKind.GROUP
A_NAME = MentionKind.NAME
A_PERSON = SpeakerKind.PERSON

_FIRST_PERSON = words("I")
_DOCUMENTS = word_lists("people_words.txt")["documents"]


@dataclass(slots=True)
class Reference:
    """A mention of somebody or something that may speak, ``text[start:end]``, tokens ``first`` to ``last``.

    ``entity`` indexes :attr:`Entities.entities`, None when it could not be told (or for "you", "I"). ``head`` is the
    head word, lower case. ``subject`` says that it looks like a clause's subject.
    """

    start: int
    end: int
    kind: MentionKind
    entity: int | None
    head: str
    subject: bool = False
    plural: bool = False
    members: tuple[int, ...] = ()
    """For "the two ministers" the people meant."""
    first: int = 0
    last: int = 0
    share: float = 1.0
    """How sure it is that the entity is meant."""

    def of(self, entity: int) -> Reference:
        """The same as a mention of ``entity``."""
        return Reference(
            self.start, self.end, self.kind, entity, self.head, self.subject, self.plural, self.members, self.first,
            self.last, self.share,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entities:
    """``entities`` in the order of their first mention; ``references`` in text order, nested ones after their outer."""

    entities: tuple[Person, ...] = ()
    references: tuple[Reference, ...] = ()

    def references_at(self, start: int, end: int) -> list[Reference]:
        """The references that overlap ``[start, end)``, in text order."""
        last = bisect_right(self.references, end - 1, key=lambda reference: reference.start)
        return [reference for reference in self.references[max(0, last - 40) : last] if reference.end > start]

    def entity_at(self, offset: int) -> int | None:
        """The entity that the innermost reference at ``offset`` means."""
        found = [reference for reference in self.references_at(offset, offset + 1) if reference.entity is not None]
        return min(found, key=lambda reference: reference.end - reference.start).entity if found else None


def find_cast(
    text: str, segments: Segments, *, title: str = "", quotations: Sequence[QuotationLike] | None = None
) -> Entities:
    """Find everybody and everything that may speak in ``text``, cut up as ``segments``.

    ``quotations`` are the spans between quotation marks, found here when not given. ``title`` is the headline when it
    is not part of the text: a full name in it is the person whose surname the text uses. Pure and deterministic; any
    text is accepted.
    """
    if quotations is None:
        quotations = find_quotations(text, segments.paragraphs)
    reading, names, identities = people_read(text, segments, quotations, title)
    nominals = find_nominals(reading, names)
    found = resolve(reading, names, identities, nominals)
    add_distant_roles(reading, identities.entities, found)
    return _build(reading, identities.entities, found)


def people_read(
    text: str, segments: Segments, quotations: Sequence[QuotationLike], title: str = ""
) -> tuple[TaggedText, Sequence[Name], Identities]:
    """The text read for names, its names, and which of them are one person."""
    reading = read(text, segments, quotations)
    names, facts = find_names(reading)
    return reading, names, identify(reading, names, facts, _people_of(title))


def _people_of(title: str) -> list[tuple[str, ...]]:
    """The full names in a headline."""
    names, _ = find_names(read(title, segment(title), ())) if title else ([], None)
    return [name.words for name in names if name.kind == PERSON]


def resolve_first_person(cast: Entities, quotes: Iterable[Quote]) -> Entities:
    """``cast`` with "I", "my", "we" inside direct quotations given to the speaker of the quotation."""
    references = list(cast.references)
    extra: dict[int, list[Mention]] = {}
    starts = [reference.start for reference in references]
    for quote in quotes:
        if quote.person is None or not 0 <= quote.person < len(cast.entities):
            continue
        for span in quote.spans:
            at = bisect_right(starts, span.start - 1)
            while at < len(references) and references[at].start < span.end:
                reference = references[at]
                if reference.head in _FIRST_PERSON and reference.entity is None and reference.end <= span.end:
                    references[at] = reference.of(quote.person)
                    extra.setdefault(quote.person, []).append(Mention(reference.start, reference.end, reference.kind))
                at += 1
    entities = list(cast.entities)
    for number, mentions in extra.items():
        merged = sorted((*entities[number].mentions, *mentions), key=lambda mention: (mention.start, mention.end))
        entities[number] = replace(entities[number], mentions=tuple(merged))
    return Entities(tuple(entities), tuple(references))


def named_in_full(cast: Entities, quotes: Iterable[Quote]) -> Entities:
    """``cast`` with those unnamed called as where they first speak: "loved ones", not "ones"."""
    entities = list(cast.entities)
    for quote in reversed([*quotes]):
        if quote.person is None:
            continue
        entity = entities[quote.person]
        unnamed = all(mention.kind is not A_NAME for mention in entity.mentions)
        if unnamed and len(quote.speaker) > len(entity.name) and entity.name.casefold() in quote.speaker.casefold():
            entities[quote.person] = replace(entity, name=quote.speaker)
    return Entities(tuple(entities), cast.references)


def listed(cast: Entities) -> tuple[Person, ...]:
    """The entities as a reader lists them: what speaks as a plan or a poll does is no organisation."""
    return tuple([replace(e, kind=A_GROUP) if e.kind is A_BODY and _is_document(e) else e for e in cast.entities])


def _is_document(entity: Person) -> bool:
    """Whether the entity has no name and a noun for a document: "the plan", "Roe's letter"."""
    words = entity.name.casefold().split()
    return words[-1] in _DOCUMENTS and all(mention.kind is not A_NAME for mention in entity.mentions)


def _build(reading: TaggedText, entities: Sequence[Entity], found: Sequence[Found]) -> Entities:
    """Number the mentioned entities by their first mention and freeze them."""
    firsts = [(min(entity.mentions)[:2], number) for number, entity in enumerate(entities) if entity.mentions]
    order = [number for _, number in sorted(firsts)]
    place = {number: at for at, number in enumerate(order)}
    people = tuple([_person(entities[number]) for number in order])
    starts, ends, lows = reading.starts, reading.ends, reading.lows
    references = [
        Reference(
            starts[item.first],
            ends[item.last],
            item.kind,
            place[item.entity] if item.entity is not None else None,
            lows[item.last],
            item.subject,
            item.entity is not None and entities[item.entity].plural,
            tuple([place[member] for member in item.members]) if item.members else (),
            item.first,
            item.last,
            item.share,
        )
        for item in found
    ]
    return Entities(people, tuple(references))


def _person(entity: Entity) -> Person:
    name = _best_form(entity)
    forms, mentions = entity.forms, entity.mentions
    by_use = sorted(forms, key=forms.__getitem__, reverse=True) if len(forms) > 1 else forms
    in_order = sorted(set(mentions)) if len(mentions) > 1 else mentions
    return Person(
        name,
        max(entity.roles, key=attrgetter("weight")).wording if entity.roles else "",
        entity.kind,
        tuple([form for form in by_use if form != name]),
        tuple([Mention(*mention) for mention in in_order]),
        entity.titles[0] if entity.titles else "",
    )


def _best_form(entity: Entity) -> str:
    """The full name most used, with its middle names and initials; a surname only when no full name is known."""
    if entity.kind is not A_PERSON or not entity.forms:
        return entity.name
    full = [form for form in entity.forms if " " in form]
    best = max(full, key=entity.forms.__getitem__) if full else entity.name
    if len(full) > 1:
        named = best.split()
        for form in full:
            parts = form.split()
            ends = parts[0] == named[0] and parts[-1] == named[-1] and len(parts) > len(named)
            if ends or form.endswith(f" {best}"):
                best = form
                break
    return best.title() if best.isupper() and len(best) > 3 else best
