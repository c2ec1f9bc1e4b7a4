"""Short articles, each for one way in which news tells who said what. All of them are invented."""

from __future__ import annotations

import re

_WRAPPED = {
    "appositions and roles": """The harbour of Ostvik will close for a year, the town said on Monday.

“We waited far too long,” said Ilse Brandvold, the mayor of Ostvik. Tomas Eklund, an engineer who inspected the
quay in March, said the piles had rotted. Former Fisheries Minister Nils Aaberg told reporters that the town had
been warned.""",
    "a split quotation": """\
Daniel Prewitt spoke for an hour. “They kept him awake for thirty hours,” Prewitt said, “and then they handed
him a pen.”""",
    "a quotation over paragraphs": """Senator Dale Whitcomb rose to speak after midnight.

“I have sat in this chamber for twenty years,” he said. “I have seen good bills die.

“But I have never seen a bill that does so much harm for so little gain.

“We should be ashamed.”

The bill passed, 51 to 49.""",
    "British marks": """Rovers held on for a point at Carrow Lane.

‘We threw it away, didn’t we?’ manager Steve Halloran told the club’s website. ‘The lads’ heads went down after
the second goal, and that’s on me.’

His opposite number, the Dane Mikkel Sørensen, said: ‘I thought we were the better side. It’s hard to take.’""",
    "German marks": """\
The chancellor, Ulrike Weber, told the BBC: „We have no time to lose.“ Her deputy, Jonas Brandt, replied that
„nothing has been decided“.""",
    "French marks": """\
« We will not sign this treaty, » President Luc Moreau said in Lyon on Friday. « It would be madness. »

His rival, Claire Dubois, answered: «The president is afraid of his own shadow.»""",
    "nested quotations": """\
“He looked at me and said, ‘You will never work here again,’ and then he left,” Paula Reyes testified.

“When the mayor says ‘soon,’ she means ‘never,’” joked Councilman Abe Feldman.""",
    "marks left open": """\
"We will rebuild, Governor Ann Pike said on Sunday. The storm killed six people.

Pike flew over the coast. “It looks like a war zone,” she said.""",
    "scare quotes, titles and nicknames": """\
The so-called “peace plan” was dead before lunch. Delegates ate at a café called “The Blue Parrot” and watched
“Gone With the Wind” in the evening.

William “Bud” Ferrell, the chief delegate, said the talks would go on.""",
    "a transcript": """JUDGE HARRIS: Please be seated. Ms. Lowell, you may proceed.

MS. LOWELL: Thank you, Your Honor. The witness has already told us that he was not there.

THE WITNESS: I never said that.

JUDGE HARRIS: The jury will disregard the last remark.""",
    "questions and answers": """Marta Kowalczyk has run the film festival since 2009.

Q: How did you choose the opening film?

A: We always open with a debut.

Q: Are you worried about money?

A: Every year.""",
    "a headline with a colon": """Lindqvist: Ferries will run all winter

STOCKHOLM — Transport Minister Erik Lindqvist promised on Monday that ferries to the islands would run all
winter.

Opinion: Ferries are a waste of money""",
    "nothing was said": """\
Would the dam hold? The minister declined to say whether the money had been spent. Engineers may say that the
wall is cracked, but they have not said so yet. Critics could argue that the plan was rushed. If the minister
says the dam is safe, nobody will believe him. He never claimed that the dam was safe.""",
    "posts": """\
Actor Jo Delgado tweeted on Monday: “I am done with this show. Goodbye.” Within an hour she had deleted the
post. “My account was hacked,” she wrote on Instagram.

"@NorthAir lost my bags AGAIN. Never flying with them," one passenger posted.""",
    "according to": """\
According to a report by the Institute for Marine Research, cod stocks have fallen by a third since 2015. Warmer
water is to blame, researchers say. “Nobody should be surprised,” according to Nina Holm, the lead author.""",
    "passive and quoted second hand": """\
Mayor Rosa Delmonte was quoted as saying that the bridge was “a death trap.” Hundreds of people are believed to
be missing, officials said.""",
    "statements of companies": """\
Shares of Halden Corp. fell 12 percent after the company warned that profits would miss forecasts. “We are
disappointed,” Chief Executive Olu Adeyemi said in a statement. Finance chief Greta Lund told analysts on a call
that costs had risen “faster than anyone expected.”""",
    "speech verbs in the present": """\
The study, published in the journal Nature, was a surprise. “We were stunned,” says lead author Adaeze Nwosu of
the University of Leeds. “The sample was tiny,” cautions Peter Lang, a biologist at ETH Zurich who was not
involved.""",
    "a court report": """A jury on Tuesday convicted Raymond Oduya, 41, of setting fire to three barns.

Prosecutor Lena Fischbach told the court that Oduya had acted “out of pure spite.” His lawyer, Daniel Prewitt,
argued that the police had coerced a confession. Miriam Castle, the judge, said she would hand down a sentence
on May 4. A spokeswoman for the county declined to comment, citing pending litigation.""",
    "speakers without a name": """\
Neighbors were shaken. “He kept to himself,” one said. Another, who asked not to be named, said he had seen him
“maybe twice.” Police Chief Roy Tanner said officers were called at 3 a.m. and found the door open; nothing was
stolen, he said.""",
    "who denies, warns and asks": """\
Finance Minister Petra Novotna denied that the budget had been cut. “Where is the money, then?” asked Jan Kolar,
who leads the opposition. Kolar warned that hospitals would close. Novotna admitted that talks were under way,
adding that she would resign if they failed.""",
}
ARTICLES = {name: re.sub(r"(?<!\n)\n(?!\n)", " ", text) for name, text in _WRAPPED.items()}
"""The articles by what they show, a paragraph a line, with a blank line between paragraphs."""
