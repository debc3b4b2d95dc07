"""The register as one table: a row for each entry, a column for everything that some kind of entry may say.

Called by the command line and the screens. Candid entries are left out unless they are asked for, and counted.
"""

from collections.abc import Callable, Collection
from datetime import date

from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.sheet_rows import Cell, PlanSheet
from tui_plan.exchange.sheet_writing import sheet_csv, sheet_xlsx
from tui_plan.insight.whole_register import WholeEntry, whole_register
from tui_plan.model.vocabulary import EntryKind


def register_csv(
    plan: str, *, kinds: Collection[EntryKind] = (), candid: bool = False, bom: bool = False
) -> tuple[bytes, str]:
    """Return the register of a plan (uid; of all, if empty) as CSV, and the sentence that says what was withheld."""
    sheet = register_sheet(plan, kinds=kinds, candid=candid)
    return sheet_csv(sheet, bom=bom), sheet.withheld


def register_xlsx(plan: str, *, kinds: Collection[EntryKind] = (), candid: bool = False) -> tuple[bytes, str]:
    """Return the same as a workbook."""
    sheet = register_sheet(plan, kinds=kinds, candid=candid)
    return sheet_xlsx(sheet, page_name="Register"), sheet.withheld


def register_sheet(plan: str, *, kinds: Collection[EntryKind] = (), candid: bool = False) -> PlanSheet:
    """Return the register as a table, what is open before what is settled, the newest first."""
    every = whole_register(plan or None, kinds)
    told = [entry for entry in every if candid or not entry.candid]
    lines = tuple((*(cell(entry) for cell in _COLUMNS.values()), _linked(entry, candid)) for entry in told)
    return PlanSheet("Register", (*_COLUMNS, "Linked"), lines, withheld_as_candid(entries=len(every) - len(told)))


def _linked(entry: WholeEntry, candid: bool) -> str:
    return "\n".join(link.words for link in entry.links if candid or not link.candid)


def _field(name: str) -> Callable[[WholeEntry], Cell]:
    """Return what reads a field of the line; days stay days, numbers become their digits."""

    def cell(entry: WholeEntry) -> Cell:
        value = getattr(entry.line, name)
        return value if isinstance(value, date) else str(value if value is not None else "")

    return cell


def _words(name: str) -> Callable[[WholeEntry], Cell]:
    return lambda entry: entry.words.get(name, "")


_COLUMNS: dict[str, Callable[[WholeEntry], Cell]] = {
    "Reference": _field("ref"),
    "Kind": _field("kind"),
    "Entry": _field("title"),
    "On": _field("on"),
    "Plan": _field("plan_name"),
    "Who": _field("party_name"),
    "Why": _words("cause"),
    "Effect": _words("effect"),
    "Likelihood": _field("likelihood"),
    "Impact": _field("impact"),
    "Score": _field("score"),
    "Response": _field("response"),
    "Likelihood after": _field("residual_likelihood"),
    "Impact after": _field("residual_impact"),
    "Score after": _field("residual"),
    "Planned or reactive": _field("manner"),
    "Fidelity": _field("fidelity"),
    "Disposition": _field("disposition"),
    "Support": _field("level"),
    "Intended": _field("intended"),
    "Active": _field("active"),
    "Gate": _field("gate"),
    "Stage": _words("stage"),
    "Meeting": _words("meeting"),
    "Development area": _words("area"),
    "Due": _field("due"),
    "Settled on": _field("closed_on"),
    "Outcome": _words("outcome"),
    "Evidence": _words("evidence"),
    "Candour": _field("candour"),
}
