"""``duplicates`` and ``merge``: records that may be of one, side by side; two of them made one, by hand only."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tui_plan.cli.asking import agreed
from tui_plan.cli.output import columns, counted, crop
from tui_plan.cli.people import party_called

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.insight.duplicates import DuplicatePair, DuplicateSide
    from tui_plan.insight.party_page import PartyPage

_LABEL = 13
_Row = tuple[str, str, str]


def duplicates_found(call: "Call") -> int:
    """Show the pairs of records that may be of one, with the command that merges each."""
    from tui_plan.insight.duplicates import duplicates

    with call.reading():
        pairs = duplicates(call.today)
    if call.json:
        call.page.json({"pairs": [_pair_shape(pair) for pair in pairs]})
        return 0
    for pair in pairs:
        call.page.line(call.page.paint(crop("; ".join(pair.reasons), call.page.width), "bold"))
        _side_by_side(call, _sides(call, pair))
        kept, other = sorted((pair.one, pair.other), key=_how_much, reverse=True)
        call.page.line(f"  tui-plan merge {kept.uid[:8]} {other.uid[:8]}")
    if not pairs:
        call.page.line("Nobody and nothing seems to be there twice.")
    return 0


def merge(call: "Call") -> int:
    """Show two records side by side, ask, and let the second become part of the first."""
    from tui_plan.insight.lapse_words import lapse_words
    from tui_plan.insight.party_page import party_page
    from tui_plan.operations.merging import merge_parties
    from tui_plan.operations.rehearsing import lapses_of

    with call.writing():
        kept, other = party_called(call, call.options.name), party_called(call, call.options.other)
        lapses = lapses_of(merge_parties, call.author(), kept, other)  # says what is wrong before anything is shown
        pages = party_page(kept, call.today), party_page(other, call.today)
        if not call.json:
            _side_by_side(call, _rows(*pages))
            if lapses:
                call.page.say(lapse_words(lapses))
        names = [page.values["name"] for page in pages]
        question = f"Make one record of these two, “{names[0]}”?"
        if not agreed(call, question, "Add --yes to merge them, or --dry-run to look only."):
            return 0
        moved = merge_parties(call.author(), kept, other)
    if call.json:
        call.page.json({"kept": kept, "merged": other, "moved": moved, "dry_run": call.dry})
    else:
        told = f"{counted(moved, 'record')} that named the second now {'names' if moved == 1 else 'name'} the first"
        call.page.say(f"Merged “{names[1]}” ({other[:8]}) into “{names[0]}” ({kept[:8]}): {told}.")
    return 0


def _how_much(side: "DuplicateSide") -> tuple[int, ...]:
    """Whichever of two records holds more is the one to keep."""
    return side.roles, len(side.posts), len(side.contacts), len(side.organisation), len(side.name)


def _side_by_side(call: "Call", rows: Iterable[_Row]) -> None:
    half = (call.page.width - _LABEL - 4) // 2
    for label, one, other in rows:
        if one or other:
            call.page.line(columns(call.page.width, ("", 1), (label, _LABEL), (one, half), rest=other))


def _sides(call: "Call", pair: "DuplicatePair") -> Iterable[_Row]:
    def row(label: str, *sides: str) -> _Row:
        return label, sides[0], sides[1]

    both = pair.one, pair.other
    yield row("number", *(side.uid[:8] for side in both))
    yield row("name", *(side.name for side in both))
    yield row("organisation", *(side.organisation for side in both))
    yield row("posts", *(", ".join(side.posts) for side in both))
    yield row("reached by", *(", ".join(side.contacts) for side in both))
    yield row("roles", *(str(side.roles) for side in both))
    yield row("changed", *(call.shown(side.changed.date()) if side.changed else "" for side in both))


def _rows(one: "PartyPage", other: "PartyPage") -> Iterable[_Row]:
    sides = [_told(page) for page in (one, other)]
    return [(label, sides[0][label], sides[1][label]) for label in sides[0]]


def _told(page: "PartyPage") -> dict[str, str]:
    values = page.values
    return {
        "number": page.uid[:8],
        "name": values["name"],
        "kind": values["kind"],
        "short name": values["short_name"],
        "organisation": page.names.get(values["organisation"] or "", ""),
        "login": values["login"],
        "posts": ", ".join(dict.fromkeys(line.post_name for line in page.holdings if line.person == page.uid)),
        "reached by": ", ".join(f"{way.kind} {way.value}" for way in page.reach),
        "roles": str(len(page.carried)),
        "groups": ", ".join(dict.fromkeys(line.group_name for line in page.seats)),
        "agreements": str(len(page.agreements) or ""),
    }


def _pair_shape(pair: "DuplicatePair") -> dict[str, Any]:
    return {"reasons": list(pair.reasons), "one": _side_shape(pair.one), "other": _side_shape(pair.other)}


def _side_shape(side: "DuplicateSide") -> dict[str, Any]:
    from tui_plan.cli.shapes import moment_shape

    return {
        "uid": side.uid,
        "kind": side.kind,
        "name": side.name,
        "organisation": side.organisation or None,
        "posts": list(side.posts),
        "contacts": list(side.contacts),
        "roles": side.roles,
        "changed": moment_shape(side.changed) if side.changed else None,
    }
