"""How a TOML file refers to what has a number: actions, areas, step objectives, stages, meetings, entries, measures.

Writer, reader and fitting share what stands here: which fields point at such records, by which words a record is
found, and how it is quoted. What a file refers to without holding it has its uid in brackets behind the words.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from tui_plan.exchange.toml_names import QuotedNames, quoted_label
from tui_plan.insight.gate import meeting_words
from tui_plan.model.base import Record
from tui_plan.model.checklist import ChecklistRun, NextAction
from tui_plan.model.meeting import Meeting
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.plan import Action, Dependency, DevelopmentArea, OutcomeMeasure, StepObjective
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.schema import LETTERS
from tui_plan.model.source import SourceRow
from tui_plan.model.stage import Stage

Row = dict[str, Any]
Rows = Mapping[type[Record], Iterable[Row]]

POINTERS: Mapping[type[Record], tuple[str, ...]] = {
    Dependency: ("needs",),
    SourceRow: ("action",),
    MembershipRule: ("area",),
    ChecklistRun: ("stage", "meeting"),
    NextAction: ("action",),
    RegisterEntry: ("stage", "meeting", "area"),
    EntryLink: ("action", "objective", "measure", "other"),
}
"""The fields that lead to something else than a party or the table around."""

_QUOTED = (Action, DevelopmentArea, StepObjective, Stage, Meeting, RegisterEntry, OutcomeMeasure)


class Quoted(NamedTuple):
    """How one record is quoted: ``words`` after its number, which it lacks where it has none."""

    number: int | None
    words: str


@cache
def target_of(model: type[Record], name: str) -> type[Record]:
    """Return the record that a field points at."""
    target: type[Record] = model._meta.fields[name].rel_model
    return target


def columns_of(model: type[Record]) -> tuple[str, ...]:
    """Return the fields by which a record of this kind is quoted."""
    return tuple(name for name in ("number", "title", "statement", "start") if name in model._meta.fields)


def names_in(rows: Rows) -> dict[type[Record], QuotedNames]:
    """Return for each kind the records of a file, found by reference or by words."""
    return {
        model: QuotedNames(
            LETTERS.get(model, ""), ((row["uid"], row.get("number"), _words(model, row)) for row in rows[model])
        )
        for model in _QUOTED
    }


def quoted_in(rows: Rows) -> dict[type[Record], dict[str, Quoted]]:
    """Return for each kind the records of a plan by uid, as they are quoted."""
    return {model: {row["uid"]: quoted_of(model, row) for row in rows[model]} for model in _QUOTED}


def quoted_of(model: type[Record], row: Mapping[str, Any]) -> Quoted:
    """Return how a record is quoted, by its fields ``columns_of``."""
    return Quoted(row.get("number"), _words(model, row)[-1])


def pointed_at(rows: Rows) -> Iterator[tuple[type[Record], str]]:
    """Yield the kind and the uid of everything that is pointed at."""
    for model, names in POINTERS.items():
        for row in rows[model]:
            yield from ((target_of(model, name), row[name]) for name in names if row.get(name))


def label_of(model: type[Record], uid: str, quoted: Quoted, *, sure: bool) -> str:
    """Return the reference to a record; with its uid where ``sure``, and where it has no number."""
    if quoted.number is None:
        return f"{_short(quoted.words)} [{uid}]"
    return quoted_label(LETTERS[model], quoted.number, quoted.words) + (f" [{uid}]" if sure else "")


def missing_words(model: type[Record], text: str, found: int) -> str:
    """Return the sentence for words that mean ``found`` records of a kind, none or several."""
    shown, letter = _short(text), LETTERS.get(model, "")
    better = f"number them and write {letter}-… instead" if letter else "put the uid in square brackets behind it"
    if found:
        return f"“{shown}” is the title of {found:,} {plural(model)}: {better}."
    wanted = f"give its number, {letter}-…, or its title" if letter else "give its statement"
    day = " with the day, such as “Team of 2026-12-31”" if model is Meeting else ""
    return f"there is no {model.noun} “{shown}” in this file: {wanted}{day}."


def plural(model: type[Record]) -> str:
    """Return the word for several records of a kind."""
    if model.noun.endswith("y"):
        return f"{model.noun[:-1]}ies"
    return {"meeting series": "meeting series"}.get(model.noun, f"{model.noun}s")


def _words(model: type[Record], row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return all words that mean a record, the best last."""
    title = row.get("title") or row.get("statement") or ""
    of_day = meeting_words(title, row["start"]) if model is Meeting else ""
    return (title, of_day) if of_day else (title,)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
