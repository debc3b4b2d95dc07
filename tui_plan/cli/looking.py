"""Commands that look and change nothing: ``next``, ``agenda``, ``history``, ``diff`` and ``lint``."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tui_plan.cli.lists import action_line, agenda_lines, moment_told
from tui_plan.cli.output import counted, crop
from tui_plan.cli.people import chosen_party
from tui_plan.cli.shapes import action_shape, agenda_shape, change_shape, difference_shape, finding_shape, moment_shape
from tui_plan.model.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.insight.comparing import RecordChange
    from tui_plan.insight.findings import Finding
    from tui_plan.insight.history import FieldChange, HistoryLine
    from tui_plan.insight.linting import LintReport

_MOST_FIELDS = 6
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def next_up(call: "Call") -> int:
    """List open actions that nothing blocks, the most urgent first."""
    from tui_plan.insight.agenda import next_actions

    with call.reading():
        found = next_actions(call.today, call.plan(), chosen_party(call))
    shown = found[: call.options.most]
    if call.json:
        call.page.json(
            {"today": call.today, "of": len(found), "actions": [action_shape(row, call.today) for row in shown]}
        )
        return 0
    first = max((len(row.ref) for row in shown), default=0)
    for row in shown:
        call.page.line(action_line(row, call.today, call.page, first))
    if not shown:
        call.page.line("Nothing is open that can be worked on.")
    elif len(found) > len(shown):
        call.page.line(call.page.paint(f"… and {len(found) - len(shown)} more: -n {len(found)} shows all", "dim"))
    return 0


def agenda_by_day(call: "Call") -> int:
    """List target dates, checkpoints and meetings between two days."""
    from tui_plan.insight.agenda import agenda

    first = call.day(call.options.first) or call.today
    last = call.day(call.options.last) or first + timedelta(days=7 * call.options.weeks - 1)
    if last < first:
        raise InvalidInput(f"--to {last.isoformat()} comes before --from {first.isoformat()}; exchange them.")
    with call.reading():
        found = agenda(first, last, call.plan())
    if call.json:
        call.page.json({"from": first, "to": last, "entries": [agenda_shape(line) for line in found]})
        return 0
    for text in agenda_lines(found, call.page.width):
        call.page.line(text)
    if not found:
        call.page.line(f"Nothing is planned from {call.shown(first)} to {call.shown(last)}.")
    return 0


def what_happened(call: "Call") -> int:
    """List changes, newest first: of a record, of a plan, or of everything."""
    from tui_plan.insight.finding import find_record
    from tui_plan.insight.history import history

    with call.reading():
        subject = find_record(call.options.ref).uid if call.options.ref else None
        found = history(subject, call.plan(), limit=call.options.most, most_fields=_MOST_FIELDS)
    if call.json:
        call.page.json({"changes": [change_shape(line) for line in found]})
        return 0
    for line in found:
        _tell_change(call, line)
    if not found:
        call.page.line("Nothing has been changed yet.")
    return 0


def differences(call: "Call") -> int:
    """List what differs in a plan between two moments."""
    from tui_plan.insight.comparing import compare

    with call.reading():
        plan = call.one_plan()
        since = _moment(call, plan, call.options.since)
        until = _moment(call, plan, call.options.until) if call.options.until else _now()
        if until < since:
            raise InvalidInput("--to lies before --from; exchange them.")
        found = compare(plan, since, until)
    if call.json:
        call.page.json(
            {
                "from": moment_shape(since),
                "to": moment_shape(until),
                "differences": [difference_shape(one) for one in found],
            }
        )
        return 0
    for one in found:
        _tell_difference(call, one)
    if not found:
        call.page.line("Nothing differs.")
    return 0


def findings(call: "Call") -> int:
    """List what is not set out as it should be; 1 when there is anything."""
    from tui_plan.insight.health import plan_health
    from tui_plan.insight.linting import lint
    from tui_plan.insight.people_on import PeopleOn

    with call.reading():
        people = PeopleOn(call.today)
        reports = [lint(plan.uid, call.today, people) for plan in plan_health(call.today, call.plan())]
    if call.json:
        call.page.json({"plans": [_report_shape(report) for report in reports]})
    else:
        for report in reports:
            _tell_report(call, report)
    return int(any(report.findings for report in reports))


def _tell_change(call: "Call", line: "HistoryLine") -> None:
    heard = f", on the word of {line.said_by}" if line.said_by else ""
    how = f" ({line.channel})" if line.channel else ""
    head = f"{line.number:>5}  {moment_told(line.at, call)}  {line.typed_by}{heard}{how}"
    call.page.line(call.page.paint(crop(head, call.page.width), "dim"))
    call.page.line("       " + crop(line.summary, call.page.width - 7))
    for field in line.fields:
        call.page.line("         " + crop(_field(field), call.page.width - 9))
    if line.more:
        call.page.line(f"         … and {counted(line.more, 'field')} more")


def _tell_difference(call: "Call", one: "RecordChange") -> None:
    sign = _SIGNS[one.what]
    call.page.line(f"{sign} {crop(f'{one.ref} {one.noun} {one.what}: {one.words or one.title}', call.page.width - 2)}")
    for field in one.fields if one.what == "changed" else ():
        call.page.line("    " + crop(_change(field), call.page.width - 4))


def _field(field: "FieldChange") -> str:
    return f"{field.what} {_change(field)}"


def _change(field: "FieldChange") -> str:
    if not field.before:
        return f"{field.field}: {field.after}"
    return f"{field.field}: {field.before} → {field.after or 'nothing'}"


def _tell_report(call: "Call", report: "LintReport") -> None:
    score = (
        "no actions yet"
        if report.score is None
        else f"{report.score} % of {counted(report.actions, 'action')} in order"
    )
    call.page.line(call.page.paint(crop(f"{report.name}: {score}", call.page.width), "bold"))
    before = ""
    for (rule, sentence), refs in _grouped(report.findings).items():
        head = " " * len(f"{rule}:") if rule == before else f"{rule}:"
        call.page.line(f"  {head} {sentence}" + (f" ({len(refs)})" if len(refs) > 1 else ""))
        call.page.listed(refs, "    ")
        before = rule
    if not report.findings:
        call.page.line("  Nothing to remark.")


def _grouped(found: "Iterable[Finding]") -> dict[tuple[str, str], list[str]]:
    """The references (or names, where there are none) by rule and sentence, in the order of the findings."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in found:
        groups[(finding.rule, finding.sentence)].append(finding.ref or finding.title)
    return groups


def _report_shape(report: "LintReport") -> dict[str, Any]:
    return {
        "name": report.name,
        "uid": report.plan,
        "actions": report.actions,
        "score": report.score,
        "findings": [finding_shape(finding) for finding in report.findings],
    }


def _moment(call: "Call", plan: str, text: str) -> datetime:
    """Return the moment that a baseline's name or a date gives: the end of that day, as naive UTC."""
    from tui_plan.insight.comparing import end_of, moment_named

    try:
        return moment_named(plan, text)
    except NotFound as unnamed:
        try:
            day = call.day(text)
        except InvalidInput:
            raise unnamed from None
    if day is None:
        raise InvalidInput("--from and --to need a date or the name of a baseline.")
    return end_of(day)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
