"""What is said before a change that makes agreements lapse: whose, and why. Plain values in, a sentence out."""

from collections.abc import Iterable

from tui_plan.operations.rehearsing import Lapse

MOST_NAMES = 6
"""How many are named for each reason; of the others it is said how many they are."""


def lapse_words(lapses: Iterable[Lapse]) -> str:
    """Return in one or two sentences whose agreements a change makes lapse, by reason."""
    reasons: dict[str, list[str]] = {}
    for lapse in lapses:
        reasons.setdefault(lapse.because, []).append(lapse.name)
    count = sum(map(len, reasons.values()))
    told = "; ".join(f"{_names(names)} ({because})" for because, names in reasons.items())
    return (
        f"This makes {count} {'agreement' if count == 1 else 'agreements'} lapse: {told}. They have to be asked again."
    )


def _names(names: list[str]) -> str:
    each = list(dict.fromkeys(names))
    more = len(each) - MOST_NAMES
    return ", ".join(each[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
