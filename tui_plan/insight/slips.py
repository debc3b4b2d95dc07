"""Actions that do not happen as intended, and whether anybody has written down what that puts at risk."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tui_plan.insight.action_rows import ActionRow, action_rows, expected_day, is_open
from tui_plan.model.base import rows
from tui_plan.model.plan import Action, DevelopmentArea
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.vocabulary import EntryKind


class Slip(NamedTuple):
    """An open action that is overdue, or expected after the day that partners agreed. ``action`` and ``plan`` are uids.

    ``days`` is how far it lies behind what was agreed (or else expected) by now. ``assessed`` says whether a risk or
    an issue, open or settled, is linked to it. ``owners`` are names, the accountable one first.
    """

    action: str
    number: int
    title: str
    plan: str
    owners: tuple[str, ...]
    agreed: date | None
    expected: date
    days: int
    assessed: bool

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"A-{self.number}"


def slips(today: date, plan: str | None = None) -> list[Slip]:
    """Return the slips of a plan (of all, if None), the furthest behind first. A fixed number of questions."""
    return slips_of(slipping_actions(today, plan), today)


def slipping_actions(today: date, plan: str | None = None) -> list[ActionRow]:
    """Return the open actions that are overdue, or expected after the day that partners agreed, in plan order."""
    late = (expected_day() < today.isoformat()) | (expected_day() > Action.agreed)
    return action_rows(plan, is_open() & late)


def slips_of(actions: Iterable[ActionRow], today: date) -> list[Slip]:
    """Return the slips of actions that were read already."""
    assessed = _assessed()
    plans = dict(rows(DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.plan)))
    made = [_slip(row, row.expected, plans[row.area], row.uid in assessed, today) for row in actions if row.expected]
    return sorted(made, key=lambda slip: (-slip.days, slip.number))


def _slip(row: ActionRow, expected: date, plan: str, assessed: bool, today: date) -> Slip:
    owners = tuple(owner.name for owner in row.owners)
    behind = (max(expected, today) - min(row.agreed or expected, expected)).days
    return Slip(row.uid, row.number, row.title, plan, owners, row.agreed, expected, behind, assessed)


def _assessed() -> set[str]:
    """Return the actions (uid) to which a risk or an issue is linked."""
    query = EntryLink.select(EntryLink.action).join(RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid))
    kinds = RegisterEntry.kind.in_([EntryKind.RISK.value, EntryKind.ISSUE.value])
    return {uid for (uid,) in rows(query.where(EntryLink.action.is_null(False) & kinds))}
