"""Checklists: dated runs made from a template, said item by item, finished or resumed later, and never overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypedDict, Unpack

from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.people import Party
from tui_plan.model.places import quoted, shortened, stored_row
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Candour, Channel, ChecklistKind, PartyKind, Rating
from tui_plan.operations.checking import (
    Rule,
    as_day,
    checked,
    day,
    line,
    looked_at,
    order_problems,
    paragraph,
    reference,
    refuse,
    whole,
    word,
)
from tui_plan.operations.people import require_kind

KEY_TWICE = "another item has this key: give each its own."
"""What is said of an item in a file, of a template or of a run, whose key stands before it."""


class TemplateItem(NamedTuple):
    """One line of a template; ``key`` tells it from the others for ever."""

    key: str
    text: str
    section: str = ""


class Template(NamedTuple):
    """What a run is made of. ``days`` after its start a run is due, if that is not None."""

    key: str
    title: str
    kind: ChecklistKind
    items: tuple[TemplateItem, ...]
    description: str = ""
    credit: str = ""
    days: int | None = None


class About(NamedTuple):
    """Whom and what a run is about, by uid; each may be left out. ``meeting`` is where it is filled in."""

    plan: str | None = None
    party: str | None = None
    post: str | None = None
    group: str | None = None
    stage: str | None = None
    meeting: str | None = None


class ItemValues(TypedDict, total=False):
    """What is said of one item. ``at`` is naive and local."""

    rating: str
    at: datetime | None
    channel: str
    successes: str
    challenges: str
    next_steps: str
    evidence: str
    candour: str


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is not None or not 1900 <= value.year <= 2200:
        raise InvalidInput("When it was done must be a day with a time, such as 2026-12-31 09:30.")
    return value


RUN_RULES: dict[str, Rule] = {
    "template": line("The template", required=True, limit=80),
    "title": line("The checklist's title", required=True),
    "kind": word(ChecklistKind, "The kind of checklist"),
    "party": reference,
    "post": reference,
    "group": reference,
    "stage": reference,
    "meeting": reference,
    "started_on": day("The start", required=True),
    "due": day("The day it is due"),
    "finished_on": day("The day it was finished"),
    "remarks": paragraph("The remarks"),
}
ITEM_RULES: dict[str, Rule] = {
    "key": line("The item's key", required=True, limit=80),
    "section": line("The section"),
    "text": line("The item", required=True, limit=1_000),
    "position": whole("The place of an item", 0, 9_999),
    "party": reference,
    "rating": word(Rating, "A rating", optional=True),
    "at": _moment,
    "channel": word(Channel, "The channel", optional=True),
    "successes": paragraph("The successes"),
    "challenges": paragraph("The challenges"),
    "next_steps": paragraph("The next steps"),
    "evidence": line("The evidence", limit=1_000),
    "candour": word(Candour, "What is said of an item"),
}


def start_checklist(author: Author, template: Template, about: About, *, on: date, title: str = "") -> str:
    """Begin a run of a template and return its uid."""
    with change(author, f"Began the checklist “{title or template.title}”") as writer:
        return write_run(writer, template, about, on=on, title=title)


def start_drill(author: Author, group: str, called: Sequence[str], *, on: date, plan: str | None = None) -> str:
    """Begin a drill that calls ``called`` (uids, in order) of a list, and return the run's uid."""
    with change(author, "Began a notification drill") as writer:
        require_kind(group, PartyKind.GROUP, "What is called", "group")
        row = stored_row(Party, group)
        each = tuple(dict.fromkeys(called))
        if not each:
            raise InvalidInput(f"Nobody is on {quoted(Party, row)} today: give it members or a rule first.", "group")
        writer.summary = f"Began a notification drill of {quoted(Party, row)}"
        items = tuple(TemplateItem(party, str(stored_row(Party, party)["name"])) for party in each)
        template = Template("drill", f"Call-down of {row['name']}", ChecklistKind.DRILL, items)
        return write_run(writer, template, About(plan=plan, group=group), on=on, called=each)


