"""Telling live what a typed date means. Forms use it under their date fields; it only words what the model reads."""

from collections.abc import Callable
from datetime import date

from tui_plan.model.dates import DateOrder, DateStyle, distance, show_date, typed_date, weekday
from tui_plan.model.errors import InvalidInput
from tui_plan.widgets.fields import DateReading


def understanding(today: date, order: DateOrder | None = None) -> Callable[[str], DateReading]:
    """Return the function that reads a typed date, counted from ``today``: "Fri 2 Oct 2026, in 3 weeks"."""

    def understand(text: str) -> DateReading:
        try:
            day = typed_date(text, today, order)
        except InvalidInput as problem:
            return DateReading(problem=str(problem))
        return DateReading(day, f"{weekday(day)} {show_date(day, DateStyle.DAY_MONTH)}, {distance(day, today)}")

    return understand
