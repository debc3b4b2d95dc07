"""``calldown``, ``told`` and ``heard``: whom to call, and that somebody was told something or heard from."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tui_plan.cli.papers import deliver, remark
from tui_plan.cli.people import people_called
from tui_plan.insight.call_down import CallDown, CallLine, call_down
from tui_plan.model.vocabulary import Direction, PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def call_down_sheet(call: "Call") -> int:
    """Print or write the sheet by which a group is called down."""
    from tui_plan.insight.finding import find_party

    with call.reading():
        sheet = call_down(find_party(call.options.group, PartyKind.GROUP), call.today)
        if call.json and not call.options.output:
            call.page.json({"group": sheet.name, "day": sheet.day, "lines": [_shape(line) for line in sheet.lines]})
            return 0
        paper = _paper(call, sheet)
    return deliver(call, paper)


def told(call: "Call") -> int:
    """Record that somebody was told something."""
    return _record(call, Direction.TOLD, "Told")


def heard(call: "Call") -> int:
    """Record that somebody was heard from."""
    return _record(call, Direction.HEARD, "Heard from")


def _record(call: "Call", direction: Direction, verb: str) -> int:
    from tui_plan.insight.people_on import PeopleOn
    from tui_plan.operations.communications import record_communication

    said = call.options
    on = call.day(said.on) or call.today
    with call.writing():
        parties = people_called(call, said.names)
        record_communication(
            call.author(),
            parties,
            direction,
            on=on,
            today=call.today,
            channel=said.channel,
            words=said.words,
            plan=call.plan(),
        )
        names = list(map(PeopleOn(call.today).name, parties))
    if call.json:
        people = [{"uid": uid, "name": name} for uid, name in zip(parties, names, strict=True)]
        call.page.json({direction.value: people, "on": on, "channel": said.channel or None, "dry_run": call.dry})
        return 0
    how = f" by {said.channel}" if said.channel else ""
    call.page.say(f"{verb} {', '.join(names)} on {call.shown(on)}{how}.")
    return 0


def _paper(call: "Call", sheet: CallDown) -> str | bytes:
    from tui_plan.exchange import call_down_papers as papers

    form, style = call.options.format, call.config.date_style
    if form == "text":
        return papers.call_down_text(sheet, call.page.width, style)
    if form == "csv":
        return papers.call_down_csv(sheet)
    if form == "vcf":
        from tui_plan.exchange.vcard_writing import roster_vcards

        return roster_vcards(sheet.called, call.today)
    if form in {"eml", "mailto"}:
        return _mail(call, sheet)
    return papers.call_down_html(sheet, style) if form == "html" else papers.call_down_markdown(sheet, style)


def _mail(call: "Call", sheet: CallDown) -> str | bytes:
    """Return a draft, or the link that makes one, to everybody on the sheet; say who cannot be written to."""
    from tui_plan.exchange.mail import addressees, long_link_words, mailto, notice

    found = addressees(sheet)
    if found.without:
        remark(f"No e-mail address: {', '.join(found.without)}.")
    for sentence in found.unusable:
        remark(sentence)
    if call.options.format == "eml":
        return notice(found.addresses, sheet.name, "", on=datetime.now(UTC))
    link = mailto(found.addresses, sheet.name)
    if long := long_link_words(link):
        remark(long)
    return f"{link}\n".encode()


def _shape(line: CallLine) -> dict[str, Any]:
    return {
        "uid": line.uid or None,
        "name": line.name,
        "organisation": line.where or None,
        "capacity": line.capacity or None,
        "ways": [{"kind": way.kind, "value": way.value, "verified": way.verified_on} for way in line.ways],
    }
