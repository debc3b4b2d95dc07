"""Two records of one party: everything that names one comes to name the other. Only ever done by hand, one change.

What was merged stays as a record that leads to the other one, so that the history keeps its name.
"""

from collections.abc import Callable
from typing import Any

from peewee import fn

from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import InvalidInput
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.plan import PlanPartner, Role
from tui_plan.model.schema import RECORDS
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import STANDING_AGREEMENTS
from tui_plan.operations.groups import check_member, joined_seats
from tui_plan.operations.lapsing import day_of, lapsing, major
from tui_plan.operations.people import check_party, with_article
from tui_plan.operations.posts import check_alternates, check_tenure

Row = dict[str, Any]

_ONCE: dict[type[Record], tuple[str, ...]] = {
    Alternate: ("post", "person"),
    ContactMethod: ("party", "kind", "value"),
    Membership: ("group", "member"),
    PlanPartner: ("plan", "organisation"),
    Role: ("action", "checkpoint", "kind", "party"),
    Agreement: ("plan", "party"),
    Tenure: ("post", "person", "acting"),
}
"""Records of which there is one for these fields: of agreements one for each edition, of tenures one on each day."""

_FILLED_IN = ("short_name", "organisation", "login", "remarks", "reports_to", "audience", "hear_every", "joined_on")
_LET_GO: Row = {"login": "", "organisation": None, "reports_to": None}


def merge_parties(author: Author, kept: str, other: str) -> int:
    """Let everything that names ``other`` name ``kept``; return how many records changed hands.

    What ``kept`` does not say of itself (short name, organisation, login …) comes from ``other``. An agreement lapses
    that does not cover what the two answered for together.
    """
    became = {other: kept}
    with change(author, "Merged two records") as writer, lapsing(writer, day_of(author), became=became):
        row, gone = stored_row(Party, kept), stored_row(Party, other)
        _check(row, gone)
        writer.summary = f"Merged {quoted(Party, gone)} into {quoted(Party, row)}"
        moved = sum(_move_all(writer, model, field, kept, other) for model, field in _references())
        row = stored_row(Party, kept)
        writer.update(Party, kept, {name: gone[name] for name in _FILLED_IN if not row[name] and gone[name] != kept})
        writer.update(Party, other, {"merged_into": kept, **_LET_GO})
        _check_together(kept)
        return moved


def _check(row: Row, gone: Row) -> None:
    if row["uid"] == gone["uid"]:
        raise InvalidInput("These are one record already: choose another to merge it with.", "other")
    if row["kind"] != gone["kind"]:
        one, other = with_article(gone["kind"]).capitalize(), with_article(row["kind"])
        raise InvalidInput(f"{one} cannot become {other}: merge two of one kind.", "other")
    for each in (row, gone):
        if each["merged_into"]:
            raise InvalidInput(f"{quoted(Party, each)} was merged already; open what it became.", "other")


def _check_together(kept: str) -> None:
    """Raise ``InvalidInput`` where two sound records are none together: circles, holders on one day, alternates."""
    check_party(stored_row(Party, kept))
    for (member,) in rows(Membership.select(Membership.member).where(Membership.group == kept)):
        check_member(kept, member)
    for (tenure,) in rows(Tenure.select(Tenure.uid).where((Tenure.post == kept) & ~Tenure.acting).limit(1)):
        check_tenure(stored_row(Tenure, tenure))
    check_alternates(kept)
    _check_assessments(kept)


def _check_assessments(kept: str) -> None:
    """Raise ``InvalidInput`` where both assessed one stage on one day: each was said, and a partner says it once."""
    same = (ChecklistRun.stage, ChecklistRun.template, ChecklistRun.started_on)
    twice = (
        ChecklistRun.select(fn.MIN(ChecklistRun.uid), fn.MAX(ChecklistRun.uid))
        .where((ChecklistRun.party == kept) & ChecklistRun.stage.is_null(False))
        .group_by(*same)
        .having(fn.COUNT(ChecklistRun.uid) > 1)
    )
    for pair in rows(twice.limit(1)):
        first, second = sorted((stored_row(ChecklistRun, uid) for uid in pair), key=lambda row: row["number"])
        both = f"{quoted(ChecklistRun, first)} and {quoted(ChecklistRun, second)}"
        day = first["started_on"]
        raise InvalidInput(f"{both} assess one stage on one day ({day}): remove one of them, then merge.", "other")


