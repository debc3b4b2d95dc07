"""Who was briefed, and when: onboarding steps that were done, and briefings and workshops of one's groups.

Attendance is not recorded yet, so a held briefing of a group counts as one for all who sit in it.
"""

from datetime import date
from typing import NamedTuple

from tui_plan.insight.gatherings import gatherings
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.vocabulary import ChecklistKind, MeetingKind, MeetingStatus, Rating

BRIEFED_BY = ("briefing", "workshop")
"""The keys of onboarding steps that are briefings."""

_KINDS = (MeetingKind.BRIEFING, MeetingKind.WORKSHOP)


class BriefingLine(NamedTuple):
    """One briefing or workshop: the day, and what it was in words. A day to come is one that is planned."""

    on: date
    words: str


def briefings_of(party: str, groups: tuple[str, ...], people: PeopleOn) -> list[BriefingLine]:
    """Return a person's briefings, the latest first: onboarding steps done, meetings of ``groups`` held or coming."""
    found = [*_onboarding(party), *(_of_groups(groups, people.day) if groups else ())]
    return sorted(found, key=lambda line: line.on, reverse=True)


def _onboarding(party: str) -> list[BriefingLine]:
    query = (
        ChecklistItem.select(ChecklistItem.at, ChecklistItem.text)
        .join(ChecklistRun)
        .where(
            (ChecklistRun.party == party)
            & (ChecklistRun.kind == ChecklistKind.ONBOARDING.value)
            & ChecklistItem.key.in_(BRIEFED_BY)
            & (ChecklistItem.rating == Rating.IN_PLACE.value)
        )
    )
    return [BriefingLine(at.date(), words) for at, words in rows(query) if at is not None]


def _of_groups(groups: tuple[str, ...], day: date) -> list[BriefingLine]:
    kinds = [kind.value for kind in _KINDS]
    mine = MeetingSeries.group.in_(groups) & MeetingSeries.kind.in_(kinds)
    series = [uid for (uid,) in rows(MeetingSeries.select(MeetingSeries.uid).where(mine))]
    if not series:
        return []
    held = Meeting.select(Meeting.start, Meeting.title).where(
        Meeting.series.in_(series) & (Meeting.status == MeetingStatus.HELD.value)
    )
    found = [BriefingLine(start.date(), title) for start, title in rows(held)]
    ahead = date.fromordinal(day.toordinal() + 60)
    coming = [each for each in gatherings(day, ahead) if each.series in series and each.status == MeetingStatus.PLANNED]
    return found + [BriefingLine(each.start.date(), each.title) for each in coming[:1]]
