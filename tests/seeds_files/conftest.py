"""Property tests here import large libraries late, so the first example may take long."""

from hypothesis import settings

settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")
