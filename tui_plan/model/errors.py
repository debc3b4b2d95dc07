"""The errors that a coordinator may meet, each with one clear sentence that says what to do.

Any layer may raise them. The command line prints the sentence and leaves with exit status 2; the terminal shows it
under the field or as a message. Programming mistakes are not wrapped in these.
"""

from collections.abc import Mapping


class PlanError(Exception):
    """Something the person can put right; ``str(error)`` is the whole sentence."""


class InvalidInput(PlanError):
    """Values that cannot be kept. ``problems`` gives a sentence for each form field; the first is the whole error.

    A problem that belongs to no field stands under the empty name.
    """

    def __init__(self, sentence: str, field: str = "", problems: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.problems = dict(problems or {field: sentence})


class NotFound(PlanError):
    """A reference, name or file that leads nowhere."""


class Conflict(PlanError):
    """Somebody else changed the record meanwhile; the sentence says who changed what, and when.

    ``mergeable`` is true when the two changes touch different fields, so that both can be kept.
    """

    def __init__(self, sentence: str, *, mergeable: bool = False) -> None:
        super().__init__(sentence)
        self.mergeable = mergeable


class Refused(PlanError):
    """A change that the rules of the plan do not allow now; the sentence gives the reason."""


class DatabaseProblem(PlanError):
    """The database file is missing, foreign, from another version, damaged, read-only or locked."""


class NoDatabase(DatabaseProblem):
    """There is no tui-plan database where one was looked for: nothing at all, a folder, or another file."""


class DamagedDatabase(DatabaseProblem):
    """The file is a tui-plan database that cannot be read any more: only a backup helps."""


class ImportProblem(PlanError):
    """A file that cannot be brought in; ``problems`` holds one sentence per place that needs mending."""

    def __init__(self, sentence: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems
