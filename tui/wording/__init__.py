"""Records of the store in words.

``counts``: numbers of things. ``quotation``: a statement between its marks. ``facts``: who said what explained.
``corrections``, ``feeds``: these in sentences. ``markdown``: an article as Markdown.
"""
