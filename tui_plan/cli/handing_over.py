"""``handover``: what moves, whose agreements lapse and what begins is shown first, then done in one change."""

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_plan.cli.asking import agreed
from tui_plan.cli.output import columns, counted, crop
from tui_plan.cli.papers import write_paper
from tui_plan.cli.people import party_called
from tui_plan.exchange.document_forms import paper_as
from tui_plan.insight.details import record_values
from tui_plan.model.errors import InvalidInput
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.handover import Handover, Move, hand_over, handover_moves, handover_of, moving_at_once
from tui_plan.operations.rehearsing import Lapse, lapses_of

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.operations.checklists import Template

_HEADINGS = {
    "post": "Posts",
    "role": "Roles in actions",
    "review": "Reviews to come",
    "seat": "Seats in groups",
    "entry": "Risks and issues they own",
    "plan": "Plans they keep",
    "measure": "Measures they collect",
    "alternate": "Standing in, no longer",
}


class _Foreseen(NamedTuple):
    """All that a handover will do. ``onboarding`` is what begins for the successor, if anything does."""

    order: Handover
    leaver: str
    to: str
    moves: list[Move]
    lapses: tuple[Lapse, ...]
    onboarding: "Template | None"


def handover(call: "Call") -> int:
    """Show what a handover moves, ask, and do it."""
    with call.writing():
        found = _foreseen(call)
        if not call.json:
            _tell(call, found)
        if not agreed(call, _question(found), "Add --yes to hand over, or --dry-run to look only."):
            return 0
        if call.options.note and not call.dry:
            write_paper(call.options.note, _note(call, found))
        hand_over(call.author(), found.order, found.onboarding)
    if call.json:
        call.page.json(_shape(call, found))
    elif not call.dry:
        written = f" The note lies in {call.options.note}." if call.options.note else ""
        call.page.say(f"Handed over: {_told(found)}. 'tui-plan undo' turns all of it back.{written}")
    return 0


def _foreseen(call: "Call") -> _Foreseen:
    order = _order(call)
    onboarding = _onboarding(call, order)
    moves = handover_moves(order)
    lapses = lapses_of(hand_over, call.author(), order, onboarding)
    leaver = record_values("party", order.leaver)["name"]
    to = record_values("party", order.successor)["name"] if order.successor else ""
    return _Foreseen(order, leaver, f"{to} (acting)" if to and order.acting else to, moves, lapses, onboarding)


def _order(call: "Call") -> Handover:
    said = call.options
    if said.acting and not said.to:
        raise InvalidInput("Say who acts: --to NAME goes with --acting.")
    if not (said.to or said.vacant or call.dry):
        raise InvalidInput("Say who takes over: --to NAME, or --vacant if nobody does yet.")
    on = call.day(said.on) or call.today
    order = handover_of(party_called(call, said.name), on)
    successor = party_called(call, said.to, PartyKind.PERSON) if said.to else ""
    return replace(order, successor=successor, acting=said.acting, leaves=order.leaves and not said.stays)


def _onboarding(call: "Call", order: Handover) -> "Template | None":
    if call.options.no_checklist or not order.successor:
        return None
    from tui_plan.exchange.checklist_templates import template

    return template("onboarding")


def _note(call: "Call", found: _Foreseen) -> str | bytes:
    """Return the handover note in the form that the file's ending asks for: HTML, plain text, else Markdown."""
    from tui_plan.exchange.handover_note import handover_note

    paper = handover_note(found.order, found.moves, call.today, call.config.date_style, found.onboarding)
    return paper_as(paper, {".html": "html", ".txt": "text"}.get(Path(call.options.note).suffix.casefold(), "md"))


def _question(found: _Foreseen) -> str:
    return f"Hand over from {found.leaver} to {found.to or 'nobody'} on {found.order.on.isoformat()}?"


def _tell(call: "Call", found: _Foreseen) -> None:
    page, order = call.page, found.order
    head = f"Handover from {found.leaver} to {found.to or 'nobody'} on {call.shown(order.on)}"
    page.line(page.paint(crop(head, page.width), "bold"))
    for kind, moves in groupby(found.moves, lambda move: move.kind):
        many = list(moves)
        page.line(f"{_HEADINGS[kind]} ({len(many)})")
        for move in many:
            page.line(_move(call, move))
    if words := moving_at_once(order, found.moves, call.today):
        page.say(words)
    if found.lapses:
        page.line(f"Agreements that lapse ({len(found.lapses)})")
    for lapse in found.lapses:
        page.line(columns(page.width, ("", 1), (lapse.name, 28), (lapse.plan, 24), rest=lapse.because))
    if found.onboarding is not None:
        page.line(crop(f"A checklist begins for {found.to}: {found.onboarding.title}.", page.width))
    if order.leaves:
        page.line(crop(f"{found.leaver} leaves the partnership on {call.shown(order.last_day)}.", page.width))


def _move(call: "Call", move: Move) -> str:
    what = f"{move.ref} {move.what}".strip()
    to = f"→ {move.to or 'nobody'}" + (", with the post" if move.follows else "")
    return columns(call.page.width, ("", 1), (what, call.page.width - 34), rest=to)


def _told(found: _Foreseen) -> str:
    told = [counted(len(found.moves), "thing") + " moved"]
    told += [counted(len(found.lapses), "agreement") + " lapsed"] if found.lapses else []
    told += ["an onboarding checklist begun"] if found.onboarding is not None else []
    return ", ".join(told)


def _shape(call: "Call", found: _Foreseen) -> dict[str, Any]:
    order = found.order
    return {
        "from": {"uid": order.leaver, "name": found.leaver},
        "to": {"uid": order.successor, "name": found.to} if order.successor else None,
        "on": order.on,
        "acting": order.acting,
        "leaves": order.leaves,
        "moves": [
            {"kind": move.kind, "ref": move.ref or None, "what": move.what, "to": move.to or None}
            | {"follows": move.follows}
            for move in found.moves
        ],
        "lapses": [lapse._asdict() for lapse in found.lapses],
        "checklist": found.onboarding.key if found.onboarding is not None else None,
        "dry_run": call.dry,
    }
