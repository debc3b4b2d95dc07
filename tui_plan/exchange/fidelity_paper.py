"""Fidelity on paper: where the core components of a plan no longer stand as they were agreed, and what says why.

Called by the command line and the screens, which hand the value to a writer of ``document``. Candid adaptations are
counted and left out unless they are asked for.
"""

from collections.abc import Collection, Iterator
from datetime import date

from tui_plan.exchange.candour import candid_entries, house_warning, withheld_as_candid
from tui_plan.exchange.document import Document, Item, Section, paper
from tui_plan.insight.drift import NO_ADAPTATION, Adaptation, Drift, DriftLine, drift
from tui_plan.model.base import rows
from tui_plan.model.date_words import DateStyle, show_date
from tui_plan.model.errors import NotFound
from tui_plan.model.plan import Plan


def fidelity_paper(
    plan: str, today: date, style: str = DateStyle.ISO, *, baseline: str = "", candid: bool = False
) -> Document:
    """Return where a plan differs from a named baseline (the first, if none is named).

    Raises ``NotFound`` if the plan is gone, or with the names there are for an unknown baseline.
    """
    found = rows(Plan.select(Plan.name).where(Plan.uid == plan))
    if not found:
        raise NotFound("This plan is no longer there: somebody removed it.")
    drifted = drift(plan, today, baseline)
    hidden = frozenset() if candid else candid_entries()
    explained = [line for line in drifted.lines if line.adaptations]
    sections = (
        Section(
            "Differs, and nothing says why", items=tuple(_line(line, hidden, style) for line in drifted.unexplained)
        ),
        Section("Differs, with an adaptation", items=tuple(_line(line, hidden, style) for line in explained)),
        Section("Adaptations elsewhere", items=tuple(map(Item, _told(drifted.elsewhere, hidden, style)))),
        Section("", drifted.hint or ("" if drifted.lines else "Every core component stands as it was agreed.")),
    )
    withheld = withheld_as_candid(entries=len(_named(drifted) & hidden))
    facts = _facts(drifted, today, style)
    return paper(f"Fidelity: {found[0][0]}", facts, sections, warning=house_warning(candid), withheld=withheld)


def _named(drifted: Drift) -> set[str]:
    every = (*drifted.elsewhere, *(one for line in drifted.lines for one in line.adaptations))
    return {one.uid for one in every}


def _facts(drifted: Drift, today: date, style: str) -> Iterator[tuple[str, str]]:
    moment = f" ({show_date(drifted.at.date(), style)})" if drifted.at else ""
    yield "Compared with", f"{drifted.baseline}{moment}" if drifted.baseline else ""
    yield "Core components", f"{drifted.core}, {drifted.standing} stand as they were" if drifted.at else ""
    yield "New since then", str(drifted.new) if drifted.new else ""
    yield "Date", show_date(today, style)


def _line(line: DriftLine, hidden: Collection[str], style: str) -> Item:
    changes = (f"{one.field}: {_change(one.before, one.after)}" for one in line.changes)
    reasons = tuple(_told(line.adaptations, hidden, style)) if line.adaptations else (NO_ADAPTATION,)
    return Item(f"{line.ref} {line.title}: {line.what}", (*changes, *reasons), marked=not line.adaptations)


def _change(before: str, after: str) -> str:
    return f"{before} → {after}" if before and after else after or f"{before} → nothing"


def _told(adaptations: tuple[Adaptation, ...], hidden: Collection[str], style: str) -> Iterator[str]:
    """Yield adaptations in words; of those that may not leave the house, only that there are some."""
    for one in adaptations:
        if one.uid not in hidden:
            words = f" ({one.words})" if one.words else ""
            yield f"{one.ref} of {show_date(one.on, style)}: {one.title}{words}"
    kept = sum(one.uid in hidden for one in adaptations)
    if kept:
        yield "an adaptation is recorded, and candid" if kept == 1 else f"{kept} adaptations are recorded, and candid"
