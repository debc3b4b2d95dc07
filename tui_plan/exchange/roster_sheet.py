"""The roster as one table: a row for each person and post they hold, and one for each post, organisation and group.

The command line and the screens call ``roster_csv`` and ``roster_xlsx``; ``roster_reading`` reads every column back.
Where posts report to, who stands in for them, rules of groups and former holders are the plan file's (TOML) to carry.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from tui_plan.exchange.roster_columns import (
    ACTING,
    CONTACT_FIELDS,
    HEADINGS,
    NO_ORGANISATION,
    USUAL_SEAT,
    RosterField,
)
from tui_plan.exchange.roster_entries import EntryContact
from tui_plan.exchange.sheet_rows import Cell, PlanSheet
from tui_plan.exchange.sheet_writing import sheet_csv, sheet_xlsx
from tui_plan.insight.people_on import Holding, PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.people import ContactMethod, Party
from tui_plan.model.vocabulary import ContactKind, PartyKind

_KINDS = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION, PartyKind.GROUP)
Line = dict[RosterField, Cell]


class PartyTexts(NamedTuple):
    """What ``PeopleOn`` leaves out of a party."""

    group_kind: str
    login: str
    remarks: str
    joined_on: date | None


def roster_csv(
    day: date, parties: Sequence[str] | None = None, *, candid: bool = False, bom: bool = False
) -> tuple[bytes, str]:
    """Return the roster of a day as CSV, and the sentence that says what was withheld, or nothing.

    ``parties`` (uids) are all unless given. With ``candid`` the remarks go along.
    """
    sheet = roster_sheet(day, parties, candid=candid)
    return sheet_csv(sheet, bom=bom), sheet.withheld


def roster_xlsx(day: date, parties: Sequence[str] | None = None, *, candid: bool = False) -> tuple[bytes, str]:
    """Return the same as a workbook."""
    sheet = roster_sheet(day, parties, candid=candid)
    return sheet_xlsx(sheet, page_name="Roster"), sheet.withheld


def roster_sheet(day: date, parties: Sequence[str] | None = None, *, candid: bool = False) -> PlanSheet:
    """Return the roster as a table; see ``roster_csv``."""
    roster = _Roster(PeopleOn(day), _texts(), contacts_by_party(), wanted=None if parties is None else set(parties))
    fields = [field for field in HEADINGS if candid or field is not RosterField.REMARKS]
    lines = [tuple(line.get(field, "") for field in fields) for line in roster.lines()]
    return PlanSheet("Roster", tuple(HEADINGS[field] for field in fields), tuple(lines), roster.withheld(candid))


def contacts_by_party() -> dict[str, list[EntryContact]]:
    """Return the ways to reach each party (uid), in their order of preference."""
    fields = (ContactMethod.party, ContactMethod.kind, ContactMethod.value, ContactMethod.verified_on)
    order = (ContactMethod.rank, ContactMethod.kind, ContactMethod.uid)
    found: dict[str, list[EntryContact]] = defaultdict(list)
    for party, *contact in rows(ContactMethod.select(*fields).order_by(*order)):
        found[party].append(EntryContact(*contact))
    return found


def groups_by_member(people: PeopleOn) -> dict[str, list[tuple[str, str]]]:
    """Return the groups (uid and seat) in which each party has a seat by name, by the groups' names."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for group in people.in_order(people.named_seats):
        for seat in people.named_seats[group]:
            found[seat.member].append((group, seat.seat))
    return found


def column_order(contacts: Sequence[EntryContact]) -> list[str]:
    """Return the kinds of these contacts as the columns of a sheet give them: kind by kind."""
    kinds = [kind.value for kind in ContactKind]
    return sorted((contact.kind for contact in contacts), key=kinds.index)


