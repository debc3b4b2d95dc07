"""One call of a command: its options, understood. Commands get it, and open the database through it.

It imports no database at the top, so that commands without one start fast.
"""

import os
import pwd
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui_plan.cli.output import Page
from tui_plan.model.clean import clean

DATABASE_VARIABLE = "TUI_PLAN_DB"

if TYPE_CHECKING:
    from tui_plan.config import Config
    from tui_plan.model.store import Author


class Call:
    """The options of a command with what follows from them and from the configuration."""

    def __init__(self, options: Namespace) -> None:
        self.options = options
        self.page = Page(colour=not options.no_color)

    @cached_property
    def config(self) -> "Config":
        """The configuration, read when it is first needed; what is wrong in it is told, and defaults stand."""
        from tui_plan.config import load_config

        config = load_config()
        for problem in config.problems:
            print(f"tui-plan: {clean(problem)}", file=sys.stderr)
        return config

    @property
    def database(self) -> Path:
        """The path of the database: --db, else TUI_PLAN_DB, else the configuration, else the usual place."""
        named = self.options.db or os.environ.get(DATABASE_VARIABLE)
        if named:
            return file_named(named)
        from tui_plan.config import usual_database

        return self.config.database or usual_database()

    @cached_property
    def today(self) -> date:
        """The day that counts as today: --today, else the day of --as-of, else this day."""
        real = datetime.now().astimezone().date()
        said = self.options.today or self.options.as_of
        return self._typed(said, real) if said else real

    @property
    def json(self) -> bool:
        """Whether the answer is for a program."""
        return bool(self.options.json)

    @property
    def dry(self) -> bool:
        """Whether nothing may be changed."""
        return bool(self.options.dry_run)

    def day(self, text: str | None, default: date | None = None) -> date | None:
        """Return the date that an option gives, counted from today; ``default`` where it was left out."""
        return self._typed(text, self.today) if text else default

    def shown(self, day: date | None) -> str:
        """Return a date in the style of the configuration."""
        from tui_plan.model.date_words import show_date

        return show_date(day, self.config.date_style)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Open the database for a command that looks: as it stands, or as it stood at --as-of."""
        with self._opened():
            if not self.options.as_of:
                yield
                return
            from tui_plan.insight.comparing import end_of
            from tui_plan.model.as_of import as_of
            from tui_plan.model.errors import InvalidInput

            today = datetime.now().astimezone().date()
            day = self._typed(self.options.as_of, today)
            if day > today:
                raise InvalidInput(f"--as-of {day.isoformat()} lies in the future: name a day that is past.")
            with as_of(end_of(day)):
                yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Open the database for a command that changes; with --dry-run all of it is rolled back at the end."""
        with self._opened():
            if not self.dry:
                yield
                return
            from tui_plan.operations.rehearsing import taken_back

            with taken_back():
                yield

    def plan(self) -> str | None:
        """Return the uid of the plan that --plan names, or None for all plans."""
        return self.one_plan() if self.options.plan else None

    def one_plan(self) -> str:
        """Return the uid of the plan that --plan names, or of the only plan."""
        from tui_plan.insight.finding import find_plan

        return find_plan(self.options.plan)

    def plans(self) -> list[str]:
        """Return the uids of all plans, or of the one that --plan names; ``NotFound`` while there is none."""
        from tui_plan.insight.finding import plan_uids

        return [self.one_plan()] if self.options.plan else plan_uids()

    def author(self, said_by: str = "", channel: str = "") -> "Author":
        """Return who types this, on whose word: a name on the roster, ``me``, or any other name."""
        from tui_plan.cli.people import heard_from
        from tui_plan.model.store import Author

        person, name = heard_from(self, said_by) if said_by else ("", "")
        return Author(login_name(), said_by=person, said_by_name=name, channel=channel)

    def _typed(self, text: str, today: date) -> date:
        """Return a typed date; ISO needs no configuration to be understood."""
        from tui_plan.model.dates import iso_date, typed_date

        return iso_date(text) or typed_date(text, today, self.config.date_order)

    @contextmanager
    def _opened(self) -> Iterator[None]:
        from peewee import DatabaseError

        from tui_plan.model.database import close_database, open_database
        from tui_plan.model.errors import DatabaseProblem

        try:
            open_database(self.database, insist=self.options.network_disk)
            yield
        except DatabaseError as problem:
            raise DatabaseProblem(f"The database could not be read: {problem}. Run 'tui-plan check'.") from problem
        finally:
            close_database()


def file_named(text: str) -> Path:
    """Return the path that ``text`` names. The address of a server is refused unsaid: it may hold a password."""
    scheme, server, _ = text.partition("://")
    if server and scheme.replace("+", "").isalpha():
        from tui_plan.model.errors import DatabaseProblem

        what = "PostgreSQL" if scheme.casefold().startswith("postgres") else "A database on a server"
        raise DatabaseProblem(f"{what} is not supported in this version; name a file.")
    return Path(text).expanduser()


def login_name() -> str:
    """Return the login of whoever runs this, as the system knows it: ``LOGNAME`` may say anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
