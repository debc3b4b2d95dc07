"""Actions and days as lines of text, the same in every command that lists them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tui_plan.cli.output import Page, crop, fit
from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.agenda import AgendaLine
from tui_plan.model.date_words import distance, weekday
from tui_plan.model.vocabulary import SIGNS

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

NOBODY = "nobody yet"
_WHO, _WHEN, _KIND = 18, 15, 15


def action_line(row: ActionRow, today: date, page: Page, first: int) -> str:
    """Return an action as one line: its sign, reference in ``first`` cells, title, owners, and how far off it is."""
    late = row.overdue(today)
    sign = page.paint("!", "red") if late else SIGNS[row.status]
    title = page.width - first - _WHO - _WHEN - 6
    who = ", ".join(owner.label for owner in row.owners) or NOBODY
    when = distance(row.expected, today, past="late" if late else "ago") if row.expected else row.timescale_note
    end = fit(who, _WHO) + fit(when or "no date", _WHEN, right=True)
    return f"{sign} {fit(row.ref, first)}  {fit(row.title, title)}  {end}"


def agenda_lines(lines: Sequence[AgendaLine], width: int) -> list[str]:
    """Return the entries of an agenda as lines; the day stands only before the first of each day."""
    first = max((len(line.ref) for line in lines), default=0)
    made: list[str] = []
    day: date | None = None
    for line in lines:
        shown = f"{weekday(line.day)} {line.day.day} {line.day:%b}" if line.day != day else ""
        day = line.day
        at = f"{line.at:%H:%M} " if line.at else ""
        title = f"{at}{line.title} ({line.note})" if line.note else f"{at}{line.title}"
        room = width - first - _KIND - 15
        made.append(f"  {fit(shown, 10)} {fit(line.ref, first)} {fit(line.kind, _KIND)} {crop(title, room)}")
    return made


def moment_told(at: datetime, call: "Call") -> str:
    """Return a moment of the ledger (naive UTC) as local day and time."""
    local = at.replace(tzinfo=UTC).astimezone()
    return f"{call.shown(local.date())} {local:%H:%M}"
