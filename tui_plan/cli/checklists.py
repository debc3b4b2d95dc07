"""``checklists`` and ``checklist``: what runs, one with its items, and ticking and finishing them.

How they are begun stands in ``checklist_starting``, what is said of single items in ``checklist_items``.
"""

from collections.abc import Callable
from datetime import datetime, time
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tui_plan.cli.assessing import tell_said
from tui_plan.cli.assessing_shapes import actions_shape, before_shape
from tui_plan.cli.checklist_items import act, item_called, say
from tui_plan.cli.checklist_starting import start
from tui_plan.cli.output import cells, columns, counted, crop
from tui_plan.cli.people import party_called
from tui_plan.cli.people_shapes import run_shape
from tui_plan.exchange.checklist_templates import changed_since
from tui_plan.insight.assessing import Sheet, sheet_of
from tui_plan.insight.assessments import Said
from tui_plan.insight.checklists import ItemLine, RunDetail, RunLine, checklist_run, checklist_runs
from tui_plan.insight.finding import find_record
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.clean import clean
from tui_plan.model.vocabulary import SIGNS, ChecklistKind, Rating

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_ITEM = 8
"""Cells before the words of an item."""


def checklists_now(call: "Call") -> int:
    """List checklists, or show one, or what can be made of a template."""
    said = call.options
    if said.templates:
        return _list_templates(call)
    with call.reading():
        if said.ref:
            return _show(call, find_record(said.ref, ChecklistRun).uid)
        found = checklist_runs(party_called(call, said.of) if said.of else None, plan=call.plan())
    if call.json:
        call.page.json({"checklists": [run_shape(run, call.today) for run in found]})
        return 0
    for run in found:
        call.page.line(_line(call, run))
    if not found:
        call.page.line("No checklist yet. Begin one:  tui-plan checklist start TEMPLATE --for NAME")
    return 0


def checklist(call: "Call") -> int:
    """Begin, fill in, finish or remove a checklist, and show how it stands."""
    if call.options.step == "action":
        return act(call)
    with call.writing():
        if call.options.step == "remove":
            return _remove(call)
        return _show(call, _STEPS[call.options.step](call), wrote=True)


def _tick(call: "Call") -> str:
    from tui_plan.operations.checklists import say_item, tick_item

    said = call.options
    found = find_record(said.ref, ChecklistRun)
    items = checklist_run(found.uid).items
    rating = Rating(said.rating or Rating.IN_PLACE)
    for item in [item_called(found, items, named) for named in dict.fromkeys(said.items)]:
        if rating is not Rating.IN_PLACE:
            say_item(call.author(), item.uid, rating=rating, at=None, channel=said.channel)
        elif item.rating != Rating.IN_PLACE:
            tick_item(call.author(), item.uid, at=_moment(call), channel=said.channel)
    return found.uid


def _finish(call: "Call") -> str:
    from tui_plan.operations.checklists import finish_checklist

    said = call.options
    uid = find_record(said.ref, ChecklistRun).uid
    finish_checklist(call.author(), uid, on=call.day(said.on) or call.today, remarks=said.remarks)
    return uid


def _remove(call: "Call") -> int:
    from tui_plan.operations.checklists import remove_checklist

    found = find_record(call.options.ref, ChecklistRun)
    title = checklist_run(found.uid).line.title
    remove_checklist(call.author(), found.uid)
    if call.json:
        call.page.json({"removed": [{"ref": found.ref, "uid": found.uid}], "dry_run": call.dry})
    else:
        call.page.line(crop(f"Removed {found.ref} “{title}”", call.page.width))
    return 0


_STEPS: dict[str, Callable[["Call"], str]] = {"start": start, "tick": _tick, "say": say, "finish": _finish}


def _moment(call: "Call") -> datetime:
    """Return when it was done: at the day and time said, else now; on another day without a time, at its beginning."""
    from tui_plan.cli.adding import moment_at

    said = call.options
    day = call.day(said.on) or call.today
    if said.at:
        return moment_at(day, said.at)
    now = datetime.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)
    return now if now.date() == day else datetime.combine(day, time())


def _list_templates(call: "Call") -> int:
    from tui_plan.exchange.checklist_templates import templates

    found = templates()
    if call.json:
        keys = ("key", "title", "kind", "description", "credit", "days")
        told = [{key: getattr(one, key) for key in keys} | {"items": len(one.items)} for one in found.usable]
        call.page.json({"templates": told, "broken": list(found.broken)})
        return 0
    for one in found.usable:
        cells = ((one.key, 20), (one.kind, 18), (counted(len(one.items), "item"), 9))
        call.page.line(columns(call.page.width, *cells, rest=one.title))
    for sentence in found.broken:
        call.page.say(f"! {sentence}")
    return 0


