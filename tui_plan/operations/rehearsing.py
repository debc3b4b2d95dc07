"""What would come of an operation: it is done and taken back, so that the coordinator knows before it is saved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, ParamSpec

from tui_plan.model.base import database, rows
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan
from tui_plan.model.vocabulary import AgreementState

P = ParamSpec("P")


class Lapse(NamedTuple):
    """An agreement that would lapse: whose, to which plan, and why."""

    name: str
    plan: str
    because: str


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back whatever is written in the block, however it ends."""
    with database.atomic() as transaction:
        try:
            yield
        finally:
            transaction.rollback()


def lapses_of(operation: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> tuple[Lapse, ...]:
    """Return the agreements that an operation would make lapse, without keeping anything of it.

    Raises what the operation raises.
    """
    with taken_back():
        before = {uid for uid, *_ in _lapsed()}
        operation(*args, **kwargs)
        return tuple(Lapse(*words) for uid, *words in _lapsed() if uid not in before)


def _lapsed() -> list[tuple[str, ...]]:
    query = (
        Agreement.select(Agreement.uid, Party.name, Plan.name, Agreement.lapsed_because)
        .join(Party, on=(Agreement.party == Party.uid))
        .switch(Agreement)
        .join(Plan, on=(Agreement.plan == Plan.uid))
        .where(Agreement.state == AgreementState.LAPSED.value)
        .order_by(Plan.number, Party.name_key)
    )
    return rows(query)
