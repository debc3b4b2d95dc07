"""Writing the differences between a changed file and its plan: all in one change, or nothing.

The command line calls it. An action that somebody changed after the comparison refuses the whole (``Conflict``), so
that nothing is written which nobody has seen. The sheet is kept anew: the next comparison starts from this file.
"""

from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from tui_plan.exchange.sheet_additions import Additions, action_values, cells_text, known_parties, organisations
from tui_plan.exchange.sheet_changes import ThreeWays
from tui_plan.exchange.sheet_compare import Comparison, Difference, DifferenceKind
from tui_plan.exchange.sheet_import import by_import, source_values
from tui_plan.exchange.sheet_plan import require_sound
from tui_plan.exchange.sheet_stored import COLUMNS
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import ImportProblem, InvalidInput
from tui_plan.model.plan import Action, Checkpoint, Dependency, OutcomeMeasure, Resource, Role
from tui_plan.model.source import Source, SourceRow
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Status
from tui_plan.operations.actions import check_dates
from tui_plan.operations.lapsing import lapsing

_PARTS: dict[str, tuple[type[Record], str]] = {
    "monitoring": (Checkpoint, "method"),
    "outcome": (OutcomeMeasure, "statement"),
    "resources": (Resource, "description"),
}


@dataclass(frozen=True, slots=True)
class Applied:
    """How many actions were added, changed and withdrawn, and how many clashes kept the plan's own value."""

    added: int
    changed: int
    withdrawn: int
    kept: int


def apply_differences(
    author: Author,
    comparison: Comparison,
    *,
    today: date,
    prefer_file: bool = False,
    withdraw_missing: bool = False,
) -> Applied:
    """Write what the new file changed. On a clash the plan's value stays, unless ``prefer_file``.

    Actions that are no longer in the file stay as they are, unless ``withdraw_missing``. Raises ImportProblem when the
    file needs mending first, Conflict when an action was changed since the comparison.
    """
    require_sound(comparison.read)
    applier = _Applier(comparison, today, prefer_file)
    words = f"Imported changes from {comparison.read.report.name}"
    with change(by_import(author), words) as writer, lapsing(writer, today):
        done = applier.apply(writer, withdraw_missing=withdraw_missing)
        if not (done.added or done.changed or done.withdrawn):
            writer.summary = f"Kept the rows of {comparison.read.report.name} as they are now; no action changed"
        return done


