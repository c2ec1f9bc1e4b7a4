"""The dashboard.

``screen`` composes the widgets and forwards messages to the controllers, which ``controllers`` makes. ``context``
is what they share, ``state`` what is listed. ``key_dispatch`` finds commands, ``palette`` lists them.

Controllers: ``panes``, ``dividers``, ``jump`` (the arrangement, and ways through it; ``layout`` computes it);
``sidebar``, ``headline_list``, ``listing``, ``search``, ``saved_searches`` (what is listed; ``empty_list`` says why
nothing is, ``index_progress`` how far the indexes are); ``articles``, ``places``, ``find_in_article``,
``full_text``, ``pictures``, ``share`` (the open article); ``marks``, ``tags``, ``corrections``, ``undo`` (what the
user changes); ``feeds``, ``folders``, ``refresh``, ``notifications``, ``import_export``, ``rules`` (what brings
articles in); ``people`` (pages); ``onboarding``, ``settings``, ``program``.
"""
