"""Names on the command line: whose actions, on whose word, who stands behind a name, and who ``me`` is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui_plan.model.base import rows
from tui_plan.model.clean import clean
from tui_plan.model.errors import NotFound, Refused
from tui_plan.model.people import Party
from tui_plan.model.vocabulary import PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

ME = "me"
_SPEAKING = {PartyKind.PERSON, PartyKind.ORGANISATION}


def chosen_party(call: "Call") -> str | None:
    """Return the uid of the party that --person, --post, --group or --organisation names; None if none does."""
    from tui_plan.insight.finding import find_party

    for kind in PartyKind:
        name = getattr(call.options, kind.value)
        if name:
            return myself(call) if name == ME and kind is PartyKind.PERSON else find_party(name, kind)
    return None


def party_called(call: "Call", name: str, *kinds: PartyKind) -> str:
    """Return the uid of the party that was named on the command line, ``me`` included."""
    from tui_plan.insight.finding import find_party

    return myself(call) if name == ME else find_party(name, *kinds)


def people_called(call: "Call", names: Iterable[str]) -> list[str]:
    """Return the uids of those who stand behind the parties named: a post's holders, a group's members; each once.

    An organisation stands for itself. Raises ``Refused`` where nobody stands behind a name.
    """
    from tui_plan.insight.people_on import PeopleOn

    people = PeopleOn(call.today)
    found: dict[str, None] = {}
    for name in names:
        behind = [uid for uid in people.signers(party_called(call, name)) if people.parties[uid].kind in _SPEAKING]
        if not behind:
            raise Refused(f"Nobody stands behind “{name}” today: give the post a holder, or the group a member.")
        found |= dict.fromkeys(behind)
    return list(found)


def myself(call: "Call") -> str:
    """Return the uid of whoever types: the person with this login, else the name in the configuration."""
    from tui_plan.cli.call import login_name

    found = rows(Party.select(Party.uid).where((Party.kind == PartyKind.PERSON.value) & (Party.login == login_name())))
    if len(found) == 1:
        return str(found[0][0])
    if not call.config.name:
        raise NotFound(
            f"The roster does not know your login {login_name()}: enter it there, or set identity.name in the "
            "configuration."
        )
    person, name = _person(call.config.name)
    if not person:
        raise NotFound(f"Nobody named “{name}” is on the roster; correct identity.name in the configuration.")
    return person


def heard_from(call: "Call", said_by: str) -> tuple[str, str]:
    """Return the uid of the person who said it, or an empty one and the name of somebody who is not on the roster."""
    return (myself(call), "") if said_by == ME else _person(said_by)


def _person(name: str) -> tuple[str, str]:
    from tui_plan.insight.finding import parties_named, told_apart

    found = parties_named(name, PartyKind.PERSON)
    if len(found) > 1:
        told = told_apart(found)
        raise NotFound(f"There are {len(found)} persons named “{name}”; write one of {told} instead of the name.")
    return (found[0].uid, "") if found else ("", clean(name))
