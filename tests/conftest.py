"""How properties are tested: the same examples in every run, or new ones with ``HYPOTHESIS_PROFILE=search``.

And where tests have their files: in memory, if there is much, for they make thousands of stores and wait for the disk
at each change of one. What a disk does wrong is made by :mod:`faulty_files` and :mod:`troubled_disk`.

That properties get the same examples whatever else is tested: Hypothesis also draws numbers and words that stand in the
code it finds loaded, so that they would depend on which tests ran before, and reads all of that code in each worker.

And that modules are compiled once, as they are where newsdash is installed: each worker and each command that a test
starts would compile them anew where Python is told to keep nothing.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

_MEMORY = "/dev/shm"
_MUCH = 2 << 30
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _MUCH:
    tempfile.tempdir = _MEMORY

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A busy machine is no failure; speed is measured in bench/.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", _PATIENT, derandomize=True)
settings.register_profile("search", _PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


providers._get_local_constants = lambda: providers._local_constants  # which are none

YOUNG = 20_000
"""Objects made until the youngest are looked through for garbage, of which tests leave much and keep little."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Have Hypothesis make its table of characters while the workers collect, or all of them would make it at once."""
    if not hasattr(session.config, "workerinput"):
        st.text().validate()


@pytest.fixture(autouse=True, scope="session")
def _workers_kept() -> Iterator[None]:
    """Libraries of different tests read feeds in the same processes; how these come and go has tests of its own."""
    from support.kept_workers import KeptWorkers

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.workers.Pool", KeptWorkers)
        yield
        for worker in KeptWorkers.left:
            worker.stop()


def pytest_collection_finish() -> None:
    """What is imported stays until the end: pytest looks for garbage in it five times over, in each worker."""
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
