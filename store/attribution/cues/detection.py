"""Speech verbs in the text: their verb groups, and the phrases that work like them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress, groupby

from store.attribution.cues.clauses import (
    ADVERB,
    AUXILIARY,
    BOX,
    CLITIC,
    CONJUNCTION,
    DAY,
    DETERMINER,
    ED,
    FINITE,
    ING,
    MARK,
    NAME,
    NOUN,
    NUMBER,
    PREPOSITION,
    PRONOUN,
    REPORTING,
    SPEECH,
    VERB,
    Layout,
    Unit,
    words,
)
from store.attribution.cues.noun_phrases import LONGEST, Phrase, phrase_after, phrase_before
from store.attribution.cues.verbs import BASE, CUES, GERUND, PARTICIPLE, PAST, THIRD, Cue
from store.attribution.linear_model import part, part_by, probability
from store.attribution.tokens.word_classes import PLACE, word_classes

_NEGATIONS = words("negations")
_MODALS = words("modals")

ADDRESSED = frozenset(
    [
        *("tell", "assure", "inform", "remind", "warn", "urge", "advise", "notify", "promise", "brief", "implore"),
        *("beg", "instruct", "order", "encourage", "caution", "alert", "thank", "accuse", "call", "press", "challenge"),
    ]
)
"""Verbs that are followed by whom they speak to, and so are not inverted: ``told reporters``."""
_PHRASAL = {
    "point": ("out", "to"),
    "go": ("on",),
    "put": ("it", "out", "forward"),
    "refer": ("to",),
    "talk": ("about", "of"),
    "cast": ("as",),
}
"""Verbs that speak only together with a particle."""
_QUOTING = frozenset(("quote", "cite", "report", "describe", "paraphrase"))
_HEARD_TO = frozenset(
    [
        *("tell", "urge", "order", "advise", "warn", "encourage", "invite", "instruct", "remind", "pressure", "exhort"),
        *("implore", "challenge", "press", "beg", "assure", "inform"),
    ]
)
"""Verbs that need a hearer: without one before ``to``, who stands before them is it: ``Residents urged to stay``."""
_HEARD_FOR = frozenset(
    [
        *(
            "accuse",
            "praise",
            "criticise",
            "criticize",
            "blame",
            "hail",
            "credit",
            "condemn",
            "denounce",
            "mock",
            "ridicule",
        ),
        *(
            "fault",
            "congratulate",
            "thank",
            "applaud",
            "commend",
            "slam",
            "blast",
            "attack",
            "chide",
            "scold",
            "lambaste",
        ),
    ]
)
"""Verbs that need somebody or something they are about: without it before ``of`` or ``for`` it stands before them."""
_NOUNS_TOO = frozenset(
    [
        *(
            "reports",
            "claims",
            "states",
            "calls",
            "notes",
            "comments",
            "demands",
            "estimates",
            "labels",
            "charges",
            "details",
        ),
        *(
            "terms",
            "remarks",
            "attacks",
            "orders",
            "names",
            "lists",
            "issues",
            "appeals",
            "pledges",
            "promises",
            "requests",
        ),
        *(
            "shows",
            "questions",
            "answers",
            "posts",
            "messages",
            "letters",
            "texts",
            "releases",
            "brands",
            "projects",
            "signals",
        ),
        *(
            "tweets",
            "blogs",
            "credits",
            "faults",
            "mentions",
            "addresses",
            "challenges",
            "raises",
            "shares",
            "offers",
            "debates",
        ),
        *(
            "warrants",
            "forecasts",
            "complaints",
            "captions",
            "replies",
            "finds",
            "toasts",
            "airs",
            "raps",
            "queries",
            "proposals",
        ),
    ]
)
"""Forms of verbs that are as often nouns in the plural."""
_SIGNS = frozenset(
    [
        *(
            "sign",
            "placard",
            "banner",
            "poster",
            "billboard",
            "t-shirt",
            "shirt",
            "plaque",
            "sticker",
            "slogan",
            "tattoo",
        ),
        *(
            "caption",
            "headline",
            "subtitle",
            "notice",
            "graffiti",
            "label",
            "badge",
            "flag",
            "card",
            "epitaph",
            "inscription",
        ),
    ]
)
"""What bears words that nobody says there."""
_BEFORE_SIGN = frozenset(("that", "which", "simply", "also"))
VERB_KIND, ACCORDING, COLON, DASH = "verb", "according", "colon", "dash"


@dataclass(slots=True, eq=False)
class Frame:
    """A speech verb at token ``verb``, or a phrase or mark that works like one.

    ``start`` is where the verb group begins (auxiliaries and adverbs included), ``last`` the token behind the cue.
    ``kind`` is verb, according, colon or dash.
    """

    verb: int
    start: int
    last: int
    cue: Cue
    unit: int
    kind: str = VERB_KIND
    negated: bool = False
    modal: bool = False
    passive: bool = False
    infinitive: bool = False
    hypothetical: bool = False
    """Nobody has said it: ``may say``, ``if she says``."""
    shown: bool = False
    """What a sign or a banner says: ``a placard that read``."""
    quoting: int = -1
    """The verb before that tells who is quoted: ``quoted Roe as saying``."""
    credit: float = 1.0
    """How probable it is that the word is used for speech here at all."""


_SUPPOSED = frozenset(("may", "might", "could", "should", "would", "must"))
_CONDITIONS = frozenset(("if", "unless"))
MOST_FRAMES = 24
"""Speech verbs that a sentence can have; of more, which is no prose, the most credible are read."""
LEAST_CREDIT = 0.05
"""Frames below this are dropped: nouns and names that look like verbs, verbs that hardly ever report."""


def find_frames(layout: Layout) -> tuple[Layout, list[Frame]]:
    """The speech verbs outside quotations, in text order, and the layout with them tagged as such."""
    return with_credit(layout, possible_frames(layout))


def with_credit(layout: Layout, frames: list[Frame]) -> tuple[Layout, list[Frame]]:
    """The frames worth their while with their credit, which is set, and the layout with their verbs tagged."""
    for frame in frames:
        frame.credit = probability(credit_score(layout, frame))
    kept = _most_credible([frame for frame in frames if frame.credit >= LEAST_CREDIT])
    return _with_verbs(layout, kept), kept


def _most_credible(frames: list[Frame]) -> list[Frame]:
    """At most :data:`MOST_FRAMES` of each unit, in text order."""
    kept: list[Frame] = []
    for _, group in groupby(frames, key=lambda frame: frame.unit):
        unit = list(group)
        if len(unit) > MOST_FRAMES:
            unit = sorted(sorted(unit, key=lambda frame: -frame.credit)[:MOST_FRAMES], key=lambda frame: frame.verb)
        kept += unit
    return kept


@part("cue")
def _form(lemma: str, tense: str, modal: bool, infinitive: bool) -> list[str]:
    return [f"lemma={lemma}", f"lemma={lemma} tense={tense}", f"lemma={lemma} modal={modal} infinitive={infinitive}"]


@part_by("cue")
def _verb_after(lemma: str, after: str) -> list[str]:
    return [f"lemma={lemma} after={after}"]


@part_by("cue")
def _verb_before(lemma: str, before: str) -> list[str]:
    return [f"lemma={lemma} before={before}"]


@part("cue")
def _followed(lemma: str, after: str, beyond: str) -> list[str]:
    return [f"lemma={lemma} after={after} beyond={beyond}"]


@part("cue")
def _around(tense: str, before: str, after: str, beyond: str) -> list[str]:
    """What stands before the verb, behind it and one further."""
    return [
        f"tense={tense} before={before}",
        f"tense={tense} before={before} after={after}",
        f"after={after} beyond={beyond}",
    ]


@part("cue")
def _edges(edge: str, tense: str, verb_class: str, after: str) -> list[str]:
    """``edge`` is what stands before the verb group."""
    return [f"edge={edge} tense={tense}", f"class={verb_class} after={after}"]


@part("cue")
def _mood(
    kind: str, negated: bool, modal: bool, infinitive: bool, passive: bool, titled: bool, tense: str
) -> list[str]:
    return [
        kind,
        f"negated={negated} modal={modal} infinitive={infinitive} passive={passive}",
        f"titled={titled} tense={tense}",
    ]


@part("cue")
def _labelled(who: str, headline: bool, after: str) -> list[str]:
    """Who stands before a colon, ``Roe: The bridge must wait``, and whether the text begins with it."""
    return [f"colon who={who}", f"colon who={who} headline={headline}", f"colon who={who} after={after}"]


def credit_score(layout: Layout, frame: Frame) -> int:
    """How much the few tokens around a word speak for a speech verb in use."""
    unit = layout.units[frame.unit]
    cue = frame.cue
    lemma, verb_class, tense = cue.lemma, cue.verb_class, cue.tense
    names, low, high, verb, start, last = layout.names, unit.first, unit.last, frame.verb, frame.start, frame.last
    before, after = names[verb - 1] if verb > low else "-", names[last] if last < high else "-"
    edge, beyond = names[start - 1] if start > low else "-", names[last + 1] if last + 1 < high else "-"
    total = (
        _form(lemma, tense, frame.modal, frame.infinitive)
        + _verb_after(lemma)[after]
        + _verb_before(lemma)[before]
        + _followed(lemma, after, beyond)
        + _around(tense, before, after, beyond)
        + _edges(edge, tense, verb_class, after)
        + _mood(frame.kind, frame.negated, frame.modal, frame.infinitive, frame.passive, unit.titled, tense)
    )
    if frame.kind == COLON:
        total += _labelled(layout.who[frame.verb - 1], layout.opens_text(unit), after)
    return total


def possible_frames(layout: Layout) -> list[Frame]:
    """Every word and mark outside quotations that can report speech, in text order."""
    lows, tags = layout.lows, layout.tags
    following = (*lows[1:], "")
    frames: list[Frame] = []
    for index in compress(range(len(tags)), layout.reporting):
        low, tag = lows[index], tags[index]
        if tag == BOX:
            continue
        cue = CUES.get(low)
        if cue is not None:
            if not _is_noun(layout, index, cue) and _has_particle(layout, index, cue):
                if cue.lemma == "call" and following[index] in ("for", "on", "upon"):
                    cue = replace(cue, verb_class="urged")
                frames.append(_verb_frame(layout, index, cue))
        elif tag == ED:
            frames.extend(_unlisted_frame(layout, index))
        elif tag == MARK and low in REPORTING:
            frames.extend(_mark_frame(layout, index))
        elif low == "according" and following[index] == "to":
            cue = Cue("according to", "said", BASE)
            frames.append(Frame(index, index, index + 2, cue, layout.unit_of[index], ACCORDING))
    return _without_quoting(layout, frames)


def _without_quoting(layout: Layout, frames: list[Frame]) -> list[Frame]:
    """Of ``was quoted as saying`` and ``quoted Roe as saying`` keep only the saying: its subject is who is quoted."""
    kept: list[Frame] = []
    for frame in frames:
        marker = frame.start - 1
        quoting = kept[-1] if kept else None
        if (
            quoting is not None
            and quoting.cue.lemma in _QUOTING
            and quoting.unit == frame.unit
            and frame.cue.tense == GERUND
            and 0 <= marker - quoting.last <= LONGEST
            and layout.lows[marker] == "as"
        ):
            kept.pop()
            passive = quoting.passive or layout.lows[quoting.last] in ("as", "by")
            frame.cue = replace(frame.cue, tense=PAST)
            frame.start = quoting.start if passive else marker
            frame.negated, frame.quoting = quoting.negated, quoting.verb
        kept.append(frame)
    return kept


def _with_verbs(layout: Layout, frames: list[Frame]) -> Layout:
    """The layout with the forms that can only be verbs here tagged SPEECH, so that they end noun phrases."""
    verbs: list[int] = []
    for frame in frames:
        if frame.kind != VERB_KIND:
            continue
        sure = frame.modal or frame.infinitive or frame.start < frame.verb
        before = layout.tags[frame.verb - 1] if frame.verb else MARK
        following = layout.lows[frame.verb + 1] if frame.verb + 1 < len(layout.lows) else ""
        if frame.cue.tense == BASE:
            sure = sure or before == PRONOUN
        elif frame.cue.tense == THIRD:
            sure = sure or before in (PRONOUN, NAME) or following not in CUES
        else:
            sure = True
        if sure:
            verbs.append(frame.verb)
        if frame.quoting >= 0:
            verbs.append(frame.quoting)
    return layout.with_speech(verbs)


def _mark_frame(layout: Layout, index: int) -> list[Frame]:
    """``Clinton: We must act`` and ``“We must act” — Clinton``: a name, and a mark between it and what it says."""
    text = layout.texts[index]
    unit = layout.units[layout.unit_of[index]]
    if text == ":" and 0 < index - unit.first <= 12 and (index + 1 < unit.last or _leads_in(layout, index)):
        phrase = phrase_before(layout, index - 1, unit.first)
        if phrase is None or _is_dateline(layout, phrase, unit):
            return []
        if phrase.first == unit.first or FINITE.isdisjoint(layout.tags[unit.first : index]):
            return [Frame(index, index, index + 1, Cue(":", "said", BASE), layout.unit_of[index], COLON)]
    if text != ":" and index and layout.tags[index - 1] == BOX and index + 1 < unit.last:
        phrase = phrase_after(layout, index + 1, unit.last)
        if phrase is not None and unit.last - phrase.last <= 12 and layout.tags[phrase.first] == NAME:
            return [Frame(index, index, index + 1, Cue("—", "said", BASE), layout.unit_of[index], DASH)]
    return []


def _leads_in(layout: Layout, colon: int) -> bool:
    """Whether the paragraph ends with the colon and a quotation opens the next one."""
    return colon + 1 < len(layout.tags) and layout.tags[colon + 1] == BOX and layout.opens_paragraph(colon + 1)


def _is_dateline(layout: Layout, phrase: Phrase, unit: Unit) -> bool:
    """Whether a paragraph begins with the place that the news comes from: ``BHOPAL: The river rose``."""
    if phrase.first != unit.first or not layout.opens_paragraph(unit.first):
        return False
    return bool(word_classes().get(layout.lows[phrase.last - 1], 0) & PLACE)


def _unlisted_frame(layout: Layout, index: int) -> list[Frame]:
    """A verb that no list has, where only a speech verb stands: ``“…,” Smith surmised.``, ``Smith mused: “…”``."""
    tags = layout.tags
    unit = layout.units[layout.unit_of[index]]
    if "-" in layout.texts[index] or (index > unit.first and tags[index - 1] == DETERMINER):
        return []
    following = layout.name(index + 1, unit)
    ends = following in (",", ".", ":", "-", BOX) or tags[index + 1] in (PREPOSITION, DAY, ADVERB)
    quoted_after = following in (",", ":", BOX) and BOX in (layout.name(index + 1, unit), layout.name(index + 2, unit))
    subject = phrase_before(layout, index - 1, unit.first) if index > unit.first else None
    quoted_before = subject is not None and subject.first > unit.first and tags[subject.first - 1] == BOX
    inverted = index > unit.first and tags[index - 1] == BOX and following in (NAME, PRONOUN)
    if (ends and quoted_before) or (subject is not None and quoted_after) or inverted:
        cue = Cue(layout.lows[index], "other", PAST)
        return [Frame(index, index, index + 1, cue, layout.unit_of[index])]
    return []


def _has_particle(layout: Layout, index: int, cue: Cue) -> bool:
    particles = _PHRASAL.get(cue.lemma)
    if particles is None:
        return True
    return index + 1 < len(layout.lows) and layout.lows[index + 1] in particles


def _is_noun(layout: Layout, index: int, cue: Cue) -> bool:
    """Whether a form that is also a noun, a name or an adjective stands as one: ``the claims``, ``United States``."""
    unit = layout.units[layout.unit_of[index]]
    if index == unit.first:
        return cue.tense != GERUND
    before, tag = layout.lows[index - 1], layout.tags[index - 1]
    if tag == BOX:
        return False
    if layout.texts[index][0].isupper() and not unit.titled:
        return True
    if cue.tense == BASE and tag == NAME and not before.endswith("s") and _opens_with_article(layout, index, unit):
        return True
    if cue.tense in (PAST, PARTICIPLE):
        return before in ("the", "a", "an")
    if cue.tense == GERUND:
        return before in ("the", "a", "his", "her", "their", "its", "of")
    if layout.lows[index] in _NOUNS_TOO and _is_plural_noun(layout, index, unit):
        return True
    if tag == DETERMINER:
        return before not in ("this", "all", "some", "many", "most", "both", "others", "each", "few", "more", "one")
    return tag == CLITIC or (tag == PREPOSITION and before != "to")


def _opens_with_article(layout: Layout, index: int, unit: Unit) -> bool:
    """Whether a name in the singular before ``index`` belongs to a phrase with "a": ``a second Lindqvist term``."""
    for at in range(index - 2, max(unit.first, index - 5) - 1, -1):
        if layout.lows[at] in ("a", "an"):
            return True
        if layout.tags[at] not in (NAME, NOUN, NUMBER, ED, ING, ADVERB):
            return False
    return False


def _is_plural_noun(layout: Layout, index: int, unit: Unit) -> bool:
    """Whether a phrase without an article ends with the word at ``index``: ``to credible reports received by``."""
    first = index
    while first > unit.first and index - first < 3 and layout.tags[first - 1] in (NOUN, ED, NUMBER, ING):
        first -= 1
    if first == index or layout.name(index + 1, unit) in (BOX, "that", DETERMINER, NAME, PRONOUN):
        return False
    opens = layout.tags[first - 1] if first > unit.first else MARK
    return opens in (PREPOSITION, CONJUNCTION, SPEECH, VERB) or layout.tags[first] == NUMBER


def _verb_frame(layout: Layout, index: int, cue: Cue) -> Frame:
    lows, tags = layout.lows, layout.tags
    unit = layout.units[layout.unit_of[index]]
    start = index
    negated = modal = passive = infinitive = supposed = False
    while start > unit.first and index - start < 7:
        before = lows[start - 1]
        tag = tags[start - 1]
        if tag == BOX:
            break
        if before in _NEGATIONS and (tag in (AUXILIARY, ADVERB) or before.endswith(("ed", "ing", "es", "e"))):
            negated = True
        elif before in _MODALS:
            modal = True
            supposed = supposed or before in _SUPPOSED
        elif before in ("is", "was", "are", "were", "be", "been", "being", "got"):
            passive = passive or cue.tense in (PAST, PARTICIPLE)
        elif before == "to":
            infinitive = True
        elif tag not in (AUXILIARY, ADVERB) and not (tag == CLITIC and cue.tense != BASE):
            break
        start -= 1
    passive = passive or (start == index and _is_reduced_passive(layout, index, cue, unit))
    return Frame(
        index, start, _cue_end(layout, index, unit), cue, layout.unit_of[index],
        VERB_KIND, negated, modal, passive, infinitive, supposed or _is_conditional(layout, start, unit),
        _is_sign(layout, start, cue, unit),
    )  # fmt: skip


def _is_sign(layout: Layout, start: int, cue: Cue, unit: Unit) -> bool:
    """Whether a sign says it, not somebody: ``a placard reading``, ``banners that said``."""
    if cue.lemma not in ("read", "say", "declare", "proclaim", "show"):
        return False
    at = start - 1
    while at > unit.first and start - at < 4 and layout.lows[at] in _BEFORE_SIGN:
        at -= 1
    return at >= unit.first and layout.lows[at].removesuffix("s") in _SIGNS


def _is_reduced_passive(layout: Layout, index: int, cue: Cue, unit: Unit) -> bool:
    """Whether the form without an auxiliary is passive: ``Police told to wait``, ``a man accused of fraud``."""
    if cue.tense not in (PAST, PARTICIPLE) or index == unit.first or index + 1 >= unit.last:
        return False
    following = layout.lows[index + 1]
    if following == "to":
        is_headline = layout.opens_text(unit) and layout.texts[unit.last - 1] != "."
        return cue.lemma in _HEARD_TO or (is_headline and cue.lemma in ("ask", "call"))
    return following in ("of", "for", "over", "by") and cue.lemma in _HEARD_FOR


def _is_conditional(layout: Layout, start: int, unit: Unit) -> bool:
    """Whether the verb group that begins at ``start`` stands in a clause with ``if``."""
    for at in range(start - 1, max(unit.first, start - 10) - 1, -1):
        if layout.tags[at] in (BOX, MARK, AUXILIARY):
            return False
        if layout.lows[at] in _CONDITIONS:
            return True
    return False


def _cue_end(layout: Layout, index: int, unit: Unit) -> int:
    """The token behind the cue: behind the particle of ``went on`` and ``pointed out``."""
    following = layout.lows[index + 1] if index + 1 < unit.last else ""
    return index + 2 if following in ("on", "out") and layout.lows[index][:2] in ("we", "go", "po") else index + 1
