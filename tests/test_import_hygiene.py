"""What importing costs: checked in a fresh interpreter, as a user's shell would start it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import store.models


def modules_after(code: str) -> set[str]:
    """The names in ``sys.modules`` after running ``code`` in a new interpreter."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


HEAVY = {"textual", "rich", "feedparser", "urllib3", "lxml", "trafilatura", "ftfy", "dateparser", "sqlite3"}


@pytest.mark.parametrize("code", ["import store", "import store.models, store.errors, store.paths"])
def test_importing_the_store_is_cheap(code: str) -> None:
    assert not modules_after(code) & (HEAVY | {"tinydb"})


def test_the_library_needs_no_screen() -> None:
    assert not modules_after("from store import Library") & HEAVY


def test_version_imports_nothing_heavy() -> None:
    code = "import tui.cli\ntry:\n    tui.cli.main(['--version'])\nexcept SystemExit:\n    pass"
    assert not modules_after(code) & (HEAVY | {"tinydb", "store.library"})


def test_the_first_picture_waits_for_nothing_but_textual() -> None:
    loaded = modules_after("import tui.cli.dashboard, tui.app")
    assert not loaded & (HEAVY - {"textual", "rich"} | {"tinydb", "argparse", "tomllib"})
    assert not {
        name for name in loaded if name.startswith(("store.models", "store.library", "tui.widgets", "tui.config"))
    }


def test_a_list_of_headlines_needs_no_screen_and_no_network(tmp_path) -> None:
    code = f"import os; os.environ['NEWSDASH_HOME'] = {str(tmp_path)!r}\nimport tui.cli; tui.cli.main(['list'])"
    assert not modules_after(code) & {"textual", "feedparser", "urllib3", "trafilatura"}


def test_a_refresh_needs_only_its_own_records() -> None:
    loaded = modules_after("import tui.cli.feeds, store.feeds.refresher")
    assert not loaded & (HEAVY - {"urllib3"} | {"encodings.idna", "tomllib"})
    assert not loaded & {"store.models.people", "store.models.listings", "store.text.clean", "tui.config.settings"}


def test_a_worker_process_starts_with_its_task() -> None:
    loaded = modules_after("import store.workers, store.feeds.worker_tasks, store.library.worker_tasks")
    assert {name for name in loaded if name.startswith("store")} == {
        "store", "store.version", "store.errors", "store.interpreter", "store.workers",
        "store.feeds", "store.feeds.worker_tasks", "store.library", "store.library.worker_tasks",
    }  # fmt: skip


def test_the_records_that_are_loaded_late_are_those_that_a_checker_knows() -> None:
    tree = ast.parse(Path(store.models.__file__).read_text())
    known = {
        name.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("store.models.")
        for name in node.names
    }
    assert sorted(known) == store.models.__all__
    for name, module in known.items():
        assert getattr(store.models, name) is getattr(sys.modules[module], name)
