"""Fidelity: where the core components of a plan no longer stand as they were agreed, and which adaptation says why.

What they were is asked of the ledger, between a named baseline and now; nothing of it is kept. Screens, papers and the
command line ask here.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from tui_plan.insight.action_rows import of_plan
from tui_plan.insight.comparing import Was, baselines, end_of, moment_named, was_then
from tui_plan.insight.history import FieldChange, label
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import NotFound
from tui_plan.model.ledger import Entry
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, OutcomeMeasure, Plan, Role
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.schema import table_name
from tui_plan.model.vocabulary import OPEN_STATUSES, EntryKind, Fidelity, RoleKind, Status

NO_ADAPTATION = "no adaptation is recorded"
"""What is said beside a component that differs while nothing says why."""
NO_BASELINE = (
    "There is nothing to compare with: name the plan as it stands with “tui-plan baseline 'as agreed'”, "
    "or say on which day it was agreed."
)
ALL_NEW = (
    "Every core component came into the plan after that, so that there is nothing to compare with: name the plan as it "
    "stands with “tui-plan baseline 'as agreed'”."
)
NO_CORE = "No action is marked as a core component: mark what the plan cannot do without."
_WORDS = ("title", "purpose", "description", "agreed")
_STOPPED = frozenset({Status.DEFERRED.value, Status.WITHDRAWN.value})
_CARRYING = (RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value)
_ACTION = ("number", "core", "status", "forecast", *_WORDS)
_ROLE = ("action", "kind", "party")
_MEASURE = ("action", "statement", "target")

_Row = Mapping[str, Any]
_Rows = dict[str, _Row]


class Adaptation(NamedTuple):
    """A recorded adaptation; ``manner`` and ``fidelity`` are words of the vocabulary, or empty."""

    uid: str
    number: int
    title: str
    on: date
    manner: str
    fidelity: str

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"R-{self.number}"

    @property
    def words(self) -> str:
        """How it was made and whether it is consistent, for a line: "planned, fidelity unknown"."""
        fidelity = "fidelity unknown" if self.fidelity == Fidelity.UNKNOWN else self.fidelity
        return ", ".join(filter(None, (self.manner, fidelity)))


class DriftLine(NamedTuple):
    """A core component that differs. ``what``: changed, deferred, withdrawn, no longer core, or removed.

    ``changes`` are empty for what was removed; ``adaptations`` are those that name it, the oldest first.
    """

    uid: str
    number: int
    title: str
    what: str
    changes: tuple[FieldChange, ...]
    adaptations: tuple[Adaptation, ...]

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"A-{self.number}"


class Drift(NamedTuple):
    """How the core components stand against a baseline, by its name and moment (naive UTC).

    ``core`` counts those there are or were, ``new`` those of them that came later; ``elsewhere`` are adaptations that
    name no core component. Where there is nothing to compare with, ``at`` is None.
    """

    baseline: str
    at: datetime | None
    core: int
    new: int
    lines: tuple[DriftLine, ...]
    elsewhere: tuple[Adaptation, ...]

    @property
    def standing(self) -> int:
        """How many core components stand as they were."""
        return self.core - self.new - len(self.lines)

    @property
    def unexplained(self) -> tuple[DriftLine, ...]:
        """What differs while no adaptation says why."""
        return tuple(line for line in self.lines if not line.adaptations)

    @property
    def hint(self) -> str:
        """What to do where nothing can be said; empty where something can."""
        if self.at is None:
            return NO_BASELINE
        if not self.core:
            return NO_CORE
        return ALL_NEW if self.new == self.core else ""


def drift(plan: str, today: date, baseline: str = "") -> Drift:
    """Return where core components differ from a named baseline, the first one if none is named.

    A plan without any is compared with the end of the day on which it was agreed. Raises ``NotFound`` with the names
    there are for an unknown baseline.
    """
    name, at = _baseline(plan, today, baseline)
    if at is None:
        return Drift("", None, len(_standing(Action, _ACTION, Action.uid.in_(_core(plan)))), 0, (), ())
    was = was_then(plan, at, (Action, Role, OutcomeMeasure))
    left = [uid for uid, row in was[Action].items() if row and row.get("core")]
    now = _standing(Action, _ACTION, Action.uid.in_(_core(plan)) | Action.uid.in_(left))
    then = _earlier(now, was[Action], left)
    every = now.keys() | then.keys()
    adaptations = _adaptations(plan, at)
    naming = _naming(plan, adaptations, then.keys() - now.keys())
    lines = [_with_adaptations(line, adaptations, naming) for line in _lines(now, then, was)]
    elsewhere = tuple(one for one in adaptations if not naming[one.uid] & every)
    return Drift(name, at, len(every), len(now.keys() - then.keys()), tuple(lines), elsewhere)


def _baseline(plan: str, today: date, wanted: str) -> tuple[str, datetime | None]:
    """Return the name and the moment of what a plan is compared with; no moment where there is nothing."""
    if wanted:
        return wanted, moment_named(plan, wanted)
    for first in baselines(plan):
        return first.name, first.at
    found = rows(Plan.select(Plan.agreed_on).where(Plan.uid == plan))
    if not found:
        raise NotFound("This plan is no longer there: somebody removed it.")
    agreed = found[0][0]
    if agreed is None or agreed > today:
        return "", None
    return f"as agreed on {agreed.isoformat()}", end_of(agreed)


def _core(plan: str) -> Any:
    return of_plan(Action.select(Action.uid), plan).where(Action.core)


def _standing(model: Any, names: Iterable[str], where: Any) -> _Rows:
    """Return the rows that stand today, by uid, their values as the ledger keeps them."""
    fields = [model._meta.fields[name] for name in names]
    found = rows(model.select(model.uid, *fields).where(where))
    return {
        uid: {field.name: field.db_value(value) for field, value in zip(fields, values, strict=True)}
        for uid, *values in found
    }


def _earlier(now: _Rows, was: Was, gone: Iterable[str]) -> _Rows:
    """Return the rows as they were: those of ``now`` that were there, with what changed, and those that are gone."""
    found: _Rows = {}
    for uid in dict.fromkeys((*now, *gone)):
        before = was.get(uid, {})
        if before is not None:
            found[uid] = {**now.get(uid, {}), **before}
    return found


def _lines(now: _Rows, then: _Rows, was: Mapping[type[Record], Was]) -> list[DriftLine]:
    """Return what became of the components that differ, by number, without their adaptations."""
    both = now.keys() & then.keys()
    carriers, measures = _carriers(both, was[Role]), _measures(both, was[OutcomeMeasure])
    found = []
    for uid, before in then.items():
        after = now.get(uid)
        changes = () if after is None else (*_texts(before, after), *carriers.get(uid, ()), *measures.get(uid, ()))
        what = _what(before, after, changes)
        if what:
            shown = before if after is None else after
            found.append(DriftLine(uid, shown["number"], shown["title"], what, changes, ()))
    return sorted(found, key=lambda line: line.number)


def _what(before: _Row, after: _Row | None, changes: Collection[FieldChange]) -> str:
    if after is None:
        return "removed"
    if before["core"] and not after["core"]:
        return "no longer core"
    if after["status"] in _STOPPED and after["status"] != before["status"]:
        return str(after["status"])
    return "changed" if changes else ""


def _texts(before: _Row, after: _Row) -> Iterator[FieldChange]:
    """Yield the fields of an action that say something else than was agreed."""
    what = f"A-{after['number']}"
    for name in _WORDS:
        if before[name] != after[name]:
            yield FieldChange(what, label(name), before[name] or "", after[name] or "")
    if before["forecast"] != after["forecast"] and _late(after):
        yield FieldChange(what, label("forecast"), before["forecast"] or "", after["forecast"])
    if before["status"] != after["status"] and {before["status"], after["status"]} & _STOPPED:
        yield FieldChange(what, label("status"), before["status"], after["status"])


def _late(row: _Row) -> bool:
    """Whether an open action is forecast for a day after the one agreed on."""
    return row["status"] in OPEN_STATUSES and bool(row["agreed"]) and (row["forecast"] or "") > row["agreed"]


def _carriers(actions: Collection[str], was: Was) -> dict[str, list[FieldChange]]:
    """Return by action who is accountable or responsible, where that are others than before."""
    now = _standing(Role, _ROLE, Role.action.in_(list(actions)))
    then = _earlier(now, was, _gone(actions, now, was))
    names = _names(str(row["party"]) for row in (*now.values(), *then.values()))
    before, after = _who(then, names), _who(now, names)
    found: dict[str, list[FieldChange]] = defaultdict(list)
    for action, kind in sorted(before.keys() | after.keys()):
        old, new = ", ".join(sorted(before[action, kind])), ", ".join(sorted(after[action, kind]))
        if old != new:
            found[action].append(FieldChange("role", kind, old, new))
    return found


def _who(roles: _Rows, names: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    """Return the names of who carries each action, by action and kind of role."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in roles.values():
        if row["kind"] in _CARRYING:
            found[row["action"], row["kind"]].add(names.get(row["party"], f"removed {Party.noun}"))
    return found


