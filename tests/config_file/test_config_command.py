"""``newsdash config`` and the user's theme file."""

from __future__ import annotations

from tests.cli.conftest import newsdash  # noqa: F401
