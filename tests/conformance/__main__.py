"""Run TinyDB's own tests on the store: ``python -m tests.conformance``.

They come out of the source distribution of the TinyDB that is installed, which pip downloads into a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

MODULES = ("test_tables", "test_tinydb", "test_operations", "test_queries")
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def main() -> int:
    """The exit status of pytest."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        download(folder)
        tests = folder / "tests"
        tests.mkdir()
        (archive,) = folder.glob("tinydb-*.tar.gz")
        with tarfile.open(archive) as source:
            for module in MODULES:
                found = source.extractfile(f"{archive.name.removesuffix('.tar.gz')}/tests/{module}.py")
                assert found is not None
                (tests / f"{module}.py").write_bytes(found.read())
        shutil.copy(HERE / "conftest.py", tests)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-c", os.devnull, f"--rootdir={tests}"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run([*command, str(tests)], cwd=folder, env=environment, check=False).returncode


def download(folder: Path) -> None:
    """The source distribution of the installed TinyDB."""
    package = f"tinydb=={version('tinydb')}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-binary", "tinydb", "--dest", str(folder), package], check=True)


if __name__ == "__main__":
    sys.exit(main())
