"""Stages of a plan: adding, describing, beginning, ending and skipping them, and deciding at the gate that ends one."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from peewee import fn

from tui_plan.insight.gate import gate_of
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.plan import Plan
from tui_plan.model.register import RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import GATE_DECISIONS, GATE_LEADS_ON, Candour, EntryKind, Gate, StageKind
from tui_plan.operations.checking import (
    Rule,
    checked,
    day,
    line,
    looked_at,
    order_problems,
    paragraph,
    refuse,
    whole,
    word,
)
from tui_plan.operations.meetings import MeetingAt, write_meeting_at
from tui_plan.operations.register import ENTRY_RULES


class StageValues(TypedDict, total=False):
    """What may be said of a stage. ``scope``, ``leadership`` and ``success`` say what it will mean."""

    kind: str
    title: str
    cycle: int
    started_on: date | None
    ended_on: date | None
    skipped_because: str
    scope: str
    leadership: str
    success: str


class Deciding(TypedDict, total=False):
    """What is decided at a gate. ``by`` is the uid of who decided; ``because`` is the reason, ``conditions`` a text."""

    on: date
    meeting: MeetingAt | None
    by: str | None
    because: str
    conditions: str


STAGE_RULES: dict[str, Rule] = {
    "kind": word(StageKind, "The kind of stage"),
    "title": line("The stage's title", required=True),
    "cycle": whole("The attempt", 1, 99),
    "started_on": day("The start"),
    "ended_on": day("The end"),
    "skipped_because": paragraph("The reason for skipping"),
    "scope": paragraph("The scope"),
    "leadership": paragraph("The leadership"),
    "success": paragraph("The success measures"),
}


def add_stage(author: Author, plan: str, **values: Unpack[StageValues]) -> str:
    """Add a stage to a plan and return its uid. Without ``cycle`` it joins the latest attempt that lacks its kind."""
    kind = checked({"kind": values.get("kind", "")}, STAGE_RULES)["kind"]
    cycle = values.get("cycle") or next_cycle(plan, StageKind(kind))
    title = values.get("title") or default_title(StageKind(kind), cycle)
    kept, problems = looked_at({**values, "cycle": cycle, "title": title}, STAGE_RULES)
    refuse(stage_problems(kept) | problems)
    with change(author, f"Added the stage {quoted(Stage, kept)}") as writer:
        stored_row(Plan, plan)
        uid = writer.create(Stage, plan=plan, **kept)
        check_stage(stored_row(Stage, uid))
        return uid


def edit_stage(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[StageValues]
) -> bool:
    """Change a stage: its words, its days, or that it is skipped; return whether anything changed."""
    kept = checked(values, STAGE_RULES)
    with change(author, "Edited a stage") as writer:
        row = stored_row(Stage, uid)
        writer.summary = f"Edited {quoted(Stage, row)}"
        refuse(stage_problems(row | kept) | _ended_at_gate(row, kept))
        changed = writer.update(Stage, uid, kept, version=version_seen, merge=merge)
        if merge:
            refuse(stage_problems(stored_row(Stage, uid)))
        check_stage(stored_row(Stage, uid))
        return changed


def _ended_at_gate(row: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence where a stage is to go on whose gate has led on from it."""
    if not row["ended_on"] or kept.get("ended_on", row["ended_on"]) is not None:
        return {}
    decided = gate_of(row["uid"]).decisions[:1]
    if not decided or decided[0].gate not in GATE_LEADS_ON:
        return {}
    return {"ended_on": f"{decided[0].ref} ended this stage at its gate: decide anew there that it is not passed."}


def skip_stage(author: Author, uid: str, because: str) -> None:
    """Say that the pilot is skipped, and why. An empty reason takes the skipping back."""
    with change(author, "Skipped a stage") as writer:
        row = stored_row(Stage, uid)
        kept = checked({"skipped_because": because}, STAGE_RULES)
        skipped = kept["skipped_because"]
        writer.summary = f"Skipped {quoted(Stage, row)}" if skipped else f"{quoted(Stage, row)} is not skipped"
        refuse(stage_problems(row | kept))
        writer.update(Stage, uid, kept)
        check_stage(stored_row(Stage, uid))


def remove_stage(author: Author, uid: str) -> None:
    """Remove a stage that was added by mistake; ``Refused`` once it has assessments, lessons or a decision."""
    with change(author, "Removed a stage") as writer:
        writer.summary = f"Removed {quoted(Stage, stored_row(Stage, uid))}"
        writer.delete(Stage, uid)


def decide_gate(author: Author, stage: str, outcome: Gate, **deciding: Unpack[Deciding]) -> str:
    """Write down what was decided at the gate out of a stage, and return the decision's uid (a register entry).

    To pass, with conditions or without, the gate must be open and a meeting must have decided. To override it takes a
    name and a reason, and stays for ever. What leads on ends the stage on that day, where it had no end.
    """
    with change(author, "Decided at a gate") as writer:
        row = stored_row(Stage, stage)
        writer.summary = f"Gate of {quoted(Stage, row)}: {outcome}"
        refuse(_deciding_problems(row, outcome, deciding))
        if outcome in {Gate.PASSED, Gate.CONDITIONS} and (lacking := gate_of(stage).lacking):
            raise Refused(f"The gate of {quoted(Stage, row)} is not open: {'; '.join(lacking)}. Or override it.")
        kept = checked(_decision(row, outcome, deciding), ENTRY_RULES)
        meeting = write_meeting_at(writer, deciding.get("meeting"))
        decision = writer.create(RegisterEntry, **kept, meeting=meeting)
        if outcome in GATE_LEADS_ON and not row["ended_on"]:
            ended = {"ended_on": deciding["on"]}
            refuse(stage_problems(row | ended))
            writer.update(Stage, stage, ended)
        return decision


