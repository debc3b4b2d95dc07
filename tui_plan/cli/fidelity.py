"""``fidelity`` and ``core``: what the plan cannot do without, and where that drifted from the baseline."""

from typing import TYPE_CHECKING

from tui_plan.cli.momentum_shapes import drift_shape
from tui_plan.cli.output import columns, counted, crop
from tui_plan.insight.details import record_values
from tui_plan.insight.drift import NO_ADAPTATION, Adaptation, Drift, DriftLine, drift
from tui_plan.insight.finding import find_record
from tui_plan.model.plan import Action
from tui_plan.operations.actions import change_actions

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def fidelity_now(call: "Call") -> int:
    """Tell where core components differ from the baseline; 1 where no adaptation says why."""
    with call.reading():
        found = drift(call.one_plan(), call.today, call.options.since)
    if call.json:
        call.page.json(drift_shape(found))
    else:
        _tell(call, found)
    return int(bool(found.unexplained))


def core(call: "Call") -> int:
    """Mark actions as core components, or say that they are not."""
    said = call.options
    with call.writing():
        author = call.author(said.said_by, said.channel)
        found = [find_record(ref, Action) for ref in dict.fromkeys(said.refs)]
        change_actions(author, [one.uid for one in found], today=call.today, core=not said.taken_back)
        after = [(one.ref, record_values("action", one.uid)) for one in found]
    if call.json:
        told = [{"ref": ref, "uid": row["uid"], "title": row["title"], "core": bool(row["core"])} for ref, row in after]
        call.page.json({"actions": told, "dry_run": call.dry})
        return 0
    for ref, row in after:
        state = "a core component" if row["core"] else "no core component"
        call.page.line(crop(f"{ref} is {state}: {row['title']}", call.page.width))
    return 0


def _tell(call: "Call", found: Drift) -> None:
    page = call.page
    if found.hint:
        page.say(found.hint)
        return
    new = f", {found.new} came later" if found.new else ""
    of = counted(found.core - found.new, "core component")
    head = f"{found.standing} of {of} as they were in “{found.baseline}”{new}"
    page.line(page.paint(crop(head, page.width), "bold"))
    for line in found.lines:
        _tell_line(call, line)
    if found.elsewhere:
        page.line(page.paint("Adaptations that name no core component", "bold"))
    for one in found.elsewhere:
        page.line("  " + crop(_adaptation(call, one), page.width - 2))


def _tell_line(call: "Call", line: DriftLine) -> None:
    page = call.page
    sign = "~" if line.adaptations else "!"
    page.line(columns(page.width, (sign, 1), (line.ref, 6), (line.what, 14), rest=line.title))
    for field in line.changes:
        subject = "" if field.what in {line.ref, "role"} else f"{field.what}, "
        told = f"{subject}{field.field}: {field.before or 'nothing'} → {field.after or 'nothing'}"
        page.line(columns(page.width, ("", 8), rest=told))
    for one in line.adaptations:
        page.line(columns(page.width, ("", 8), rest=_adaptation(call, one)))
    if not line.adaptations:
        page.line(columns(page.width, ("", 8), rest=NO_ADAPTATION))


def _adaptation(call: "Call", one: Adaptation) -> str:
    words = ", ".join(filter(None, (call.shown(one.on), one.words)))
    return f"{one.ref} {one.title} ({words})"
