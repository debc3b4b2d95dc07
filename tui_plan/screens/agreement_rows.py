"""How agreements look: the state of one with its sign, coverage in words, the rows of the list, one in full.

Plain values in, pieces and blocks out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tui_plan.exchange.agreements_paper import share_words
from tui_plan.insight.agreement import AgreementLine, AgreementReport, Coverage
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import SIGNS, AgreementState
from tui_plan.screens.namesakes import name_cell, said_twice
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Labelled
from tui_plan.widgets.lines import Piece, Pieces, Role
from tui_plan.widgets.rows import Fold, RowView
from tui_plan.widgets.text import crop

AGREEMENT_COLUMNS = (
    Column("Who", least=18, share=4),
    Column("", width=14),
    Column("Answers for", least=18, share=3, drop=2),
    Column("Partner", least=16, share=3, drop=3),
    Column("On", width=11, drop=1),
    Column("How", width=9, drop=4),
)
NO_PARTNER = "Of no partner"
_STATE_ROLES = {
    AgreementState.ASKED: Role.ACCENT,
    AgreementState.AGREED: Role.GOOD,
    AgreementState.RESERVED: Role.GOOD,
    AgreementState.DECLINED: Role.BAD,
    AgreementState.LAPSED: Role.WARN,
}
_WORST_FIRST = (AgreementState.DECLINED, AgreementState.LAPSED, AgreementState.NOT_ASKED, AgreementState.ASKED)
_SHORT = {AgreementState.RESERVED: "reservations"}
_NAME_MOST = 22
_CURES = {
    "vacant": "nobody can agree until the roster says who holds it",
    "nobody in it": "nobody can agree until somebody is in the group",
}
"""What is to be done about what stands in the way, by the note; who has left hands over."""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One line of the list: an agreement, or the partner under which agreements stand."""

    under: str
    line: AgreementLine | None
    coverage: Coverage | None = None
    twice: frozenset[str] = frozenset()
    """The names that more than one has in the list."""

    @property
    def key(self) -> str:
        """A key that stays while the list is read again."""
        return f"{self.under}/{self.line.uid if self.line is not None else ''}"

    @property
    def text(self) -> str:
        """All by which somebody may look for it."""
        if (line := self.line) is None:
            return self.under
        return f"{line.name} {line.state} {line.why} {' '.join(line.partners)} {line.note}"


def is_missing(line: AgreementLine) -> bool:
    """Return whether the plan needs their agreement and has it not."""
    return line.required and not line.stands


def coverage_words(coverage: Coverage) -> str:
    """Return how many have agreed, such as ``12 of 19 agreed · 63 %``; 100 % only of all, n/a of nobody."""
    if coverage.share is None:
        return f"{share_words(coverage)}: nobody has to agree yet"
    return f"{coverage.agreed} of {coverage.required} agreed · {share_words(coverage)}"


def heading_words(report: AgreementReport) -> str:
    """Return the coverage, and how many of those missing stand where."""
    states = [line.state for line in report.missing]
    counted = ", ".join(f"{states.count(state)} {state}" for state in _WORST_FIRST if state in states)
    return " · ".join(filter(None, (coverage_words(report.whole), counted)))


def partner_notes(report: AgreementReport) -> list[Pieces]:
    """Return a note for each partner with how far it has agreed, those furthest behind first."""
    ordered = sorted(report.partners, key=lambda each: (each.share is None, each.share or 0.0))
    return [_partner_note(each) for each in ordered]


def agreement_rows(lines: Iterable[AgreementLine], report: AgreementReport, *, by_partner: bool) -> list[AgreementRow]:
    """Return the rows of ``lines``, those missing first; under their partners if that is wanted."""
    ordered = sorted(lines, key=lambda line: (not is_missing(line), not line.required))
    if not by_partner:
        twice = said_twice(line.name for line in ordered)
        return [AgreementRow("", line, twice=twice) for line in ordered]
    found: list[AgreementRow] = []
    for coverage in report.partners:
        mine = [AgreementRow(coverage.name, line) for line in ordered if coverage.name in line.partners]
        found += [AgreementRow(coverage.name, None, coverage), *mine] if mine else []
    others = [AgreementRow(NO_PARTNER, line) for line in ordered if not line.partners]
    return found + ([AgreementRow(NO_PARTNER, None), *others] if others else [])


