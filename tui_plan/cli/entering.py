"""``enter`` and ``entry``: writing into the register, and editing, settling, reopening and removing what is there."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from tui_plan.cli.measures_named import measure_called, measures_under
from tui_plan.cli.meetings_named import day_said, meeting_at
from tui_plan.cli.output import crop
from tui_plan.cli.people import party_called
from tui_plan.cli.register import tell_entry
from tui_plan.cli.register_arguments import ENTRY_WORDS
from tui_plan.cli.register_shapes import detail_shape
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import find_record
from tui_plan.insight.register import EntryDetail, entry_detail, links_of
from tui_plan.model.base import database
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.plan import Action, StepObjective
from tui_plan.model.register import RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import Candour, EntryKind
from tui_plan.operations.meetings import MeetingAt
from tui_plan.operations.people import with_article
from tui_plan.operations.register import (
    EntryValues,
    Leads,
    add_entry,
    close_entry,
    edit_entry,
    remove_entry,
    reopen_entry,
)

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.model.store import Author

NONE = "none"
"""What takes a date or a name away."""
_AS_TYPED = (
    "title",
    "cause",
    "effect",
    "outcome",
    "evidence",
    "likelihood",
    "impact",
    "response",
    "manner",
    "fidelity",
    "disposition",
    "level",
    "intended",
    "active",
    "candour",
)
_DAYS = ("on", "due", "closed_on")
_OPTIONS = {"closed_on": "--settled", "party": "--who", "residual_likelihood": "--residual"}
_LINKS = {"action": Action, "objective": StepObjective, "measure": Action, "other": RegisterEntry}


def enter(call: "Call") -> int:
    """Enter something into the register, and tell its reference."""
    said = call.options
    kind = ENTRY_WORDS[said.kind]
    with call.writing(), database.atomic():
        author, plan = call.author(said.said_by, said.channel), call.one_plan()
        values = _values(call)
        values["kind"], values["plan"] = kind, plan
        on = values.setdefault("on", day_said(call))
        uid = add_entry(author, _leads(call), at=_meeting(call, plan, on), **values)
        detail = entry_detail(uid)
    line = detail.line
    if call.json:
        told = {"added": line.kind, "ref": line.ref, "uid": uid, "title": line.title, "dry_run": call.dry}
        call.page.json(told)
    else:
        score = f", {line.likelihood} × {line.impact} = {line.score}" if line.score else ""
        house = ", candid" if line.candour == Candour.CANDID else ""
        call.page.line(crop(f"Entered {line.ref} {line.kind}{score}{house}: {line.title}", call.page.width))
    return 0


def entry(call: "Call") -> int:
    """Carry out one step about entries, and show how they stand."""
    said = call.options
    with call.writing(), database.atomic():
        if said.step == "edit":
            found = [_edit(call, call.author(said.said_by, said.channel))]
        elif said.step == "remove":
            return _remove(call)
        else:
            author = call.author(said.said_by, said.channel)
            found = [_one(call, author, ref, _STEPS[said.step]) for ref in dict.fromkeys(said.refs)]
    if call.json:
        call.page.json({"entries": [detail_shape(detail, call.today) for detail in found], "dry_run": call.dry})
        return 0
    for detail in found:
        tell_entry(call, detail)
    return 0


def _one(call: "Call", author: "Author", ref: str, step: Callable[["Call", "Author", str], object]) -> EntryDetail:
    uid = find_record(ref, RegisterEntry).uid
    step(call, author, uid)
    return entry_detail(uid)


def _edit(call: "Call", author: "Author") -> EntryDetail:
    uid = find_record(call.options.ref, RegisterEntry).uid
    row = record_values("register_entry", uid)
    kind = EntryKind(row["kind"])
    _refuse_foreign(call, kind)
    values, leads = _values(call), _new_leads(call, uid)
    at = _meeting(call, row["plan"], values.get("on") or row["on"])
    if not values and leads is None and at is None:
        raise InvalidInput("Say what shall be different: --title, --who, --due … See 'tui-plan entry edit --help'.")
    edit_entry(author, uid, leads=leads, at=at, **values)
    return entry_detail(uid)


def _settle(call: "Call", author: "Author", uid: str) -> None:
    said = call.options
    party = party_called(call, said.party) if said.party else None
    close_entry(author, uid, on=call.day(said.on) or call.today, outcome=said.outcome, party=party)


def _reopen(call: "Call", author: "Author", uid: str) -> None:
    reopen_entry(author, uid)


def _candid(call: "Call", author: "Author", uid: str) -> None:
    edit_entry(author, uid, candour=Candour(call.options.step))


_STEPS: dict[str, Callable[["Call", "Author", str], object]] = {
    "settle": _settle,
    "reopen": _reopen,
    "candid": _candid,
    "shareable": _candid,
}


def _remove(call: "Call") -> int:
    found = [find_record(ref, RegisterEntry) for ref in dict.fromkeys(call.options.refs)]
    lines = [entry_detail(one.uid).line for one in found]
    for one in found:
        remove_entry(call.author(), one.uid)
    if call.json:
        told = [{"ref": line.ref, "uid": line.uid} for line in lines]
        call.page.json({"removed": told, "dry_run": call.dry})
        return 0
    for line in lines:
        call.page.line(crop(f"Removed {line.ref} “{line.title}”", call.page.width))
    return 0


def _values(call: "Call") -> EntryValues:
    """Return what was typed of an entry by field; what was left out is not among it."""
    said = vars(call.options)
    values: dict[str, Any] = {name: said[name] for name in _AS_TYPED if said.get(name) is not None}
    for name in _DAYS:
        if said.get(name):
            values[name] = None if _is_none(said[name]) else call.day(said[name])
    if said.get("residual"):
        values["residual_likelihood"], values["residual_impact"] = said["residual"]
    if said.get("party"):
        values["party"] = None if _is_none(said["party"]) else party_called(call, said["party"])
    if said.get("stage"):
        values["stage"] = None if _is_none(said["stage"]) else find_record(said["stage"], Stage).uid
    kept: EntryValues = values  # type: ignore[assignment]
    return kept


def _meeting(call: "Call", plan: str | None, on: date | None) -> MeetingAt | None:
    """Return the meeting that was typed; kinds that are decided at none have no option for it."""
    if not getattr(call.options, "meeting", None):
        return None
    return meeting_at(call, plan or call.one_plan(), on or call.today)


def _is_none(text: str) -> bool:
    return text.strip().casefold() == NONE


def _refuse_foreign(call: "Call", kind: EntryKind) -> None:
    """Refuse what this kind of entry does not ask for, by the option that was typed."""
    said, asks = vars(call.options), KINDS[kind]
    typed = {**said, "residual_likelihood": said["residual"]}
    for name in sorted({asked.field for every in KINDS.values() for asked in every.asks}):
        if typed.get(name) and name not in asks.fields:
            raise InvalidInput(
                f"{_OPTIONS.get(name, f'--{name}')} does not go with {with_article(kind)}; leave it out."
            )
    for name in _LINKS:
        if said[f"to_{name}"] and name not in asks.links:
            option = "--entry" if name == "other" else f"--{name}"
            raise InvalidInput(f"{option} does not go with {with_article(kind)}; leave it out.")


def _leads(call: "Call") -> Leads:
    """Return what an entry shall name, by uid."""
    said = vars(call.options)
    found = {name: tuple(_linked(name, ref) for ref in said.get(f"to_{name}") or ()) for name in _LINKS}
    return Leads(*found.values())


def _new_leads(call: "Call", uid: str) -> Leads | None:
    """Return what an entry shall name from now on; None where nothing was said of that."""
    added, dropped = _leads(call), call.options.unlink
    if not any(added) and not dropped:
        return None
    standing = links_of(uid)
    gone = {target for ref in dropped for target in _unlinked(ref, standing)}
    every = (dict.fromkeys((*standing[name], *more)) for name, more in zip(_LINKS, added, strict=True))
    return Leads(*(tuple(target for target in targets if target not in gone) for targets in every))


def _unlinked(ref: str, standing: dict[str, tuple[str, ...]]) -> set[str]:
    """Return what a reference names of that which an entry is linked to; ``NotFound`` where that is nothing."""
    linked = {target for targets in standing.values() for target in targets}
    action, _, _ = ref.partition(":")
    found = find_record(action, Action, StepObjective, RegisterEntry)
    meant = {found.uid} if ":" not in ref else set()
    if found.noun == Action.noun:
        meant |= {measure_called(ref)} if ":" in ref else set(measures_under(found.uid)) & linked
    if not meant & linked:
        raise NotFound(f"This entry does not name {ref}: see 'tui-plan register R-7' with its own number.")
    return meant & linked


def _linked(name: str, ref: str) -> str:
    return measure_called(ref) if name == "measure" else find_record(ref, _LINKS[name]).uid
