"""How big the generated plan databases are, from a village's one plan to a region's thirty. Read by the generator."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """What one data set holds in all. ``days`` is how long its ledger goes back."""

    plans: int
    actions: int
    organisations: int
    people: int
    meetings: int
    entries: int
    days: int


SIZES: dict[str, Size] = {
    "small": Size(plans=1, actions=24, organisations=4, people=20, meetings=4, entries=300, days=200),
    "typical": Size(plans=3, actions=270, organisations=15, people=120, meetings=40, entries=8_000, days=400),
    "large": Size(plans=18, actions=1_500, organisations=32, people=600, meetings=400, entries=120_000, days=800),
    "extreme": Size(
        plans=30, actions=19_500, organisations=110, people=3_000, meetings=2_500, entries=1_000_000, days=1_100
    ),
}
