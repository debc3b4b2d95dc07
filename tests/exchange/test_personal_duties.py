"""What rests on somebody beside their actions, on the page that they take home: risks, issues, data to collect."""

from datetime import date, timedelta
from decimal import Decimal

from tests.people_world import TODAY, PeopleWorld, typed
from tests.progress_world import SECRET, add_progress
from tui_plan.exchange.document import Section
from tui_plan.exchange.document_text import document_text
from tui_plan.exchange.personal_page import WEEKS, personal_page
from tui_plan.model.vocabulary import Candour, EntryKind, RoleKind
from tui_plan.operations import parts, register

ME = typed(TODAY)


def section(party: str, title: str) -> list[tuple[tuple[str, ...], bool]]:
    found: list[Section] = [each for each in personal_page(party, TODAY).sections if each.title == title]
    return [(row.cells, row.marked) for each in found if each.table for row in each.table.rows]


def test_risks_and_issues_that_rest_on_them_come_by_day(world: PeopleWorld) -> None:
    progress = add_progress(world)
    assert section(world.ben, "My risks and issues") == [
        (("2026-03-14", "R-4 The issue", "issue, needs a decision"), True),
        (("2026-03-23", "R-3 The risk", "risk, high, 3 × 5, look at it again"), False),
    ]
    assert section(world.gus, "My risks and issues") == []
    register.edit_entry(ME, progress.entries[EntryKind.RISK], party=world.panel, due=None)
    register.close_entry(ME, progress.entries[EntryKind.ISSUE], on=TODAY)
    assert section(world.ben, "My risks and issues") == []
    by_group = [(("no date", "R-3 The risk", "risk, high, 3 × 5"), False)]
    assert section(world.gus, "My risks and issues") == section(world.panel, "Risks and issues") == by_group


def test_candid_ones_are_counted_with_the_notes(world: PeopleWorld) -> None:
    add_progress(world)
    page = document_text(personal_page(world.ben, TODAY))
    assert SECRET not in page
    assert page.endswith("\n\n2 entries were withheld as candid.\n")
    parts.add_note(ME, "They quarrel", today=TODAY, action=world.map, candour=Candour.CANDID)
    parts.add_role(ME, [world.map], RoleKind.INFORMED, world.ben)
    page = document_text(personal_page(world.ben, TODAY))
    assert page.endswith("\n\n2 entries and 1 note were withheld as candid.\n")


def test_data_to_collect_until_some_weeks_ahead(world: PeopleWorld) -> None:
    progress = add_progress(world)
    title = "My data to collect"
    due = (("2026-03-01", "A-2 Wardens who passed the drill", "Counted after each drill"), True)
    assert section(world.ben, title) == [due]
    assert section(world.ana, title) == []
    last = TODAY + timedelta(weeks=WEEKS)
    for day in (last, last + timedelta(days=1)):
        parts.add_measure(ME, world.host, statement=f"Beds by {day}", collector=world.mayor, due=day)
    coming = ((f"{last}", f"A-5 Beds by {last}", ""), False)
    assert section(world.ben, title) == [due, coming], "also what the post collects that they hold"
    parts.add_reading(ME, progress.measure, taken_on=date(2026, 3, 2), value=Decimal(3))
    assert section(world.ben, title)[0] == ((f"{date(2026, 4, 1)}", *due[0][1:]), False)
