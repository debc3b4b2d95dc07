"""``export``: calendars, papers and files. ``exchange`` makes the bytes; here they find their place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui_plan.cli.arguments import CANDID
from tui_plan.cli.output import patience
from tui_plan.cli.papers import deliver, remark
from tui_plan.cli.people import chosen_party
from tui_plan.insight.finding import find_record
from tui_plan.model.errors import InvalidInput
from tui_plan.model.plan import DevelopmentArea

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.exchange.calendar_export import CalendarContents
    from tui_plan.exchange.calendar_scope import Scope

_FORMATS = {
    "annex1": ("md", "html", "csv", "xlsx"),
    "contacts": ("csv", "xlsx", "vcf"),
    "page": ("text", "md", "html", "ics"),
    "register": ("text", "md", "html", "csv", "xlsx"),
    **dict.fromkeys(("assessment", "evaluation", "fidelity", "brief"), ("text", "md", "html")),
}
"""The formats of each kind that has several, the usual one first."""

_OF_PEOPLE = ("contacts", "page")
_OF_PROGRESS = ("assessment", "register", "evaluation", "fidelity", "brief")


def hand_out(call: "Call") -> int:
    """Write what was asked for to a file, a folder or the screen."""
    _check_options(call)
    with call.reading(), patience(f"Writing {call.options.kind}"):
        if call.options.kind == "vdir":
            return _vdir(call)
        data = _MAKERS[call.options.kind](call)
    return deliver(call, data, private=not call.options.shared)


def _ics(call: "Call") -> bytes:
    from tui_plan.exchange.calendar_export import export_ics
    from tui_plan.exchange.calendar_writing import larger_than_google

    said = call.options
    data = export_ics(_calendar(call), tasks=said.tasks, alarms=_alarm(call), shared=said.shared)
    if larger_than_google(data):
        remark("This calendar is larger than Google Calendar imports; write one for each --area or --person.")
    return data


def _vdir(call: "Call") -> int:
    from tui_plan.exchange.calendar_export import export_vdir

    folder = Path(call.options.output).expanduser()
    done = export_vdir(folder, _calendar(call), alarms=_alarm(call), shared=call.options.shared)
    if call.json:
        call.page.json({"folder": str(folder), **done._asdict()})
    else:
        call.page.line(f"{folder}: {done.written} written, {done.unchanged} as they were, {done.removed} removed.")
    return 0


def _annex1(call: "Call") -> bytes:
    from tui_plan.exchange.annex1 import annex
    from tui_plan.exchange.papers import annex_bytes

    plan = call.one_plan()
    whole = annex(plan, call.today, call.config.date_style)
    if call.options.area:
        place = _place(call, plan)
        whole = replace(whole, areas=tuple(area for area in whole.areas if area.place == place))
    if whole.withheld:
        remark(whole.withheld)
    return annex_bytes(whole, call.options.format)


def _sheet(call: "Call") -> bytes:
    from tui_plan.exchange.sheet_as_imported import sheet_as_imported
    from tui_plan.exchange.sheet_rows import plan_sheet
    from tui_plan.exchange.sheet_writing import sheet_csv, sheet_xlsx

    make = sheet_as_imported if call.options.columns else plan_sheet
    sheet = make(call.one_plan(), call.today)
    if sheet.withheld:
        remark(sheet.withheld)
    return sheet_xlsx(sheet) if call.options.kind == "xlsx" else sheet_csv(sheet)


def _toml(call: "Call") -> bytes:
    from tui_plan.exchange.toml_writing import written_toml

    data, withheld = written_toml(call.one_plan(), candid=call.options.candid)
    if withheld:
        remark(withheld)
    return data


def _json(call: "Call") -> bytes:
    from tui_plan.exchange.json_writing import json_bytes, plan_json, withheld_from

    shape = plan_json(call.one_plan(), call.today, candid=call.options.candid)
    if withheld := withheld_from(shape):
        remark(withheld)
    return json_bytes(shape)


def _contacts(call: "Call") -> str | bytes:
    from tui_plan.cli.exporting_people import contacts

    return contacts(call)


def _page(call: "Call") -> str | bytes:
    from tui_plan.cli.exporting_people import page

    return page(call)


def _progress(call: "Call") -> str | bytes:
    from tui_plan.cli.exporting_progress import progress_paper

    return progress_paper(call)


_MAKERS: dict[str, Callable[["Call"], str | bytes]] = {
    "ics": _ics,
    "annex1": _annex1,
    "csv": _sheet,
    "xlsx": _sheet,
    "toml": _toml,
    "json": _json,
    "contacts": _contacts,
    "page": _page,
    **dict.fromkeys(_OF_PROGRESS, _progress),
}


def _calendar(call: "Call") -> "CalendarContents":
    from tui_plan.exchange.calendar_export import calendar_contents

    return calendar_contents(_scope(call), call.today)


def _scope(call: "Call") -> "Scope":
    from tui_plan.exchange.calendar_scope import area_scope, party_scope, plan_scope

    if call.options.area:
        return area_scope(find_record(call.options.area, DevelopmentArea).uid)
    party = chosen_party(call)
    if party:
        return party_scope(party, call.today, call.plan() or "")
    return plan_scope(call.one_plan())


def _alarm(call: "Call") -> timedelta | None:
    return timedelta(days=call.options.alarm) if call.options.alarm else None


def _place(call: "Call", plan: str) -> str:
    """Return the rank of the area of --area, by which Annex 1 knows it."""
    from tui_plan.insight.outline import outline

    wanted = find_record(call.options.area, DevelopmentArea).uid
    for area in outline(plan, call.today):
        if area.uid == wanted:
            return area.place
    raise InvalidInput(f"{call.options.area} is no development area of this plan; choose one of its own.")


def _check_options(call: "Call") -> None:
    """Refuse options that the kind of file cannot follow, rather than passing over them."""
    said = call.options
    calendar = said.kind in {"ics", "vdir"}
    wrong = {
        "--tasks": said.tasks and said.kind != "ics",
        "--alarm": said.alarm and not calendar,
        "--shared": said.shared and not calendar,
        "--area": said.area and not (calendar or said.kind == "annex1"),
        "--person, --post, --group and --organisation": _party_named(call)
        and not (calendar or said.kind in _OF_PEOPLE),
        "--format": said.format and said.kind not in _FORMATS,
        "--columns": said.columns and said.kind not in {"csv", "xlsx"},
        "--candid": said.candid and said.kind not in CANDID,
        "--plan": said.plan and said.kind in _OF_PEOPLE,
        "--assessment": said.assessment and said.kind != "assessment",
        "--entries": said.entries and said.kind != "register",
        "--baseline": said.baseline and said.kind != "fidelity",
    }
    for option, is_wrong in wrong.items():
        if is_wrong:
            raise InvalidInput(f"{option} does not go with {said.kind}; leave it out. See 'tui-plan export --help'.")
    if said.area and _party_named(call):
        raise InvalidInput("A calendar is for an area or for somebody; leave one of the two out.")
    said.format = _format(said.kind, said.format)
    if "xlsx" in {said.kind, said.format} or said.kind == "vdir":
        _require_place(call)


def _format(kind: str, wanted: str | None) -> str:
    """Return the format that was asked for, or the usual one of that kind of file."""
    known = _FORMATS.get(kind, ("",))
    if wanted and wanted not in known:
        raise InvalidInput(f"“{wanted}” is not possible for {kind}: choose {', '.join(known)}.")
    return wanted or known[0]


def _require_place(call: "Call") -> None:
    said = call.options
    if said.output in {None, "-"}:
        place = "FOLDER" if said.kind == "vdir" else "FILE"
        raise InvalidInput(f"Say where to write the {said.kind}: --output {place}.")


def _party_named(call: "Call") -> bool:
    said = call.options
    return bool(said.person or said.post or said.group or said.organisation)
