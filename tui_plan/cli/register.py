"""``register``: the entries as a list, the open risks as a matrix, or one entry whole."""

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from tui_plan.cli.output import cells, columns, crop, fit
from tui_plan.cli.register_arguments import ENTRY_WORDS
from tui_plan.cli.register_shapes import detail_shape, entry_shape
from tui_plan.insight.finding import find_record
from tui_plan.insight.register import EntryDetail, EntryLine, Lead, entry_detail, register_entries, risk_matrix
from tui_plan.model.clean import clean
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.errors import InvalidInput
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import SIGNS, Candour, EntryKind, Gate

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_REFERENCE = re.compile(r"[Rr]-?\d+", re.ASCII)
_SCALE = (5, 4, 3, 2, 1)
_SIDE = 17
_LABEL = 27
_WHEN, _WHO = 15, 13
"""Cells of the columns of the list and of the labels of an entry."""


def register(call: "Call") -> int:
    """List the register, draw its matrix, or show one entry; 1 where an open entry is overdue."""
    said = call.options
    if len(said.what) == 1 and _REFERENCE.fullmatch(said.what[0]):
        return _one(call, said.what[0])
    kinds = [kind_called(text) for text in said.what]
    with call.reading():
        found = register_entries(call.plan(), kinds or ([EntryKind.RISK] if said.matrix else []))
    if said.matrix:
        return _matrix(call, found)
    shown = [line for line in found if line.is_open] if said.only_open else found
    if call.json:
        call.page.json({"today": call.today, "entries": [entry_shape(line, call.today) for line in shown]})
    else:
        _list(call, shown)
    return int(any(line.overdue(call.today) for line in shown))


def kind_called(text: str) -> EntryKind:
    """Return the kind that was typed: its word, its whole name, its plural, or the beginning of it."""
    typed = clean(text).casefold()
    for kind in EntryKind:
        if typed in {kind.value, KINDS[kind].plural.casefold()}:
            return kind
    fits = [kind for kind in EntryKind if typed and kind.value.startswith(typed)]
    if len(fits) != 1:
        raise InvalidInput(f"“{text}” is no kind of entry: choose {', '.join(ENTRY_WORDS)}, or one entry such as R-7.")
    return fits[0]


def tell_entry(call: "Call", detail: EntryDetail) -> None:
    """Print one entry with all that is said of it, what it leads to and what leads to it."""
    line, page = detail.line, call.page
    page.line(page.paint(crop(f"{line.ref} {line.kind}, {call.shown(line.on)}: {line.title}", page.width), "bold"))
    if cells(line.title) > page.width - 24:
        page.say(line.title)
    for label, value in _facts(call, detail):
        _tell_fact(call, label, value)
    for label, leads in (("Leads to", detail.leads), ("Named by", detail.led_from)):
        for lead in leads:
            _tell_fact(call, label, _lead(call, lead))


def _one(call: "Call", ref: str) -> int:
    with call.reading():
        detail = entry_detail(find_record(ref, RegisterEntry).uid)
    if call.json:
        call.page.json(detail_shape(detail, call.today))
    else:
        tell_entry(call, detail)
    return int(detail.line.overdue(call.today))


def _facts(call: "Call", detail: EntryDetail) -> list[tuple[str, str]]:
    """Return what is said of an entry in the words of its kind, in the order of its form."""
    line, asks = detail.line, KINDS[EntryKind(detail.line.kind)]
    found = [(asked.label, _fact(call, detail, asked.field)) for asked in asks.asks]
    if line.score:
        found.append(("Score", f"{line.score}" + (f", after the response {line.residual}" if line.residual else "")))
    state = f"overdue since {call.shown(line.due)}" if line.overdue(call.today) else "open" if line.is_open else ""
    found += [("Evidence", detail.evidence), ("State", state)]
    found.append(("Candid", "it stays in the house" if line.candour == Candour.CANDID else ""))
    return [(label, value) for label, value in found if value]


def _fact(call: "Call", detail: EntryDetail, field: str) -> str:
    line = detail.line
    if field == "party":
        return line.party_name
    if field in {"due", "closed_on"}:
        return call.shown(getattr(line, field))
    value = getattr(detail, field) if field in detail._fields else getattr(line, field)
    return "" if value is None else str(value)


