"""Reading a roster from a CSV or XLSX file, or from vCards. The command line and the screens call ``read_roster``.

Nothing is written and nobody is looked up here: ``roster_import`` says who is new and who is there already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tui_plan.exchange.roster_checks import contact_problem, entry_problems
from tui_plan.exchange.roster_columns import (
    CONTACT_FIELDS,
    HEADINGS,
    NO_ORGANISATION,
    RosterColumn,
    RosterField,
    recognise_roster,
    roster_fields,
)
from tui_plan.exchange.roster_entries import MOST_ENTRIES, EntryContact, EntryPost, RosterEntry, RosterReading, Told
from tui_plan.exchange.roster_values import as_uid, contact_values, in_wanted_order, kind_of, verified_days
from tui_plan.exchange.sheet_columns import heading_words
from tui_plan.exchange.sheet_file import content_of, named_sheets, raw_sheets
from tui_plan.exchange.sheet_layout import TITLE_LINES, RawSheet, SheetRow
from tui_plan.exchange.sheet_parties import names_nobody
from tui_plan.model.clean import clean, name_key
from tui_plan.model.dates import Ambiguous, DateOrder, Impossible, written_date
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import Audience, ContactKind, PartyKind

_NAMES = {RosterField.NAME, RosterField.FIRST, RosterField.LAST}
_VCARD = b"BEGIN:VCARD"


def read_roster(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    order: DateOrder | None = None,
) -> RosterReading:
    """Read a file of people; whether it holds vCards or a table is seen from its content.

    ``sheet`` names the worksheet of an XLSX file, ``mapping`` (heading → field) goes before what is recognised, and
    ``order`` settles 03/04/2026. Raises NotFound and ImportProblem; what is wrong in rows stands in the reading.
    """
    content = content_of(path)
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(_VCARD):
        from tui_plan.exchange.vcard_reading import read_vcards

        return read_vcards(content, path.name)
    return read_roster_table(content, path.name, sheet=sheet, mapping=mapping or {}, order=order)


def read_roster_table(
    content: bytes,
    name: str,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    order: DateOrder | None = None,
) -> RosterReading:
    """Read the content of a CSV or XLSX file called ``name``; see ``read_roster``."""
    raw, at = _chosen(clean(name), named_sheets(raw_sheets(content, name), sheet), mapping or {})
    if len(raw.lines) > MOST_ENTRIES:
        raise ImportProblem(f"{clean(name)} has more than {MOST_ENTRIES:,} rows: split it.")
    width = max(map(len, raw.lines[at:]))
    padded = [SheetRow(n + 1, (*line, *("",) * (width - len(line)))) for n, line in enumerate(raw.lines) if n >= at]
    columns = recognise_roster(padded[0].cells, mapping)
    reader = _TableReader(columns, order)
    for row in padded[1:]:
        if not row.blank:
            reader.read(row)
    above = [cell for line in raw.lines[:at] for cell in line if cell]
    passed = (f"Above the headings, not taken in: {'; '.join(above)}",) if above else ()
    left_out = _left_out(columns, padded[1:])
    return RosterReading(
        name=clean(name),
        unit="row",
        entries=tuple(reader.entries),
        columns=columns,
        remarks=(*raw.remarks, *passed, *left_out),
        looks=tuple(reader.looks),
        problems=tuple(reader.problems),
    )


def _chosen(file: str, sheets: list[RawSheet], mapping: Mapping[str, str]) -> tuple[RawSheet, int]:
    """Return the worksheet that holds a roster, and the line (from 0) of its headings."""
    found = [(raw, at) for raw in sheets if (at := _heading_line(raw.lines, mapping)) is not None]
    if not found:
        raise ImportProblem(
            f"{file} has no row of headings that could be recognised: give it one with at least “Name”, or say "
            "--map 'Heading=name'."
        )
    if len(found) > 1:
        names = ", ".join(f"“{raw.name}”" for raw, _ in found)
        raise ImportProblem(f"{file} has several worksheets that look like rosters: choose one with --sheet: {names}.")
    return found[0]


def _heading_line(lines: Sequence[Sequence[str]], mapping: Mapping[str, str]) -> int | None:
    """The line among the first that names most fields, one of them for names."""
    counts = [0] * min(len(lines), TITLE_LINES)
    for at in range(len(counts)):
        fields = roster_fields(tuple(lines[at]), mapping)
        counts[at] = len(fields) if fields & _NAMES else 0
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _left_out(columns: Sequence[RosterColumn], rows: Sequence[SheetRow]) -> tuple[str, ...]:
    filled = [
        column.heading or f"Column {column.index + 1}"
        for column in columns
        if column.field is None and any(row.cells[column.index] for row in rows)
    ]
    return (f"Left out, since a roster has no place for it: {', '.join(filled)}",) if filled else ()


@dataclass(slots=True)
class _TableReader:
    """Turns row after row into entries; what is wrong or not understood is collected with its row."""

    columns: Sequence[RosterColumn]
    order: DateOrder | None
    entries: list[RosterEntry] = field(default_factory=list)
    looks: list[Told] = field(default_factory=list)
    problems: list[Told] = field(default_factory=list)

    def read(self, row: SheetRow) -> None:
        """Take in one row that holds something."""
        texts = _texts(self.columns, row)
        uid = as_uid(texts.get(RosterField.UID, ""))
        kind = kind_of(texts.get(RosterField.KIND, ""))
        name, post = _name(texts), clean(texts.get(RosterField.POST, ""))
        if kind is None:
            words = ", ".join(PartyKind)
            self._problem(row, f"“{texts[RosterField.KIND][:40]}” is no kind of record: write one of {words}.")
        elif not uid and kind[0] is PartyKind.PERSON and post and names_nobody(name):
            self._vacant(row, texts, post)
        elif not name or (not uid and names_nobody(name)):
            self._problem(row, "it has no name: write one, or take the row out.")
        else:
            self._take(self._entry(row, texts, name, uid, kind))

    def _vacant(self, row: SheetRow, texts: dict[RosterField, str], post: str) -> None:
        """A row that names a post and nobody in it is the post itself."""
        home = _name_in(texts.get(RosterField.POST_IN) or texts.get(RosterField.ORGANISATION, ""))
        self._take(RosterEntry(row.number, PartyKind.POST, post, organisation=home))

    def _take(self, entry: RosterEntry) -> None:
        problems = (*entry_problems(entry), *filter(None, map(contact_problem, entry.contacts)))
        self.problems += [Told(entry.number, problem) for problem in problems]
        self.entries.append(entry)

    def _entry(
        self, row: SheetRow, texts: dict[RosterField, str], name: str, uid: str, kind: tuple[PartyKind, str]
    ) -> RosterEntry:
        return RosterEntry(
            number=row.number,
            kind=kind[0],
            name=name,
            uid=uid,
            group_kind=kind[1],
            organisation=_name_in(texts.get(RosterField.ORGANISATION, ""), exact=bool(uid)),
            posts=self._posts(row, texts, exact=bool(uid)) if kind[0] is PartyKind.PERSON else (),
            contacts=self._contacts(row, texts),
            groups=tuple(clean(line) for line in texts.get(RosterField.GROUPS, "").split("\n") if clean(line)),
            audience=self._audience(row, texts.get(RosterField.AUDIENCE, "")),
            login=clean(texts.get(RosterField.LOGIN, "")),
            short_name=clean(texts.get(RosterField.SHORT, "")),
            joined_on=self._day(row, texts, RosterField.JOINED),
            left_on=self._day(row, texts, RosterField.LEFT),
            remarks=texts.get(RosterField.REMARKS, ""),
        )

    def _posts(self, row: SheetRow, texts: dict[RosterField, str], *, exact: bool) -> tuple[EntryPost, ...]:
        name = _name_in(texts.get(RosterField.POST, ""), exact=exact)
        if not name:
            return ()
        elsewhere = texts.get(RosterField.POST_IN)
        home = None if elsewhere is None else _name_in(elsewhere, exact=exact and elsewhere != NO_ORGANISATION)
        since, until = self._day(row, texts, RosterField.SINCE), self._day(row, texts, RosterField.UNTIL)
        return (EntryPost(name, home, since, until),)

    def _contacts(self, row: SheetRow, texts: dict[RosterField, str]) -> tuple[EntryContact, ...]:
        values = [
            (kind.value, value)
            for column, kind in zip(CONTACT_FIELDS, ContactKind, strict=True)
            for value in contact_values(kind, texts.get(column, ""))
        ]
        found = in_wanted_order(values, texts.get(RosterField.ORDER, ""))
        text = texts.get(RosterField.VERIFIED, "")
        if not text:
            return tuple(EntryContact(kind, value) for kind, value in found)
        days = verified_days(text, found)
        if days is None:
            day = self._day(row, texts, RosterField.VERIFIED)
            return tuple(EntryContact(kind, value, day) for kind, value in found)
        return tuple(EntryContact(kind, value, days.get((kind, value))) for kind, value in found)

    def _audience(self, row: SheetRow, text: str) -> str:
        found = next((word.value for word in Audience if word == name_key(text)), "")
        if text and not found:
            words = ", ".join(Audience)
            self.looks.append(Told(row.number, f"“{clean(text)[:40]}” is no audience, and is left out: {words}."))
        return found

    def _day(self, row: SheetRow, texts: dict[RosterField, str], column: RosterField) -> date | None:
        text = texts.get(column, "")
        if not text or names_nobody(text):
            return None
        found = written_date(text, self.order)
        if isinstance(found, date):
            return found
        what = f"under “{HEADINGS[column]}”"
        if isinstance(found, Ambiguous | Impossible):
            self._problem(row, f"{what}, {found.sentence}")
        else:
            self._problem(row, f"{what}, “{found.text[:40]}” is no date: write one such as 2026-12-31.")
        return None

    def _problem(self, row: SheetRow, sentence: str) -> None:
        self.problems.append(Told(row.number, sentence))


def _texts(columns: Sequence[RosterColumn], row: SheetRow) -> dict[RosterField, str]:
    """Return what a row says by field; what several columns say of one field stands on lines of its own."""
    texts: dict[RosterField, str] = {}
    for column in columns:
        cell = row.cells[column.index]
        if column.field is None or not cell:
            continue
        if column.field is RosterField.OTHER and heading_words(column.heading) != RosterField.OTHER:
            cell = f"{column.heading}: {cell}"
        mark = "\n\n" if column.field is RosterField.ADDRESS else "\n"
        texts[column.field] = mark.join(filter(None, (texts.get(column.field, ""), cell)))
    return texts


def _name(texts: Mapping[RosterField, str]) -> str:
    parts = (texts.get(RosterField.FIRST, ""), texts.get(RosterField.LAST, ""))
    return clean(texts.get(RosterField.NAME, "")) or clean(" ".join(filter(None, parts)))


def _name_in(text: str, *, exact: bool = False) -> str:
    """Return a name, or nothing for words such as "TBC" that name nobody; rows of ours are ``exact``."""
    name = clean(text)
    return "" if not exact and names_nobody(name) else name
