"""Ways out of the dashboard.

``browser`` opens pages, ``pipe`` hands text to programs, ``desktop`` notifies, ``terminal`` is given back as it was.
"""
