"""Reading rows: whole columns are converted at once, to the very values that Peewee makes one by one."""

from datetime import date, datetime
from typing import Any

import pytest
from peewee import SQL, Case, fn

from tests.people_world import PeopleWorld
from tests.quality_plan import QualityPlan
from tui_plan.model.base import rows
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.partnership import Communication
from tui_plan.model.people import Party, Tenure
from tui_plan.model.plan import Action, Resource
from tui_plan.model.schema import TABLES


def same(query: Any) -> list[tuple[Any, ...]]:
    """Insist that a query gives the same values of the same types either way, and return them."""
    found, expected = rows(query), list(query.tuples())
    assert found == expected
    assert [[type(value) for value in row] for row in found] == [[type(value) for value in row] for row in expected]
    return found


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("model", TABLES)
def test_every_table_reads_the_same(model: Any) -> None:
    same(model.select())


def test_every_kind_of_column(quality: QualityPlan) -> None:
    assert same(Resource.select(Resource.cost, Resource.secured, Resource.action))
    assert same(Action.select(Action.milestone, Action.agreed, Action.position, SQL("1")).order_by(Action.number))
    home = Party.alias()
    query = Party.select(Party.name, home.name.alias("home")).left_outer_join(home, on=(Party.organisation == home.uid))
    assert ("Ben Okafor", None) in same(query)


def test_functions_keep_the_type_of_what_they_look_at(world: PeopleWorld) -> None:
    assert same(Tenure.select(Tenure.post, fn.MAX(Tenure.end), fn.COUNT(Tenure.uid)).group_by(Tenure.post))
    ((last, on),) = same(Communication.select(fn.MAX(Communication.channel), fn.MAX(Communication.on)))
    assert (last, on) == ("phone", date(2026, 3, 9))
    ((at,),) = same(Change.select(fn.MAX(Change.at)))
    assert isinstance(at, datetime)
    same(Action.select(fn.COALESCE(Action.forecast, Action.agreed), fn.SUM(Case(None, [(Action.milestone, 1)], 0))))
    same(Entry.select(Entry.record, Change.at).join(Change).where(Entry.plan == world.plan).limit(5))


def test_no_rows_are_no_rows(world: PeopleWorld) -> None:
    assert same(Tenure.select(Tenure.start).where(Tenure.post == world.city)) == []
