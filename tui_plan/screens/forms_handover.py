"""The form of a handover: to whom, from when, and what goes along."""

from dataclasses import dataclass, replace
from datetime import date

from tui_plan.operations.handover import Handover
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    FormSpec,
    Option,
    Picked,
    PickField,
    Understand,
    Values,
    YesNoField,
)

SUCCESSOR, ACTING, NOBODY = "successor", "acting", "nobody"
RECEIVERS = (
    Option(SUCCESSOR, "a successor"),
    Option(ACTING, "an acting holder"),
    Option(NOBODY, "nobody: it stays vacant"),
)


@dataclass(frozen=True)
class HandoverChoice:
    """A handover as it was typed; who takes over may be a new name, which is no party yet."""

    order: Handover
    who: Picked | None

    @property
    def newcomer(self) -> str:
        """The name of who takes over, where it is not on the roster yet."""
        return self.who.label if self.who is not None and not self.who.key else ""


def handover_form(
    order: Handover, whose: str, people: tuple[Option, ...], understand: Understand
) -> FormSpec[HandoverChoice]:
    """Return the form; ``order`` is the handover to begin with, ``whose`` tells the leaver and what they hold."""
    return FormSpec(
        title="Hand over",
        intro=f"{whose} · saving shows all that moves first",
        fields=(
            ChoiceField(name="to", label="To", options=RECEIVERS),
            PickField(name="successor", label="Who takes over", options=people, add_new=True),
            DateField(
                name="on",
                label="First day of who takes over",
                hint="fri, +2w, 2026-12-31",
                value=order.on,
                understand=understand,
                required=True,
            ),
            YesNoField(
                name="personal",
                label="What they carry by name goes too",
                hint="plans, roles and seats of their own",
                value=order.personal,
            ),
            YesNoField(
                name="leaves",
                label="They leave the partnership",
                hint="their last day is the day before",
                value=order.leaves,
            ),
        ),
        build=lambda typed: _choice(order, typed),
        check=_somebody_or_nobody,
    )


def _choice(order: Handover, typed: Values) -> HandoverChoice:
    who = typed.pick("successor")
    wanted = replace(
        order,
        on=typed.day("on") or date.min,
        successor=who.key if who is not None else "",
        acting=typed.text("to") == ACTING,
        personal=typed.yes("personal"),
        leaves=typed.yes("leaves"),
    )
    return HandoverChoice(wanted, who)


def _somebody_or_nobody(typed: Values) -> dict[str, str]:
    nobody = typed.text("to") == NOBODY
    if typed.pick("successor") is None and not nobody:
        return {"successor": "Say who takes over; Enter opens the list. Or hand over to nobody."}
    if typed.pick("successor") is not None and nobody:
        return {"successor": "Nobody is to take over: clear this name with Del, or choose a successor above."}
    return {}
