"""The forms of assessing: an assessment that begins, one of its qualities, and an action of a next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui_plan.insight.assessing import NextStep
from tui_plan.insight.checklists import ItemLine
from tui_plan.model.vocabulary import Candour
from tui_plan.operations.checklists import ItemValues, Template
from tui_plan.screens.forms_action import CANDOURS
from tui_plan.screens.forms_checklist import RATINGS
from tui_plan.screens.forms_wanted import ActionWanted, wanted_form
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    TextField,
    Understand,
    Values,
)

_ASKED = (Option("", "of this stage"), Option("whole", "of all stages"))


@dataclass(frozen=True)
class Choices:
    """What the form that begins an assessment offers to choose from, and the keys that it proposes, or nothing."""

    stages: tuple[Option, ...]
    views: tuple[Option, ...]
    templates: Sequence[Template]
    meetings: tuple[Option, ...]
    stage: str
    template: str
    meeting: str


@dataclass(frozen=True)
class Begin:
    """An assessment to begin: of which stage (a uid), by which template, whose view, when and at which meeting (a key).

    ``party`` is the uid of a partner, None for consensus; ``whole`` asks for the qualities of all stages.
    """

    stage: str
    template: Template
    party: str | None
    whole: bool
    on: date
    meeting: str


def begin_form(choices: Choices, today: date, understand: Understand) -> FormSpec[Begin]:
    """Return the form that begins an assessment."""
    return FormSpec(
        title="Assess a stage",
        intro="Quality by quality, one key each. It can be gone on with later.",
        fields=(
            PickField(name="stage", label="Stage", options=choices.stages, value=_picked(choices.stage), required=True),
            PickField(
                name="party", label="Whose view", hint="empty: by consensus of the partners", options=choices.views
            ),
            *((_template_field(choices),) if len(choices.templates) > 1 else ()),
            ChoiceField(name="whole", label="Qualities", options=_ASKED),
            DateField(
                name="started_on", label="On", hint="fri, 2026-12-31", value=today, understand=understand, required=True
            ),
            PickField(
                name="meeting",
                label="At which meeting",
                hint="empty: at none",
                options=choices.meetings,
                value=_picked(choices.meeting),
            ),
        ),
        build=lambda typed: _begin(typed, choices, today),
    )


def quality_form(item: ItemLine) -> FormSpec[ItemValues]:
    """Return the form of one quality of an assessment."""
    return FormSpec(
        title="How it stands",
        intro=item.text,
        fields=(
            ChoiceField(name="rating", label="Rating", options=RATINGS, value=item.rating),
            TextField(
                name="evidence", label="Evidence", hint="what shows it", value=item.evidence, longest=1_000, height=2
            ),
            LongTextField(name="successes", label="Successes", value=item.successes, height=2),
            LongTextField(name="challenges", label="Challenges", value=item.challenges, height=2),
            LongTextField(
                name="next_steps", label="Next steps", hint="m makes an action of it", value=item.next_steps, height=2
            ),
            ChoiceField(name="candour", label="These words are", options=CANDOURS, value=item.candour),
        ),
        build=lambda typed: ItemValues(
            rating=typed.text("rating"),
            evidence=typed.text("evidence"),
            successes=typed.text("successes"),
            challenges=typed.text("challenges"),
            next_steps=typed.text("next_steps"),
            candour=Candour(typed.text("candour")).value,
        ),
    )


def step_form(
    step: NextStep, objectives: tuple[Option, ...], parties: tuple[Option, ...], understand: Understand
) -> FormSpec[ActionWanted]:
    """Return the form that makes an action of a next step; the first line of the step is proposed as its title."""
    first = step.words.strip().split("\n")[0]
    title = "Make an action of the next step"
    return wanted_form(title, step.quality, objectives, parties, understand, words=first)


def _template_field(choices: Choices) -> Field:
    options = tuple(Option(each.key, each.title, f"{len(each.items)} qualities") for each in choices.templates)
    value = _picked(choices.template)
    return PickField(name="template", label="Checklist", options=options, value=value, required=True)


def _begin(typed: Values, choices: Choices, today: date) -> Begin:
    key = _key(typed.pick("template")) if "template" in typed else choices.template
    return Begin(
        _key(typed.pick("stage")),
        next(each for each in choices.templates if each.key == key),
        _key(typed.pick("party")) or None,
        typed.text("whole") == "whole",
        typed.day("started_on") or today,
        _key(typed.pick("meeting")),
    )


def _key(pick: Picked | None) -> str:
    return pick.key if pick is not None else ""


def _picked(key: str) -> tuple[str, ...]:
    return (key,) if key else ()
