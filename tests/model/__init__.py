"""Tests of what is kept: tables, the one way to write, the ledger, dates and texts."""
