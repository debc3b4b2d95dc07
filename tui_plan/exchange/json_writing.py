"""A whole plan as JSON, for other programs: nested, with references, uids and what follows from dates and dependencies.

The command line calls it. The shape stays as it is; what is new is added beside it, and ``format_version`` rises when
something must change. Days are ISO dates, amounts are texts of exact decimals, what is not known is null, lists stand
in the order of the plan. ``date`` is the day an action is now expected; ``open``, ``overdue``, ``due_soon`` (within 14
days) and ``blocked`` are worked out for ``as_of``.
"""

import json
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tui_plan.exchange.json_people import people_json
from tui_plan.exchange.json_rows import JsonRows, Shape, day
from tui_plan.exchange.json_stages import stages_json
from tui_plan.exchange.withholding import Withheld
from tui_plan.insight.action_parts import CheckpointLine, MeasureLine, NeededLine, NoteLine, ResourceLine, RoleLine
from tui_plan.insight.health import sum_of
from tui_plan.insight.outline import AreaLine, ObjectiveLine
from tui_plan.insight.whole_plan import WholeAction, WholePlan, shareable, whole_plan

FORMAT = "tui-plan plan"
FORMAT_VERSION = 1


class _Told(NamedTuple):
    """The day for which a plan is told, its rows, and whether what is candid is told as well."""

    today: date
    found: JsonRows
    candid: bool


def plan_json(plan: str, today: date, *, candid: bool = False) -> Shape:
    """Return a plan as dicts and lists of texts, numbers, booleans and None, as it stands on ``today``.

    What is candid is left out unless asked for: notes, entries of the register, words of checklists; and so are the
    words of what was said to people and of them. The keys ``withheld_…`` count them.
    """
    whole = whole_plan(plan, today)
    found = JsonRows(plan, candid=candid)
    told = _Told(today, found, candid)
    beside = {**people_json(found), **stages_json(plan, found)}
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "as_of": today.isoformat(),
        **{f"withheld_{name}": count for name, count in found.withheld._asdict().items()},
        "withheld_words": found.silenced,
        "plan": _plan(whole, told) | beside,
    }


def withheld_from(shape: Shape) -> str:
    """Return the sentence that says what was withheld as candid from a plan."""
    return Withheld(*(shape[f"withheld_{name}"] for name in Withheld._fields)).sentence


def json_bytes(shape: Shape) -> bytes:
    """Return ``shape`` as the content of a JSON file in UTF-8."""
    return (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode()


def _plan(whole: WholePlan, told: _Told) -> Shape:
    header = whole.header
    values = header.values
    return {
        "ref": header.ref,
        "uid": header.uid,
        **{name: values[name] for name in ("name", "vision", "scope", "version")},
        **{name: day(values[name]) for name in ("start", "end", "agreed_on")},
        "owner": header.owner or None,
        "convening_group": header.convening_group or None,
        "partners": [{"uid": uid, "name": name} for uid, name in header.partners],
        "counts": sum_of(area.counts for area in whole.areas)._asdict(),
        "notes": _notes(header.notes, told.candid),
        "areas": [_area(whole, area, told) for area in whole.areas],
    }


def _area(whole: WholePlan, area: AreaLine, told: _Told) -> Shape:
    return {
        "ref": area.ref,
        "uid": area.uid,
        "place": area.place,
        "title": area.title,
        "description": whole.descriptions.get(area.uid, ""),
        "priority": area.priority,
        "counts": area.counts._asdict(),
        "objectives": [_objective(whole, area, objective, told) for objective in area.objectives],
    }


def _objective(whole: WholePlan, area: AreaLine, objective: ObjectiveLine, told: _Told) -> Shape:
    return {
        "ref": objective.ref,
        "uid": objective.uid,
        "place": objective.place,
        "title": objective.title,
        "description": whole.descriptions.get(objective.uid, ""),
        "counts": objective.counts._asdict(),
        "actions": [_action(action, told) for action in whole.actions_of(area, objective)],
    }


def _action(action: WholeAction, told: _Told) -> Shape:
    row, texts, parts = action.row, action.texts, action.parts
    return {
        "ref": row.ref,
        "uid": row.uid,
        "title": row.title,
        "purpose": texts.purpose,
        "description": texts.description,
        "status": row.status,
        "confidence": row.confidence or None,
        "confidence_reason": texts.confidence_reason,
        "start": day(row.start),
        "baseline": day(texts.baseline),
        "agreed": day(row.agreed),
        "forecast": day(row.forecast),
        "actual": day(row.actual),
        "date": day(row.expected),
        "timescale_note": row.timescale_note,
        "milestone": row.milestone,
        "core": row.core,
        "open": row.is_open,
        "overdue": row.overdue(told.today),
        "due_soon": row.due_soon(told.today),
        "blocked": row.blocked,
        "roles": [_role(role) for role in parts.roles],
        "needs": [_needed(needed) for needed in parts.needs],
        "needed_by": [_needed(needed) for needed in parts.needed_by],
        "resources": [_resource(resource) for resource in parts.resources],
        "checkpoints": [_checkpoint(checkpoint) for checkpoint in parts.checkpoints],
        "outcomes": [_measure(measure, told) for measure in parts.measures],
        "notes": _notes(parts.notes, told.candid),
    }


def _role(role: RoleLine) -> Shape:
    """``holders`` are the names of those who hold a post on that day."""
    return {
        "role": role.kind,
        "uid": role.party,
        "kind": role.party_kind,
        "name": role.name,
        "holders": list(role.holders),
    }


def _needed(needed: NeededLine) -> Shape:
    return {"ref": f"A-{needed.number}", "uid": needed.uid, "title": needed.title, "status": needed.status}


def _resource(resource: ResourceLine) -> Shape:
    return {
        "uid": resource.uid,
        "kind": resource.kind,
        "description": resource.description,
        "quantity": _amount(resource.quantity),
        "unit": resource.unit,
        "cost": _amount(resource.cost),
        "currency": resource.currency or None,
        "secured": resource.secured,
    }


def _checkpoint(checkpoint: CheckpointLine) -> Shape:
    return {
        "uid": checkpoint.uid,
        "due": day(checkpoint.due),
        "method": checkpoint.method,
        "held_on": day(checkpoint.held_on),
        "result": checkpoint.result,
        "reviewers": [_role(reviewer) for reviewer in checkpoint.reviewers],
    }


def _measure(measure: MeasureLine, told: _Told) -> Shape:
    return {
        "uid": measure.uid,
        "statement": measure.statement,
        "unit": measure.unit,
        "baseline": _amount(measure.baseline),
        "target": _amount(measure.target),
        "method": measure.method,
        "collector": told.found.party(measure.collector),
        "due": day(measure.due),
        "every": measure.every,
        "readings": [
            {
                "uid": reading.uid,
                "taken_on": day(reading.taken_on),
                "value": _amount(reading.value),
                "remark": reading.remark,
                "evidence": reading.evidence,
            }
            for reading in measure.readings
        ],
    }


def _notes(notes: tuple[NoteLine, ...], candid: bool) -> list[Shape]:
    """Oldest first."""
    return [
        {
            "uid": note.uid,
            "text": note.text,
            "candour": note.candour,
            "said_on": day(note.said_on),
            "said_by": note.said_by or None,
            "channel": note.channel or None,
        }
        for note in (notes[::-1] if candid else shareable(notes))
    ]


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")
