"""What forms offer to choose from, made from insight's plain values."""

from collections.abc import Sequence

from tui_plan.insight.action_parts import RoleLine
from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.choosing import PlaceChoice
from tui_plan.insight.finding import PartyChoice
from tui_plan.insight.outline import AreaLine
from tui_plan.model.vocabulary import PartyKind, RoleKind
from tui_plan.widgets.fields import Option

PARTY_KINDS = tuple(Option(kind, kind) for kind in PartyKind)


def party_options(choices: list[PartyChoice], *kinds: PartyKind) -> tuple[Option, ...]:
    """Return parties as options, those of these kinds (all, if none are given), with kind and place as hint."""
    return tuple(
        Option(choice.uid, _label(choice), " · ".join(part for part in (choice.kind, choice.where) if part))
        for choice in choices
        if not kinds or choice.kind in kinds
    )


def owner_options(roles: Sequence[RoleLine]) -> tuple[Option, ...]:
    """Return the persons and posts that are accountable or responsible as options, each once."""
    handed = (PartyKind.PERSON, PartyKind.POST)
    carrying = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE)
    found = {role.party: role for role in roles if role.kind in carrying and role.party_kind in handed}
    return tuple(Option(uid, role.name, ", ".join(role.holders) or role.party_kind) for uid, role in found.items())


def place_options(choices: Sequence[PlaceChoice]) -> tuple[Option, ...]:
    """Return plans or areas as options, an area with its plan as hint."""
    return tuple(Option(choice.uid, choice.name, choice.plan or choice.ref) for choice in choices)


def action_options(areas: tuple[AreaLine, ...], *, without: str = "") -> tuple[Option, ...]:
    """Return the actions of a plan as options, leaving one out."""
    return tuple(
        Option(action.uid, f"{action.ref} {action.title}", action.status)
        for action in _actions(areas)
        if action.uid != without
    )


def objective_options(areas: tuple[AreaLine, ...]) -> tuple[Option, ...]:
    """Return the step objectives of a plan as options, with their area as hint."""
    return tuple(
        Option(objective.uid, f"{objective.place} {objective.title or objective.ref}", area.title)
        for area in areas
        for objective in area.objectives
    )


def _actions(areas: tuple[AreaLine, ...]) -> list[ActionRow]:
    return [action for area in areas for objective in area.objectives for action in objective.actions]


def _label(choice: PartyChoice) -> str:
    return f"{choice.name} ({choice.short_name})" if choice.short_name else choice.name
