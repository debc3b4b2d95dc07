"""What looking a plan over finds. ``insight.linting`` and ``linting_register`` make them, everybody may read them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be. ``rule`` is its short name; ``ref`` where it was found."""

    rule: str
    ref: str
    title: str
    sentence: str
