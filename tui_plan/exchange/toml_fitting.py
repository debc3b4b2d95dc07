"""Fitting a plan from a file into the database that is open: who is there already, which uids and numbers are free.

Only ``toml_importing`` calls this. It asks a fixed number of questions and writes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from graphlib import TopologicalSorter
from typing import Any

from tui_plan.exchange.toml_layout import LARGEST_NUMBER
from tui_plan.exchange.toml_names import Named, PartyNames, Unlisted
from tui_plan.exchange.toml_outside import drop_outside, present
from tui_plan.exchange.toml_problems import Problems
from tui_plan.exchange.toml_quoted import plural, target_of
from tui_plan.exchange.toml_table import ONCE, once, references
from tui_plan.model.base import Record, new_uid, portions, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.errors import Refused
from tui_plan.model.ledger import Counter
from tui_plan.model.meeting import MeetingSeries
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import PEOPLE, Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.plan import Action, Plan
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.schema import LETTERS, RECORDS
from tui_plan.model.vocabulary import PartyKind

Row = dict[str, Any]
_KEPT_OF_PEOPLE: Mapping[type[Record], tuple[str, ...]] = {
    ContactMethod: ("party",),
    Tenure: ("post",),
    Alternate: ("post",),
    Membership: ("group",),
    MembershipRule: ("group",),
    Communication: ("party",),
    ChecklistRun: ("party", "group"),
    RegisterEntry: ("party",),
}
"""What is kept of somebody, unless it is about a plan, with the fields that say of whom: the first that is given."""

_PART_OF: Mapping[type[Record], str] = {
    ChecklistItem: "run",
    NextAction: "item",
    EntryLink: "entry",
}
"""What comes along with its whole, from the whole to its parts, with the field that leads there."""

_ONLY_PAST: Mapping[type[Record], str] = {Agreement: "on", Communication: "on"}
"""What cannot have happened in the future, with the field that holds the day."""


class Fitting:
    """The rows of a document on their way into the database; ``remarks`` tell what had to differ from the file.

    Of their uids only those that are ``given`` can be there already.
    """

    def __init__(self, document: Mapping[type[Record], Sequence[Row]], given: frozenset[str]) -> None:
        self.rows: dict[type[Record], list[Row]] = {
            model: [dict(row) for row in document.get(model, ())] for model in RECORDS
        }
        self.remarks: list[str] = []
        self._given = given
        self._problems = Problems()
        self._of_roster = _of_roster(self.rows)

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
        self.remarks += drop_outside(self.rows)
        self._check_days(today)
        self._problems.raise_any()
        self._renumber()
        self.rows[Party] = _named_first(self.rows[Party])

    def _renew_uids(self) -> None:
        self._replace({uid: new_uid() for model in RECORDS for uid in self._of_plan(model)})

    def _refuse_if_there(self) -> None:
        here = rows(Plan.select(Plan.number, Plan.name).where(Plan.uid == self.plan["uid"]))
        if here:
            number, name = here[0]
            raise Refused(
                f"This plan is already here, as P-{number} “{name}”. Open that one, or bring the file in as a copy "
                "with --as-copy."
            )
        for model in RECORDS:
            if present(model, self._given.intersection(self._of_plan(model))):
                raise Refused(
                    f"A {model.noun} of this file is already here, in another plan. Bring the file in as a copy with "
                    "--as-copy."
                )

    @property
    def widens_groups(self) -> bool:
        """Whether a group that is on the roster gets a rule about this plan, and so perhaps people with new duties."""
        mine = {row["uid"] for row in self.rows[Party]}
        return any(row["group"] not in mine for row in self.rows[MembershipRule])

    def _of_plan(self, model: type[Record]) -> list[str]:
        """Return the uids of what is part of the plan; the rest is part of the roster."""
        return [row["uid"] for row in self.rows[model] if row["uid"] not in self._of_roster]

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
        query = Party.select(Party.uid, Party.kind, Party.name, Party.organisation).where(Party.merged_into.is_null())
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
        """Take parties that are on the roster, by uid or by an unmistakable name, as they stand there.

        What was merged there is taken as what it became. What is about this plan comes along with it all the same.
        """
        known = present(Party, self._given.intersection(row["uid"] for row in self.rows[Party]))
        became = _became(known)
        same = became | self._same_on_roster(known, became)
        self._replace(same)
        known |= set(same.values())
        self.rows[Party] = [row for row in self.rows[Party] if row["uid"] not in known]
        for model, whose in _KEPT_OF_PEOPLE.items():
            self.rows[model] = [row for row in self.rows[model] if not self._stays(row, whose, known)]
        for model, whole in _PART_OF.items():
            there_are = {row["uid"] for row in self.rows[target_of(model, whole)]}
            self.rows[model] = [row for row in self.rows[model] if row[whole] in there_are]
        mine = self._of_roster & self._given
        there = [
            uid for model, many in self.rows.items() for uid in present(model, mine & {row["uid"] for row in many})
        ]
        self._replace({uid: new_uid() for uid in there})
        for model in ONCE if known else ():
            self.rows[model] = once(model, self.rows[model])
        if known:
            count = len(known - became.keys())
            self.remarks.append(f"{count} of the people are already on the roster and stay as they stand there.")

    def _stays(self, row: Row, whose: tuple[str, ...], known: set[str]) -> bool:
        """Whether what is kept of somebody does not come along, since they are on the roster."""
        owner = next((row[name] for name in whose if row.get(name)), None)
        return row["uid"] in self._of_roster and owner in known

    def _same_on_roster(self, known: set[str], became: Mapping[str, str]) -> dict[str, str]:
        """Return which roster entry each party of the file is that has another uid and the same kind, name and home.

        Organisations come first, since posts and persons are told apart by theirs. Namesakes among persons, on the
        roster or in the file, are nobody's match: the file's person is then added.
        """
        fresh = [row for row in self.rows[Party] if row["uid"] not in known]
        keys = {row["name_key"] for row in fresh}
        query = Party.select(Party.kind, Party.name_key, Party.organisation, Party.uid)
        query = query.where(Party.merged_into.is_null())
        there: dict[tuple[str, str, str], list[str]] = {}
        for kind, key, home, uid in [
            row for some in portions(keys) for row in rows(query.where(Party.name_key.in_(some)))
        ]:
            there.setdefault(_party_key(kind, key, home), []).append(uid)
        same: dict[str, str] = {}
        for row in sorted(fresh, key=lambda row: bool(row["kind"] != PartyKind.ORGANISATION)):
            home = {**became, **same}.get(row["organisation"], row["organisation"])
            found = there.get(_party_key(row["kind"], row["name_key"], home), [])
            taken = {*same.values(), *(known if row["kind"] == PartyKind.PERSON else ())}
            if len(found) == 1 and found[0] not in taken:
                same[row["uid"]] = found[0]
        return same

    def _check_days(self, today: date) -> None:
        for model, name in _ONLY_PAST.items():
            for row in self.rows[model]:
                if row[name] and row[name] > today:
                    sentence = f"{row[name].isoformat()} lies in the future; record it when it has happened."
                    self._problems.add(f"one {model.noun}", sentence)
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
                what = f"1 {model.noun} has" if taken == 1 else f"{taken} {plural(model)} have"
                self.remarks.append(f"{what} a new number, since theirs are taken here.")

    def _replace(self, uids: Mapping[str, str]) -> None:
        """Put new uids in the place of old ones, wherever they stand: whom a drill calls is also the item's key."""
        for model, many in self.rows.items():
            names = ["uid", *references(model), *(("key",) if model is ChecklistItem else ())]
            for row in many:
                row.update({name: uids[row[name]] for name in names if row.get(name) in uids})


