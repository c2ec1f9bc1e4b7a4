"""What runs before the dashboard is there: ``splash`` paints the first picture, ``gc_policy`` keeps the collector of
cycles away from the keyboard.
"""
