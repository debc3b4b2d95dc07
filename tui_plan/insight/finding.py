"""From what people quote to records: references such as A-139, names of plans and parties, and choices for pickers."""

import re
from dataclasses import dataclass
from typing import Any

from tui_plan.model.base import Record, rows
from tui_plan.model.clean import clean, name_key
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan
from tui_plan.model.schema import LETTERS
from tui_plan.model.vocabulary import PartyKind

_REFERENCE = re.compile(r"([A-Za-z])-?(\d{1,9})", re.ASCII)
_IDENTITY = re.compile(r"[0-9a-f]{8,32}")
_NO_PLAN = "There is no plan yet. Bring one in with 'tui-plan import', or begin an empty one: 'tui-plan add plan'."


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a reference leads to."""

    uid: str
    noun: str
    ref: str


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """A party as a picker shows it; ``where`` is its organisation's name, or empty, and its last day where it left."""

    uid: str
    kind: str
    name: str
    short_name: str
    where: str


def find_record(reference: str, *models: type[Record]) -> Found:
    """Return the record that a reference such as ``A-139`` leads to, of one of ``models`` if any are given.

    Raises ``InvalidInput`` when it is no reference, ``NotFound`` when it leads nowhere.
    """
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise InvalidInput(f"“{reference}” is no reference; write one such as A-12.")
    letter, number = match[1].upper(), int(match[2])
    for model in [known for known, sign in LETTERS.items() if sign == letter and (not models or known in models)]:
        quoted: Any = model
        found = rows(quoted.select(quoted.uid).where(quoted.number == number))
        if found:
            return Found(found[0][0], model.noun, f"{letter}-{number}")
    wanted = " or ".join(model.noun for model in models) or "record"
    raise NotFound(f"There is no {wanted} {letter}-{number}.")


def find_plan(text: str = "") -> str:
    """Return the uid of the plan that ``text`` names: its reference, its name, or the beginning of it.

    Empty text means the only plan. Raises ``NotFound`` with the names when it is not clear.
    """
    plans = rows(Plan.select(Plan.uid, Plan.number, Plan.name).order_by(Plan.number))
    if not plans:
        raise NotFound(_NO_PLAN)
    key = name_key(text)
    fits = [plan for plan in plans if key in (f"p-{plan[1]}", name_key(plan[2]))]
    fits = fits or [plan for plan in plans if name_key(plan[2]).startswith(key)]
    if len(fits) == 1:
        return str(fits[0][0])
    names = ", ".join(f"P-{number} {name}" for _, number, name in (fits or plans))
    reason = f"No plan is named “{text}”" if not fits else "There are several plans"
    raise NotFound(f"{reason}; name one with --plan: {names}.")


def plan_uids() -> list[str]:
    """Return the uids of all plans by their numbers; ``NotFound`` while there is none."""
    found = [uid for (uid,) in rows(Plan.select(Plan.uid).order_by(Plan.number))]
    if not found:
        raise NotFound(_NO_PLAN)
    return found


def find_party(text: str, *kinds: PartyKind) -> str:
    """Return the uid of the party named ``text`` (or its short name), of one of ``kinds`` if any are given.

    Where several share a name, the beginning of a uid tells them apart. Raises ``NotFound`` when there is none, or more
    than one.
    """
    fits = parties_named(text, *kinds)
    if len(fits) == 1:
        return fits[0].uid
    if fits:
        raise NotFound(f"“{text}” names {len(fits)} records; write one of {told_apart(fits)} instead of the name.")
    raise NotFound(f"Nobody named “{text}” is on the roster. Add them first: tui-plan add person|organisation|group.")


def parties_named(text: str, *kinds: PartyKind) -> list[PartyChoice]:
    """Return the parties with this name, short name or beginning of a uid. Who was merged into another has no name."""
    key = name_key(text)
    if not key:
        return []  # an empty text is nobody's short name, though most have none
    fits = (Party.name_key == key) | (Party.short_name == clean(text))
    if _IDENTITY.fullmatch(text):
        fits |= Party.uid.startswith(text)
    return _chosen(_choices().where(fits), kinds)


def told_apart(fits: list[PartyChoice]) -> str:
    """Return parties of one name in words by which each can be named: the beginning of its uid, its kind and place."""
    return ", ".join(f"{one.uid[:8]} ({', '.join(filter(None, (one.kind, one.where)))})" for one in fits)


def party_choices(*kinds: PartyKind) -> list[PartyChoice]:
    """Return the parties of these kinds (all, if none are given), by name, those that left behind all others."""
    return _chosen(_choices(), kinds)


def _chosen(query: Any, kinds: tuple[PartyKind, ...]) -> list[PartyChoice]:
    return [
        PartyChoice(*(*head, ", ".join(filter(None, (home, f"last day {left}" if left else "")))))
        for *head, home, left in rows(query)
        if not kinds or head[1] in kinds
    ]


def _choices() -> Any:
    home = Party.alias()
    query = Party.select(Party.uid, Party.kind, Party.name, Party.short_name, home.name, Party.left_on)
    joined = query.left_outer_join(home, on=(Party.organisation == home.uid))
    return joined.where(Party.merged_into.is_null()).order_by(Party.left_on.is_null(False), Party.name_key)
