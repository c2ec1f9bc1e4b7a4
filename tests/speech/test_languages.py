"""Who said what in short invented articles in other languages, and which texts are read as English."""

from __future__ import annotations

import pytest
from support.foreign_articles import FOREIGN, Article
from support.invented_articles import ARTICLES

from store.attribution import analyse
from store.attribution.languages.detect import language_of
from store.models import Analysis, QuoteKind


def people_of(analysis: Analysis) -> list[str]:
    return [person.name + (f" ({person.role})" if person.role else "") for person in analysis.people]


def quotes_of(analysis: Analysis, text: str) -> list[str]:
    return [
        f"{quote.speaker or '?'}: " + " … ".join(text[span.start : span.end] for span in quote.spans)
        for quote in analysis.quotes
    ]


@pytest.mark.parametrize("article", FOREIGN, ids=lambda article: f"{article.code}-{article.name}")
def test_people_and_quotations(article: Article) -> None:
    assert language_of(article.text) == article.code
    analysis = analyse(article.text)
    assert people_of(analysis) == article.people
    assert quotes_of(analysis, article.text) == article.quotes
    assert all(quote.kind is QuoteKind.DIRECT for quote in analysis.quotes)


def test_there_are_ten_articles_in_each_of_six_languages() -> None:
    codes = [article.code for article in FOREIGN]
    assert all(codes.count(code) >= 10 for code in ("de", "fr", "es", "it", "pt", "ru"))


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_english_articles_are_english(name: str) -> None:
    assert language_of(ARTICLES[name]) == "en"


@pytest.mark.parametrize("article", FOREIGN, ids=lambda article: f"{article.code}-{article.name}")
def test_an_english_article_may_quote_another_language(article: Article) -> None:
    """An English text stays English as long as the foreign passage is not most of it."""
    frame = (
        "The paper that the mayor of Ostvik had sent to us was not in English, and nobody at the desk could read it. "
        "We have asked for a translation, which will take a week or so. It begins as follows: “{}” The mayor said that "
        "she had written it herself and that she was sorry for the trouble, but there was no other way to say it. "
        "“I have told them that it is a gift,” she said. The council will decide about it on Monday, and the people of "
        "the town will be asked for their views before the end of the year."
    )
    assert language_of(frame.format(article.text[:150])) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "Angela Merkel",
        "Das Boot",
        "La La Land 3, El Camino 2",
        "Real Madrid 3, Bayern München 1, Paris Saint-Germain 2, Juventus 0",
        "東京",
        "Москва 2",
        "“Vive la France!” he said.",
        "12 345 678 90",
    ],
)
def test_short_texts_are_english(text: str) -> None:
    assert language_of(text) == "en"


def test_what_stands_between_two_french_quotations_is_no_quotation() -> None:
    text = (
        "« Nous sommes prêts », a dit Paul Vernet. Le conseil votera dans la semaine, et la suite dépend de lui. "
        "« Je ne sais pas », a répondu Claire Fontanel."
    )
    assert quotes_of(analyse(text), text) == ["Paul Vernet: Nous sommes prêts", "Claire Fontanel: Je ne sais pas"]


def test_a_headline_tells_whose_surname_the_text_uses() -> None:
    text = (
        "„Wir haben alles versucht, aber es war zu spät“, sagte Brandvogt am Dienstag. "
        "Die Brücke bleibt bis zum Herbst zu."
    )
    assert analyse(text).quotes[0].speaker == ""
    titled = analyse(text, "Ilse Brandvogt verteidigt die Sperrung")
    assert [quote.speaker for quote in titled.quotes] == ["Ilse Brandvogt"]
    assert [(person.name, person.aliases) for person in titled.people] == [("Ilse Brandvogt", ("Brandvogt",))]


def test_a_quotation_tells_its_verb_and_why() -> None:
    text = "Der Hafen bleibt zu. „Wir haben keine andere Wahl“, erklärte Anna Weber. Das ist nun nicht mehr zu ändern."
    quote = analyse(text).quotes[0]
    assert (quote.verb, quote.verb_class) == ("erklärte", "explained")
    assert quote.cue is not None
    assert text[quote.cue.start : quote.cue.end] == "erklärte"
    assert quote.reason == "“erklärte” follows the quotation; its subject is Anna Weber."
