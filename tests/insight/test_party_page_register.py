"""What of the register is on a party's page: the open risks and issues it owns, and who of a partner takes part."""

from datetime import date
from typing import Any

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.party_page import participation_of, party_page
from tui_plan.model.vocabulary import EntryKind
from tui_plan.operations.register import add_entry, close_entry
from tui_plan.screens.party_blocks import party_blocks
from tui_plan.widgets.detail import Heading, Item

ME = typed(TODAY)
OWNED: dict[str, Any] = {"on": TODAY}


def add_risk(world: PeopleWorld, title: str, likelihood: int, **values: Any) -> str:
    scored = {"likelihood": likelihood, "impact": 4, "party": world.ben}
    return add_entry(ME, kind=EntryKind.RISK, title=title, **OWNED | scored | values)


def under(world: PeopleWorld, party: str, title: str) -> list[str]:
    """The items below a heading of a party's page on the screen."""
    found: list[str] = []
    here = False
    for block in party_blocks(party_page(party, TODAY), TODAY, "iso"):
        if isinstance(block, Heading):
            here = block.text == title
        elif here and isinstance(block, Item):
            found.append(f"{block.text} | {block.note}")
    return found


def test_the_gravest_open_risk_that_somebody_owns_comes_first(world: PeopleWorld) -> None:
    for title, due in (("Late", date(2026, 3, 1)), ("Later", date(2026, 5, 1)), ("No day", None)):
        add_entry(ME, kind=EntryKind.ISSUE, title=title, party=world.ben, due=due, **OWNED)
    add_risk(world, "Small", 1)
    add_risk(world, "Grave", 5)
    add_risk(world, "Somebody else's", 5, party=world.cleo)
    close_entry(ME, add_risk(world, "Over", 5), on=TODAY)
    add_entry(ME, kind=EntryKind.IDEA, title="Boats", party=world.ben, **OWNED)
    page = party_page(world.ben, TODAY)
    assert [line.title for line in page.owned] == ["Grave", "Small", "Late", "Later", "No day"]
    assert page.owned == party_page(world.ben, TODAY).owned
    shown = under(world, world.ben, "Risks and issues")
    assert [line.split(" | ")[0] for line in shown] == [
        "R-7 Grave",
        "R-6 Small",
        "R-3 Late",
        "R-4 Later",
        "R-5 No day",
    ]
    assert shown[-1].endswith("| issue")
    assert "20" in shown[0]


def test_who_of_a_partner_takes_part_is_told_over_time(world: PeopleWorld) -> None:
    for day, intended, active in ((date(2026, 1, 9), 20, 6), (date(2026, 3, 9), 20, 12), (date(2026, 2, 9), 0, 0)):
        values = {"party": world.college, "intended": intended, "active": active}
        add_entry(ME, kind=EntryKind.PARTICIPATION, title="Wardens", on=day, **values)  # type: ignore[arg-type]
    assert [(line.ref, line.on.month, line.share) for line in participation_of(world.college)] == [
        ("R-4", 3, 0.6),
        ("R-5", 2, None),
        ("R-3", 1, 0.3),
    ]
    assert under(world, world.college, "Participation") == [
        "Wardens | 12 of 20 (60%) · 2026-03-09",
        "Wardens | 0 of 0 · 2026-02-09",
        "Wardens | 6 of 20 (30%) · 2026-01-09",
    ]
    assert party_page(world.city, TODAY).participation == ()
