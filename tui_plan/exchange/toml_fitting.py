"""Fitting a plan from a file into the database that is open: who is there already, which uids and numbers are free.

Only ``toml_importing`` calls this. It asks a fixed number of questions and writes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

from peewee import chunked

from tui_plan.exchange.toml_layout import LARGEST_NUMBER, references
from tui_plan.exchange.toml_names import Named, PartyNames, Unlisted
from tui_plan.exchange.toml_problems import Problems
from tui_plan.model.base import Record, new_uid, rows
from tui_plan.model.errors import Refused
from tui_plan.model.ledger import Counter
from tui_plan.model.meeting import MeetingSeries
from tui_plan.model.people import PEOPLE, ContactMethod, Membership, Party, Tenure
from tui_plan.model.plan import Action, Dependency, Plan
from tui_plan.model.schema import LETTERS, RECORDS
from tui_plan.model.vocabulary import PartyKind

Row = dict[str, Any]
_AT_ONCE = 5_000
_PARTS_OF_PEOPLE: Mapping[type[Record], str] = {ContactMethod: "party", Tenure: "post", Membership: "group"}


class Fitting:
    """The rows of a document on their way into the database; ``remarks`` tell what had to differ from the file."""

    def __init__(self, document: Mapping[type[Record], Sequence[Row]]) -> None:
        self.rows: dict[type[Record], list[Row]] = {
            model: [dict(row) for row in document.get(model, ())] for model in RECORDS
        }
        self.remarks: list[str] = []
        self._problems = Problems()

    @property
    def plan(self) -> Row:
        """The plan's own row."""
        return self.rows[Plan][0]

    def fit(self, today: date, *, as_copy: bool) -> None:
        """Make the rows such that they can be written. Raises ``Refused`` and ImportProblem."""
        if as_copy:
            self._renew_uids()
        else:
            self._refuse_if_there()
        self._find_unlisted()
        self._use_known_parties()
        self._drop_needs_outside()
        self._check_actual(today)
        self._problems.raise_any()
        self._renumber()
        self.rows[Party] = _homes_first(self.rows[Party])

    def _renew_uids(self) -> None:
        mine = [row["uid"] for model, many in self.rows.items() if model not in PEOPLE for row in many]
        self._replace({uid: new_uid() for uid in mine})

    def _refuse_if_there(self) -> None:
        here = rows(Plan.select(Plan.number, Plan.name).where(Plan.uid == self.plan["uid"]))
        if here:
            number, name = here[0]
            raise Refused(
                f"This plan is already here, as P-{number} “{name}”. Open that one, or bring the file in as a copy "
                "with --as-copy."
            )
        for model, many in self.rows.items():
            if model not in PEOPLE and _present(model, [row["uid"] for row in many]):
                raise Refused(
                    f"A {model.noun} of this file is already here, in another plan. Bring the file in as a copy with "
                    "--as-copy."
                )

    def _find_unlisted(self) -> None:
        """Look for the parties that the file only names among those of the database."""
        wanted = [
            (row, name)
            for model, many in self.rows.items()
            for row in many
            for name in references(model)
            if isinstance(row.get(name), Unlisted)
        ]
        if not wanted:
            return
        query = Party.select(Party.uid, Party.kind, Party.name, Party.organisation)
        names = PartyNames(Named(uid, kind, name, home or "") for uid, kind, name, home in rows(query))
        for row, name in wanted:
            row[name] = self._found(names, row[name])

    def _found(self, names: PartyNames, wanted: Unlisted) -> str | None:
        found = names.find(wanted.text, wanted.kind)
        if len(found) == 1 and wanted.kind in {"", names.kind(found[0])}:
            return found[0]
        shown = wanted.text if len(wanted.text) <= 60 else wanted.text[:59].rstrip() + "…"
        if len(found) > 1:
            sentence = f"“{shown}” can be {len(found)} of those on the roster: put the uid behind it in brackets."
        else:
            sentence = (
                f"nobody is named “{shown}”, neither in the file nor on the roster: list them in the file, as a "
                f"[[{wanted.kind or 'person'}]]{'' if wanted.kind else ', [[post]], [[organisation]] or [[group]]'}."
            )
        self._problems.add(wanted.where, sentence)
        return None

    def _use_known_parties(self) -> None:
        """Take parties that are on the roster, by uid or by an unmistakable name, as they stand there."""
        known = _present(Party, [row["uid"] for row in self.rows[Party]])
        same = self._same_on_roster(known)
        self._replace(same)
        known |= set(same.values())
        self.rows[Party] = [row for row in self.rows[Party] if row["uid"] not in known]
        for model, owner in _PARTS_OF_PEOPLE.items():
            kept = [row for row in self.rows[model] if row[owner] not in known]
            there = _present(model, [row["uid"] for row in kept])
            self.rows[model] = [row if row["uid"] not in there else row | {"uid": new_uid()} for row in kept]
        if known:
            self.remarks.append(f"{len(known)} of the people are already on the roster and stay as they stand there.")

    def _same_on_roster(self, known: set[str]) -> dict[str, str]:
        """Return which roster entry each party of the file is that has another uid and the same kind, name and home.

        Organisations come first, since posts and persons are told apart by theirs. Namesakes among persons on the
        roster are nobody's match: the file's person is then added.
        """
        fresh = [row for row in self.rows[Party] if row["uid"] not in known]
        keys = sorted({row["name_key"] for row in fresh})
        query = Party.select(Party.kind, Party.name_key, Party.organisation, Party.uid)
        there: dict[tuple[str, str, str], list[str]] = {}
        for kind, key, home, uid in [
            row for some in chunked(keys, _AT_ONCE) for row in rows(query.where(Party.name_key.in_(some)))
        ]:
            there.setdefault(_party_key(kind, key, home), []).append(uid)
        same: dict[str, str] = {}
        for row in sorted(fresh, key=lambda row: bool(row["kind"] != PartyKind.ORGANISATION)):
            home = same.get(row["organisation"], row["organisation"])
            found = there.get(_party_key(row["kind"], row["name_key"], home), [])
            if len(found) == 1 and found[0] not in same.values():
                same[row["uid"]] = found[0]
        return same

    def _drop_needs_outside(self) -> None:
        """An action of another plan can only be needed where that plan is."""
        mine = {row["uid"] for row in self.rows[Action]}
        outside = {row["needs"] for row in self.rows[Dependency]} - mine
        lost = outside - _present(Action, outside)
        if lost:
            before = len(self.rows[Dependency])
            self.rows[Dependency] = [row for row in self.rows[Dependency] if row["needs"] not in lost]
            gone = before - len(self.rows[Dependency])
            self.remarks.append(f"{gone} dependencies on actions of other plans were left out: those are not here.")

    def _check_actual(self, today: date) -> None:
        for row in self.rows[Action]:
            if row["actual"] and row["actual"] > today:
                self._problems.add(
                    f"action “{row['title'][:60]}”",
                    f"The actual date ({row['actual'].isoformat()}) lies in the future; use the forecast.",
                )

    def _renumber(self) -> None:
        """Keep numbers that were never given here, and drop the others, so that new ones are given."""
        given = dict(rows(Counter.select(Counter.letter, Counter.last)))
        if any("number" not in row for row in self.rows[MeetingSeries]):
            given["M"] = LARGEST_NUMBER  # series and meetings share their numbers: a new one must not meet a kept one
        for model, letter in LETTERS.items():
            taken = 0
            for row in self.rows[model]:
                if row.get("number", 0) <= given.get(letter, 0):
                    taken += row.pop("number", None) is not None
            if taken:
                what = f"1 {model.noun} has" if taken == 1 else f"{taken} {_plural(model)} have"
                self.remarks.append(f"{what} a new number, since theirs are taken here.")

    def _replace(self, uids: Mapping[str, str]) -> None:
        """Put new uids in the place of old ones, wherever they stand."""
        for model, many in self.rows.items():
            names = ["uid", *references(model)]
            for row in many:
                row.update({name: uids[row[name]] for name in names if row.get(name) in uids})


def _party_key(kind: str, key: str, home: str | None) -> tuple[str, str, str]:
    apart = kind in {PartyKind.POST, PartyKind.PERSON}
    return kind, key, (home or "") if apart else ""


def _present(model: type[Record], uids: Iterable[str]) -> set[str]:
    """Return those of ``uids`` that the database holds."""
    query = model.select(model.uid)
    return {uid for some in chunked(sorted(uids), _AT_ONCE) for (uid,) in rows(query.where(model.uid.in_(some)))}


def _homes_first(parties: list[Row]) -> list[Row]:
    """Return the parties in an order in which each comes after the organisation that it belongs to."""
    by_uid = {row["uid"]: row for row in parties}
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(by_uid, ()))
    for uid, row in by_uid.items():
        if row["organisation"] in by_uid:
            sorter.add(uid, row["organisation"])
    return [by_uid[uid] for uid in sorter.static_order()]


def _plural(model: type[Record]) -> str:
    return {"meeting series": "meeting series"}.get(model.noun, f"{model.noun}s")
