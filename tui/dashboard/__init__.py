"""The dashboard: its screen, and a part of what it does in each other module; ``layout`` arranges the panes, ``parts``
says what the others need of each other.
"""