def _references() -> list[tuple[type[Record], str]]:
    """Return every field of every table that names a party; what was merged before leads on to where it is now."""
    return [(model, field.name) for model in RECORDS for field, target in model._meta.refs.items() if target is Party]


def _move_all(writer: Writer, model: type[Record], field: str, kept: str, other: str) -> int:
    column: Any = model._meta.fields[field]
    uids = [uid for (uid,) in rows(model.select(model.uid).where(column == other))]
    for uid in uids:
        _move(writer, model, stored_row(model, uid), field, kept)
    return len(uids)


def _move(writer: Writer, model: type[Record], row: Row, field: str, kept: str) -> None:
    new = {**row, field: kept}
    twins = _twins(model, new)
    if model is Party and row["uid"] == kept:
        writer.update(model, kept, {field: None})
    elif model is Membership and new["group"] == new["member"]:
        writer.delete(model, row["uid"])
    elif twins:
        _join(writer, model, row, twins)
    else:
        writer.update(model, row["uid"], {field: kept, **_follows(model, row, field, kept)})


def _twins(model: type[Record], row: Row) -> list[Row]:
    """Return the records that would say the same as this one."""
    if model not in _ONCE:
        return []
    query: Any = model.select(model.uid).where(model.uid != row["uid"])
    for name in _ONCE[model]:
        column: Any = model._meta.fields[name]
        query = query.where(column.is_null() if row[name] is None else column == row[name])
    found = [stored_row(model, uid) for (uid,) in rows(query.order_by(model.uid))]
    same = {Agreement: _of_one_edition, Tenure: _overlap}.get(model)
    return [twin for twin in found if same is None or same(row, twin)]


def _of_one_edition(one: Row, other: Row) -> bool:
    return major(one["version"]) == major(other["version"])


def _overlap(one: Row, other: Row) -> bool:
    return all((a["start"] or "") <= (b["end"] or "9999") for a, b in ((one, other), (other, one)))


def _join(writer: Writer, model: type[Record], row: Row, twins: list[Row]) -> None:
    """Let the kept party's record stay, with what the other one's knew better; of two agreements the one that binds."""
    first = twins[0]
    if model is Agreement and row["state"] in STANDING_AGREEMENTS and first["state"] not in STANDING_AGREEMENTS:
        writer.delete(model, first["uid"])
        writer.update(model, row["uid"], {"party": first["party"]})
        return
    writer.update(model, first["uid"], _BETTER[model](row, twins) if model in _BETTER else {})
    for gone in (row, *twins[1:]):
        writer.delete(model, gone["uid"])


def _whole_span(row: Row, twins: list[Row]) -> Row:
    spans = (row, *twins)
    return {
        "start": min(span["start"] or "" for span in spans) or None,
        "end": None if any(span["end"] is None for span in spans) else max(span["end"] for span in spans),
    }


_BETTER: dict[type[Record], Callable[[Row, list[Row]], Row]] = {
    ContactMethod: lambda row, twins: {
        "verified_on": max(row["verified_on"] or "", twins[0]["verified_on"] or "") or None
    },
    Membership: lambda row, twins: {"seat": joined_seats(twins[0]["seat"], row["seat"])},
    Tenure: _whole_span,
}


def _follows(model: type[Record], row: Row, field: str, kept: str) -> Row:
    """Return what else changes of a record that moves: it comes behind those that are there; a drill's key is whom."""
    if model is ChecklistItem and row["key"] == row[field]:
        return {"key": kept}
    if (model, field) not in {(ContactMethod, "party"), (Alternate, "post")}:
        return {}
    ranked: Any = model
    last = ranked.select(fn.MAX(ranked.rank)).where(model._meta.fields[field] == kept).scalar() or 0
    return {"rank": min(last + 1, 99)}
