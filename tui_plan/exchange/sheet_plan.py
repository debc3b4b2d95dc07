"""What was read from a sheet, as plain values: the plan, and the report that a dry run prints.

The readers of sheets make them, the import writes them, the command line shows them. Nothing here reads or writes.
"""

from dataclasses import dataclass, field
from datetime import date

from tui_plan.exchange.sheet_columns import ColumnMap
from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import Confidence, PartyKind, Priority, RoleKind, Status

Rows = tuple[int, ...]
"""Row numbers as the spreadsheet shows them, ascending."""


@dataclass(frozen=True, slots=True)
class ReadParty:
    """Somebody whom the file names, in the spelling of the first row that does."""

    name: str
    kind: PartyKind
    rows: Rows


@dataclass(frozen=True, slots=True)
class ReadRole:
    """A role in an action; ``party`` is the name of a ReadParty."""

    kind: RoleKind
    party: str


@dataclass(frozen=True, slots=True)
class ReadDates:
    """The dates of one action. ``note`` keeps the words that are no date, each but the timescale's with its label."""

    start: date | None = None
    baseline: date | None = None
    agreed: date | None = None
    forecast: date | None = None
    actual: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadAction:
    """One action, with every cell of its row.

    ``depends_on`` are row numbers. ``notes`` are texts of the note columns and words that no field could take, with
    their label. ``extra`` are heading and text of columns that no field takes in. ``source_cells`` go with the
    headings.
    """

    row: int
    area: str
    objective: str
    title: str
    ref: str
    purpose: str
    description: str
    dates: ReadDates
    status: Status
    confidence: Confidence | None
    milestone: bool
    core: bool
    roles: tuple[ReadRole, ...]
    depends_on: Rows
    monitoring: str
    outcome: str
    resources: str
    notes: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]
    source_cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadObjective:
    """A step objective and its actions in the order of the file."""

    title: str
    actions: tuple[ReadAction, ...]


@dataclass(frozen=True, slots=True)
class ReadArea:
    """A development area, in the order of the file; ``priority`` is None unless all its rows agree on one."""

    title: str
    priority: Priority | None
    objectives: tuple[ReadObjective, ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    """What became of one row, in a few words."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """All that a dry run says.

    ``counts`` are of areas, objectives and actions; ``dates`` each written form, its date and rows; ``words`` each text
    that stays words; ``revised`` row, first date and revised date; ``looks`` what should be looked at, and its rows.
    """

    name: str
    remarks: tuple[str, ...]
    heading_row: int
    columns: ColumnMap
    counts: tuple[int, int, int]
    parties: tuple[ReadParty, ...]
    dates: tuple[tuple[str, date, Rows], ...]
    words: tuple[tuple[str, Rows], ...]
    revised: tuple[tuple[int, date | None, date], ...]
    looks: tuple[tuple[str, Rows], ...]
    problems: tuple[str, ...]
    lines: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan as a sheet gives it; ``rows`` are all rows that hold anything, verbatim, also those without an action."""

    name: str
    headings: tuple[str, ...]
    areas: tuple[ReadArea, ...]
    parties: tuple[ReadParty, ...]
    rows: tuple[SheetRow, ...]
    report: ReadReport

    @property
    def actions(self) -> tuple[ReadAction, ...]:
        """Every action, area by area and objective by objective."""
        return tuple(action for area in self.areas for one in area.objectives for action in one.actions)


@dataclass(slots=True)
class Findings:
    """What the readers of one sheet collect for its report as they go."""

    problems: list[str] = field(default_factory=list)
    looks: dict[str, list[int]] = field(default_factory=dict)
    dates: dict[tuple[str, date], list[int]] = field(default_factory=dict)
    words: dict[str, list[int]] = field(default_factory=dict)
    revised: list[tuple[int, date | None, date]] = field(default_factory=list)
    lines: list[RowLine] = field(default_factory=list)

    def problem(self, row: int, sentence: str) -> None:
        """Note a thing that must be mended before the file can be brought in."""
        self.problems.append(f"Row {row}: {sentence}")

    def look(self, row: int, sentence: str) -> None:
        """Note a thing that somebody should look at; rows with the same sentence are told together."""
        self.looks.setdefault(sentence, []).append(row)


def require_sound(plan: ReadPlan) -> None:
    """Raise ImportProblem with every problem when the file needs mending before it can be brought in."""
    problems = plan.report.problems
    if not problems:
        return
    count = "" if len(problems) == 1 else f" (and {len(problems) - 1} more)"
    raise ImportProblem(f"{plan.report.name} cannot be brought in yet. {problems[0]}{count}", problems)


def rows_in_words(rows: Rows) -> str:
    """Return "row 4" or "rows 2–20, 25"."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], row]
        else:
            parts.append([row])
    told = ", ".join("–".join(map(str, part)) for part in parts)
    return f"row {told}" if len(rows) == 1 else f"rows {told}"