def _party_key(kind: str, key: str, home: str | None) -> tuple[str, str, str]:
    apart = kind in {PartyKind.POST, PartyKind.PERSON}
    return kind, key, (home or "") if apart else ""


def _of_roster(document: Mapping[type[Record], Sequence[Row]]) -> set[str]:
    """Return the uids of what is no part of the plan: people, and what is kept of them about no plan."""
    kept = {row["uid"] for model in PEOPLE for row in document[model]}
    for model in _KEPT_OF_PEOPLE:
        about = ("plan", "area") if model is MembershipRule else ("plan",)
        kept |= {row["uid"] for row in document[model] if not any(row.get(name) for name in about)}
    for model, whole in _PART_OF.items():
        kept |= {row["uid"] for row in document[model] if row[whole] in kept}
    return kept


def _became(known: set[str]) -> dict[str, str]:
    """Return what those of ``known`` became that were merged into another party."""
    merged = dict(rows(Party.select(Party.uid, Party.merged_into).where(Party.merged_into.is_null(False))))
    found = {uid: merged[uid] for uid in known if uid in merged}
    while again := {uid: merged[into] for uid, into in found.items() if into in merged}:
        found |= again
    return found


def _named_first(parties: list[Row]) -> list[Row]:
    """Return the parties in an order in which each comes after the organisation and the post that it names."""
    by_uid = {row["uid"]: row for row in parties}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for uid, row in by_uid.items():
        sorter.add(uid, *(row[name] for name in ("organisation", "reports_to") if row[name] in by_uid))
    return [by_uid[uid] for uid in sorter.static_order()]
