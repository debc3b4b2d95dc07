"""Two records of one party: everything that names one comes to name the other. Only ever done by hand, one change.

What was merged stays as a record that leads to the other one, so that the history keeps its name.
"""

from typing import Any

from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.plan import PlanPartner, Role
from tui_plan.model.schema import RECORDS
from tui_plan.model.store import Author, Writer, change

_ONCE: dict[type[Record], tuple[str, ...]] = {
    Alternate: ("post", "person"),
    Membership: ("group", "member"),
    PlanPartner: ("plan", "organisation"),
    Role: ("action", "checkpoint", "kind", "party"),
    Agreement: ("plan", "party", "version"),
    ContactMethod: ("party", "kind", "value"),
}
"""Records of which there is one for these fields: where both parties have one, the kept party's stays."""

_FILLED_IN = ("short_name", "organisation", "login", "remarks", "reports_to", "audience", "hear_every", "joined_on")


def merge_parties(author: Author, kept: str, other: str) -> int:
    """Let everything that names ``other`` name ``kept``; return how many records changed hands.

    What ``kept`` does not say of itself (short name, organisation, login …) comes from ``other``.
    """
    with change(author, "Merged two records") as writer:
        row, gone = stored_row(Party, kept), stored_row(Party, other)
        _check(row, gone)
        writer.summary = f"Merged {quoted(Party, gone)} into {quoted(Party, row)}"
        moved = sum(_move(writer, model, field, kept, other) for model, field in _references())
        writer.update(Party, kept, {name: gone[name] for name in _FILLED_IN if not row[name] and gone[name] != kept})
        writer.update(Party, other, {"merged_into": kept, "login": ""})
        return moved


def _check(row: dict[str, Any], gone: dict[str, Any]) -> None:
    if row["uid"] == gone["uid"]:
        raise InvalidInput("These are one record already: choose another to merge it with.", "other")
    if row["kind"] != gone["kind"]:
        raise InvalidInput(f"A {gone['kind']} cannot become a {row['kind']}: merge two of one kind.", "other")
    for each in (row, gone):
        if each["merged_into"]:
            raise InvalidInput(f"{quoted(Party, each)} was merged already; open what it became.", "other")


def _references() -> list[tuple[type[Record], str]]:
    """Return every field of every table that names a party, but the one that leads from a merged party on."""
    return [
        (model, field.name)
        for model in RECORDS
        for field, target in model._meta.refs.items()
        if target is Party and field.name != "merged_into"
    ]


def _move(writer: Writer, model: type[Record], field: str, kept: str, other: str) -> int:
    column: Any = model._meta.fields[field]
    uids = [uid for (uid,) in rows(model.select(model.uid).where(column == other))]
    for uid in uids:
        row = stored_row(model, uid)
        if model is Party and uid == kept:
            writer.update(model, uid, {field: None})
        elif _is_there(model, {**row, field: kept}, uid) or _names_itself(model, row, kept):
            writer.delete(model, uid)
        else:
            writer.update(model, uid, {field: kept})
    return len(uids)


def _is_there(model: type[Record], row: dict[str, Any], uid: str) -> bool:
    if model not in _ONCE:
        return False
    query: Any = model.select().where(model.uid != uid)
    for name in _ONCE[model]:
        column: Any = model._meta.fields[name]
        query = query.where(column.is_null() if row[name] is None else column == row[name])
    return bool(query.exists())


def _names_itself(model: type[Record], row: dict[str, Any], kept: str) -> bool:
    """Whether a seat would put a group into itself."""
    return model is Membership and kept in {row["group"], row["member"]}
