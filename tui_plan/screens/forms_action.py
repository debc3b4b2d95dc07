"""The forms of an action: its own words and dates, progress on somebody's word, who is responsible, what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_plan.insight.details import RoleLine
from tui_plan.model.vocabulary import SIGNS, Candour, Channel, Confidence, RoleKind, Status
from tui_plan.operations.actions import ActionValues
from tui_plan.widgets.fields import (
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
    YesNoField,
)

STATUSES = tuple(Option(status, f"{SIGNS[status]} {status}") for status in Status)
CONFIDENCES = (Option("", "none"), *(Option(word, f"{SIGNS[word]} {word}") for word in Confidence))
CANDOURS = (Option(Candour.SHAREABLE, "shareable"), Option(Candour.CANDID, "candid: stays in the house"))
CHANNELS = tuple(Option(channel, channel) for channel in Channel if channel != Channel.IMPORT)
CORES = (Option("core", "core: without it the plan is not what was agreed"), Option("no", "not core"))
RACI = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE, RoleKind.CONSULTED, RoleKind.INFORMED)


@dataclass(frozen=True)
class Word:
    """On whose word something is recorded: somebody of the roster, or a name; and by which channel it came."""

    who: Picked | None
    channel: str


@dataclass(frozen=True)
class Report:
    """What was reported of an action, with whose word it is; a note alone has no values."""

    word: Word
    values: ActionValues
    note: str
    candour: Candour


@dataclass(frozen=True)
class NoteChoice:
    """What a note says when it was corrected."""

    text: str
    candour: Candour


@dataclass(frozen=True)
class RoleChoice:
    """Who was chosen for each kind of role; new names have an empty key."""

    roles: tuple[tuple[RoleKind, Picked], ...]


def action_form(values: Mapping[str, Any], objective: str, understand: Understand) -> FormSpec[ActionValues]:
    """Return the form of an action; ``values`` are those of a record, or empty for a new one."""

    def text(name: str) -> str:
        return str(values.get(name) or "")

    def day(name: str, label: str, hint: str = "") -> DateField:
        return DateField(name=name, label=label, hint=hint, value=values.get(name), understand=understand, half=True)

    later: tuple[Field, ...] = (day("forecast", "Forecast", "now expected"), day("actual", "Done on"))
    return FormSpec(
        title=f"Edit A-{values['number']}" if values else "New action",
        intro=objective,
        fields=(
            TextField(
                name="title", label="What will happen", value=text("title"), required=True, longest=1_000, height=2
            ),
            LongTextField(
                name="purpose", label="Purpose", hint="what will be different", value=text("purpose"), height=2
            ),
            day("start", "Start"),
            day("agreed", "Target date", "fri, +2w, eom, 2026-12-31"),
            *(later if values else ()),
            TextField(
                name="timescale_note",
                label="Timescale in words",
                hint="where there is no date",
                value=text("timescale_note"),
            ),
            *_status_fields(values),
            LongTextField(name="description", label="Description", value=text("description"), height=3),
            YesNoField(name="milestone", label="Milestone", value=bool(values.get("milestone")), half=True),
            YesNoField(
                name="core", label="Core component", hint="the plan needs it", value=bool(values.get("core")), half=True
            ),
        ),
        build=lambda typed: _action_values(typed, is_new=not values),
    )


def progress_form(
    values: Mapping[str, Any], today: date, understand: Understand, people: tuple[Option, ...], *, done: bool = False
) -> FormSpec[Report]:
    """Return the form that records progress on somebody's word; with ``done`` it proposes complete."""
    status = Status.COMPLETE if done else values["status"]
    actual = values.get("actual") or (today if done else None)
    return FormSpec(
        title=f"{'Complete' if done else 'Progress on'} A-{values['number']}",
        intro=str(values["title"]),
        fields=(
            *word_fields(people),
            ChoiceField(name="status", label="Status", options=STATUSES, value=status),
            DateField(name="actual", label="Done on", value=actual, understand=understand, half=True),
            DateField(
                name="forecast",
                label="Now expected",
                hint="fri, +2w, eom",
                value=values.get("forecast"),
                understand=understand,
                half=True,
            ),
            ChoiceField(name="confidence", label="Confidence", options=CONFIDENCES, value=values.get("confidence", "")),
            TextField(
                name="confidence_reason", label="Because", value=values.get("confidence_reason", ""), longest=1_000
            ),
            LongTextField(name="note", label="What they said", height=3),
            ChoiceField(name="candour", label="That note is", options=CANDOURS, value=Candour.SHAREABLE),
        ),
        build=lambda typed: _report(typed, _reported_values(typed)),
        check=_done_when_complete,
    )


def note_form(title: str, people: tuple[Option, ...]) -> FormSpec[Report]:
    """Return the form of a note by itself."""
    return FormSpec(
        title="Note",
        intro=title,
        fields=(
            LongTextField(name="note", label="What was said", height=5, required=True),
            *word_fields(people),
            ChoiceField(name="candour", label="This note is", options=CANDOURS, value=Candour.SHAREABLE),
        ),
        build=lambda typed: _report(typed, ActionValues()),
    )


