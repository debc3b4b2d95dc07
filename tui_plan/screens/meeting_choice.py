"""Which meeting something happened at: those of a plan around today, to choose from in a form."""

from datetime import date, timedelta

from tui_plan.insight.gatherings import Occurrence, gatherings
from tui_plan.model.date_words import show_date, weekday
from tui_plan.model.vocabulary import MeetingStatus
from tui_plan.operations.meetings import MeetingAt
from tui_plan.screens.changing import ChangingScreen
from tui_plan.widgets.fields import Option

BEHIND = timedelta(weeks=8)
AHEAD = timedelta(weeks=2)


class MeetingChoice:
    """The meetings to choose from, the latest first, those to come last; ``proposed`` is the key of today's, if any."""

    def __init__(self, meetings: list[Occurrence], today: date, style: str) -> None:
        near = sorted(meetings, key=lambda each: (each.start.date() > today, abs(each.start.date() - today)))
        self._by_key = {_key(each): each for each in near}
        self.options = tuple(
            Option(key, f"{show_date(each.start.date(), style)} {each.title}", weekday(each.start.date()))
            for key, each in self._by_key.items()
        )
        self.proposed = next((key for key, each in self._by_key.items() if each.start.date() == today), "")

    def at(self, key: str) -> MeetingAt | None:
        """Return the meeting with a key for an operation; None where none was chosen."""
        chosen = self._by_key.get(key)
        return MeetingAt(chosen.meeting, chosen.series, chosen.original) if chosen is not None else None


async def meetings_around(owner: ChangingScreen, plan: str) -> MeetingChoice:
    """Return the meetings of a plan around today that were not cancelled."""
    today = owner.app.today
    found = await owner.ask(gatherings, today - BEHIND, today + AHEAD, plan)
    held = [meeting for meeting in found if meeting.status != MeetingStatus.CANCELLED]
    return MeetingChoice(held, today, owner.date_style)


def _key(meeting: Occurrence) -> str:
    return f"{meeting.meeting or meeting.series}@{meeting.original or meeting.start:%Y-%m-%dT%H:%M}"
