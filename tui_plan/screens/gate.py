"""The gate out of a stage: each thing it asks for with all that is lacking, what was decided, and deciding."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.checklists import checklist_run
from tui_plan.insight.finding import party_choices
from tui_plan.insight.gate import Criterion, GateDecision, GateView, gate_of
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.vocabulary import SIGNS, Gate
from tui_plan.operations.meetings import MeetingAt
from tui_plan.operations.stages import Deciding, decide_gate
from tui_plan.screens.choices import party_options
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_stage import Decided, gate_form
from tui_plan.screens.meeting_choice import meetings_around
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.stage_blocks import decision_blocks
from tui_plan.screens.stage_rows import GATE_ROLES
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Paragraph
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, Reader, RowView

_DECIDED = "What was decided"
_CURES = {
    "Every quality is rated": "Enter opens the assessment; s on the stages begins one.",
    "What is in place has evidence": "Enter opens the assessment: e on the quality says what shows it.",
    "The rest has a next step": "Enter opens the assessment: e names the next step, m makes an action of it.",
    "Lessons are to be kept, changed or dropped": "Settle each lesson in the register: press 7.",
    "What full implementation will mean is written down": "e on the stage of full implementation describes it.",
}
"""What is to be done about each thing that the gate asks for, by its words."""


@dataclass(frozen=True, slots=True)
class GateRow:
    """One line: a criterion, one thing that is lacking for it, the heading of the decisions, or one of them."""

    key: str
    depth: int = 0
    criterion: Criterion | None = None
    lacking: str = ""
    decision: GateDecision | None = None


class GateDialog(DetailedDialog[GateRow]):
    """A modal list of what a gate asks for, with what is lacking under each, and of every decision there was."""

    NAME = "Gate"
    HELP = (
        "The gate is open when nothing is lacking; then a meeting decides. It goes by the latest assessment by "
        "consensus that was finished. An overriding takes a name and a reason, and is shown for ever."
    )
    COLUMNS = (Column(least=40), Column(width=12, right=True))
    CHANGING = frozenset({"undo", "redo", "decide"})
    LACKING = frozenset({"add", "edit", "remove"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("gate.decide", "decide", show=True),
        bind("list.open", "open_assessment", show=True),
    ]

    _gate: GateView | None = None

    async def read_again(self) -> None:
        """Show the gate as it stands now."""
        self._gate = gate = await self._owner.ask(gate_of, self._about)
        self.query_one(LineList).set_title(f"Gate: {self._standing(gate)}")
        reader = Reader[GateRow, RowView](key=lambda row: row.key, view=self._view, depth=lambda row: row.depth)
        self.show_items(list(_rows(gate)), reader)

    def opened(self) -> None:
        """Open the assessment by which the gate goes."""
        self.action_open_assessment()

    def in_full(self, item: GateRow) -> tuple[str, list[Block]]:
        """Return what is asked for, lacking or decided, in all its words."""
        if item.decision is not None:
            return item.decision.ref, list(decision_blocks(item.decision, self._owner.date_style))
        if item.criterion is None:
            words = "" if self._gate is not None and self._gate.decisions else "Nothing yet: d decides."
            return _DECIDED, [Paragraph(words, Role.DIM)] if words else []
        if item.criterion.met:
            return item.criterion.words, [Paragraph("Nothing is lacking.", Role.GOOD)]
        words = item.lacking or f"{len(item.criterion.lacking)} lacking, as it stands below."
        return item.criterion.words, [Paragraph(words), Paragraph(_CURES.get(item.criterion.words, ""), Role.DIM)]

    @flow
    async def action_open_assessment(self) -> None:
        """Open the assessment by which the gate goes, on the quality under the cursor."""
        from tui_plan.screens.assessing import open_assessment

        if self._gate is None or not self._gate.run:
            raise Refused("No assessment by consensus was finished yet: s on the stages begins one.")
        item, run = self.current(), await self._owner.ask(checklist_run, self._gate.run)
        wanted = item.lacking if item is not None else ""
        key = next((each.key for each in run.items if wanted and each.text == wanted), "")
        await open_assessment(self._owner, self._gate.run, key)
        await self.read_again()

    @flow
    async def action_decide(self) -> None:
        """Write down what was decided."""
        if (gate := self._gate) is None:
            return
        meetings = await meetings_around(self._owner, gate.stage.plan)
        parties = party_options(await self._owner.ask(party_choices))

        async def submit(decided: Decided) -> None:
            await self._decide(decided, meetings.at(decided.meeting))

        spec = gate_form(
            gate.stage,
            gate.lacking,
            meetings.options,
            meetings.proposed,
            parties,
            self._owner.app.today,
            self._owner.understand,
        )
        if await self._owner.ask_kept(spec, submit, about=f"gate:{self._about}") is not None:
            await self.read_again()

    async def _decide(self, decided: Decided, meeting: MeetingAt | None) -> None:
        """Keep a decision; what the gate refuses is said under the outcome."""
        by = await self._owner.party_uid(decided.by) if decided.by is not None else None
        deciding = Deciding(meeting=meeting, by=by, because=decided.because, conditions=decided.conditions)
        if decided.on is not None:
            deciding["on"] = decided.on
        try:
            await self._owner.ask(decide_gate, self._owner.author(), self._about, decided.outcome, **deciding)
        except Refused as problem:
            raise InvalidInput(str(problem), "outcome") from problem

    def _view(self, row: GateRow, fold: Fold) -> RowView:
        if row.decision is not None:
            return self._decided(row.decision)
        if row.lacking:
            return RowView(((Piece("· ", Role.DIM), Piece(row.lacking)), ""), indent=2)
        if row.criterion is None:
            return RowView((Piece(_DECIDED, Role.HEADING), ""), fold=fold)
        lacking = len(row.criterion.lacking)
        sign = Piece("✓ ", Role.GOOD) if row.criterion.met else Piece("○ ", Role.WARN)
        note = Piece(f"{lacking} lacking", Role.WARN) if lacking else Piece("")
        return RowView(((sign, Piece(row.criterion.words, Role.STRONG)), note), fold=fold)

    def _standing(self, gate: GateView) -> str:
        """Return how it stands, and for ever when and by whom it was overridden last."""
        stands = f"{SIGNS[gate.state]} {gate.state}"
        if not gate.overridden:
            return stands
        last = gate.overridden[0]
        who = f"{show_date(last.on, self._owner.date_style)} by {last.by}"
        if gate.state == Gate.OVERRIDDEN:
            return f"{stands} {who}"
        return f"{stands} · {SIGNS[Gate.OVERRIDDEN]} overridden {who}"

    def _decided(self, decision: GateDecision) -> RowView:
        role = GATE_ROLES[decision.gate]
        sign = Piece(f"{SIGNS[decision.gate]} {decision.gate}", role)
        by = Piece(f" by {decision.by}" if decision.by else "")
        why = Piece(f": {decision.because}" if decision.because else "", Role.DIM)
        return RowView(((sign, by, why), Piece(show_date(decision.on, self._owner.date_style), Role.DIM)), indent=1)


def _rows(gate: GateView) -> Iterator[GateRow]:
    for number, criterion in enumerate(gate.criteria):
        yield GateRow(f"{number}", criterion=criterion)
        for at, lacking in enumerate(criterion.lacking):
            yield GateRow(f"{number}.{at}", 1, criterion, lacking)
    yield GateRow("decided")
    yield from (GateRow(decision.uid, 1, decision=decision) for decision in gate.decisions)
