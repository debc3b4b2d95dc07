"""What is kept: the tables, one file per noun, their schema and migrations, and the ledger.

The lowest layer: it knows nothing of the layers above, of the terminal, or of any file format.
"""
