"""Commands and their keys.

``commands`` has every command once, with its keys and words. ``key_names`` reads keys as they are written,
``sequences`` finds the command that keys stand for, ``keyboard`` does so in each pane. ``presets`` has the keys of
other programs.
"""
