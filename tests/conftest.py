"""How properties are tested: the same examples in every run, or new ones with ``HYPOTHESIS_PROFILE=search``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A busy machine is no failure; speed is measured in bench/.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", _PATIENT, derandomize=True)
settings.register_profile("search", _PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
