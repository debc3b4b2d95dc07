"""The files about people that the terminal hands out with one key: sheets, charts, pages, notes, and who kept what.

Screens call it, as they call ``papers``; the command line takes the same forms. Each maker gets the uid of what the
paper is about, the day and the date style, asks for what it needs, and imports the format when it is called.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from tui_plan.exchange.document import Document
from tui_plan.exchange.document_forms import paper_as
from tui_plan.exchange.papers import Paper
from tui_plan.insight.call_down import CallDown, call_down
from tui_plan.insight.org_chart import org_chart


def mail_link(sheet: CallDown) -> tuple[str, str]:
    """Return the link that opens a message to all on a sheet, and in a sentence who is left out, or that it is long.

    Raises ``InvalidInput`` where nobody has an address.
    """
    from tui_plan.exchange.mail import addressees, long_link_words, mailto

    to = addressees(sheet)
    link = mailto(to.addresses, sheet.name)
    without = f"Without an address: {', '.join(to.without)}." if to.without else ""
    return link, " ".join(filter(None, (long_link_words(link), without, *to.unusable)))


def _call_text(group: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.call_down_papers import call_down_text

    return call_down_text(call_down(group, today), style=style).encode()


def _call_html(group: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.call_down_papers import call_down_html

    return call_down_html(call_down(group, today), style)


def _call_csv(group: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.call_down_papers import call_down_csv

    del style
    return call_down_csv(call_down(group, today))


def _call_cards(group: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.vcard_writing import roster_vcards

    del style
    return roster_vcards(call_down(group, today).called, today)


def _call_mail(group: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.mail import addressees, notice

    del style
    sheet = call_down(group, today)
    return notice(addressees(sheet).addresses, sheet.name, "", on=datetime.now(UTC))


def _chart_text(organisation: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.org_chart_papers import org_chart_text

    return org_chart_text(org_chart(today, organisation or None), today, style).encode()


def _chart_markdown(organisation: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.org_chart_papers import org_chart_markdown

    return org_chart_markdown(org_chart(today, organisation or None), today, style)


def _chart_svg(organisation: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.org_chart_svg import org_chart_svg

    return org_chart_svg(org_chart(today, organisation or None), today, style)


def paper_bytes(paper: Document, form: str) -> bytes:
    """Return a paper laid out as ``text``, ``md`` or ``html``."""
    made = paper_as(paper, form)
    return made.encode() if isinstance(made, str) else made


def _page(party: str, today: date, style: str) -> Document:
    from tui_plan.exchange.personal_page import personal_page

    return personal_page(party, today, style)


def _page_calendar(party: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.personal_page import personal_calendar

    del style
    return personal_calendar(party, today)


def _partners(plan: str, today: date, style: str) -> Document:
    from tui_plan.exchange.partners_paper import partners_paper

    return partners_paper(plan, today, style)


def _partners_csv(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.partners_paper import partners_csv

    del style
    return partners_csv(plan, today)


def _promises_csv(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.partners_paper import promises_csv

    del style
    return promises_csv(plan, today)


def _agreements(plan: str, today: date, style: str) -> Document:
    from tui_plan.exchange.agreements_paper import agreements_paper

    return agreements_paper(plan, today, style)


def _agreements_csv(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.agreements_paper import agreements_csv

    del style
    return agreements_csv(plan, today)


def forms(make: Callable[[str, date, str], Document], name: str) -> dict[str, Paper]:
    """Return a paper in the three forms of a document; ``name`` stands in the names of its files."""

    def in_form(form: str) -> Callable[[str, date, str], bytes]:
        return lambda subject, today, style: paper_bytes(make(subject, today, style), form)

    return {
        "html": Paper("To print", f"-{name}.html", in_form("html")),
        "text": Paper("Text", f"-{name}.txt", in_form("text")),
        "md": Paper("Markdown", f"-{name}.md", in_form("md")),
    }


CALL_DOWN_PAPERS: Mapping[str, Paper] = {
    "text": Paper("Sheet as text, with room to write", "-call-down.txt", _call_text),
    "html": Paper("Sheet to print", "-call-down.html", _call_html),
    "csv": Paper("Spreadsheet", "-call-down.csv", _call_csv),
    "vcf": Paper("Address cards", ".vcf", _call_cards),
    "eml": Paper("Draft of a mail to all", ".eml", _call_mail),
}
CHART_PAPERS: Mapping[str, Paper] = {
    "text": Paper("Text", "-org-chart.txt", _chart_text),
    "md": Paper("Markdown", "-org-chart.md", _chart_markdown),
    "svg": Paper("Picture", "-org-chart.svg", _chart_svg),
}
PAGE_PAPERS: Mapping[str, Paper] = {
    **forms(_page, "page"),
    "ics": Paper("Calendar of dates and meetings", ".ics", _page_calendar),
}
PARTNER_PAPERS: Mapping[str, Paper] = {
    **forms(_partners, "partners"),
    "csv": Paper("Spreadsheet of partners", "-partners.csv", _partners_csv),
    "promises": Paper("Spreadsheet of promises", "-promises.csv", _promises_csv),
}
AGREEMENT_PAPERS: Mapping[str, Paper] = {
    **forms(_agreements, "agreements"),
    "csv": Paper("Spreadsheet", "-agreements.csv", _agreements_csv),
}
