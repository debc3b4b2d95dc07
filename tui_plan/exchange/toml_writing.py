"""Writing a whole plan as TOML: the form in which a plan is kept as a file, moved, read by people and brought in again.

Call ``export_toml`` with a database open; it asks a fixed number of questions for a plan of any size and writes
nothing. What it writes, ``toml_reading`` reads back to an equal plan. The ledger does not travel.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tui_plan.exchange.plan_gathering import Row, Rows, gather, quoted_elsewhere
from tui_plan.exchange.toml_layout import (
    FORM,
    FORM_KEY,
    LEFT_OUT_KEY,
    NEEDS_ELSEWHERE,
    PLAN,
    REVIEWERS,
    ROOT,
    WITHHELD_KEYS,
)
from tui_plan.exchange.toml_names import Named, PartyNames
from tui_plan.exchange.toml_quoted import POINTERS, Quoted, label_of, quoted_in, target_of
from tui_plan.exchange.toml_table import THIS_PLAN, Link, Table
from tui_plan.exchange.toml_values import to_toml
from tui_plan.exchange.withholding import Withheld, withhold
from tui_plan.model.base import Record
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Party
from tui_plan.model.places import party_fields
from tui_plan.model.plan import Action, Dependency, Plan, Role
from tui_plan.model.source import SourceRow

_EXPLANATION = """\
# A whole plan, as tui-plan wrote it and as 'tui-plan import' reads it back.
# Areas, step objectives and actions stand in their order. People are named; where a name is not enough, the
# organisation or the uid stands behind it in brackets. What is empty is left out. Whoever writes such a file by hand
# may leave out every uid and number.
# With somebody stands what is kept of them: how to reach them, what they were told, and checklists and entries of the
# register that are about no plan. What is about nobody here, or about another plan, is not in this file.

"""


def export_toml(plan_uid: str, *, with_candid: bool = True) -> bytes:
    """Return the whole plan with the people that it uses, as TOML in UTF-8; the same plan gives the same bytes.

    Without what is candid the file says at its top how many notes, entries of the register and items of checklists were
    left out; so it does for rules of groups about other plans. Raises NotFound.
    """
    return written_toml(plan_uid, candid=with_candid)[0]


def written_toml(plan_uid: str, *, candid: bool) -> tuple[bytes, str]:
    """Return the same, and the sentence that says what was withheld."""
    import tomli_w

    gathered = gather(plan_uid, candid=candid)
    found = gathered.rows
    if not found[Plan]:
        raise NotFound("This plan is no longer there: somebody removed it.")
    withheld = Withheld() if candid else withhold(found)
    missing = {**dict(zip(WITHHELD_KEYS, withheld, strict=True)), LEFT_OUT_KEY: gathered.left_out_rules}
    head = {FORM_KEY: FORM, **{key: count for key, count in missing.items() if count}}
    tables = tomli_w.dumps({**head, **_Exporter(found).root()}, multiline_strings=True)
    return (_EXPLANATION + tables).encode(), withheld.sentence


class _Exporter:
    """Nests the rows of one plan as the layout says."""

    def __init__(self, found: Rows) -> None:
        self._found = found
        self._names = PartyNames(
            Named(row["uid"], row["kind"], row["name"], row["organisation"] or "") for row in found[Party]
        )
        self._here = quoted_in(found)
        self._elsewhere = quoted_elsewhere(found, self._here)
        self._grouped: dict[tuple[type[Record], str], dict[str, list[Row]]] = {}

    def root(self) -> dict[str, Any]:
        plan = self._found[Plan][0]
        document: dict[str, Any] = {PLAN.key: self._table(PLAN, plan)}
        for table in ROOT:
            bodies = [self._table(table, row) for row in self._standing_at_root(table, plan["uid"])]
            if bodies:
                document[table.key] = bodies
        return document

    def _standing_at_root(self, table: Table, plan: str) -> list[Row]:
        many = self._beneath(table, plan) if table.inside else filter(table.holds, self._found[table.model])
        return self._in_order(table, many)

    def _table(self, table: Table, row: Row, above: Row | None = None) -> dict[str, Any]:
        body: dict[str, Any] = {}
        for name in table.rules:
            default = above[name] if above and name in table.inherits else table.defaults.get(name)
            if row[name] != default or (default and name not in table.inherits):
                body[name] = self._value(table, name, row[name])
        if table.asks_plan and row["plan"] is not None:
            body[THIS_PLAN] = True
        for link in table.links:
            self._add_link(body, link, row["uid"])
        for name in table.bookkeeping:
            if row[name] or name != "sequence":
                body[name] = row[name]
        for part in table.parts:
            many = [self._table(part, inner, row) for inner in self._in_order(part, self._beneath(part, row["uid"]))]
            if many:
                body[part.key] = many
        return body

    def _value(self, table: Table, name: str, value: Any) -> Any:
        if value is not None and name in party_fields(table.model):
            return self._names.label(value)
        if table.model is SourceRow and name == "action":
            return f"A-{self._here[Action][value].number}"
        if value is not None and name in POINTERS.get(table.model, ()):
            return self._label(target_of(table.model, name), value)
        return to_toml(name, value)

    def _label(self, model: type[Record], uid: str) -> str:
        return label_of(model, uid, self._quoted(model, uid), sure=uid not in self._here[model])

    def _quoted(self, model: type[Record], uid: str) -> Quoted:
        return self._here[model].get(uid) or self._elsewhere[model][uid]

    def _add_link(self, body: dict[str, Any], link: Link, owner: str) -> None:
        fixed = link.fixed.items()
        many = [
            row for row in self._owned(link.model, link.owner, owner) if all(row[name] == is_ for name, is_ in fixed)
        ]
        if link.model is Role and link is not REVIEWERS:
            many = [row for row in many if row["checkpoint"] is None]
        if link.model is Dependency:
            many = [row for row in many if (row["needs"] in self._here[Action]) is not (link is NEEDS_ELSEWHERE)]
        if link.model in POINTERS:
            labels = self._pointed(link, many)
        else:
            many.sort(key=lambda row: (row[link.place], row[link.target]))
            labels = list(dict.fromkeys(self._names.label(row[link.target]) for row in many))
        if labels:
            body[link.key] = labels[0] if link.single and len(labels) == 1 else labels

    def _pointed(self, link: Link, many: list[Row]) -> list[str]:
        target = target_of(link.model, link.target)
        uids = {row[link.target] for row in many if row[link.target] is not None}
        in_order = sorted(uids, key=lambda uid: (self._quoted(target, uid).number or 0, self._quoted(target, uid), uid))
        return [self._label(target, uid) for uid in in_order]

    def _beneath(self, table: Table, owner: str) -> list[Row]:
        return [row for row in self._owned(table.model, table.inside, owner) if table.holds(row)]

    def _owned(self, model: type[Record], field: str, owner: str) -> list[Row]:
        """Return the rows whose ``field`` is ``owner``; they are grouped once for each field."""
        if (model, field) not in self._grouped:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self._found[model]:
                if row[field] is not None:
                    grouped[row[field]].append(row)
            self._grouped[model, field] = grouped
        return self._grouped[model, field].get(owner, [])

    def _in_order(self, table: Table, many: Iterable[Row]) -> list[Row]:
        return sorted(many, key=lambda row: tuple(_sortable(row[name]) for name in table.order))


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is not None, value)
