"""Turning the table of a sheet into a plan: areas, objectives and actions with all that their rows say.

``operations`` and the command line call ``read_plan_file`` or ``read_plan``. Nothing is written and nothing guessed:
what cannot be placed is kept as words or beside the action, and the report says so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tui_plan.exchange.sheet_columns import ColumnMap, Field, recognise
from tui_plan.exchange.sheet_dates import DateReader
from tui_plan.exchange.sheet_file import Sheet, read_sheet
from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.exchange.sheet_links import linked
from tui_plan.exchange.sheet_parties import PartyReader, labelled, names_nobody
from tui_plan.exchange.sheet_plan import (
    Findings,
    ReadAction,
    ReadPlan,
    ReadReport,
    ReadRole,
    RowLine,
)
from tui_plan.exchange.sheet_tree import LONGEST_TITLE, TreeReader
from tui_plan.exchange.sheet_words import confidence_of, is_yes, status_of
from tui_plan.model.clean import MANY_LINES, clean
from tui_plan.model.dates import DateOrder, show_date
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import Confidence, PartyKind, RoleKind, Status

ROLE_FIELDS = {
    Field.ACCOUNTABLE: RoleKind.ACCOUNTABLE,
    Field.RESPONSIBLE: RoleKind.RESPONSIBLE,
    Field.CONSULTED: RoleKind.CONSULTED,
    Field.INFORMED: RoleKind.INFORMED,
}
_LEADING_ROLES = {RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE}


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the coordinator chose: worksheet, headings, order of day and month, and who is a person, post or group.

    ``remembered`` is the mapping of an earlier import; headings that are gone since do not matter there. With ``today``
    an actual date in the future is a problem. ``roster`` are the keys of names that are known, commas and all.
    """

    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    order: DateOrder | None = None
    as_kinds: Mapping[str, PartyKind] = field(default_factory=dict)
    today: date | None = None
    roster: Collection[str] = ()


READ_PLAINLY = ReadOptions()


def read_plan_file(path: Path, options: ReadOptions = READ_PLAINLY) -> ReadPlan:
    """Read a CSV or XLSX file as a plan. Raises NotFound and ImportProblem; troubles of rows stand in the report."""
    sheet = read_sheet(path, options.sheet, {**options.remembered, **options.mapping})
    return read_plan(sheet, recognise(sheet.headings, options.mapping, options.remembered), options)


def read_plan(sheet: Sheet, columns: ColumnMap, options: ReadOptions = READ_PLAINLY) -> ReadPlan:
    """Return the plan in ``sheet``; ``require_sound`` says whether it may be written.

    Raises ImportProblem when the sheet holds no action or ``as_kinds`` names somebody who is not in it.
    """
    reader = _PlanReader(sheet, columns, options)
    for row in sheet.rows:
        reader.read(row)
    return reader.finish()


