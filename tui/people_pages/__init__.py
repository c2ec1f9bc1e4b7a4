"""Pages on people across all articles, over the dashboard.

``base`` is what they are built on. ``directory`` lists everybody, ``person`` shows one, ``quote_counts`` counts who
gets quoted, ``side_by_side`` compares. ``choose_person`` asks for one, ``merge_people`` joins and splits.
"""