@dataclass
class _Roster:
    """The roster of a day on its way into a table."""

    people: PeopleOn
    texts: dict[str, PartyTexts]
    contacts: dict[str, list[EntryContact]]
    wanted: set[str] | None

    def __post_init__(self) -> None:
        self._groups = groups_by_member(self.people)
        self._held: dict[str, list[Holding]] = defaultdict(list)
        for post in self.people.in_order(self.people.holdings):
            for holding in self.people.holdings[post]:
                self._held[holding.person].append(holding)

    def lines(self) -> Iterator[Line]:
        """Yield all rows: persons first, each kind by name."""
        for kind in _KINDS:
            for uid in self._uids(kind):
                line = self._line(uid)
                yield from ([line | self._post(uid, held) for held in self._held[uid]] or [line])

    def withheld(self, candid: bool) -> str:
        """Return the sentence that tells how many remarks stay in the house."""
        count = 0 if candid else sum(bool(self.texts[uid].remarks) for kind in _KINDS for uid in self._uids(kind))
        words = "1 remark was" if count == 1 else f"{count:,} remarks were"
        return f"{words} withheld." if count else ""

    def _uids(self, kind: PartyKind) -> list[str]:
        return [
            uid
            for uid, head in self.people.parties.items()
            if head.kind == kind and (self.wanted is None or uid in self.wanted)
        ]

    def _line(self, uid: str) -> Line:
        head, texts = self.people.parties[uid], self.texts[uid]
        groups = (f"{self.people.name(group)}{_seat(seat)}" for group, seat in self._groups[uid])
        return {
            RosterField.NAME: head.name,
            RosterField.KIND: texts.group_kind or head.kind,
            RosterField.ORGANISATION: self.people.name(head.organisation),
            RosterField.AUDIENCE: head.audience,
            RosterField.GROUPS: "\n".join(groups),
            RosterField.LOGIN: texts.login,
            RosterField.SHORT: head.short_name,
            RosterField.JOINED: texts.joined_on or "",
            RosterField.LEFT: head.left_on or "",
            RosterField.REMARKS: texts.remarks,
            RosterField.UID: uid,
            **_contact_cells(self.contacts.get(uid, [])),
        }

    def _post(self, person: str, held: Holding) -> Line:
        home = self.people.parties[held.post].organisation
        same = home == self.people.parties[person].organisation
        return {
            RosterField.POST: self.people.name(held.post) + (f" {ACTING}" if held.acting else ""),
            RosterField.POST_IN: "" if same else self.people.name(home) or NO_ORGANISATION,
            RosterField.SINCE: held.start or "",
            RosterField.UNTIL: held.end or "",
        }


def _texts() -> dict[str, PartyTexts]:
    fields: tuple[Any, ...] = (Party.uid, Party.group_kind, Party.login, Party.remarks, Party.joined_on)
    return {uid: PartyTexts(*texts) for uid, *texts in rows(Party.select(*fields))}


def _seat(seat: str) -> str:
    return "" if seat in {"", USUAL_SEAT} else f" ({seat})"


def _contact_cells(contacts: Sequence[EntryContact]) -> Line:
    """Return a cell for each kind, one value to a line (an address may have several, so an empty line parts them)."""
    cells: Line = {}
    for field, kind in zip(CONTACT_FIELDS, ContactKind, strict=True):
        mark = "\n\n" if kind is ContactKind.ADDRESS else "\n"
        cells[field] = mark.join(contact.value for contact in contacts if contact.kind == kind)
    order = [contact.kind for contact in contacts]
    cells[RosterField.ORDER] = "" if order == column_order(contacts) else ", ".join(order)
    cells[RosterField.VERIFIED] = _verified(contacts)
    return cells


def _verified(contacts: Sequence[EntryContact]) -> Cell:
    """Return the one day on which all were verified, else a line for each that was."""
    days = {contact.verified_on for contact in contacts}
    if len(days) == 1:
        return days.pop() or ""
    return "\n".join(f"{kind} {value} {day.isoformat()}" for kind, value, day in contacts if day is not None)