def note_edit_form(text: str, candour: str, about: str) -> FormSpec[NoteChoice]:
    """Return the form that corrects a note; who said it stays."""
    return FormSpec(
        title="Edit the note",
        intro=about,
        fields=(
            LongTextField(name="text", label="What was said", value=text, height=5, required=True),
            ChoiceField(name="candour", label="This note is", options=CANDOURS, value=candour),
        ),
        build=lambda typed: NoteChoice(typed.text("text"), Candour(typed.text("candour"))),
    )


def roles_form(title: str, roles: Sequence[RoleLine], parties: tuple[Option, ...]) -> FormSpec[RoleChoice]:
    """Return the form that says who is accountable, responsible, consulted and informed."""
    chosen = {kind: tuple(role.party for role in roles if role.kind == kind) for kind in RACI}
    hints = {
        RoleKind.ACCOUNTABLE: "exactly one",
        RoleKind.RESPONSIBLE: "at least one",
        RoleKind.CONSULTED: "asked before",
        RoleKind.INFORMED: "told after",
    }
    return FormSpec(
        title="Who is responsible",
        intro=title,
        fields=tuple(
            PickField(
                name=kind.value,
                label=kind.value.capitalize(),
                hint=hints[kind],
                options=parties,
                value=chosen[kind],
                many=kind != RoleKind.ACCOUNTABLE,
                add_new=True,
            )
            for kind in RACI
        ),
        build=lambda typed: RoleChoice(tuple((kind, pick) for kind in RACI for pick in typed.picks(kind.value))),
    )


def needs_form(title: str, needs: tuple[str, ...], actions: tuple[Option, ...]) -> FormSpec[tuple[str, ...]]:
    """Return the form that says what must be complete first; the value are uids of actions."""
    return FormSpec(
        title="What must be complete first",
        intro=title,
        fields=(PickField(name="needs", label="Needs first", options=actions, value=needs, many=True),),
        build=lambda typed: tuple(pick.key for pick in typed.picks("needs")),
    )


def choice_form(title: str, intro: str, label: str, options: tuple[Option, ...], value: str = "") -> FormSpec[str]:
    """Return a form with one choice; the value is the option's key."""
    return FormSpec(
        title=title,
        intro=intro,
        fields=(ChoiceField(name="choice", label=label, options=options, value=value),),
        build=lambda typed: typed.text("choice"),
    )


def pick_form(
    title: str, intro: str, label: str, options: tuple[Option, ...], *, add_new: bool
) -> FormSpec[Picked | None]:
    """Return a form with one pick from a long list."""
    return FormSpec(
        title=title,
        intro=intro,
        fields=(PickField(name="pick", label=label, options=options, add_new=add_new),),
        build=lambda typed: typed.pick("pick"),
    )


def word_fields(people: tuple[Option, ...]) -> tuple[Field, ...]:
    """Return the fields that ask on whose word and by which channel."""
    return (
        PickField(
            name="said_by", label="On whose word", hint="empty: your own knowledge", options=people, add_new=True
        ),
        ChoiceField(name="channel", label="Heard by", options=CHANNELS, value=Channel.MEETING),
    )


def read_word(typed: Values) -> Word:
    """Return what the fields of ``word_fields`` say; without a person it is the coordinator's own knowledge."""
    who = typed.pick("said_by")
    return Word(who, typed.text("channel") if who is not None else Channel.OWN.value)


def _status_fields(values: Mapping[str, Any]) -> tuple[Field, ...]:
    if not values:
        return ()
    return (
        ChoiceField(name="status", label="Status", options=STATUSES, value=values["status"]),
        ChoiceField(name="confidence", label="Confidence", options=CONFIDENCES, value=values["confidence"]),
        TextField(name="confidence_reason", label="Because", value=values["confidence_reason"], longest=1_000),
    )


def _action_values(typed: Values, *, is_new: bool) -> ActionValues:
    values = ActionValues(
        title=typed.text("title"),
        purpose=typed.text("purpose"),
        description=typed.text("description"),
        start=typed.day("start"),
        agreed=typed.day("agreed"),
        timescale_note=typed.text("timescale_note"),
        milestone=typed.yes("milestone"),
        core=typed.yes("core"),
    )
    if not is_new:
        values["forecast"] = typed.day("forecast")
        values["status"] = typed.text("status")
        values["confidence"] = typed.text("confidence")
        values["confidence_reason"] = typed.text("confidence_reason")
    if not is_new and typed.day("actual") is not None:
        values["actual"] = typed.day("actual")
    return values


def _report(typed: Values, values: ActionValues) -> Report:
    return Report(read_word(typed), values, typed.text("note"), Candour(typed.text("candour")))


def _reported_values(typed: Values) -> ActionValues:
    values = ActionValues(
        status=typed.text("status"),
        confidence=typed.text("confidence"),
        confidence_reason=typed.text("confidence_reason"),
        forecast=typed.day("forecast"),
    )
    if typed.day("actual") is not None:
        values["actual"] = typed.day("actual")
    return values


def _done_when_complete(typed: Values) -> dict[str, str]:
    if typed.day("actual") is not None and typed.text("status") != Status.COMPLETE:
        return {"actual": "Only a complete action has a day on which it was done."}
    return {}
