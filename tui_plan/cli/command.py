"""One command of the table: what it is for, what it may do, and where it is carried out."""

from collections.abc import Callable

BEGIN, LOOK, ASK, ASSESS, RECORD, KEEP, FOLLOW, HAND_OUT, LOOK_AFTER = GROUPS = (
    "To begin",
    "To look",
    "To look at people",
    "To look at how it goes",
    "To record",
    "To record about people",
    "To record how it goes",
    "To hand out",
    "To look after the database",
)
"""By what one does with them; the help lists them in this order."""


class Command:
    """One command. ``place`` and ``arguments`` are ``module:function`` in ``tui_plan.cli``.

    The first takes a Call and returns a status, the second adds the command's arguments to its parser. ``takes`` is
    what its usage says; ``writes`` tells whether --dry-run makes sense, ``looks_back`` whether --as-of does, ``whole``
    that it is about the whole database, so that --plan does not; ``more`` is said below the summary in its help.
    It is a plain class, since importing dataclasses or typing would cost more than reading the table.
    """

    __slots__ = (
        "arguments",
        "examples",
        "group",
        "looks_back",
        "more",
        "name",
        "place",
        "summary",
        "takes",
        "whole",
        "writes",
    )

    def __init__(
        self,
        name: str,
        group: str,
        summary: str,
        place: str,
        arguments: str,
        examples: tuple[str, ...],
        *,
        takes: str = "",
        writes: bool = False,
        looks_back: bool = False,
        whole: bool = False,
        more: str = "",
    ) -> None:
        self.name = name
        self.group = group
        self.summary = summary
        self.place = place
        self.arguments = arguments
        self.examples = examples
        self.takes = takes
        self.writes = writes
        self.looks_back = looks_back
        self.whole = whole
        self.more = more


def named(place: str) -> Callable[..., int | None]:
    """Return the function that a command names; its module loads only now."""
    from importlib import import_module

    module, _, function = place.partition(":")
    found: Callable[..., int | None] = getattr(import_module(f"tui_plan.cli.{module}"), function)
    return found
