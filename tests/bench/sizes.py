"""How big the generated plan databases are, from a village's one plan to a region's thirty. Read by the generator."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """What one data set holds in all. ``runs`` are assessments of 27 items, ``register`` the entries of the register,
    ``entries`` those of the ledger; ``days`` is how long that goes back."""

    plans: int
    actions: int
    organisations: int
    people: int
    meetings: int
    runs: int
    register: int
    entries: int
    days: int


SIZES: dict[str, Size] = {
    "small": Size(
        plans=1, actions=24, organisations=4, people=20, meetings=4, runs=2, register=20, entries=400, days=200
    ),
    "typical": Size(
        plans=3, actions=270, organisations=15, people=120, meetings=40, runs=12, register=150, entries=8_000, days=400
    ),
    "large": Size(
        plans=18,
        actions=1_500,
        organisations=32,
        people=600,
        meetings=400,
        runs=100,
        register=1_000,
        entries=120_000,
        days=800,
    ),
    "extreme": Size(
        plans=30,
        actions=19_500,
        organisations=110,
        people=3_000,
        meetings=2_500,
        runs=1_000,
        register=8_000,
        entries=1_000_000,
        days=1_100,
    ),
}
