"""The rows of the roster: what stands in each cell, what makes a row need a look, and which kinds are shown.

Plain values of ``insight.roster`` in, rows out. The roster screen uses it.
"""

from collections.abc import Sequence
from datetime import date

from tui_plan.insight.roster import RosterRow
from tui_plan.model.clean import name_key
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import PartyKind
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView

COLUMNS = (
    Column("Name", least=22, share=3),
    Column("Post · holder", least=16, share=2, drop=2),
    Column("Where", least=16, share=2, drop=3),
    Column("Heard", width=11, drop=1),
    Column("", width=13),
)
ATTENTION_SIGN = "!"
EMPTY = (
    "Nobody is on the roster yet. Press a to add somebody, or leave with q and bring in a list of people: "
    "tui-plan import people.csv --roster"
)
"""What stands there before anybody is on the roster."""

KIND_SIGNS = {
    PartyKind.PERSON: "·",
    PartyKind.POST: "◇",
    PartyKind.ORGANISATION: "□",
    PartyKind.GROUP: "≡",
}
"""The sign before each name; the title of the page beside the list says the kind in words."""

KIND_TITLES = {
    "": "Roster",
    PartyKind.PERSON.value: "People",
    PartyKind.POST.value: "Posts",
    PartyKind.ORGANISATION.value: "Organisations",
    PartyKind.GROUP.value: "Groups and lists",
}
"""The title of the list by the kind that is shown; the order in which the key goes through them."""

ARTICLES = {
    PartyKind.PERSON: "a person",
    PartyKind.POST: "a post",
    PartyKind.GROUP: "a group",
    PartyKind.ORGANISATION: "an organisation",
}
"""One of each kind in a sentence."""


def list_title(kind: str, *, only_attention: bool) -> str:
    """Return what the list says above its rows."""
    return KIND_TITLES[kind] + (" · only what needs a look" if only_attention else "")


def empty_words(kind: str, *, only_attention: bool) -> str:
    """Return what stands there when nothing is shown: of one kind, or among what needs a look."""
    if only_attention:
        return "Nothing needs a look. Press ! to see everything again."
    return f"None yet. Press a to add {ARTICLES[PartyKind(kind)]}, b for another kind." if kind else EMPTY


def roster_rows(items: Sequence[RosterRow], today: date, style: str, wanted: str = "") -> ItemRows[RosterRow, RowView]:
    """Return the rows of a list."""
    reader = Reader[RosterRow, RowView](
        key=lambda row: row.uid, view=lambda row, _: _view(row, today, style), text=lambda row: row.text
    )
    return ItemRows[RosterRow, RowView](items, reader, wanted=wanted)


def state_piece(row: RosterRow, today: date) -> Piece:
    """Return the one thing to know of a party at a glance, or nothing."""
    if problem := row.problem(today):
        role = Role.BAD if row.left_on is not None else Role.WARN
        return Piece(f"{ATTENTION_SIGN} {problem}", role)
    if row.left_on is not None:
        return Piece("left", Role.DIM)
    return Piece("acting" if row.acting else "", Role.DIM)


def size_words(items: Sequence[RosterRow], today: date) -> str:
    """Return how many are on the roster, and how many of them need a look."""
    looks = sum(bool(row.problem(today)) for row in items)
    needing = f" · {ATTENTION_SIGN} {looks} need{'s' if looks == 1 else ''} a look" if looks else ""
    return f"{len(items)} on the roster{needing}"


def namesake_of(items: Sequence[RosterRow], uid: str) -> str:
    """Return the name of another person who is called as the person with ``uid`` is, or nothing."""
    names = {row.uid: name_key(row.name) for row in items if row.kind == PartyKind.PERSON}
    name = names.pop(uid, "")
    return next((row.name for row in items if name and names.get(row.uid) == name), "")


def _view(row: RosterRow, today: date, style: str) -> RowView:
    gone = row.left_on is not None and row.left_on < today
    heard = Piece(show_date(row.heard.on, style) if row.heard is not None else "", Role.DIM)
    what = Piece(row.where, Role.DIM) if row.vacant or not row.what else Piece(row.what)
    cells = (
        (Piece(f"{KIND_SIGNS[PartyKind(row.kind)]} ", Role.DIM), Piece(row.name, Role.DIM if gone else Role.PLAIN)),
        what,
        Piece(row.where, Role.DIM),
        heard,
        state_piece(row, today),
    )
    return RowView(cells)
