"""Who said what in languages other than English: only what is sure, with far simpler rules.

``detect``: which language a text is in. ``word_files``, ``grammar``: its words, from one file a language in ``words/``.
``tokens``: words with offsets. ``marks``: its quotation marks and dashes. ``names``: names in full
that surely name a person. ``people``: who is who among them.
``subjects``: the noun phrase that speaks. ``speakers``: who said a quotation. ``dashes``: dialogue after dashes.
``unspaced``, ``unspaced_patterns``: Arabic, Chinese, Japanese and Korean. ``records``: the records made of it all.
``analyse``: all of it in order.

To add a language, write its file in ``words/``.
"""
