"""The store against plain dictionaries: any operations in any order, with reopenings and crashes between them."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.faulty_files import FaultyFiles, PowerCut
from support.small_store import Model, analysis, item, read

from store.database import Database
from store.models import Feed, Status

PLACES = st.integers(0, 1000)
"""Which of what is there, modulo how much there is."""
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"]), max_size=40)


class StoreMachine(RuleBasedStateMachine):
    """Each rule says what the model is afterwards; a power cut in between leaves the one before or the one after."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.model = Model()
        self.made = 0
        self.open()

    def open(self) -> None:
        self.files = FaultyFiles()
        self.database = Database.open(self.home / "store", files=self.files)
        assert not self.database.read_only
        assert [problem for problem in self.database.check() if "interrupted" not in problem.reason] == []

    def teardown(self) -> None:
        self.files.fail_after(0)
        self.database.close()
        shutil.rmtree(self.home)

    def take(self, change: Callable[[], object], after: Model) -> None:
        try:
            change()
        except PowerCut:
            self.database.tinydb.lock.release()  # as the end of the process would
            self.open()
            found = read(self.database, after)
            assert found in (self.model, after)
            self.model = found
        else:
            self.model = after

    def pick(self, place: int) -> tuple[int, Model]:
        """One of the articles, and a model to change; 0 when there is none."""
        ids = sorted(self.model.articles)
        return ids[place % len(ids)] if ids else 0, copy.deepcopy(self.model)

    def pick_feed(self, place: int) -> tuple[int, Model]:
        ids = sorted(self.model.feeds)
        return ids[place % len(ids)] if ids else 0, copy.deepcopy(self.model)

    # --- changes ------------------------------------------------------------------------------------------

    @rule()
    def add_feed(self) -> None:
        after = copy.deepcopy(self.model)
        feed_id = self.database.tinydb.storage.next_id("feeds")
        self.made += 1
        after.feeds[feed_id] = f"Feed {self.made}"
        feed = Feed(0, f"https://{self.made}.example/", f"Feed {self.made}")
        self.take(lambda: self.database.feeds.add(feed), after)

    @rule(count=st.integers(1, 5), place=PLACES)
    def add(self, count: int, place: int) -> None:
        feed_id, after = self.pick_feed(place)
        if feed_id:
            made = [item(self.made + number, feed_id) for number in range(count)]
            self.made += count
            first = self.database.tinydb.storage.next_id("articles")
            for article_id, one in enumerate(made, first):
                after.put(article_id, one)
            self.take(lambda: self.database.articles.add(made), after)

    @rule(place=PLACES, read=st.booleans(), starred=st.booleans())
    def mark(self, place: int, read: bool, starred: bool) -> None:
        article_id, after = self.pick(place)
        if article_id:
            after.marks.pop(article_id, None)
            if read or starred:
                after.marks[article_id] = (read, starred)
            self.take(
                lambda: self.database.articles.save_statuses([Status(article_id, read=read, starred=starred)]), after
            )

    @rule(place=PLACES, text=TEXTS)
    def update(self, place: int, text: str) -> None:
        article_id, after = self.pick(place)
        if article_id:
            guid, feed_id, before, _ = after.articles[article_id]
            made = item(int(guid.split()[1]), feed_id, text, article_id)
            after.put(article_id, made)
            if made[1].text != before:
                after.earlier.setdefault(article_id, []).append(before)
            self.take(lambda: self.database.articles.update([made]), after)

    @rule(place=PLACES)
    def analyse(self, place: int) -> None:
        article_id, after = self.pick(place)
        if article_id:
            after.articles[article_id] = (*after.articles[article_id][:3], "Bo Ek")
            self.take(lambda: self.database.articles.save_analyses([(article_id, analysis("Bo Ek"))]), after)

    @rule(place=PLACES)
    def remove(self, place: int) -> None:
        article_id, after = self.pick(place)
        if article_id:
            forget(after, article_id)
            self.take(lambda: self.database.articles.remove([article_id]), after)

    @rule(place=PLACES, keep=st.integers(0, 3))
    def expire(self, place: int, keep: int) -> None:
        feed_id, after = self.pick_feed(place)
        of_feed = [key for key, row in after.articles.items() if row[1] == feed_id]
        newest = sorted(of_feed, key=lambda key: int(after.articles[key][0].split()[1]), reverse=True)
        for key in newest[keep:]:
            if not after.marks.get(key, (False, False))[1]:
                forget(after, key)
        self.take(lambda: self.database.articles.expire(feed_id, keep=keep), after)

    @rule(place=PLACES)
    def remove_feed(self, place: int) -> None:
        feed_id, after = self.pick_feed(place)
        if feed_id:
            del after.feeds[feed_id]
            for key, row in list(after.articles.items()):
                if row[1] == feed_id and not after.marks.get(key, (False, False))[1]:
                    after.drop(key)
            after.deleted = {pair for pair in after.deleted if pair[0] != feed_id}
            self.take(lambda: self.database.feeds.remove(feed_id), after)

    @rule(name=st.sampled_from(["theme", "zoom"]), value=st.integers(-9, 9) | TEXTS)
    def remember(self, name: str, value: object) -> None:
        after = copy.deepcopy(self.model)
        after.settings[name] = value
        self.take(lambda: self.database.settings.save(name, value), after)

    @rule()
    def compact(self) -> None:
        self.take(self.database.compact, self.model)

    # --- closing and crashing -----------------------------------------------------------------------------

    @rule()
    def reopen(self) -> None:
        self.take(self.database.close, self.model)
        self.database.close()
        self.open()

    @rule(calls=st.integers(1, 8))
    def crash_soon(self, calls: int) -> None:
        """The power goes at one of the next calls that change the disk."""
        self.files.fail_after(calls)

    @invariant()
    def holds_the_same(self) -> None:
        assert read(self.database, self.model) == self.model


def forget(model: Model, article_id: int) -> None:
    """Removed by retention or for good: its entry does not come back."""
    guid, feed_id, _, _ = model.articles[article_id]
    model.deleted.add((feed_id, guid))
    model.drop(article_id)


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
