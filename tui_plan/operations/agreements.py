"""Agreements: recording who was asked, and who agreed to which edition of a plan. What lapses stands in ``lapsing``."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import rows
from tui_plan.model.conflicts import moved_on
from tui_plan.model.errors import Conflict, InvalidInput
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Party
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.plan import Plan
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import AgreementState, Channel
from tui_plan.operations.checking import Rule, checked, day, line, looked_at, paragraph, refuse, word
from tui_plan.operations.lapsing import major

AGREED_TWICE = "There is already an agreement of theirs to this version of the plan."


class AgreementValues(TypedDict, total=False):
    """How an official stands to the plan: the state, the day, how it came, where it shows, and their reservations."""

    state: str
    on: date | None
    channel: str
    evidence: str
    reservations: str


AGREEMENT_RULES: dict[str, Rule] = {
    "state": word(AgreementState, "The state of an agreement"),
    "on": day("The day"),
    "channel": word(Channel, "The channel", optional=True),
    "evidence": line("The evidence", limit=1_000),
    "reservations": paragraph("The reservations"),
}


def record_agreement(
    author: Author,
    plan: str,
    parties: Sequence[str],
    *,
    today: date,
    versions_seen: Mapping[str, int] = MappingProxyType({}),
    **values: Unpack[AgreementValues],
) -> int:
    """Record how officials stand to the plan's present edition, in one change; return for how many it changed.

    ``not asked`` takes the record back. Answers need a day, today unless said; reservations need their text.
    ``versions_seen`` are the versions of the agreements that were looked at, by party, 0 for none: raises ``Conflict``
    if one has changed since.
    """
    kept = _checked_agreement(values, today)
    each = list(dict.fromkeys(parties))
    if not each:
        raise InvalidInput("Say whose agreement it is.", "parties")
    with change(author, "Recorded an agreement") as writer:
        whom = quoted(Party, stored_row(Party, each[0])) if len(each) == 1 else f"{len(each)} people"
        row = stored_row(Plan, plan)
        writer.summary = f"{whom}: {kept['state']} ({quoted(Plan, row)}, version {row['version']})"
        standing = agreements_of_version(plan, row["version"])
        for party, seen in versions_seen.items():
            _check_as_seen(standing.get(party), seen)
        return sum(_write(writer, plan, row["version"], party, standing.get(party), kept) for party in each)


def agreements_of_version(plan: str, version: str) -> dict[str, str]:
    """Return the agreements (uid) by party that are about this edition: those of the same major version."""
    found = rows(Agreement.select(Agreement.party, Agreement.uid, Agreement.version).where(Agreement.plan == plan))
    return {party: uid for party, uid, about in found if major(about) == major(version)}


def check_agreement(row: Any) -> None:
    """Raise ``InvalidInput`` when a party has two kept agreements to one edition."""
    query = Agreement.select(Agreement.version).where(
        (Agreement.plan == row["plan"]) & (Agreement.party == row["party"])
    )
    same = [about for (about,) in rows(query) if major(about) == major(row["version"])]
    if len(same) > 1:
        raise InvalidInput(AGREED_TWICE, "party")


def _checked_agreement(values: AgreementValues, today: date) -> dict[str, Any]:
    kept, problems = looked_at({"state": "", **values}, AGREEMENT_RULES)
    state = kept.get("state", "")
    if state != AgreementState.NOT_ASKED and not kept.get("on"):
        kept["on"] = today
    if kept.get("on") and kept["on"] > today:
        problems["on"] = f"{kept['on'].isoformat()} lies in the future; record it when it has happened."
    refuse(reservation_problems(state, kept.get("reservations", "")) | problems)
    return checked(kept, AGREEMENT_RULES)


def reservation_problems(state: str, reservations: str) -> dict[str, str]:
    """Return a sentence by field where reservations are missing, or do not go with the state."""
    if state == AgreementState.RESERVED and not reservations:
        return {"reservations": "Write down the reservations, in their words."}
    if state and state != AgreementState.RESERVED and reservations:
        return {"state": "Only who agrees with reservations has some; choose that, or clear the text."}
    return {}


def _check_as_seen(uid: str | None, seen: int) -> None:
    if uid is None and seen:
        raise Conflict("This agreement was taken back, or the plan has a new version. Look at it, then try again.")
    if uid is not None and (row := stored_row(Agreement, uid))["row_version"] != seen:
        raise Conflict(moved_on(Agreement, row, seen))


def _write(writer: Writer, plan: str, version: str, party: str, uid: str | None, kept: dict[str, Any]) -> bool:
    if kept["state"] == AgreementState.NOT_ASKED:
        if uid is not None:
            writer.delete(Agreement, uid)
        return uid is not None
    empty = {"channel": "", "evidence": "", "reservations": "", "lapsed_because": ""}
    values = {**empty, **kept, "version": version}
    if uid is not None:
        return writer.update(Agreement, uid, values)
    writer.create(Agreement, plan=plan, party=party, **values)
    return True
