"""``import``: bringing in a plan from a sheet or from TOML, after showing what was recognised.

Reading and writing are ``exchange``'s; here is the conversation: report, question, and what was made.
"""

from dataclasses import asdict
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from tui_plan.cli.asking import agreed
from tui_plan.cli.importing_people import VCARDS, bring_people_in
from tui_plan.cli.output import cells, counted, crop, patience
from tui_plan.cli.shapes import report_shape
from tui_plan.insight.details import record_values
from tui_plan.insight.lapse_words import lapse_words
from tui_plan.model.errors import ImportProblem, NotFound, Refused

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.exchange.sheet_compare import Comparison
    from tui_plan.exchange.sheet_plan import ReadPlan
    from tui_plan.exchange.sheet_reading import ReadOptions

_LARGEST_TOML = 20_000_000


def bring_in(call: "Call") -> int:
    """Bring in the file: a new plan, with --plan the changes to one that came from a sheet, or with --roster people."""
    path = Path(call.options.file).expanduser()
    with call.writing():
        if call.options.roster or path.suffix.casefold() in VCARDS:
            return bring_people_in(call, path)
        if path.suffix.casefold() == ".toml":
            return _toml(call, path)
        from tui_plan.exchange.sheet_stored import find_source

        plan = call.plan()
        source = find_source(path.name, plan or "")
        if source and not plan and not call.options.name:
            raise Refused(_known(path, source[0]))
        with patience(f"Reading {path.name}"):
            options = _read_options(call, source[1] if source and plan else "")
            read = _read(path, options)
        return _changes(call, read, plan, source[1] if source else "", options) if plan else _new_plan(call, read)


def _new_plan(call: "Call", read: "ReadPlan") -> int:
    from tui_plan.exchange.sheet_import import import_plan
    from tui_plan.exchange.sheet_plan import require_sound
    from tui_plan.exchange.sheet_report import report_lines

    _show(call, report_lines(read.report, cells))
    require_sound(read)
    name = call.options.name or read.name
    if not _agreed(call, f"Bring this in as the new plan “{name}”, {counted(len(read.actions), 'action')}?"):
        return 0
    with patience(f"Bringing in {counted(len(read.actions), 'action')}"):
        made = import_plan(call.author(), read, today=call.today, name=name)
    ref = _plan_ref(made.plan)
    if call.json:
        call.page.json({"plan": ref, "uid": made.plan, "dry_run": call.dry, "report": report_shape(read.report)})
        return 0
    head = "Would bring in" if call.dry else "Brought in"
    looks = {row for _, rows in read.report.looks for row in rows}
    call.page.line()
    call.page.say(
        f"{head} {ref} “{name}”: {counted(made.actions, 'action')} in {counted(made.objectives, 'step objective')} in "
        f"{counted(made.areas, 'development area')}; {made.parties} new on the roster."
    )
    if looks and not call.dry:
        needs = "row needs" if len(looks) == 1 else "rows need"
        call.page.say(f"{len(looks)} {needs} a look: 'tui-plan lint --plan {ref}' lists what is missing.")
    return 0


def _changes(call: "Call", read: "ReadPlan", plan: str, source: str, options: "ReadOptions") -> int:
    from tui_plan.exchange.sheet_apply import apply_differences
    from tui_plan.exchange.sheet_compare import compare_with_plan
    from tui_plan.exchange.sheet_differences import difference_lines
    from tui_plan.exchange.sheet_plan import require_sound
    from tui_plan.operations.rehearsing import lapses_of

    comparison = compare_with_plan(read, plan, source, options, today=call.today)
    _show(call, difference_lines(comparison))
    require_sound(read)
    ref = _plan_ref(plan)
    if not comparison.differences:
        return _tell_changes(call, ref, comparison, "Nothing differs.")
    choices = {"prefer_file": call.options.prefer_file, "withdraw_missing": call.options.withdraw_missing}
    lapses = lapses_of(apply_differences, call.author(), comparison, today=call.today, **choices)
    if lapses:
        _show(call, wrap(lapse_words(lapses), call.page.width))
    if not _agreed(call, f"Bring {counted(len(comparison.differences), 'difference')} into {ref}?"):
        return 0
    done = apply_differences(call.author(), comparison, today=call.today, **choices)
    told = f"{done.added} added, {done.changed} changed, {done.withdrawn} withdrawn"
    kept = f"; {counted(done.kept, 'clash', 'clashes')} left as the plan has it" if done.kept else ""
    return _tell_changes(call, ref, comparison, f"{ref}: {told}{kept}.")


