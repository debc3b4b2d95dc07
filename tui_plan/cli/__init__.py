"""The command line, one file per family of commands. Importing it loads neither Peewee nor Textual nor Rich."""
