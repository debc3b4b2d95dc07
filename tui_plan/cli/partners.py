"""``partners``: what each partner of a plan promised and what came of it, in one form for all; the convening group."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import columns, crop, fit
from tui_plan.cli.papers import deliver
from tui_plan.exchange.document_forms import paper_as
from tui_plan.insight.partners import PartnerLine, PartnersReport, Promise, partners_of_plans, promises
from tui_plan.model.date_words import distance
from tui_plan.model.vocabulary import PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_COUNTS = {
    "promised": "all",
    "first_date": "1st",
    "agreed_date": "again",
    "done_late": "late",
    "late": "over",
    "under_way": "open",
    "withdrawn": "gone",
    "deferred": "off",
}
"""Each count by name, with its heading."""

_LEGEND = (
    "all: what was promised; 1st: kept on the first date; again: kept on the date agreed again; late: done late; "
    "over: overdue; open: under way; gone: withdrawn by agreement; off: deferred."
)
_HEARD = 13


def partners_kept(call: "Call") -> int:
    """Tell what partners promised and kept; 1 when the convening group of a plan has a gap."""
    said = call.options
    if said.partner:
        return _promises(call)
    with call.reading():
        if said.format != "text" or said.output:
            return deliver(call, _paper(call))
        reports = partners_of_plans(call.plans(), call.today)
    if call.json:
        call.page.json({"plans": [_shape(report) for report in reports]})
    else:
        for report in reports:
            _tell(call, report)
        if any(report.lines for report in reports):
            call.page.say(_LEGEND)
    return int(any(report.gaps for report in reports))


def _paper(call: "Call") -> str | bytes:
    from tui_plan.exchange.partners_paper import partners_csv, partners_paper

    plan, form = call.one_plan(), call.options.format
    if form == "csv":
        return partners_csv(plan, call.today)
    return paper_as(partners_paper(plan, call.today, call.config.date_style), form, call.page.width)


def _promises(call: "Call") -> int:
    from tui_plan.insight.finding import find_party

    with call.reading():
        plan, partner = call.one_plan(), find_party(call.options.partner, PartyKind.ORGANISATION)
        found = promises(plan, partner, call.today)
    if call.json:
        call.page.json({"partner": partner, "promises": [one._asdict() for one in found]})
        return 0
    for one in found:
        call.page.line(_promise(call, one))
    if not found:
        call.page.line("Nothing in this plan rests on them.")
    return 0


def _promise(call: "Call", one: Promise) -> str:
    day = call.shown(one.day) or "no date"
    return columns(call.page.width, (one.ref, 6), (one.title, call.page.width - 47), (one.outcome, 24), rest=day)


def _tell(call: "Call", report: PartnersReport) -> None:
    page = call.page
    page.line(page.paint(crop(report.name, page.width), "bold"))
    if report.lines:
        widths = [max(len(heading), 3) + 1 for heading in _COUNTS.values()]
        name = page.width - sum(widths) - _HEARD - 2
        heads = "".join(fit(head, width, right=True) for head, width in zip(_COUNTS.values(), widths, strict=True))
        page.line(page.paint(f"  {fit('Partner', name)}{heads}{fit('Heard', _HEARD, right=True)}", "dim"))
        for line in report.lines:
            page.line(_line(call, line, name, widths))
    _tell_group(call, report)


def _line(call: "Call", line: PartnerLine, name: int, widths: list[int]) -> str:
    counts = "".join(
        fit(str(getattr(line, count)), width, right=True) for count, width in zip(_COUNTS, widths, strict=True)
    )
    heard = distance(line.heard, call.today) if line.heard else "never"
    return f"  {fit(line.name, name)}{counts}{fit(heard, _HEARD, right=True)}"


def _tell_group(call: "Call", report: PartnersReport) -> None:
    if report.group:
        call.page.line(crop(f"Convening group: {report.group}", call.page.width))
        for seat, name in (("chair", report.chair), ("deputy", report.deputy)):
            if name:
                call.page.line(columns(call.page.width, ("", 1), (seat, 28), rest=name))
    for line in report.lines:
        if line.seats:
            call.page.line(columns(call.page.width, ("", 1), (line.name, 28), rest="; ".join(line.seats)))
    for gap in report.gaps:
        call.page.line(f"{call.page.paint('!', 'red')} {crop(gap, call.page.width - 2)}")


def _shape(report: PartnersReport) -> dict[str, Any]:
    return {
        "plan": report.plan,
        "name": report.name,
        "group": report.group or None,
        "chair": report.chair or None,
        "deputy": report.deputy or None,
        "gaps": list(report.gaps),
        "partners": [_partner_shape(line) for line in report.lines],
    }


def _partner_shape(line: PartnerLine) -> dict[str, Any]:
    counts = {name: getattr(line, name) for name in (*_COUNTS, "done")}
    return {"uid": line.uid, "name": line.name, "seats": list(line.seats), **counts, "heard": line.heard}