class _Applier:
    def __init__(self, comparison: Comparison, today: date, prefer_file: bool) -> None:
        stored = comparison.stored
        self._comparison = comparison
        self._today = today
        self._prefer_file = prefer_file
        self._additions = Additions(
            stored.uid,
            today,
            known_parties(),
            organisations() - stored.partners,
            dict(stored.areas),
            dict(stored.objectives),
            stored.positions.copy(),
            dict(comparison.matched),
        )

    def apply(self, writer: Writer, *, withdraw_missing: bool) -> Applied:
        """Write everything through ``writer``."""
        of_kind: dict[DifferenceKind, list[Difference]] = {kind: [] for kind in DifferenceKind}
        for difference in self._comparison.differences:
            of_kind[difference.kind].append(difference)
        differing = of_kind[DifferenceKind.CHANGED] + of_kind[DifferenceKind.RENAMED]
        self._add_new({difference.row for difference in of_kind[DifferenceKind.ADDED]})
        values = [(difference, self._values(difference)) for difference in differing]
        self._additions.write(writer)
        changed = sum([self._change(writer, difference, own) for difference, own in values])
        withdrawn = of_kind[DifferenceKind.MISSING] if withdraw_missing else []
        for difference in withdrawn:
            gone = {"status": Status.WITHDRAWN.value, "actual": None}
            writer.update(Action, difference.action, gone, version=difference.version)
        self._link(writer, of_kind[DifferenceKind.ADDED])
        self._keep_sheet(writer)
        self._additions.write(writer)
        kept = 0 if self._prefer_file else self._comparison.clashes
        return Applied(len(of_kind[DifferenceKind.ADDED]), changed, len(withdrawn), kept)

    def _add_new(self, added: set[int | None]) -> None:
        for party in self._comparison.read.parties:
            self._additions.party(party)
        for area in self._comparison.read.areas:
            fresh = [one for objective in area.objectives for one in objective.actions if one.row in added]
            if fresh:
                self._additions.area(area.title, area.priority)
            for action in fresh:
                self._additions.action(action)

    def _taken(self, difference: Difference) -> set[str]:
        """The fields of which the file's value is taken."""
        return {one.field for one in difference.changes if self._prefer_file or not one.clash}

    def _values(self, difference: Difference) -> dict[str, Any]:
        """The new values of an action's own fields, and the place to which it moves, which may have to be added."""
        ways = self._comparison.ways[difference.action]
        after = action_values(ways.new)
        taken = self._taken(difference)
        values = {name: after[name] for name in COLUMNS if name in taken}
        if values.get("status", Status.COMPLETE) != Status.COMPLETE:
            values["actual"] = None
        if values.get("agreed") and not ways.stored.values["agreed"]:
            values["baseline"] = values["agreed"]
        try:
            check_dates(ways.stored.values | values, self._today)
        except InvalidInput as problem:
            raise ImportProblem(f"Row {difference.row} ({difference.reference}): {problem}") from problem
        return values | self._additions.place(ways.new) if "place" in taken else values

    def _change(self, writer: Writer, difference: Difference, values: dict[str, Any]) -> bool:
        ways = self._comparison.ways[difference.action]
        taken = self._taken(difference)
        writer.update(Action, difference.action, values, version=difference.version)
        for name in _PARTS.keys() & taken:
            self._change_part(writer, ways, name)
        if "roles" in taken:
            self._change_roles(writer, ways)
        for text in sorted(ways.members("notes").added):
            self._additions.note(difference.action, text)
        self._change_needs(writer, ways)
        return bool(taken)

    def _change_part(self, writer: Writer, ways: ThreeWays, name: str) -> None:
        """Change, remove and add the parts whose lines the file changed."""
        model, column = _PARTS[name]
        edits = ways.part_edits(name)
        for uid, text in edits.changed.items():
            writer.update(model, uid, {column: text})
        for uid in edits.removed:
            writer.delete(model, uid)
        add = {"monitoring": self._additions.checkpoint, "outcome": self._additions.measure}
        for text in edits.added + edits.rivals:
            add.get(name, self._additions.resource)(ways.stored.uid, text)

    def _change_roles(self, writer: Writer, ways: ThreeWays) -> None:
        members = ways.members("roles")
        for key in sorted(members.removed | ways.rivals()):
            writer.delete(Role, ways.stored.roles[key])
        wanted = {(kind, self._additions.parties.get(party, party)) for kind, party in members.added}
        for position, role in enumerate(ways.new.roles, start=len(ways.stored.roles)):
            if (role.kind.value, self._additions.party_of(role.party)) in wanted:
                self._additions.role(ways.stored.uid, role.kind, role.party, position)

    def _change_needs(self, writer: Writer, ways: ThreeWays) -> None:
        members = ways.members("needs")
        for needed in sorted(members.removed):
            writer.delete(Dependency, ways.stored.needs[needed])
        for row in ways.new.depends_on:
            if {self._comparison.matched.get(row), f"row {row}"} & members.added:
                self._additions.add(Dependency, action=ways.stored.uid, needs=self._additions.actions[row])

    def _link(self, writer: Writer, added: list[Difference]) -> None:
        """Write what new actions depend on; then nothing in the plan may go round in a circle."""
        by_row = {action.row: action for action in self._comparison.read.actions}
        for difference in added:
            action = by_row[difference.row or 0]
            for row in action.depends_on:
                uids = self._additions.actions
                self._additions.add(Dependency, action=uids[action.row], needs=uids[row])
        self._additions.write(writer)
        graph: dict[str, list[str]] = {}
        for action, needs in rows(Dependency.select(Dependency.action, Dependency.needs)):
            graph.setdefault(action, []).append(needs)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as problem:
            raise ImportProblem("With this file, actions would depend on each other in a circle.") from problem

    def _keep_sheet(self, writer: Writer) -> None:
        """Keep the new file's headings and rows in place of the old ones."""
        read, sheet = self._comparison.read, self._comparison.stored.sheet
        if sheet is None:
            source = writer.create(Source, plan=self._comparison.stored.uid, **source_values(read))
        else:
            source = sheet.uid
            writer.update(Source, source, source_values(read))
        left = dict(sheet.row_uids) if sheet else {}
        before = {action: row for row, action in sheet.actions.items()} if sheet else {}
        loose = left.keys() - before.values()
        for row in read.rows:
            action = self._additions.actions.get(row.number)
            number = before.get(action) if action else row.number if row.number in loose else None
            if number is None:
                self._additions.source_row(source, row.number, row.cells)
            else:
                writer.update(SourceRow, left.pop(number), {"row": row.number, "cells": cells_text(row.cells)})
        for uid in left.values():
            writer.delete(SourceRow, uid)
