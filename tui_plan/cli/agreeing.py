"""``agreements``, ``agree`` and ``support``: who must agree to a plan, who has, and how people stand to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import columns, crop, fit, percent
from tui_plan.cli.papers import deliver
from tui_plan.cli.people import party_called, people_called
from tui_plan.cli.people_arguments import AGREEMENT_WORDS
from tui_plan.exchange.document_forms import paper_as
from tui_plan.insight.agreement import AgreementLine, AgreementReport, Coverage, agreements
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.errors import InvalidInput
from tui_plan.model.vocabulary import SIGNS, AgreementState, EntryKind, Support

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_STATES = dict(
    zip(
        AGREEMENT_WORDS,
        (
            AgreementState.ASKED,
            AgreementState.AGREED,
            AgreementState.RESERVED,
            AgreementState.DECLINED,
            AgreementState.NOT_ASKED,
        ),
        strict=True,
    )
)


def agreements_now(call: "Call") -> int:
    """Tell who must agree to each plan, and who has; 1 when anybody's agreement is missing."""
    with call.reading():
        if call.options.format != "text" or call.options.output:
            return deliver(call, _paper(call))
        people = PeopleOn(call.today)
        reports = [agreements(plan, call.today, people) for plan in call.plans()]
    if call.json:
        call.page.json({"plans": [_shape(report) for report in reports]})
    for report in () if call.json else reports:
        _tell(call, report)
    return int(any(report.missing for report in reports))


def agree(call: "Call") -> int:
    """Record how officials stand to the present version of the plan."""
    from tui_plan.operations.agreements import record_agreement

    said, state = call.options, _state(call)
    with call.writing():
        plan = call.one_plan()
        parties = people_called(call, said.names)
        record_agreement(
            call.author(),
            plan,
            parties,
            today=call.today,
            state=state,
            on=call.day(said.on),
            channel=said.channel,
            evidence=said.evidence,
            reservations=said.reservations,
        )
        report = agreements(plan, call.today)
    now = {line.uid: line for line in report.lines}
    if call.json:
        told = [_line_shape(now[uid]) for uid in parties if uid in now]
        call.page.json({"plan": plan, "version": report.version, "agreements": told, "dry_run": call.dry})
        return 0
    for uid in parties:
        if uid in now:
            call.page.line(crop(_recorded(call, now[uid]), call.page.width))
    call.page.line(crop(_covered(report), call.page.width))
    return 0


def support(call: "Call") -> int:
    """Record in the register how somebody stands to the plan."""
    from tui_plan.insight.details import record_values
    from tui_plan.operations.register import add_entry

    said = call.options
    kind = EntryKind.CHAMPION if said.level == Support.CHAMPION else EntryKind.SUPPORT
    with call.writing():
        party = party_called(call, said.name)
        uid = add_entry(
            call.author(),
            kind=kind,
            title=said.words or said.level.capitalize(),
            on=call.day(said.on) or call.today,
            party=party,
            plan=call.one_plan(),
            level=said.level,
            evidence=said.evidence,
        )
        ref, name = f"R-{record_values('register_entry', uid)['number']}", record_values("party", party)["name"]
    if call.json:
        told = {"ref": ref, "uid": uid, "party": party, "level": said.level, "dry_run": call.dry}
        call.page.json(told)
    else:
        call.page.line(crop(f"{ref} {name}: {said.level}", call.page.width))
    return 0


def _paper(call: "Call") -> str | bytes:
    from tui_plan.exchange.agreements_paper import agreements_csv, agreements_paper

    plan, form = call.one_plan(), call.options.format
    if form == "csv":
        return agreements_csv(plan, call.today)
    return paper_as(agreements_paper(plan, call.today, call.config.date_style), form, call.page.width)


