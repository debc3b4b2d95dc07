"""The forms of checklists: one that begins, one item of it, and its end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from tui_plan.insight.checklists import ItemLine, RunLine
from tui_plan.model.errors import InvalidInput
from tui_plan.model.vocabulary import SIGNS, Rating
from tui_plan.operations.checklists import ItemValues, Template
from tui_plan.screens.forms_records import CHANNELS
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    LongTextField,
    Option,
    PickField,
    TextField,
    Understand,
    Values,
)

RATINGS = (Option("", "not said"), *(Option(rating, f"{SIGNS[rating]} {rating}") for rating in Rating))
REACHED = (
    Option("", "not called yet"),
    Option(Rating.IN_PLACE, f"{SIGNS[Rating.IN_PLACE]} reached"),
    Option(Rating.PARTLY, f"{SIGNS[Rating.PARTLY]} message left"),
    Option(Rating.NOT_YET, f"{SIGNS[Rating.NOT_YET]} not reached"),
    Option(Rating.NOT_APPLICABLE, f"{SIGNS[Rating.NOT_APPLICABLE]} left out"),
)
"""What the ratings mean in a drill."""

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)


@dataclass(frozen=True)
class Start:
    """Which template a checklist begins from, on which day, and under which title of its own, if any."""

    template: Template
    on: date
    title: str


def start_form(
    name: str, templates: Sequence[Template], first: str, today: date, understand: Understand
) -> FormSpec[Start]:
    """Return the form that begins a checklist; ``first`` is the key of the template proposed, or nothing."""
    options = tuple(Option(each.key, each.title, f"{each.kind}, {len(each.items)} items") for each in templates)
    by_key = {each.key: each for each in templates}

    def build(typed: Values) -> Start:
        picked = typed.pick("template")
        return Start(by_key[picked.key if picked else ""], typed.day("on") or today, typed.text("title"))

    return FormSpec(
        title="Begin a checklist",
        intro=name,
        fields=(
            PickField(name="template", label="From", options=options, value=(first,) if first else (), required=True),
            DateField(name="on", label="Begins on", value=today, understand=understand, required=True),
            TextField(name="title", label="Title", hint="empty: as the template has it"),
        ),
        build=build,
    )


def finish_form(run: RunLine, remarks: str, still: str = "") -> FormSpec[str]:
    """Return the form that closes a run for good; the value is what is to be remembered of it.

    ``still`` says what is left, where that is not what is open.
    """
    left = run.items - run.settled
    still = still or (
        f"{left} of {run.items} items are open and stay so" if left else f"All {run.items} items are done"
    )
    return FormSpec(
        title=f"Finish {run.ref} for good",
        intro=f"{still}; a new one begins afresh.",
        fields=(
            LongTextField(name="remarks", label="All in all", hint="what to remember of it", value=remarks, height=4),
        ),
        build=lambda typed: typed.text("remarks"),
    )


def item_form(item: ItemLine, understand: Understand, *, now: datetime, drill: bool = False) -> FormSpec[ItemValues]:
    """Return the form of one item of a checklist; in a drill it is about somebody who is called, ``now`` if not said.

    An outcome that was there before and has no time keeps none.
    """
    words = ("What went well", "Why not", "What to do about it") if drill else ("Successes", "Challenges", "Next steps")
    texts: tuple[Field, ...] = tuple(
        LongTextField(name=field, label=label, value=getattr(item, field), height=2)
        for field, label in zip(("successes", "challenges", "next_steps"), words, strict=True)
    )
    return FormSpec(
        title="Who was called" if drill else "How it stands",
        intro=item.text,
        fields=(
            ChoiceField(
                name="rating",
                label="Outcome" if drill else "Rating",
                options=REACHED if drill else RATINGS,
                value=item.rating,
            ),
            DateField(
                name="day",
                label="On",
                hint="empty: now" if drill and not item.rating else "fri, 2026-12-31",
                value=item.at.date() if item.at else None,
                understand=understand,
                half=True,
            ),
            TextField(name="clock", label="At", hint="09:30", value=clock_of(item.at), half=True),
            ChoiceField(name="channel", label="How", options=CHANNELS, value=item.channel),
            *texts,
        ),
        build=lambda typed: _item_values(typed, item, now if drill and not item.rating else None),
    )


def clock_of(at: datetime | None) -> str:
    """Return the time of a moment as hours and minutes; nothing where only the day is known."""
    return f"{at:%H:%M}" if at is not None and at.time() != time() else ""


def _item_values(typed: Values, item: ItemLine, unsaid: datetime | None) -> ItemValues:
    moment = _moment(typed, item.at)
    return ItemValues(
        rating=typed.text("rating"),
        at=unsaid if moment is None and typed.text("rating") else moment,
        channel=typed.text("channel"),
        successes=typed.text("successes"),
        challenges=typed.text("challenges"),
        next_steps=typed.text("next_steps"),
    )


def _moment(typed: Values, before: datetime | None) -> datetime | None:
    """Return the day and time that were typed; the seconds of a moment that nobody touched stay."""
    day, clock = typed.day("day"), typed.text("clock")
    match = _CLOCK.fullmatch(clock)
    if clock and match is None:
        raise InvalidInput("The time is hours and minutes, such as 09:30.", "clock")
    if clock and day is None:
        raise InvalidInput("Say on which day that was.", "day")
    if day is None:
        return None
    moment = datetime.combine(day, time(int(match[1]), int(match[2])) if match else time())
    same = before is not None and before.replace(second=0, microsecond=0) == moment
    return before if same else moment
