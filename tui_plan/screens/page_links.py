"""From a page to what it names: an action in its plan's outline; on the roster also a post, a body, somebody."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui_plan.insight.details import action_detail
from tui_plan.insight.party_page import PartyPage, party_page
from tui_plan.insight.roster import RosterRow
from tui_plan.screens.forms_action import pick_form
from tui_plan.widgets.fields import Option

if TYPE_CHECKING:
    from tui_plan.screens.changing import ChangingScreen
    from tui_plan.screens.party_screen import PartyScreen

_ACTION = "action:"


async def follow(screen: "PartyScreen", row: RosterRow) -> None:
    """Ask what to go to among all that the page of ``row`` names, and go there; call it from a flow."""
    page = await screen.ask(party_page, row.uid, screen.app.today)
    options = tuple({option.key: option for option in _links(page)}.values())
    if not options:
        screen.say("This page names nothing to go to yet.")
        return
    pick = await screen.ask_form(pick_form("Go to", row.name, "What the page names", options, add_new=False))
    if pick is None:
        return
    if pick.key.startswith(_ACTION):
        await open_action(screen, pick.key.removeprefix(_ACTION))
    else:
        screen.go_to(pick.key)


async def follow_actions(screen: "ChangingScreen", actions: Sequence[tuple[str, str, str]]) -> None:
    """Go to one of these actions (uid, words, note) in its plan: at once where there is one, else ask which."""
    named = {uid: Option(uid, words, note) for uid, words, note in actions}
    if not named:
        screen.say("There is no action to go to yet.")
        return
    action = next(iter(named))
    if len(named) > 1:
        pick = await screen.ask_form(pick_form("Go to", "", "Action", tuple(named.values()), add_new=False))
        if pick is None:
            return
        action = pick.key
    await open_action(screen, action)


async def open_action(screen: "ChangingScreen", action: str) -> None:
    """Show an action in the outline of its plan."""
    await open_in_plan(screen, (await screen.ask(action_detail, action, screen.app.today)).plan, action)


async def open_in_plan(screen: "ChangingScreen", plan: str, record: str) -> None:
    """Show a step objective or an action (a uid) in the outline of its plan."""
    from tui_plan.screens.outline import OutlineScreen

    screen.app.plan = plan
    await screen.app.push_screen(OutlineScreen(plan, record))


def _links(page: PartyPage) -> Iterator[Option]:
    """Yield what the page names: open actions first, then whom it belongs to, holds, seats, and who is in it."""
    for line in sorted(page.carried, key=lambda each: not each.action.is_open):
        action = line.action
        yield Option(f"{_ACTION}{action.uid}", f"{action.ref} {action.title}", f"{line.kind} · {action.status}")
    yield from (Option(uid, name, "belongs there") for uid, name in page.names.items() if name)
    for held in page.holdings:
        post = held.person == page.uid
        uid, name = (held.post, held.post_name) if post else (held.person, held.person_name)
        yield Option(uid, name, "post" if post else "holder")
    yield from (Option(uid, name, "stands in") for uid, name in page.alternates)
    yield from (Option(uid, name, "stands in for it") for uid, name in page.stands_in_for)
    yield from (Option(seat.group, seat.group_name, "group") for seat in page.seats)
    yield from (Option(seat.member, seat.member_name, "member") for seat in page.members)
    yield from (Option(uid, name, kind) for uid, kind, name in page.belonging)
