"""Commands that record: ``done``, ``note``, ``undo``, ``redo`` and ``baseline``."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.lists import moment_told
from tui_plan.cli.output import crop
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import find_record
from tui_plan.model.base import database
from tui_plan.model.errors import Refused
from tui_plan.model.plan import Action, Plan
from tui_plan.model.vocabulary import Candour, Status
from tui_plan.operations.actions import change_actions, record_progress

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.model.store import Author
    from tui_plan.operations.undoing import Undone


def done(call: "Call") -> int:
    """Record that actions are complete, on somebody's word, and tell what became of each."""
    said = call.options
    with call.writing():
        author = call.author(said.said_by, said.channel)
        found = [find_record(ref, Action) for ref in dict.fromkeys(said.refs)]
        before = {one.uid: record_values("action", one.uid)["status"] for one in found}
        dropped = [one.ref for one in found if before[one.uid] == Status.WITHDRAWN]
        if dropped:
            raise Refused(f"{dropped[0]} is withdrawn: give it another status in the terminal first.")
        _complete(call, author, before)
        after = [record_values("action", one.uid) for one in found]
    if call.json:
        call.page.json({"actions": [_done_shape(row) for row in after], "dry_run": call.dry})
        return 0
    for one, row in zip(found, after, strict=True):
        was = " (it was already)" if before[one.uid] == Status.COMPLETE else ""
        call.page.line(
            crop(f"✓ {one.ref} complete on {call.shown(row['actual'])}{was}: {row['title']}", call.page.width)
        )
    return 0


def note(call: "Call") -> int:
    """Write down what somebody said of an action or a plan."""
    from tui_plan.operations.parts import add_note

    said = call.options
    candour = Candour.CANDID if said.candid else Candour.SHAREABLE
    with call.writing():
        found = find_record(said.ref, Action, Plan)
        about = {"action" if found.noun == Action.noun else "plan": found.uid}
        author = call.author(said.said_by, said.channel)
        uid = add_note(author, said.text, today=call.today, candour=candour, **about)
    if call.json:
        call.page.json({"note": uid, "about": found.ref, "candour": candour, "dry_run": call.dry})
    else:
        call.page.line(f"Noted on {found.ref}" + (", candid: it does not leave the house." if said.candid else "."))
    return 0


def turn_back(call: "Call") -> int:
    """Undo the latest change of whoever types, or the one of --change."""
    from tui_plan.operations.undoing import undo

    with call.writing():
        undone = undo(call.author(), call.options.change)
    return _tell_undone(call, undone, "Undid")


def do_again(call: "Call") -> int:
    """Do again what was undone last."""
    from tui_plan.operations.undoing import redo

    with call.writing():
        undone = redo(call.author())
    return _tell_undone(call, undone, "Redid")


def baseline(call: "Call") -> int:
    """Name the plan as it stands, or list the names there are."""
    from tui_plan.operations.plans import name_baseline

    name = call.options.name
    if not name:
        return _list_baselines(call)
    with call.writing():
        uid = name_baseline(call.author(), call.one_plan(), name)
    if call.json:
        call.page.json({"baseline": name, "uid": uid, "dry_run": call.dry})
    else:
        call.page.line(crop(f"Named the plan as it stands “{name}”. See what changed since:", call.page.width))
        call.page.line(f"  tui-plan diff --from '{name}'")
    return 0


def _complete(call: "Call", author: "Author", before: dict[str, str]) -> None:
    """Complete actions, by uid with their status; the day of those that were complete changes only when it is said."""
    on, note = call.day(call.options.on, call.today), call.options.note
    fresh = [uid for uid, status in before.items() if status != Status.COMPLETE or call.options.on]
    if not note:
        if fresh:
            change_actions(author, fresh, today=call.today, status=Status.COMPLETE, actual=on)
        return
    with database.atomic():
        for uid in before:
            if uid in fresh:
                record_progress(author, uid, today=call.today, note=note, status=Status.COMPLETE, actual=on)
            else:
                record_progress(author, uid, today=call.today, note=note)


def _done_shape(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "ref": f"A-{row['number']}",
        "uid": row["uid"],
        "title": row["title"],
        "status": row["status"],
        "actual": row["actual"],
    }


def _tell_undone(call: "Call", undone: "Undone", word: str) -> int:
    if call.json:
        call.page.json({"change": undone.change, "summary": undone.summary, "dry_run": call.dry})
    else:
        call.page.line(crop(f"{word} change {undone.change}: {undone.summary}", call.page.width))
    return 0


def _list_baselines(call: "Call") -> int:
    from tui_plan.cli.shapes import moment_shape
    from tui_plan.insight.comparing import baselines

    with call.reading():
        found = baselines(call.one_plan())
    if call.json:
        call.page.json({"baselines": [{"name": one.name, "at": moment_shape(one.at)} for one in found]})
        return 0
    for one in found:
        call.page.line(f"{moment_told(one.at, call)}  {crop(one.name, call.page.width - 20)}")
    if not found:
        call.page.line("No baseline yet. Name the plan as it stands:  tui-plan baseline 'agreed in May'")
    return 0
