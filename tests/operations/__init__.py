"""Tests of what may be done: operations on a real database file."""
