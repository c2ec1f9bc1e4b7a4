"""Ways out of the terminal: ``browser`` opens pages, ``pipe`` hands text to programs, ``desktop`` notifies."""
