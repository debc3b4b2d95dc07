"""A small plan of a quality partnership with something of everything, built through the operations as people would."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Candour, PartyKind, ResourceKind, RoleKind
from tui_plan.operations import actions, dependencies, groups, parts, people, plans, posts

TODAY = date(2026, 3, 16)


@dataclass(frozen=True)
class QualityPlan:
    """Uids: the plan, its two areas, three objectives (the last one empty), four actions, and people."""

    plan: str
    areas: tuple[str, ...]
    objectives: tuple[str, ...]
    standards: str
    agreement: str
    survey: str
    report: str
    registrar: str
    ana: str
    ben: str
    college: str
    board: str


def build_quality_plan(author: Author) -> QualityPlan:
    """Write the plan; expected days lie around TODAY: the agreement is overdue, the standards are due soon."""
    college = people.add_party(author, PartyKind.ORGANISATION, name="Harbour College", short_name="HC")
    ana = people.add_party(author, PartyKind.PERSON, name="Ana Ruiz", organisation=college)
    ben = people.add_party(author, PartyKind.PERSON, name="Ben Okafor")
    registrar = people.add_party(author, PartyKind.POST, name="Registrar", organisation=college)
    posts.add_tenure(author, registrar, ana, start=date(2025, 1, 1))
    board = people.add_party(author, PartyKind.GROUP, name="Quality Board")
    groups.add_member(author, board, ben)
    plan = plans.add_plan(
        author,
        name="Quality together",
        vision="Every learner\nis heard.",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        convening_group=board,
    )
    plans.set_partners(author, plan, [college])
    areas = (
        plans.add_area(author, plan, title="Learners' views", priority="high"),
        plans.add_area(author, plan, title="Protocols", priority="low", description="Between all partners"),
    )
    objectives = (
        plans.add_objective(author, areas[0], title="Agree standards"),
        plans.add_objective(author, areas[0], title="Hear learners", description="Twice a year"),
        plans.add_objective(author, areas[1], title="Write them down"),
    )
    ids = _actions(author, objectives)
    _parts(author, ids, registrar, college, board)
    return QualityPlan(plan, areas, objectives, *ids, registrar, ana, ben, college, board)


def _actions(author: Author, objectives: tuple[str, ...]) -> tuple[str, str, str, str]:
    standards = actions.add_action(
        author,
        objectives[0],
        today=TODAY,
        title="Draft the standards",
        purpose="So that all partners judge work alike",
        start=date(2026, 1, 12),
        agreed=date(2026, 3, 10),
        forecast=date(2026, 3, 24),
        confidence="amber",
        confidence_reason="Two partners are late",
        status="in progress",
        milestone=True,
    )
    agreement = actions.add_action(
        author, objectives[0], today=TODAY, title="Sign the agreement", agreed=date(2026, 3, 12), confidence="red"
    )
    survey = actions.add_action(
        author, objectives[1], today=TODAY, title="Ask the learners", timescale_note="twice a year"
    )
    report = actions.add_action(
        author,
        objectives[1],
        today=TODAY,
        title="Report what they said",
        agreed=date(2026, 2, 27),
        status="complete",
        actual=date(2026, 3, 2),
    )
    dependencies.add_dependency(author, agreement, standards)
    return standards, agreement, survey, report


def _parts(author: Author, ids: tuple[str, ...], registrar: str, college: str, board: str) -> None:
    standards, agreement, survey, _ = ids
    parts.set_roles(
        author,
        standards,
        [(RoleKind.ACCOUNTABLE, registrar), (RoleKind.RESPONSIBLE, college), (RoleKind.CONSULTED, board)],
    )
    parts.set_roles(author, survey, [(RoleKind.RESPONSIBLE, board)])
    parts.add_resource(
        author,
        standards,
        kind=ResourceKind.MONEY,
        description="Printing",
        quantity=Decimal("2.50"),
        unit="boxes",
        cost=Decimal("1200.00"),
        currency="EUR",
    )
    checkpoint = parts.add_checkpoint(author, standards, due=date(2026, 2, 2), method="Desk review", reviewers=[board])
    parts.edit_checkpoint(author, checkpoint, held_on=date(2026, 2, 3), result="On course")
    measure = parts.add_measure(
        author,
        standards,
        statement="Courses reviewed",
        unit="courses",
        baseline=Decimal(10),
        target=Decimal(50),
        due=date(2026, 12, 1),
    )
    parts.add_reading(author, measure, taken_on=date(2026, 2, 20), value=Decimal("12.5"))
    said = Author(author.login, said_by_name="Cleo", channel="phone")
    parts.add_note(said, "They like the draft", today=TODAY, action=standards)
    parts.add_note(said, "They quarrel about money", today=TODAY, action=standards, candour=Candour.CANDID)
    parts.add_note(said, "Keep the rector out of it", today=TODAY, action=agreement, candour=Candour.CANDID)
