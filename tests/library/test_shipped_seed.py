"""The shipped article's people and quotations, word for word, and the same for articles written in its manner.

The three others have other names, places and roles but the same turns: a role before the name, a role after it,
a surname alone, a quotation split by its speaker, marks of two kinds, one quotation inside another, a phrase in
scare quotes, a statement reported with "he noted", and a last quotation without any cue.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.models import OpenArticle, SpeakerKind, View

DOUBLE = '“”"‘’ ,'


@dataclass(frozen=True)
class Case:
    """An article, its people with the words their role must have, and its direct quotations by speaker."""

    people: dict[str, str]
    quotes: dict[str, list[str]]
    text: str = ""


SEED = Case(
    people={
        "Matthew Rojansky": "deputy director of the Russia and Eurasia Program at the Carnegie Endowment",
        "Hillary Clinton": "Secretary of State",
        "Sergei Lavrov": "Foreign Minister",
        "Lakhdar Brahimi": "UN and Arab League peace envoy to Syria",
        "Barack Obama": "President",
        "Leon Panetta": "Defense Secretary",
        "Angela Stent": "director of the Center for Eurasian, Russian and East European Studies at Georgetown",
        "Bashar al-Assad": "Syrian President",
    },
    quotes={
        "Matthew Rojansky": [
            "This may be a time where US-Russian cooperation can shine, because we tend to do a very good job when we "
            "basically have no other alternatives",
            "Both sides are going to say, ‘I told you so",
        ],
        "Hillary Clinton": [
            "We have been trying hard to work with Russia to try to stop the bloodshed in Syria and start a political "
            "transition for a post-Assad Syrian future",
            "Events on the ground in Syria are accelerating, and we see that in many different ways",
            "The pressure against the regime in and around Damascus seems to be increasing. We’ve made it very clear "
            "what our position is with respect to chemical weapons, and I think we will discuss that and many other "
            "aspects of what is needed to end the violence.",
        ],
        "Leon Panetta": [
            "We remain very concerned that as the opposition advances, in particular on Damascus, that the regime "
            "might very well consider the use of chemical weapons",
            "The intelligence that we have causes serious concerns that this is being considered.",
        ],
        "Angela Stent": [
            "Obviously we don’t want chemical weapons to be used against the Syrian population, and we want the "
            "violence to subside",
            "And neither side wants a radical Islamist government to come to power.",
            "This would be a harbinger of something more positive to come in US-Russian relations.",
        ],
    },
)

FISHERIES = Case(
    people={
        "Ingrid Solberg": "senior fellow of the Arctic and Oceans Program at the Halvorsen Institute",
        "Pedro Carvalho": "Fisheries Minister",
        "Eva Lindholm": "Foreign Minister",
        "Tomasz Wolski": "EU special envoy",
        "Jonas Eriksen": "Norwegian Prime Minister",
        "Nadia Haddad": "professor of maritime law at the University of Lisbon",
    },
    quotes={
        "Ingrid Solberg": [
            "This could be the season when the two fleets learn to share, because nobody gains from empty nets",
            "Each of them is going to say, ‘We were here first",
        ],
        "Pedro Carvalho": [
            "We have worked for months to keep the boats apart and the talks alive",
            "The stocks are shrinking, and we see it in every port",
            "The fishermen are losing patience. We’ve told our partners what we need, and I think we will get it.",
        ],
        "Nadia Haddad": [
            "Of course we want rules that both navies accept, and we want them soon",
            "And no court can replace a treaty.",
            "That would be the beginning of a calmer decade in the north.",
        ],
    },
    text="""Fishing Dispute Cools As Winter Nears

Fishing Dispute Cools As Winter Nears
# 14 October 2019 09:30 (UTC +01:00)

Oslo-NTB. The quarrel over cod quotas in the northern waters may be forcing Norway and Portugal to settle their
differences, analysts said Monday, NTB reports.

