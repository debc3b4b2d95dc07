"""The files that the terminal hands out with one key: which there are, how they end, and how each is made.

Screens call it; the command line knows the same makers with all their options. Each maker imports what it needs when
it is called.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tui_plan.exchange.annex1 import Annex, annex


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of file: its title, its ending, and what makes it from what it is about, the day and the date style.

    ``left_out`` says in a sentence, or with nothing, what it withholds, where the file itself has no place for that.
    """

    title: str
    ending: str
    make: Callable[[str, date, str], bytes]
    left_out: Callable[[str], str] | None = None


def annex_bytes(whole: Annex, form: str) -> bytes:
    """Return Annex 1 as ``html``, ``md``, ``csv`` or ``xlsx``."""
    if form == "html":
        from tui_plan.exchange.annex1_html import annex_html

        return annex_html(whole)
    if form == "md":
        from tui_plan.exchange.annex1_markdown import annex_markdown

        return annex_markdown(whole)
    from tui_plan.exchange.annex1_sheet import annex_csv, annex_xlsx

    return annex_xlsx(whole) if form == "xlsx" else annex_csv(whole)


def _calendar(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.calendar_export import calendar_contents, export_ics
    from tui_plan.exchange.calendar_scope import plan_scope

    del style
    return export_ics(calendar_contents(plan_scope(plan), today))


def _annex(form: str) -> Callable[[str, date, str], bytes]:
    return lambda plan, today, style: annex_bytes(annex(plan, today, style), form)


def _sheet(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.sheet_rows import plan_sheet
    from tui_plan.exchange.sheet_writing import sheet_xlsx

    del style
    return sheet_xlsx(plan_sheet(plan, today))


def _toml(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.toml_writing import export_toml

    del today, style
    return export_toml(plan, with_candid=False)


PAPERS: dict[str, Paper] = {
    "ics": Paper("Calendar of dates and meetings", ".ics", _calendar),
    "html": Paper("Annex 1 to print", ".html", _annex("html")),
    "md": Paper("Annex 1 as Markdown", ".md", _annex("md")),
    "annex": Paper("Annex 1 as a spreadsheet", "-annex-1.xlsx", _annex("xlsx")),
    "xlsx": Paper("All columns as a spreadsheet", ".xlsx", _sheet),
    "toml": Paper("The whole plan as TOML, to move it", ".toml", _toml),
}


def write_paper(
    kind: str, subject: str, today: date, style: str, path: str, papers: Mapping[str, Paper] = PAPERS
) -> str:
    """Make one of ``papers`` about a plan or another record, write it to ``path``, and return where it lies.

    ``~`` in the path is understood.
    """
    from pathlib import Path

    from tui_plan.exchange.files import write_file

    place = Path(path).expanduser()
    write_file(place, papers[kind].make(subject, today, style), private=True)
    return str(place)
