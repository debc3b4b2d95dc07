"""The register that its screen is tested on: of each kind something, open and settled, late, candid, long and hostile.

It stands on the roster and the plan of ``tests.screens.people``, written down on the days on which it happened.
"""

from datetime import date, datetime
from typing import Any

from tests.screens.people import START, START_DAY, make_people, on
from tui_plan.insight.finding import find_party, find_plan
from tui_plan.insight.outline import outline
from tui_plan.insight.register import register_entries
from tui_plan.model.vocabulary import Candour, Disposition, EntryKind, Fidelity, Manner, Response, Status
from tui_plan.operations.actions import add_action, edit_action
from tui_plan.operations.meetings import add_series, set_occurrence
from tui_plan.operations.plans import add_objective, name_baseline
from tui_plan.operations.register import NO_LEADS, Leads, add_entry, close_entry

TODAY = date(2026, 3, 16)
UNION = "The union stays away, and its members with it"
CALENDARS = "The calendars of the two districts drift apart"
ODD_TITLE = "Ask [/red] about [@click=app.bell]the[/] budget [31m日本語の予算"
"""``ODD`` as it is kept."""

ODD = "Ask [/red] about [@click=app.bell]the[/] budget \x1b[31m日本語の予算"
LONG = (
    "Every one of the eleven partner schools has to find three hours a week in a timetable that was agreed on before "
    "anybody knew of the reading teams, and none of them says where these hours are to come from"
)


def make_register() -> None:
    """Fill the register of the plan, beside what the roster's own tests have put there."""
    make_people()
    plan = find_plan()
    actions = {
        action.title: action.uid for area in outline(plan, TODAY) for each in area.objectives for action in each.actions
    }
    for core in ("Agree the scope", "Choose four schools", "Train the staff"):
        edit_action(START, actions[core], today=START_DAY, core=True)
    name_baseline(START, plan, "as adopted")
    _risks(plan, actions)
    _issues(plan, actions)
    _decisions(plan)
    _learned(plan, actions)
    _taking_part(plan)
    _done(plan, actions)


def _add(day: date, kind: EntryKind, title: str, leads: Leads = NO_LEADS, **values: Any) -> str:
    return add_entry(on(day), leads, kind=kind.value, title=title, on=day, **values)


def _risks(plan: str, actions: dict[str, str]) -> None:
    maria, head = find_party("María Chen"), find_party("Superintendent")
    risk, day = EntryKind.RISK, date(2026, 1, 26)
    _add(
        day,
        risk,
        UNION,
        Leads(actions=(actions["Train the staff"], actions["Meet the parents"])),
        plan=plan,
        party=maria,
        cause="Nobody has offered them a seat in the steering group.",
        effect="Half of the teachers would not come to the trainings.",
        likelihood=4,
        impact=5,
        response=Response.TREAT.value,
        residual_likelihood=2,
        residual_impact=4,
        due=date(2026, 2, 23),
        evidence="call on 21 January",
        candour=Candour.CANDID.value,
    )
    _add(
        day,
        risk,
        LONG,
        plan=plan,
        party=head,
        likelihood=3,
        impact=3,
        response=Response.TREAT.value,
        cause=LONG,
        effect=LONG,
        due=date(2026, 4, 10),
    )
    _add(day, risk, CALENDARS, plan=plan, party=maria, likelihood=1, impact=4, response=Response.TOLERATE.value)
    _add(day, risk, ODD, plan=plan, party=find_party("Joy [/red] O'Koro"), likelihood=5, impact=3, evidence=ODD)
    gone = _add(day, risk, "No room for the kick-off", plan=plan, party=maria, likelihood=2, impact=2)
    close_entry(on(date(2026, 2, 2)), gone, on=date(2026, 2, 2), outcome="The museum lends its hall.")


def _issues(plan: str, actions: dict[str, str]) -> None:
    ben = find_party("Ben Ode")
    _add(
        date(2026, 3, 4),
        EntryKind.ISSUE,
        "Two systems hold the pupils' data, and neither knows the other",
        Leads(actions=(actions["Choose four schools"],)),
        plan=plan,
        party=ben,
        effect="Every list is typed twice.",
        due=date(2026, 3, 27),
    )
    done = _add(date(2026, 2, 9), EntryKind.ISSUE, "Who pays for the bus", plan=plan, party=ben, due=date(2026, 2, 20))
    close_entry(on(date(2026, 2, 18)), done, on=date(2026, 2, 18), outcome="Each partner pays for its own pupils.")