def _tell_fact(call: "Call", label: str, value: str) -> None:
    width = call.page.width - _LABEL - 3
    first, *more = wrap(clean(value), width) or [""]
    call.page.line(f"  {fit(label, _LABEL)} {first}")
    for line in more:
        call.page.line(" " * (_LABEL + 3) + line)


def _lead(call: "Call", lead: Lead) -> str:
    when = f" {call.shown(lead.day)}" if lead.day else ""
    return f"{lead.ref} {lead.title}" + (f" ({lead.status}{when})" if lead.status else "")


def _list(call: "Call", shown: Sequence[EntryLine]) -> None:
    one_kind = len({line.kind for line in shown}) == 1
    for line in shown:
        call.page.line(_line(call, line, one_kind=one_kind))
    if not shown:
        call.page.line("Nothing of that is in the register. Enter something:  tui-plan enter KIND TITLE")


def _line(call: "Call", line: EntryLine, *, one_kind: bool) -> str:
    page = call.page
    head = [(line.ref, 6)] if one_kind else [(line.ref, 6), (line.kind, 14)]
    measure = _measure(line)
    room = page.width - 2 - sum(width + 1 for _, width in head) - _WHEN - _WHO - 2
    title = (f"{measure}: {line.title}" if measure else line.title, room)
    cells = (*head, title, (_when(call, line), _WHEN))
    said = " · ".join(filter(None, (line.party_name, "candid" if line.candour == Candour.CANDID else "")))
    return f"{_sign(call, line)} {columns(page.width - 2, *cells, rest=said)}"


def _sign(call: "Call", line: EntryLine) -> str:
    """Return the sign before an entry: what needs a look, what was decided at a gate, open or settled."""
    if line.problem(call.today) or line.gate == Gate.OVERRIDDEN:
        return call.page.paint("!", "red")
    if line.gate:
        return SIGNS[line.gate]
    return "○" if line.is_open else "✓" if line.closed_on else "·"


def _measure(line: EntryLine) -> str:
    """Return what tells most of an entry in a word: the score of a risk, who takes part, what was decided."""
    if line.score:
        return f"{line.likelihood}×{line.impact}={line.score}" + (f"→{line.residual}" if line.residual else "")
    if line.intended is not None:
        return f"{line.active} of {line.intended}"
    return line.level or line.disposition or line.manner


def _when(call: "Call", line: EntryLine) -> str:
    """Return the day that tells most: when it was settled, when it is due, else when it was written down for."""
    return f"due {call.shown(line.due)}" if line.is_open and line.due else call.shown(line.closed_on or line.on)


def _matrix(call: "Call", found: Sequence[EntryLine]) -> int:
    matrix = risk_matrix(found)
    if call.json:
        fields = [
            {"likelihood": likelihood, "impact": impact, "risks": [line.ref for line in lines]}
            for (likelihood, impact), lines in sorted(matrix.items(), reverse=True)
        ]
        call.page.json({"today": call.today, "matrix": fields})
    else:
        _draw(call, matrix)
    return int(any(line.overdue(call.today) for lines in matrix.values() for line in lines))


def _draw(call: "Call", matrix: dict[tuple[int, int], list[EntryLine]]) -> None:
    room = (call.page.width - _SIDE) // 5 - 1
    for likelihood in _SCALE:
        row = [_field(matrix.get((likelihood, impact), []), room) for impact in reversed(_SCALE)]
        side = f"Likelihood {likelihood}"
        call.page.line(fit(side, _SIDE - 2) + " │" + "│".join(fit(text, room) for text in row).rstrip())
    call.page.line(fit("", _SIDE - 2) + " └" + "┴".join("─" * room for _ in _SCALE))
    call.page.line(fit("", _SIDE - 2) + "  " + " ".join(fit(f"Impact {impact}", room) for impact in reversed(_SCALE)))
    for lines in sorted(matrix.values(), key=lambda lines: -(lines[0].score or 0)):
        for line in lines:
            call.page.line(columns(call.page.width, (str(line.score), 2), (line.ref, 6), rest=line.title))
    if not matrix:
        call.page.line("No risk is open.")


def _field(lines: Sequence[EntryLine], room: int) -> str:
    """Return the risks of a field by their references, or how many they are where they do not fit."""
    refs = " ".join(line.ref for line in lines)
    return refs if cells(refs) <= room else f"{len(lines)} risks"
