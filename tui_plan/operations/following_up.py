"""What comes of words: an action of a next step or of an entry, a development area of an idea. Each is one change."""

from datetime import date
from typing import NamedTuple

from tui_plan.model.base import new_uid, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.errors import InvalidInput, NotFound, Refused
from tui_plan.model.places import next_position, quoted, stored_row
from tui_plan.model.plan import Action, DevelopmentArea, Role
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import EntryKind, RoleKind
from tui_plan.operations.actions import checked_action
from tui_plan.operations.checking import checked, line, refuse
from tui_plan.operations.lapsing import lapsing_by_roles
from tui_plan.operations.people import with_article
from tui_plan.operations.register import ENTRY_RULES, entry_problems


class Wanted(NamedTuple):
    """An action to be made: where (a step objective's uid), what, who answers for it (a uid), and by when."""

    objective: str | None
    title: str
    party: str | None
    agreed: date | None


def step_to_action(author: Author, item: str, wanted: Wanted, *, today: date) -> str:
    """Make an action of the next step of a checklist's item, and return the action's uid.

    The item and the action name each other; a finished checklist stays as it is. Raises ``InvalidInput`` without an
    objective, a title, an owner or a date.
    """
    with change(author, "Made an action of a next step") as writer:
        run = stored_row(ChecklistRun, stored_row(ChecklistItem, item)["run"])
        action = _write(writer, wanted, today)
        writer.create(NextAction, item=item, action=action)
        writer.summary = f"{quoted(ChecklistRun, run)} → {_quoted(action)}"
        return action


def mitigate(author: Author, entry: str, wanted: Wanted, *, today: date) -> str:
    """Make the action that answers an entry of the register, linked to it, and return the action's uid."""
    with change(author, "Made an action of an entry") as writer:
        row = stored_row(RegisterEntry, entry)
        action = _write(writer, wanted, today)
        writer.create(EntryLink, entry=entry, action=action)
        writer.summary = f"{quoted(RegisterEntry, row)} → {_quoted(action)}"
        return action


def unlink_step(author: Author, item: str, action: str) -> None:
    """Let an item and an action no longer name each other; the action stays."""
    with change(author, "Unlinked an action") as writer:
        writer.summary = f"Unlinked {_quoted(action)} from a next step"
        found = rows(NextAction.select(NextAction.uid).where((NextAction.item == item) & (NextAction.action == action)))
        if not found:
            raise NotFound("This next step and this action do not name each other.")
        for (link,) in found:
            writer.delete(NextAction, link)


def promote_idea(author: Author, uid: str, *, on: date, title: str = "") -> str:
    """Make a development area of an idea, at the end of its plan, and return the area's uid."""
    with change(author, "Promoted an idea") as writer:
        row = stored_row(RegisterEntry, uid)
        if row["kind"] != EntryKind.IDEA:
            kind = with_article(row["kind"])
            raise Refused(f"{quoted(RegisterEntry, row)} is {kind}: only an idea becomes a development area.")
        if row["area"]:
            area = quoted(DevelopmentArea, stored_row(DevelopmentArea, row["area"]))
            raise Refused(f"{quoted(RegisterEntry, row)} has become {area} already.")
        if not row["plan"]:
            raise InvalidInput("Say first which plan the idea is for.", "plan")
        closed = checked({"closed_on": on}, ENTRY_RULES)
        refuse(entry_problems(row | closed))
        kept = checked({"title": title or row["title"]}, _AREA_RULES)
        place = next_position(DevelopmentArea, DevelopmentArea.plan == row["plan"])
        area = writer.create(DevelopmentArea, plan=row["plan"], position=place, description=row["cause"], **kept)
        writer.update(RegisterEntry, uid, closed | {"area": area})
        became = quoted(DevelopmentArea, stored_row(DevelopmentArea, area))
        writer.summary = f"{quoted(RegisterEntry, row)} became {became}"
        return area


_AREA_RULES = {"title": line("The development area's title", required=True)}


def _write(writer: Writer, wanted: Wanted, today: date) -> str:
    """Add an action with its owner; who gets duties by it is asked again for agreement."""
    refuse(_lacking(wanted))
    uid = new_uid()
    with lapsing_by_roles(writer, [uid], today):
        kept = checked_action({"title": wanted.title, "agreed": wanted.agreed}, {}, today)
        place = next_position(Action, Action.objective == wanted.objective)
        writer.create(Action, uid=uid, objective=wanted.objective, position=place, **kept)
        writer.create(Role, action=uid, kind=RoleKind.ACCOUNTABLE.value, party=wanted.party)
    return uid


def _lacking(wanted: Wanted) -> dict[str, str]:
    needed = {
        "objective": "Say under which step objective the action belongs.",
        "title": "Say in a few words what will be done.",
        "party": "Say who answers for the action.",
        "agreed": "Say by when, with a date such as 2026-12-31.",
    }
    return {field: sentence for field, sentence in needed.items() if not getattr(wanted, field)}


def _quoted(action: str) -> str:
    return quoted(Action, stored_row(Action, action))
