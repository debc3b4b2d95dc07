"""What may be begun from the stages: an assessment, a stage, the gate that ends one, an action of a next step.

The screen of the stages and the dialogs of assessing await these inside a flow of theirs.
"""

from collections.abc import Sequence

from tui_plan.insight.assessing import next_step
from tui_plan.insight.assessments import Assessment, assessments
from tui_plan.insight.choosing import plan_choices
from tui_plan.insight.finding import party_choices
from tui_plan.insight.outline import outline
from tui_plan.insight.stages import current_stage, stage_line, stages
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import ChecklistKind, PartyKind
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import Template
from tui_plan.operations.following_up import Wanted, step_to_action
from tui_plan.operations.stages import StageValues, add_stage, edit_stage
from tui_plan.screens.assessment_run import AssessmentDialog
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import objective_options, party_options
from tui_plan.screens.forms_assessing import Begin, Choices, begin_form, step_form
from tui_plan.screens.forms_stage import stage_form
from tui_plan.screens.forms_wanted import ActionWanted
from tui_plan.screens.meeting_choice import MeetingChoice, meetings_around
from tui_plan.screens.stage_blocks import run_words
from tui_plan.widgets.fields import Option, PickField
from tui_plan.widgets.picker import PickList

_USUAL = "progress"
_OWNERS = (PartyKind.PERSON, PartyKind.POST, PartyKind.GROUP, PartyKind.ORGANISATION)


async def begin_assessment(owner: ChangingScreen, plan: str, stage: str = "") -> None:
    """Ask what to assess and as whom, begin it, and open it; one of today that is still running is gone on with."""
    meetings = await meetings_around(owner, plan)
    choices = await _choices(owner, plan, stage, meetings)
    opened: list[str] = []

    async def submit(begin: Begin) -> None:
        opened.append(await _running(owner, plan, begin) or await _begin(owner, begin, meetings))

    await owner.ask_kept(begin_form(choices, owner.app.today, owner.understand), submit, about=f"assess:{plan}")
    if opened:
        await open_assessment(owner, opened[-1])


async def open_assessment(owner: ChangingScreen, run: str, key: str = "") -> None:
    """Open an assessment (a uid) to fill it in, or to read a finished one; ``key`` is the quality to begin on."""
    await owner.app.push_screen_wait(AssessmentDialog(owner, run, key))


async def edit_stage_form(owner: ChangingScreen, plan: str, stage: str = "") -> str:
    """Add a stage to a plan, or edit one (a uid): what it is, when, what it will mean, or why it is skipped.

    Returns the uid of what was added, or nothing.
    """
    made: list[str] = []
    line = await owner.ask(stage_line, stage) if stage else None
    version = line.row_version if line is not None else 0

    async def submit(values: StageValues) -> None:
        if line is None:
            made.append(await owner.ask(add_stage, owner.author(), plan, **values))
        else:
            await owner.change_merging(edit_stage, owner.author(), line.uid, version_seen=version, **values)

    spec = stage_form(line, owner.understand)
    await owner.ask_kept(spec, submit, about=f"stage:{stage}" if stage else f"stage-in:{plan}", version=version)
    return "".join(made)


async def open_gate(owner: ChangingScreen, stage: str) -> None:
    """Show the gate out of a stage (a uid), where it is decided too."""
    from tui_plan.screens.gate import GateDialog

    line = await owner.ask(stage_line, stage)
    await owner.app.push_screen_wait(GateDialog(owner, stage, f"{line.ref} {line.title}"))


async def open_runs(owner: ChangingScreen, plan: str) -> None:
    """Show every assessment of a plan, those still running first."""
    from tui_plan.screens.assessments import AssessmentsDialog

    name = next((each.name for each in await owner.ask(plan_choices) if each.uid == plan), "")
    await owner.app.push_screen_wait(AssessmentsDialog(owner, plan, name))


async def make_step_action(owner: ChangingScreen, item: str) -> None:
    """Make an action of the next step of a quality (a checklist item's uid), after asking where, who and by when."""
    step = await owner.ask(next_step, item)
    places = await owner.ask(outline, step.plan, owner.app.today) if step.plan else ()
    objectives = objective_options(places)
    if not objectives:
        raise Refused("The plan has no step objective yet under which an action could stand: add one in the outline.")
    made: list[str] = []

    async def submit(wanted: ActionWanted) -> None:
        party = await owner.party_uid(wanted.party) if wanted.party is not None else None
        action = Wanted(wanted.objective, wanted.title, party, wanted.agreed)
        made.append(await owner.ask_if_sure(step_to_action, owner.author(), item, action, today=owner.app.today))

    parties = party_options(await owner.ask(party_choices), *_OWNERS)
    await owner.ask_kept(step_form(step, objectives, parties, owner.understand), submit, about=f"step:{item}")
    if made:
        owner.say("The action is in the plan, and the next step names it: f goes there.")


