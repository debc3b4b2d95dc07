"""The plan that says whether it works: stages as elsewhere, with measures, slips, risks, core components and notes.

It stands on the small plan with its stages, and was written down on the days on which it happened.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.screens.plans import ANA, TODAY
from tests.screens.stages import LONG, ODD, make_stages
from tui_plan.insight.finding import find_party, find_plan
from tui_plan.insight.outline import outline
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Candour, Channel, EntryKind, Manner, Response
from tui_plan.operations.actions import edit_action
from tui_plan.operations.parts import add_measure, add_note, add_reading
from tui_plan.operations.register import Leads, add_entry

SIGNED = "Partners sign"
ALOUD = "Children who read a text of their grade aloud without help"
MISSED = "Days on which a reading team could not meet because no substitute was there, counted by the four principals"


def make_working() -> None:
    """Fill the small plan with all that tells whether it works."""
    make_stages()
    plan = find_plan()
    actions = {
        action.title: action.uid for area in outline(plan, TODAY) for each in area.objectives for action in each.actions
    }
    _slips(actions)
    _register(plan, actions)
    _measures(actions)
    _notes(plan, actions["Train the staff"])


def _on(day: date, said_by: str = "") -> Author:
    moment = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    return Author("ana", said_by=said_by, channel=Channel.PHONE if said_by else "", at=moment)


def _slips(actions: dict[str, str]) -> None:
    """Mark two core components, and let one of them slip twice."""
    edit_action(ANA, actions["Agree the scope"], today=TODAY, core=True)
    train = actions["Train the staff"]
    edit_action(ANA, train, today=TODAY, core=True, milestone=True)
    edit_action(_on(date(2026, 3, 4)), train, today=TODAY, forecast=date(2026, 6, 22))
    edit_action(_on(date(2026, 3, 11)), train, today=TODAY, forecast=date(2026, 7, 13))


def _register(plan: str, actions: dict[str, str]) -> None:
    school, day = find_party("School"), date(2026, 3, 4)
    train = Leads(actions=(actions["Train the staff"],))
    shared = {"plan": plan, "on": day, "party": school}
    add_entry(
        _on(day),
        train,
        kind=EntryKind.RISK.value,
        title="The union stays away, and its members with it",
        likelihood=4,
        impact=5,
        response=Response.TREAT.value,
        due=date(2026, 4, 7),
        **shared,
    )
    add_entry(
        _on(day),
        train,
        kind=EntryKind.ADAPTATION.value,
        title=ODD,
        cause="No school lets its teachers go before three.",
        manner=Manner.REACTIVE.value,
        **shared,
    )
    add_entry(_on(day), kind=EntryKind.ACHIEVEMENT.value, title="All four schools have a reading team", **shared)


def _measures(actions: dict[str, str]) -> None:
    """Measure three things: one on its way and overdue, one that goes down and was reached, one without a reading."""
    maria = find_party("María Chen")
    aloud = add_measure(
        ANA,
        actions["Train the staff"],
        statement=ALOUD,
        unit="%",
        baseline=Decimal(31),
        target=Decimal(80),
        method="Ten minutes with each child, by two teachers of another school",
        collector=maria,
        due=date(2025, 10, 1),
        every=2,
    )
    taken = ((date(2025, 10, 3), 31, ""), (date(2025, 12, 1), 38, "two schools"), (date(2025, 12, 20), 52, LONG[:180]))
    for day, value, remark in taken:
        evidence = f"reading-{day.isoformat()}.xlsx"
        add_reading(_on(day), aloud, taken_on=day, value=Decimal(value), remark=remark, evidence=evidence)
    missed = add_measure(ANA, actions["Share the results"], statement=MISSED, baseline=Decimal(24), target=Decimal(5))
    for day, value in ((date(2025, 11, 3), "20"), (date(2026, 1, 12), "9.5"), (date(2026, 3, 2), "4")):
        add_reading(_on(day), missed, taken_on=day, value=Decimal(value))
    add_measure(ANA, actions["Tell the families"], statement=ODD, due=date(2026, 6, 30), target=Decimal(1_200))


def _notes(plan: str, action: str) -> None:
    maria = find_party("María Chen")
    add_note(_on(date(2026, 3, 9), maria), LONG[:180], today=date(2026, 3, 9), action=action, candour=Candour.CANDID)
    add_note(_on(date(2026, 3, 2), maria), ODD, today=date(2026, 3, 2), action=action)
    add_note(_on(date(2026, 3, 3), maria), "The board has the budget on 1 April.", today=date(2026, 3, 3), plan=plan)
