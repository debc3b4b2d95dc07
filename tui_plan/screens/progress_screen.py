"""What the screens about a plan share: the keys that show what was achieved, measured, and has drifted.

They are about the plan that the screen is about. The dialogs are loaded by the key that needs them.
"""

from typing import ClassVar

from textual.binding import BindingType

from tui_plan.keys import bind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow


class ProgressScreen(ChangingScreen):
    """A main screen from which it can be seen how its plan gets on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("plan.celebrate", "celebrate"),
        bind("plan.evaluation", "evaluation"),
        bind("plan.fidelity", "fidelity"),
    ]

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say that there must be a plan first."""
        if sentence := super().why_not(action, parameters):
            return sentence
        if action in {"celebrate", "evaluation", "fidelity"} and not self.plan_uid:
            return "There is no plan yet: press 1, then a to add one."
        return ""

    @flow
    async def action_celebrate(self) -> None:
        """Show what was achieved and not celebrated yet."""
        from tui_plan.screens.celebrating import open_celebrating

        await open_celebrating(self, self.plan_uid)
        await self.read_again()

    @flow
    async def action_evaluation(self) -> None:
        """Show outcome measures with their readings, and data that is due."""
        from tui_plan.screens.evaluation import open_evaluation

        await open_evaluation(self, self.plan_uid)
        await self.read_again()

    @flow
    async def action_fidelity(self) -> None:
        """Show where core components have drifted from the baseline."""
        from tui_plan.screens.fidelity import open_fidelity

        await open_fidelity(self, self.plan_uid)
        await self.read_again()
