"""Screens and dialogs: they hold the state, call the library in threads and hand records down to widgets."""
