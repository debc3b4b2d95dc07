"""Reading a plan from TOML, written by ``toml_writing`` or by hand, into plain values that obey the rules of the plan.

``read_toml`` asks no database and writes nothing; ``toml_importing`` puts its document into one. Every problem of the
file is collected, and says at which area, objective or action it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tui_plan.exchange.toml_checks import check_together
from tui_plan.exchange.toml_guard import parse_toml
from tui_plan.exchange.toml_layout import (
    FORM,
    FORM_KEY,
    LARGEST_NUMBER,
    LEFT_OUT_KEY,
    PLAN,
    REVIEWERS,
    ROOT,
    WITHHELD_KEYS,
)
from tui_plan.exchange.toml_links import Draft, Pending, resolve
from tui_plan.exchange.toml_names import UID
from tui_plan.exchange.toml_problems import Problems
from tui_plan.exchange.toml_quoted import POINTERS
from tui_plan.exchange.toml_table import THIS_PLAN, Link, Table
from tui_plan.exchange.toml_values import empty_value, from_toml
from tui_plan.exchange.withholding import Withheld
from tui_plan.model.base import Record, new_uid
from tui_plan.model.clean import clean, name_key
from tui_plan.model.errors import ImportProblem, InvalidInput
from tui_plan.model.people import Party
from tui_plan.model.places import party_fields
from tui_plan.model.plan import Action, Plan
from tui_plan.model.schema import RECORDS

Row = dict[str, Any]
_COUNTS = (*WITHHELD_KEYS, LEFT_OUT_KEY)
"""Keys of the head that count what the file does not hold."""

_ROOT_KEYS = frozenset({FORM_KEY, *_COUNTS, PLAN.key, *(table.key for table in ROOT)})


@dataclass(frozen=True)
class PlanDocument:
    """A plan as a file gives it: the rows of each record, by field, all references as uids.

    A reference to a party that the file does not list is an ``Unlisted``. ``remarks`` are for whoever imports it;
    ``given`` are the uids that stood in the file: the others were made while reading, and nobody has them.
    """

    rows: Mapping[type[Record], Sequence[Row]]
    remarks: tuple[str, ...]
    given: frozenset[str]

    @property
    def plan(self) -> Row:
        """The plan's own row."""
        return self.rows[Plan][0]


def read_toml(data: bytes) -> PlanDocument:
    """Read and check a plan in TOML. Raises ImportProblem, which holds a sentence for each thing to put right."""
    raw = parse_toml(data)
    reader = _Reader()
    reader.read(raw)
    reader.problems.raise_any()
    found = {model: tuple(reader.draft.rows[model]) for model in RECORDS}
    return PlanDocument(found, tuple(_left_out(raw)), frozenset(reader.given))


def _left_out(raw: Row) -> Iterator[str]:
    """Yield what the head tells of what the file does not hold."""
    withheld, rules = Withheld(*(raw.get(key, 0) for key in WITHHELD_KEYS)), raw.get(LEFT_OUT_KEY)
    if withheld.sentence:
        yield f"When this file was written, {withheld.sentence[0].lower()}{withheld.sentence[1:]}"
    if rules:
        were, they = ("1 rule of a group was", "it is") if rules == 1 else (f"{rules} rules of groups were", "they are")
        yield f"{were} left out when this file was written: {they} about other plans."


