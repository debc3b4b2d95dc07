"""The words by which spreadsheets tell a status, a confidence, a priority or a yes. Only ``sheet_reading`` calls this.

Only words that can mean one thing are taken; "delayed" or "open" are not, and stay as a note for somebody to look at.
"""

import re

from tui_plan.model.clean import name_key
from tui_plan.model.vocabulary import Confidence, Priority, Status

_STATUSES: dict[Status, str] = {
    Status.NOT_STARTED: "not started, not yet started, not begun, to do, todo, pending, planned, upcoming, new",
    Status.IN_PROGRESS: "in progress, started, underway, under way, ongoing, on going, in hand, active, wip",
    Status.COMPLETE: "complete, completed, done, finished, achieved, delivered, implemented, closed, met",
    Status.DEFERRED: "deferred, on hold, postponed, paused, suspended",
    Status.WITHDRAWN: "withdrawn, cancelled, canceled, dropped, abandoned, discontinued, removed",
}
_CONFIDENCES: dict[Confidence, str] = {
    Confidence.GREEN: "green, g, on track, on schedule",
    Confidence.AMBER: "amber, a, yellow, y, at risk",
    Confidence.RED: "red, r, off track",
}
_PRIORITIES: dict[Priority, str] = {
    Priority.HIGH: "high, h, high priority",
    Priority.MEDIUM: "medium, med, m, moderate, medium priority",
    Priority.LOW: "low, l, low priority",
}
_YES = frozenset({"yes", "y", "x", "true", "1", "✓", "✔", "☑", "milestone", "core"})
_NO = frozenset({"", "no", "n", "false", "0", "☐"})


def status_of(text: str) -> Status | None:
    """Return the status that ``text`` is a word for, or None."""
    return _STATUS_WORDS.get(_words(text))


def confidence_of(text: str) -> Confidence | None:
    """Return the confidence that ``text`` is a word for, or None."""
    return _CONFIDENCE_WORDS.get(_words(text))


def priority_of(text: str) -> Priority | None:
    """Return the priority that ``text`` is a word for, or None."""
    return _PRIORITY_WORDS.get(_words(text))


def is_yes(text: str) -> bool | None:
    """Return whether ``text`` ticks a box, or None when it is neither yes nor no."""
    word = name_key(text)
    return True if word in _YES else False if word in _NO else None


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", name_key(text)).split())


_STATUS_WORDS = {word.strip(): status for status, words in _STATUSES.items() for word in words.split(",")}
_CONFIDENCE_WORDS = {word.strip(): level for level, words in _CONFIDENCES.items() for word in words.split(",")}
_PRIORITY_WORDS = {word.strip(): level for level, words in _PRIORITIES.items() for word in words.split(",")}
