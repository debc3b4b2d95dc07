"""The forms of a plan, a development area and a step objective: their fields, and the typed values they give."""

from collections.abc import Mapping
from typing import Any

from tui_plan.model.vocabulary import Priority
from tui_plan.operations.plans import AreaValues, ObjectiveValues, PlanValues
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    TextField,
    Understand,
    Values,
)

PRIORITIES = tuple(Option(priority, priority) for priority in Priority)


def plan_form(
    values: Mapping[str, Any], understand: Understand, people: tuple[Option, ...], groups: tuple[Option, ...]
) -> FormSpec[PlanValues]:
    """Return the form of a plan; ``values`` are those of a record, or empty for a new one."""
    return FormSpec(
        title="Edit the plan" if values else "New plan",
        fields=(
            TextField(name="name", label="Name", value=values.get("name", ""), required=True),
            LongTextField(name="vision", label="Shared vision", value=values.get("vision", ""), height=3),
            LongTextField(name="scope", label="Scope", value=values.get("scope", ""), height=2),
            DateField(name="start", label="From", value=values.get("start"), understand=understand, half=True),
            DateField(name="end", label="To", value=values.get("end"), understand=understand, half=True),
            TextField(name="version", label="Version", value=values.get("version", "1.0"), required=True, half=True),
            DateField(
                name="agreed_on", label="Agreed on", value=values.get("agreed_on"), understand=understand, half=True
            ),
            PickField(name="owner", label="Owner", options=people, value=_chosen(values, "owner"), half=True),
            PickField(
                name="convening_group",
                label="Convening group",
                options=groups,
                value=_chosen(values, "convening_group"),
                half=True,
            ),
        ),
        build=_plan_values,
    )


def partners_form(
    plan: str, partners: tuple[str, ...], organisations: tuple[Option, ...]
) -> FormSpec[tuple[Picked, ...]]:
    """Return the form that says which organisations take part in a plan, in their order."""
    return FormSpec(
        title="Partners",
        intro=plan,
        fields=(
            PickField(
                name="partners", label="Organisations", options=organisations, value=partners, many=True, add_new=True
            ),
        ),
        build=lambda typed: typed.picks("partners"),
    )


def area_form(values: Mapping[str, Any]) -> FormSpec[AreaValues]:
    """Return the form of a development area."""
    return FormSpec(
        title="Edit the development area" if values else "New development area",
        fields=(
            TextField(name="title", label="Title", value=values.get("title", ""), required=True),
            ChoiceField(
                name="priority",
                label="Priority",
                hint="critical areas are few",
                options=PRIORITIES,
                value=values.get("priority", Priority.MEDIUM),
            ),
            LongTextField(name="description", label="Description", value=values.get("description", "")),
        ),
        build=lambda typed: AreaValues(
            title=typed.text("title"), priority=typed.text("priority"), description=typed.text("description")
        ),
    )


def objective_form(values: Mapping[str, Any], area: str) -> FormSpec[ObjectiveValues]:
    """Return the form of a step objective in the area of that title."""
    return FormSpec(
        title="Edit the step objective" if values else "New step objective",
        intro=area,
        fields=(
            TextField(
                name="title", label="Title", value=values.get("title", ""), required=True, longest=1_000, height=2
            ),
            LongTextField(name="description", label="Description", value=values.get("description", "")),
        ),
        build=lambda typed: ObjectiveValues(title=typed.text("title"), description=typed.text("description")),
    )


def _plan_values(typed: Values) -> PlanValues:
    return PlanValues(
        name=typed.text("name"),
        vision=typed.text("vision"),
        scope=typed.text("scope"),
        start=typed.day("start"),
        end=typed.day("end"),
        version=typed.text("version"),
        agreed_on=typed.day("agreed_on"),
        owner=_picked(typed, "owner"),
        convening_group=_picked(typed, "convening_group"),
    )


def _chosen(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return (values[name],) if values.get(name) else ()


def _picked(typed: Values, name: str) -> str | None:
    pick = typed.pick(name)
    return pick.key if pick is not None else None
