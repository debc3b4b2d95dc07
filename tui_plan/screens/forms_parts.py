"""The forms of what hangs on an action: resources, checkpoints, outcome measures and readings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tui_plan.model.vocabulary import ResourceKind
from tui_plan.operations.parts import CheckpointValues, MeasureValues, ReadingValues, ResourceValues
from tui_plan.widgets.fields import (
    AmountField,
    ChoiceField,
    DateField,
    FormSpec,
    LongTextField,
    Option,
    PickField,
    TextField,
    Understand,
    Values,
    YesNoField,
)
from tui_plan.widgets.reading_line import ReadingField, TypedReading, future_words

KINDS = tuple(Option(kind, kind) for kind in ResourceKind)


@dataclass(frozen=True)
class CheckpointChoice:
    """A checkpoint's values, and the uids of its reviewers."""

    values: CheckpointValues
    reviewers: tuple[str, ...]


def resource_form(values: Mapping[str, Any]) -> FormSpec[ResourceValues]:
    """Return the form of a resource."""
    return FormSpec(
        title="Edit the resource" if values else "New resource",
        fields=(
            ChoiceField(
                name="kind", label="Kind", options=KINDS, value=values.get("kind", ResourceKind.STAFF_TIME.value)
            ),
            TextField(name="description", label="What it is", value=values.get("description", ""), longest=1_000),
            AmountField(name="quantity", label="Quantity", value=values.get("quantity"), half=True),
            TextField(
                name="unit", label="Unit", hint="days, meetings", value=values.get("unit", ""), longest=40, half=True
            ),
            AmountField(name="cost", label="Cost", value=values.get("cost"), half=True),
            TextField(
                name="currency",
                label="Currency",
                hint="USD, EUR",
                value=values.get("currency", ""),
                longest=3,
                half=True,
            ),
            YesNoField(name="secured", label="Secured", value=bool(values.get("secured"))),
        ),
        build=lambda typed: ResourceValues(
            kind=typed.text("kind"),
            description=typed.text("description"),
            quantity=typed.amount("quantity"),
            unit=typed.text("unit"),
            cost=typed.amount("cost"),
            currency=typed.text("currency"),
            secured=typed.yes("secured"),
        ),
    )


def checkpoint_form(
    values: Mapping[str, Any], reviewers: tuple[str, ...], parties: tuple[Option, ...], understand: Understand
) -> FormSpec[CheckpointChoice]:
    """Return the form of a checkpoint with its reviewers."""
    return FormSpec(
        title="Edit the checkpoint" if values else "New checkpoint",
        fields=(
            DateField(
                name="due",
                label="Review on",
                hint="fri, +2w, eom",
                value=values.get("due"),
                understand=understand,
                half=True,
            ),
            DateField(name="held_on", label="Held on", value=values.get("held_on"), understand=understand, half=True),
            TextField(name="method", label="How it is reviewed", value=values.get("method", ""), longest=1_000),
            PickField(name="reviewers", label="By whom", options=parties, value=reviewers, many=True),
            LongTextField(name="result", label="What came out", value=values.get("result", "")),
        ),
        build=_checkpoint_choice,
    )


def measure_form(
    values: Mapping[str, Any], parties: tuple[Option, ...], understand: Understand
) -> FormSpec[MeasureValues]:
    """Return the form of an outcome measure."""
    collector = (values["collector"],) if values.get("collector") else ()
    return FormSpec(
        title="Edit the outcome measure" if values else "New outcome measure",
        fields=(
            TextField(
                name="statement",
                label="How you will know that it worked",
                value=values.get("statement", ""),
                required=True,
                longest=1_000,
            ),
            AmountField(name="baseline", label="Baseline", value=values.get("baseline"), least=None, half=True),
            AmountField(name="target", label="Target", value=values.get("target"), least=None, half=True),
            TextField(
                name="unit", label="Unit", hint="%, schools", value=values.get("unit", ""), longest=40, half=True
            ),
            DateField(name="due", label="Data due on", value=values.get("due"), understand=understand, half=True),
            AmountField(
                name="every",
                label="And again every",
                hint="months; empty: once",
                value=Decimal(values["every"]) if values.get("every") else None,
            ),
            TextField(name="method", label="How it is measured", value=values.get("method", ""), longest=1_000),
            PickField(name="collector", label="Who collects it", options=parties, value=collector),
        ),
        build=_measure_values,
    )


def reading_line_form(statement: str, unit: str, today: date, understand: Understand) -> FormSpec[ReadingValues]:
    """Return the form of a new reading: its day, value and remark on one line, and where the evidence lies."""
    line = ReadingField(
        name="reading",
        label="Reading",
        hint=f"day, value{f' in {unit}' if unit else ''}, remark",
        value=f"{today.isoformat()} ",
        understand=understand,
        today=today,
        unit=unit,
        longest=1_200,
    )
    return FormSpec(
        title="New reading",
        intro=statement,
        fields=(line, TextField(name="evidence", label="Evidence", hint="where it lies", longest=1_000)),
        build=lambda typed: _reading_values(line.reading(typed.text("reading")), typed.text("evidence")),
    )


def reading_form(
    values: Mapping[str, Any], statement: str, unit: str, today: date, understand: Understand
) -> FormSpec[ReadingValues]:
    """Return the form of one reading of an outcome measure that was written down before."""

    def check(typed: Values) -> dict[str, str]:
        day = typed.day("taken_on")
        return {"taken_on": future_words(day)} if day is not None and day > today else {}

    return FormSpec(
        title="Edit the reading",
        intro=statement,
        fields=(
            DateField(
                name="taken_on",
                label="Taken on",
                value=values["taken_on"],
                understand=understand,
                required=True,
                half=True,
            ),
            AmountField(name="value", label="Value", hint=unit, value=values.get("value"), least=None, half=True),
            TextField(name="remark", label="Remark", value=values.get("remark", ""), longest=1_000),
            TextField(
                name="evidence", label="Evidence", hint="where it lies", value=values.get("evidence", ""), longest=1_000
            ),
        ),
        build=lambda typed: ReadingValues(
            taken_on=typed.day("taken_on"),
            value=typed.amount("value"),
            remark=typed.text("remark"),
            evidence=typed.text("evidence"),
        ),
        check=check,
    )


def _checkpoint_choice(typed: Values) -> CheckpointChoice:
    values = CheckpointValues(
        due=typed.day("due"), held_on=typed.day("held_on"), method=typed.text("method"), result=typed.text("result")
    )
    return CheckpointChoice(values, tuple(pick.key for pick in typed.picks("reviewers")))


def _reading_values(typed: TypedReading, evidence: str) -> ReadingValues:
    return ReadingValues(taken_on=typed.day, value=typed.value, remark=typed.remark, evidence=evidence)


def _months(amount: Decimal | None) -> Any:
    """Return a whole number of months; what is none goes on as it is, and the operation says so under the field."""
    return int(amount) if amount is not None and amount == amount.to_integral_value() else amount


def _measure_values(typed: Values) -> MeasureValues:
    collector = typed.pick("collector")
    return MeasureValues(
        statement=typed.text("statement"),
        baseline=typed.amount("baseline"),
        target=typed.amount("target"),
        unit=typed.text("unit"),
        due=typed.day("due"),
        every=_months(typed.amount("every")),
        method=typed.text("method"),
        collector=collector.key if collector is not None else None,
    )
