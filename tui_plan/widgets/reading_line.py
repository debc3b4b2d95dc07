"""The field in which a reading of an outcome measure is typed on one line: its day, its value, and a remark.

What was understood shows beneath as it is typed. Nothing is guessed: a line that lacks its day or its value says so.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput
from tui_plan.widgets.fields import AmountField, DateReading, TextField, Understand

EXAMPLE = "2026-03-31 42 survey in 3 schools"
NO_VALUE = ("-", "–")
"""What stands in place of the value where only a remark is written down."""
_LONGEST_DAY = 5
"""Words that a day may have: Tue, 31 March, 2026."""
_AMOUNT = AmountField(name="value", label="Value", least=None)


class TypedReading(NamedTuple):
    """One reading as it was typed: its value may be missing where a remark says why."""

    day: date
    value: Decimal | None
    remark: str


def future_words(day: date) -> str:
    """Return what is said of a reading of a day to come."""
    return f"{day.isoformat()} lies in the future: a reading has been taken."


@dataclass(frozen=True, kw_only=True)
class ReadingField(TextField):
    """One line with a reading; ``understand`` reads its day, which may not lie after ``today``."""

    understand: Understand
    today: date
    unit: str = ""

    def note(self, raw: str) -> str:
        """Return what was understood so far, or what comes next."""
        if not raw.strip():
            return f"Day, value and remark, such as {EXAMPLE}"
        try:
            typed = self.reading(raw)
        except InvalidInput:
            return _day_words(clean(raw).split(), self.understand)
        value = "no value" if typed.value is None else f"{typed.value:f} {self.unit}".strip()
        day = self.understand(typed.day.isoformat()).words
        return " · ".join(part for part in (day, value, typed.remark) if part)

    def reading(self, raw: str) -> TypedReading:
        """Return the reading that was typed; raises InvalidInput."""
        words = clean(raw).split()
        found, many = _first_day(words, self.understand)
        if found.day is None:
            raise InvalidInput(found.problem, self.name)
        if found.day > self.today:
            raise InvalidInput(future_words(found.day), self.name)
        value, rest = self._value(words[many:])
        if value is None and not rest:
            raise InvalidInput("Say after the - why there is no value.", self.name)
        return TypedReading(found.day, value, " ".join(rest))

    def _read(self, raw: str) -> str:
        self.reading(raw)
        return clean(raw)

    def _value(self, words: list[str]) -> tuple[Decimal | None, list[str]]:
        """Return the value with the words behind it, its unit left out."""
        sentence = "Write the value after the day, such as 42 or 3.5; a - stands for none."
        if not words:
            raise InvalidInput(sentence, self.name)
        first, *rest = words
        if first in NO_VALUE:
            return None, rest
        try:
            value = _AMOUNT.read(first.removesuffix(self.unit) if self.unit else first)
        except InvalidInput as problem:
            raise InvalidInput(sentence, self.name) from problem
        if not isinstance(value, Decimal):
            raise InvalidInput(sentence, self.name)
        return value, rest[1:] if rest and rest[0] == self.unit else rest


def _first_day(words: list[str], understand: Understand) -> tuple[DateReading, int]:
    """Return the longest beginning that is a day, with how many words it has; else what is wrong with the first."""
    until = next((at for at, word in enumerate(words) if word in NO_VALUE), len(words))
    for many in range(min(until, _LONGEST_DAY), 0, -1):
        reading = understand(" ".join(words[:many]))
        if reading.day is not None:
            return reading, many
    problem = understand(words[0]).problem if words and not words[0].isalnum() else ""
    return DateReading(problem=problem or "Begin with the day: 2026-03-31, 31 Mar 2026, today or -1w."), 0


def _day_words(words: list[str], understand: Understand) -> str:
    found, many = _first_day(words, understand)
    return f"{found.words} · then the value" if many and many == len(words) else found.words
