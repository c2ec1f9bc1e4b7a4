"""Cue words: the forms of the speech verbs, their lemmas and classes, and the phrases that work like them."""

from __future__ import annotations

from dataclasses import dataclass

from store.attribution.lexicon import word_lists

IRREGULAR = {
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "write": ("writes", "wrote", "written", "writing"),
    "read": ("reads", "read", "read", "reading"),
    "put": ("puts", "put", "put", "putting"),
    "go": ("goes", "went", "gone", "going"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "sing": ("sings", "sang", "sung", "singing"),
    "cast": ("casts", "cast", "cast", "casting"),
    "find": ("finds", "found", "found", "finding"),
    "show": ("shows", "showed", "shown", "showing"),
    "rebut": ("rebuts", "rebutted", "rebutted", "rebutting"),
}
DOUBLED = frozenset(["admit", "blog", "quip", "brag", "chat", "rip", "slam", "pen", "refer"])
"""Verbs that double the last letter: admitted, blogging."""


# What a form can be.
BASE, THIRD, PAST, PARTICIPLE, GERUND = "base", "third", "past", "participle", "ing"
"""PAST is also the participle of most verbs."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a speech verb."""

    lemma: str
    verb_class: str
    tense: str


def _forms() -> dict[str, Cue]:
    """Every form with what it is."""
    forms: dict[str, Cue] = {}
    for verb_class, lemmas in word_lists("verbs.txt").items():
        for lemma in sorted(lemmas):
            third, past, participle, ing = IRREGULAR.get(lemma) or regular_forms(lemma)
            for form, tense in (
                (participle, PARTICIPLE),
                (past, PAST),
                (third, THIRD),
                (ing, GERUND),
                (lemma, BASE),
            ):
                if form != lemma or lemma not in forms:
                    forms[form] = Cue(lemma, verb_class, tense)
    forms["read"] = Cue("read", "said", PAST)
    forms["put"] = Cue("put", "said", PAST)
    return forms


def regular_forms(lemma: str) -> tuple[str, str, str, str]:
    """Third person, past, participle and -ing of a regular verb."""
    if lemma in DOUBLED:
        stem = lemma + lemma[-1]
        return lemma + "s", stem + "ed", stem + "ed", stem + "ing"
    if lemma.endswith("e"):
        return lemma + "s", lemma + "d", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies", lemma[:-1] + "ied", lemma[:-1] + "ied", lemma + "ing"
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return third, lemma + "ed", lemma + "ed", lemma + "ing"


CUES = _forms()
"""Every lower-case form of the speech verbs, with its lemma, class and tense."""
