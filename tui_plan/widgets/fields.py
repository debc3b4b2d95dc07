"""The fields a form may declare, and how each reads what was typed. Plain values only; nothing here draws.

What a field holds while it is edited is one text (``raw``), so that drafts are plain too; ``read`` makes its value.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from tui_plan.model.clean import ONE_LINE, clean
from tui_plan.model.errors import InvalidInput

T = TypeVar("T")
Value = str | date | Decimal | bool | tuple["Picked", ...] | None

NEW_MARK = "+"
_AMOUNT = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a typed date was understood as: the day with ``words`` that say it, or the ``problem`` with it."""

    day: date | None = None
    words: str = ""
    problem: str = ""


Understand = Callable[[str], DateReading]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its key, its label, and a dim hint beside it (an organisation, a post)."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """Something chosen: an existing one by ``key``, or a new one, whose key is empty, to be made with ``label``."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """What all fields have: the name under which the value comes back, a label above and a hint beside it.

    Two ``half`` fields in a row stand side by side. ``missing`` is said where a required field is empty.
    """

    name: str
    label: str
    hint: str = ""
    required: bool = False
    half: bool = False
    missing: str = ""

    def first(self) -> str:
        """Return the raw text that the field starts with."""
        return ""

    def read(self, raw: str) -> Value:
        """Return the typed value of ``raw``; raise InvalidInput with a sentence for under the field."""
        if self.required and not raw.strip():
            raise InvalidInput(self.missing or f"{self.label} is needed.", self.name)
        return self._read(raw)

    def note(self, raw: str) -> str:
        """Return what to say beneath the field while it is typed."""
        del raw
        return ""

    def _read(self, raw: str) -> Value:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class TextField(Field):
    """One line of text; a long one is wrapped over ``height`` lines while it is edited."""

    value: str = ""
    longest: int = ONE_LINE
    height: int = 1

    def first(self) -> str:
        """Return the text as it is."""
        return self.value

    def _read(self, raw: str) -> str:
        return _not_longer(clean(raw), self.longest, self)


@dataclass(frozen=True, kw_only=True)
class LongTextField(Field):
    """Several lines of text, ``height`` of them in view."""

    value: str = ""
    height: int = 3
    longest: int = 10_000

    def first(self) -> str:
        """Return the text as it is."""
        return self.value

    def _read(self, raw: str) -> str:
        return _not_longer(clean(raw, lines=True), self.longest, self)


@dataclass(frozen=True, kw_only=True)
class DateField(Field):
    """A date, typed in any form that ``understand`` reads; what it understood shows beneath. Empty is None."""

    understand: Understand
    value: date | None = None

    def first(self) -> str:
        """Return the date in ISO form."""
        return self.value.isoformat() if self.value is not None else ""

    def note(self, raw: str) -> str:
        """Return the understood date in words, or nothing."""
        return self.understand(raw).words if raw.strip() else ""

    def _read(self, raw: str) -> date | None:
        if not raw.strip():
            return None
        reading = self.understand(raw)
        if reading.day is None:
            raise InvalidInput(reading.problem or "This is not a date.", self.name)
        return reading.day


@dataclass(frozen=True, kw_only=True)
class AmountField(Field):
    """An exact decimal amount, such as 1200 or 0.5. Empty is None."""

    value: Decimal | None = None
    least: Decimal | None = Decimal(0)

    def first(self) -> str:
        """Return the amount without an exponent."""
        return f"{self.value:f}" if self.value is not None else ""

    def _read(self, raw: str) -> Decimal | None:
        text = clean(raw).replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        if not _AMOUNT.fullmatch(text):
            raise InvalidInput("Write the amount as 1200 or 1200.50.", self.name)
        amount = Decimal(text)
        if self.least is not None and amount < self.least:
            raise InvalidInput(f"The amount must be {self.least} or more.", self.name)
        return amount


@dataclass(frozen=True, kw_only=True)
class ChoiceField(Field):
    """One of a few options, all of them in view; the value is the option's key."""

    options: tuple[Option, ...]
    value: str = ""

    def first(self) -> str:
        """Return the key chosen at first: the given one, else the first option's."""
        keys = [option.key for option in self.options]
        return self.value if self.value in keys else keys[0]

    def _read(self, raw: str) -> str:
        if raw not in {option.key for option in self.options}:
            raise InvalidInput(f"Choose {self.label.lower()} from the list.", self.name)
        return raw


