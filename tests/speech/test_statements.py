"""Who said what, on invented articles: each shows one thing that news does with speech."""

from __future__ import annotations

from store.attribution import analyse
from store.models import Quote


def statements(text: str) -> list[tuple[str, str, str]]:
    """(speaker, kind, words) of each statement; the pieces of a split one are joined by `` | ``."""
    return [
        (quote.speaker, quote.kind.value, " | ".join(text[span.start : span.end] for span in quote.spans))
        for quote in analyse(text).quotes
    ]


def quoted(text: str) -> list[tuple[str, str]]:
    """(speaker, words) of each direct statement."""
    return [(speaker, words) for speaker, kind, words in statements(text) if kind == "direct"]


def the_quote(text: str) -> Quote:
    """The only statement of ``text``."""
    (quote,) = analyse(text).quotes
    return quote


def test_a_name_before_its_verb() -> None:
    text = "The council met on Tuesday.\n\n“We will rebuild the bridge by spring,” Mayor Ilse Brandvold said."
    assert quoted(text) == [("Ilse Brandvold", "We will rebuild the bridge by spring,")]


def test_a_name_behind_its_verb_with_its_role() -> None:
    text = "“The ice is thinner than last year,” said Tomas Eklund, director of the Polar Institute in Lund."
    assert quoted(text) == [("Tomas Eklund", "The ice is thinner than last year,")]


def test_an_apposition_between_name_and_verb() -> None:
    text = "“She will walk again within a month,” Hugh Tarrant, a doctor at the clinic, said."
    assert quoted(text) == [("Hugh Tarrant", "She will walk again within a month,")]


def test_a_long_apposition_with_commas_and_brackets() -> None:
    text = (
        "“I cannot support the bill as it stands,” Rep. Dana Whitlow (R-Ohio), a member of the budget, trade and "
        "farming committees, told reporters."
    )
    assert quoted(text) == [("Dana Whitlow", "I cannot support the bill as it stands,")]


def test_a_cue_before_with_a_colon() -> None:
    text = "Governor Peter Maloney was blunt. He said: “We are out of money, and we are out of time.”"
    assert quoted(text)[0][1] == "We are out of money, and we are out of time."
    assert quoted(text)[0][0] == "Peter Maloney"


def test_a_split_quotation_is_one_statement_of_two_spans() -> None:
    text = "Rosa Lindqvist owns the bakery.\n\n“I opened at five,” Lindqvist said, “and the queue reached the church.”"
    assert quoted(text) == [("Rosa Lindqvist", "I opened at five, | and the queue reached the church.")]


def test_sentences_after_the_cue_go_on_the_statement() -> None:
    text = "“Prices have doubled,” said Farid Haddad, who runs the market. “Nobody buys olives now. They buy bread.”"
    assert quoted(text) == [("Farid Haddad", "Prices have doubled, | Nobody buys olives now. They buy bread.")]


def test_a_quotation_without_a_cue_keeps_the_speaker_and_says_so() -> None:
    text = (
        "The talks could resume in May, Amara Diallo, the chief negotiator, said.\n\n"
        "“That would give both delegations time to think.”"
    )
    last = analyse(text).quotes[-1]
    assert last.speaker == "Amara Diallo"
    assert "Diallo" in last.reason


def test_paragraphs_that_stay_open_are_one_speaker() -> None:
    text = (
        "Bishop Anselm Varga spoke for an hour.\n\n"
        "“The roof has leaked since the storm,” Varga said.\n\n"
        "“We have asked the city twice for help.\n\n"
        "“We will not ask a third time.”"
    )
    assert quoted(text) == [
        ("Anselm Varga", "The roof has leaked since the storm,"),
        ("Anselm Varga", "We have asked the city twice for help. | We will not ask a third time."),
    ]


def test_pronouns_stand_for_the_person_named_before() -> None:
    text = (
        "Dr. Miriam Oyelaran leads the malaria study.\n\n“The vaccine works in children,” she said. "
        "“It must now work in the rains.”"
    )
    assert quoted(text) == [("Miriam Oyelaran", "The vaccine works in children, | It must now work in the rains.")]


def test_unnamed_speakers_keep_their_noun_phrase() -> None:
    text = "“Nobody told us about the closure,” a senior aide said on condition of anonymity."
    speaker, words = quoted(text)[0]
    assert "aide" in speaker
    assert words == "Nobody told us about the closure,"


def test_according_to() -> None:
    text = "The river rose four metres in a night, according to Jelena Kovac, a hydrologist."
    quote = the_quote(text)
    assert quote.verb == "according to"
    assert quote.speaker == "Jelena Kovac"
    assert text[quote.start : quote.end].startswith("The river rose four metres in a night")


