"""The forms by which something of the register comes to its end: settled, celebrated, become a development area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_plan.model.entry_kinds import KINDS, Asked
from tui_plan.model.vocabulary import Candour, EntryKind
from tui_plan.screens.forms_action import CANDOURS
from tui_plan.screens.forms_register import DATE_HINT, party_field, word_field
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    TextField,
    Understand,
    Values,
)

_ACHIEVEMENT = KINDS[EntryKind.ACHIEVEMENT]
_THANKED = Asked("party", _ACHIEVEMENT.label("party"), hint="somebody new may be typed")
_DISPOSITION = Asked("disposition", KINDS[EntryKind.LESSON].label("disposition"), "Say what to do with it.")


@dataclass(frozen=True)
class Settled:
    """When an entry was settled (None for a lesson), what came of it, who was thanked; what is done with a lesson."""

    on: date | None
    outcome: str
    party: Picked | None
    disposition: str


@dataclass(frozen=True)
class Celebration:
    """What was achieved, in words, and how it was celebrated, when, and who was thanked."""

    title: str
    on: date | None
    outcome: str
    party: Picked | None
    candour: str


def settle_form(
    kind: EntryKind, values: Mapping[str, Any], parties: tuple[Option, ...], today: date, understand: Understand
) -> FormSpec[Settled]:
    """Return the form that settles an entry; that of a lesson asks what to do with it."""
    asks = KINDS[kind]
    outcome = LongTextField(name="outcome", label=asks.label("outcome"), value=values.get("outcome") or "", height=3)
    fields: tuple[Field, ...] = (outcome, _settled_on(asks.label("closed_on"), today, understand))
    if kind == EntryKind.LESSON:
        fields = (word_field(_DISPOSITION, values), outcome)
    if kind == EntryKind.ACHIEVEMENT:
        fields = (party_field(_THANKED, values, parties), *fields)
    return FormSpec(
        title=f"R-{values['number']} " + (f"is {asks.closed}" if asks.closed else "and what to do with it"),
        intro=str(values["title"]),
        fields=fields,
        build=_settled,
    )


def celebrate_form(
    title: str, about: str, parties: tuple[Option, ...], today: date, understand: Understand
) -> FormSpec[Celebration]:
    """Return the form that says how something finished was celebrated; ``title`` is proposed for the register."""
    return FormSpec(
        title="Celebrated",
        intro=about,
        fields=(
            TextField(
                name="title", label=_ACHIEVEMENT.title, value=title[:1_000], required=True, longest=1_000, height=2
            ),
            party_field(_THANKED, {}, parties),
            LongTextField(name="outcome", label=_ACHIEVEMENT.label("outcome"), height=3),
            _settled_on(_ACHIEVEMENT.label("closed_on"), today, understand),
            ChoiceField(name="candour", label="This entry is", options=CANDOURS, value=Candour.SHAREABLE),
        ),
        build=lambda typed: Celebration(
            typed.text("title"),
            typed.day("closed_on"),
            typed.text("outcome"),
            typed.pick("party"),
            typed.text("candour"),
        ),
    )


def area_form(about: str, title: str) -> FormSpec[str]:
    """Return the form of the development area that an idea becomes; the value is its title."""
    return FormSpec(
        title="Make a development area of it",
        intro=about,
        fields=(
            TextField(name="title", label="Title of the area", value=title, required=True, longest=1_000, height=2),
        ),
        build=lambda typed: typed.text("title"),
    )


def _settled_on(label: str, today: date, understand: Understand) -> DateField:
    return DateField(name="closed_on", label=label, hint=DATE_HINT, value=today, understand=understand, required=True)


def _settled(typed: Values) -> Settled:
    return Settled(
        typed.day("closed_on") if "closed_on" in typed else None,
        typed.text("outcome"),
        typed.pick("party") if "party" in typed else None,
        typed.text("disposition") if "disposition" in typed else "",
    )
