"""Evidence for and against two appearances of a name being one person: role, company, subject.

Each appearance gives features: words of the role and affiliation (``r:``), the other people of the article (``p:``)
and the words that the article is about (``w:``). The profile of an identity has a bounded number of the features it
was seen with. Features count by their rarity, so that "minister" says less than "epidemiologist".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from math import log, sqrt
from typing import Self

from store.models import Analysis, SpeakerKind
from store.people import name_matching as names
from store.text.words import words

MOST_REMEMBERED = 160
"""Features of a profile, so that a new article costs the same however many came before."""
SUBJECT_TEXT = 2_500
"""Characters of a text that its subject is taken from: news begins with it."""
SUBJECT_WORDS = 14
COMPANY = 12
_STOP = names.set_of(
    "about above after again against along already also although always among another around based because become"
    " been before began being below between both bring brought called came can cannot come could days does doing done"
    " down during each early either else ends enough even ever every first five four from gave gets give given goes"
    " going gone good great group have having hers here high himself hold however human into its itself just keep know"
    " known last late later least left less like likely long look made make makes making many march might monday month"
    " months more most much must near need never news next nine none nothing number october often once only open other"
    " others over part past people percent place plan possible public put rather really recent report reported reports"
    " right said same says second seen september seven several shall should show since some something soon state still"
    " such take taken than that their them then there these they thing things think this those three through thursday"
    " time today together told took toward tuesday turn twice under until upon used using very wednesday week weeks"
    " well went were what when where which while whole whom whose will with within without work world would year years"
    " yesterday your friday saturday sunday january february april june july august november december"
)
_ROLE_STOP = names.set_of(
    "the of for and a an in at on to by from with former late new old his her their its who one another first second"
    " own longtime veteran young man woman rival opponent challenger wife husband son daughter father mother brother"
    " sister"
)
"""Words that say nothing of an office: every office has them, or they name a relation to another person."""


def is_everyday(word: str) -> bool:
    """Whether a folded word says nothing of the subject."""
    return word in _STOP


def subject_of(title: str, text: str) -> tuple[str, ...]:
    """The words an article is about: frequent, long, not everyday."""
    found = Counter(
        word for word in words(f"{title} {title} {text[:SUBJECT_TEXT]}") if len(word) > 3 and not is_everyday(word)
    )
    return tuple(word for word, _ in found.most_common(SUBJECT_WORDS))


def features_of(analysis: Analysis, index: int, subject: Sequence[str]) -> tuple[str, ...]:
    """The features of one person's appearance in an article."""
    person = analysis.people[index]
    own = set(words(person.name))
    return (
        *role_features(f"{person.title} {person.role} {person.affiliation}"),
        *company_features(
            other.name for at, other in enumerate(analysis.people) if at != index and other.kind is SpeakerKind.PERSON
        ),
        *(f"w:{word}" for word in subject if word not in own),
    )


def role_features(text: str) -> list[str]:
    """The words of a role, title and affiliation."""
    return [f"r:{word}" for word in dict.fromkeys(words(text)) if word not in _ROLE_STOP and len(word) > 1]


def company_features(others: Iterable[str]) -> list[str]:
    """The other people of an article who are named in full."""
    read = (names.read(name) for name in others)
    return [f"p:{' '.join(name.words)}" for name in islice((name for name in read if name and name.given), COMPANY)]


@cache
def _fields() -> dict[str, str]:
    """Word of a role to its field of life."""
    found: dict[str, str] = {}
    for line in files("store.people").joinpath("fields.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            field, listed = line.split(":", 1)
            found.update((f"r:{word}", field) for word in listed.split())
    return found


def fields_of(features: Set[str]) -> frozenset[str]:
    """The fields of life of roles: ``politics``, ``sport`` and so on; none when the words do not say."""
    known = _fields()
    return frozenset(known[feature] for feature in known.keys() & features)


@dataclass(frozen=True, slots=True)
class Profile:
    """What an identity was seen with: how often each feature, the fields of life of its roles, and whether any role is
    known."""

    counts: Mapping[str, int]
    fields: Set[str]
    tells_role: bool

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        roles = {feature for feature in counts if feature[0] == "r"}
        return cls(counts, fields_of(roles), bool(roles))


@dataclass(frozen=True, slots=True)
class Seen:
    """An appearance to compare: the weight of each feature and of each kind of feature, and the fields of life of the
    role."""

    weights: Mapping[str, float]
    by_kind: Mapping[str, float]
    fields: Set[str]

    @property
    def tells_role(self) -> bool:
        return self.by_kind["r"] > 0

    @classmethod
    def of(cls, features: Sequence[str], counts: Mapping[str, int], total: int) -> Self:
        """``counts`` says in how many appearances of all people a feature occurs, of ``total`` articles."""
        weights = {feature: log(1 + (total + 1) / (1 + counts.get(feature, 0))) for feature in features}
        by_kind = dict.fromkeys("rpw", 0.0)
        for feature, weight in weights.items():
            by_kind[feature[0]] += weight
        return cls(weights, by_kind, fields_of(weights.keys()))

    def contradicts(self, profile: Profile) -> bool:
        """Whether both have fields of life, and none in common."""
        return bool(self.fields and profile.fields and not self.fields & profile.fields)


def weigh(seen: Seen, profile: Profile, articles: int) -> float:
    """How much an appearance looks like an identity: log odds, about -4 to 8, for names that agree.

    A role that differs counts against an identity the more, the more articles it is in: papers call one office by many
    words. The
    weights are those of a logistic regression on news with full names, where other people served as namesakes.
    """
    own, shared = seen.by_kind, dict.fromkeys("rpw", 0.0)
    known = profile.counts
    for feature in [feature for feature in seen.weights if feature in known]:
        shared[feature[0]] += seen.weights[feature]
    role, company, subject = (shared[kind] / own[kind] if own[kind] else 0.0 for kind in "rpw")
    score = -2.3 + 2.2 * sqrt(company) + 4.0 * sqrt(subject)
    if seen.contradicts(profile):
        score -= 1.5
    if seen.tells_role and profile.tells_role:
        if role >= 0.3:
            score += 2.9
        elif role < 0.15:
            score -= 2.0 * min(log(1 + articles) / 3, 1.0)
    return score


def remember(profile: Mapping[str, int], features: Iterable[str]) -> dict[str, int]:
    """The profile with one more appearance; of too many features the most frequent stay, of equals the latest."""
    found = dict(profile)
    for feature in features:
        found[feature] = found.pop(feature, 0) + 1
    if len(found) <= MOST_REMEMBERED * 5 // 4:
        return found
    newest_first = list(reversed(found.items()))
    return dict(reversed(sorted(newest_first, key=lambda item: -item[1])[:MOST_REMEMBERED]))
