"""What a table of a TOML file is: its key, its record, the rules of its fields, what is nested in it, its references.

``toml_layout`` describes the tables of a plan in these terms; only the modules ``toml_…`` use them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from peewee import ForeignKeyField

from tui_plan.model.base import Record
from tui_plan.model.checklist import NextAction
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Alternate, Membership
from tui_plan.model.plan import Dependency, PlanPartner, Role
from tui_plan.model.register import EntryLink
from tui_plan.operations.checking import Rule

THIS_PLAN = "this_plan"
"""The key that says, true or false, whether something that may be about no plan is about the one of the file."""


ONCE: Mapping[type[Record], tuple[str, ...]] = {
    PlanPartner: ("plan", "organisation"),
    Dependency: ("action", "needs"),
    Role: ("action", "checkpoint", "kind", "party"),
    Alternate: ("post", "person"),
    Membership: ("group", "member"),
    Agreement: ("plan", "party", "version"),
    NextAction: ("item", "action"),
    EntryLink: ("entry", "action", "objective", "measure", "other"),
}
"""Records of which there is one for these fields."""


@dataclass(frozen=True)
class Link:
    """A list of references under one key, kept as records of their own: ``partners``, ``responsible``, ``needs`` …

    Each record of ``model`` holds the table's uid in ``owner``, what is referred to in ``target``, and ``fixed``.
    ``single`` is written as one text where the list has one reference. A ``ranked`` one keeps its place, from 1, in
    ``rank``; others keep it, from 0, in ``position``, if they have one.
    """

    key: str
    model: type[Record]
    owner: str
    target: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    single: bool = False
    ranked: bool = False

    @cached_property
    def place(self) -> str:
        """The field that keeps the place in the list, or an empty text."""
        if self.ranked:
            return "rank"
        return "position" if "position" in self.model._meta.fields else ""


@dataclass(frozen=True)
class Table:
    """One kind of table: its key, its record, and the rule of each field in the order of writing.

    ``inside`` is the field with the uid of the table around it; ``order`` are the fields by which equal ones are
    sorted; ``fixed`` holds for every record of it, and for no other of that model in that place; ``given`` is what a
    missing field means where the record itself has no default; ``inherits`` are fields that a missing key takes from
    the table around it. With ``asks_plan`` it is about this plan only if its key ``this_plan`` says so.
    """

    key: str
    model: type[Record]
    rules: Mapping[str, Rule]
    inside: str = ""
    order: tuple[str, ...] = ("position", "uid")
    parts: tuple["Table", ...] = ()
    links: tuple[Link, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    inherits: tuple[str, ...] = ()
    asks_plan: bool = False
    kept: tuple[str, ...] = ("number", "sequence", "uid")

    @cached_property
    def keys(self) -> frozenset[str]:
        """All keys that may stand in such a table."""
        nested = [part.key for part in self.parts] + [link.key for link in self.links]
        return frozenset([*self.rules, *self.bookkeeping, *nested, *((THIS_PLAN,) if self.asks_plan else ())])

    @cached_property
    def bookkeeping(self) -> tuple[str, ...]:
        """The keys at the end of a table by which a record is known again."""
        return tuple(name for name in self.kept if name in self.model._meta.fields)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """What missing fields mean; a field without an entry here must be given or may be empty."""
        return {**self.model._meta.get_default_dict(), **self.given}  # type: ignore[no-untyped-call]

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a record of its model is written as such a table."""
        return all(row[name] == value for name, value in self.fixed.items())


def once(model: type[Record], many: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a table in ``ONCE`` without those that say what another said before."""
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in many:
        seen.setdefault(tuple(row.get(name) for name in ONCE[model]), row)
    return list(seen.values())


@cache
def references(model: type[Record]) -> frozenset[str]:
    """Return the fields of a record that refer to any other."""
    return frozenset(name for name, kind in model._meta.fields.items() if isinstance(kind, ForeignKeyField))
