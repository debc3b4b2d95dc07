"""Yardstick for imports: the rows of one database, ledger included, put into an empty one by raw ``executemany``.

Run it with the paths of the database that holds the rows, and of a copy of its schema without rows.
"""

import sqlite3
import sys


def insert(source: str, target: str) -> None:
    """Copy all rows in one transaction, as durably as the program writes."""
    have = sqlite3.connect(source)
    want = sqlite3.connect(target)
    want.execute("PRAGMA synchronous = EXTRA")
    names = [
        name
        for (name,) in have.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    ]
    for name in names:
        rows = have.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - a name out of the schema
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            want.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608
    want.commit()


if __name__ == "__main__":
    insert(*sys.argv[1:3])