def row_view(row: AgreementRow, fold: Fold, style: str) -> RowView:
    """Return how a row looks."""
    if (line := row.line) is None:
        share = _count(row.coverage) if row.coverage is not None else Piece("")
        return RowView((Piece(row.under, Role.STRONG), share), fold=fold)
    faded = Role.PLAIN if line.required else Role.DIM
    why = Piece(line.why.replace(" for ", " ") or "nothing any more", faded)
    partners = Piece(", ".join(line.partners), Role.DIM)
    on, how = Piece(show_date(line.on, style), faded), Piece(line.channel, faded)
    name = name_cell(line.name, ", ".join(line.partners), row.twice, faded)
    return RowView((name, state_cell(line), why, partners, on, how), indent=int(bool(row.under)))


def state_cell(line: AgreementLine) -> Piece:
    """Return the state with its sign, before it that nobody can answer; dim where nothing rests on them any more."""
    state = AgreementState(line.state)
    if line.note and line.required:
        return Piece(f"{OVERDUE_SIGN} {'left' if line.note.startswith('left') else line.note}", Role.WARN)
    role = _STATE_ROLES.get(state, Role.PLAIN) if line.required else Role.DIM
    return Piece(f"{SIGNS[state]} {_SHORT.get(state, state.value)}", role)


def agreement_blocks(line: AgreementLine, style: str) -> list[Block]:
    """Return one agreement in full."""
    state = AgreementState(line.state)
    role = _STATE_ROLES.get(state, Role.PLAIN)
    facts = (
        ("Reservations", line.reservations),
        ("Answers for", line.why or "nothing in this plan any more"),
        ("Partner", ", ".join(line.partners)),
        ("On", " · ".join(filter(None, (show_date(line.on, style), line.channel)))),
        ("Evidence", line.evidence),
        ("Recorded by", line.by),
    )
    blocks: list[Block] = [Labelled("Stands", Piece(f"{SIGNS[state]} {state}", role))]
    if line.because:
        blocks.append(Labelled("Lapsed by", Piece(line.because, Role.WARN)))
    if line.note:
        blocks.append(Labelled("Note", Piece(note_words(line), Role.WARN)))
    return blocks + [Labelled(label, words) for label, words in facts if words]


def partner_blocks(coverage: Coverage | None, lines: Iterable[AgreementLine]) -> list[Block]:
    """Return how far a partner has agreed, and who of it is missing."""
    missing = [line.name for line in lines if is_missing(line)]
    blocks: list[Block] = [Labelled("Coverage", coverage_words(coverage))] if coverage is not None else []
    return [*blocks, Labelled("Missing", ", ".join(missing) or "nobody")]


def note_words(line: AgreementLine) -> str:
    """Return what stands in the way of an agreement, and what is to be done about it."""
    return f"{line.note}: {_CURES.get(line.note, 'hand over what rests on them')}"


def _partner_note(coverage: Coverage) -> Pieces:
    name = Piece(f" {crop(coverage.name, _NAME_MOST)}")
    count = _count(coverage)
    sign = "–" if coverage.share is None else "✓" if coverage.share == 1 else OVERDUE_SIGN
    return (Piece(sign, count.role), name, Piece(f" {count.text}", count.role))


def _count(coverage: Coverage) -> Piece:
    if coverage.share is None:
        return Piece("n/a", Role.DIM)
    return Piece(f"{coverage.agreed}/{coverage.required}", Role.GOOD if coverage.share == 1 else Role.WARN)
