"""Putting a plan that was read from TOML into the open database: all of it in one change, or nothing.

``import_toml`` writes; ``plan_import`` only says what would happen, for a dry run. Parties that are already there are
used as they stand; numbers that are taken are given anew; a plan that is already there is refused, or copied.
"""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date

from tui_plan.exchange.toml_fitting import Fitting
from tui_plan.exchange.toml_reading import PlanDocument
from tui_plan.model.schema import RECORDS
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Channel
from tui_plan.operations.lapsing import lapsing


@dataclass(frozen=True)
class Imported:
    """What an import made, or would make: the plan's uid, how many records, and what the coordinator should know."""

    plan: str
    records: int
    remarks: tuple[str, ...]


def import_toml(author: Author, document: PlanDocument, *, today: date, as_copy: bool = False) -> Imported:
    """Write a document's plan into the open database in one change and return what was made.

    Raises ``Refused`` if the plan is already there and ``as_copy`` is false, and ImportProblem where it does not fit.
    """
    words = f"Imported the plan “{document.plan['name']}”"
    with change(replace(author, channel=Channel.IMPORT), words) as writer:
        fitting = _fitted(document, today, as_copy)
        with lapsing(writer, today) if fitting.widens_groups else nullcontext():
            for model in RECORDS:
                writer.create_many(model, fitting.rows[model])
    return _told(document, fitting)


def plan_import(document: PlanDocument, *, today: date, as_copy: bool = False) -> Imported:
    """Return what ``import_toml`` would make, and raise what it would raise, without writing."""
    return _told(document, _fitted(document, today, as_copy))


def _fitted(document: PlanDocument, today: date, as_copy: bool) -> Fitting:
    fitting = Fitting(document.rows, document.given)
    fitting.fit(today, as_copy=as_copy)
    return fitting


def _told(document: PlanDocument, fitting: Fitting) -> Imported:
    records = sum(map(len, fitting.rows.values()))
    return Imported(fitting.plan["uid"], records, (*document.remarks, *fitting.remarks))
