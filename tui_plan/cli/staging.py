"""``stage``: adding, describing, beginning, ending, skipping and removing a stage."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import crop
from tui_plan.cli.stage_arguments import STAGE_WORDS
from tui_plan.cli.stages import stage_shape, tell_stage
from tui_plan.insight.finding import find_record
from tui_plan.insight.gate import gate_of
from tui_plan.insight.stages import stage_line
from tui_plan.model.errors import InvalidInput
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import StageKind
from tui_plan.operations.stages import add_stage, edit_stage, remove_stage, skip_stage

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.model.store import Author
    from tui_plan.operations.stages import StageValues

_KINDS = dict(zip(STAGE_WORDS, StageKind, strict=True))


def stage(call: "Call") -> int:
    """Carry out one step about a stage, and show how it stands."""
    said = call.options
    with call.writing():
        if said.step == "remove":
            return _remove(call)
        author = call.author(said.said_by, said.channel)
        view = gate_of(_STEPS[said.step](call, author))
    if call.json:
        call.page.json({**stage_shape(view), "dry_run": call.dry})
    else:
        tell_stage(call, view)
    return 0


def _add(call: "Call", author: "Author") -> str:
    values = _described(call)
    if call.options.skip:
        values["skipped_because"] = call.options.skip
    return add_stage(author, call.one_plan(), **values)


def _edit(call: "Call", author: "Author") -> str:
    uid = find_record(call.options.ref, Stage).uid
    values = _described(call)
    if not values:
        raise InvalidInput("Say what shall be different: --title, --scope, --leadership, --success, --begins …")
    edit_stage(author, uid, **values)
    return uid


def _begin(call: "Call", author: "Author") -> str:
    uid = find_record(call.options.ref, Stage).uid
    edit_stage(author, uid, started_on=call.day(call.options.on) or call.today)
    return uid


def _end(call: "Call", author: "Author") -> str:
    uid = find_record(call.options.ref, Stage).uid
    edit_stage(author, uid, ended_on=call.day(call.options.on) or call.today)
    return uid


def _skip(call: "Call", author: "Author") -> str:
    said = call.options
    uid = find_record(said.ref, Stage).uid
    if not said.taken_back and not said.because.strip():
        raise InvalidInput("Say why it is skipped: --because WHY. To take the skipping back: --not.")
    skip_stage(author, uid, "" if said.taken_back else said.because)
    return uid


_STEPS: dict[str, Callable[["Call", "Author"], str]] = {
    "add": _add,
    "edit": _edit,
    "begin": _begin,
    "end": _end,
    "skip": _skip,
}


def _remove(call: "Call") -> int:
    uid = find_record(call.options.ref, Stage).uid
    line = stage_line(uid)
    remove_stage(call.author(), uid)
    if call.json:
        call.page.json({"ref": line.ref, "uid": uid, "removed": True, "dry_run": call.dry})
    else:
        call.page.line(crop(f"Removed {line.ref} “{line.title}”", call.page.width))
    return 0


def _described(call: "Call") -> "StageValues":
    """Return what was said of a stage; what was left out is not among it."""
    said = call.options
    values: dict[str, Any] = {name: getattr(said, name) for name in ("title", "scope", "leadership", "success")}
    values |= {"kind": _KINDS[said.kind] if said.kind else None, "cycle": said.attempt}
    values |= {"started_on": call.day(said.begins), "ended_on": call.day(said.ends)}
    kept: StageValues = {name: value for name, value in values.items() if value is not None}  # type: ignore[assignment]
    return kept
