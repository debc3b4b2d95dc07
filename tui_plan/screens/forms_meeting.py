"""The forms of a meeting series, and of one meeting of it that is moved, held or cancelled."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from tui_plan.insight.gatherings import Occurrence
from tui_plan.model.errors import InvalidInput
from tui_plan.model.recurrence_words import rule_from_words, rule_in_words
from tui_plan.model.vocabulary import MeetingKind, MeetingStatus
from tui_plan.operations.meetings import MeetingValues, SeriesValues
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
)

KINDS = tuple(Option(kind, kind) for kind in MeetingKind)
STATUSES = tuple(Option(status, status) for status in MeetingStatus)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)


def series_form(
    values: Mapping[str, Any], groups: tuple[Option, ...], zone: str, understand: Understand
) -> FormSpec[SeriesValues]:
    """Return the form of a meeting series; ``zone`` is the time zone proposed for a new one."""
    return FormSpec(
        title="Edit the meeting series" if values else "New meeting series",
        fields=(
            TextField(name="title", label="Title", value=values.get("title", ""), required=True),
            ChoiceField(name="kind", label="Kind", options=KINDS, value=values.get("kind", MeetingKind.REVIEW.value)),
            TextField(
                name="rule",
                label="How often",
                hint="monthly on last fri · every 2 weeks on tue",
                value=rule_in_words(values["rule"]) if values.get("rule") else "",
                required=True,
            ),
            DateField(
                name="start_day",
                label="First meeting",
                hint="fri, +2w, 2026-12-31",
                value=values.get("start_day"),
                understand=understand,
                required=True,
                half=True,
            ),
            TextField(name="start_time", label="At", hint="09:30", value=values.get("start_time", "09:00"), half=True),
            AmountField(name="minutes", label="Minutes", value=Decimal(values.get("minutes", 60)), half=True),
            TextField(name="timezone", label="Time zone", value=values.get("timezone", zone), required=True, half=True),
            TextField(name="place", label="Place", value=values.get("place", "")),
            PickField(
                name="group",
                label="Who meets",
                options=groups,
                value=(values["group"],) if values.get("group") else (),
            ),
            LongTextField(name="description", label="What it is about", value=values.get("description", ""), height=2),
        ),
        build=_series_values,
    )


def occurrence_form(meeting: Occurrence, understand: Understand) -> FormSpec[MeetingValues]:
    """Return the form that moves, cancels or holds one meeting."""
    return FormSpec(
        title="This one meeting",
        intro=meeting.title,
        fields=(
            ChoiceField(name="status", label="It is", options=STATUSES, value=meeting.status),
            DateField(
                name="day",
                label="On",
                hint="fri, +2w, 2026-12-31",
                value=meeting.start.date(),
                understand=understand,
                required=True,
                half=True,
            ),
            TextField(name="start_time", label="At", hint="09:30", value=f"{meeting.start:%H:%M}", half=True),
            AmountField(name="minutes", label="Minutes", value=Decimal(meeting.minutes), half=True),
            TextField(name="place", label="Place", value=meeting.place, half=True),
        ),
        build=_meeting_values,
    )


def _series_values(typed: Values) -> SeriesValues:
    group = typed.pick("group")
    return SeriesValues(
        title=typed.text("title"),
        kind=typed.text("kind"),
        rule=_rule(typed.text("rule")),
        start_day=typed.day("start_day"),
        start_time=f"{_time(typed):%H:%M}",
        minutes=_minutes(typed),
        timezone=typed.text("timezone"),
        place=typed.text("place"),
        group=group.key if group is not None else None,
        description=typed.text("description"),
    )


def _meeting_values(typed: Values) -> MeetingValues:
    day = typed.day("day") or date.min
    return MeetingValues(
        status=typed.text("status"),
        start=datetime.combine(day, _time(typed)),
        minutes=_minutes(typed),
        place=typed.text("place"),
    )


def _rule(words: str) -> str:
    try:
        return rule_from_words(words)
    except InvalidInput as problem:
        raise InvalidInput(str(problem), "rule") from problem


def _time(typed: Values) -> time:
    match = _CLOCK.fullmatch(typed.text("start_time"))
    if match is None:
        raise InvalidInput("The time is hours and minutes, such as 09:30.", "start_time")
    return time(int(match[1]), int(match[2]))


def _minutes(typed: Values) -> int:
    minutes = typed.amount("minutes")
    if minutes is None or minutes != int(minutes):
        raise InvalidInput("The length is whole minutes, such as 90.", "minutes")
    return int(minutes)
