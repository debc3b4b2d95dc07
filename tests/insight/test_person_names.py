"""Names that can be one person's, and names that cannot."""

import pytest

from tui_plan.insight.person_names import likeness, name_parts, spoken_parts


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Ana Ruiz", "ANA  RUIZ", "same name"),
        ("Ana", "ana", "same name"),
        ("Ana Ruiz", "Ruiz, Ana", "same name, written in another way"),
        ("Ana Ruiz", "Ruiz Ana", "same name, written in another way"),
        ("Dr. Ana Ruiz", "Ana Ruiz", "same name, written in another way"),
        ("A. Ruiz", "Ana Ruiz", "same name, one with initials"),
        ("Ruiz, A.", "Ana Ruiz", "same name, one with initials"),
        ("A.M. Ruiz", "Ana Maria Ruiz", "same name, one with initials"),
        ("A. Ruiz", "Ana Maria Ruiz", "same name, one with initials"),
        ("A. Ruiz", "B. Ruiz", ""),
        ("A. Ruiz", "Ben Ruiz", ""),
        ("Ana Ruiz", "Alba Ruiz", ""),
        ("Ana Ruiz", "Ana Ruiz Lopez", ""),
        ("A.M. Ruiz", "Ana Sofia Ruiz", ""),
        ("Ana Ruiz", "Ana", ""),
        ("A R", "Ana R", ""),
        ("Dr", "Ana", ""),
        ("", "Ana Ruiz", ""),
    ],
)
def test_likeness(one: str, other: str, reason: str) -> None:
    assert likeness(one, other) == likeness(other, one) == reason


def test_the_parts_of_a_name() -> None:
    assert name_parts("Prof. Ruiz, Ana M.").given == ("ana", "m")
    assert name_parts("Ruiz, Ana").family == "ruiz"
    assert name_parts("").family == ""
    assert spoken_parts("Ana Maria Ruiz") == ("Ana Maria", "Ruiz")
    assert spoken_parts("Ruiz Lopez, Ana") == ("Ana", "Ruiz Lopez")
    assert spoken_parts("Ana") == ("", "Ana")
