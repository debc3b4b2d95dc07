"""The dates of one row of a sheet: what was agreed first, what is expected now, and the words that are no date.

Only ``sheet_reading`` calls this. What a text says is decided in ``model.dates``; here it is put into its place.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from tui_plan.exchange.sheet_columns import Field
from tui_plan.exchange.sheet_plan import Findings, ReadDates
from tui_plan.model.clean import clean
from tui_plan.model.dates import Ambiguous, DateOrder, Impossible, Period, Words, Written, show_date, written_period

LONGEST_NOTE = 1_000
_BY = re.compile(r"(?:due\s+)?by\s+(?=.*[0-9])", re.IGNORECASE)
_LABELS = {Field.BASELINE: "Baseline", Field.REVISED: "Revised", Field.START: "Start", Field.ACTUAL: "Actual"}


@dataclass(slots=True)
class DateReader:
    """Reads the dates of row after row; a text that has been understood once is not parsed again."""

    order: DateOrder | None
    today: date | None
    findings: Findings
    _known: dict[str, Written | Period] = field(default_factory=dict)
    _ambiguous: dict[str, list[int]] = field(default_factory=dict)
    _orders: dict[DateOrder, dict[str, list[int]]] = field(default_factory=dict)

    def read(self, row: int, texts: dict[Field, str]) -> ReadDates:
        """Return the dates of ``row``, whose cells ``texts`` holds; words and troubles go to the findings."""
        timescale = self._written(row, texts.get(Field.TIMESCALE, ""))
        revised = self._written(row, texts.get(Field.REVISED, ""))
        start = self._written(row, texts.get(Field.START, ""))
        actual = self._written(row, texts.get(Field.ACTUAL, ""))
        baseline = self._written(row, texts.get(Field.BASELINE, ""))
        first = timescale.end if isinstance(timescale, Period) else _date(timescale)
        forecast = revised.end if isinstance(revised, Period) else _date(revised)
        begin = self._start(row, start, timescale)
        if forecast is not None:
            self.findings.revised.append((row, first, forecast))
            if first is None:
                self.findings.look(row, "has a revised date but no first one")
        if begin is not None:
            self._check_order(row, begin, first, forecast)
        written = {
            Field.TIMESCALE: timescale,
            Field.BASELINE: baseline,
            Field.START: start,
            Field.REVISED: revised,
            Field.ACTUAL: actual,
        }
        notes = [self._note(row, column, texts, found) for column, found in written.items()]
        note = "; ".join(filter(None, (*notes, clean(texts.get(Field.TIMESCALE_NOTE, "")))))
        if len(note) > LONGEST_NOTE:
            self.findings.problem(row, f"its timescale has {len(note):,} characters: shorten it to {LONGEST_NOTE:,}.")
        return ReadDates(begin, _date(baseline) or first, first, forecast, self._actual(row, actual), note)

    def finish(self) -> None:
        """Turn the ambiguous dates of all rows into problems, one for each text; tell of orders that are mixed."""
        self._check_orders()
        for text, rows in self._ambiguous.items():
            found = self._known[text]
            if isinstance(found, Ambiguous):
                self.findings.problem(rows[0], f"{_either(found, rows)} Choose --dates day-month or --dates month-day.")

    def _check_orders(self) -> None:
        """Point at the rarer order of day and month, where dates that can be read in one way only show both."""
        if len(self._orders) < 2:
            return
        rare, usual = sorted(self._orders, key=lambda order: sum(map(len, self._orders[order].values())))
        shown = [f"the {order.partition('-')[0]} first ({next(iter(self._orders[order]))})" for order in (rare, usual)]
        for row in sorted({row for rows in self._orders[rare].values() for row in rows}):
            self.findings.look(row, f"puts {shown[0]}, others {shown[1]}: one may be a slip")

    def _actual(self, row: int, actual: Written | Period | None) -> date | None:
        done = _date(actual)
        if done is not None and self.today is not None and done > self.today:
            self.findings.problem(
                row, f"the actual date {show_date(done)} lies in the future: make it the revised date."
            )
        return done

    def _start(self, row: int, start: Written | Period | None, timescale: Written | Period | None) -> date | None:
        given = _date(start)
        if not isinstance(timescale, Period):
            return given
        if given is not None and given != timescale.start:
            self.findings.problem(
                row, f"the start is {show_date(given)}, but the timescale begins on {show_date(timescale.start)}."
            )
        return timescale.start

    def _check_order(self, row: int, start: date, first: date | None, forecast: date | None) -> None:
        for name, end in (("end", first), ("revised date", forecast)):
            if end is not None and end < start:
                self.findings.problem(row, f"the {name} {show_date(end)} lies before the start {show_date(start)}.")

    def _written(self, row: int, text: str) -> Written | Period | None:
        """Understand one cell and enter in the findings what it turned out to be."""
        if not text:
            return None
        if text not in self._known:
            self._known[text] = written_period(_BY.sub("", text, count=1), self.order)
        found = self._known[text]
        if isinstance(found, Ambiguous):
            self._ambiguous.setdefault(text, []).append(row)
        elif isinstance(found, Impossible):
            self.findings.problem(row, found.sentence)
        elif isinstance(found, Words):
            if found.hint:
                self.findings.look(row, f"is kept as words: {found.hint.removesuffix('.')}")
        else:
            day = found.end if isinstance(found, Period) else found
            rows = self.findings.dates.setdefault((text, day), [])
            if row not in rows[-1:]:
                rows.append(row)
            order = _only_order(text) if self.order is None else None
            if order is not None:
                self._orders.setdefault(order, {})[text] = rows
        return found

    def _note(self, row: int, column: Field, texts: dict[Field, str], found: Written | Period | None) -> str:
        """The words of a cell as the timescale note keeps them; of a period only what no date field can keep."""
        words = isinstance(found, Words) or (isinstance(found, Period) and column is not Field.TIMESCALE)
        if not words:
            return ""
        text = clean(texts[column])
        note = f"{_LABELS[column]}: {text}" if column in _LABELS else text
        self.findings.words.setdefault(note, []).append(row)
        return note


@lru_cache(maxsize=1_000)
def _only_order(text: str) -> DateOrder | None:
    """Return the only order of day and month in which a text of figures is a date, or None."""
    if any(map(str.isalpha, text)):
        return None
    fitting = [order for order in DateOrder if not isinstance(written_period(text, order), Impossible)]
    return fitting[0] if len(fitting) == 1 else None


def _date(found: Written | Period | None) -> date | None:
    return found if isinstance(found, date) else None


def _either(found: Ambiguous, rows: list[int]) -> str:
    more = len(rows) - 1
    also = f" (and {more} more {'row' if more == 1 else 'rows'})" if more else ""
    day_first, month_first = (show_date(day, "day-month") for day in (found.day_first, found.month_first))
    return f"{found.text}{also} can be {day_first} or {month_first}."
