"""``stalled``: step objectives that do not get on, with the reasons, and slips that nobody has assessed."""

from typing import TYPE_CHECKING

from tui_plan.cli.lists import NOBODY
from tui_plan.cli.momentum_shapes import slip_shape, stalled_shape
from tui_plan.cli.output import columns, counted, crop
from tui_plan.insight.slips import Slip, slips
from tui_plan.insight.stalled import StalledObjective, stalled

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def stalled_now(call: "Call") -> int:
    """List what stalls, and what slipped without a risk or an issue; 1 when there is anything."""
    with call.reading():
        found = stalled(call.today, call.plan())
        behind = [slip for slip in slips(call.today, call.plan()) if not slip.assessed]
    if call.json:
        told = {"stalled": [stalled_shape(line) for line in found], "slips": [slip_shape(slip) for slip in behind]}
        call.page.json({"today": call.today, **told})
    else:
        _tell(call, found, behind)
    return int(bool(found or behind))


def _tell(call: "Call", found: list[StalledObjective], behind: list[Slip]) -> None:
    page = call.page
    for line in found:
        head = f"{line.ref} {line.title or line.area} ({counted(line.actions, 'open action')})"
        page.line(page.paint(crop(head, page.width), "bold"))
        for reason in line.reasons:
            page.line("  " + crop(reason, page.width - 2))
    if behind:
        page.line(page.paint(f"Behind, and no risk or issue says what follows ({len(behind)})", "bold"))
    for slip in behind:
        who = ", ".join(slip.owners) or NOBODY
        cells = (("", 1), (slip.ref, 6), (slip.title, page.width - 44))
        page.line(columns(page.width, *cells, rest=f"{counted(slip.days, 'day')}, {who}"))
    if behind:
        page.line(f"Enter one:  tui-plan enter risk TITLE --action {behind[0].ref} …")
    if not found and not behind:
        page.line("Everything gets on.")
