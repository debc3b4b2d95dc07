"""The call-down sheet on paper: columns that hold, marks for what is unverified, room to write."""

import csv
import io
from datetime import date

import pytest

from tests.hostile import HOSTILE, control_characters
from tests.people_world import TODAY, PeopleWorld
from tui_plan.exchange.call_down_papers import (
    SENSITIVE,
    call_down_csv,
    call_down_html,
    call_down_markdown,
    call_down_text,
)
from tui_plan.exchange.fixed_width import cells
from tui_plan.insight.call_down import CallDown, CallLine, Way, call_down
from tui_plan.model.date_words import DateStyle

VERIFIED = date(2026, 1, 9)
SHEET = CallDown(
    "g",
    "Storm list",
    TODAY,
    (
        CallLine(
            "a",
            "Ana Ruiz",
            "Harbour College",
            "Registrar",
            (Way("mobile", "+44 7700 900001", VERIFIED), Way("email", "ana.ruiz@harbour-college.example.org", None)),
        ),
        CallLine("b", "山田花子 (防災担当)", "北市", "Mayor (acting)", (Way("phone", "01632 960002", None),)),
        CallLine("", "Chief: vacant", "Northfield City", "nobody stands in", ()),
        CallLine("c", "Maximilian-Alexander von Hohenstaufen-Württemberg", "", "", ()),
    ),
)


def test_the_sheet_as_text() -> None:
    assert call_down_text(SHEET).splitlines() == [
        "SENSITIVE: contact details. Only for those who call; destroy this sheet when a",
        "newer one comes.",
        "",
        "Storm list",
        "2026-03-16: 3 people to call, 1 vacant",
        "? before a number or address: nobody has verified it yet.",
        "",
        " No Who                              How to reach them               Time  Init.",
        "--- ------------------------------ --------------------------------- ----- -----",
        "  1 Ana Ruiz                         +44 7700 900001                 _____ _____",
        "    Registrar, Harbour College     ? ana.ruiz@harbour-college.",
        "                                     example.org",
        "",
        "  2 山田花子 (防災担当)            ? 01632 960002                    _____ _____",
        "    Mayor (acting), 北市",
        "",
        "  3 Chief: vacant",
        "    nobody stands in, Northfield",
        "    City",
        "",
        "  4 Maximilian-Alexander von         no number or e-mail known       _____ _____",
        "    Hohenstaufen-Württemberg",
    ]


@pytest.mark.parametrize("width", [20, 60, 80, 120])
def test_no_text_breaks_the_columns(width: int) -> None:
    lines = tuple(
        CallLine(str(place), text, text, text, (Way("other", text, None),)) for place, text in enumerate(HOSTILE)
    )
    shown = call_down_text(SHEET._replace(name=HOSTILE[4], lines=lines), width)
    assert max(map(cells, shown.splitlines())) <= max(width, 60)
    assert not control_characters(shown.replace("\n", ""))
    below = shown[shown.index("--- ---") :].splitlines()
    numbers = [line[:3] for line in below if line[:3].strip().isdecimal()]
    assert [int(number) for number in numbers] == list(range(1, len(HOSTILE) + 1))


def test_a_list_with_nobody_on_it_says_so(world: PeopleWorld) -> None:
    empty = CallDown(world.board, "Board", TODAY, ())
    assert call_down_text(empty).splitlines()[-1] == "2026-03-16: Nobody is on this list."
    assert b"Nobody is on this list." in call_down_markdown(empty)
    assert len(call_down_csv(empty).splitlines()) == 1


def test_the_sheet_of_a_real_group(world: PeopleWorld) -> None:
    shown = call_down_text(call_down(world.everybody, TODAY), style=DateStyle.DAY_MONTH)
    assert shown.startswith("SENSITIVE: contact details.")
    assert "16 Mar 2026: 4 people to call\n" in shown
    assert "  2 Finn Berg                        07700 900003 (after six)        _____ _____" in shown
    assert "1 Quay Street" not in shown


def test_csv_has_one_row_for_each_and_no_formula() -> None:
    lines = list(csv.reader(io.StringIO(call_down_csv(SHEET).decode(), newline="")))
    assert lines[0] == [
        *("Number", "Name", "As what", "Organisation"),
        *("Way 1", "Reach 1", "Verified on 1", "Way 2", "Reach 2", "Verified on 2", "Time", "Initials"),
    ]
    assert lines[1][1:7] == ["Ana Ruiz", "Registrar", "Harbour College", "mobile", "'+44 7700 900001", "2026-01-09"]
    assert lines[1][7:] == ["email", "ana.ruiz@harbour-college.example.org", "not verified", "", ""]
    assert lines[3] == ["3", "Chief: vacant", "nobody stands in", "Northfield City", *[""] * 8]
    assert {len(line) for line in lines} == {12}


def test_markdown_and_html_are_headed_as_sensitive() -> None:
    markdown, html = call_down_markdown(SHEET).decode(), call_down_html(SHEET).decode()
    assert markdown.startswith(f"**{SENSITIVE}**")
    assert "| +44 7700 900001 or ? ana.ruiz@harbour-college.example.org |  |  |" in markdown
    assert html.index(SENSITIVE) < html.index("<h1>Storm list</h1>")
