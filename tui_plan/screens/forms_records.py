"""The forms of what is recorded about people: that they were told something or heard from, and how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_plan.model.vocabulary import Channel, Direction, EntryKind, Support
from tui_plan.operations.register import EntryValues
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

DIRECTIONS = (Option(Direction.TOLD, "we told them"), Option(Direction.HEARD, "we heard from them"))
CHANNELS = (
    Option("", "not said"),
    *(Option(channel, channel) for channel in Channel if channel not in {Channel.IMPORT, Channel.OWN}),
)
ENTRY_KINDS = (
    Option(EntryKind.SUPPORT, "how they stand to the plan"),
    Option(EntryKind.CHAMPION, "somebody who speaks for it"),
)
LEVELS = (Option("", "not said"), *(Option(level, level) for level in Support))


@dataclass(frozen=True)
class Told:
    """Who was told something or heard from, when and how, in words; ``plan`` is a uid, or None."""

    direction: Direction
    who: tuple[Picked, ...]
    on: date
    channel: str
    words: str
    plan: str | None


def told_form(
    about: str,
    parties: tuple[Option, ...],
    chosen: Sequence[str],
    plans: tuple[Option, ...],
    today: date,
    understand: Understand,
    *,
    plan: str = "",
    direction: Direction = Direction.TOLD,
) -> FormSpec[Told]:
    """Return the form that records something told or heard.

    ``about`` says in words whom it is about, ``chosen`` are the uids of those; ``direction`` is proposed.
    """
    return FormSpec(
        title="Told or heard",
        intro=about,
        fields=(
            ChoiceField(name="direction", label="Which way", options=DIRECTIONS, value=direction),
            PickField(
                name="who", label="Who", options=parties, value=tuple(chosen), many=True, add_new=True, required=True
            ),
            DateField(name="on", label="On", value=today, understand=understand, required=True, half=True),
            PickField(
                name="plan",
                label="About which plan",
                options=plans,
                value=(plan,) if plan else (),
                half=True,
            ),
            ChoiceField(name="channel", label="How", options=CHANNELS),
            LongTextField(name="words", label="What was said", height=4),
        ),
        build=_told,
        check=lambda typed: _not_ahead(typed, "on", today),
    )


def support_form(
    values: Mapping[str, Any],
    name: str,
    plans: tuple[Option, ...],
    today: date,
    understand: Understand,
    *,
    plan: str = "",
) -> FormSpec[EntryValues]:
    """Return the form of how somebody stands to the plan; ``values`` are those of a record, or empty for a new one."""
    about = values.get("plan") if values else plan
    return FormSpec(
        title=f"Edit R-{values['number']}" if values else "How they stand",
        intro=name,
        fields=(
            ChoiceField(name="kind", label="This says", options=ENTRY_KINDS, value=values.get("kind", "")),
            ChoiceField(name="level", label="Support", options=LEVELS, value=values.get("level", "")),
            TextField(
                name="title",
                label="In words",
                hint="what they said or did",
                value=values.get("title", ""),
                required=True,
                longest=1_000,
                height=2,
            ),
            DateField(
                name="on",
                label="On",
                value=values.get("on", today),
                understand=understand,
                required=True,
                half=True,
            ),
            PickField(name="plan", label="Which plan", options=plans, value=(about,) if about else (), half=True),
            TextField(
                name="evidence",
                label="Evidence",
                hint="where it shows",
                value=values.get("evidence", ""),
                longest=1_000,
            ),
        ),
        build=_entry_values,
    )


def _told(typed: Values) -> Told:
    plan = typed.pick("plan")
    return Told(
        Direction(typed.text("direction")),
        typed.picks("who"),
        typed.day("on") or date.min,
        typed.text("channel"),
        typed.text("words"),
        plan.key if plan is not None else None,
    )


def _not_ahead(typed: Values, field: str, today: date) -> dict[str, str]:
    """The operation says so too, but only after new names have been added to the roster."""
    day = typed.day(field)
    if day is not None and day > today:
        return {field: "This day is still to come: record it when it has happened."}
    return {}


def _entry_values(typed: Values) -> EntryValues:
    plan = typed.pick("plan")
    return EntryValues(
        kind=typed.text("kind"),
        level=typed.text("level"),
        title=typed.text("title"),
        on=typed.day("on"),
        plan=plan.key if plan is not None else None,
        evidence=typed.text("evidence"),
    )
