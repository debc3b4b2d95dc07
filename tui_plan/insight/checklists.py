"""Checklists as they stand: the runs about a plan, a person, a post or a list, and one run with its items."""

from datetime import date, datetime
from typing import Any, NamedTuple

from peewee import Case, fn

from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Party
from tui_plan.model.vocabulary import ChecklistKind, Rating


class RunLine(NamedTuple):
    """One run with how far it is: of ``items``, ``settled`` are in place or not applicable, and ``rated`` are rated.

    ``about`` is a name.
    """

    uid: str
    number: int
    title: str
    kind: str
    template: str
    about: str
    started_on: date
    due: date | None
    finished_on: date | None
    items: int
    settled: int
    rated: int

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"C-{self.number}"

    @property
    def passed(self) -> int:
        """How many items it is through with: an assessment rates them all, any other run settles them."""
        return self.rated if self.kind == ChecklistKind.STAGE else self.settled

    @property
    def progress(self) -> str:
        """The same in words: "3 of 14 rated", "4 of 5 done"."""
        return f"{self.passed} of {self.items} {'rated' if self.kind == ChecklistKind.STAGE else 'done'}"

    def overdue(self, today: date) -> bool:
        """Whether it should have been finished by now."""
        return self.finished_on is None and self.due is not None and self.due < today


class ItemLine(NamedTuple):
    """One item of a run. ``party`` is whom a line of a drill calls; ``at`` is naive and local."""

    uid: str
    key: str
    section: str
    text: str
    party: str
    rating: str
    at: datetime | None
    channel: str
    successes: str
    challenges: str
    next_steps: str
    evidence: str
    candour: str
    row_version: int

    @property
    def rated(self) -> bool:
        """Whether anybody has said how far it is."""
        return bool(self.rating)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.rating in {Rating.IN_PLACE, Rating.NOT_APPLICABLE}


class RunDetail(NamedTuple):
    """A run whole, with its items in order."""

    line: RunLine
    remarks: str
    group: str | None
    items: tuple[ItemLine, ...]


def checklist_runs(about: str | None = None, *, plan: str | None = None) -> list[RunLine]:
    """Return runs, those still open first, then the latest: about a person, post or group, of a plan, or all."""
    query = _runs()
    if about is not None:
        query = query.where(
            (ChecklistRun.party == about) | (ChecklistRun.post == about) | (ChecklistRun.group == about)
        )
    if plan is not None:
        query = query.where(ChecklistRun.plan == plan)
    found = [_line(row) for row in rows(query)]
    return sorted(found, key=lambda run: (run.finished_on is not None, -run.started_on.toordinal(), -run.number))


def checklist_run(uid: str) -> RunDetail:
    """Return one run with its items; ``NotFound`` if it is gone."""
    found = rows(_runs().where(ChecklistRun.uid == uid))
    if not found:
        raise NotFound("This checklist is no longer there: somebody removed it.")
    fields = [ChecklistItem._meta.fields[name] for name in ItemLine._fields]
    items = ChecklistItem.select(*fields).where(ChecklistItem.run == uid).order_by(ChecklistItem.position)
    remarks, group = rows(ChecklistRun.select(ChecklistRun.remarks, ChecklistRun.group).where(ChecklistRun.uid == uid))[
        0
    ]
    lines = tuple(ItemLine(*(*row[:4], row[4] or "", *row[5:])) for row in rows(items))
    return RunDetail(_line(found[0]), remarks, group, lines)


def _runs() -> Any:
    settled = ChecklistItem.rating.in_([Rating.IN_PLACE.value, Rating.NOT_APPLICABLE.value])
    return (
        ChecklistRun.select(
            ChecklistRun.uid,
            ChecklistRun.number,
            ChecklistRun.title,
            ChecklistRun.kind,
            ChecklistRun.template,
            Party.name,
            ChecklistRun.started_on,
            ChecklistRun.due,
            ChecklistRun.finished_on,
            fn.COUNT(ChecklistItem.uid),
            fn.SUM(Case(None, [(settled, 1)], 0)),
            fn.SUM(Case(None, [(ChecklistItem.rating != "", 1)], 0)),
        )
        .left_outer_join(ChecklistItem, on=(ChecklistItem.run == ChecklistRun.uid))
        .switch(ChecklistRun)
        .left_outer_join(
            Party, on=(Party.uid == fn.COALESCE(ChecklistRun.party, ChecklistRun.group, ChecklistRun.post))
        )
        .group_by(ChecklistRun.uid)
    )


def _line(row: tuple[Any, ...]) -> RunLine:
    *head, items, settled, rated = row
    return RunLine(*(*head[:5], head[5] or "", *head[6:], items, settled or 0, rated or 0))
