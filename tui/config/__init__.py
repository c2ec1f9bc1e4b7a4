"""``config.toml``: typed settings, the keys of every command, and a sentence for everything that is wrong."""
