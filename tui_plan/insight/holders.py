"""A post with who holds it, held it and stands in for it, and when it was vacant; a person with their posts."""

from datetime import date
from typing import Any, NamedTuple

from tui_plan.insight.details import record_values
from tui_plan.insight.party_page import HoldingLine, holdings_of
from tui_plan.insight.vacancies import Vacancy, vacancies
from tui_plan.model.base import rows
from tui_plan.model.people import Alternate, Party
from tui_plan.model.vocabulary import PartyKind


class StandIn(NamedTuple):
    """Somebody who stands in for a post, in their order from 1: the person of a post, the post of a person."""

    uid: str
    name: str
    rank: int


class Holders(NamedTuple):
    """What there is to say of a post, or of a person's posts; only a post has ``vacant`` days, the latest first."""

    kind: str
    holdings: tuple[HoldingLine, ...]
    vacant: tuple[Vacancy, ...]
    stand_ins: tuple[StandIn, ...]


def holders(party: str, today: date) -> Holders:
    """Return who holds a post, or which posts a person holds, as of ``today``; ``NotFound`` if the party is gone."""
    kind = record_values("party", party)["kind"]
    held = holdings_of(party, today)
    vacant = vacancies([(line.start, line.end) for line in held], today) if kind == PartyKind.POST else []
    return Holders(kind, tuple(held), tuple(vacant), tuple(StandIn(*row) for row in rows(_stand_ins(party, kind))))


def _stand_ins(party: str, kind: str) -> Any:
    mine, other = (Alternate.post, Alternate.person) if kind == PartyKind.POST else (Alternate.person, Alternate.post)
    query = Alternate.select(Party.uid, Party.name, Alternate.rank).join(Party, on=(other == Party.uid))
    return query.where(mine == party).order_by(Alternate.rank, Party.name_key)
