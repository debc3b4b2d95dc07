"""Words for generated plans: names, titles and texts of any length, all drawn from a seeded generator.

Every hundredth text or so holds what people really type: brackets, accents, dashes, a slash that looks like markup.
"""

from math import exp
from random import Random


def _list(words: str) -> list[str]:
    """Return words parted by bars, or by spaces where there is no bar."""
    return words.split("|" if "|" in words else None)


_FIRST = _list(
    "Amina Anders Beatriz Bo Carla Chidi Dagny Dilara Elif Emeka Farah Finn Gabriela Goran Hana Henrik Inés Ivan Jana "
    "Jonas Kofi Kirsten Lea Luis Maja Mateo Nadia Niels Oksana Omar Petra Pavel Quyên Rafael Rosa Samir Sigrid Tariq "
    "Thérèse Uma Ulrich Vera Victor Wanda Wen Xiomara Yusuf Yvonne Zainab Zoran Siobhán Łukasz Ødegård Ximena Nuno "
    "Marisol Keiko Haruto Noor Ewa"
)
_LAST = _list(
    "Abara Almeida Bakker Berg Castillo Chen Dahl Dubois Eriksen Eze Fischer Fofana García Greene Haddad Hansen Ibarra "
    "Ito Jansen Johansson Kaya Kowalski Larsen Lindqvist Mbeki Moreau Müller Nakamura Novak Núñez Okafor Olsen Park "
    "Petrov Quispe Rahman Rossi Santos Schmidt Silva Tanaka Torres Udo Usman Varga Vidal Wagner Walsh Xu Yamada Yilmaz "
    "Zamora Zhang Žižka O'Connor Brown-Lee Šimić Ångström Nguyễn Fernández"
)
_PLACES = _list(
    "Northfield Riverton Eastmoor Lakeside Hillcrest Westbury Stonebridge Ashford Fairview Greenvale Harbour Millbrook "
    "Oakdale Pinewood Redhill Summerside Thornbury Valleyfield Whitecliff Elmstead"
)
_BODIES = _list(
    "City Council|School District|Health Board|Community College|Housing Trust|Fire and Rescue|Chamber of Commerce|"
    "University|Food Bank|Youth Partnership|Faith Alliance|Transport Authority"
)
_VERBS = _list("Agree Audit Build Draft Extend Host Map Publish Pilot Recruit Review Run Set-up Share Test Train")
_THINGS = _list(
    "a shared calendar|the onboarding guide|joint budget lines|the call-down list|a tabletop exercise|peer reviews|"
    "the data agreement|quarterly briefings|the referral pathway|a mentoring scheme|evaluation measures|"
    "the risk review|family liaison posts|a common template|the volunteer roster|shelter capacity"
)
_FOR = _list(
    "school leaders|new officials|all partners|front-line staff|the steering group|families|volunteers|the wider "
    "community|heads of department|small organisations"
)
_CLAUSES = (
    "Partners asked for this at the last review",
    "The lead organisation provides a room and one member of staff",
    "Without it the later steps cannot start",
    "It was tried in two places before and worked in one",
    "We expect questions about cost from the finance committee",
    "A short report goes to everybody who took part",
    "Success means that people use it without being reminded",
    "The text still needs plain language and a translation",
    "Numbers are collected once a term and shared with all",
    "Where a post is vacant the deputy answers",
)
_ODD = (
    "Budget [/] review 2026",
    "[draft] terms of reference [TBC]",
    "Café “Zukunft” – pilot",
    "Q3/Q4 roll-out (50 %)",
    "=SUM of all pledges",
    "Ask [/red] team about 日本 exchange",
    "Ελλάδα & Türkiye twinning",
    "Phase 2 🚀",
)
_REASONS = (
    "Waiting for the finance committee", "Lead has changed", "On track, said at the review", "Staff are on leave",
    "Two partners disagree about scope", "Supplier confirmed the date", "Room found", "No answer to two e-mails",
    "Depends on the data agreement", "Volunteers signed up faster than hoped",
)  # fmt: skip


def person_names(rng: Random, count: int) -> list[str]:
    """Return ``count`` different names of people."""
    pairs = rng.sample(range(len(_FIRST) * len(_LAST)), count)
    return [f"{_FIRST[pair // len(_LAST)]} {_LAST[pair % len(_LAST)]}" for pair in pairs]


def organisation_names(rng: Random, count: int) -> list[str]:
    """Return ``count`` different names of organisations."""
    pairs = rng.sample(range(len(_PLACES) * len(_BODIES)), count)
    return [f"{_PLACES[pair // len(_BODIES)]} {_BODIES[pair % len(_BODIES)]}" for pair in pairs]


def plan_name(rng: Random, index: int) -> str:
    """Return a plan's name; the first plan of every data set is called the same, so that a meter can look for it."""
    return (
        "Northfield resilience plan"
        if index == 0
        else f"{_PLACES[index % len(_PLACES)]} {rng.choice(_FOR)} plan {index}"
    )


def title(rng: Random) -> str:
    """Return the title of an action or objective; a few are as odd as real ones."""
    if rng.random() < 0.01:
        return rng.choice(_ODD)
    return f"{rng.choice(_VERBS)} {rng.choice(_THINGS)} for {rng.choice(_FOR)}"


def text(rng: Random, typical: int = 120, most: int = 900) -> str:
    """Return sentences, most of them around ``typical`` characters long, and some as long as ``most``."""
    wanted = min(most, int(typical * exp(rng.gauss(0, 0.9))))
    said = rng.choice(_CLAUSES) + "."
    while len(said) < wanted:
        said += f" {rng.choice(_CLAUSES)}."
    return said[:most].rstrip()


def reason(rng: Random) -> str:
    """Return the sentence that gives the reason for a confidence."""
    return rng.choice(_REASONS)
