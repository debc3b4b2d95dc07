"""``status``: how things stand, on one screen of plain text or as JSON.

The screen is at most 23 lines, so that the prompt still fits below it at 80×24. Nothing is told by colour alone.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tui_plan.cli.lists import action_line, agenda_lines
from tui_plan.cli.output import bar, counted, fit, percent
from tui_plan.cli.shapes import action_shape, agenda_shape
from tui_plan.insight.action_rows import DUE_SOON_DAYS, ActionRow
from tui_plan.insight.agenda import AgendaLine, agenda
from tui_plan.insight.health import Counts, PlanHealth, area_counts, plan_health
from tui_plan.insight.urgent import most_overdue
from tui_plan.model.base import rows
from tui_plan.model.date_words import weekday
from tui_plan.model.plan import DevelopmentArea
from tui_plan.model.vocabulary import SIGNS, Confidence

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.cli.output import Page

LINES = 23
_MOST_ROWS = 8
_BAR = 6
_Row = tuple[str, str, Counts, date | None]


def status(call: "Call") -> int:
    """Print how the plans (or the one of --plan) stand; 1 when something is overdue or in red."""
    with call.reading():
        plan = call.plan()
        plans = plan_health(call.today, plan)
        areas = _areas(call.today, plans[0].uid) if len(plans) == 1 else []
        overdue = most_overdue(call.today, plan, LINES)
        coming = agenda(call.today, call.today + timedelta(days=DUE_SOON_DAYS), plan)
    if call.json:
        call.page.json(_shape(call, plans, areas, overdue, coming))
    elif plans:
        _Screen(call, plans, areas).show(overdue, coming)
    else:
        call.page.line("There is no plan yet. Bring one in:  tui-plan import plan.xlsx --dry-run")
        call.page.line("or begin with an empty one:          tui-plan add plan 'Its name'")
    return int(any(one.needs_attention for one in plans))


class _Screen:
    """Prints the parts from the top down and knows how many lines are left."""

    def __init__(self, call: "Call", plans: list[PlanHealth], areas: list[_Row]) -> None:
        self._today = call.today
        self._page: Page = call.page
        self._now = f"{weekday(self._today)} {self._today.day} {self._today:%b %Y}"
        self._plans = plans
        self._areas = areas
        self._left = LINES

    def show(self, overdue: list[ActionRow], coming: list[AgendaLine]) -> None:
        """Print the head, the table, then what is overdue and what comes, sharing the lines that are left."""
        if len(self._plans) == 1:
            self._one_plan(self._plans[0])
            self._table("Development area", self._areas, days=False)
        else:
            self._line(self._page.paint(f"How {len(self._plans)} plans stand on {self._now}", "bold") + self._legend())
            self._line()
            self._table("Plan", [(one.ref, one.name, one.counts, one.next_day) for one in self._plans], days=True)
        late = sum(one.counts.overdue for one in self._plans)
        room = self._left - 4 if overdue else self._left - 2
        self._overdue(overdue, late, room - min(max(len(coming), 1), room // 2))
        self._coming(coming)

    def _line(self, text: str = "") -> None:
        self._page.line(text)
        self._left -= 1

    def _one_plan(self, plan: PlanHealth) -> None:
        name = fit(f"{plan.ref} {plan.name}", self._page.width - len(self._now) - 2)
        self._line(self._page.paint(name, "bold") + "  " + self._now)
        counts = plan.counts
        told = f" {percent(counts.share_complete)} complete: {counts.complete} of {counts.actions - counts.withdrawn}"
        told += f", {counts.in_progress} in progress"
        if plan.next_day:
            told += f", next date {_short_day(plan.next_day, self._today)}"
        self._line(bar(counts.share_complete, max(self._page.width - 60, _BAR)) + told)
        if self._legend():
            told = f"{SIGNS[Confidence.RED]} {counts.red} in red, {SIGNS[Confidence.AMBER]} {counts.amber} in amber"
            self._line(self._page.paint(told, "yellow"))
        self._line()

    def _legend(self) -> str:
        """What the signs of confidence say, where any plan has one."""
        if not any(one.counts.red or one.counts.amber for one in self._plans):
            return ""
        return f"   {SIGNS[Confidence.RED]} something in red, {SIGNS[Confidence.AMBER]} in amber"

    def _table(self, what: str, table: list[_Row], *, days: bool) -> None:
        most = len(table) if len(table) <= _MOST_ROWS else _MOST_ROWS - 1
        first = max((len(ref) for ref, *_ in table), default=3) + 1
        title = self._page.width - first - (54 if days else 45)
        head = (
            fit("", first + 2) + fit(what, title) + "  " + fit("Complete", _BAR + 5) + " Overdue  Soon Blocked Unowned"
        )
        self._line(self._page.paint(head + ("     Next" if days else ""), "dim"))
        for ref, name, counts, day in table[:most]:
            end = fit(_short_day(day, self._today), 9, right=True) if days else ""
            self._line(f"{fit(ref, first)}{self._sign(counts)} {fit(name, title)}  {self._cells(counts)}{end}")
        if len(table) > most:
            late = sum(counts.overdue for _, _, counts, _ in table[most:])
            self._line(f"{'':<{first}}  … and {len(table) - most} more, {late} overdue in them")

    def _sign(self, counts: Counts) -> str:
        if counts.red:
            return self._page.paint(SIGNS[Confidence.RED], "red")
        return self._page.paint(SIGNS[Confidence.AMBER], "yellow") if counts.amber else " "

    def _cells(self, counts: Counts) -> str:
        late = fit(f"! {counts.overdue}" if counts.overdue else "0", 8, right=True)
        share = fit(percent(counts.share_complete), 5, right=True)
        numbers = ((counts.due_soon, 6), (counts.blocked, 8), (counts.unowned, 8))
        return (
            bar(counts.share_complete, _BAR)
            + share
            + (self._page.paint(late, "red") if counts.overdue else late)
            + "".join(fit(str(number), width, right=True) for number, width in numbers)
        )

    def _overdue(self, overdue: list[ActionRow], late: int, room: int) -> None:
        if not overdue:
            return
        shown = overdue[:room]
        self._heading(
            f"Overdue: {counted(late, 'action')}" + (f", the {len(shown)} longest" if late > len(shown) else "")
        )
        first = max(len(row.ref) for row in shown)
        for row in shown:
            self._line(action_line(row, self._today, self._page, first))

    def _coming(self, coming: list[AgendaLine]) -> None:
        if not coming:
            self._line()
            self._line(f"Nothing is due in the next {DUE_SOON_DAYS} days.")
            return
        shown = coming[: self._left - 2]
        rest = f", the first {len(shown)} of {len(coming)}" if len(coming) > len(shown) else ""
        self._heading(f"In the next {DUE_SOON_DAYS} days{rest}")
        for text in agenda_lines(shown, self._page.width):
            self._line(text)

    def _heading(self, text: str) -> None:
        self._line()
        self._line(self._page.paint(text, "bold"))


def _short_day(day: date | None, today: date) -> str:
    if day is None:
        return "–"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day:%b %Y}"


def _areas(today: date, plan: str) -> list[_Row]:
    counts = area_counts(today, plan)
    query = DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.number, DevelopmentArea.title)
    ordered = query.where(DevelopmentArea.plan == plan).order_by(DevelopmentArea.position, DevelopmentArea.number)
    return [(f"D-{number}", title, counts.get(uid, Counts()), None) for uid, number, title in rows(ordered)]


def _shape(
    call: "Call", plans: list[PlanHealth], areas: list[_Row], overdue: list[ActionRow], coming: list[AgendaLine]
) -> dict[str, Any]:
    return {
        "today": call.today,
        "plans": [_plan_shape(one) for one in plans],
        "areas": [{"ref": ref, "title": title, **_counts_shape(counts)} for ref, title, counts, _ in areas],
        "overdue": [action_shape(row, call.today) for row in overdue],
        "coming": [agenda_shape(line) for line in coming],
    }


def _plan_shape(plan: PlanHealth) -> dict[str, Any]:
    return {
        "ref": plan.ref,
        "uid": plan.uid,
        "name": plan.name,
        "version": plan.version,
        "start": plan.start,
        "end": plan.end,
        "areas": plan.areas,
        **_counts_shape(plan.counts),
        "next_date": plan.next_day,
        "needs_attention": plan.needs_attention,
    }


def _counts_shape(counts: Counts) -> dict[str, Any]:
    named = {name: getattr(counts, name) for name in Counts._fields}
    return {**named, "share_complete": None if counts.share_complete is None else round(counts.share_complete, 4)}
