"""``mitigate``, ``promote`` and the action of a next step: what comes of words, each linked to where it came from."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.lapses import sure_of_lapses
from tui_plan.cli.output import crop
from tui_plan.cli.people import party_called
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import find_record
from tui_plan.model.plan import StepObjective
from tui_plan.model.register import RegisterEntry
from tui_plan.operations.following_up import Wanted, promote_idea
from tui_plan.operations.following_up import mitigate as make_action

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def mitigate(call: "Call") -> int:
    """Make the action that answers an entry of the register."""
    said = call.options
    with call.writing():
        entry = find_record(said.ref, RegisterEntry)
        author, wanted = call.author(said.said_by, said.channel), wanted_action(call, said.title)
        if not sure_of_lapses(call, make_action, author, entry.uid, wanted, today=call.today):
            return 0
        made = record_values("action", make_action(author, entry.uid, wanted, today=call.today))
    return tell_made(call, entry.ref, made)


def promote(call: "Call") -> int:
    """Make a development area of an idea."""
    said = call.options
    with call.writing():
        idea = find_record(said.ref, RegisterEntry)
        author = call.author(said.said_by, said.channel)
        uid = promote_idea(author, idea.uid, on=call.day(said.on) or call.today, title=said.title)
        made = record_values("development_area", uid)
    return tell_made(call, idea.ref, made, letter="D")


def wanted_action(call: "Call", title: str) -> Wanted:
    """Return the action that was typed: under which objective, who answers for it, by when."""
    said = call.options
    objective = find_record(said.under, StepObjective).uid
    return Wanted(objective, title, party_called(call, said.owner), call.day(said.by))


def tell_made(call: "Call", source: str, made: dict[str, Any], *, letter: str = "A") -> int:
    """Tell what came of ``source``: an action, or a development area."""
    ref = f"{letter}-{made['number']}"
    if call.json:
        told = {"from": source, "ref": ref, "uid": made["uid"], "title": made["title"], "dry_run": call.dry}
        call.page.json(told)
    else:
        call.page.line(crop(f"{source} → {ref} “{made['title']}”", call.page.width))
    return 0
