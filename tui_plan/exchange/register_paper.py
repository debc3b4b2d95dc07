"""The register on paper: risks with their matrix first, then each kind of entry, what is open before what is settled.

Called by the command line and the screens, which hand the value to a writer of ``document``. Candid entries are counted
and left out unless they are asked for, also where another entry names them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from tui_plan.exchange.candour import house_warning, withheld_as_candid
from tui_plan.exchange.document import Document, Item, Row, Section, Table, paper
from tui_plan.exchange.people_words import few
from tui_plan.insight.register import EntryLine, risk_matrix
from tui_plan.insight.whole_register import WholeEntry, whole_register
from tui_plan.model.base import rows
from tui_plan.model.date_words import DateStyle, distance, show_date
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.errors import NotFound
from tui_plan.model.plan import Plan
from tui_plan.model.vocabulary import EntryKind

_MOST_IN_A_FIELD = 4
_LIKELIHOODS = {5: "5 almost certain", 4: "4", 3: "3", 2: "2", 1: "1 rare"}
_IMPACTS = {1: "1 slight", 2: "2", 3: "3", 4: "4", 5: "5 severe"}
_SCORES = frozenset({"likelihood", "impact", "residual_likelihood", "residual_impact"})


def register_paper(
    plan: str,
    today: date,
    style: str = DateStyle.ISO,
    *,
    kinds: Collection[EntryKind] = (),
    candid: bool = False,
) -> Document:
    """Return the register of a plan (uid; of all plans, if empty); ``NotFound`` if the plan is gone.

    ``kinds`` keeps only some; with ``candid`` what may not leave the house goes along.
    """
    title = f"Register: {_name(plan)}" if plan else "Register of all plans"
    every = whole_register(plan or None, kinds)
    told = [entry for entry in every if candid or not entry.candid]
    sections = [_matrix([entry.line for entry in told])]
    for kind in KINDS:
        sections.append(_kind(kind, [entry for entry in told if entry.line.kind == kind], today, style, candid))
    withheld = withheld_as_candid(entries=len(every) - len(told))
    return paper(title, _facts(told, today, style), sections, warning=house_warning(candid), withheld=withheld)


def _name(plan: str) -> str:
    found = rows(Plan.select(Plan.name).where(Plan.uid == plan))
    if not found:
        raise NotFound("This plan is no longer there: somebody removed it.")
    return str(found[0][0])


def _facts(told: Sequence[WholeEntry], today: date, style: str) -> Iterator[tuple[str, str]]:
    yield "Entries", f"{len(told):,}, {sum(entry.line.is_open for entry in told):,} of them open"
    late = sum(entry.line.overdue(today) for entry in told)
    yield "Overdue", f"{late:,}" if late else ""
    yield "Date", show_date(today, style)


def _matrix(lines: Iterable[EntryLine]) -> Section:
    fields = risk_matrix(lines)
    table = Table(
        ("Likelihood", *(f"Impact {impact}" for impact in _IMPACTS.values())),
        tuple(
            Row((words, *(_field(fields.get((likelihood, impact), ())) for impact in _IMPACTS)))
            for likelihood, words in _LIKELIHOODS.items()
        ),
    )
    return Section("Open risks by likelihood and impact", table=table if fields else None)


def _field(risks: Sequence[EntryLine]) -> str:
    return few([line.ref for line in sorted(risks, key=lambda line: line.number)], _MOST_IN_A_FIELD)


def _kind(kind: EntryKind, told: Iterable[WholeEntry], today: date, style: str, candid: bool) -> Section:
    ordered = sorted(told, key=_urgency)
    items = (
        Item(_head(entry, today, style), tuple(_details(entry, style, candid)), entry.line.overdue(today))
        for entry in ordered
    )
    return Section(KINDS[kind].plural, items=tuple(items))


def _urgency(entry: WholeEntry) -> tuple[bool, int, date, int]:
    line = entry.line
    return (not line.is_open, -(line.score or 0), line.due or date.max, -line.number)


def _head(entry: WholeEntry, today: date, style: str) -> str:
    line = entry.line
    settled = f"{KINDS[EntryKind(line.kind)].closed} {show_date(line.closed_on, style)}" if line.closed_on else ""
    late = distance(line.due, today, past="late") if line.due and line.overdue(today) else ""
    remark = ", ".join(filter(None, ["candid" if entry.candid else "", settled, late]))
    return f"{line.ref} {line.title}" + (f" ({remark})" if remark else "")


def _details(entry: WholeEntry, style: str, candid: bool) -> Iterator[str]:
    """Yield what is said of an entry under the words that its kind has for it, in the order of the form."""
    line, kind = entry.line, KINDS[EntryKind(entry.line.kind)]
    yield f"On {show_date(line.on, style)}" + (f"; {score_words(line)}" if line.score else "")
    for asked in kind.asks:
        value = "" if asked.field in _SCORES or asked.field == "closed_on" else _value(entry, asked.field, style)
        if value:
            yield f"{asked.label}: {value}"
    if entry.words["evidence"]:
        yield f"Evidence: {entry.words['evidence']}"
    links = [link.words for link in entry.links if candid or not link.candid]
    if links:
        yield f"Linked: {'; '.join(links)}"


def _value(entry: WholeEntry, field: str, style: str) -> str:
    if field == "party":
        return entry.line.party_name
    if field in entry.words:
        return entry.words[field]
    value = getattr(entry.line, field)
    return show_date(value, style) if isinstance(value, date) else str(value if value is not None else "")


def score_words(line: EntryLine) -> str:
    """Return "likelihood 3 × impact 5 = 15, after the response 2 × 2 = 4" of a risk."""
    after = f"{line.residual_likelihood} × {line.residual_impact} = {line.residual}" if line.residual else ""
    words = f"likelihood {line.likelihood} × impact {line.impact} = {line.score}"
    return f"{words}, after the response {after}" if after else words
