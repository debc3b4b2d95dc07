"""``next``, ``agenda``, ``history``, ``diff`` and ``lint`` on a small plan."""

import json
import re
from itertools import groupby

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("small_plan")


def test_next_lists_the_most_urgent_first(fine: Run) -> None:
    assert fine("next").lines == [
        "! A-1  Draft the charter                       Ana Lopes            2 weeks late",
        "○ A-2  Sign the charter                        City Hall               in 4 days",
        "○ A-5  Full-scale exercise                     City Hall            in 13 months",
        "○ A-3  Choose a scenario                       nobody yet              quarterly",
    ]


def test_next_of_one_person(fine: Run) -> None:
    told = json.loads(fine("next", "--person", "ana lopes", "--json").out)
    assert [action["ref"] for action in told["actions"]] == ["A-1"]
    assert told["actions"][0]["owners"][0]["name"] == "Ana Lopes"


def test_next_says_how_much_it_left_out(fine: Run) -> None:
    assert fine("next", "-n", "1").lines[-1] == "… and 3 more: -n 4 shows all"


def test_agenda_by_day(fine: Run) -> None:
    fine("add", "meeting", "Steering group", "--on", "2026-03-17", "--at", "10:00", "--repeat", "FREQ=WEEKLY;BYDAY=TU")
    assert fine("agenda", "--weeks", "2").lines == [
        "  Tue 17 Mar M-1 review meeting  10:00 Steering group",
        "  Fri 20 Mar A-2 target          Sign the charter",
        "  Tue 24 Mar M-1 review meeting  10:00 Steering group",
    ]


def test_agenda_between_days(fine: Run) -> None:
    told = json.loads(fine("agenda", "--from", "2027-01-01", "--to", "2027-12-31", "--json").out)
    assert [(entry["day"], entry["ref"]) for entry in told["entries"]] == [("2027-05-04", "A-5")]
    assert fine("agenda", "--from", "2028-01-01").lines == ["Nothing is planned from 2028-01-01 to 2028-01-28."]


def test_history_tells_who_said_it(fine: Run) -> None:
    lines = fine("history", "A-4", "-n", "1").lines
    assert lines[0].endswith(", on the word of Ana Lopes (phone)")
    assert lines[1] == "       A-4 “Book the hall” → complete"
    assert "status: not started → complete" in lines[2]


def test_history_as_json(fine: Run) -> None:
    change = json.loads(fine("history", "A-4", "-n", "1", "--json").out)["changes"][0]
    assert (change["said_by"], change["channel"], change["undoes"]) == ("Ana Lopes", "phone", None)
    assert change["at"].endswith("Z")


def test_diff_from_a_named_baseline(fine: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fine("baseline", "agreed in March")
    listed = fine("baseline").lines
    assert listed[0].endswith("  agreed in March")
    assert fine("diff", "--from", "agreed in March").lines == ["Nothing differs."]


def test_diff_from_a_day(fine: Run) -> None:
    lines = fine("diff", "--from", "2020-01-01").lines
    assert "+ A-1 action added: Draft the charter" in lines


def test_diff_as_json_gives_moments_as_baselines_do(fine: Run) -> None:
    words = ("diff", "--from", "2020-01-01", "--to", "2040-01-01", "--json")
    told = json.loads(fine(*words).out)
    for name in ("from", "to"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told[name])
    assert json.loads(fine(*words).out) == told
    assert "Ana Lopes, accountable" in {one["words"] for one in told["differences"]}


def test_as_of_shows_the_plan_of_that_day(fine: Run) -> None:
    assert "There is no plan yet." in fine("status", "--as-of", "2020-01-01").out


def test_lint_keeps_what_one_rule_finds_together(fine: Run, run: Run) -> None:
    fine("add", "action", "On a Sunday", "--to", "S-1", "--due", "2026-03-22")
    fine("add", "action", "Without a date", "--to", "S-2")
    told = [finding["rule"] for finding in json.loads(run("lint", "--json").out)["plans"][0]["findings"]]
    assert len([rule for rule, _ in groupby(told)]) == len(set(told))
    lines = run("lint").lines
    at = lines.index("  no date: It has no target date. Its timescale is only words.")
    assert lines[at + 1 : at + 4] == ["    A-3", "           It has no target date.", "    A-7"]


def test_lint_gathers_references_by_rule(run: Run) -> None:
    answer = run("lint")
    assert answer.status == 1
    assert "  no owner: Nobody is accountable or responsible." in answer.lines
    assert "    A-3" in answer.lines
    told = json.loads(run("lint", "--json").out)["plans"][0]
    unowned = [finding["ref"] for finding in told["findings"] if finding["rule"] == "no owner"]
    assert unowned == ["A-3"]
