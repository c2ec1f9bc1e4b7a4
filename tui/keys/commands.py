"""Every action of the dashboard, once: its name, keys, words, where it applies and who carries it out.

The keyboard (``tui.keys.keyboard``), the footer, the help screen and the command palette are all derived from
:data:`COMMANDS`; config.toml gives commands other keys by their ids. A command called ``next-unread`` is carried out
by the method ``next_unread`` of its owner, one of ``tui.dashboard.controllers``; in panes and on pages by a method
``action_next_unread``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Pane(StrEnum):
    """The places of the dashboard where the keyboard can be."""

    FEEDS = "feeds"
    HEADLINES = "headlines"
    ARTICLE = "article"
    PEOPLE = "people"


class Page(StrEnum):
    """The pages on people in all articles, each a screen over the dashboard."""

    DIRECTORY = "directory"
    PERSON = "person"
    QUOTED = "quoted"
    COMPARED = "compared"


Place = Pane | Page

PANE_TITLES: Mapping[Place, str] = {
    Pane.FEEDS: "Feeds",
    Pane.HEADLINES: "Headlines",
    Pane.ARTICLE: "Article",
    Pane.PEOPLE: "People & quotes",
    Page.DIRECTORY: "People in all articles",
    Page.PERSON: "A person",
    Page.QUOTED: "Who gets quoted",
    Page.COMPARED: "Side by side",
}


class Owner(StrEnum):
    """Who carries a command out: the pane itself, or the controller of the dashboard with this name.

    On a page over the dashboard it is the list that has the keyboard for ``PANE``, and the page for all others.
    """

    PANE = "pane"
    PAGE = "page"
    """Only pages have the command."""
    PANES = "panes"
    DIVIDERS = "dividers"
    JUMP = "jump"
    ARTICLES = "articles"
    MARKS = "marks"
    UNDO = "undo"
    HEADLINE_LIST = "headline_list"
    LISTING = "listing"
    SEARCH = "search"
    SAVED_SEARCHES = "saved_searches"
    FIND = "find"
    SHARE = "share"
    PICTURES = "pictures"
    FULL_TEXT = "full_text"
    CORRECTIONS = "corrections"
    PEOPLE = "people"
    FEEDS = "feeds"
    TAGS = "tags"
    REFRESH = "refresh"
    IMPORT_EXPORT = "import_export"
    RULES = "rules"
    ONBOARDING = "onboarding"
    SETTINGS = "settings"
    PROGRAM = "program"


class Group(StrEnum):
    """The headings of the help screen, in its order."""

    MOVE = "Move"
    READ = "Read"
    QUOTES = "Who said what"
    FEEDS = "Feeds"
    LOOK = "Look"
    PROGRAM = "Program"


EVERYWHERE: tuple[Place, ...] = tuple(Pane)
PAGES: tuple[Place, ...] = tuple(Page)
ALWAYS = (*EVERYWHERE, *PAGES)
PANED = (*EVERYWHERE, Page.PERSON, Page.QUOTED, Page.COMPARED)
READING = (Pane.HEADLINES, Pane.ARTICLE, Pane.PEOPLE)
SPOKEN = (Pane.ARTICLE, Pane.PEOPLE)
"""Where a quotation can be under the cursor."""

MANY_KEYS = 4


@dataclass(frozen=True, slots=True)
class Command:
    """One action. ``hint`` is its word in the footer ('' keeps it out); ``help`` is one sentence."""

    id: str
    owner: Owner
    keys: tuple[str, ...]
    title: str
    help: str
    group: Group
    hint: str = ""
    panes: tuple[Place, ...] = EVERYWHERE
    hint_behind: str = ""
    """Its word in the footer of all places but the headlines, where it is another."""

    def hint_in(self, place: Place) -> str:
        """Its word in the footer of a place, '' when it has none."""
        return self.hint_behind if self.hint_behind and place is not Pane.HEADLINES else self.hint

    @property
    def keys_text(self) -> str:
        """All keys in a row; of many the first and the last."""
        return "  ".join(self.keys) if len(self.keys) <= MANY_KEYS else f"{self.keys[0]} … {self.keys[-1]}"

    @property
    def action(self) -> str:
        return self.id.replace("-", "_")


def _move(name: str, keys: str, title: str, text: str) -> Command:
    return Command(name, Owner.PANE, tuple(keys.split()), title, text, Group.MOVE, panes=ALWAYS)


COMMANDS: tuple[Command, ...] = (
    Command("open", Owner.PANE, ("enter",), "Open",
            "Show the feed, open the article and mark it read, go to the passage, or show the person's page.",
            Group.READ, "Open", (Pane.FEEDS, Pane.HEADLINES, Pane.PEOPLE, *PAGES)),
    Command("fold-folder", Owner.PANE, ("space", "-"), "Fold or unfold",
            "Close or open the folder, or the one that the feed is in.", Group.FEEDS, "Fold", (Pane.FEEDS,)),
    Command("advance", Owner.ARTICLES, ("space",), "Read on",
            "Scroll the article by a page; at its end, open the next unread one.", Group.READ, "Read on", READING),
    Command("search", Owner.SEARCH, ("/",), "Search",
            "Show only what fits a search; the search line lists what can be typed.", Group.READ, "Search",
            (*EVERYWHERE, Page.DIRECTORY, Page.PERSON, Page.COMPARED)),
    Command("search-everywhere", Owner.SEARCH, ("E",), "Search everywhere", "Look for the same search in all feeds.",
            Group.READ),
    Command("save-search", Owner.SAVED_SEARCHES, ("W",), "Save this search",
            "Keep this search in the sidebar under a name; on a saved search, rename or change it.", Group.READ),
    Command("add-feed", Owner.FEEDS, ("a",), "Add a feed", "Follow a feed, or the feed of a web page.", Group.FEEDS,
            "Add"),
    Command("directory", Owner.PEOPLE, ("P",), "People in all articles",
            "List everybody named in any article, most quoted first.", Group.QUOTES, "People"),
    Command("next-unread", Owner.ARTICLES, ("n",), "Next unread article", "Open the next article you have not read.",
            Group.READ, "Next", READING),
    Command("starter-feeds", Owner.ONBOARDING, ("N",), "News to start with", "Choose from well-known feeds, by topic.",
            Group.FEEDS),
    Command("next-quotation", Owner.ARTICLES, ("]",), "Next quotation",
            "Go to the next quotation and show it in the article.", Group.QUOTES, "Quotes",
            (Pane.ARTICLE, Pane.PEOPLE, Pane.HEADLINES)),
    Command("explain", Owner.CORRECTIONS, ("i",), "Why this speaker",
            "Say why a quotation has its speaker, or what is known of a person.", Group.QUOTES, "Why", SPOKEN),
    Command("correct", Owner.CORRECTIONS, ("c",), "Correct the speaker",
            "Say who made this statement, or that it is none; on a person, what the name is.", Group.QUOTES, "Correct",
            SPOKEN),
    Command("same-person", Owner.CORRECTIONS, ("M",), "The same person as …",
            "Say that this person and another are one.", Group.QUOTES, panes=(Pane.PEOPLE, Page.PERSON)),
    Command("split-person", Owner.CORRECTIONS, ("B",), "Split off a name",
            "Say that a name or mention of this person means somebody else; on a person's page, an article or role.",
            Group.QUOTES, panes=(Pane.PEOPLE, Page.PERSON)),
    Command("verb-class", Owner.CORRECTIONS, ("V",), "Said, asked, denied …",
            "List only what was said, asked, claimed or denied.", Group.QUOTES, panes=(*SPOKEN, Page.PERSON)),
    Command("printings", Owner.PAGE, ("i",), "Printed where",
            "Show where this quotation is printed, and how it was shortened.", Group.QUOTES, "Printings",
            (Page.PERSON,)),
    Command("timeline", Owner.PAGE, ("v",), "Timeline",
            "List what was said by month, the oldest first, or the newest first again.", Group.QUOTES, "Timeline",
            (Page.PERSON,)),
    Command("quoted", Owner.PEOPLE, ("C",), "Who gets quoted",
            "Count who is quoted how often: people, roles, outlets, verbs.", Group.QUOTES, panes=EVERYWHERE),
    Command("side-by-side", Owner.PAGE, ("|",), "Side by side",
            "Set somebody else's quotations beside this person's; in two columns, put another into this one.",
            Group.QUOTES, "Beside", (Page.DIRECTORY, Page.PERSON, Page.COMPARED)),
    Command("compare-outlets", Owner.PEOPLE, ("D",), "Two outlets side by side",
            "Set what two outlets quote on a topic side by side; on a person's page, what they quote of this person.",
            Group.QUOTES, panes=(*EVERYWHERE, Page.DIRECTORY, Page.PERSON)),
    Command("follow", Owner.PEOPLE, ("*",), "Follow or unfollow",
            "Follow this person: the articles are in the view Followed.", Group.QUOTES, "Follow",
            (Pane.PEOPLE, Page.DIRECTORY, Page.PERSON)),
    Command("previous-unread", Owner.ARTICLES, ("p",), "Previous unread article",
            "Open the previous article you have not read.", Group.READ, panes=READING),
    Command("toggle-star", Owner.MARKS, ("s",), "Star or unstar", "Keep this article in Starred, or take it out.",
            Group.READ, "Star", READING),
    Command("toggle-read", Owner.MARKS, ("m",), "Mark read or unread",
            "Turn the unread mark of this article, or of a whole folded group, on or off.", Group.READ, "Read",
            READING),
    Command("mark-all-read", Owner.MARKS, ("A",), "Mark all read",
            "Mark everything in this list as read; in the sidebar, everything in this feed or folder.", Group.READ),
    Command("undo", Owner.UNDO, ("U", "ctrl+z"), "Undo", "Take back the last mark or correction.", Group.READ,
            panes=(*EVERYWHERE, *PAGES)),
    Command("open-link", Owner.SHARE, ("o",), "Open in the browser", "Open the article's own page in your web browser.",
            Group.READ, "Browser", READING),
    Command("open-and-mark", Owner.SHARE, ("O",), "Open and mark read",
            "Open the article's page, mark it read and stay where you are.", Group.READ, panes=READING),
    Command("copy-link", Owner.SHARE, ("y",), "Copy the link", "Copy the article's address to the clipboard.",
            Group.READ, panes=READING),
    Command("copy-markdown", Owner.SHARE, ("Y",), "Copy as Markdown",
            "Copy the whole article to the clipboard, as Markdown.", Group.READ, panes=READING),
    Command("full-text", Owner.FULL_TEXT, ("x",), "Full text",
            "Fetch the whole text from the article's page, or go back to the feed's.", Group.READ, "Full text",
            READING),
    Command("pictures", Owner.PICTURES, ("I",), "Pictures",
            "Show the article's pictures, which are fetched only then; needs newsdash[images].", Group.READ,
            panes=READING),
    Command("find", Owner.FIND, ("f",), "Find in the article", "Find words in the open article.", Group.READ,
            panes=READING),
    Command("links", Owner.SHARE, ("u",), "List the links", "List the article's links, to open one of them.",
            Group.READ, panes=(Pane.ARTICLE, Pane.PEOPLE)),
    Command("numbered-link", Owner.SHARE, tuple("123456789"), "Open a link by its number",
            "Open the link with this small number at the end of its line.", Group.READ,
            panes=(Pane.ARTICLE, Pane.PEOPLE)),
    Command("save-article", Owner.SHARE, ("w",), "Save to a file", "Write the article to a file of yours, as Markdown.",
            Group.READ, panes=READING),
    Command("pipe", Owner.SHARE, ("|",), "Send to a program", "Hand the article to a program that config.toml names.",
            Group.READ, panes=READING),
    Command("previous-quotation", Owner.ARTICLES, ("[",), "Previous quotation", "Go to the previous quotation.",
            Group.QUOTES, panes=READING),
    Command("refresh-feed", Owner.REFRESH, ("r",), "Refresh this feed",
            "Fetch what is new in this feed; in a list of several feeds, in all of them.", Group.FEEDS, "Refresh",
            (Pane.FEEDS, Pane.HEADLINES)),
    Command("refresh-all", Owner.REFRESH, ("R",), "Refresh all feeds", "Fetch what is new in every feed.", Group.FEEDS),
    Command("stop", Owner.REFRESH, ("X",), "Stop the refresh", "Stop fetching; what has arrived is kept.", Group.FEEDS),
    _move("down", "j down", "Down", "Move down by one."),
    _move("up", "k up", "Up", "Move up by one."),
    _move("half-down", "ctrl+d", "Half a page down", "Move down by half a page."),
    _move("half-up", "ctrl+u", "Half a page up", "Move up by half a page."),
    _move("page-down", "pagedown ctrl+f", "A page down", "Move down by a page."),
    _move("page-up", "pageup ctrl+b", "A page up", "Move up by a page."),
    _move("top", "g home", "To the top", "Move to the first line."),
    _move("bottom", "G end", "To the bottom", "Move to the last line."),
    Command("next-pane", Owner.PANES, ("tab",), "Next pane", "Go round the panes.", Group.MOVE, "Next pane", PANED),
    Command("previous-pane", Owner.PANES, ("shift+tab",), "Previous pane", "Go round the panes the other way.",
            Group.MOVE, panes=PANED),
    Command("right", Owner.PANES, ("l", "right"), "Pane to the right",
            "Go one pane deeper: feeds, headlines, article, people.", Group.MOVE, panes=(*EVERYWHERE, Page.COMPARED)),
    Command("left", Owner.PANES, ("h", "left"), "Pane to the left", "Go one pane back.", Group.MOVE,
            panes=(*EVERYWHERE, Page.COMPARED)),
    Command("jump", Owner.JUMP, ("'", "ctrl+o"), "Jump", "Put letters on everything in sight; typing them goes there.",
            Group.MOVE, "Jump"),
    Command("back", Owner.PROGRAM, ("escape",), "Back to the headlines",
            "Leave zoom, a pane, a search or a page, one step at a time.", Group.MOVE, panes=ALWAYS),
    Command("feed-page", Owner.FEEDS, ("i",), "About this feed",
            "Show its address, how it was fetched and what went wrong, and what is set for it.", Group.FEEDS, "About",
            (Pane.FEEDS,)),
    Command("edit-feed", Owner.FEEDS, ("e",), "Edit this feed",
            "Set its title, tags, interval, full texts; rename a folder; change a saved search.", Group.FEEDS, "Edit",
            (Pane.FEEDS, Pane.HEADLINES)),
    Command("tags", Owner.TAGS, ("t",), "Tags",
            "Set the tags of the feed in the sidebar, which make its folders, or of the article.", Group.FEEDS, "Tags",
            (Pane.FEEDS, Pane.HEADLINES, Pane.ARTICLE)),
    Command("remove-feed", Owner.FEEDS, ("d",), "Remove this feed",
            "Stop following a feed; its starred articles stay. Or remove a folder or saved search.", Group.FEEDS,
            "Remove", (Pane.FEEDS, Pane.HEADLINES)),
    Command("next-feed", Owner.HEADLINE_LIST, ("J",), "Next feed", "Show the next feed of the sidebar.", Group.FEEDS),
    Command("previous-feed", Owner.HEADLINE_LIST, ("K",), "Previous feed", "Show the previous feed of the sidebar.",
            Group.FEEDS),
    Command("sort-feeds", Owner.PANE, ("o",), "Sort the feeds",
            "Sort feeds by name, by unread articles, or as they were added.", Group.FEEDS, panes=(Pane.FEEDS,)),
    Command("only-unread-feeds", Owner.PANE, ("u",), "Hide feeds with nothing unread",
            "List only feeds with unread articles or that fail, or all feeds again.", Group.FEEDS, panes=(Pane.FEEDS,)),
    Command("fold-folders", Owner.PANE, ("_",), "Fold or unfold all", "Close all folders, or open all.", Group.FEEDS,
            panes=(Pane.FEEDS,)),
    Command("hidden-feeds", Owner.PANE, (".",), "Show hidden feeds",
            "List the feeds that you hid as well, or leave them out.", Group.FEEDS, panes=(Pane.FEEDS,)),
    Command("import-feeds", Owner.IMPORT_EXPORT, ("I",), "Import feeds",
            "Follow the feeds of a list from another program.", Group.FEEDS, panes=(Pane.FEEDS,)),
    Command("export-feeds", Owner.IMPORT_EXPORT, ("O",), "Export feeds",
            "Write the followed feeds for another program.", Group.FEEDS, panes=(Pane.FEEDS,)),
    Command("rules", Owner.RULES, (",",), "Rules for what arrives",
            "Mute, star, mark read or tag what arrives by itself, where it fits a search.", Group.FEEDS),
    Command("mute", Owner.MARKS, (), "Mute or unmute", "Keep this article out of all lists, or let it back.",
            Group.READ, panes=READING),
    Command("toggle-feeds", Owner.PANES, ("b",), "Show or hide the feeds", "Show or hide the sidebar of feeds.",
            Group.LOOK),
    Command("toggle-headlines", Owner.PANES, (), "Show or hide the headlines", "Show or hide the list of headlines.",
            Group.LOOK),
    Command("toggle-article", Owner.PANES, (), "Show or hide the article", "Show or hide the article's text.",
            Group.LOOK),
    Command("toggle-people", Owner.PANES, (), "Show or hide people & quotes", "Show or hide who said what.",
            Group.LOOK),
    Command("hide-pane", Owner.PANES, ("Z",), "Hide this pane",
            "Hide the pane one is in, until one goes there again; a second time shows it for good.", Group.LOOK),
    Command("grow-pane", Owner.DIVIDERS, (">",), "Make this pane larger", "Take room from the pane beside this one.",
            Group.LOOK),
    Command("shrink-pane", Owner.DIVIDERS, ("<",), "Make this pane smaller", "Give room to the pane beside this one.",
            Group.LOOK),
    Command("divider-left", Owner.DIVIDERS, ("ctrl+left",), "Move the line to the left",
            "Move the line beside this pane.", Group.LOOK),
    Command("divider-right", Owner.DIVIDERS, ("ctrl+right",), "Move the line to the right",
            "Move the line beside this pane.", Group.LOOK),
    Command("divider-up", Owner.DIVIDERS, ("ctrl+up",), "Move the line up", "Move the line above or below this pane.",
            Group.LOOK),
    Command("divider-down", Owner.DIVIDERS, ("ctrl+down",), "Move the line down",
            "Move the line above or below this pane.", Group.LOOK),
    Command("reset-layout", Owner.PANES, (), "Arrange the panes as at first",
            "Undo what was moved and hidden at this size.", Group.LOOK),
    Command("filter", Owner.LISTING, ("F",), "Choose what is listed",
            "List everything, or only what is unread, starred or quotes somebody; of a person's quotations, some.",
            Group.LOOK, panes=(*EVERYWHERE, Page.PERSON, Page.QUOTED)),
    Command("toggle-filter", Owner.LISTING, ("H",), "Hide or show read articles",
            "List only what is unread, or everything again.", Group.LOOK),
    Command("sort", Owner.LISTING, ("S",), "Sort the headlines",
            "By date, source, title, unread first, or most people quoted first.", Group.LOOK),
    Command("group", Owner.LISTING, ("B",), "Group the headlines",
            "Put headlines under headings: by feed, by date, by story, or not.", Group.LOOK,
            panes=(Pane.FEEDS, Pane.HEADLINES, Pane.ARTICLE)),
    Command("fold", Owner.PANE, ("-",), "Fold or open this group",
            "Show only the heading of this group, or its articles too.", Group.LOOK, panes=(Pane.HEADLINES,)),
    Command("fold-all", Owner.PANE, ("_",), "Fold or open all groups",
            "Show only the headings of groups, or all articles.", Group.LOOK, panes=(Pane.HEADLINES,)),
    Command("toggle-order", Owner.LISTING, ("v",), "Turn the order round", "Turn the order of the headlines round.",
            Group.LOOK),
    Command("density", Owner.LISTING, ("=",), "Lines of a headline",
            "Give headlines one line, two, or what there is room for.", Group.LOOK),
    Command("zoom", Owner.PANES, ("z",), "Zoom this pane", "Give this pane the whole screen, or put the others back.",
            Group.LOOK),
    Command("reload-config", Owner.SETTINGS, ("ctrl+r",), "Read config.toml again",
            "Take over what you changed in your configuration.", Group.PROGRAM),
    Command("theme", Owner.PROGRAM, ("T",), "Choose a theme", "Choose the colours; the choice is remembered.",
            Group.LOOK),
    Command("log", Owner.PROGRAM, ("L",), "Log", "Show what was said lately, with its time.", Group.PROGRAM),
    Command("welcome", Owner.ONBOARDING, ("f1",), "First steps", "Show what the panes are, and the keys that matter.",
            Group.PROGRAM),
    Command("help", Owner.PROGRAM, ("?",), "Help", "Show the keys of this pane.", Group.PROGRAM, "Help", ALWAYS),
    Command("commands", Owner.PROGRAM, (":", "ctrl+p"), "All commands", "Find any command or feed by its name.",
            Group.PROGRAM, "Menu", ALWAYS),
    Command("quit-or-back", Owner.PROGRAM, ("q",), "Back, or quit", "Go back one step; from the headlines, quit.",
            Group.PROGRAM, "Quit", ALWAYS, hint_behind="Back"),
    Command("leave", Owner.PROGRAM, ("Q", "ctrl+q"), "Quit", "Quit newsdash; everything is saved already.",
            Group.PROGRAM, panes=ALWAYS),
)  # fmt: skip


def of_pane(pane: Place, commands: Iterable[Command] = COMMANDS) -> Iterator[Command]:
    """The commands that apply in a pane or on a page, in the order of the table."""
    return (command for command in commands if pane in command.panes)
