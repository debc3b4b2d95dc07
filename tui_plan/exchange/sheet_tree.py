"""Placing the actions of a sheet under their areas and objectives. Only ``sheet_reading`` calls this.

Spreadsheets leave out what repeats: a blank area or objective repeats the one above it, but only in a row with an
action. A row with an area or objective alone is a heading for the rows below.
"""

import re
from dataclasses import dataclass, field, replace

from tui_plan.exchange.sheet_columns import ColumnMap, Field
from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.exchange.sheet_plan import Findings, ReadAction, ReadArea, ReadObjective, RowLine
from tui_plan.exchange.sheet_words import priority_of
from tui_plan.model.clean import ONE_LINE, clean, name_key
from tui_plan.model.vocabulary import Priority

UNTITLED_AREA = "Without a development area"
LONGEST_TITLE = 1_000
_TOTAL = re.compile(r"(?:grand[ -]?|sub[ -]?)?totals?\s*:?", re.IGNORECASE)
_HEADING_FIELDS = {Field.AREA, Field.OBJECTIVE, Field.PRIORITY}


@dataclass(slots=True)
class _Objective:
    title: str
    actions: dict[int, ReadAction] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Area:
    title: str
    priorities: dict[str, list[int]] = field(default_factory=dict)
    objectives: dict[str, _Objective] = field(default_factory=dict)


class TreeReader:
    """Remembers the area and objective that the rows below repeat; the same title again is the same record."""

    def __init__(self, name: str, columns: ColumnMap, findings: Findings) -> None:
        self._findings = findings
        self._areas: dict[str, _Area] = {}
        self._area: _Area | None = None
        self._objective: _Objective | None = None
        self._has_areas = bool(columns.all_of(Field.AREA))
        self._has_objectives = bool(columns.all_of(Field.OBJECTIVE))
        self._untitled = UNTITLED_AREA if self._has_areas else clean(name)
        if not self._has_areas:
            findings.look(0, f"No column names development areas: all stand under “{self._untitled}”")
        if not self._has_objectives:
            findings.look(0, "No column names step objectives: each area gets one without a title")

    def heading_row(self, row: SheetRow, texts: dict[Field, str]) -> None:
        """Take a row without an action: a heading for the rows below, or something that stays outside the plan."""
        total = next((text for text in texts.values() if _TOTAL.fullmatch(text)), "")
        heading = not total and (Field.AREA in texts or Field.OBJECTIVE in texts)
        if heading:
            area = self._enter_area(row.number, texts)
            if Field.OBJECTIVE in texts:
                self._enter_objective(row.number, area, texts)
        if total:
            self._findings.look(row.number, f"says “{total}”, names no action and was left out")
        elif not heading or not texts.keys() <= _HEADING_FIELDS:
            self._findings.look(row.number, "has no action: what it says is kept as it stands, outside the plan")
        self._findings.lines.append(
            RowLine(row.number, "a heading for the rows below" if heading else "no action: kept outside the plan")
        )

    def place(self, row: int, texts: dict[Field, str]) -> tuple[str, str]:
        """Return the titles of the area and the objective to which the action in ``row`` belongs."""
        above = self._area, self._objective
        area = self._enter_area(row, texts)
        objective = self._enter_objective(row, area, texts)
        if self._has_areas and Field.AREA not in texts and area is above[0]:
            self._findings.look(row, "leaves the development area blank: it repeats the one above")
        if self._has_objectives and Field.OBJECTIVE not in texts and objective is above[1]:
            self._findings.look(row, "leaves the step objective blank: it repeats the one above")
        return area.title, objective.title

    def add(self, action: ReadAction) -> None:
        """Take in the action that was just placed."""
        objective = self._areas[name_key(action.area)].objectives[name_key(action.objective)]
        key = name_key(action.title)
        if key in objective.titles:
            self._findings.look(action.row, "has the same action as a row above it, under the same objective")
        objective.titles.add(key)
        objective.actions[action.row] = action

    def actions(self) -> dict[int, ReadAction]:
        """Return every action so far by its row."""
        objectives = [one for area in self._areas.values() for one in area.objectives.values()]
        return {row: action for one in objectives for row, action in one.actions.items()}

    def areas(self, actions: dict[int, ReadAction]) -> tuple[ReadArea, ...]:
        """Return all areas in the order of the file, with ``actions``, by row, in the places of those taken in."""
        return tuple(self._as_read(area, actions) for area in self._areas.values())

    def _as_read(self, area: _Area, actions: dict[int, ReadAction]) -> ReadArea:
        priority = self._priority(area)
        kept = {} if priority else {row: text for text, rows in area.priorities.items() for row in rows}
        beside = {row: (("Priority", text),) for row, text in kept.items()}
        objectives = (
            (one.title, (replace(actions[row], extra=actions[row].extra + beside.get(row, ())) for row in one.actions))
            for one in area.objectives.values()
        )
        return ReadArea(area.title, priority, tuple(ReadObjective(title, tuple(own)) for title, own in objectives))

    def _enter_area(self, row: int, texts: dict[Field, str]) -> _Area:
        title = self._title(row, Field.AREA, texts)
        area = self._area
        if title or area is None:
            area = self._areas.setdefault(name_key(title or self._untitled), _Area(title or self._untitled))
            if not title and self._has_areas:
                self._findings.look(row, f"has no development area above it: it stands under “{UNTITLED_AREA}”")
        if area is not self._area:
            self._area, self._objective = area, None
        if Field.PRIORITY in texts:
            area.priorities.setdefault(texts[Field.PRIORITY], []).append(row)
        return area

    def _enter_objective(self, row: int, area: _Area, texts: dict[Field, str]) -> _Objective:
        title = self._title(row, Field.OBJECTIVE, texts)
        objective = self._objective
        if title or objective is None:
            objective = area.objectives.setdefault(name_key(title), _Objective(title))
            if not title and self._has_objectives:
                self._findings.look(
                    row, "has no step objective above it in its area: it stands under one without a title"
                )
        self._objective = objective
        return objective

    def _title(self, row: int, column: Field, texts: dict[Field, str]) -> str:
        title = clean(texts.get(column, ""))
        limit = ONE_LINE if column is Field.AREA else LONGEST_TITLE
        if len(title) > limit:
            self._findings.problem(row, f"the {column} has {len(title):,} characters: shorten it to {limit:,}.")
        return title

    def _priority(self, area: _Area) -> Priority | None:
        """An area has the priority on which all its rows that give one agree."""
        found = {priority_of(text) for text in area.priorities}
        if len(found) == 1 and None not in found:
            return found.pop()
        for text, rows in area.priorities.items():
            for row in rows:
                self._findings.look(row, f"says “{text}” as priority, which is not the area's: kept beside the action")
        return None
