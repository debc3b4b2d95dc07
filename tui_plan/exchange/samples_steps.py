"""What the stories of the sample plans share: the steps they are told in, each at its moment and on somebody's word.

Only ``samples`` and the stories beside it call this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from tui_plan.exchange.toml_reading import PlanDocument
from tui_plan.model.people import Party
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Channel, PartyKind

Row = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """Something that was written at a moment (UTC)."""

    at: datetime
    take: Callable[[], object]


@dataclass
class Telling:
    """Makes the steps of one plan. What an operation made has a uid of its own: ``made`` gives it by the document's."""

    document: PlanDocument
    author: Author
    today: date
    made: dict[str, str]

    @cached_property
    def _persons(self) -> set[str]:
        return {row["uid"] for row in self.document.rows[Party] if row["kind"] == PartyKind.PERSON}

    def real(self, uid: str) -> str:
        """Return the uid that a record of the document has in the database."""
        return self.made.get(uid, uid)

    def on(self, day: date, hour: time, parties: Sequence[str] = (), channel: str = "") -> Author:
        """Return the author on that day, on the word of the one person among ``parties``, if it is one."""
        said_by = parties[0] if len(parties) == 1 and parties[0] in self._persons else ""
        return replace(self.author, said_by=said_by, channel=channel or Channel.OWN, at=datetime.combine(day, hour))

    def step(self, author: Author, operation: Callable[..., object], *values: Any, **named: Any) -> Step:
        """Return the step that calls an operation at the author's moment."""
        assert author.at is not None
        return Step(author.at, lambda: operation(*values, **named))
