"""``calldown``, ``told`` and ``heard``."""

import email
import json
from email import policy
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells

pytestmark = pytest.mark.usefixtures("partnership")


def test_the_sheet_has_two_ways_and_room_to_write(fine: Run) -> None:
    lines = fine("calldown", "Steering group").lines
    assert lines[0].startswith("SENSITIVE: contact details.")
    assert "  1 Ana Lopes                      ? ana@example.org                 _____ _____" in lines
    assert "    Mayor, City Hall               ? 0700 900 123" in lines
    assert max(map(cells, lines)) <= 80


def test_the_sheet_as_json(fine: Run) -> None:
    told = json.loads(fine("calldown", "Officials", "--json").out)
    assert [(line["name"], line["capacity"]) for line in told["lines"]] == [("Ana Lopes", "Mayor")]
    assert [way["kind"] for way in told["lines"][0]["ways"]] == ["email", "mobile"]


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("md", "**SENSITIVE"), ("html", "<!DOCTYPE html>"), ("csv", "Number,Name"), ("vcf", "BEGIN:VCARD")],
)
def test_the_sheet_in_other_forms(fine: Run, form: str, beginning: str) -> None:
    out = fine("calldown", "Steering group", "--format", form).out
    assert beginning in out
    assert "Bo Field" in out


def test_a_notice_goes_to_everybody_in_bcc(run: Run, home: Path) -> None:
    answer = run("calldown", "Steering group", "--format", "eml", "--output", str(home / "notice.eml"))
    assert (answer.status, answer.err) == (0, "tui-plan: No e-mail address: Bo Field.\n")
    message = email.message_from_bytes((home / "notice.eml").read_bytes(), policy=policy.default)
    assert (message["Bcc"], message["Subject"]) == ("ana@example.org", "Steering group")
    assert (home / "notice.eml").stat().st_mode & 0o777 == 0o600
    link = run("calldown", "Steering group", "--format", "mailto").out
    assert link == "mailto:?bcc=ana@example.org&subject=Steering%20group\n"


def test_a_notice_to_nobody(fine: Run, run: Run) -> None:
    fine("add", "group", "Without mail", "--member", "Bo Field")
    answer = run("calldown", "Without mail", "--format", "mailto")
    assert answer.status == 2
    assert "There is nobody to write to" in answer.err


def test_told_and_heard_are_kept(fine: Run) -> None:
    assert fine("told", "Steering group", "FB", "--channel", "email", "--words", "New dates").lines == [
        "Told Ana Lopes, Bo Field, Food Bank on 2026-03-16 by email."
    ]
    assert fine("heard", "Ana Lopes", "--on", "2026-03-10").lines == ["Heard from Ana Lopes on 2026-03-10."]
    page = json.loads(fine("who", "Ana Lopes", "--json").out)
    assert (page["told"], page["heard"]) == (
        {"on": "2026-03-16", "channel": "email"},
        {"on": "2026-03-10", "channel": None},
    )
    assert "  → 2026-03-16  email      New dates" in fine("who", "Ana Lopes").lines
    fine("undo")
    assert json.loads(fine("who", "Ana Lopes", "--json").out)["heard"] is None


def test_what_was_told_as_json(fine: Run) -> None:
    told = json.loads(fine("told", "Bo Field", "--channel", "letter", "--json").out)
    assert (told["told"][0]["name"], told["on"], told["channel"], told["dry_run"]) == (
        "Bo Field",
        "2026-03-16",
        "letter",
        False,
    )


@pytest.mark.parametrize("words", [("told", "Bo Field"), ("heard", "Bo Field"), ("support", "FB", "neutral")])
def test_a_dry_run_changes_nothing(fine: Run, partnership: Path, words: tuple[str, ...]) -> None:
    before = partnership.read_bytes()
    assert fine(*words, "--dry-run").lines[-1] == "Nothing was changed: this was a dry run."
    assert partnership.read_bytes() == before
