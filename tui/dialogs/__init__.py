"""Dialogs over the dashboard. Each is dismissed with its answer, or with None.

``base`` and ``form`` are what they are built on. ``ask`` (a line, or one of several things), ``pick`` (with keys)
and ``confirm`` ask anything; ``add_feed``, ``edit_feed``, ``feed_page``, ``starter_feeds`` and ``import_plan`` are
about feeds, ``rules`` and ``save_search`` about these; ``explain`` shows facts, ``picture`` pictures, ``help``,
``log`` and ``welcome`` the program itself, ``failure`` why it cannot start.
"""
