"""Who said what where it is easily read wrongly: one short text for each kind of fault, with all that was said."""

from __future__ import annotations

import pytest

from store.attribution import analyse
from store.models import Analysis

Said = tuple[str | None, str]

CASES: dict[str, tuple[str, list[Said]]] = {
    "she is who was named last with her calling": (
        "Baker Olga Finch, from Crail, said she opened the shop in May.\n\n“I bake at night,” she said.\n\n"
        "Baker Ines Marlow, from Elie, said she had help from her aunt.\n\n“I only bake on Sundays,” she said.",
        [
            ("Olga Finch", "she opened the shop in May"),
            ("Olga Finch", "I bake at night,"),
            ("Ines Marlow", "she had help from her aunt"),
            ("Ines Marlow", "I only bake on Sundays,"),
        ],
    ),
    "he is who spoke and not whom he spoke about": (
        "River Trust analyst Pavel Horn said on Monday that Mayor Ian Stroud should publish the report.\n\n"
        "“The town has waited for a year,” he said.",
        [
            ("Pavel Horn", "that Mayor Ian Stroud should publish the report"),
            ("Pavel Horn", "The town has waited for a year,"),
        ],
    ),
    "he is who spoke last behind a list of names": (
        "Guests were Ian Stroud, Carl Weir and Tom Blythe, the chairman Piet Vos said. He said it was “a start”.",
        [("Piet Vos", "Guests were Ian Stroud, Carl Weir and Tom Blythe"), ("Piet Vos", "it was “a start”")],
    ),
    "a noun behind a name is no verb": (
        "The pact could bode well for trade in a second Stroud term, Olga Finch said.\n\n“It would be a good start.”",
        [
            ("Olga Finch", "The pact could bode well for trade in a second Stroud term"),
            ("Olga Finch", "It would be a good start."),
        ],
    ),
    "by a name in a relative clause": (
        "A porter who was attacked on Friday by Simon Kell has said he will not come back.",
        [("A porter", "he will not come back")],
    ),
    "who is told does not speak": (
        "The skipper was told the harbour would close and has been asked to leave by noon.",
        [],
    ),
    "who is urged in a headline does not speak": ("Drivers urged to avoid the bridge\n\nSnow fell on Monday.", []),
    "who is said to have done something does not speak": ("Councillor Vera Holt is said to have left early.", []),
    "nobody speaks": ("No one is saying that the pier will close for good.", []),
    "no official speaks": ("No official has suggested that the pier will close.", []),
    "one of them, by name": (
        "One of the rowers, Nora Pell, 29, a nurse from Oban, said: “We were lucky.”",
        [("Nora Pell", "We were lucky.")],
    ),
    "the title of an organisation before the name": (
        "Prices will fall, said Bank of Arbroath’s chief analyst, Hugo Lenz.",
        [("Hugo Lenz", "Prices will fall")],
    ),
    "a spokesman is not whom he speaks for": (
        "A spokesman for the singer Nora Pell said she was “on the mend”.",
        [("A spokesman for the singer Nora Pell", "she was “on the mend”")],
    ),
    "somebody’s mother is not her daughter": (
        "Nora Pell‘s mum confirmed: “She is home.”",
        [("Nora Pell‘s mum", "She is home.")],
    ),
    "documents speak, not whom they name next": (
        "According to the inquest papers, Kell’s boat was empty. Simon Kell, 40, denies it.",
        [("the inquest papers", "Kell’s boat was empty")],
    ),
    "police are not whom they name next": (
        "According to police, Simon Kell, 40, was found at home.",
        [("police", "Simon Kell, 40, was found at home")],
    ),
    "two speak together": (
        "Boats were damaged on Sunday night, skippers and harbour officials said.",
        [("skippers and harbour officials", "Boats were damaged on Sunday night")],
    ),
    "what a placard reads": ("Hundreds marched with banners that read “Save our pier”.", []),
    "the title of a work": ("Vera Holt tells the story in a memoir, “Salt and Rope: A Life on the Pier.”", []),
    "the place before the news": ("GLASGOW: The river rose and two bridges were closed.", []),
    "a heading with a colon": ("Ten days in the harbour: A diary of the storm\n\nThe storm came on Monday.", []),
    "so said": (
        "“It is like buying a boat and hating water.”\n\nSo said Nora Pell when she opened the regatta.",
        [("Nora Pell", "It is like buying a boat and hating water.")],
    ),
    "signed behind the quotation": (
        "“The pier will stand for another century.” -Councillor Vera Holt",
        [("Vera Holt", "The pier will stand for another century.")],
    ),
    "signed below the quotation": (
        "“The pier will stand for another hundred years.”\n\n— Vera Holt",
        [("Vera Holt", "The pier will stand for another hundred years.")],
    ),
    "a paragraph leads in": (
        "And from Councillor Vera Holt:\n\n“The pier was closed to keep all of us safe and it will open in May.”",
        [("Vera Holt", "The pier was closed to keep all of us safe and it will open in May.")],
    ),
    "the quotation is told inside what another one said": (
        "Councillor Vera Holt visited the pier on Monday.\n\n“We built this with our own hands,” she told guests, "
        "according to a note.",
        [("Vera Holt", "We built this with our own hands,")],
    ),
    "that night opens no clause": (
        "Nora Pell, for the defence, told the court the men were asleep when the boat sank that night and had heard "
        "nothing.",
        [("Nora Pell", "the men were asleep when the boat sank that night and had heard nothing")],
    ),
    "closed with two single marks": (
        "“It was a trick to sell boats,’’ Nora Pell, head of the yard, told the Gazette. “I find it sad.”",
        [("Nora Pell", "It was a trick to sell boats, … I find it sad.")],
    ),
    "single marks over two paragraphs": (
        "Opening the pier, Vera Holt said: ‘It was built by people who could not swim. I thank them.\n\n"
        "‘Nobody asked for a plaque.’\n\nThe pier opens on Friday.",
        [("Vera Holt", "It was built by people who could not swim. I thank them. … Nobody asked for a plaque.")],
    ),
    "paragraphs merged into one": (
        'Vera Holt said: "The pier is safe. "It was tested twice. "We open in May." Rain is forecast.',
        [("Vera Holt", 'The pier is safe. "It was tested twice. "We open in May.')],
    ),
    "admitted to a place": ("The skipper was rescued and admitted to the County Infirmary in Perth on Friday.", []),
    "it points to something": ("A sudden silence, with no call received, points to a loss of power.", []),
    "letters behind a name": (
        "Hugo Lenz KC, representing the yard, told the court that the claim was “absurd”.",
        [("Hugo Lenz", "that the claim was “absurd”")],
    ),
    "a whole phrase speaks": (
        "The harbour office gave no name, but loved ones say the diver is Tom Blythe.",
        [("loved ones", "the diver is Tom Blythe")],
    ),
}


def said(analysis: Analysis, text: str) -> list[Said]:
    """The speaker of each statement, and its words."""
    return [
        (
            analysis.people[quote.person].name if quote.person is not None else quote.speaker or None,
            " … ".join(text[span.start : span.end] for span in quote.spans),
        )
        for quote in analysis.quotes
    ]


@pytest.mark.parametrize("case", CASES)
def test_who_said_it(case: str) -> None:
    text, expected = CASES[case]
    assert said(analyse(text), text) == expected
