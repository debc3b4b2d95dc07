"""How the dialogs of assessing look, at both sizes, with long, odd and no words, in a light theme; pictures lie beside.

After a change that is meant, look at each new picture: ``pytest tests/screens/test_assessing_pictures.py
--snapshot-update``.
"""

from collections.abc import Callable
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hostile import HOSTILE
from tests.hosts import running
from tests.screens.album import SIZES, Album
from tests.screens.flows import flow, plan_of, run_of, stage_of
from tui_plan.exchange.checklist_templates import template
from tui_plan.insight.checklists import checklist_run
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, Rating
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import say_item
from tui_plan.operations.people import add_party
from tui_plan.operations.stages import edit_stage
from tui_plan.screens.assessing import begin_assessment, edit_stage_form, open_assessment, open_gate, open_runs
from tui_plan.screens.comparing import open_compare
from tui_plan.screens.divergence import open_divergence
from tui_plan.session import Session

On = Callable[[str], Session]
ANA = Author("ana")


@pytest.mark.parametrize("size", SIZES)
async def test_an_assessment(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    session = session_on("stages")
    pilot = stage_of(session, "piloting")
    async with running(session, size) as user:
        album = Album(user, snapshot, "assessing")
        async with flow(user, lambda owner: begin_assessment(owner, plan_of(session), pilot)):
            await album.take("begin")
            await user.press("ctrl+s")
            await album.take("begun")
            await album.after("1", "equals_sign", "3", "c", name="rated")
            user.app.tell("")
            await album.after("k", "k", name="long")
            await album.after("m", name="step")
            await album.after("ctrl+s", name="step-refused")
            await user.press("escape", "y")
            await album.after("e", name="words")
            await album.after("escape", "F", name="finish")
            await album.after("ctrl+s", name="finished")
            await user.press("escape")
        async with flow(user, lambda owner: open_assessment(owner, run_of(session, 4), "pilot-leaders")):
            await album.after("tab", name="with-action")
            await user.press("escape")
        async with flow(user, lambda owner: open_runs(owner, plan_of(session))):
            await album.take("runs")
            await user.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_the_gate_and_the_stage(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    session = session_on("stages")
    pilot = stage_of(session, "piloting")
    async with running(session, size) as user:
        album = Album(user, snapshot, "gate")
        async with flow(user, lambda owner: open_gate(owner, pilot)):
            await album.take("pilot")
            await album.after("end", name="overridden")
            await album.after("d", "right", "ctrl+s", name="refused")
            await user.press("escape", "y", "escape")
        async with flow(user, lambda owner: open_gate(owner, stage_of(session, "reflection"))):
            await album.take("nothing-yet")
            await user.press("escape")
        async with flow(user, lambda owner: edit_stage_form(owner, plan_of(session), pilot)):
            await album.take("stage")
            await user.press("escape")
        async with flow(user, lambda owner: edit_stage_form(owner, plan_of(session))):
            await album.take("new-stage")
            await user.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_side_by_side(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    session = session_on("stages")
    plan, pilot = plan_of(session), stage_of(session, "piloting")
    async with running(session, size) as user:
        album = Album(user, snapshot, "compare")
        async with flow(user, lambda owner: open_compare(owner, plan, "pilot-informed")):
            await album.take("two")
            await album.after("left_square_bracket", name="choose")
            await album.after("escape", "exclamation_mark", name="changed")
            await user.press("escape")
        async with flow(user, lambda owner: open_divergence(owner, plan, pilot)):
            await album.after("j", name="partners")
            await user.press("escape")


async def test_odd_words(session_on: On, snapshot: SnapshotAssertion) -> None:
    session = session_on("stages")
    pilot = stage_of(session, "piloting")
    async with running(session) as user:
        album = Album(user, snapshot, "odd")
        run = await user.app.ask(_odd_assessment, pilot)
        for place in range(4):
            key = _keys(place)
            async with flow(user, lambda owner, key=key: open_assessment(owner, run, key)):
                await album.take(f"assessment-{place}")
                if place == 2:
                    await album.after("e", name="words")
                    await user.press("escape")
                await user.press("escape")
        async with flow(user, lambda owner: open_divergence(owner, plan_of(session), pilot)):
            await album.take("partners")
            await user.press("escape")
        async with flow(user, lambda owner: open_gate(owner, pilot)):
            await album.take("gate")
            await user.press("escape")


async def test_nothing_yet(session_on: On, snapshot: SnapshotAssertion) -> None:
    session = session_on("small")
    async with running(session) as user:
        album = Album(user, snapshot, "none")
        async with flow(user, lambda owner: open_runs(owner, plan_of(session))):
            await album.take("runs")
            await user.press("escape")
        async with flow(user, lambda owner: open_divergence(owner, plan_of(session))):
            await album.take("partners")
            await user.press("escape")


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
async def test_other_colours(session_on: On, snapshot: SnapshotAssertion, theme: str) -> None:
    session = session_on("stages")
    async with running(session, (120, 40)) as user:
        user.app.theme = theme
        album = Album(user, snapshot, f"assessing-{theme}")
        async with flow(user, lambda owner: open_assessment(owner, run_of(session, 4), "pilot-informed")):
            await album.take("assessment")
            await user.press("escape")
        async with flow(user, lambda owner: open_gate(owner, stage_of(session, "piloting"))):
            await album.take("gate")
            await user.press("escape")


def _keys(place: int) -> str:
    return template("progress").items[place].key


def _odd_assessment(stage: str) -> str:
    """Assess as somebody with an odd name, with odd words of every kind, twice; return the later assessment's uid."""
    words = [text for text in HOSTILE if text.strip()]
    edit_stage(ANA, stage, scope=words[2], title=words[0])
    party = add_party(ANA, PartyKind.ORGANISATION, name=words[1])
    for on in (date(2026, 3, 2), date(2026, 3, 16)):
        run = start_assessment(ANA, template("progress"), stage, on=on, party=party)
        for place, item in enumerate(checklist_run(run).items):
            said = [words[(place + turn) % len(words)][:1_000] for turn in range(4)]
            rating = list(Rating)[place % 4]
            say_item(
                ANA,
                item.uid,
                rating=rating,
                successes=said[0],
                challenges=said[1] * 3,
                next_steps=said[2],
                evidence=said[3],
            )
    return run