def test_indirect_speech_with_and_without_that() -> None:
    text = "Finance Minister Oskar Lund said that the deficit would fall next year.\n\nLund said taxes would not rise."
    assert statements(text) == [
        ("Oskar Lund", "indirect", "that the deficit would fall next year"),
        ("Oskar Lund", "indirect", "taxes would not rise"),
    ]


def test_the_whole_sentence_before_the_cue() -> None:
    text = "The two ports will share a customs office from June, Harbour Master Nils Aaberg said."
    assert statements(text) == [("Nils Aaberg", "indirect", "The two ports will share a customs office from June")]


def test_a_mixed_statement_is_shown_whole_and_its_marked_words_not_again() -> None:
    text = "President Lucia Ferrante has warned that a strike would cross a “red line” and cost thousands of jobs."
    (statement,) = statements(text)
    assert statement == (
        "Lucia Ferrante",
        "mixed",
        "that a strike would cross a “red line” and cost thousands of jobs",
    )


def test_scare_quotes_titles_and_nicknames_are_no_statements() -> None:
    text = (
        "The so-called “green” furnace burns coal. Its maker won a prize for the film “Ashes of Winter” last year. "
        "Friends know him as “Lucky” Jorgensen."
    )
    assert quoted(text) == []


def test_declining_to_say_is_no_statement() -> None:
    text = "Ingrid Solberg declined to say whether she would run again. Her spokesman did not comment."
    assert statements(text) == []


def test_the_hearer_of_a_question_is_not_its_speaker() -> None:
    text = "At the hearing, Judge Karl Weiss was asked whether the trial would be moved."
    assert "Karl Weiss" not in [speaker for speaker, _, _ in statements(text)]


def test_nested_quotations_belong_to_the_outer_one() -> None:
    text = "Pavel Dvorak coached both brothers. “They both say, ‘I told you so,’” Dvorak said."
    assert quoted(text) == [("Pavel Dvorak", "They both say, ‘I told you so,’")]


def test_british_marks_with_apostrophes_inside() -> None:
    text = (
        "Nell Ashworth farms near Skipton. ‘We don’t know what the workers’ union wants,’ Ashworth said. "
        "‘It’s been quiet since the ’90s.’"
    )
    assert quoted(text) == [
        ("Nell Ashworth", "We don’t know what the workers’ union wants, | It’s been quiet since the ’90s.")
    ]


def test_a_question_before_its_tag() -> None:
    text = "Joan Petrakis, 71, was waiting at the stop. “Why does nobody tell us anything?” Petrakis asked."
    (quote,) = [quote for quote in analyse(text).quotes if quote.kind.value == "direct"]
    assert (quote.speaker, quote.verb, quote.verb_class) == ("Joan Petrakis", "ask", "asked")


def test_two_speakers_in_turn() -> None:
    text = (
        "“The dam is safe,” engineer Bram Visser said.\n\n"
        "“The dam is forty years old,” replied Senator Olga Marchetti.\n\n"
        "“It was inspected in March,” Visser said. “I was there.”"
    )
    assert quoted(text) == [
        ("Bram Visser", "The dam is safe,"),
        ("Olga Marchetti", "The dam is forty years old,"),
        ("Bram Visser", "It was inspected in March, | I was there."),
    ]


def test_a_statement_by_an_organisation() -> None:
    text = "“All flights will leave on time,” Northwind Airlines said in a statement."
    assert quoted(text) == [("Northwind Airlines", "All flights will leave on time,")]


def test_a_transcript_with_labels() -> None:
    text = (
        "Senator Paul Herrera met Anna Lindgren on television.\n\n"
        "“LINDGREN: Will you vote for the treaty, and if you do, when?\n\n"
        "“HERRERA: I will read it first, and so should everybody else.”"
    )
    assert quoted(text) == [
        ("Anna Lindgren", "Will you vote for the treaty, and if you do, when?"),
        ("Paul Herrera", "I will read it first, and so should everybody else."),
    ]


def test_a_list_with_labels_that_are_no_people_is_no_transcript() -> None:
    text = (
        "Text: Add the names of the guests.\n\nSplit Text: Break up the lines here.\n\n"
        "Text: Put them together again.\n\nWARNING: This takes a while.\n\nWARNING: Do not stop it."
    )
    assert quoted(text) == []


def test_a_label_that_is_a_common_word_is_somebodys_whose_full_name_the_text_has() -> None:
    talk = "Rose: Are you open on Sundays?\n\nPage: Only in summer.\n\nRose: Then I will come back in June."
    assert quoted(talk) == []
    text = "Ellen Rose visited the dairy of Marcus Page.\n\n" + talk
    assert quoted(text) == [
        ("Ellen Rose", "Are you open on Sundays?"),
        ("Marcus Page", "Only in summer."),
        ("Ellen Rose", "Then I will come back in June."),
    ]


