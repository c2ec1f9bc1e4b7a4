"""A program that is started without standard input, output or errors."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_the_store_does_not_get_the_number_of_a_closed_file(tmp_path, closed) -> None:
    command = f'"{sys.executable}" -c "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))"'
    environment = {**os.environ, "NEWSDASH_HOME": str(tmp_path / "home")}
    done = subprocess.run(["/bin/sh", "-c", f"{command} doctor {closed}"], env=environment, check=False, timeout=120)
    assert done.returncode == 0
    lock = (tmp_path / "home/data/store/lock").read_text()
    assert lock.split()[0].isdecimal()
    assert len(lock.splitlines()) == 1  # nothing was printed into it