def write_run(
    writer: Writer, template: Template, about: About, *, on: date, title: str = "", called: Sequence[str] = ()
) -> str:
    """Within a change, make a run with the wording that the template has today, and return its uid.

    ``called`` gives the party of each item of a drill. Raises ``InvalidInput`` for a template without items, and where
    what the run is about is of the wrong kind. What partners say by consensus may leave the house; the rest is candid.
    """
    values = {"template": template.key, "title": title or template.title, "kind": template.kind, "started_on": on}
    kept = checked(values, RUN_RULES)
    if not template.items:
        raise InvalidInput("This template has no items: there is nothing to go through.", "template")
    for field, kind in (("post", PartyKind.POST), ("group", PartyKind.GROUP)):
        if uid := getattr(about, field):
            require_kind(uid, kind, f"The {field} that a checklist is about", field)
    due = on + timedelta(days=template.days) if template.days is not None else None
    run = writer.create(ChecklistRun, **about._asdict(), **kept, due=due)
    parties = called or (None,) * len(template.items)
    candour = candour_of_items(about._asdict())
    writer.create_many(
        ChecklistItem,
        [
            {"run": run, **checked(item._asdict(), ITEM_RULES), "position": place, "party": party, "candour": candour}
            for place, (item, party) in enumerate(zip(template.items, parties, strict=True))
        ],
    )
    return run


def say_item(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[ItemValues]
) -> bool:
    """Say how an item of a running checklist stands; return whether anything changed."""
    kept = checked(values, ITEM_RULES)
    with change(author, "Filled in a checklist") as writer:
        item = stored_row(ChecklistItem, uid)
        run = check_running(item["run"])
        writer.summary = f"{quoted(ChecklistRun, run)}: {shortened(item['text'])}"
        return writer.update(ChecklistItem, uid, kept, version=version_seen, merge=merge)


def tick_item(author: Author, uid: str, *, at: datetime, channel: str = "") -> Rating:
    """Mark a step as done (or somebody as reached) at a moment, or take that back; return its rating now.

    In a drill the time of reaching somebody is kept.
    """
    with change(author, "Ticked an item") as writer:
        item = stored_row(ChecklistItem, uid)
        run = check_running(item["run"])
        done = item["rating"] != Rating.IN_PLACE
        verb = "reached" if run["kind"] == ChecklistKind.DRILL else "done"
        writer.summary = f"{quoted(ChecklistRun, run)}: {shortened(item['text'])} {verb if done else f'not {verb}'}"
        rating = Rating.IN_PLACE if done else Rating.NOT_YET
        values = {"rating": rating.value, "at": at if done else None, "channel": channel if done else ""}
        writer.update(ChecklistItem, uid, checked(values, ITEM_RULES))
        return rating


def finish_checklist(author: Author, uid: str, *, on: date, remarks: str | None = None) -> None:
    """Close a run for good: what was said in it stays as it is. A new run begins afresh."""
    kept, problems = looked_at({"finished_on": on} | ({} if remarks is None else {"remarks": remarks}), RUN_RULES)
    with change(author, "Finished a checklist") as writer:
        row = check_running(uid)
        writer.summary = f"Finished {quoted(ChecklistRun, row)}"
        refuse(run_problems({**row, **kept}) | problems)
        writer.update(ChecklistRun, uid, kept)


def remove_checklist(author: Author, uid: str) -> None:
    """Remove a run that was begun by mistake; ``Refused`` once it is finished."""
    with change(author, "Removed a checklist") as writer:
        row = check_running(uid)
        writer.summary = f"Removed {quoted(ChecklistRun, row)}"
        items = [item for (item,) in rows(ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run == uid))]
        for (link,) in rows(NextAction.select(NextAction.uid).where(NextAction.item.in_(items))):
            writer.delete(NextAction, link)
        for item in items:
            writer.delete(ChecklistItem, item)
        writer.delete(ChecklistRun, uid)


def candour_of_items(run: Mapping[str, Any]) -> Candour:
    """Return whether words in a run may leave the house: what partners say of a stage by consensus may."""
    return Candour.SHAREABLE if run["stage"] and not run["party"] else Candour.CANDID


def run_problems(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence by field where a run's days come in the wrong order."""
    start = ("started_on", "the start")
    problems = order_problems(row, start, ("finished_on", "The day it was finished"), row)
    return problems | order_problems(row, start, ("due", "The day it is due"), row)


def check_running(uid: str) -> dict[str, Any]:
    """Return a run's row; ``Refused`` once it is finished."""
    row = stored_row(ChecklistRun, uid)
    if row["finished_on"]:
        finished = as_day(row["finished_on"])
        raise Refused(
            f"{quoted(ChecklistRun, row)} was finished on {finished} and stays as it is: begin a new run, "
            "or undo the finishing."
        )
    return row
