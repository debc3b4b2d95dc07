"""Handing over what rests on somebody: a form, a look at all that moves and lapses, and then one change.

Nothing is written before the look is agreed to; leaving it goes back to the form with its words.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_plan.insight.finding import party_choices
from tui_plan.model.errors import Conflict
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.handover import Handover, Move, hand_over, handover_of
from tui_plan.operations.rehearsing import Lapse, lapses_of
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options
from tui_plan.screens.form import NotYet
from tui_plan.screens.forms_handover import HandoverChoice, handover_form
from tui_plan.screens.handover_preview import HandoverPreview, Look

if TYPE_CHECKING:
    from tui_plan.operations.checklists import Template

ONBOARDING = "onboarding"


async def hand_over_to(screen: ChangingScreen, party: str) -> None:
    """Ask to whom a person or post (uid) is handed over, show what that does, and do it; call it from a flow.

    Raises ``Refused`` for what cannot be handed over: an organisation, a group, a vacant post.
    """
    order = await screen.ask(handover_of, party, screen.app.today)
    choices = await screen.ask(party_choices)
    named = {choice.uid: choice.name for choice in choices}
    whose = ", ".join([named[order.leaver], *(named[post] for post in order.posts)])
    done: list[str] = []

    async def submit(choice: HandoverChoice) -> None:
        done.append(await _looked_at_and_done(screen, choice, named))

    spec = handover_form(order, whose, party_options(choices, PartyKind.PERSON), screen.understand)
    if await screen.ask_kept(spec, submit, about=f"handover:{party}") is not None:
        screen.say(done[-1])


def rehearsed(author: Author, order: Handover, newcomer: str = "") -> tuple[list[Move], tuple[Lapse, ...]]:
    """Return what a handover would move and which agreements would lapse, without keeping anything of it.

    ``newcomer`` is the name of a successor who is not on the roster yet.
    """
    moves: list[Move] = []

    def once() -> None:
        moves.extend(hand_over(author, order, newcomer=newcomer))

    return moves, lapses_of(once)


async def _looked_at_and_done(screen: ChangingScreen, choice: HandoverChoice, named: dict[str, str]) -> str:
    """Show what would happen; when that is agreed to, do it and return a sentence, else raise NotYet.

    Raises ``Conflict`` when something else would happen by now, since a colleague has changed something.
    """
    template = await _onboarding(screen) if choice.who is not None else None
    moves, lapses = await screen.ask(rehearsed, screen.author(), choice.order, choice.newcomer)
    to = choice.who.label if choice.who is not None else ""
    look = Look(choice.order, named[choice.order.leaver], to, tuple(moves), lapses, template, choice.newcomer)
    if not await screen.app.push_screen_wait(HandoverPreview(screen, look)):
        raise NotYet
    if await screen.ask(rehearsed, screen.author(), choice.order, choice.newcomer) != (moves, lapses):
        raise Conflict("Somebody has changed something since you looked: save again to see what moves now.")
    done = await screen.ask(hand_over, screen.author(), choice.order, template, newcomer=choice.newcomer)
    return f"Handed over: {_moved(done, to)}. {screen.app.key_of('change.undo')} takes it back."


async def _onboarding(screen: ChangingScreen) -> "Template":
    from tui_plan.exchange.checklist_templates import template

    return await screen.ask(template, ONBOARDING)


def _moved(moves: Sequence[Move], to: str) -> str:
    count = "1 thing" if len(moves) == 1 else f"{len(moves)} things"
    return f"{count} moved to {to}" if to else f"{count}, and nobody took over"
