"""What the last line says when something was finished: that it waits to be celebrated, and which key does that.

The outline and the board await it for actions, the dialogs of outcome measures for readings; it changes nothing.
"""

from collections.abc import Collection, Sequence

from tui_plan.insight.celebrating import Good, to_celebrate
from tui_plan.screens.changing import ChangingScreen


async def waiting(owner: ChangingScreen, plan: str) -> frozenset[str]:
    """Return what waits to be celebrated in a plan (a uid), to compare with afterwards."""
    return frozenset(good.target for good in await owner.ask(to_celebrate, owner.app.today, plan))


async def tell_finished(owner: ChangingScreen, plan: str, finished: Collection[str]) -> None:
    """Say which of these actions and step objectives (uids) wait to be celebrated, if any do."""
    _tell(owner, [good for good in await owner.ask(to_celebrate, owner.app.today, plan) if good.target in finished])


async def tell_new(owner: ChangingScreen, plan: str, before: Collection[str]) -> None:
    """Say what waits to be celebrated that did not ``before``, if anything does."""
    _tell(owner, [good for good in await owner.ask(to_celebrate, owner.app.today, plan) if good.target not in before])


def _tell(owner: ChangingScreen, goods: Sequence[Good]) -> None:
    if goods:
        keys = f"{owner.app.key_of('plan.celebrate')} on screen {owner.app.key_of('go.register')}"
        owner.say(achieved_words([_name(good) for good in goods], keys))


def achieved_words(names: Sequence[str], keys: str) -> str:
    """Return the sentence about what was achieved; of many the first two are named."""
    rest = len(names) - 2
    named = [*names[:2], *([f"{rest} more"] if rest > 0 else [])]
    told = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    verb = "waits" if len(names) == 1 else "wait"
    return f"{told[:1].upper()}{told[1:]} {verb} to be celebrated: {keys} says how."


def _name(good: Good) -> str:
    return f"the first outcome of {good.ref}" if good.field == "measure" else f"{good.noun} {good.ref}"
