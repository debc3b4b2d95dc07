"""The form of a person, post, organisation or group: what it asks depends on the kind.

Ways to reach them, posts held and seats have dialogs of their own (``contacts``, ``holders``, ``members``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tui_plan.model.errors import InvalidInput
from tui_plan.model.vocabulary import Audience, GroupKind, PartyKind
from tui_plan.operations.people import PartyValues
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

_NONE = Option("", "none")
AUDIENCES = (_NONE, *(Option(audience, audience) for audience in Audience))
GROUP_KINDS = (_NONE, *(Option(kind, kind) for kind in GroupKind))
_HOME_LABELS = {PartyKind.PERSON: "Works at", PartyKind.POST: "Belongs to", PartyKind.ORGANISATION: "Is part of"}


@dataclass(frozen=True)
class PartyChoice:
    """What was typed of a party. ``home`` is the organisation that was picked, which may be a new one."""

    values: PartyValues
    home: Picked | None = None


def party_form(
    kind: PartyKind,
    values: Mapping[str, Any],
    organisations: tuple[Option, ...],
    posts: tuple[Option, ...],
    understand: Understand,
) -> FormSpec[PartyChoice]:
    """Return the form of a party of this kind; ``values`` are those it has, none for a new one."""
    return FormSpec(
        title=f"{values['name']}" if values else f"New {kind}",
        fields=(
            TextField(name="name", label="Name", value=values.get("name", ""), required=True, half=True),
            TextField(
                name="short_name",
                label="Short name",
                hint="for lists",
                value=values.get("short_name", ""),
                longest=40,
                half=True,
            ),
            *_fields_of(kind, values, organisations, posts, understand),
            LongTextField(
                name="remarks", label="Remarks", hint="never leave the house", value=values.get("remarks", ""), height=2
            ),
        ),
        build=lambda typed: _choice_of(kind, typed),
    )


def _fields_of(
    kind: PartyKind,
    values: Mapping[str, Any],
    organisations: tuple[Option, ...],
    posts: tuple[Option, ...],
    understand: Understand,
) -> tuple[Field, ...]:
    if kind == PartyKind.GROUP:
        return (_choice("group_kind", "What it is for", GROUP_KINDS, values),)
    home = _home(kind, values, organisations)
    if kind == PartyKind.PERSON:
        return (home, *_person(values, understand))
    return (home, *(_post(values, posts) if kind == PartyKind.POST else _days(values, understand)))


def _home(kind: PartyKind, values: Mapping[str, Any], organisations: tuple[Option, ...]) -> Field:
    return PickField(
        name="organisation",
        label=_HOME_LABELS[kind],
        hint="an organisation; a new one by its name",
        options=tuple(option for option in organisations if option.key != values.get("uid")),
        value=(values["organisation"],) if values.get("organisation") else (),
        add_new=True,
    )


def _person(values: Mapping[str, Any], understand: Understand) -> tuple[Field, ...]:
    every = values.get("hear_every")
    return (
        _audience(values),
        AmountField(
            name="hear_every",
            label="Hear from them every … days",
            hint="90, if empty",
            value=Decimal(every) if every else None,
            half=True,
        ),
        TextField(
            name="login", label="Login", hint="here, if any", value=values.get("login", ""), longest=64, half=True
        ),
        *_days(values, understand),
    )


def _post(values: Mapping[str, Any], posts: tuple[Option, ...]) -> tuple[Field, ...]:
    above = PickField(
        name="reports_to",
        label="Reports to",
        hint="the post above it",
        options=tuple(option for option in posts if option.key != values.get("uid")),
        value=(values["reports_to"],) if values.get("reports_to") else (),
    )
    return (above, _audience(values))


def _days(values: Mapping[str, Any], understand: Understand) -> tuple[Field, ...]:
    return tuple(
        DateField(name=name, label=label, hint=hint, value=values.get(name), understand=understand, half=True)
        for name, label, hint in (
            ("joined_on", "Joined on", "2026-01-31"),
            ("left_on", "Left on", "the last day"),
        )
    )


def _audience(values: Mapping[str, Any]) -> Field:
    return _choice("audience", "Audience", AUDIENCES, values)


def _choice(name: str, label: str, options: tuple[Option, ...], values: Mapping[str, Any]) -> Field:
    return ChoiceField(name=name, label=label, options=options, value=values.get(name, ""))


def _choice_of(kind: PartyKind, typed: Values) -> PartyChoice:
    values = PartyValues(name=typed.text("name"), short_name=typed.text("short_name"), remarks=typed.text("remarks"))
    if kind == PartyKind.GROUP:
        values["group_kind"] = typed.text("group_kind")
        return PartyChoice(values)
    home = typed.pick("organisation")
    values["organisation"] = home.key or None if home is not None else None
    if kind in {PartyKind.PERSON, PartyKind.POST}:
        values["audience"] = typed.text("audience")
    if kind == PartyKind.PERSON:
        values |= PartyValues(login=typed.text("login"), hear_every=_days_typed(typed))
    if kind in {PartyKind.PERSON, PartyKind.ORGANISATION}:
        values |= PartyValues(joined_on=typed.day("joined_on"), left_on=typed.day("left_on"))
    if kind == PartyKind.POST:
        above = typed.pick("reports_to")
        values["reports_to"] = above.key if above is not None else None
    return PartyChoice(values, home)


def _days_typed(typed: Values) -> int | None:
    amount = typed.amount("hear_every")
    if amount is not None and amount != int(amount):
        raise InvalidInput("Give whole days, such as 60.", "hear_every")
    return int(amount) if amount is not None else None
