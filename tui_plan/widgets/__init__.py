"""Pieces that screens share. They know Textual and plain values, not the records."""