def test_a_label_between_marks_is_a_persons() -> None:
    assert quoted("The crowd waited.\n\n“HERRERA: We will come back tomorrow.”") == [
        ("HERRERA", "We will come back tomorrow.")
    ]
    assert quoted("See “RX-7: A Study of Ferries,” a report of the port.") == []


def test_a_single_word_is_a_statement_only_as_a_sentence() -> None:
    text = "Asked for more, Mayor Ilse Brandvold said, “No.” She calls her critics “dreamers” and keeps a “war” chest."
    assert quoted(text) == [("Ilse Brandvold", "No.")]


def test_what_the_reader_is_told_to_say_is_no_statement() -> None:
    assert statements("On the second page you say “None of the following” and add a name.") == []
    assert statements("You may ask how the ferry got there. You said on the form that the boat was new.") == []


def test_a_list_of_works_says_nothing() -> None:
    text = (
        "The harbour is old. These works were used.\n\n"
        "Ruth Adeyemi, “How the ferries came to the islands,” Port blog, May 2019.\n\n"
        "Nils Lindqvist, “Tides, Boats, and a Few Good Harbours,” Oslo, 2021."
    )
    assert quoted(text) == []


def test_a_headline_colon() -> None:
    text = "Brandvold: The bridge will open in May\n\nMayor Ilse Brandvold walked across the new bridge on Sunday."
    assert statements(text) == [("Ilse Brandvold", "indirect", "The bridge will open in May")]


def test_marks_paired_wrongly_or_left_open() -> None:
    text = (
        '“We remain very concerned about the water," Captain Ruth Adeyemi said. “Nobody should drink it.”\n\n'
        "“The pumps are being repaired, Adeyemi said.\n\n"
        "A new well is planned."
    )
    found = quoted(text)
    assert found[0] == ("Ruth Adeyemi", "We remain very concerned about the water, | Nobody should drink it.")
    assert all("new well" not in words for _, words in found)


def test_every_record_explains_itself() -> None:
    text = "“The season starts early,” Leon Castellano, head of the growers' union, said on Monday."
    quote = the_quote(text)
    assert quote.cue is not None
    assert text[quote.cue.start : quote.cue.end] == "said"
    assert quote.speaker_span is not None
    assert text[quote.speaker_span.start : quote.speaker_span.end] == "Leon Castellano"
    assert quote.reason == "“said” follows the quotation; its subject is Leon Castellano."
    assert 0.5 <= quote.confidence <= 1
    assert analyse(text).people[quote.person or 0].name == "Leon Castellano"


def test_people_who_speak_together_are_shown_together_and_counted_for_the_first() -> None:
    text = (
        "Tove Ekdahl and Nils Brun found the hut. “We slept there for a week,” Ekdahl and Brun wrote.\n\n"
        "“We will go back in the summer,” Ekdahl and her sister said."
    )
    quotes = analyse(text).quotes
    assert [quote.speaker for quote in quotes] == ["Tove Ekdahl", "Tove Ekdahl"]
    spans = [quote.speaker_span for quote in quotes if quote.speaker_span is not None]
    assert [text[span.start : span.end] for span in spans] == ["Ekdahl and Brun", "Ekdahl and her sister"]
    assert "the first of whom is Tove Ekdahl" in quotes[0].reason


def test_who_is_quoted_as_saying_it_is_the_speaker() -> None:
    text = "“They are over,” Minister Aino Laine was quoted as saying by the Baltic Times."
    assert quoted(text) == [("Aino Laine", "They are over,")]
    text = "The Baltic Times quoted Minister Aino Laine as saying that the talks were over."
    assert statements(text) == [("Aino Laine", "indirect", "that the talks were over")]


def test_the_reason_of_a_quotation_without_a_verb_says_where_the_verb_is() -> None:
    text = (
        "“The strike goes on,” said Peter Lang, head of the union.\n\n"
        "“We have nothing to lose. Nobody has listened to us for years.”"
    )
    first, second = analyse(text).quotes
    assert first.reason == "“said” follows the quotation; its subject is Peter Lang."
    assert second.speaker == "Peter Lang"
    assert "in the paragraph before" in second.reason


def test_a_name_before_the_colon_of_a_headline_speaks() -> None:
    text = "Holm: The bridge must wait for spring\n\nKaren Holm, the minister of transport, spoke in Bergen on Monday."
    assert statements(text) == [("Karen Holm", "indirect", "The bridge must wait for spring")]