def _toml(call: "Call", path: Path) -> int:
    from tui_plan.exchange.toml_importing import import_toml, plan_import
    from tui_plan.exchange.toml_reading import read_toml

    with patience(f"Reading {path.name}"):
        document = read_toml(_bytes_of(path))
        foreseen = plan_import(document, today=call.today, as_copy=call.options.as_copy)
    name = document.plan["name"]
    told = (f"The plan “{name}”: {counted(foreseen.records, 'record')}.", *foreseen.remarks)
    _show(call, [crop(line, call.page.width) for line in told])
    if not _agreed(call, f"Bring in the plan “{name}”?"):
        return 0
    with patience(f"Bringing in {path.name}"):
        made = import_toml(call.author(), document, today=call.today, as_copy=call.options.as_copy)
    ref = _plan_ref(made.plan)
    if call.json:
        call.page.json({"plan": ref, "uid": made.plan, "records": made.records, "dry_run": call.dry})
    else:
        call.page.line(crop(f"{'Would bring in' if call.dry else 'Brought in'} {ref} “{name}”.", call.page.width))
    return 0


def _read_options(call: "Call", source: str) -> "ReadOptions":
    from tui_plan.exchange.sheet_additions import known_parties
    from tui_plan.exchange.sheet_columns import parse_mapping
    from tui_plan.exchange.sheet_parties import parse_kinds
    from tui_plan.exchange.sheet_reading import ReadOptions
    from tui_plan.exchange.sheet_stored import remembered_mapping
    from tui_plan.model.dates import DateOrder

    said = call.options
    return ReadOptions(
        sheet=said.sheet,
        mapping=parse_mapping(said.map),
        remembered=remembered_mapping(source) if source else {},
        order=DateOrder(said.dates) if said.dates else None,
        as_kinds=parse_kinds(said.kinds),
        today=call.today,
        roster=known_parties(),
    )


def _read(path: Path, options: "ReadOptions") -> "ReadPlan":
    from tui_plan.exchange.sheet_reading import read_plan_file

    return read_plan_file(path, options)


def _show(call: "Call", lines: list[str]) -> None:
    """Print a report, unless nobody wants to read it: with --yes and for programs."""
    if not call.json and (call.dry or not call.options.yes):
        for line in lines:
            call.page.line(line)


def _agreed(call: "Call", question: str) -> bool:
    return agreed(call, question, "Add --yes to bring it in, or --dry-run to look only.")


def _tell_changes(call: "Call", ref: str, comparison: "Comparison", told: str) -> int:
    if call.json:
        found = [
            {"what": one.kind, "row": one.row, "ref": one.reference or None, "title": one.title}
            | {"changes": [asdict(change) for change in one.changes]}
            for one in comparison.differences
        ]
        call.page.json({"plan": ref, "differences": found, "clashes": comparison.clashes, "dry_run": call.dry})
    else:
        call.page.line(f"Would change {told}" if call.dry and comparison.differences else told)
    return 0


def _known(path: Path, plan: str) -> str:
    ref = _plan_ref(plan)
    return (
        f"{path.name} came in before, as {ref}. Say --plan {ref} to bring its changes in, or --name 'Another name' "
        "for a second plan."
    )


def _plan_ref(plan: str) -> str:
    return f"P-{record_values('plan', plan)['number']}"


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_TOML:
            raise ImportProblem(f"{path.name} is larger than {_LARGEST_TOML // 1_000_000} MB: that is no plan.")
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise NotFound(f"There is no file {path}.") from problem
    except OSError as problem:
        raise ImportProblem(f"{path} cannot be read: {problem.strerror}.") from problem