def next_cycle(plan: str, kind: StageKind) -> int:
    """Return the attempt that a new stage of this kind belongs to: the latest, or the next where that has one."""
    last, own = (
        rows(Stage.select(fn.MAX(Stage.cycle)).where((Stage.plan == plan) & among))[0][0] or 0
        for among in (Stage.kind != "", Stage.kind == kind.value)
    )
    return max(last, own + 1, 1)


def default_title(kind: StageKind, cycle: int) -> str:
    """Return what a stage is called where nobody gave it a name of its own."""
    return kind.capitalize() + (f", attempt {cycle}" if cycle > 1 else "")


def stage_problems(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence by field for what cannot stand together in a stage."""
    if row.get("skipped_because"):
        if row.get("kind") != StageKind.PILOTING:
            return {"skipped_because": "Only piloting can be skipped: leave the reason empty, or remove the stage."}
        if row.get("started_on") or row.get("ended_on"):
            return {"skipped_because": "This stage has begun, so that it was not skipped: leave one of the two empty."}
    if row.get("ended_on") and not row.get("started_on"):
        return {"started_on": "Say when it began, since it has an end."}
    return order_problems(row, ("started_on", "the start"), ("ended_on", "The end"), row)


ONCE_IN_A_PLAN = ("plan", "kind", "cycle")
"""A plan has one stage with these values."""


def check_stage(row: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` where a kept stage contradicts itself, or its plan has the same one twice."""
    refuse(stage_problems(row))
    assessed = ChecklistRun.select().where(ChecklistRun.stage == row["uid"])
    if row["skipped_because"] and assessed.exists():
        raise InvalidInput(f"{quoted(Stage, row)} was assessed, so that it was not skipped.", "skipped_because")
    same = (Stage.plan == row["plan"]) & (Stage.kind == row["kind"]) & (Stage.cycle == row["cycle"])
    for (twin,) in rows(Stage.select(Stage.uid).where(same & (Stage.uid != row["uid"])).limit(1)):
        there = quoted(Stage, stored_row(Stage, twin))
        raise InvalidInput(same_stage_words(there, row), "cycle")


def same_stage_words(there: str, row: Mapping[str, Any]) -> str:
    """Return the sentence for a stage that its plan has already, quoted as ``there``."""
    return f"{there} is attempt {row['cycle']} of {row['kind']} already: choose another."


def gate_problems(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence by field where an entry that comes from elsewhere is no whole decision at a gate."""
    if not row.get("gate"):
        return {}
    problems = {} if row["gate"] in GATE_DECISIONS else {"gate": _NO_DECISION}
    if not row.get("stage"):
        problems["stage"] = "Say at the gate of which stage this was decided."
    if row["gate"] == Gate.OVERRIDDEN:
        problems |= _overriding(("party", row.get("party")), ("cause", row.get("cause")))
    return problems


_NO_DECISION = f"What is decided is one of: {', '.join(GATE_DECISIONS)}."


def _overriding(by: tuple[str, Any], because: tuple[str, str | None]) -> dict[str, str]:
    """Return a sentence for whichever of these fields, with their values, is empty."""
    problems = {} if by[1] else {by[0]: "Say who overrides the gate."}
    if not (because[1] or "").strip():
        problems[because[0]] = "Say why the gate is overridden: it will be shown for ever."
    return problems


def _deciding_problems(row: Mapping[str, Any], outcome: Gate, deciding: Deciding) -> dict[str, str]:
    if outcome not in GATE_DECISIONS:
        return {"outcome": _NO_DECISION}
    if row["skipped_because"]:
        return {"outcome": "This stage was skipped: there is no gate to pass."}
    problems = {}
    if outcome == Gate.OVERRIDDEN:
        problems = _overriding(("by", deciding.get("by")), ("because", deciding.get("because")))
    elif not _met(deciding.get("meeting")):
        problems["meeting"] = "Say which meeting decided."
    if outcome == Gate.CONDITIONS and not (deciding.get("conditions") or "").strip():
        problems["conditions"] = "Say under which conditions."
    if outcome in GATE_LEADS_ON and not row["started_on"]:
        problems["outcome"] = "This stage has not begun: say first when it did."
    return problems


def _met(at: MeetingAt | None) -> bool:
    return at is not None and bool(at.meeting or at.series)


def _decision(row: Mapping[str, Any], outcome: Gate, deciding: Deciding) -> dict[str, Any]:
    return {
        "plan": row["plan"],
        "kind": EntryKind.DECISION,
        "title": f"Gate of {row['title']}: {outcome}",
        "on": deciding.get("on"),
        "party": deciding.get("by"),
        "cause": deciding.get("because", ""),
        "outcome": deciding.get("conditions", ""),
        "stage": row["uid"],
        "gate": outcome,
        "candour": Candour.SHAREABLE,
    }