def _measures(actions: Collection[str], was: Was) -> dict[str, list[FieldChange]]:
    """Return by action the targets that were changed, and the measures that are gone."""
    now = _standing(OutcomeMeasure, _MEASURE, OutcomeMeasure.action.in_(list(actions)))
    then = _earlier(now, was, _gone(actions, now, was))
    found: dict[str, list[FieldChange]] = defaultdict(list)
    for uid, before in then.items():
        after = now.get(uid)
        if after is None:
            gone = FieldChange(OutcomeMeasure.noun, OutcomeMeasure.noun, before["statement"], "")
            found[before["action"]].append(gone)
        elif before["target"] != after["target"]:
            values = (before["target"] or "", after["target"] or "")
            found[after["action"]].append(FieldChange(after["statement"], "target", *values))
    return found


def _gone(actions: Collection[str], now: _Rows, was: Was) -> list[str]:
    """Return the parts of ``actions`` that were there and are gone."""
    return [uid for uid, row in was.items() if row and uid not in now and row.get("action") in actions]


def _names(parties: Iterable[str]) -> dict[str, str]:
    return dict(rows(Party.select(Party.uid, Party.name).where(Party.uid.in_(sorted(set(parties))))))


def _adaptations(plan: str, at: datetime) -> list[Adaptation]:
    """Return the adaptations of a plan since the day of a moment, the oldest first."""
    day = at.replace(tzinfo=UTC).astimezone().date()
    fields = [RegisterEntry._meta.fields[name] for name in Adaptation._fields]
    mine = (RegisterEntry.plan == plan) & (RegisterEntry.kind == EntryKind.ADAPTATION.value)
    query = RegisterEntry.select(*fields).where(mine & (RegisterEntry.on >= day))
    return [Adaptation(*row) for row in rows(query.order_by(RegisterEntry.on, RegisterEntry.number))]


def _naming(plan: str, adaptations: Iterable[Adaptation], removed: Collection[str]) -> dict[str, set[str]]:
    """Return by adaptation the actions that it names, or named until they were removed."""
    links = EntryLink.select(EntryLink.entry, EntryLink.action)
    uids = [one.uid for one in adaptations]
    found: dict[str, set[str]] = defaultdict(set)
    for entry, action in rows(links.where(EntryLink.entry.in_(uids) & EntryLink.action.is_null(False))):
        found[entry].add(action)
    gone = (Entry.noun == table_name(EntryLink)) & (Entry.plan == plan) & Entry.after.is_null()
    for (before,) in rows(Entry.select(Entry.before).where(gone)) if removed else ():
        link = json.loads(before)
        if link["action"] in removed:
            found[link["entry"]].add(link["action"])
    return found


def _with_adaptations(
    line: DriftLine, adaptations: Iterable[Adaptation], naming: Mapping[str, Collection[str]]
) -> DriftLine:
    return line._replace(adaptations=tuple(one for one in adaptations if line.uid in naming[one.uid]))
