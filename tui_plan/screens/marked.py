"""Changing everything that is marked on the outline or the board: which change, and then the question that it needs."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tui_plan.model.vocabulary import RoleKind
from tui_plan.operations.actions import change_actions
from tui_plan.operations.parts import add_role
from tui_plan.screens.action_screen import WEEK, ActionScreen, how_many
from tui_plan.screens.forms_action import CORES, RACI, choice_form, pick_form
from tui_plan.widgets.fields import Option

if TYPE_CHECKING:
    from tui_plan.widgets.fields import Picked

_CHANGES = {
    "status": "status",
    "role": "owner or another role",
    "later": "a week later",
    "earlier": "a week earlier",
    "place": "other step objective",
    "core": "core component or not",
    "remove": "remove",
}


async def change_marked(screen: ActionScreen, targets: tuple[str, ...]) -> None:
    """Ask what to change of the actions (uids), and go on with that."""
    if not targets:
        return
    kinds = tuple(Option(key, words) for key, words in _CHANGES.items())
    what = await screen.ask_form(choice_form("Change", how_many(targets), "What", kinds))
    if what is None:
        return
    flows: dict[str, Callable[[], Awaitable[Any]]] = {
        "status": screen.choose_status,
        "role": lambda: give_role(screen, targets),
        "place": screen.choose_place,
        "core": lambda: _say_core(screen, targets),
        "remove": screen.remove_actions,
        "later": lambda: screen.shift_days(targets, WEEK),
        "earlier": lambda: screen.shift_days(targets, -WEEK),
    }
    await flows[what]()


async def give_role(screen: ActionScreen, targets: tuple[str, ...]) -> None:
    """Ask for one more role in all the actions (uids), and who has it."""
    parties = await screen.parties()
    kinds = tuple(Option(kind, kind) for kind in RACI)
    about = how_many(targets)
    kind = await screen.ask_form(choice_form("Give a role", about, "They will be", kinds, RoleKind.RESPONSIBLE))
    if kind is None:
        return

    async def submit(pick: "Picked | None") -> None:
        if pick is not None:
            party = await screen.party_uid(pick)
            await screen.ask_if_sure(add_role, screen.author(), targets, RoleKind(kind), party, today=screen.app.today)

    await screen.ask_form(pick_form(f"Who is {kind}", about, "Name", parties, add_new=True), submit)


async def _say_core(screen: ActionScreen, targets: tuple[str, ...]) -> None:
    async def submit(core: str) -> None:
        await screen.ask(change_actions, screen.author(), targets, today=screen.app.today, core=core == CORES[0].key)

    await screen.ask_form(choice_form("Core component", how_many(targets), "They are", CORES), submit)
