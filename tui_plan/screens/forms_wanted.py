"""The form of an action that is wanted: what a next step of an assessment, or an entry of the register, asks for."""

from dataclasses import dataclass
from datetime import date

from tui_plan.widgets.fields import DateField, Field, FormSpec, Option, Picked, PickField, TextField, Understand, Values

TITLE_MOST = 1_000


@dataclass(frozen=True)
class ActionWanted:
    """An action that is wanted: under which step objective (a uid), what, who answers for it, by when."""

    objective: str
    title: str
    party: Picked | None
    agreed: date | None


def wanted_form(
    title: str,
    about: str,
    objectives: tuple[Option, ...],
    parties: tuple[Option, ...],
    understand: Understand,
    *,
    words: str = "",
    party: str = "",
) -> FormSpec[ActionWanted]:
    """Return the form that makes an action; ``words`` are proposed as its title, ``party`` (a uid) to answer for it."""
    fields = (_title_field(words), _objective_field(objectives), _party_field(parties, party), _day_field(understand))
    return FormSpec(title=title, intro=about, fields=fields, build=_wanted)


def _title_field(words: str) -> Field:
    return TextField(
        name="title",
        label="What will happen",
        value=words[:TITLE_MOST],
        required=True,
        longest=TITLE_MOST,
        height=2,
        missing="Say in a few words what will be done.",
    )


def _objective_field(objectives: tuple[Option, ...]) -> Field:
    return PickField(
        name="objective",
        label="Under which step objective",
        options=objectives,
        value=(objectives[0].key,) if len(objectives) == 1 else (),
        required=True,
        missing="Say under which step objective the action belongs.",
    )


def _party_field(parties: tuple[Option, ...], party: str) -> Field:
    return PickField(
        name="party",
        label="Who answers for it",
        hint="somebody new may be typed",
        options=parties,
        value=(party,) if party else (),
        required=True,
        add_new=True,
        missing="Say who answers for the action.",
    )


def _day_field(understand: Understand) -> Field:
    return DateField(
        name="agreed",
        label="By when",
        hint="fri, +2w, eom, 2026-12-31",
        understand=understand,
        required=True,
        missing="Say by when, with a date such as 2026-12-31.",
    )


def _wanted(typed: Values) -> ActionWanted:
    objective = typed.pick("objective")
    return ActionWanted(
        objective.key if objective is not None else "", typed.text("title"), typed.pick("party"), typed.day("agreed")
    )