def _state(call: "Call") -> AgreementState:
    """Return the state that was typed; reservations alone say that somebody agrees with them."""
    said = call.options
    if said.state is None:
        return AgreementState.RESERVED if said.reservations else AgreementState.AGREED
    state = _STATES[said.state]
    if state is AgreementState.RESERVED and not said.reservations:
        raise InvalidInput("Write the reservations down, in their words: --reservations TEXT.")
    return state


def _tell(call: "Call", report: AgreementReport) -> None:
    page = call.page
    page.line(page.paint(crop(_covered(report), page.width), "bold"))
    for partner in report.partners:
        page.line(f"  {fit(_share(partner), 6, right=True)}  {columns(page.width - 10, rest=_of(partner))}")
    stands = [line for line in report.lines if line.required and line.stands]
    others = [line for line in report.lines if not line.required]
    for title, lines in (("Missing", report.missing), ("Agreed", stands), ("On record, with nothing to carry", others)):
        _section(call, title, lines)


def _section(call: "Call", title: str, lines: Sequence[AgreementLine]) -> None:
    if lines:
        call.page.line(call.page.paint(f"{title} ({len(lines)})", "bold"))
    width = call.page.width
    for line in lines:
        cells = (("", 1), (SIGNS[line.state], 1), (line.name, width * 24 // 100), (_because(line), width * 46 // 100))
        call.page.line(columns(width, *cells, rest=_stands(call, line)))
        if more := _more(line):
            call.page.line(columns(width, ("", 3), rest=more))


def _because(line: AgreementLine) -> str:
    return ", ".join(filter(None, (line.note, line.why or "nothing", *line.partners)))


def _stands(call: "Call", line: AgreementLine) -> str:
    state = "reserved" if line.state == AgreementState.RESERVED else line.state
    return f"{state} {call.shown(line.on)}" if line.on and line.state != AgreementState.LAPSED else state


def _more(line: AgreementLine) -> str:
    """Return what is known beyond the state: reservations, why it lapsed, how it came."""
    words = (f"“{line.reservations}”" if line.reservations else "", line.because, line.channel, line.evidence)
    return ", ".join(filter(None, words))


def _recorded(call: "Call", line: AgreementLine) -> str:
    on = f" on {call.shown(line.on)}" if line.on else ""
    more = f" ({_more(line)})" if _more(line) else ""
    rest = "" if line.required else "; nothing in the plan rests on them"
    return f"{SIGNS[line.state]} {line.name}: {line.state}{on}{more}{rest}"


def _covered(report: AgreementReport) -> str:
    whole = report.whole
    told = (
        f"{percent(whole.share)} agreed, {whole.agreed} of {whole.required}" if whole.required else "n/a, nobody has to"
    )
    return f"{report.name}, version {report.version}: {told}"


def _share(coverage: Coverage) -> str:
    return percent(coverage.share) if coverage.required else "n/a"


def _of(coverage: Coverage) -> str:
    told = f"{coverage.agreed} of {coverage.required}" if coverage.required else "nobody has to"
    return f"{coverage.name} ({told})"


def _shape(report: AgreementReport) -> dict[str, Any]:
    return {
        "plan": report.plan,
        "name": report.name,
        "version": report.version,
        **_coverage_shape(report.whole),
        "partners": [{"name": one.name, **_coverage_shape(one)} for one in report.partners],
        "agreements": [_line_shape(line) for line in report.lines],
    }


def _coverage_shape(coverage: Coverage) -> dict[str, Any]:
    share = coverage.share
    return {
        "agreed": coverage.agreed,
        "required": coverage.required,
        "share": None if share is None else round(share, 4),
    }


def _line_shape(line: AgreementLine) -> dict[str, Any]:
    return {
        "uid": line.uid,
        "name": line.name,
        "kind": line.kind,
        "partners": list(line.partners),
        "required": line.required,
        "why": line.why or None,
        "state": line.state,
        "on": line.on,
        "channel": line.channel or None,
        "evidence": line.evidence,
        "reservations": line.reservations,
        "lapsed_because": line.because or None,
        "recorded_by": line.by or None,
        "note": line.note or None,
    }
