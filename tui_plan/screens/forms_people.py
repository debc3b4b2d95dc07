"""The forms of people: how to reach them, who holds a post or stands in for it, who sits in a group, by what rule.

What is recorded about somebody (told, heard, support) stands in ``forms_records``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_plan.model.vocabulary import Audience, ContactKind, RoleKind
from tui_plan.operations.contacts import ContactValues
from tui_plan.operations.groups import RuleValues
from tui_plan.operations.posts import TenureValues
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    Option,
    Picked,
    PickField,
    TextField,
    Understand,
    Values,
    YesNoField,
)

CONTACT_KINDS = tuple(Option(kind, kind) for kind in ContactKind)
AUDIENCES = (Option("", "any"), *(Option(audience, audience) for audience in Audience))
ROLES = (Option("", "any"), *(Option(role, role) for role in RoleKind if role != RoleKind.REVIEWER))
"""The roles that a rule may ask for: reviewers belong to checkpoints, which no rule looks at."""

_PLACES = ("first", "second", "third")


@dataclass(frozen=True)
class TenureChoice:
    """Who holds a post (or which post is held), and from when to when; nobody where a tenure is edited."""

    who: Picked | None
    values: TenureValues


@dataclass(frozen=True)
class SeatChoice:
    """Who gets a seat, and as what; nobody where a seat is edited."""

    member: Picked | None
    seat: str


def contact_form(values: Mapping[str, Any], name: str, understand: Understand) -> FormSpec[ContactValues]:
    """Return the form of a way to reach somebody; ``values`` are those of a record, or empty for a new one."""
    verified = values.get("verified_on")
    return FormSpec(
        title="Edit how to reach them" if values else "New way to reach them",
        intro=name,
        fields=(
            ChoiceField(name="kind", label="Kind", options=CONTACT_KINDS, value=values.get("kind", ContactKind.EMAIL)),
            TextField(
                name="value",
                label="Address or number",
                hint="ana@example.org · 555-0100 ext. 3",
                value=values.get("value", ""),
                required=True,
                height=2,
            ),
            DateField(
                name="verified_on",
                label="Verified on",
                hint="the day it was tried and found right; empty: not yet",
                value=verified,
                understand=understand,
            ),
        ),
        build=lambda typed: _contact_values(typed, verified),
    )


def tenure_form(
    values: Mapping[str, Any], label: str, options: tuple[Option, ...], intro: str, understand: Understand
) -> FormSpec[TenureChoice]:
    """Return the form of who holds a post and when. ``label`` says whether ``options`` are persons or posts.

    Where ``values`` have a uid the tenure is edited: who and which post stay.
    """
    edited = bool(values.get("uid"))
    picks: tuple[Field, ...] = (
        () if edited else (PickField(name="who", label=label, options=options, required=True, add_new=True),)
    )
    return FormSpec(
        title="Edit who holds the post" if edited else "Who holds the post",
        intro=intro,
        fields=(
            *picks,
            DateField(
                name="start",
                label="First day",
                hint="fri, +2w, 2026-12-31",
                value=values.get("start"),
                understand=understand,
            ),
            DateField(
                name="end",
                label="Last day",
                hint="empty: no end in sight",
                value=values.get("end"),
                understand=understand,
            ),
            YesNoField(
                name="acting",
                label="Only acting",
                hint="yes: until somebody is appointed",
                value=bool(values.get("acting")),
            ),
        ),
        build=lambda typed: TenureChoice(
            None if edited else typed.pick("who"),
            TenureValues(start=typed.day("start"), end=typed.day("end"), acting=typed.yes("acting")),
        ),
    )


def alternates_form(post: str, standing: Sequence[str], persons: tuple[Option, ...]) -> FormSpec[tuple[Picked, ...]]:
    """Return the form of who stands in for a post, in order; ``standing`` are the uids of those who do now."""
    return FormSpec(
        title="Who stands in",
        intro=post,
        fields=tuple(
            PickField(
                name=place,
                label=f"{place.capitalize()} alternate",
                hint="called when the post is vacant or its holder away" if not at else "",
                options=persons,
                value=tuple(standing[at : at + 1]),
                add_new=True,
            )
            for at, place in enumerate(_PLACES)
        ),
        build=lambda typed: tuple(pick for place in _PLACES for pick in typed.picks(place)),
        check=_each_once,
    )


def seat_form(
    group: str, parties: tuple[Option, ...] = (), *, name: str = "", seat: str = "member"
) -> FormSpec[SeatChoice]:
    """Return the form of a seat in a group: with ``parties`` a new one, else that of ``name``."""
    picks: tuple[Field, ...] = (
        (PickField(name="member", label="Who", options=parties, required=True, add_new=True),) if not name else ()
    )
    return FormSpec(
        title="Edit the seat" if name else "New member",
        intro=f"{name}, {group}" if name else group,
        fields=(
            *picks,
            TextField(name="seat", label="Sits there as", hint="chair, deputy, member", value=seat, longest=80),
        ),
        build=lambda typed: SeatChoice(typed.pick("member") if not name else None, typed.text("seat")),
    )


def rule_form(
    values: Mapping[str, Any],
    group: str,
    organisations: tuple[Option, ...],
    plans: tuple[Option, ...],
    areas: tuple[Option, ...],
) -> FormSpec[RuleValues]:
    """Return the form of a rule by which people are in a group; all that is said must fit."""
    place = values.get("area") or values.get("plan")
    home = values.get("organisation")
    return FormSpec(
        title="Edit the rule" if values else "New rule",
        intro=f"{group}: who fits all of this is in it, today and later",
        fields=(
            ChoiceField(name="role", label="Role in an action", options=ROLES, value=values.get("role", "")),
            PickField(
                name="place",
                label="In this plan or area",
                hint="with a role; empty: any plan",
                options=(*plans, *areas),
                value=(place,) if place else (),
            ),
            ChoiceField(name="audience", label="Audience", options=AUDIENCES, value=values.get("audience", "")),
            PickField(
                name="organisation",
                label="Works or holds a post at",
                hint="empty: anywhere",
                options=organisations,
                value=(home,) if home else (),
            ),
        ),
        build=lambda typed: _rule_values(typed, {option.key for option in areas}),
    )


def _contact_values(typed: Values, verified: date | None) -> ContactValues:
    """A day that nobody touched is left out, so that what has changed does not go on counting as verified."""
    values = ContactValues(kind=typed.text("kind"), value=typed.text("value"))
    if typed.day("verified_on") != verified:
        values["verified_on"] = typed.day("verified_on")
    return values


def _each_once(typed: Values) -> dict[str, str]:
    problems: dict[str, str] = {}
    seen: set[str] = set()
    for place in _PLACES:
        pick = typed.pick(place)
        if pick is not None and pick.key and pick.key in seen:
            problems[place] = f"{pick.label} stands in already: choose somebody else, or clear it with Del."
        seen.add(pick.key if pick is not None else "")
    return problems


def _rule_values(typed: Values, areas: set[str]) -> RuleValues:
    place, home = typed.pick("place"), typed.pick("organisation")
    key = place.key if place is not None else None
    return RuleValues(
        role=typed.text("role"),
        audience=typed.text("audience"),
        organisation=home.key if home is not None else None,
        plan=key if key not in areas else None,
        area=key if key in areas else None,
    )
