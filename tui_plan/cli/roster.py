"""``roster``: everybody and everything on the roster, found by words, one line for each."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import fit
from tui_plan.cli.people_shapes import last_shape
from tui_plan.insight.roster import RosterRow, roster
from tui_plan.model.clean import search_key
from tui_plan.model.date_words import distance
from tui_plan.model.vocabulary import PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_HEADINGS = {
    PartyKind.PERSON: "People",
    PartyKind.POST: "Posts",
    PartyKind.ORGANISATION: "Organisations",
    PartyKind.GROUP: "Groups and lists",
}
_EMPTY = "The roster is empty. Fill it:  tui-plan add person 'Name'  or  tui-plan import people.csv --roster"
_HEARD = 13
_SHARES, _OTHER_SHARES = {PartyKind.PERSON.value: (32, 34)}, (36, 46)
"""How wide the name is, and what they are, in hundredths; how to reach them has the rest."""


def roster_lines(call: "Call") -> int:
    """List the parties that fit, by kind and name."""
    with call.reading():
        found = [row for row in roster(call.today) if _fits(call, row)]
    if call.json:
        call.page.json({"today": call.today, "parties": [_shape(call, row) for row in found]})
        return 0
    kinds = list(PartyKind)
    found.sort(key=lambda row: kinds.index(PartyKind(row.kind)))
    for kind, rows in groupby(found, lambda row: PartyKind(row.kind)):
        many = list(rows)
        call.page.line(call.page.paint(f"{_HEADINGS[kind]} ({len(many)})", "bold"))
        for row in many:
            call.page.line(_line(call, row))
    _tell_signs(call, found)
    return 0


def _fits(call: "Call", row: RosterRow) -> bool:
    said = call.options
    gone = row.left_on is not None and row.left_on < call.today
    problem = row.problem(call.today)
    if (said.kind and row.kind != said.kind) or (said.attention and not problem):
        return False
    if gone and not (said.left or problem):
        return False
    text = search_key(row.text)
    return all(word in text for words in said.words for word in search_key(words).split())


def _line(call: "Call", row: RosterRow) -> str:
    room = call.page.width - _HEARD - 5
    shares = _SHARES.get(row.kind, _OTHER_SHARES)
    name, what = (room * share // 100 for share in shares)
    sign = call.page.paint("!", "red") if row.problem(call.today) else " "
    told = f"{fit(row.name, name)} {fit(_what(call, row), what)} {fit(_reach(row), room - name - what)}"
    return f"{sign} {told} {fit(_heard(call, row), _HEARD, right=True)}"


def _what(call: "Call", row: RosterRow) -> str:
    if row.left_on is not None:
        return f"left {call.shown(row.left_on)}" + (", has work" if row.problem(call.today) else "")
    return ", ".join(filter(None, (row.what, row.where)))


def _reach(row: RosterRow) -> str:
    if row.reach:
        return row.reach if row.verified else f"? {row.reach}"
    return "" if row.reachable else "no contact"


def _heard(call: "Call", row: RosterRow) -> str:
    if row.heard is None:
        return "never heard" if row.silent else ""
    return distance(row.heard.on, call.today)


def _tell_signs(call: "Call", found: list[RosterRow]) -> None:
    said = call.options
    if not found:
        narrowed = said.words or said.kind or said.attention
        nobody = "Nobody and nothing on the roster is like that." if narrowed else _EMPTY
        call.page.say(nobody)
        return
    signs = ["! needs a look"] if any(row.problem(call.today) for row in found) else []
    signs += ["? never verified"] if any(row.reach and not row.verified for row in found) else []
    if signs:
        call.page.line(call.page.paint("   ".join(signs), "dim"))


def _shape(call: "Call", row: RosterRow) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "kind": row.kind,
        "name": row.name,
        "short_name": row.short_name,
        "organisation": row.where or None,
        "what": row.what,
        "reach": row.reach or None,
        "verified": row.verified,
        "heard": last_shape(row.heard),
        "silent": row.silent,
        "vacant": row.vacant,
        "acting": row.acting,
        "left": row.left_on,
        "carries": row.carries,
        "needs": row.problem(call.today) or None,
    }
