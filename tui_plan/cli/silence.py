"""``silent``: who was not heard from for longer than agreed, the longest silence first."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import counted, fit
from tui_plan.cli.people_shapes import last_shape
from tui_plan.insight.silent import SilentLine, silent

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_SILENT, _CARRIES = 22, 17


def silent_people(call: "Call") -> int:
    """List who should be called, with what rests on them."""
    with call.reading():
        found = silent(call.today, call.plan(), owners_only=call.options.owners)
    if call.json:
        call.page.json({"today": call.today, "people": [_shape(line) for line in found]})
        return 0
    for line in found:
        call.page.line(_line(call, line))
    if not found:
        call.page.line("Nobody has been silent for too long.")
    return 0


def _line(call: "Call", line: SilentLine) -> str:
    room = call.page.width - _SILENT - _CARRIES - 2
    name = room * 45 // 100
    days = "never heard" if line.days is None else f"{counted(line.days, 'day')}"
    silence = f"{days} (every {line.every})"
    late = f", {line.late} late" if line.late else ""
    carries = f"{line.open} open{late}" if line.open else ""
    return (
        f"{fit(line.name, name)} {fit(line.where, room - name)} {fit(silence, _SILENT, right=True)}"
        f"{fit(carries, _CARRIES, right=True)}"
    )


def _shape(line: SilentLine) -> dict[str, Any]:
    return {
        "uid": line.uid,
        "name": line.name,
        "where": line.where or None,
        "heard": last_shape(line.heard),
        "told": last_shape(line.told),
        "days": line.days,
        "every": line.every,
        "open": line.open,
        "late": line.late,
    }