def _decisions(plan: str) -> None:
    series = add_series(
        START, plan, title="Review", rule="FREQ=MONTHLY;BYDAY=-1FR", start_day=date(2026, 1, 30), timezone="UTC"
    )
    meeting = set_occurrence(START, series, datetime.fromisoformat("2026-01-30T09:00"))
    _add(
        date(2026, 1, 30),
        EntryKind.DECISION,
        "Four schools begin, not eleven",
        plan=plan,
        party=find_party("Steering group"),
        meeting=meeting,
        cause="Two of the four were ready at once.",
        outcome="The others come to the trainings from the start.",
    )


def _learned(plan: str, actions: dict[str, str]) -> None:
    union = next(line.uid for line in register_entries(plan) if line.title == UNION)
    _add(
        date(2026, 3, 2),
        EntryKind.CONTEXT,
        "The state cuts the reading grant by a third",
        Leads(actions=(actions["Share the results"],), others=(union,)),
        plan=plan,
        effect="The second half of the year is not paid for.",
        due=date(2026, 4, 1),
    )
    _add(
        date(2026, 2, 12),
        EntryKind.ADAPTATION,
        "Trainings in the evening, online",
        Leads(actions=(actions["Train the staff"],)),
        plan=plan,
        cause="No school lets its teachers go before three.",
        manner=Manner.REACTIVE.value,
        fidelity=Fidelity.UNKNOWN.value,
        party=find_party("Cara Diaz"),
        effect="Two thirds come instead of one.",
        due=date(2026, 3, 9),
    )
    _add(date(2026, 2, 26), EntryKind.LESSON, "Ask the caretakers first", plan=plan, cause="The kick-off")
    keep = {"disposition": Disposition.KEEP.value, "outcome": "They are invited to each first meeting."}
    _add(date(2026, 2, 27), EntryKind.LESSON, "One page is read, ten are not", plan=plan, **keep)
    _add(date(2026, 3, 5), EntryKind.ACHIEVEMENT, "All four schools have a reading team", plan=plan)
    thanked = _add(date(2026, 2, 5), EntryKind.ACHIEVEMENT, "The first hundred books are there", plan=plan)
    close_entry(
        on(date(2026, 2, 13)),
        thanked,
        on=date(2026, 2, 13),
        outcome="Cake in the library.",
        party=find_party("Harbour University"),
    )
    _add(date(2026, 2, 19), EntryKind.IDEA, "Summer reading in the parks", plan=plan, cause="Everybody asks for it.")
    agreed = actions["Choose four schools"]
    edit_action(
        on(date(2026, 3, 10)),
        agreed,
        today=date(2026, 3, 10),
        forecast=date(2026, 4, 24),
        status=Status.IN_PROGRESS.value,
    )


def _taking_part(plan: str) -> None:
    district = find_party("Northside School District")
    for day, active in ((date(2026, 1, 31), 9), (date(2026, 2, 28), 14)):
        _add(day, EntryKind.PARTICIPATION, "Teachers", plan=plan, party=district, intended=20, active=active)
    _add(date(2026, 3, 9), EntryKind.CHAMPION, "Brings the parents along", party=find_party("Dev Patel"))


def _done(plan: str, actions: dict[str, str]) -> None:
    """Let core components differ, one of them with a reason, and finish a milestone and a step objective."""
    lately = on(date(2026, 3, 11))
    edit_action(lately, actions["Train the staff"], today=TODAY, agreed=date(2026, 6, 15))
    area = outline(plan, TODAY)[0]
    books = add_objective(lately, area.uid, title="The books are there")
    for title, day in (("Buy the first hundred books", date(2026, 3, 6)), ("Sort them by age", date(2026, 3, 12))):
        done = add_action(lately, books, today=TODAY, title=title, milestone=title.startswith("Buy"))
        edit_action(lately, done, today=TODAY, status=Status.COMPLETE.value, actual=day)
