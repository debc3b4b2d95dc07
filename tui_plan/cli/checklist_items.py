"""What ``checklist`` says of one item: its rating, its words, and the action that comes of its next step."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.following import tell_made, wanted_action
from tui_plan.cli.lapses import sure_of_lapses
from tui_plan.cli.output import counted
from tui_plan.insight.assessing import sheet_of
from tui_plan.insight.checklists import ItemLine, checklist_run
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import Found, find_record
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.operations.checklists import say_item
from tui_plan.operations.following_up import step_to_action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_plan.cli.call import Call
    from tui_plan.operations.checklists import ItemValues

_WORDS = ("rating", "successes", "challenges", "next_steps", "evidence")


def item_called(found: Found, items: "Sequence[ItemLine]", named: str) -> ItemLine:
    """Return the item of a checklist that a number or a key names."""
    for item in items:
        if item.key == named:
            return item
    if not (named.isascii() and named.isdecimal()):
        raise NotFound(f"{found.ref} has no item “{named}”: name it by its number, as 'checklists {found.ref}' shows.")
    number = int(named[:9])
    if not 0 < number <= len(items):
        raise InvalidInput(f"{found.ref} has {counted(len(items), 'item')}; there is no item {number}.")
    return items[number - 1]


def say(call: "Call") -> str:
    """Say how one item stands, and return the checklist's uid."""
    said = call.options
    found = find_record(said.ref, ChecklistRun)
    item = item_called(found, checklist_run(found.uid).items, said.item)
    values = _again(found, item) if said.as_before else {}
    values |= {name: getattr(said, name) for name in (*_WORDS, "candour") if getattr(said, name) is not None}
    if not values:
        raise InvalidInput("Say how it stands: --rating, --successes, --challenges, --next, --evidence …")
    kept: ItemValues = values  # type: ignore[assignment]
    say_item(call.author(said.said_by, said.channel), item.uid, **kept)
    return found.uid


def act(call: "Call") -> int:
    """Make an action of an item's next step; what it is called may be left out where the step is written down."""
    said = call.options
    with call.writing():
        found = find_record(said.ref, ChecklistRun)
        item = item_called(found, checklist_run(found.uid).items, said.item)
        title = said.title or item.next_steps.partition("\n")[0]
        author, wanted = call.author(said.said_by, said.channel), wanted_action(call, title)
        if not sure_of_lapses(call, step_to_action, author, item.uid, wanted, today=call.today):
            return 0
        made = record_values("action", step_to_action(author, item.uid, wanted, today=call.today))
    return tell_made(call, found.ref, made)


def _again(found: Found, item: ItemLine) -> dict[str, Any]:
    before = sheet_of(found.uid).before.get(item.key)
    if before is None:
        raise NotFound("Nothing was said of this last time: leave --as-before out.")
    return {name: getattr(before, name) for name in _WORDS}
