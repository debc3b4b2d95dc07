"""Who must agree to a plan, who has and who is missing; an answer is recorded here, for one official or for many.

The plans and the roster open it.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.agreement import AgreementLine, AgreementReport, agreements
from tui_plan.keys import bind
from tui_plan.model.errors import Refused
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import AgreementState, Channel, PartyKind
from tui_plan.operations.agreements import AgreementValues, record_agreement
from tui_plan.screens.agreement_rows import (
    AGREEMENT_COLUMNS,
    NO_PARTNER,
    AgreementRow,
    agreement_blocks,
    agreement_rows,
    heading_words,
    is_missing,
    note_words,
    partner_blocks,
    partner_notes,
    row_view,
)
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_action import Word
from tui_plan.screens.forms_agreement import agreement_form
from tui_plan.screens.list_dialog import UndoingDialog
from tui_plan.screens.searching_dialog import SearchingDialog
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.fields import Picked
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.note_grid import NoteGrid
from tui_plan.widgets.rows import Reader, RowView
from tui_plan.widgets.text_line import TextLine

_EMPTY = (
    "Nobody has to agree yet. Who is accountable or responsible in a live action must, and the convening group: "
    "give the actions owners (o in the outline), or the plan its group (e on the plan)."
)
_ALL_AGREED = "Nobody is missing. Press ! to see everybody again."
_ANSWERS = (AgreementState.AGREED, AgreementState.RESERVED, AgreementState.DECLINED)


class AgreementsDialog(SearchingDialog[AgreementRow], UndoingDialog[AgreementRow]):
    """A plan's officials with how each stands to its edition; coverage above, one of them in full below."""

    NAME = "Agreements"
    TALL = True
    HELP = (
        "Who must agree is computed: everybody accountable or responsible in a live action, and the convening group. "
        "An agreement lapses when the plan gets a new major version, or when they get new duties in it."
    )
    CHANGING = frozenset({"edit", "undo", "redo"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.edit", "edit", show=True),
        bind("marked.change", "edit"),
        bind("agreement.missing", "missing", show=True),
        bind("agreement.partners", "by_partner", show=True),
        bind("plan.export", "export", show=True),
        bind("screen.next_pane", "other_pane"),
    ]

    def __init__(self, owner: ChangingScreen, plan: str, name: str, party: str = "") -> None:
        """``party`` is the uid of whom the cursor goes to first, if they have to agree."""
        super().__init__(owner, name)
        self._plan = plan
        self._party = party
        self._report: AgreementReport | None = None
        self._only_missing = False
        self._by_partner = False

    def compose_panes(self) -> ComposeResult:
        """Yield the coverage per partner, the list, and the one under the cursor in full."""
        yield NoteGrid()
        yield LineList(AGREEMENT_COLUMNS, title="Agreements", empty=_EMPTY)
        yield DetailView(classes="below")

    async def read_again(self) -> None:
        """Show how everybody stands now."""
        first = self._report is None
        self._report = await self._owner.ask(agreements, self._plan, self._owner.app.today)
        self.query_one(TextLine).say(Piece(_about(self._report), Role.DIM))
        self._show()
        if first:
            self.listed.move_to(f"/{self._party}")

    @on(LineList.Highlighted)
    def _show_detail(self) -> None:
        detail, row = self.query_one(DetailView), self.current()
        detail.display = row is not None
        if row is not None and row.line is not None:
            detail.show(row.key, row.line.name, agreement_blocks(row.line, self._owner.date_style))
        elif row is not None:
            detail.show(row.key, row.under, partner_blocks(row.coverage, self._of_partner(row.under)))

    def opened(self) -> None:
        """Record how the one that was opened stands, if that is allowed."""
        if self.can_do("edit"):
            self.action_edit()

    @flow
    async def action_edit(self) -> None:
        """Record how those marked, or the one under the cursor, stand to the plan."""
        lines, report = self._chosen(), self._report
        if not lines or report is None:
            return
        _check_can_answer(lines)
        after = self._key_after()
        said: list[str] = []

        async def submit(values: AgreementValues) -> None:
            today = self._owner.app.today
            await self._owner.ask(
                record_agreement,
                self._on_whose_word(lines, values),
                self._plan,
                [line.uid for line in lines],
                today=today,
                versions_seen={line.uid: line.row_version for line in lines},
                **values,
            )
            said.append(f"{_whom(lines)}: {values['state']}. {self.app.key_of('change.undo')} takes it back.")

        spec = agreement_form(lines, _about(report), self._owner.app.today, self._owner.understand)
        about = f"agreement:{self._plan}:{' '.join(sorted(line.uid for line in lines))}"
        await self._owner.ask_kept(spec, submit, about=about, version=sum(line.row_version for line in lines))
        await self.read_again()
        if said:
            self.listed.clear_marks()
            self.listed.move_to(after)
            self.say(said[-1])

    def action_missing(self) -> None:
        """Show only who has not agreed, or everybody again."""
        self._only_missing = not self._only_missing
        self._show()

    def action_by_partner(self) -> None:
        """Show everybody under their partner organisation, or as one list."""
        self._by_partner = not self._by_partner
        self._show()

    @flow
    async def action_export(self) -> None:
        """Write who agreed and who is missing, to print or as a spreadsheet."""
        from tui_plan.exchange.people_papers import AGREEMENT_PAPERS
        from tui_plan.screens.export import hand_out

        if self._report is not None:
            await hand_out(self._owner, self._plan, self._report.name, AGREEMENT_PAPERS)

    def copied_text(self) -> tuple[str, str]:
        """Return the names of those who are missing."""
        missing = self._report.missing if self._report is not None else ()
        if not missing:
            return "", "Nobody is missing: there is nothing to copy."
        count = f"{len(missing)} name{'' if len(missing) == 1 else 's'}"
        return "\n".join(line.name for line in missing), f"Copied {count} of who has not agreed."

    def _show(self) -> None:
        if (report := self._report) is None:
            return
        row, style = self.current(), self._owner.date_style
        lines = report.missing if self._only_missing else report.lines
        reader = Reader[AgreementRow, RowView](
            key=lambda row: row.key,
            view=lambda row, fold: row_view(row, fold, style),
            text=lambda row: row.text,
            depth=lambda row: int(self._by_partner and row.line is not None),
        )
        rows = agreement_rows(lines, report, by_partner=self._by_partner)
        self.listed.set_empty(_ALL_AGREED if self._only_missing and report.lines else _EMPTY)
        self.listed.set_title(heading_words(report) + (" · only these" if self._only_missing else ""))
        self.query_one(NoteGrid).show(partner_notes(report), f"more: {self.app.key_of('agreement.partners')}")
        self.show_items(rows, reader, key=_same_official(rows, row))
        self._show_detail()

    def _chosen(self) -> list[AgreementLine]:
        """Return whom an answer is for: of a partner all who are missing; each of them once."""
        found: dict[str, AgreementLine] = {}
        for row in self.targets():
            lines = (
                [row.line]
                if row.line is not None
                else [line for line in self._of_partner(row.under) if is_missing(line)]
            )
            found |= {line.uid: line for line in lines}
        return list(found.values())

    def _of_partner(self, under: str) -> list[AgreementLine]:
        lines = self._report.lines if self._report is not None else ()
        return [line for line in lines if under in (line.partners or (NO_PARTNER,))]

    def _key_after(self) -> str:
        """Return the key of the row below, where the next answer is recorded: those who agreed go down the list."""
        rows, key = self.listed.rows, self.listed.cursor_key or ""
        index = rows.index_of(key) if rows is not None else None
        return key if rows is None or index is None or index + 1 >= len(rows) else rows.key_at(index + 1)

    def _on_whose_word(self, lines: list[AgreementLine], values: AgreementValues) -> Author:
        line = lines[0]
        theirs = len(lines) == 1 and line.kind == PartyKind.PERSON and values["state"] in _ANSWERS
        who = Picked(line.uid, line.name) if theirs else None
        return self._owner.author(Word(who, values["channel"] or Channel.OWN.value))


def _about(report: AgreementReport) -> str:
    return f"Version {report.version} of {report.name}"


def _same_official(rows: list[AgreementRow], before: AgreementRow | None) -> str | None:
    """Return the key of the row that shows whom the cursor was on, also where rows stand under partners now."""
    if before is None or before.line is None or any(row.key == before.key for row in rows):
        return None
    wanted = before.line.uid
    return next((row.key for row in rows if row.line is not None and row.line.uid == wanted), None)


def _check_can_answer(lines: list[AgreementLine]) -> None:
    for line in lines:
        if line.note:
            raise Refused(f"{line.name}: {note_words(line)}.")


def _whom(lines: list[AgreementLine]) -> str:
    return lines[0].name if len(lines) == 1 else f"{len(lines)} of them"
