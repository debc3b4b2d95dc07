"""``celebrate``: what was achieved and waits to be celebrated, how it was celebrated, and who was thanked."""

from typing import TYPE_CHECKING

from tui_plan.cli.momentum_shapes import celebrated_shape, good_shape
from tui_plan.cli.output import columns, crop
from tui_plan.cli.people import party_called
from tui_plan.insight.celebrating import Celebrated, Good, celebrated, to_celebrate
from tui_plan.insight.finding import find_record
from tui_plan.insight.register import entry_detail
from tui_plan.model.base import database
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.plan import Action, StepObjective
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import EntryKind
from tui_plan.operations.register import Leads, add_entry, close_entry

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.insight.register import EntryLine
    from tui_plan.model.store import Author

_NOUN = 15


def celebrate(call: "Call") -> int:
    """List what waits to be celebrated, or record how something of it was."""
    said = call.options
    if not said.refs:
        return _look(call)
    if said.done or said.as_of:
        option = "--done" if said.done else "--as-of"
        raise InvalidInput(f"{option} goes with the list: leave it out, or leave {said.refs[0]} out.")
    with call.writing(), database.atomic():
        author = call.author(said.said_by, said.channel)
        waiting = to_celebrate(call.today, call.plan())
        lines = [_celebrate(call, author, waiting, ref) for ref in dict.fromkeys(said.refs)]
    if call.json:
        told = [{"ref": line.ref, "uid": line.uid, "title": line.title, "celebrated": line.closed_on} for line in lines]
        call.page.json({"entries": told, "dry_run": call.dry})
        return 0
    for line in lines:
        thanked = f", thanks to {line.party_name}" if line.party_name else ""
        call.page.line(crop(f"Celebrated {line.ref} {line.title}{thanked}", call.page.width))
    return 0


def _look(call: "Call") -> int:
    said = call.options
    for name in ("how", "thanked", "on", "said_by", "channel"):
        if getattr(said, name):
            raise InvalidInput(f"Say what was celebrated: --{name.replace('_', '-')} goes with A-12, S-3 or R-9.")
    if call.dry:
        raise InvalidInput("Say what was celebrated: --dry-run goes with A-12, S-3 or R-9.")
    with call.reading():
        if said.done:
            return _tell_celebrated(call, celebrated(call.plan()))
        return _tell_waiting(call, to_celebrate(call.today, call.plan()))


def _tell_waiting(call: "Call", waiting: list[Good]) -> int:
    if call.json:
        call.page.json({"today": call.today, "waiting": [good_shape(good) for good in waiting]})
        return 0
    for good in waiting:
        cells = ((good.ref, 6), (good.noun, _NOUN), (call.shown(good.on), 11))
        call.page.line(columns(call.page.width, *cells, rest=good.title))
    if not waiting:
        call.page.line("Nothing waits to be celebrated.")
    return 0


def _tell_celebrated(call: "Call", found: list[Celebrated]) -> int:
    if call.json:
        call.page.json({"today": call.today, "celebrated": [celebrated_shape(line) for line in found]})
        return 0
    for line in found:
        call.page.line(columns(call.page.width, (line.ref, 6), (call.shown(line.celebrated_on), 11), rest=line.title))
        for words in filter(None, (line.how, f"thanks to {line.thanked}" if line.thanked else "")):
            call.page.line(columns(call.page.width, ("", 18), rest=words))
    if not found:
        call.page.line("Nothing was celebrated yet.")
    return 0


def _celebrate(call: "Call", author: "Author", waiting: list[Good], ref: str) -> "EntryLine":
    """Celebrate what waits under a reference: an entry is settled, anything else becomes a settled achievement."""
    said = call.options
    found = find_record(ref, Action, StepObjective, RegisterEntry)
    goods = [good for good in waiting if good.uid == found.uid]
    if not goods:
        raise NotFound(f"{found.ref} does not wait to be celebrated: 'tui-plan celebrate' lists what does.")
    on = call.day(said.on) or call.today
    thanked = party_called(call, said.thanked) if said.thanked else None
    if goods[0].field == "entry":
        close_entry(author, found.uid, on=on, outcome=said.how or None, party=thanked)
        return entry_detail(found.uid).line
    uid = add_entry(
        author,
        _leads(goods),
        kind=EntryKind.ACHIEVEMENT,
        title=goods[0].title,
        plan=goods[0].plan,
        on=goods[0].on,
        closed_on=on,
        outcome=said.how,
        party=thanked,
    )
    return entry_detail(uid).line


def _leads(goods: list[Good]) -> Leads:
    """Return what an achievement names: an action may be a milestone, and what it measures a first outcome."""
    named = {field: tuple(good.target for good in goods if good.field == field) for field in _FIELDS}
    return Leads(actions=named["action"], objectives=named["objective"], measures=named["measure"])


_FIELDS = ("action", "objective", "measure")
