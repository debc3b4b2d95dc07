"""``export contacts`` and ``export page``: the roster as a file, and one party's own page to take home."""

from typing import TYPE_CHECKING

from tui_plan.cli.papers import remark
from tui_plan.cli.people import chosen_party
from tui_plan.exchange.document_forms import paper_as
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.errors import InvalidInput
from tui_plan.model.vocabulary import PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def contacts(call: "Call") -> str | bytes:
    """Return the roster, or what belongs to a group or organisation of it, as CSV, XLSX or vCards."""
    from tui_plan.exchange.roster_sheet import roster_csv, roster_xlsx

    people = PeopleOn(call.today)
    party = chosen_party(call)
    parties = _belonging(people, party) if party else None
    if call.options.format == "vcf":
        from tui_plan.exchange.vcard_writing import roster_vcards

        kinds = {PartyKind.PERSON, PartyKind.ORGANISATION}
        everybody = [uid for uid, head in people.parties.items() if head.kind in kinds and not head.is_gone(call.today)]
        return roster_vcards(everybody if parties is None else parties, call.today)
    make = roster_xlsx if call.options.format == "xlsx" else roster_csv
    data, withheld = make(call.today, parties, candid=call.options.candid)
    if withheld:
        remark(withheld)
    return data


def page(call: "Call") -> str | bytes:
    """Return the page of whom --person, --post, --group or --organisation names."""
    from tui_plan.exchange.personal_page import personal_calendar, personal_page

    party = chosen_party(call)
    if party is None:
        raise InvalidInput("Say whose page: --person, --post, --group or --organisation NAME.")
    if call.options.format == "ics":
        return personal_calendar(party, call.today)
    return paper_as(personal_page(party, call.today, call.config.date_style), call.options.format, call.page.width)


def _belonging(people: PeopleOn, party: str) -> list[str]:
    """Return the members of a group, everybody of an organisation, the holders of a post, or the person alone."""
    if people.parties[party].kind == PartyKind.ORGANISATION:
        return [uid for uid in people.parties if party in people.homes(uid)]
    return list(people.persons(party))