class _Reader:
    """Walks a document table by table; what it refers to is resolved once all is read."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.draft = Draft({model: [] for model in RECORDS})
        self.given: set[str] = set()
        self._plan = ""

    def read(self, raw: Row) -> None:
        self._check_head(raw)
        plan = self._table(PLAN, raw[PLAN.key], "the plan", None)
        if plan is None:
            return
        self._plan = plan["uid"]
        for table in ROOT:
            self._tables(table, raw.get(table.key, []), "", plan)
        resolve(self.draft, self.problems)
        check_together(self.draft, self.problems)

    def _check_head(self, raw: Row) -> None:
        form = raw.get(FORM_KEY, FORM)
        if not isinstance(form, int) or isinstance(form, bool) or form < 1:
            raise ImportProblem(f"{FORM_KEY} = … must be the number {FORM}, or be left out.")
        if form > FORM:
            raise ImportProblem("This file was written by a newer tui-plan: install the newer one to read it.")
        if not isinstance(raw.get(PLAN.key), dict):
            raise ImportProblem("There is no [plan] in this file: a plan in TOML begins with [plan] and its name.")
        self._check_keys(raw, _ROOT_KEYS, "the file")
        for key in _COUNTS:
            if not isinstance(raw.get(key, 0), int):
                self.problems.add("the file", f"{key} must be a whole number.")

    def _check_keys(self, raw: Row, known: frozenset[str], where: str) -> None:
        for key in raw:
            if key not in known:
                shown = clean(key)[:40]
                self.problems.add(where, f"“{shown}” is not known here; the keys are {', '.join(sorted(known))}.")

    def _tables(self, table: Table, raw: Any, above: str, outer: Row) -> None:
        if not isinstance(raw, list):
            self.problems.add(above or "the file", f"“{table.key}” must be a list of tables, written [[…{table.key}]].")
            return
        for count, body in enumerate(raw, start=1):
            where = f"{above}, {table.key} {count}" if above else f"{table.key} {count}"
            row = self._table(table, body, where, outer)
            if row is not None and "position" in table.model._meta.fields:
                row["position"] = count - 1

    def _table(self, table: Table, raw: Any, where: str, outer: Row | None) -> Row | None:
        if not isinstance(raw, dict):
            self.problems.add(where, f"must be a table of its own, written [[…{table.key}]].")
            return None
        named = _with_title(where, raw)
        self._check_keys(raw, table.keys, named)
        row: Row = dict(table.fixed)
        if table.inside and outer is not None:
            row[table.inside] = outer["uid"]
        if table.asks_plan:
            row["plan"] = self._plan if self._is_about_plan(raw, named) else None
        elif "plan" in table.model._meta.fields:
            row.setdefault("plan", self._plan)
        row["uid"] = new_uid()
        self._read_bookkeeping(table, raw, row, named)
        self._read_values(table, raw, row, named, outer)
        self.draft.add(table.model, row, named)
        self._read_links(table, raw, row, named)
        for part in table.parts:
            self._tables(part, raw.get(part.key, []), named if table.model is Action else where, row)
        return row

    def _is_about_plan(self, raw: Row, where: str) -> bool:
        value = raw.get(THIS_PLAN, False)
        if not isinstance(value, bool):
            self.problems.add(where, f"{THIS_PLAN} must be true or false.")
        return value is True

    def _read_bookkeeping(self, table: Table, raw: Row, row: Row, where: str) -> None:
        for name in table.bookkeeping:
            value = raw.get(name)
            if value is None:
                continue
            if name == "uid" and not (isinstance(value, str) and UID.fullmatch(value)):
                self.problems.add(where, "a uid is 32 of the digits 0–9 and a–f; leave it out to have one made.")
            elif name != "uid" and not _whole(value, 0 if name == "sequence" else 1):
                self.problems.add(where, f"{name} must be a whole number up to {LARGEST_NUMBER:,}.")
            else:
                row[name] = value
        if "uid" in raw:
            self.given.add(row["uid"])

    def _read_values(self, table: Table, raw: Row, row: Row, where: str, outer: Row | None) -> None:
        for name, rule in table.rules.items():
            try:
                if name in raw:
                    row[name] = rule(from_toml(table, name, raw[name]))
                elif outer is not None and name in table.inherits:
                    row[name] = outer[name]
                elif name in table.defaults:
                    row[name] = table.defaults[name]
                elif name == "start" and row.get("original_start"):
                    row[name] = row["original_start"]
                else:
                    row[name] = rule(empty_value(table, name))
            except InvalidInput as problem:
                row[name] = None
                self.draft.unsound.add(row["uid"])
                self.problems.add(where, str(problem))
        self._note_references(table, row, where)
        if table.model is Party:
            row["name_key"] = name_key(row["name"] or "")

    def _note_references(self, table: Table, row: Row, where: str) -> None:
        for name in party_fields(table.model) & table.rules.keys():
            text = clean(row[name] or "")
            row[name] = None
            if text:
                self.draft.parties.append(Pending(table.model, row, name, text, where))
            elif not table.model._meta.fields[name].null:
                self.problems.add(where, f"{name} must say who it is.")
        for name in POINTERS.get(table.model, ()):
            if row.get(name):
                self.draft.quoted.append(Pending(table.model, row, name, clean(row[name]), where))
                row[name] = None

    def _read_links(self, table: Table, raw: Row, row: Row, where: str) -> None:
        roles = 0
        for link in table.links:
            texts = self._texts(link, raw.get(link.key, []), where)
            for text in dict.fromkeys(texts):
                tie: Row = {"uid": new_uid(), link.owner: row["uid"], link.target: None, **link.fixed}
                if link.place:
                    tie[link.place] = roles + link.ranked
                    roles += 1
                if link is REVIEWERS:
                    tie["action"] = row["action"]
                waiting = self.draft.parties if link.target in party_fields(link.model) else self.draft.quoted
                waiting.append(Pending(link.model, tie, link.target, text, f"{where}, {link.key}"))
                self.draft.add(link.model, tie, where)
            if link.single and len(texts) > 1:
                self.problems.add(
                    where, f"{len(texts)} are {link.key}; exactly one may be, the others are responsible."
                )

    def _texts(self, link: Link, raw: Any, where: str) -> list[str]:
        many = [raw] if isinstance(raw, str) else raw
        if not isinstance(many, list) or not all(isinstance(text, str) for text in many):
            self.problems.add(where, f"{link.key} must be a list of texts in quotes.")
            return []
        return [text for text in (clean(text) for text in many) if text]


def _whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST_NUMBER


def _with_title(where: str, raw: Row) -> str:
    title = raw.get("title") or raw.get("name")
    if not isinstance(title, str):
        return where
    shown = clean(title[:200])
    return f"{where} (“{shown if len(shown) <= 60 else shown[:59].rstrip() + '…'}”)"
