"""What partners were told and when they were heard from: one form for one or many, and the log of one party."""

from collections.abc import Sequence

from tui_plan.insight.choosing import plan_choices
from tui_plan.insight.finding import party_choices
from tui_plan.insight.heard import ContactLine, contact_log
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import Direction
from tui_plan.operations.communications import record_communication, remove_communication
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options, place_options
from tui_plan.screens.forms_records import Told, told_form
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

MOST_NAMES = 3
_SIGNS = {Direction.HEARD: "←", Direction.TOLD: "→"}


async def record_told(
    screen: ChangingScreen,
    parties: Sequence[str],
    names: Sequence[str],
    *,
    direction: Direction = Direction.TOLD,
) -> None:
    """Ask what parties were told, or what they said, and record it; call it from a flow.

    ``parties`` (uids) are chosen at first, ``names`` tell whom the form is about, ``direction`` is proposed.
    """
    today = screen.app.today

    async def submit(told: Told) -> None:
        who = [await screen.party_uid(pick) for pick in told.who]
        await screen.ask(
            record_communication,
            screen.author(),
            who,
            told.direction,
            on=told.on,
            today=today,
            channel=told.channel,
            words=told.words,
            plan=told.plan,
        )

    everybody = party_options(await screen.ask(party_choices))
    plans = place_options(await screen.ask(plan_choices))
    spec = told_form(
        _whom(names), everybody, parties, plans, today, screen.understand, plan=screen.app.plan, direction=direction
    )
    done = await screen.ask_kept(spec, submit, about=f"told:{' '.join(sorted(parties))}")
    if done is not None:
        whom = done.who[0].label if len(done.who) == 1 else f"{len(done.who)} of them"
        screen.say(f"Recorded: {'told' if done.direction is Direction.TOLD else 'heard from'} {whom}.")


class LogDialog(DetailedDialog[tuple[int, ContactLine]]):
    """A modal list of all contacts with somebody, the latest first; those recorded by hand can be removed."""

    NAME = "Contact log"
    TITLE = "Told and heard"
    EMPTY = "Never heard from, and never told anything. Press a to record a call, a letter or a word after a meeting."
    HELP = (
        "← is what we heard from them, → what we told them. Progress that was recorded on their word, answers about a "
        "plan and drills stand here of themselves; only what was recorded by hand can be removed here."
    )
    COLUMNS = (Column(width=13), Column(width=11, drop=1), Column(least=30))
    LACKING = frozenset({"edit"})

    async def read_again(self) -> None:
        """Show all contacts as they are recorded now."""
        lines = await self._owner.ask(contact_log, self._about)
        reader = Reader[tuple[int, ContactLine], RowView](
            key=lambda item: item[1].communication or f"other:{item[0]}",
            view=lambda item, _: _view(item[1], self._owner.date_style),
        )
        # counted from the oldest, so that a new line leaves the keys of the others alone
        self.show_items([(len(lines) - place, line) for place, line in enumerate(lines)], reader)

    def in_full(self, item: tuple[int, ContactLine]) -> tuple[str, list[Block]]:
        """Return all that is known of one contact."""
        _, line = item
        day = f"{show_date(line.on, self._owner.date_style)}, {distance(line.on, self._owner.app.today)}"
        by_hand = "by hand" if line.communication else "of itself, by another record"
        blocks: list[Block] = [Labelled("On", day), Labelled("How", line.channel or "not said")]
        blocks.append(Labelled("Recorded", by_hand))
        said: list[Block] = [Paragraph(line.words)] if line.words else []
        title = "We told them" if line.direction == Direction.TOLD else "We heard from them"
        return title, [*said, *blocks]

    def opened(self) -> None:
        """Go to the words in full, to scroll there."""
        self.action_other_pane()

    async def add_item(self) -> None:
        """Ask what they were told or said, and record it."""
        await record_told(self._owner, (self._about,), (self._heading,))

    async def remove_item(self, item: tuple[int, ContactLine]) -> None:
        """Remove what was recorded by hand, after asking."""
        _, line = item
        if not line.communication:
            raise Refused("This follows from another record (progress, an agreement or a drill): change it there.")
        if await self.sure(f"Remove what was recorded for {show_date(line.on, self._owner.date_style)}?"):
            await self._owner.run_change(remove_communication, self._owner.author(), line.communication)


def _whom(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _view(line: ContactLine, style: str) -> RowView:
    direction = Direction(line.direction)
    sign = Piece(f"{_SIGNS[direction]} ", Role.ACCENT if direction is Direction.HEARD else Role.DIM)
    told = "told, without words" if direction is Direction.TOLD else "heard from, without words"
    words = Piece(line.words) if line.words else Piece(told, Role.DIM)
    return RowView(((sign, Piece(show_date(line.on, style))), Piece(line.channel, Role.DIM), words))
