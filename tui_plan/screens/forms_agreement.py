"""The form in which is recorded how officials stand to a plan: one of them, or many at once."""

from collections.abc import Sequence
from datetime import date

from tui_plan.insight.agreement import AgreementLine
from tui_plan.model.vocabulary import SIGNS, AgreementState, Channel
from tui_plan.operations.agreements import AgreementValues
from tui_plan.screens.forms_action import CHANNELS
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    FormSpec,
    LongTextField,
    Option,
    TextField,
    Understand,
    Values,
)

STATES = tuple(Option(state, f"{SIGNS[state]} {state}") for state in AgreementState if state != AgreementState.LAPSED)
_NEXT = {
    AgreementState.NOT_ASKED: AgreementState.ASKED,
    AgreementState.LAPSED: AgreementState.ASKED,
    AgreementState.ASKED: AgreementState.AGREED,
}
"""What a form proposes for who stands so: never that somebody agreed who was not even asked."""


def agreement_form(
    lines: Sequence[AgreementLine], about: str, today: date, understand: Understand
) -> FormSpec[AgreementValues]:
    """Return the form for one official with what is known of them, or for several with nothing but the next step."""
    line, alone = lines[0], len(lines) == 1
    state = AgreementState(line.state)
    proposed = _NEXT.get(state, state) if alone else AgreementState.ASKED
    answered = alone and proposed == state
    channel = line.channel if answered and line.channel else Channel.MEETING.value if alone else Channel.EMAIL.value
    return FormSpec(
        title="How they stand to the plan" if alone else f"How {len(lines)} of them stand to the plan",
        intro=f"{', '.join(each.name for each in lines)} · {about}",
        fields=(
            ChoiceField(name="state", label="They have", options=STATES, value=proposed),
            DateField(
                name="on",
                label="On",
                hint="fri, 2026-12-31",
                value=line.on if answered else today,
                understand=understand,
                half=True,
            ),
            TextField(
                name="evidence",
                label="Evidence",
                hint="minutes, letter",
                value=line.evidence if answered else "",
                longest=1_000,
                half=True,
            ),
            ChoiceField(name="channel", label="How it came", options=CHANNELS, value=channel),
            LongTextField(
                name="reservations",
                label="Reservations",
                hint="in their words",
                value=line.reservations if answered else "",
            ),
        ),
        build=_agreement_values,
    )


def _agreement_values(typed: Values) -> AgreementValues:
    asked = typed.text("state") != AgreementState.NOT_ASKED
    return AgreementValues(
        state=typed.text("state"),
        on=typed.day("on"),
        channel=typed.text("channel") if asked else "",
        evidence=typed.text("evidence"),
        reservations=typed.text("reservations"),
    )
