"""The manual page and the completion scripts know every command there is."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tui.cli import main
from tui.cli.manual import subcommands
from tui.cli.parser import build_parser

NAMES = list(subcommands(build_parser()))


def complete(script: str, *words: str) -> list[str]:
    """What bash offers for the last of these words."""
    line = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _newsdash; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_commands_options_and_choices(capsys) -> None:
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    assert set(complete(script, "newsdash", "")) >= set(NAMES)
    assert complete(script, "newsdash", "doc") == ["doctor"]
    assert "--limit" in complete(script, "newsdash", "list", "--l")
    assert complete(script, "newsdash", "completion", "f") == ["fish"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_are_told_every_command(capsys, shell) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert [name for name in NAMES if name not in script] == []
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=script, text=True, check=True)


def test_the_manual_has_every_command_and_its_options(capsys) -> None:
    assert main(["man"]) == 0
    page = capsys.readouterr().out
    assert [name for name in NAMES if f".SS {name}" not in page] == []
    assert r"\-\-limit" in page
    assert not [line for line in page.splitlines() if line.startswith("'")]