“This could be the season when the two fleets learn to share, because nobody gains from empty nets,” Ingrid Solberg, \
senior fellow of the Arctic and Oceans Program at the Halvorsen Institute in Bergen, told NTB.

The two countries have argued about the quotas for two years.

“We have worked for months to keep the boats apart and the talks alive,” Portuguese Fisheries Minister Pedro Carvalho \
told reporters Monday in Porto, where he met with his Swedish counterpart, Foreign Minister Eva Lindholm.

Carvalho and Lindholm met later in the day with Tomasz Wolski, the EU special envoy for the northern seas.

“The stocks are shrinking, and we see it in every port,” Carvalho told reporters Monday. “The fishermen are losing \
patience. We’ve told our partners what we need, and I think we will get it.”

Norwegian Prime Minister Jonas Eriksen has warned that another collision would be a “point of no return” for the talks.

The season has shown that patrols alone cannot keep the peace, Solberg said.

Both capitals have blamed the weather in public and each other in private, she noted.

“Each of them is going to say, ‘We were here first,’” Solberg said.

The two governments share an interest in a treaty, said Nadia Haddad, professor of maritime law at the University of \
Lisbon.

“Of course we want rules that both navies accept, and we want them soon," Haddad told NTB. “And no court can replace a \
treaty.”

If the envoys agree before the spring, the patrols could end, Haddad said.

“That would be the beginning of a calmer decade in the north.”
""",
)

DAM = Case(
    people={
        "Rafael Ortega": "chief hydrologist of the Andean Water Council",
        "Lucia Mendez": "Energy Secretary",
        "Carlos Quispe": "mayor of Tarata",
        "Alberto Rojas": "President",
        "Grace Whitfield": "director of the Centre for River Studies at Leeds University",
    },
    quotes={
        "Rafael Ortega": [
            "The lake is lower than in any year of our records, because the snow came late",
            "Everybody will say, ‘Nobody warned us",
        ],
        "Lucia Mendez": [
            "We are ready to open the second tunnel",
            "The valley will have light tonight",
            "The turbines run again. We’ve checked every line, and I think the worst is behind us.",
        ],
        "Grace Whitfield": [
            "Naturally the villages want water first, and we want the same",
            "And the dam must be safe.",
            "It would be the first such agreement on this continent.",
        ],
    },
    text="""Dam Talks Resume In The Andes

Dam Talks Resume In The Andes
# 2 August 2021 18:05 (UTC -04:00)

La Paz-ABI. A long drought may be pushing the government and the villages below the dam towards an agreement, engineers
said on Monday.

“The lake is lower than in any year of our records, because the snow came late,” Rafael Ortega, chief hydrologist of \
the Andean Water Council in La Paz, told ABI.

“We are ready to open the second tunnel,” Energy Secretary Lucia Mendez told reporters Monday in Oruro, where she met \
with Carlos Quispe, the mayor of Tarata.

Mendez and Quispe drove to the dam together.

“The valley will have light tonight,” Mendez told reporters on Monday. “The turbines run again. We’ve checked every \
line, and I think the worst is behind us.”

Bolivian President Alberto Rojas has said that a second drought would be a “sleeping giant” for the country.

The council had asked for a smaller dam from the beginning, Ortega said.

“Everybody will say, ‘Nobody warned us,’” Ortega said.

The treaty of 1998 gives both sides a veto, said Grace Whitfield, director of the Centre for River Studies at Leeds \
University.

“Naturally the villages want water first, and we want the same," Whitfield told ABI. “And the dam must be safe.”

If the talks succeed, the river could be shared by three countries, Whitfield said.

