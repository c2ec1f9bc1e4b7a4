"""Made-up news with known answers: who is who, which quotations are one, which articles tell one story.

A world of people in circles (a ministry, a club, a court, a laboratory) has events; each event is told by some outlets
in words of their own, with quotations that are shortened, split or mended, and with names as papers print them: in
full, by initials, in short, in another spelling, by surname alone. Some people share a name. Roles change with time.
The same number gives the same news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2021, 1, 4, tzinfo=UTC)
DAYS = 1_200
CIRCLE = 10


def _words(text: str) -> list[str]:
    return text.split()


GIVEN = _words(
    "James Mary Robert Patricia William Linda Michael Elizabeth David Susan Richard Jessica Joseph Sarah Thomas Karen"
    " Charles Nancy Christopher Margaret Daniel Lisa Matthew Sandra Anthony Ashley Steven Emily Andrew Donna Joshua"
    " Michelle Kenneth Carol Kevin Amanda George Melissa Edward Deborah Ronald Stephanie Timothy Rebecca Jason Laura"
    " Sergei Elena Mohammed Fatima Hassan Leila Ahmed Amina José María Luis Ana Jürgen Ingrid Wei Mei Hiroshi Yuki"
    " Rajesh Priya Chidi Ngozi Kwame Ama Lars Astrid Pierre Camille Giovanni Chiara"
)
SURNAMES = _words(
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Martinez Lopez Wilson Anderson Taylor Moore Jackson"
    " Thompson Walker Harris Robinson Clarke Wright Hughes Edwards Carter Mitchell Turner Collins Stewart Morris"
    " Petrov Ivanenko Sokolov Gaddari Hariri Mansour Khalil Okafor Mensah Adeyemi Nakamura Tanaka Zhang Huang Sharma"
    " Banerjee Müller Schäfer Lindström Sørensen Dubois Lefèvre Rossi Ferrari Kowalski Novák Papadakis Erdoğan Yılmaz"
    " Fernández Muñoz Oliveira Gonçalves Whitcombe Ashdown Penhaligon Thistlewood Harcastle Bellweather Quarmby"
)
SPELLINGS = {
    "Sergei": "Sergey", "Mohammed": "Muhammad", "Elena": "Yelena", "Ahmed": "Ahmad", "Hassan": "Hasan",
    "Gaddari": "Qaddari", "Petrov": "Petroff", "Sokolov": "Sokoloff", "Leila": "Layla", "Mansour": "Mansur",
}  # fmt: skip
SHORT = {
    "James": "Jim", "Robert": "Bob", "William": "Bill", "Michael": "Mike", "Elizabeth": "Liz", "Richard": "Dick",
    "Joseph": "Joe", "Thomas": "Tom", "Christopher": "Chris", "Daniel": "Dan", "Matthew": "Matt", "Anthony": "Tony",
    "Steven": "Steve", "Andrew": "Andy", "Kenneth": "Ken", "Edward": "Ted", "Timothy": "Tim", "Deborah": "Debbie",
}  # fmt: skip
PLAIN = str.maketrans("áéíñóúüäöøåèçãõğışıřşň", "aeinouuaooaecaogisirsn")

PLACES = _words(
    "Geneva Lagos Lima Oslo Nairobi Toronto Prague Lisbon Manila Cardiff Denver Perth Riga Accra Quito Hanoi Dublin"
    " Turin"
)


@dataclass(frozen=True)
class Domain:
    """A field of the news: how its roles, bodies and subjects are called."""

    bodies: tuple[str, ...]
    roles: tuple[str, ...]
    subjects: tuple[str, ...]
    deeds: tuple[str, ...]
    sayings: tuple[str, ...]


def _domain(bodies: str, roles: str, subjects: str, deeds: str, sayings: str) -> Domain:
    return Domain(
        *(tuple(part.strip() for part in text.split(";")) for text in (bodies, roles, subjects, deeds, sayings))
    )


DOMAINS = (
    _domain("Ministry of Transport; Ministry of Energy; Ministry of Housing; Ministry of Education; Ministry of Trade",
            "minister; deputy minister; chief adviser; committee chair; parliamentary secretary; party leader",
            "railway subsidy; carbon levy; rent ceiling; school curriculum; tariff schedule; fuel rebate; bridge toll",
            "put forward; withdrew; defended; postponed; rewrote",
            "The {0} will not survive another year without reform; We listened to every town that needs the {0}"
            "; Nobody in this government wants to see the {0} fail; The opposition has no plan for the {0}"),
    _domain("Rovers; Athletic; Wanderers; Rangers; Harriers",
            "head coach; captain; goalkeeper; striker; club president; physiotherapist",
            "penalty shoot-out; relegation battle; transfer window; training ground; season opener; cup replay",
            "won; lost; survived; reviewed; celebrated",
            "We fought for every ball and the {0} rewarded us; The supporters deserved more from this {0}"
            "; My players will remember the {0} for the rest of their lives; I have never seen a {0} like it"),
    _domain("Court of Appeal; High Court; District Court; Magistrates Court; Supreme Court",
            "judge; prosecutor; defence lawyer; clerk; magistrate; attorney",
            "fraud trial; bail hearing; custody ruling; libel verdict; bribery charges; plea bargain",
            "opened; adjourned; dismissed; upheld; reconsidered",
            "The evidence in the {0} was plain to any reasonable person; My client denies everything alleged in the {0}"
            "; This {0} has dragged on for far too long; No court should decide a {0} on rumour alone"),
    _domain("Institute of Oceanography; Polar Laboratory; Observatory; Centre for Genomics; Volcano Survey",
            "professor; research fellow; director; geologist; epidemiologist; astronomer",
            "coral survey; ice core; meteor shower; gene sequence; lava flow; vaccine trial; plankton bloom",
            "published; measured; repeated; questioned; announced",
            "The {0} tells us more than we dared to hope; We checked the {0} three times before we believed it"
            "; Without new instruments the {0} would have escaped notice; Every model we had of the {0} was wrong"),
    _domain("Northwind Bank; Halden Motors; Corvid Airlines; Tessel Chemicals; Brightwater Foods",
            "chief executive; finance director; union organiser; analyst; founder; spokeswoman",
            "share offering; plant closure; wage dispute; merger bid; product recall; profit warning",
            "approved; blocked; delayed; priced; settled",
            "The {0} is in the interest of every employee; Investors have waited long enough for the {0}"
            "; We will not be hurried into a {0} by anybody; Customers will hardly notice the {0}"),
)  # fmt: skip
TAILS = (
    "and that is a promise", "whatever the newspapers may print", "before the end of the month",
    "and we owe them an honest answer", "as everybody in {1} knows", "so we are asking for patience",
    "because the figures leave no choice", "even if it costs me my post", "and I said so in {2}",
    "which is why we went to {1} ourselves", "until the last document is signed", "and nothing has changed since {2}",
)  # fmt: skip
MONTHS = _words("January February March April May June July August September October November December")


@dataclass(eq=False)
class Somebody:
    """A person of the world; ``roles`` begin on a day."""

    number: int
    given: str
    middle: str
    surname: str
    domain: int
    circle: int
    roles: list[tuple[int, str, str]] = field(default_factory=list)

    def role(self, day: int) -> str:
        title, body = next((role, body) for begins, role, body in reversed(self.roles) if begins <= day)
        return f"{title} of the {body}"

    def full(self) -> str:
        return f"{self.given} {self.surname}"


@dataclass(frozen=True)
class Statement:
    """Something that somebody said at an event."""

    number: int
    speaker: Somebody
    text: str


@dataclass(frozen=True)
class Event:
    number: int
    day: int
    domain: int
    place: str
    subject: str
    deed: str
    cast: tuple[Somebody, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class PrintedArticle:
    """An article: what was printed, and the answers. ``names`` are printed full forms and whose they are; ``quoted``
    the texts between its quotation marks and which statement each is of; ``speakers`` the form of the name of who said
    each."""

    number: int
    outlet: int
    published: datetime
    title: str
    text: str
    event: int
    names: dict[str, int]
    quoted: dict[str, int]
    speakers: dict[str, str]


def world(people: int, chance: random.Random) -> list[Somebody]:
    """People in circles; one in eight shares the full name of somebody of another field."""
    found: list[Somebody] = []
    taken: set[tuple[str, str]] = set()
    for number in range(people):
        circle = number // CIRCLE
        domain = circle % len(DOMAINS)
        given, surname = chance.choice(GIVEN), chance.choice(SURNAMES)
        others = [one for one in found if one.domain != domain]
        if number % 8 == 7 and others:
            twin = chance.choice(others)
            given, surname = twin.given, twin.surname
        else:
            while (given, surname) in taken:
                given, surname = chance.choice(GIVEN), chance.choice(SURNAMES)
        taken.add((given, surname))
        fields = DOMAINS[domain]
        body = f"{PLACES[circle % len(PLACES)]} {fields.bodies[circle // len(DOMAINS) % len(fields.bodies)]}"
        somebody = Somebody(number, given, chance.choice("ABCDEFGHJKLMPRSTW"), surname, domain, circle)
        somebody.roles.append((0, chance.choice(fields.roles), body))
        if chance.random() < 0.3:
            somebody.roles.append((chance.randrange(300, 900), chance.choice(fields.roles), body))
        found.append(somebody)
    return found


def events(people: list[Somebody], count: int, chance: random.Random) -> Iterator[Event]:
    circles: dict[int, list[Somebody]] = {}
    for somebody in people:
        circles.setdefault(somebody.circle, []).append(somebody)
    statement = 0
    for number in range(count):
        circle = circles[int(len(circles) * chance.random() ** 1.6)]
        weights = [1 / (at + 1) ** 0.7 for at in range(len(circle))]
        cast = list(dict.fromkeys(chance.choices(circle, weights, k=chance.randint(2, 5))))
        if chance.random() < 0.3:
            other = chance.choice(people)
            if other.full() not in {one.full() for one in cast}:
                cast.append(other)
        domain = DOMAINS[circle[0].domain]
        subject = f"{chance.choice(PLACES)} {chance.choice(domain.subjects)}"
        said = []
        for speaker in cast:
            for saying in chance.sample(domain.sayings, chance.randint(1, 2)):
                said.append(Statement(statement, speaker, spoken(saying, subject, chance)))
                statement += 1
        yield Event(number, chance.randrange(DAYS), circle[0].domain, chance.choice(PLACES), subject,
                    chance.choice(domain.deeds), tuple(cast), tuple(said))  # fmt: skip


WITNESSES = (
    "and ask the people of", "in front of", "and nobody told", "thanks to", "with a letter from", "despite those of",
    "so I went to see", "as I wrote to", "without a word from", "which surprised even",
)  # fmt: skip


def spoken(saying: str, subject: str, chance: random.Random) -> str:
    tail = chance.choice(TAILS).format("", chance.choice(PLACES), chance.choice(MONTHS))
    who = f"{chance.choice(GIVEN)} Street" if chance.random() < 0.4 else f"the {chance.randint(3, 97)} delegates"
    return f"{saying.format(subject)} {tail}, {chance.choice(WITNESSES)} {who}"


def printed(somebody: Somebody, chance: random.Random) -> str:
    """A name as a paper may print it."""
    kind = chance.random()
    if kind < 0.62:
        return somebody.full()
    if kind < 0.72:
        return f"{somebody.given} {somebody.middle}. {somebody.surname}"
    if kind < 0.80 and somebody.given in SHORT:
        return f"{SHORT[somebody.given]} {somebody.surname}"
    if kind < 0.86:
        return f"{somebody.given[0]}. {somebody.surname}"
    if kind < 0.93:
        return somebody.full().translate(PLAIN)
    return f"{SPELLINGS.get(somebody.given, somebody.given)} {SPELLINGS.get(somebody.surname, somebody.surname)}"


def edited(text: str, chance: random.Random) -> list[str]:
    """A quotation as a paper may print it: whole, shortened at either end, in two pieces, with a word mended."""
    words = text.split()
    kind = chance.random()
    if kind < 0.45:
        return [text]
    if kind < 0.6:
        return [" ".join(words[: max(8, int(len(words) * chance.uniform(0.5, 0.9)))])]
    if kind < 0.7:
        return [" ".join(words[min(len(words) - 8, int(len(words) * chance.uniform(0.1, 0.4))) :])]
    if kind < 0.85:
        at = len(words) // 2
        return [" ".join(words[:at]), " ".join(words[at:])]
    at = chance.randrange(1, len(words) - 1)
    words[at] = {"The": "This", "will": "shall", "not": "never", "and": "&"}.get(words[at], words[at] + "s")
    return [" ".join(words)]


OPENINGS = (
    "{place} — {who}, the {role}, {deed} the {subject} on {day} after hours of talks.",
    "{place} — The {subject} was {deed} on {day}, in the presence of {who}, the {role}.",
    "{place} — The quarrel over the {subject} went into another round when {who}, the {role}, spoke in public.",
    "{place} — {who}, {role}, surprised many on {day} with a change of mind about the {subject}.",
)
FILLERS = (
    "People who had travelled from {place} waited outside for most of the afternoon.",
    "The {subject} has been argued about since the spring, and little had moved until this week.",
    "Papers seen by this newspaper put the cost at {number} million.",
    "A decision is expected within {number} days, though few of those involved would bet on it.",
    "Earlier talks about the {subject} had broken down over {number} open points.",
    "Rain kept the crowd small, but the {subject} was on everybody's lips in {place}.",
)
HEADLINES = (
    "{subject}: {surname} speaks out",
    "{surname} and the {subject}",
    "What {surname} said about the {subject}",
    "Row over {subject} goes on",
    "{place} divided over {subject}",
)


def tell(number: int, event: Event, outlet: int, chance: random.Random) -> PrintedArticle:
    """One outlet's article on an event."""
    names: dict[str, int] = {}
    quoted: dict[str, int] = {}
    speakers: dict[str, str] = {}
    forms = {somebody.number: printed(somebody, chance) for somebody in event.cast}
    for somebody in event.cast:
        names[forms[somebody.number]] = somebody.number
    lead = chance.choice(event.cast)
    day = event.day + (chance.random() < 0.3)
    words = {
        "place": event.place, "who": forms[lead.number], "role": lead.role(event.day), "deed": event.deed,
        "subject": event.subject, "surname": lead.surname, "number": chance.randint(3, 90),
        "day": f"{START + timedelta(days=day):%A}",
    }  # fmt: skip
    words["place"] = event.place.upper()
    paragraphs = [chance.choice(OPENINGS).format(**words)]
    words["place"] = event.place
    introduced = {lead.number}
    for statement in event.statements:
        if chance.random() < 0.2:
            continue
        speaker = statement.speaker
        if chance.random() < 0.35:
            paragraphs.append(chance.choice(FILLERS).format(**words))
        pieces = edited(statement.text, chance)
        if speaker.number in introduced:
            given, surname = forms[speaker.number].split()[0], forms[speaker.number].split()[-1]
            who = surname if chance.random() < 0.7 else f"{given} {surname}"
        else:
            who = f"{forms[speaker.number]}, the {speaker.role(event.day)}"
            introduced.add(speaker.number)
        for piece in pieces:
            quoted[piece] = statement.number
            speakers[piece] = forms[speaker.number]
        if len(pieces) == 2:
            paragraphs.append(f"“{pieces[0]},” said {who}. “{pieces[1]}.”")
        else:
            paragraphs.append(f"“{pieces[0]},” said {who}.")
    paragraphs += [
        f"{forms[somebody.number]}, the {somebody.role(event.day)}, was also present."
        for somebody in event.cast
        if somebody.number not in introduced
    ]
    title = chance.choice(HEADLINES).format(**words)
    when = START + timedelta(days=day, minutes=chance.randrange(1_440))
    return PrintedArticle(
        number, outlet, when, title[0].upper() + title[1:], "\n\n".join(paragraphs), event.number, names, quoted,
        speakers,
    )  # fmt: skip


def news(articles: int, *, people: int = 600, outlets: int = 40, seed: int = 7) -> Iterator[PrintedArticle]:
    """Articles in the order of their arrival, about six and a half an event."""
    chance = random.Random(seed)
    cast = world(people, chance)
    told: list[PrintedArticle] = []
    for event in events(cast, articles, chance):
        for outlet in chance.sample(range(outlets), min(outlets, 1 + int(chance.expovariate(1 / 5.5)))):
            told.append(tell(len(told), event, outlet, chance))
        if len(told) >= articles:
            break
    return iter(sorted(told[:articles], key=lambda one: one.published))
