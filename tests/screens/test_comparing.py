"""Two assessments side by side, with what changed; and where partners differ most, with what each says."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.hosts import running
from tests.screens.flows import asking, flow, plan_of, run_of, stage_of
from tests.screens.party_dialogs import listed
from tui_plan.exchange.checklist_templates import template
from tui_plan.model.errors import Refused
from tui_plan.operations.assessing import start_assessment
from tui_plan.screens.assessing import open_runs
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.comparing import CompareDialog, open_compare
from tui_plan.screens.divergence import open_divergence
from tui_plan.session import Session
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.picker import PickList

On = Callable[[str], Session]


async def test_the_latest_by_consensus_is_compared_with_the_one_before(session_on: On) -> None:
    session = session_on("stages")
    plan = plan_of(session)
    async with asking(session, lambda owner: open_compare(owner, plan, "pilot-shared"), (120, 40)) as user:
        await user.sees("C-1 2025-10-06 consensus", "C-4 2026-01-19 consensus", "7 of 8 changed")
        by_name = {row[0].split(":")[0]: row[1:] for row in listed(user)}
        assert by_name["Scope and lead"] == ["○", "✓", "↑ better"]
        assert by_name["Means for it"] == ["◐", "✓", "↑ better"]
        assert by_name["Leaders together"] == ["·", "◐", "≠ changed"]
        assert by_name["Results told"] == ["○", "○", ""]
        await user.sees("Results told: the people who work for each partner")
        await user.press("home")
        line = next(line for line in user.text.splitlines() if line.strip().startswith("Rating"))
        assert "○ not yet" in line
        assert "✓ in place" in line
        await user.press("exclamation_mark")
        assert len(listed(user)) == 7
        await user.press("left_square_bracket")
        await user.until(lambda: isinstance(user.app.screen, PickList))
        await user.type("C-3")
        await user.press("enter")
        await user.sees("C-3 2025-11-10 Museum  ⇄  C-4 2026-01-19 consensus", "only these")
        await user.press("right_square_bracket", "escape", "escape")


async def test_a_lone_assessment_by_another_checklist_is_in_nobodys_way(session_on: On) -> None:
    session = session_on("stages")

    async def asks(owner: ChangingScreen) -> None:
        other = template("preparedness")
        await owner.ask(start_assessment, owner.author(), other, stage_of(session, "piloting"), on=date(2026, 3, 15))
        await open_compare(owner, plan_of(session))

    async with asking(session, asks, (120, 40)) as user:
        await user.sees("C-5 2026-03-02 School", "C-6 2026-03-09 consensus", "≠ differs")
        await user.press("escape")


async def test_on_a_narrow_screen_one_stands_above_the_other(session_on: On) -> None:
    session = session_on("stages")
    async with asking(session, lambda owner: open_compare(owner, plan_of(session), right=run_of(session, 4))) as user:
        pane = user.app.screen.query_one(DetailView)
        lines = [pane.render_line(y).text for y in range(pane.size.height)]
        assert not any("○ not yet" in line and "✓ in place" in line for line in lines)
        assert any("2025-10-06 consensus" in line for line in lines)
        await user.press("enter", "pagedown")
        await user.sees("2026-01-19 consensus", "✓ in place")
        await user.press("escape")


async def test_what_was_asked_in_one_alone_is_said_and_c_compares_from_the_list(session_on: On) -> None:
    session = session_on("stages")
    plan = plan_of(session)
    async with asking(session, lambda owner: open_runs(owner, plan)) as user:
        await user.press("j", "c")
        await user.until(lambda: isinstance(user.app.screen, CompareDialog))
        await user.sees("C-5 2026-03-02 School")
        await user.press("left_square_bracket")
        await user.type("C-1")
        await user.press("enter")
        await user.sees("No quality was asked in both", "only right")
        assert {row[-1] for row in listed(user)} == {"only left", "only right"}
        await user.press("exclamation_mark")
        await user.sees("Nothing changed between the two. Press ! to see every quality again.")
        await user.press("escape", "escape")


async def test_without_two_assessments_it_says_what_to_do(session_on: On) -> None:
    session = session_on("small")
    async with running(session) as user:
        owner = user.app.screen
        assert isinstance(owner, ChangingScreen)
        with pytest.raises(Refused, match="no two assessments"):
            await open_compare(owner, plan_of(session))


async def test_where_partners_differ_most_stands_on_top_with_what_each_says(session_on: On) -> None:
    session = session_on("stages")
    plan, pilot = plan_of(session), stage_of(session, "piloting")
    async with running(session) as user:
        async with flow(user, lambda owner: open_divergence(owner, plan, pilot)):
            await user.sees("Museum", "School", "Apart")
            rows = [[row[0].split(":")[0], *row[1:]] for row in listed(user)]
            assert rows[0] == ["Scope and lead", "in place … not yet", "○", "✓"]
            assert rows[1] == ["All told", "partly … not yet", "○", "◐"]
            assert ["Means for it", "all in place", "✓", "✓"] in rows
            await user.sees("○ not yet", "Meet [bold red]weekly[/]", "candid")
            await user.press("enter", "pagedown")
            await user.sees("Minutes of 12 meetings")
            await user.press("escape")
        async with flow(user, lambda owner: open_divergence(owner, plan, stage_of(session, "reflection"))):
            await user.sees("No two partners have rated the same quality yet.")
            await user.press("escape")
