"""Lists about somebody who is taken back, removed or merged while the list is open: they say so and leave."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.hosts import Driver, running, stored
from tests.screens.party_dialogs import has_rows
from tui_plan.app import Changed
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.checklists import remove_checklist
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party, edit_party
from tui_plan.screens.call_down import CallDownDialog
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.checklist_run import RunDialog
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.holders import HoldersDialog
from tui_plan.screens.list_dialog import ListDialog
from tui_plan.screens.org_chart import OrgChartDialog
from tui_plan.screens.plans import PlansScreen
from tui_plan.session import Session

On = Callable[[str], Session]
Opens = Callable[[ChangingScreen, str, str], ListDialog[Any]]
COLLEAGUE = Author("ben")


async def over_the_plans(user: Driver, opens: Opens, uid: str) -> None:
    owner = user.app.screen
    assert isinstance(owner, ChangingScreen)
    user.app.push_screen(opens(owner, uid, "Zoe"))
    await user.until(lambda: isinstance(user.app.screen, ListDialog) and has_rows(user))


@pytest.mark.parametrize(("opens", "kind"), [(HoldersDialog, PartyKind.POST), (CallDownDialog, PartyKind.GROUP)])
async def test_undoing_what_the_list_is_about_leaves_it(session_on: On, opens: Opens, kind: PartyKind) -> None:
    async with running(session_on("people")) as user:
        await over_the_plans(user, opens, await user.app.ask(add_party, Author("ana"), kind, name="Zoe"))
        await user.press("u")
        await user.until(lambda: isinstance(user.app.screen, PlansScreen))
        await user.until(lambda: user.said == f"Undone: Added the {kind} “Zoe”")


async def test_what_a_colleague_merges_into_another_leaves_its_list(session_on: On) -> None:
    async with running(session_on("people")) as user:
        here, there = [
            await user.app.ask(add_party, COLLEAGUE, PartyKind.ORGANISATION, name=name) for name in ("Zoe", "Zoe & Co")
        ]
        await over_the_plans(user, OrgChartDialog, here)
        await user.app.ask(merge_parties, COLLEAGUE, there, here)
        user.app.screen.post_message(Changed())
        await user.until(lambda: isinstance(user.app.screen, PlansScreen) and "merged" in user.said)


async def test_a_checklist_that_a_colleague_removes_closes(session_on: On) -> None:
    session = session_on("people")
    run = str(stored(session, "SELECT uid FROM checklist_run WHERE finished_on IS NULL")[0][0])
    async with running(session) as user:
        await over_the_plans(user, lambda owner, uid, name: RunDialog(owner, uid), run)
        await user.app.ask(remove_checklist, COLLEAGUE, run)
        user.app.screen.post_message(Changed())
        await user.until(lambda: isinstance(user.app.screen, PlansScreen) and user.said.startswith("✗"))


async def test_what_changed_under_another_dialog_is_read_when_the_list_comes_up_again(session_on: On) -> None:
    async with running(session_on("people")) as user:
        post = await user.app.ask(add_party, Author("ana"), PartyKind.POST, name="Zoe")
        await over_the_plans(user, lambda owner, uid, name: OrgChartDialog(owner, None, name), post)
        user.app.push_screen(Confirm("Is anybody there?"))
        await user.until(lambda: isinstance(user.app.screen, Confirm))
        await user.app.ask(edit_party, COLLEAGUE, post, name="Keeper of the keys")
        user.app.count_change()
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, OrgChartDialog))
        await user.sees("Keeper of the keys")
