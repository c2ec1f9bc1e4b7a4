"""Who is meant by "she", "they", "who".

Each candidate before a pronoun gets a score from distance, subjecthood, gender and how much the text speaks of
it; a candidate of the wrong gender or number is none. The window behind is bounded, so the work stays linear.
"""

from __future__ import annotations

from store.attribution.cues.verbs import CUES
from store.attribution.mentions.antecedents import NOBODY, Candidate, Meaning, choose_antecedent
from store.attribution.mentions.discourse import Discourse, Found, is_subject
from store.attribution.mentions.name_clusters import Entity
from store.attribution.tokens.tagged import TaggedText
from store.attribution.tokens.word_classes import FUNCTION, PLACE, words
from store.models import MentionKind, SpeakerKind

# Looking a member up in its class takes as long as ten comparisons, and these are compared by the thousand.
A_BODY = SpeakerKind.ORGANISATION
A_GROUP = SpeakerKind.GROUP
A_NAME = MentionKind.NAME
A_PERSON = SpeakerKind.PERSON
A_PRONOUN = MentionKind.PRONOUN

_PREPOSITIONS = words("prepositions")
_CLAUSE_OPENERS = words("clause openers")
_AUXILIARIES = words("auxiliaries")
_OPENING_CONJUNCTIONS = words("opening conjunctions")

HALF_SURE = 0.8
"""How sure what hand-set rules find is taken to be."""
ENOUGH, LEAST_GROUP, LEAST_BODY = 1.5, 1.5, 2.5
"""The worth that a person, a group or a body must exceed; better nobody than somebody far away."""
_RECENCY = (3.8, 3.0, 1.8, 1.0, 0.5, 0.2)
"""By the distance in sentences."""


_LISTS = {word: title for title in ("he", "she", "they", "it", "who") for word in words(title)} | {"that": "who"}
"""The list that each pronoun stands in; "that" is read like "who"."""
PRONOUNS = words("I") | words("you") | frozenset(_LISTS)
"""All pronouns that are references; "that" may be one."""


def meaning(discourse: Discourse, at: int, but: int | None = None) -> Meaning:
    """The entity that the pronoun at token ``at`` means, never ``but``; None when nothing is likely enough."""
    match _LISTS.get(discourse.reading.lows[at]):
        case "he":
            return _person(discourse, at, -1, but)
        case "she":
            return _person(discourse, at, 1, but)
        case "they":
            return _most_worth(_groups(discourse, at), LEAST_GROUP)
        case "it":
            return _most_worth(_bodies(discourse, at), LEAST_BODY)
        case "who":
            return Meaning(_just_before(discourse, at))
    return NOBODY


def _most_worth(candidates: list[Candidate], least: float) -> Meaning:
    """The candidate whom hand-set rules think most of, if that is more than ``least``."""
    best = max(candidates, key=lambda candidate: candidate.worth, default=None)
    return Meaning(best.entity, HALF_SURE) if best is not None and best.worth > least else NOBODY


def _person(discourse: Discourse, at: int, gender: int, but: int | None) -> Meaning:
    """The person for "he" (``gender`` -1) or "she" (1); outside quotations one of unknown gender takes it."""
    ahead = _ahead(discourse, at, gender)
    if ahead is not None:
        return Meaning(ahead)
    candidates = _people(discourse, at, gender, but)
    if discourse.says(at, at):
        meant = choose_antecedent(discourse, at, "he", candidates)
    else:
        meant = _most_worth(candidates, ENOUGH)
    told = discourse.reading.quotation[at] < 0
    if told and meant.entity is not None and abs(discourse.entities[meant.entity].gender) < 0.5:
        discourse.entities[meant.entity].gender = 0.8 * gender
    return meant


def _people(discourse: Discourse, at: int, gender: int, but: int | None) -> list[Candidate]:
    """Who may be meant by "he" or "she", the nearest first."""
    reading = discourse.reading
    subject = is_subject(reading, at, at)
    owning = _owns(reading, at)
    governed = reading.lows[at] in ("him", "her") and not owning
    quoted = reading.quotation[at]
    speaks = discourse.says(at, at)
    saying = discourse.saying(at)
    speakers = discourse.speakers_of(quoted, at) if quoted >= 0 else frozenset()
    nearest: dict[int, Candidate] = {}
    for found, distance, entity in discourse.behind(at):
        if entity.plural or entity.gender * gender < -0.5:
            continue
        if entity.kind is not A_PERSON and (entity.kind is not A_GROUP or found.kind is A_NAME):
            continue  # unnamed people may be meant ("a teacher"), no body and no people as a whole
        if found.entity in speakers or found.entity == but or found.first <= at <= found.last:
            continue
        if governed and distance == 0 and found.subject and _one_clause(reading, found.last, at):
            continue
        if governed and saying is not None and saying[1] == found.entity and saying[0] in (at - 1, at - 2):
            continue  # "Roe described him": somebody else
        score = _RECENCY[distance] + _salience(reading, found, entity, subject, quoted)
        if entity.gender * gender > 0.5:
            score += 1.0
        if owning and distance == 0:
            score += 0.6
            if at - found.last == 2 and reading.lows[at - 1] == "and":
                score += 2.0
        if speaks and found.entity == discourse.speaker:
            score += 1.5
        _keep(nearest, found, distance, score)
    return [*nearest.values()]


def _keep(nearest: dict[int, Candidate], found: Found, distance: int, worth: float) -> None:
    """Add a candidate with its nearest mention, and the highest worth that one of its mentions has."""
    if found.entity is None:
        return
    known = nearest.get(found.entity)
    if known is None:
        nearest[found.entity] = Candidate(found.entity, found, distance, worth)
    elif worth > known.worth:
        nearest[found.entity] = known._replace(worth=worth)


