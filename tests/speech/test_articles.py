"""Who said what in the invented articles: speaker, kind, words, cue and verb class of every statement."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from support.invented_articles import ARTICLES

from store.attribution import analyse


class Said(NamedTuple):
    """A statement: its pieces are joined by a bar; an unknown speaker is ``""``, as are a missing cue and class."""

    speaker: str
    kind: str
    words: str
    cue: str = ""
    verb_class: str = ""


EXPECTED = {
    "appositions and roles": [
        Said("the town", "indirect", "The harbour of Ostvik will close for a year", "said", "said"),
        Said("Ilse Brandvold", "direct", "We waited far too long,", "said", "said"),
        Said("Tomas Eklund", "indirect", "the piles had rotted", "said", "said"),
        Said("Nils Aaberg", "indirect", "that the town had been warned", "told", "said"),
    ],
    "a split quotation": [
        Said(
            "Daniel Prewitt",
            "direct",
            "They kept him awake for thirty hours, | and then they handed him a pen.",
            "said",
            "said",
        ),
    ],
    "a quotation over paragraphs": [
        Said(
            "Dale Whitcomb",
            "direct",
            "I have sat in this chamber for twenty years, | I have seen "
            "good bills die. | But I have never seen a bill that does so "
            "much harm for so little gain. | We should be ashamed.",
            "said",
            "said",
        ),
    ],
    "British marks": [
        Said(
            "Steve Halloran",
            "direct",
            "We threw it away, didn’t we? | The lads’ heads went down after the second goal, and that’s on me.",
            "told",
            "said",
        ),
        Said("Mikkel Sørensen", "direct", "I thought we were the better side. It’s hard to take.", "said", "said"),
    ],
    "German marks": [
        Said("Ulrike Weber", "direct", "We have no time to lose.", "told", "said"),
        Said("Jonas Brandt", "mixed", "that „nothing has been decided“", "replied", "answered"),
    ],
    "French marks": [
        Said("Luc Moreau", "direct", "We will not sign this treaty, | It would be madness.", "said", "said"),
        Said("Claire Dubois", "direct", "The president is afraid of his own shadow.", "answered", "answered"),
    ],
    "nested quotations": [
        Said(
            "Paula Reyes",
            "direct",
            "He looked at me and said, ‘You will never work here again,’ and then he left,",
            "testified",
            "reported",
        ),
        Said("Abe Feldman", "direct", "When the mayor says ‘soon,’ she means ‘never,’", "joked", "joked"),
    ],
    "marks left open": [
        Said("Ann Pike", "direct", "We will rebuild,", "said", "said"),
        Said("Ann Pike", "direct", "It looks like a war zone,", "said", "said"),
    ],
    "scare quotes, titles and nicknames": [
        Said("William “Bud” Ferrell", "indirect", "the talks would go on", "said", "said"),
    ],
    "a transcript": [
        Said("Harris", "direct", "Please be seated. Ms. Lowell, you may proceed."),
        Said("Lowell", "direct", "Thank you, Your Honor. The witness has already told us that he was not there."),
        Said("The witness", "direct", "I never said that."),
        Said("Harris", "direct", "The jury will disregard the last remark."),
    ],
    "questions and answers": [
        Said("", "direct", "How did you choose the opening film?"),
        Said("", "direct", "We always open with a debut."),
        Said("", "direct", "Are you worried about money?"),
        Said("", "direct", "Every year."),
    ],
    "a headline with a colon": [
        Said("Erik Lindqvist", "indirect", "Ferries will run all winter", ":", "said"),
        Said("Erik Lindqvist", "indirect", "that ferries to the islands would run all winter", "promised", "promised"),
    ],
    "nothing was said": [],
    "posts": [
        Said("Jo Delgado", "direct", "I am done with this show. Goodbye.", "tweeted", "wrote"),
        Said("Jo Delgado", "direct", "My account was hacked,", "wrote", "wrote"),
        Said("one passenger", "direct", "@NorthAir lost my bags AGAIN. Never flying with them,", "posted", "wrote"),
    ],
    "according to": [
        Said("a report", "indirect", "cod stocks have fallen by a third since 2015", "According to", "said"),
        Said("researchers", "indirect", "Warmer water is to blame", "say", "said"),
        Said("Nina Holm", "direct", "Nobody should be surprised,", "according to", "said"),
    ],
    "passive and quoted second hand": [
        Said("Rosa Delmonte", "mixed", "that the bridge was “a death trap.”", "saying", "said"),
        Said("officials", "indirect", "Hundreds of people are believed to be missing", "said", "said"),
    ],
    "statements of companies": [
        Said("Halden Corp", "indirect", "that profits would miss forecasts", "warned", "warned"),
        Said("Olu Adeyemi", "direct", "We are disappointed,", "said", "said"),
        Said("Greta Lund", "mixed", "that costs had risen “faster than anyone expected.”", "told", "said"),
    ],
    "speech verbs in the present": [
        Said("Adaeze Nwosu", "direct", "We were stunned,", "says", "said"),
        Said("Peter Lang", "direct", "The sample was tiny,", "cautions", "warned"),
    ],
    "a court report": [
        Said("Lena Fischbach", "mixed", "that Oduya had acted “out of pure spite.”", "told", "said"),
        Said("Daniel Prewitt", "indirect", "that the police had coerced a confession", "argued", "claimed"),
        Said("Miriam Castle", "indirect", "she would hand down a sentence on May 4", "said", "said"),
    ],
    "speakers without a name": [
        Said("one", "direct", "He kept to himself,", "said", "said"),
        Said("Another", "mixed", "he had seen him “maybe twice.”", "said", "said"),
        Said(
            "Roy Tanner",
            "indirect",
            "officers were called at 3 a.m. and found the door open; nothing was stolen",
            "said",
            "said",
        ),
    ],
    "who denies, warns and asks": [
        Said("Petra Novotna", "indirect", "that the budget had been cut", "denied", "denied"),
        Said("Jan Kolar", "direct", "Where is the money, then?", "asked", "asked"),
        Said("Jan Kolar", "indirect", "that hospitals would close", "warned", "warned"),
        Said("Petra Novotna", "indirect", "that talks were under way", "admitted", "confirmed"),
        Said("Petra Novotna", "indirect", "that she would resign if they failed", "adding", "added"),
    ],
}


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_who_said_what(name: str) -> None:
    text = ARTICLES[name]
    found = [
        Said(
            quote.speaker,
            quote.kind.value,
            " | ".join(text[span.start : span.end] for span in quote.spans),
            text[quote.cue.start : quote.cue.end] if quote.cue is not None else "",
            quote.verb_class,
        )
        for quote in analyse(text).quotes
    ]
    assert found == EXPECTED[name]