async def export_assessment(owner: ChangingScreen, plan: str, stage: str = "") -> None:
    """Ask which assessment (of one stage, if a uid is given) and in which form, write it, and say where it lies."""
    from tui_plan.exchange.progress_papers import ASSESSMENT_PAPERS
    from tui_plan.screens.export import hand_out

    runs = [run for run in await owner.ask(assessments, plan) if not stage or run.stage == stage]
    if not runs:
        raise Refused("There is no assessment to write yet: s begins one.")
    run = runs[0] if len(runs) == 1 else await choose_assessment(owner, runs, "Which assessment")
    if run is not None:
        await hand_out(owner, run.uid, run.title, ASSESSMENT_PAPERS)


async def choose_assessment(owner: ChangingScreen, runs: Sequence[Assessment], label: str) -> Assessment | None:
    """Ask for one of these assessments, the latest on top; None where that was left."""
    style = owner.date_style
    options = [Option(run.uid, f"{run.ref} {run_words(run, style)}", run.stage_title) for run in reversed(runs)]
    chosen = await owner.app.push_screen_wait(PickList(PickField(name="run", label=label, options=options), ()))
    return next((run for run in runs if chosen is not None and run.uid == chosen[0]), None)


async def _choices(owner: ChangingScreen, plan: str, stage: str, meetings: MeetingChoice) -> Choices:
    known = await _templates(owner)
    lines = [line for line in await owner.ask(stages, plan) if not line.skipped_because]
    if not lines:
        raise Refused("There is no stage to assess yet: a adds one.")
    here = current_stage(lines)
    wanted = [line.uid for line in lines if line.uid == (stage or (here.uid if here is not None else ""))]
    return Choices(
        tuple(Option(line.uid, line.title, line.state) for line in lines),
        await _views(owner, plan),
        known,
        meetings.options,
        "".join(wanted),
        await _usual(owner, plan, known),
        meetings.proposed,
    )


async def _begin(owner: ChangingScreen, begin: Begin, meetings: MeetingChoice) -> str:
    return await owner.ask(
        start_assessment,
        owner.author(),
        begin.template,
        begin.stage,
        on=begin.on,
        party=begin.party,
        meeting=meetings.at(begin.meeting),
        whole=begin.whole,
        today=owner.app.today,
    )


async def _templates(owner: ChangingScreen) -> list[Template]:
    from tui_plan.exchange.checklist_templates import templates

    found = await owner.ask(templates)
    known = [each for each in found.usable if each.kind == ChecklistKind.STAGE]
    if found.broken:
        owner.say(found.broken[0], wrong=True)
    if not known:
        raise Refused("There is no checklist for a stage: the program's own was removed.")
    return known


async def _usual(owner: ChangingScreen, plan: str, known: list[Template]) -> str:
    """Return the template by which the plan was assessed last, else the program's own, else the first."""
    keys = [each.key for each in known]
    last = [run.template for run in await owner.ask(assessments, plan)][-1:]
    return next((key for key in (*last, _USUAL) if key in keys), keys[0])


async def _views(owner: ChangingScreen, plan: str) -> tuple[Option, ...]:
    """Return whose views may be assessed: the plan's partners first, then everybody on the roster."""
    from tui_plan.insight.agreement import partners_of

    partners = await owner.ask(partners_of, plan)
    everybody = party_options(await owner.ask(party_choices))
    first = tuple(Option(uid, name, "partner") for uid, name in partners.items())
    return (*first, *(option for option in everybody if option.key not in partners))


async def _running(owner: ChangingScreen, plan: str, begin: Begin) -> str:
    """Return the assessment of that day that is not finished, by the same view and template, or nothing."""
    wanted = (begin.stage, begin.template.key, begin.party or "", begin.on, None)
    return next(
        (
            run.uid
            for run in await owner.ask(assessments, plan)
            if (run.stage, run.template, run.party, run.started_on, run.finished_on) == wanted
        ),
        "",
    )
