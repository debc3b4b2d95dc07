"""The plans that the screens are tested on: a small one known by heart, a real one, a hostile one, and none."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from tests.hostile import HOSTILE
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Candour, Channel, PartyKind, ResourceKind, RoleKind, Status
from tui_plan.operations.actions import add_action, record_progress
from tui_plan.operations.dependencies import add_dependency
from tui_plan.operations.meetings import add_series
from tui_plan.operations.parts import add_checkpoint, add_measure, add_note, add_reading, add_resource, set_roles
from tui_plan.operations.people import add_party
from tui_plan.operations.plans import add_area, add_objective, add_plan, set_partners

TODAY = date(2026, 3, 16)
ANA = Author("ana", at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC).replace(tzinfo=None))
REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"


def make_empty() -> None:
    """Leave the database without a plan."""


def make_federal() -> None:
    """Bring the real plan in: 66 actions in 20 step objectives."""
    import_plan(ANA, read_plan_file(REAL, ReadOptions()), today=TODAY)


def make_small() -> None:
    """Make a plan of seven actions: one late, one blocked, one due soon, one complete, one without owner or date."""
    school = add_party(ANA, PartyKind.ORGANISATION, name="Partner school", short_name="School")
    maria = add_party(ANA, PartyKind.PERSON, name="María Chen", organisation=school)
    lead = add_party(ANA, PartyKind.POST, name="Data lead")
    plan = add_plan(ANA, name="Joint reading teams", vision="Every child reads.", start=date(2026, 1, 1))
    set_partners(ANA, plan, [school])
    first = add_area(ANA, plan, title="Pilot", priority="high")
    second = add_area(ANA, plan, title="Spread", description="From four schools to eleven.")
    define = add_objective(ANA, first, title="The pilot is defined")
    staff = add_objective(ANA, first, title="Staff know their part")
    wider = add_objective(ANA, second, title="The results travel")
    agree = _action(define, "Agree the scope", agreed=date(2026, 2, 20), purpose="Nobody is surprised later.")
    choose = _action(define, "Choose four schools", agreed=date(2026, 3, 20))
    _action(define, "Write the calendar", timescale_note="monthly")
    train = _action(staff, "Train the staff", agreed=date(2026, 6, 1))
    tell = _action(staff, "Tell the families", agreed=date(2026, 5, 4))
    _action(wider, "Share the results", agreed=date(2026, 9, 30), milestone=True)
    done = _action(wider, "Set up the team", agreed=date(2026, 1, 30))
    set_roles(ANA, agree, [(RoleKind.ACCOUNTABLE, maria), (RoleKind.INFORMED, school)])
    set_roles(ANA, choose, [(RoleKind.ACCOUNTABLE, lead), (RoleKind.RESPONSIBLE, maria)])
    set_roles(ANA, tell, [(RoleKind.RESPONSIBLE, school)])
    add_dependency(ANA, train, choose)
    heard = Author("ana", said_by=maria, channel=Channel.PHONE, at=ANA.at)
    record_progress(heard, done, today=date(2026, 2, 2), status=Status.COMPLETE.value, actual=date(2026, 2, 1))
    record_progress(heard, tell, today=date(2026, 3, 2), status=Status.IN_PROGRESS.value)
    _parts(agree, maria)
    add_series(ANA, plan, title="Review", rule="FREQ=MONTHLY;BYDAY=-1FR", start_day=date(2026, 1, 30), timezone="UTC")


def make_hostile() -> None:
    """Make a plan whose every word is out to harm the terminal."""
    words = [text for text in HOSTILE if text.strip()]
    party = add_party(ANA, PartyKind.PERSON, name=words[0])
    plan = add_plan(ANA, name=words[1], vision="\n".join(text[:400] for text in words))
    area = add_area(ANA, plan, title=words[4], description=words[4])
    for at in range(3):
        objective = add_objective(ANA, area, title=words[at + 3][:900])
        for text in words:
            action = _action(objective, text[:900], purpose=text[:9_000], timescale_note=text[:200])
            set_roles(ANA, action, [(RoleKind.RESPONSIBLE, party)])
            add_note(ANA, text[:900], today=TODAY, action=action, candour=Candour.CANDID)
            add_resource(ANA, action, kind=ResourceKind.OTHER.value, description=text[:900], unit=text[:30])


def _action(objective: str, title: str, **values: object) -> str:
    return add_action(ANA, objective, today=TODAY, title=title, **values)  # type: ignore[arg-type]


def _parts(action: str, who: str) -> None:
    add_resource(ANA, action, kind=ResourceKind.MONEY.value, description="Printing", cost=Decimal(1200), currency="EUR")
    add_checkpoint(ANA, action, due=date(2026, 4, 1), method="Walk through", reviewers=[who])
    measure = add_measure(
        ANA, action, statement="Partners sign", baseline=Decimal(0), target=Decimal(4), unit="partners"
    )
    add_reading(ANA, measure, taken_on=date(2026, 3, 1), value=Decimal(2), evidence="minutes")
    add_note(ANA, "The union wants a seat.", today=TODAY, action=action, candour=Candour.CANDID)