“It would be the first such agreement on this continent.”
""",
)

RAILWAY = Case(
    people={
        "Daniel Okafor": "managing director of the transport desk at the Lagos Policy Forum",
        "Amina Bello": "Transport Minister",
        "Kwame Mensah": "Ghanaian Railways Commissioner",
        "Sophie Laurent": "lecturer in economic history at the Sorbonne",
    },
    quotes={
        "Daniel Okafor": [
            "A line like this changes where people live, because they go where the trains go",
            "They all say, ‘It was our idea",
        ],
        "Amina Bello": [
            "We will lay the last rail before the rains",
            "The first train leaves in June",
            "The tickets will be cheap. We’ve done the sums, and I think people will be pleased.",
        ],
        "Sophie Laurent": [
            "Clearly every port wants the terminus, and we see why",
            "And the lenders want their money.",
            "It might even outlive its builders.",
        ],
    },
    text="""Coastal Railway Nears Completion

Coastal Railway Nears Completion
# 23 March 2018 07:15 (UTC +01:00)

Lagos-NAN. The railway along the coast may be drawing two old rivals together, observers said Friday.

“A line like this changes where people live, because they go where the trains go,” Daniel Okafor, managing director of \
the transport desk at the Lagos Policy Forum, told NAN.

“We will lay the last rail before the rains,” Nigerian Transport Minister Amina Bello told reporters Friday in Accra, \
where she met with Ghanaian Railways Commissioner Kwame Mensah.

Bello and Mensah walked along the track.

“The first train leaves in June,” Bello told reporters Friday. “The tickets will be cheap. We’ve done the sums, and I \
think people will be pleased.”

The governments have called the line a “bridge of steel” and nothing less.

The rivalry between the ports is older than either republic, Okafor said.

“They all say, ‘It was our idea,’” Okafor said.

No railway in the region has been finished on time, said Sophie Laurent, lecturer in economic history at the Sorbonne.

“Clearly every port wants the terminus, and we see why," Laurent told NAN. “And the lenders want their money.”

If the line pays for itself, it could be extended to Abidjan, Laurent said.

“It might even outlive its builders.”
""",
)


@pytest.fixture(params=[SEED, FISHERIES, DAM, RAILWAY], ids=["seed", "fisheries", "dam", "railway"])
def case(request) -> Case:
    return request.param


@pytest.fixture
def opened(case, library, tmp_path) -> OpenArticle:
    if not case.text:
        library.files.ingest_seeds()
    else:
        path = Path(tmp_path / "article.txt")
        path.write_text(case.text, encoding="utf-8")
        library.files.ingest([path])
    (article_id,) = library.listing.ids(View())
    return library.articles.open(article_id)


def test_the_panel_lists_these_people_with_their_roles(case, opened) -> None:
    people = {person.name: person.role for person in opened.analysis.people if person.kind is SpeakerKind.PERSON}
    assert set(people) == set(case.people)
    for name, role in case.people.items():
        assert role in people[name]


def test_quotations_are_theirs_word_for_word(case, opened) -> None:
    said = defaultdict(list)
    text = opened.document.text
    for quote in opened.analysis.quotes:
        if quote.kind == "direct":
            assert quote.person is not None, quote
            name = opened.analysis.people[quote.person].name
            said[name] += [text[span.start : span.end].strip(DOUBLE) for span in quote.spans]
    assert said == case.quotes


def test_a_phrase_in_scare_quotes_is_no_statement_of_its_own(opened) -> None:
    text = opened.document.text
    shown = {text[span.start : span.end].strip(DOUBLE) for quote in opened.analysis.quotes for span in quote.spans}
    assert not shown & {"red line", "point of no return", "sleeping giant", "bridge of steel", "I told you so"}


def test_every_offset_lies_in_the_text(opened) -> None:
    text = opened.document.text
    for quote in opened.analysis.quotes:
        for span in (*quote.spans, *filter(None, (quote.cue, quote.speaker_span))):
            assert 0 <= span.start < span.end <= len(text)
    for person in opened.analysis.people:
        for mention in person.mentions:
            assert 0 <= mention.start < mention.end <= len(text)


def test_mis_decoded_letters_are_repaired(library) -> None:
    library.files.ingest_seeds()
    opened = library.articles.open(library.listing.ids(View())[0])
    assert "RİA Novosti" in opened.document.text
    assert "RÄ°A" not in opened.document.text
    assert "“This may be" in opened.document.text
