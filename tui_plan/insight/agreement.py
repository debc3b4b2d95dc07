"""Who must agree to a plan, who has, and who is missing: computed from roles, the convening group and agreements."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.insight.people_on import Head, PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan, PlanPartner
from tui_plan.model.vocabulary import STANDING_AGREEMENTS, AgreementState, PartyKind
from tui_plan.operations.lapsing import duties, major


class AgreementLine(NamedTuple):
    """How one official stands to the present edition of a plan.

    ``why`` says what they answer for, in words; empty when nothing rests on them any more. ``partners`` are the partner
    organisations that they belong to. ``note`` tells what stands in the way: vacant, left, nobody in it. ``by`` is who
    recorded it. ``left`` tells whether they have left: their word binds them no longer. ``row_version`` is 0 where
    nothing is recorded.
    """

    uid: str
    name: str
    kind: str
    partners: tuple[str, ...]
    why: str
    state: str
    on: date | None
    channel: str
    evidence: str
    reservations: str
    because: str
    by: str
    note: str
    left: bool
    row_version: int

    @property
    def required(self) -> bool:
        """Whether the plan needs their agreement."""
        return bool(self.why)

    @property
    def stands(self) -> bool:
        """Whether their word binds them."""
        return self.state in STANDING_AGREEMENTS and not self.left


class Coverage(NamedTuple):
    """How many of those who must agree have done so."""

    name: str
    agreed: int
    required: int

    @property
    def share(self) -> float | None:
        """From 0 to 1, or None when nobody is required."""
        return self.agreed / self.required if self.required else None


class AgreementReport(NamedTuple):
    """A plan's agreements: those required first, then others on record; coverage of all and per partner."""

    plan: str
    name: str
    version: str
    lines: tuple[AgreementLine, ...]
    whole: Coverage
    partners: tuple[Coverage, ...]

    @property
    def missing(self) -> tuple[AgreementLine, ...]:
        """Those who must agree and have not."""
        return tuple(line for line in self.lines if line.required and not line.stands)


def agreements(plan: str, today: date, people: PeopleOn | None = None) -> AgreementReport:
    """Return how everybody who must agree to the plan's present edition stands, and whoever else was asked.

    ``people`` is the roster on ``today``, for who asks about several plans and has read it already. ``NotFound`` if the
    plan is gone.
    """
    name, version = of_one_plan(plan, Plan.name, Plan.version)
    people = people or PeopleOn(today)
    required = {party: what for (_, party), what in duties([plan], people).items()}
    recorded = _recorded(plan, version)
    partners = partners_of(plan)
    lines = [
        _line(uid, people, required.get(uid, set()), recorded.get(uid), partners)
        for uid in people.in_order({*required, *recorded})
    ]
    lines.sort(key=lambda line: not line.required)
    whole = _coverage(name, lines)
    of_partner = [_coverage(each, [line for line in lines if each in line.partners]) for each in partners.values()]
    return AgreementReport(plan, name, version, tuple(lines), whole, tuple(of_partner))


def required_states(plan: str, people: PeopleOn) -> list[str]:
    """Return how everybody who must agree to the plan's present edition stands to it, one state for each."""
    (version,) = of_one_plan(plan, Plan.version)
    found = rows(Agreement.select(Agreement.party, Agreement.version, Agreement.state).where(Agreement.plan == plan))
    states = {party: state for party, about, state in found if major(about) == major(version)}
    return [states.get(party, AgreementState.NOT_ASKED) for _, party in duties([plan], people)]


def agreements_of(party: str) -> list[tuple[str, str, str, str, date | None]]:
    """Return a party's agreements: plan (uid and name), version, state and day, the latest edition first."""
    query = Agreement.select(Plan.uid, Plan.name, Agreement.version, Agreement.state, Agreement.on).join(Plan)
    return rows(query.where(Agreement.party == party).order_by(Plan.number, Agreement.version.desc()))


def _line(
    uid: str, people: PeopleOn, what: set[tuple[str, str]], found: Any, partners: dict[str, str]
) -> AgreementLine:
    head = people.parties[uid]
    homes = people.homes(uid)
    nothing: tuple[Any, ...] = (0, AgreementState.NOT_ASKED, None, *[""] * 5)
    version, state, on, channel, evidence, reservations, because, by = found or nothing
    belongs = tuple(name for partner, name in partners.items() if partner in homes)
    return AgreementLine(
        uid,
        head.name,
        head.kind,
        belongs,
        _why(what),
        state,
        on,
        channel,
        evidence,
        reservations,
        because,
        by,
        _note(head, people),
        head.is_gone(people.day),
        version,
    )


def _note(head: Head, people: PeopleOn) -> str:
    """Return what stands in the way of somebody's agreement, or nothing."""
    if head.is_gone(people.day):
        return f"left on {head.left_on}"
    if head.kind not in {PartyKind.POST, PartyKind.GROUP} or people.persons(head.uid):
        return ""
    return "vacant" if head.kind == PartyKind.POST else "nobody in it"


def _why(what: Iterable[tuple[str, str]]) -> str:
    counted = Counter(kind for kind, _ in what)
    words = [f"{kind} for {counted[kind]}" for kind in ("accountable", "responsible") if counted[kind]]
    return ", ".join([*words, *(["convening group"] if counted["convening"] else [])])


def _recorded(plan: str, version: str) -> dict[str, tuple[Any, ...]]:
    """Return the agreements to this major version by party, with who typed the last change of each."""
    typed = dict(rows(_last_typed(plan)))
    fields = (
        Agreement.party,
        Agreement.uid,
        Agreement.version,
        Agreement.row_version,
        Agreement.state,
        Agreement.on,
        Agreement.channel,
        Agreement.evidence,
        Agreement.reservations,
        Agreement.lapsed_because,
    )
    return {
        party: (*rest, typed.get(uid, ""))
        for party, uid, about, *rest in rows(Agreement.select(*fields).where(Agreement.plan == plan))
        if major(about) == major(version)
    }


def _last_typed(plan: str) -> Any:
    mine = Agreement.select(Agreement.uid).where(Agreement.plan == plan)
    last = Entry.select(fn.MAX(Entry.id)).where(Entry.record.in_(mine)).group_by(Entry.record)
    return Entry.select(Entry.record, Change.typed_by).join(Change).where(Entry.id.in_(last))


def of_one_plan(plan: str, *fields: Any) -> tuple[Any, ...]:
    """Return fields of a plan; ``NotFound`` if it is gone."""
    found = rows(Plan.select(*fields).where(Plan.uid == plan))
    if not found:
        raise NotFound("This plan is no longer there: somebody removed it.")
    return found[0]


def partners_of(plan: str) -> dict[str, str]:
    """Return the plan's partner organisations in their order, by uid."""
    query = PlanPartner.select(Party.uid, Party.name).join(Party, on=(PlanPartner.organisation == Party.uid))
    return dict(rows(query.where(PlanPartner.plan == plan).order_by(PlanPartner.position)))


def _coverage(name: str, lines: Iterable[AgreementLine]) -> Coverage:
    required = [line for line in lines if line.required]
    return Coverage(name, sum(line.stands for line in required), len(required))