class _PlanReader:
    """Goes down the rows once; the parties alone need a look at all rows first."""

    def __init__(self, sheet: Sheet, columns: ColumnMap, options: ReadOptions) -> None:
        self._sheet = sheet
        self._columns = columns
        self._places = {column.index: column.field for column in columns.columns if column.field is not None}
        self._beside = [(column.index, column.heading or f"Column {column.index + 1}") for column in columns.beside]
        self._note_places = [column.index for column in columns.all_of(Field.NOTE)]
        self._findings = Findings()
        self._dates = DateReader(options.order, options.today, self._findings)
        roles = [(place, ROLE_FIELDS[one]) for place, one in self._places.items() if one in ROLE_FIELDS]
        cells = ((row.cells[place], kind) for row in sheet.rows for place, kind in roles if row.cells[place])
        named = (text for cell, kind in cells for _, text in labelled(cell, kind))
        self._parties = PartyReader(named, options.as_kinds, options.roster)
        self._depends: dict[int, str] = {}
        self._tree = TreeReader(Path(sheet.name).stem, columns, self._findings)

    def read(self, row: SheetRow) -> None:
        """Take in one row, whatever it holds."""
        if row.blank:
            self._findings.lines.append(RowLine(row.number, "blank"))
            return
        texts = {one: text for place, one in self._places.items() if (text := row.cells[place])}
        if Field.ACTION not in texts:
            self._tree.heading_row(row, texts)
            return
        area, objective = self._tree.place(row.number, texts)
        if Field.DEPENDS_ON in texts:
            self._depends[row.number] = texts[Field.DEPENDS_ON]
        action = self._action(row, texts, area, objective)
        self._tree.add(action)
        when = show_date(action.dates.forecast or action.dates.agreed) or ("words" if action.dates.note else "no date")
        self._findings.lines.append(RowLine(row.number, f"{when:<10}  {action.title}"))

    def finish(self) -> ReadPlan:
        """Return the whole plan once every row has been read."""
        self._dates.finish()
        actions = linked(self._tree.actions(), self._depends, self._findings)
        if not actions:
            raise ImportProblem(
                f"{self._sheet.name} has headings in row {self._sheet.heading_row}, but no actions below."
            )
        areas = self._tree.areas(actions)
        counts = (len(areas), sum(len(area.objectives) for area in areas), len(actions))
        rows = tuple(row for row in self._sheet.rows if not row.blank)
        report = self._report(counts)
        return ReadPlan(Path(self._sheet.name).stem, self._sheet.headings, areas, report.parties, rows, report)

    def _action(self, row: SheetRow, texts: dict[Field, str], area: str, objective: str) -> ReadAction:
        notes = [row.cells[place] for place in self._note_places if row.cells[place]]
        extra = [(heading, row.cells[place]) for place, heading in self._beside if row.cells[place]]
        title, whole = self._title(row.number, texts[Field.ACTION])
        description = "\n".join(filter(None, (whole, texts.get(Field.DESCRIPTION, ""))))
        if len(description) > MANY_LINES:
            self._findings.problem(row.number, "action and description are too long together: shorten one of them.")
        dates = self._dates.read(row.number, texts)
        status = self._status(row.number, texts.get(Field.STATUS, ""), dates.actual is not None, notes)
        if dates.actual is not None and status is not Status.COMPLETE:
            notes.append(f"Actual: {texts[Field.ACTUAL]}")
            dates = replace(dates, actual=None)
        return ReadAction(
            row=row.number,
            area=area,
            objective=objective,
            title=title,
            ref=clean(texts.get(Field.REF, "")),
            purpose=texts.get(Field.PURPOSE, ""),
            description=description,
            dates=dates,
            status=status,
            confidence=self._confidence(row.number, texts.get(Field.CONFIDENCE, ""), notes),
            milestone=self._ticked(row.number, "milestone", texts.get(Field.MILESTONE, ""), notes),
            core=self._ticked(row.number, "core component", texts.get(Field.CORE, ""), notes),
            roles=self._roles(row.number, texts),
            depends_on=(),
            monitoring=texts.get(Field.MONITORING, ""),
            outcome=texts.get(Field.OUTCOME, ""),
            resources=texts.get(Field.RESOURCES, ""),
            notes=tuple(notes),
            extra=tuple(extra),
            source_cells=row.cells,
        )

    def _title(self, row: int, cell: str) -> tuple[str, str]:
        """Return the title, and the whole text where it is too long for one: that becomes the description."""
        title = clean(cell)
        if len(title) <= LONGEST_TITLE:
            return title, ""
        self._findings.look(row, "has an action too long for a title: it is shortened, the whole is the description")
        return title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0].rstrip() + "…", cell

    def _status(self, row: int, text: str, finished: bool, notes: list[str]) -> Status:
        found = status_of(text) if text else None
        if text and found is None:
            self._keep(row, "status", text, notes)
        if finished and found not in {None, Status.COMPLETE}:
            self._findings.look(row, f"has an actual date, but its status is “{found}”: the date is kept as a note")
        return found or (Status.COMPLETE if finished and not text else Status.NOT_STARTED)

    def _confidence(self, row: int, text: str, notes: list[str]) -> Confidence | None:
        found = confidence_of(text) if text else None
        if text and found is None:
            self._keep(row, "confidence", text, notes)
        return found

    def _ticked(self, row: int, what: str, text: str, notes: list[str]) -> bool:
        found = is_yes(text)
        if found is None:
            self._keep(row, what, text, notes)
        return bool(found)

    def _keep(self, row: int, what: str, text: str, notes: list[str]) -> None:
        """A word that is not understood stays as a note with its label."""
        notes.append(f"{what.capitalize()}: {text}")
        self._findings.look(row, f"says “{text}” as {what}, which is not understood: kept as a note")

    def _roles(self, row: int, texts: dict[Field, str]) -> tuple[ReadRole, ...]:
        roles = [
            ReadRole(kind, name)
            for one, of_column in ROLE_FIELDS.items()
            if one in texts
            for kind, text in labelled(texts[one], of_column)
            for name in self._parties.names(row, text)
        ]
        if len({role.party for role in roles if role.kind is RoleKind.ACCOUNTABLE}) > 1:
            self._findings.look(row, "names several as accountable, but only one can be: all are taken as responsible")
            leading = {RoleKind.ACCOUNTABLE: RoleKind.RESPONSIBLE}
            roles = [ReadRole(leading.get(role.kind, role.kind), role.party) for role in roles]
        kinds = {role.kind for role in roles}
        if not kinds & _LEADING_ROLES:
            self._findings.look(row, "names nobody")
        elif RoleKind.ACCOUNTABLE not in kinds:
            self._findings.look(row, "has nobody accountable yet")
        for one in ROLE_FIELDS:
            if one in texts and names_nobody(texts[one]):
                self._findings.look(row, f"has “{texts[one]}” where somebody should be named")
        return tuple(dict.fromkeys(roles))

    def _report(self, counts: tuple[int, int, int]) -> ReadReport:
        found = self._findings
        return ReadReport(
            name=self._sheet.name,
            remarks=self._sheet.remarks,
            heading_row=self._sheet.heading_row,
            columns=self._columns,
            counts=counts,
            parties=self._parties.parties(),
            dates=tuple((text, day, tuple(rows)) for (text, day), rows in found.dates.items()),
            words=tuple((text, tuple(rows)) for text, rows in found.words.items()),
            revised=tuple(found.revised),
            looks=tuple((sentence, tuple(rows)) for sentence, rows in found.looks.items()),
            problems=tuple(found.problems),
            lines=tuple(found.lines),
        )
