"""The subcommands of ``newsdash``: each prints plain text or JSON and returns an exit status."""