def _salience(reading: TaggedText, found: Found, entity: Entity, subject: bool, quoted: int) -> float:
    count = len(entity.mentions)
    score = 0.15 * (count if count < 6 else 6)
    if found.subject:
        score += 1.5 + (0.5 if subject else 0.0)
    elif found.first and reading.lows[found.first - 1] in _PREPOSITIONS:
        score -= 0.6
    if found.kind is A_PRONOUN:
        score += 0.3
    if entity.kind is not A_PERSON:
        score -= 1.3
    if reading.quotation[found.first] >= 0 and reading.quotation[found.first] != quoted:
        score -= 2.5
    return score


def _owns(reading: TaggedText, at: int) -> bool:
    """Whether the pronoun owns the noun after it: "his house", "her house", not "saw her"."""
    low = reading.lows[at]
    if low != "her":
        return low == "his"
    if at + 1 >= len(reading.texts):
        return False
    noun = reading.texts[at + 1][0].isalpha() and not reading.flags[at + 1] & FUNCTION
    return noun or reading.lows[at + 1] in ("own", "first", "last", "two")


def _one_clause(reading: TaggedText, last: int, at: int) -> bool:
    """Whether no conjunction or mark stands between the two tokens."""
    return at - last <= 6 and _CLAUSE_OPENERS.isdisjoint(reading.lows[last + 1 : at])


def _ahead(discourse: Discourse, at: int, gender: int) -> int | None:
    """For "In his speech, Smith said": a pronoun in an opening phrase means the subject behind the comma."""
    comma = _opening_comma(discourse.reading, at)
    if comma < 0:
        return None
    reading = discourse.reading
    for name, entity in discourse.names_between(comma + 1, comma + 7):
        if entity is None or not discourse.is_person(entity):
            continue
        if reading.sentence[name.first] != reading.sentence[at] or discourse.entities[entity].gender * gender < -0.5:
            return None
        return None if any(map(_breaks_off, reading.lows[comma + 1 : name.first])) else entity
    return None


def _breaks_off(word: str) -> bool:
    """Whether a verb or preposition, so that what follows is not the subject."""
    if word in ("'s", "’s"):
        return False
    return word in _AUXILIARIES or word in _PREPOSITIONS or word in CUES


def _opening_comma(reading: TaggedText, at: int) -> int:
    """The comma that ends the phrase or clause which opens the sentence and holds ``at``; -1 without one."""
    texts, lows, sentence = reading.texts, reading.lows, reading.sentence
    first = at
    while first > 0 and at - first < 12 and sentence[first - 1] == sentence[at]:
        first -= 1
    if first > 0 and sentence[first - 1] == sentence[at]:
        return -1
    opening = lows[first]
    opens = opening in _PREPOSITIONS or opening in _OPENING_CONJUNCTIONS or opening.endswith("ing")
    if not opens or "," in texts[first:at]:
        return -1
    for comma in range(at + 1, min(at + 15, len(texts) - 1)):
        if sentence[comma + 1] != sentence[at]:
            return -1
        if texts[comma] == ",":
            return comma
    return -1


def _groups(discourse: Discourse, at: int) -> list[Candidate]:
    """Who may be meant by "they": plurals, bodies and two people named together just before."""
    reading = discourse.reading
    nearest: dict[int, Candidate] = {}
    for found, distance, entity in discourse.behind(at):
        if distance > 3 or not (entity.plural or entity.kind is A_BODY):
            continue
        score = _RECENCY[distance] + (1.0 if found.subject else 0.0)
        if entity.kind is A_BODY:
            score -= 1.0 if not reading.flags[found.last] & PLACE else 2.0
        if len(entity.mentions) > 1:
            score += 0.3
        if found.entity == discourse.speaker:
            score += 1.0
        _keep(nearest, found, distance, score)
    if discourse.pair is not None and discourse.found and reading.sentence[at] - discourse.pair[0] <= 1:
        pair = discourse.pair_entity(discourse.pair[1])
        nearest.setdefault(pair, Candidate(pair, discourse.found[-1], 0, 3.5))
    return [*nearest.values()]


def named_body(discourse: Discourse, at: int) -> Meaning:
    """The organisation just named that "the company" at token ``at`` means; no place."""
    reading = discourse.reading
    nearest: dict[int, Candidate] = {}
    for found, distance, entity in discourse.behind(at):
        if distance <= 3 and entity.kind is A_BODY and found.kind is A_NAME and not reading.flags[found.last] & PLACE:
            _keep(nearest, found, distance, _RECENCY[distance] + (1.2 if found.subject else 0.0))
    return _most_worth([*nearest.values()], LEAST_BODY)


def _bodies(discourse: Discourse, at: int) -> list[Candidate]:
    """The organisations that may be meant by "it"."""
    nearest: dict[int, Candidate] = {}
    for found, distance, entity in discourse.behind(at):
        if distance <= 2 and entity.kind is A_BODY:
            spoke = 1.5 if found.entity == discourse.speaker else 0.0
            _keep(nearest, found, distance, _RECENCY[distance] + (1.2 if found.subject else 0.0) + spoke)
    return [*nearest.values()]


def _just_before(discourse: Discourse, at: int) -> int | None:
    """What "who" or "which" stands for: the mention that ends right before it, or before its comma."""
    sentence = discourse.reading.sentence
    for found in reversed(discourse.found[-4:]):
        if found.entity is not None and at - found.last <= 2 and sentence[found.last] == sentence[at]:
            return found.entity
    return None
