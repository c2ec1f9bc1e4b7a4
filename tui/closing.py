"""What all screens over the dashboard share: they are closed once, and only while nothing lies on top of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import events, messages
from textual.await_complete import AwaitComplete
from textual.message import Message

from tui.jobs import Jobs
from tui.textual_inside import MessageGate

Answer = TypeVar("Answer")

if TYPE_CHECKING:
    from textual.screen import Screen
else:

    class Screen(Generic[Answer]):
        """No screen: styles and bindings are inherited from the first base that is one, which stands after it."""


LATE = (events.InputEvent, events.Resize, events.Timer)
"""Events that would be answered with parts of the screen, which are taken down before it."""


class Closing(MessageGate, Screen[Answer], Generic[Answer]):
    """A screen that is dismissed once; named before the class of Textual that it changes.

    Several keys can arrive before the first is carried out: one held down, a slow connection, a busy machine. All of
    them are this screen's. Once it is closed those that are left do nothing, for they would close what lies below.
    """

    _answers: tuple[Answer | None, ...] = ()
    """What it is dismissed with, once that is known."""
    _is_gone = False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close the screen with its answer: the first that is given; at once, or when it is on top again."""
        if self._answers:
            return AwaitComplete()
        self._answers = (result,)
        return self._close() if self.is_active else AwaitComplete()

    def on_screen_resume(self, event: events.ScreenResume) -> None:  # noqa: ARG002 - pages ask the event
        if self._answers and self.is_active:
            self._close()

    def _close(self) -> AwaitComplete:
        self._is_gone = True
        jobs = getattr(self, "jobs", None)
        if isinstance(jobs, Jobs):
            jobs.cancel_all()
        return super().dismiss(self._answers[0])

    def lets_in(self, message: Message) -> bool:
        """Once the screen is gone only what Textual needs to take it down is listened to."""
        own = not isinstance(message, events.Event) and type(message).__module__ != messages.__name__
        if self._is_gone and (own or isinstance(message, LATE)):
            return False
        if isinstance(message, events.Key) and not self.is_active:
            pass_on(message, self)
            return False
        return True

    @property
    def closed(self) -> bool:
        """Whether the screen has its answer, or is no longer on top: what is typed for it does nothing."""
        return bool(self._answers) or not self.is_active

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No action before the screen has its parts, nor once it is closed."""
        return False if self.closed or not self.is_mounted else super().check_action(action, parameters)


def pass_on(key: events.Key, screen: Screen[Any]) -> None:
    """Have a key answered by the screen that came to lie on top of this one while the key was on its way."""
    key.stop()
    screen.app.post_message(events.Key(key.key, key.character))