@dataclass(frozen=True, kw_only=True)
class YesNoField(Field):
    """Yes or no."""

    value: bool = False

    def first(self) -> str:
        """Return "yes" or "no"."""
        return "yes" if self.value else "no"

    def _read(self, raw: str) -> bool:
        return raw == "yes"


@dataclass(frozen=True, kw_only=True)
class PickField(Field):
    """One (or ``many``) of a long list that is searched, such as the roster; new ones may be added by name."""

    options: Sequence[Option]
    value: tuple[str, ...] = ()
    many: bool = False
    add_new: bool = False

    def first(self) -> str:
        """Return the chosen keys, one a line."""
        return "\n".join(self.value)

    def picked(self, raw: str) -> tuple[Picked, ...]:
        """Return what ``raw`` names, leaving out keys that no option has."""
        labels = {option.key: option.label for option in self.options}
        chosen: list[Picked] = []
        for line in raw.split("\n"):
            if line.startswith(NEW_MARK):
                chosen.append(Picked("", line[1:]))
            elif line in labels:
                chosen.append(Picked(line, labels[line]))
        return tuple(chosen)

    def _read(self, raw: str) -> tuple[Picked, ...]:
        return self.picked(raw)


class Values(Mapping[str, Value]):
    """What a form was filled in with, by field name, with a getter for each type."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """Return the text or the chosen key of ``name``."""
        return self._typed(name, str)

    def day(self, name: str) -> date | None:
        """Return the date of ``name``, or None when it was left empty."""
        return None if self._values[name] is None else self._typed(name, date)

    def amount(self, name: str) -> Decimal | None:
        """Return the amount of ``name``, or None when it was left empty."""
        return None if self._values[name] is None else self._typed(name, Decimal)

    def yes(self, name: str) -> bool:
        """Return the yes or no of ``name``."""
        return self._typed(name, bool)

    def picks(self, name: str) -> tuple[Picked, ...]:
        """Return everything picked in ``name``."""
        return self._typed(name, tuple)

    def pick(self, name: str) -> Picked | None:
        """Return the one picked in ``name``, or None."""
        picked = self.picks(name)
        return picked[0] if picked else None

    def _typed(self, name: str, kind: type[T]) -> T:
        value = self._values[name]
        if not isinstance(value, kind):
            raise TypeError(f"{name} is {type(value).__name__}, not {kind.__name__}")
        return value


@dataclass(frozen=True, kw_only=True)
class FormSpec(Generic[T]):
    """A form: its title, its fields in reading order, and ``build``, which makes the typed result from the values.

    ``check`` looks at values together (an end before its start) and returns a sentence per field name.
    """

    title: str
    fields: tuple[Field, ...]
    build: Callable[[Values], T]
    check: Callable[[Values], Mapping[str, str]] = field(default=lambda _: {})
    intro: str = ""

    def first(self) -> dict[str, str]:
        """Return the raw text that each field starts with."""
        return {each.name: each.first() for each in self.fields}

    def read(self, raw: Mapping[str, str]) -> tuple[Values | None, dict[str, str]]:
        """Return the typed values, or None and the problem of every field that has one."""
        values: dict[str, Value] = {}
        problems: dict[str, str] = {}
        for each in self.fields:
            try:
                values[each.name] = each.read(raw[each.name])
            except InvalidInput as problem:
                problems[each.name] = str(problem)
        if not problems:
            problems |= self.check(Values(values))
        return (None, problems) if problems else (Values(values), {})


def _not_longer(text: str, longest: int, owner: Field) -> str:
    if len(text) > longest:
        raise InvalidInput(f"{owner.label} has {len(text)} characters; shorten it to {longest}.", owner.name)
    return text