def _show(call: "Call", uid: str, *, wrote: bool = False) -> int:
    run = checklist_run(uid)
    line, page = run.line, call.page
    sheet = sheet_of(uid) if line.kind == ChecklistKind.STAGE else None
    if call.json:
        page.json({**_run_shape(call, run, sheet), **({"dry_run": call.dry} if wrote else {})})
        return 0
    about = f", {line.about}" if line.about and line.about not in line.title else ""
    page.line(page.paint(crop(f"{line.ref} {line.title}{about}", page.width), "bold"))
    page.line("  " + crop(_state(call, run), page.width - 2))
    for sentence in changed_since(run):
        page.line("  " + crop(sentence, page.width - 2))
    numbered = enumerate(run.items, 1)
    for section, items in groupby(numbered, lambda pair: pair[1].section):
        if section:
            page.line(crop(section, page.width))
        for number, item in items:
            _tell_item(call, number, item, sheet)
    if run.remarks:
        page.say(run.remarks)
    return 0


def _tell_item(call: "Call", number: int, item: ItemLine, sheet: Sheet | None) -> None:
    width = call.page.width
    sign = SIGNS[item.rating] if item.rating else "·"
    text, how = wrap(clean(item.text), width - _ITEM) or [""], _how(call, item, sheet)
    beside = len(text) == 1 and cells(text[0]) + cells(how) < width - _ITEM
    call.page.line(f"  {sign} {number:<{_ITEM - 4}}{text[0]}" + (f" {how}" if beside else ""))
    for line in [*text[1:], *([] if beside or not how else [how])]:
        call.page.line(" " * _ITEM + line)
    if sheet is not None:
        tell_said(call, sheet.now[item.key], indent=_ITEM)
        return
    for label, words in (("+", item.successes), ("-", item.challenges), ("→", item.next_steps), ("=", item.evidence)):
        if words:
            call.page.line(columns(width, ("", _ITEM - 1), (label, 1), rest=words))


def _how(call: "Call", item: ItemLine, sheet: Sheet | None) -> str:
    """Return when and how it was done; midnight stands for a time that nobody wrote down. Of a quality, what it was."""
    if sheet is not None:
        return _was(call, sheet.before.get(item.key))
    when = call.shown(item.at.date()) if item.at else ""
    at = f" {item.at:%H:%M}" if item.at and item.at.time() != time() else ""
    told = ", ".join(filter(None, (f"{when}{at}", item.channel)))
    return f"({told})" if told else ""


def _was(call: "Call", before: Said | None) -> str:
    if before is None or not before.rating:
        return ""
    return f"(was {SIGNS[before.rating]} {before.rating} in {before.run.ref}, {call.shown(before.run.started_on)})"


def _state(call: "Call", run: RunDetail) -> str:
    line = run.line
    told = [f"{line.kind}, {line.progress}, begun {call.shown(line.started_on)}"]
    if line.finished_on:
        told.append(f"finished {call.shown(line.finished_on)}")
    elif line.due:
        told.append(f"{'overdue since' if line.overdue(call.today) else 'due'} {call.shown(line.due)}")
    return ", ".join(told)


def _line(call: "Call", run: RunLine) -> str:
    late = call.page.paint("!", "red") if run.overdue(call.today) else " "
    sign = "✓" if run.finished_on else late
    when = call.shown(run.finished_on or run.due)
    word = "finished" if run.finished_on else "due" if run.due else "no date"
    room = call.page.width - 46
    cells = ((run.ref, 6), (run.progress, 15), (run.title, room))
    return f"{sign} {columns(call.page.width - 2, *cells, rest=f'{word} {when}')}"


def _run_shape(call: "Call", run: RunDetail, sheet: Sheet | None) -> dict[str, Any]:
    return {
        **run_shape(run.line, call.today),
        "remarks": run.remarks,
        "template_changes": list(changed_since(run)),
        "list": [
            {
                "number": number,
                "key": item.key,
                "section": item.section or None,
                "text": item.text,
                "rating": item.rating or None,
                "at": item.at,
                "channel": item.channel or None,
                "successes": item.successes,
                "challenges": item.challenges,
                "next_steps": item.next_steps,
                "evidence": item.evidence,
                "candour": item.candour,
                **(_sheet_shape(sheet, item.key) if sheet is not None else {}),
            }
            for number, item in enumerate(run.items, 1)
        ],
    }


def _sheet_shape(sheet: Sheet, key: str) -> dict[str, Any]:
    return {"actions": actions_shape(sheet.now[key]), "before": before_shape(sheet.before.get(key))}
