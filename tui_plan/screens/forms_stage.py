"""The forms of a stage: what it is and means, and what was decided at the gate that ends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tui_plan.insight.stages import StageLine
from tui_plan.model.errors import InvalidInput
from tui_plan.model.vocabulary import GATE_DECISIONS, SIGNS, Gate, StageKind
from tui_plan.operations.stages import StageValues
from tui_plan.widgets.fields import (
    AmountField,
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    TextField,
    Understand,
    Values,
)

KINDS = tuple(Option(kind, kind) for kind in StageKind)
OUTCOMES = tuple(Option(word, f"{SIGNS[word]} {word}") for word in GATE_DECISIONS)
_MEANING = {
    "": "What full implementation means is written down during the pilot.",
    StageKind.PILOTING: "What the pilot takes in, who leads it, and how you will tell.",
    StageKind.FULL: "Describe it during the pilot: the gate out of piloting asks for it.",
    StageKind.REFLECTION: "What you look back on, who leads that, and what you want to know.",
}


@dataclass(frozen=True)
class Decided:
    """What was decided at a gate: when, at which meeting (a key), by whom, why, under which conditions."""

    outcome: Gate
    on: date | None
    meeting: str
    by: Picked | None
    because: str
    conditions: str


def stage_form(line: StageLine | None, understand: Understand, *, kind: str = "") -> FormSpec[StageValues]:
    """Return the form of a stage; ``line`` is None for a new one, whose proposed kind is ``kind``."""
    values: Mapping[str, Any] = line._asdict() if line is not None else {}
    may_skip = not values or values["kind"] == StageKind.PILOTING or bool(values["skipped_because"])
    return FormSpec(
        title=f"Edit {line.ref}" if line is not None else "New stage",
        intro=_MEANING.get(values.get("kind", ""), ""),
        fields=(
            ChoiceField(name="kind", label="Stage", options=KINDS, value=values.get("kind", kind)),
            TextField(
                name="title",
                label="Title",
                hint="empty: the usual one",
                value=values.get("title", ""),
                half=True,
            ),
            AmountField(
                name="cycle",
                label="Attempt",
                hint="empty: the next",
                value=Decimal(values["cycle"]) if values else None,
                half=True,
            ),
            *_days(values, understand),
            *(_skipping(values) if may_skip else ()),
            _meaning(values, "scope", "Scope", "how far it reaches, and what it leaves out"),
            _meaning(values, "leadership", "Leadership", "who leads it, in each partner"),
            _meaning(values, "success", "Success measures", "by what you will tell that it worked"),
        ),
        build=lambda typed: _stage_values(typed, line),
    )


def gate_form(
    stage: StageLine,
    lacking: Sequence[str],
    meetings: tuple[Option, ...],
    meeting: str,
    parties: tuple[Option, ...],
    today: date,
    understand: Understand,
) -> FormSpec[Decided]:
    """Return the form of what was decided at a gate that lacks something; ``meeting`` is the key proposed."""
    return FormSpec(
        title=f"Gate of {stage.title}",
        intro="It is not open: overriding needs a name and a reason, shown for ever."
        if lacking
        else "A meeting decides; what passes ends the stage on that day.",
        fields=(
            ChoiceField(
                name="outcome",
                label="Outcome",
                options=OUTCOMES,
                value=Gate.NOT_PASSED if lacking else Gate.PASSED,
            ),
            DateField(
                name="on",
                label="On",
                hint="fri, 2026-12-31",
                value=today,
                understand=understand,
                required=True,
            ),
            PickField(
                name="meeting",
                label="At which meeting",
                hint="only overriding needs none",
                options=meetings,
                value=(meeting,) if meeting else (),
            ),
            PickField(name="by", label="Who decided or overrides", options=parties, add_new=True),
            LongTextField(name="because", label="Because", hint="an overriding needs the reason", height=2),
            LongTextField(name="conditions", label="Conditions", hint="where it passed with some", height=2),
        ),
        build=_decided,
    )


def _days(values: Mapping[str, Any], understand: Understand) -> tuple[Field, ...]:
    hints = {"started_on": "empty: to come", "ended_on": "empty: under way"}
    return tuple(
        DateField(name=name, label=label, hint=hints[name], value=values.get(name), understand=understand, half=True)
        for name, label in (("started_on", "Begun"), ("ended_on", "Ended"))
    )


def _skipping(values: Mapping[str, Any]) -> tuple[Field, ...]:
    return (
        TextField(
            name="skipped_because",
            label="Skipped because",
            hint="only piloting may be skipped",
            value=values.get("skipped_because", ""),
            longest=1_000,
        ),
    )


def _meaning(values: Mapping[str, Any], name: str, label: str, hint: str) -> LongTextField:
    return LongTextField(name=name, label=label, hint=hint, value=values.get(name, ""), height=2)


def _stage_values(typed: Values, line: StageLine | None) -> StageValues:
    values = StageValues(
        kind=typed.text("kind"),
        started_on=typed.day("started_on"),
        ended_on=typed.day("ended_on"),
        scope=typed.text("scope"),
        leadership=typed.text("leadership"),
        success=typed.text("success"),
    )
    if "skipped_because" in typed:
        values["skipped_because"] = typed.text("skipped_because")
    cycle = typed.amount("cycle")
    if cycle is not None and cycle != int(cycle):
        raise InvalidInput("The attempt is a whole number, such as 1.", "cycle")
    if cycle is not None:
        values["cycle"] = int(cycle)
    if typed.text("title") or line is not None:
        values["title"] = typed.text("title")
    return values


def _decided(typed: Values) -> Decided:
    meeting = typed.pick("meeting")
    return Decided(
        Gate(typed.text("outcome")),
        typed.day("on"),
        meeting.key if meeting is not None else "",
        typed.pick("by"),
        typed.text("because"),
        typed.text("conditions"),
    )
