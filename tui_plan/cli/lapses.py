"""What is said and asked before a command makes agreements lapse."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

from tui_plan.cli.asking import agreed
from tui_plan.insight.lapse_words import lapse_words
from tui_plan.operations.rehearsing import lapses_of

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

P = ParamSpec("P")


def sure_of_lapses(call: "Call", operation: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether to go on with an operation: where agreements lapse by it, that is said, and asked about."""
    lapses = lapses_of(operation, *args, **kwargs)
    if not lapses:
        return True
    words = lapse_words(lapses)
    if (call.dry or call.options.yes) and not call.json:
        call.page.say(words)
    return agreed(call, f"{words} Add it all the same?", f"{words} Add --yes to add it all the same.")
