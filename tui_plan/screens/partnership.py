"""What the plans and the roster share: the keys for who agreed, what partners kept, and who is silent.

They are about the plan that the coordinator works on. The dialogs are loaded by the key that needs them.
"""

from typing import ClassVar

from textual.binding import BindingType

from tui_plan.keys import bind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow


class PartnershipScreen(ChangingScreen):
    """A main screen from which the partnership behind a plan can be seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("plan.agreements", "agreements", show=True),
        bind("plan.convening", "convening", show=True),
        bind("plan.silent", "silent"),
    ]

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say that there must be a plan first."""
        if sentence := super().why_not(action, parameters):
            return sentence
        if action in {"agreements", "convening"} and not self.app.plan:
            return "There is no plan yet: press 1, then a to add one."
        return ""

    def current_party(self) -> str:
        """Return the uid of whom the cursor is on, where it is on somebody."""
        return ""

    @flow
    async def action_agreements(self) -> None:
        """Show who must agree to the plan, and who has."""
        from tui_plan.screens.agreements import AgreementsDialog

        name = await self._plan_name()
        await self.app.push_screen_wait(AgreementsDialog(self, self.app.plan, name, self.current_party()))
        await self.read_again()

    @flow
    async def action_convening(self) -> None:
        """Show what each partner promised and kept, and who sits for it in the convening group."""
        from tui_plan.screens.partners import PartnersDialog

        name = await self._plan_name()
        await self.app.push_screen_wait(PartnersDialog(self, self.app.plan, name))
        await self.read_again()

    @flow
    async def action_silent(self) -> None:
        """Show who has been silent for too long, in any plan."""
        from tui_plan.screens.silent import SilentDialog

        await self.app.push_screen_wait(SilentDialog(self, None, "All plans"))
        await self.read_again()

    async def _plan_name(self) -> str:
        from tui_plan.insight.details import plan_detail

        return str((await self.ask(plan_detail, self.app.plan)).values["name"])
