"""The command line: one file per family of commands. It may call every layer but the terminal's own."""
