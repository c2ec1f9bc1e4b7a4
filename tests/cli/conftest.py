from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from tui.cli import main


@dataclass
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """Its output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Newsdash = Callable[..., Ran]


@pytest.fixture
def newsdash(tmp_path, monkeypatch, capsys) -> Newsdash:
    """Runs ``newsdash …`` with a home of its own."""
    monkeypatch.setenv("NEWSDASH_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> Ran:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as leave:
            status = int(leave.code or 0)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run
