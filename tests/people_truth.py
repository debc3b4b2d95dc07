"""Who is who and who must agree, worked out the slow and plain way from what the ledger says the tables hold.

Written apart from ``insight`` on purpose: it shares nothing with it. Days are ISO texts, as rows hold them.
"""

from collections.abc import Iterator
from typing import Any

from tests.model.replay import Content

Row = dict[str, Any]


def holders(now: Content, post: str, day: str) -> set[str]:
    """Return the persons whose tenure of a post runs on a day."""
    return {row["person"] for row in now["tenure"].values() if row["post"] == post and _runs(row, day)}


def sitting(now: Content, group: str, day: str) -> set[str]:
    """Return who has a seat in a group by name, or is in by a rule."""
    return _named(now, group) | {
        person
        for rule in now["membership_rule"].values()
        if rule["group"] == group
        for person in now["party"]
        if _fits(now, rule, person, day)
    }


def behind(now: Content, party: str, day: str) -> set[str]:
    """Return who answers for a party; itself, where nobody stands behind it."""
    row = now["party"][party]
    found: set[str] = set()
    if row["kind"] == "post":
        found = holders(now, party, day)
    elif row["kind"] == "group":
        found = {one for member in sitting(now, party, day) for one in behind(now, member, day)}
    return found or {party}


def duties(now: Content, plan: str, day: str) -> dict[str, set[tuple[str, str]]]:
    """Return what everybody answers for in a plan: roles in live actions, and the convening group."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in _live_roles(now, plan, ("accountable", "responsible")):
        for one in behind(now, row["party"], day):
            found.setdefault(one, set()).add((row["kind"], row["action"]))
    group = now["plan"][plan]["convening_group"]
    for one in behind(now, group, day) if group and sitting(now, group, day) else ():
        found.setdefault(one, set()).add(("convening", group))
    return found


def agreed(now: Content, plan: str) -> set[str]:
    """Return whose agreement to this major version of a plan stands."""
    edition = now["plan"][plan]["version"].split(".")[0]
    return {
        row["party"]
        for row in now["agreement"].values()
        if row["plan"] == plan
        and row["version"].split(".")[0] == edition
        and row["state"] in {"agreed", "agreed with reservations"}
    }


def _runs(row: Row, day: str) -> bool:
    return (not row["start"] or row["start"] <= day) and (not row["end"] or row["end"] >= day)


def _named(now: Content, group: str) -> set[str]:
    return {row["member"] for row in now["membership"].values() if row["group"] == group}


def _live_roles(now: Content, plan: str, kinds: tuple[str, ...]) -> Iterator[Row]:
    for row in now["role"].values():
        action = now["action"][row["action"]]
        if row["kind"] in kinds and action["status"] not in {"complete", "withdrawn"}:
            area = now["step_objective"][action["objective"]]["area"]
            if now["development_area"][area]["plan"] == plan:
                yield row


def _fits(now: Content, rule: Row, person: str, day: str) -> bool:
    row = now["party"][person]
    if row["kind"] != "person" or row["merged_into"] or (row["left_on"] and row["left_on"] < day):
        return False
    posts = [now["party"][held["post"]] for held in now["tenure"].values() if held["person"] == person]
    posts = [post for post, held in zip(posts, _held_by(now, person), strict=True) if _runs(held, day)]
    in_role = not rule["role"] or person in _with_role(now, rule, day)
    in_segment = not rule["audience"] or rule["audience"] in {row["audience"], *(post["audience"] for post in posts)}
    homes = {home for one in (row, *posts) for home in _upward(now, one["organisation"])}
    return in_role and in_segment and (not rule["organisation"] or rule["organisation"] in homes)


def _held_by(now: Content, person: str) -> list[Row]:
    return [held for held in now["tenure"].values() if held["person"] == person]


def _upward(now: Content, organisation: str | None) -> set[str]:
    return {organisation} | _upward(now, now["party"][organisation]["organisation"]) if organisation else set()


def _with_role(now: Content, rule: Row, day: str) -> set[str]:
    """Return the persons who have a rule's role in a live action, by themselves, by a post or by a seat with a name."""
    plans = [rule["plan"]] if rule["plan"] else list(now["plan"])
    found: set[str] = set()
    for row in (row for plan in plans for row in _live_roles(now, plan, (rule["role"],))):
        found |= _by_name(now, row["party"], day)
    return found


def _by_name(now: Content, party: str, day: str) -> set[str]:
    kind = now["party"][party]["kind"]
    if kind == "group":
        return {one for member in _named(now, party) for one in _by_name(now, member, day)}
    return holders(now, party, day) if kind == "post" else {party} if kind == "person" else set()
