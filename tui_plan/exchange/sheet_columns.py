"""Recognising the columns of a spreadsheet from their headings. The readers of sheets and the command line call it.

Headings come in any order and by common synonyms. Nothing is dropped: a column that is not recognised, or that comes
second for a field which holds one, is kept beside the action as it stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tui_plan.model.clean import name_key
from tui_plan.model.errors import ImportProblem

AnyField = TypeVar("AnyField", bound=StrEnum)


class Field(StrEnum):
    """What a column can hold; the values are the words of ``--map 'Heading=field'``."""

    AREA = "area"
    PRIORITY = "priority"
    OBJECTIVE = "objective"
    REF = "ref"
    ACTION = "action"
    PURPOSE = "purpose"
    DESCRIPTION = "description"
    RESPONSIBLE = "responsible"
    ACCOUNTABLE = "accountable"
    CONSULTED = "consulted"
    INFORMED = "informed"
    START = "start"
    BASELINE = "baseline"
    TIMESCALE = "timescale"
    TIMESCALE_NOTE = "timescale note"
    REVISED = "revised"
    ACTUAL = "actual"
    STATUS = "status"
    CONFIDENCE = "confidence"
    RESOURCES = "resources"
    MONITORING = "monitoring"
    OUTCOME = "outcome"
    NOTE = "note"
    DEPENDS_ON = "depends on"
    MILESTONE = "milestone"
    CORE = "core"
    IGNORE = "ignore"


_SYNONYMS: dict[Field, str] = {
    Field.AREA: "development area, area, theme, goal, goal area, strategic goal, strategic priority, priority area, "
    "focus area, area of focus, workstream, work stream, pillar, programme, program, category",
    Field.PRIORITY: "priority, priority level, importance",
    Field.OBJECTIVE: "step objective, step, objective, strategic objective, strategy, milestone group, objective step, "
    "sub objective, action group",
    Field.REF: "ref, reference, id, no, nr, number, action no, action number, action id, action ref, item, "
    "task id, task no, s n, #, ref #, ref no, reference no, action #, task #, item #",
    Field.ACTION: "action, action step, task, activity, action item, what, what will be done",
    Field.PURPOSE: "purpose, why, rationale, aim, reason",
    Field.DESCRIPTION: "description, detail, action description, task description, how",
    Field.RESPONSIBLE: "responsibility, responsible, person responsible, responsible person, responsible party, "
    "responsible partner, responsible agency, responsible organisation, responsible organization, owner, "
    "action owner, task owner, lead, lead agency, lead partner, lead organisation, lead organization, who, by whom, "
    "assigned to, assignee, responsibility and involvement, responsibilities, who is responsible, who s responsible, "
    "lead person, person in charge, responsible staff, staff responsible, led by",
    Field.ACCOUNTABLE: "accountable, accountability, accountable person, accountable owner, sponsor",
    Field.CONSULTED: "consulted, consult, to be consulted",
    Field.INFORMED: "informed, inform, to be informed",
    Field.START: "start, start date, from, begin, starting, planned start",
    Field.TIMESCALE: "timescale, time scale, due, due date, due by, deadline, target, target date, by when, when, "
    "timeframe, time frame, timeline, timing, end, end date, finish, finish date, completion date, planned end, "
    "target completion date, planned completion date, date due, agreed date, complete by, to be completed by, "
    "completion target",
    Field.BASELINE: "baseline, baseline date, original date, original due date, original target date",
    Field.REVISED: "revised, revised date, revised timescale, revised due date, revised target date, forecast, "
    "forecast date, new date, new due date, expected, expected date",
    Field.ACTUAL: "actual, actual date, actual end, completed on, completed, date completed, done on, "
    "actual completion date, actual finish",
    Field.TIMESCALE_NOTE: "timescale note, timescale remark, timing note",
    Field.STATUS: "status, progress status, state, action status, current status",
    Field.CONFIDENCE: "confidence, rag, rag status, rag rating, delivery confidence",
    Field.RESOURCES: "resource, resource inc support, resource including support, resource needed, "
    "resource required, budget, cost",
    Field.MONITORING: "monitoring, monitoring arrangement, review, checkpoint, evidence, reporting",
    Field.OUTCOME: "outcome, success measure, measure of success, success criteria, kpi, measure, indicator, "
    "performance measure, expected outcome, metric, result, output, success indicator, indicator of success, "
    "evidence of success, expected result, intended outcome, desired outcome",
    Field.NOTE: "note, comment, remark, update, progress note, progress update",
    Field.DEPENDS_ON: "depends on, dependency, dependencies, predecessor, prerequisite",
    Field.MILESTONE: "milestone, is milestone, key milestone",
    Field.CORE: "core component, core, is core",
}
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
LONGEST_HEADING = 80
_EITHER = re.compile(r"[/&]|\bor\b", re.IGNORECASE)
_MARKS = re.compile(r"[^\w#]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands (from 0), its heading, what it became (None: kept beside), and why not more."""

    index: int
    heading: str
    field: Field | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Every column of a sheet in order, and the mapping by which the person changed what was recognised."""

    columns: tuple[Column, ...]
    mapping: tuple[tuple[str, str], ...] = ()

    def all_of(self, field: Field) -> tuple[Column, ...]:
        """Return the columns that hold ``field``: one at most, but any number of notes."""
        return tuple(column for column in self.columns if column.field is field)

    def index_of(self, field: Field) -> int | None:
        """Return where ``field`` stands, from 0, or None when the sheet has no such column."""
        return next((column.index for column in self.columns if column.field is field), None)

    @property
    def beside(self) -> tuple[Column, ...]:
        """The columns that no field takes in; their cells are kept beside the action."""
        return tuple(column for column in self.columns if column.field is None)


def field_named(heading: str) -> Field | None:
    """Return the field that ``heading`` is a common name of, or None."""
    return named_in(heading, _FIELDS)


def named_in(heading: str, known: Mapping[str, AnyField]) -> AnyField | None:
    """Return what ``heading`` names among ``known`` (by ``heading_words``), brackets passed over, or None."""
    if len(heading) > LONGEST_HEADING:
        return None
    bare = _IN_BRACKETS.sub(" ", heading)
    for words in (heading_words(heading), heading_words(bare)):
        if words in known:
            return known[words]
    parts = {known.get(heading_words(part)) for part in _EITHER.split(bare)}
    return parts.pop() if len(parts) == 1 else None


def field_count(headings: tuple[str, ...], mapping: Mapping[str, str]) -> int:
    """Return how many different fields ``headings`` name: what makes a row a heading row."""
    return len(_fields_in(headings, mapping))


def names_actions(headings: tuple[str, ...], mapping: Mapping[str, str]) -> bool:
    """Return whether one of ``headings`` is that of the actions: what makes a table a plan."""
    return Field.ACTION in _fields_in(headings, mapping)


def _fields_in(headings: tuple[str, ...], mapping: Mapping[str, str]) -> set[str]:
    chosen = {heading_words(heading): field for heading, field in mapping.items()}
    fields = {chosen.get(heading_words(heading)) or field_named(heading) for heading in headings if heading}
    return {field for field in fields if field is not None}


def recognise(
    headings: tuple[str, ...], mapping: Mapping[str, str] | None = None, remembered: Mapping[str, str] | None = None
) -> ColumnMap:
    """Return what each of ``headings`` is; ``mapping`` (heading → field, ``ignore`` or ``note``) goes first.

    ``remembered`` is the mapping of an earlier import: it goes before what is recognised, as far as it still fits.
    Raises ImportProblem when the mapping names an unknown heading or field, or when no column holds the actions.
    """
    chosen = _checked_mapping(headings, mapping or {})
    for heading, name in (remembered or {}).items():
        fitting = _field_called(name)
        if fitting and heading_words(heading) not in chosen and (fitting in _MANY or fitting not in chosen.values()):
            chosen[heading_words(heading)] = fitting
    mapped = {field: "" for field in chosen.values() if field not in _MANY}
    taken: dict[Field, str] = {}
    columns = [_column(index, heading, chosen, mapped, taken) for index, heading in enumerate(headings)]
    found = ColumnMap(tuple(columns), tuple((mapping or {}).items()))
    if not found.all_of(Field.ACTION):
        raise ImportProblem(_no_action(headings))
    return found


def _column(
    index: int, heading: str, chosen: Mapping[str, Field], mapped: Mapping[Field, str], taken: dict[Field, str]
) -> Column:
    """Decide on one column; ``taken`` are the fields that a column to the left of it holds."""
    field = chosen.get(heading_words(heading))
    by_person = field is not None
    field = field or field_named(heading)
    if field is None or field in _MANY:
        return Column(index, heading, field)
    if field in taken:
        return Column(index, heading, None, f"{field} is already taken from “{taken[field]}”")
    if field in mapped and not by_person:
        return Column(index, heading, None, f"another column is mapped to {field}")
    taken[field] = heading
    return Column(index, heading, field)


def parse_mapping(texts: list[str]) -> dict[str, str]:
    """Return the mapping of options such as ``Heading=field``. Raises ImportProblem for one without both."""
    mapping: dict[str, str] = {}
    for text in texts:
        heading, mark, field = text.rpartition("=")
        if not mark or not heading.strip() or not field.strip():
            raise ImportProblem(f"--map {text}: write it as --map 'Heading=field', for example --map 'To do=action'.")
        mapping[heading.strip()] = field.strip()
    return mapping


def _checked_mapping(headings: tuple[str, ...], mapping: Mapping[str, str]) -> dict[str, Field]:
    known = {heading_words(heading) for heading in headings}
    chosen: dict[str, Field] = {}
    for heading, name in mapping.items():
        if heading_words(heading) not in known:
            raise ImportProblem(f"There is no column “{heading}” to map: the headings are {_listed(headings)}.")
        field = _field_called(name)
        if field is None:
            raise ImportProblem(f"“{name}” is no field: choose one of {', '.join(Field)}.")
        if field not in _MANY and field in chosen.values():
            raise ImportProblem(f"Two columns are mapped to {field}: map one of them to note or ignore.")
        chosen[heading_words(heading)] = field
    return chosen


def _field_called(name: str) -> Field | None:
    return next((field for field in Field if field == name_key(name)), None) or _FIELDS.get(heading_words(name))


def _no_action(headings: tuple[str, ...]) -> str:
    return (
        f"No column holds the actions. The headings are {_listed(headings)}: "
        "say which one it is, for example --map 'Heading=action'."
    )


def _listed(headings: tuple[str, ...]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings if heading) or "empty"


def heading_words(heading: str) -> str:
    """Return the words by which headings are compared: no case, no marks, no plural."""
    return " ".join(_singular(word) for word in _MARKS.sub(" ", name_key(heading)).split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_MANY = frozenset({Field.NOTE, Field.IGNORE})
_FIELDS: dict[str, Field] = {
    heading_words(synonym): field for field, synonyms in _SYNONYMS.items() for synonym in synonyms.split(",")
}
