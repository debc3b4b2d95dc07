"""The form of what is recorded about people: that they were told something, or heard from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui_plan.model.vocabulary import Channel, Direction
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    Understand,
    Values,
)

DIRECTIONS = (Option(Direction.TOLD, "we told them"), Option(Direction.HEARD, "we heard from them"))
CHANNELS = (
    Option("", "not said"),
    *(Option(channel, channel) for channel in Channel if channel not in {Channel.IMPORT, Channel.OWN}),
)


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
