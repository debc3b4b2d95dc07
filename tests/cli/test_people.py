"""The roster on the command line: found by words, one page, the chart, partners, silence, twins, and adding to it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells

pytestmark = pytest.mark.usefixtures("partnership")


def test_the_roster_is_listed_by_kind(fine: Run) -> None:
    lines = fine("roster").lines
    assert [line for line in lines if not line.startswith((" ", "!"))] == [
        "People (3)",
        "Posts (2)",
        "Organisations (2)",
        "Groups and lists (2)",
    ]
    assert "! Ana Lopes           Mayor, City Hall      ? ana@example.org        never heard" in lines
    assert "  Bo Field            Food Bank             ? 555 0100               10 days ago" in lines
    assert "! Clerk                  vacant, City Hall" in lines
    assert lines[-1] == "! needs a look   ? never verified"
    assert max(map(cells, lines)) <= 80


def test_the_roster_is_found_by_words(fine: Run) -> None:
    fine("add", "person", "María Núñez", "--organisation", "Food Bank")
    assert [one["name"] for one in told(fine, "maria")] == ["María Núñez"]
    assert [one["name"] for one in told(fine, "food", "field")] == ["Bo Field"]
    assert [one["name"] for one in told(fine, "--kind", "post", "hall")] == ["Clerk", "Mayor"]
    assert {one["name"]: one["needs"] for one in told(fine, "--attention")} == {
        "Ana Lopes": "never heard",
        "Clerk": "vacant",
        "María Núñez": "no contact",
    }
    assert fine("roster", "nobody like it").lines == ["Nobody and nothing on the roster is like that."]


def test_an_empty_roster_says_how_to_fill_it(fine: Run, home: Path) -> None:
    fine("init", str(home / "empty.db"))
    assert fine("--db", str(home / "empty.db"), "roster").out.startswith("The roster is empty. Fill it:")


def test_who_has_left_is_listed_when_asked_for_or_while_work_rests_on_them(fine: Run) -> None:
    fine("handover", "Cy Reed", "--vacant", "--yes", "--on", "2026-03-10")
    assert "Cy Reed" not in fine("roster").out
    assert "left 2026-03-09" in fine("roster", "--left").out


def test_the_roster_as_json(fine: Run) -> None:
    ana = told(fine, "--kind", "person", "ana")[0]
    assert (ana["organisation"], ana["what"], ana["reach"]) == ("City Hall", "Mayor", "ana@example.org")
    assert (ana["verified"], ana["silent"], ana["heard"], ana["carries"]) == (False, True, None, True)
    bo = told(fine, "--kind", "person", "bo")[0]
    assert bo["heard"]["channel"] == "phone"


def test_a_page_about_a_person(fine: Run) -> None:
    lines = fine("who", "Ana Lopes").lines
    assert lines[:6] == [
        "Ana Lopes, person",
        "  works at City Hall",
        "Reached by",
        "  ? email    ana@example.org                          never verified",
        "  ? mobile   0700 900 123                             never verified",
        "Posts",
    ]
    assert "  ● Mayor                              since 2024-01-01" in lines
    assert "  heard never; agreed: every 30 days" in lines
    assert "Roles: 2 open, 1 late, 0 closed" in lines
    assert "  ! A-1    Draft the charter          accountable, Mayor       2 weeks late" in lines
    assert "  Steering group: chair" in lines
    assert max(map(cells, lines)) <= 80


def test_pages_about_the_others(fine: Run) -> None:
    clerk = fine("who", "Clerk").lines
    assert "  at City Hall; reports to Mayor" in clerk
    assert [line for line in clerk if "stands in" in line] == ["  ↷ Bo Field stands in", "  ↷ Cy Reed stands in"]
    assert "  post         Clerk" in fine("who", "City Hall").lines
    assert "  Mayor (Ana Lopes): chair" in fine("who", "Steering group").lines


def test_a_page_as_json(fine: Run) -> None:
    page = json.loads(fine("who", "Bo Field", "--json").out)
    assert [one["value"] for one in page["contacts"]] == ["555 0100"]
    assert page["stands_in_for"] == ["Clerk"]
    assert [(one["role"], one["action"]["ref"]) for one in page["carries"]] == [("accountable", "A-2")]
    assert page["groups"] == [{"group": "Steering group", "seat": "member"}]
    assert page["channels"][0]["channel"] == "phone"


def test_the_page_of_a_day_that_is_past(fine: Run) -> None:
    fine("handover", "Mayor", "--to", "Cy Reed", "--yes")
    assert "  ● Mayor" in fine("who", "Cy Reed").out
    assert json.loads(fine("who", "Mayor", "--json", today="2026-03-15").out)["holdings"][0]["person"] == "Ana Lopes"


def test_the_org_chart(fine: Run, home: Path) -> None:
    assert fine("orgchart").lines[-3:] == [
        "City Hall",
        "└── Mayor: Ana Lopes",
        "    └── Clerk: vacant; stands in: Bo Field, Cy Reed",
    ]
    assert fine("orgchart", "--organisation", "FB").lines[-1] == "Food Bank"
    assert fine("orgchart", "--format", "md").out.startswith("# Organisation chart")
    fine("orgchart", "--format", "svg", "--output", str(home / "chart.svg"))
    assert (home / "chart.svg").read_text(encoding="utf-8").count("Ana Lopes") >= 1
    nodes = json.loads(fine("orgchart", "--json").out)["chart"]
    assert [(node["depth"], node["name"], node["vacant"]) for node in nodes] == [
        (0, "City Hall", False),
        (1, "Mayor", False),
        (2, "Clerk", True),
    ]


def test_what_partners_kept(run: Run) -> None:
    answer = run("partners")
    assert answer.status == 1
    assert "  Food Bank                     2   1     0    0    0    1    0   0  10 days ago" in answer.lines
    assert "  chair                        Ana Lopes, Mayor" in answer.lines
    assert "! Deputy: nobody. Give a seat the word “deputy”." in answer.lines
    assert max(map(cells, answer.lines)) <= 80
    plan = json.loads(run("partners", "--json").out)["plans"][0]
    assert {one["name"]: (one["promised"], one["done"], one["late"]) for one in plan["partners"]} == {
        "City Hall": (2, 0, 1),
        "Food Bank": (2, 1, 0),
    }


def test_what_one_partner_promised(fine: Run) -> None:
    assert fine("partners", "--partner", "FB").lines == [
        "A-2    Sign the charter                  under way                2026-05-04",
        "A-3    Print the charter                 kept on the first date   2026-02-25",
    ]


@pytest.mark.parametrize(("form", "beginning"), [("md", "# What partners"), ("html", "<!DOCTYPE"), ("csv", "Partner,")])
def test_partners_and_agreements_as_papers(fine: Run, form: str, beginning: str) -> None:
    assert fine("partners", "--format", form).out.startswith(beginning)
    assert "Food Bank" in fine("agreements", "--format", form).out


def test_a_convening_group_without_a_gap(fine: Run, run: Run) -> None:
    fine("add", "group", "Whole group", "--chair", "Mayor", "--deputy", "Bo Field")
    fine("add", "plan", "Fire plan", "--convening", "Whole group", "--partner", "City Hall", "--partner", "FB")
    assert fine("partners", "--plan", "P-2").status == 0
    assert run("partners").status == 1


def test_who_was_silent(fine: Run) -> None:
    assert fine("silent").lines == ["Ana Lopes         City Hall              never heard (every 30)   2 open, 1 late"]
    assert fine("silent", "--owners", "--plan", "P-1", "--json").out.count('"days"') == 1
    fine("heard", "Ana Lopes", "--channel", "phone")
    assert fine("silent").lines == ["Nobody has been silent for too long."]


def test_twins_are_shown_and_merged_by_hand(fine: Run, run: Run) -> None:
    fine("add", "person", "A. Lopes", "--email", "ana@example.org", "--login", "alopes")
    lines = fine("duplicates").lines
    assert lines[0] == "same e-mail address ana@example.org; same name, one with initials"
    kept, other = lines[-1].removeprefix("  tui-plan merge ").split()
    assert run("merge", kept, other).err == (
        "tui-plan: Nothing was changed. Add --yes to merge them, or --dry-run to look only.\n"
    )
    shown = fine("merge", kept, other, "--dry-run").lines
    assert "  name          Ana Lopes                       A. Lopes" in shown
    fine("merge", kept, other, "--yes")
    page = json.loads(fine("who", "Ana Lopes", "--json").out)
    assert (page["login"], [one["value"] for one in page["contacts"]]) == (
        "alopes",
        ["ana@example.org", "0700 900 123"],
    )
    assert fine("duplicates").lines == ["Nobody and nothing seems to be there twice."]
    assert "Nobody named “A. Lopes”" in run("who", "A. Lopes").err
    fine("undo")
    assert json.loads(fine("duplicates", "--json").out)["pairs"]


def test_a_merge_says_whose_agreement_it_ends(fine: Run) -> None:
    fine("agree", "Bo Field")
    said = fine("merge", "Bo Field", "Ana Lopes", "--dry-run").out
    assert "This makes 1 agreement lapse: Bo Field" in said


def test_persons_of_one_name_are_told_apart(fine: Run, run: Run) -> None:
    assert run("add", "person", "Bo Field", "--organisation", "City Hall").status == 0
    answer = run("who", "Bo Field")
    assert answer.status == 2
    assert "names 2 records; write one of" in answer.err
    first = answer.err.split("write one of ")[1][:8]
    assert fine("who", first).lines[0] == "Bo Field, person"


def test_what_a_person_post_and_group_are_added_with(fine: Run, run: Run) -> None:
    words = ("--joined", "2025-01-01", "--audience", "partner staff", "--hear-every", "14", "--mobile", "0700")
    fine("add", "person", "Di Moss", *words)
    page = json.loads(fine("who", "Di Moss", "--json").out)
    assert (page["joined"], page["audience"], page["hear_every"]) == ("2025-01-01", "partner staff", 14)
    assert page["contacts"][0]["kind"] == "mobile"
    fine("add", "group", "Staff", "--rule-audience", "partner staff", "--member", "Bo Field")
    members = json.loads(fine("who", "Staff", "--json").out)["members"]
    assert members == [{"name": "Bo Field", "seat": "member"}, {"name": "Di Moss", "seat": "by rule"}]
    fine("add", "group", "Owners", "--rule-role", "accountable", "--rule-area", "D-1")
    assert len(json.loads(fine("who", "Owners", "--json").out)["members"]) == 2
    answer = run("add", "group", "Elsewhere", "--rule-organisation", "FB", "--rule-audience", "larger community")
    assert answer.status == 0
    assert answer.err == "tui-plan: Everybody in the larger community at Food Bank: that is nobody today.\n"


def test_a_second_person_of_one_name_is_added_and_told(run: Run) -> None:
    answer = run("add", "person", "ana lopes", "--organisation", "FB")
    assert answer.status == 0
    assert answer.err == (
        "tui-plan: Ana Lopes is on the roster already (City Hall). 'tui-plan duplicates' shows them side by side.\n"
    )
    assert not run("add", "person", "Di Moss").err


def test_how_somebody_stands_to_the_plan(fine: Run) -> None:
    assert fine("support", "FB", "sceptical", "--words", "Wants money first").lines == ["R-1 Food Bank: sceptical"]
    fine("support", "Ana Lopes", "champion", "--evidence", "her speech", "--on", "2026-03-10")
    page = json.loads(fine("who", "Ana Lopes", "--json").out)
    assert page["support"] == [
        {
            "ref": "R-2",
            "on": "2026-03-10",
            "kind": "champion",
            "level": "champion",
            "words": "Champion",
            "evidence": "her speech",
        }
    ]


def test_contacts_go_out_and_come_in(fine: Run, run: Run, home: Path) -> None:
    for form in ("csv", "xlsx", "vcf"):
        fine("export", "contacts", "--format", form, "--output", str(home / f"people.{form}"))
        words = (str(home / f"people.{form}"), *(() if form == "vcf" else ("--roster",)))
        assert fine("import", *words, "--yes").out.startswith("Nothing new: the roster has it all.")
    assert (home / "people.csv").stat().st_mode & 0o777 == 0o600
    fine("init", str(home / "new.db"))
    answer = run("--db", str(home / "new.db"), "import", str(home / "people.csv"), "--roster")
    assert answer.status == 2
    assert "New (9)" in answer.lines
    assert "Add --yes to bring it in" in answer.err
    told_in = fine("--db", str(home / "new.db"), "import", str(home / "people.csv"), "--roster", "--yes").out
    assert told_in.startswith("Brought in people.csv: 9 new on the roster")
    assert "● Mayor" in fine("--db", str(home / "new.db"), "who", "Ana Lopes").out


def test_a_roster_that_says_something_else(fine: Run, run: Run, home: Path) -> None:
    path = home / "people.csv"
    path.write_text("Name,E-mail,Kind\nAna Lopes,ana@example.org,person\nDi Moss,di@example.org,person\n")
    lines = fine("import", str(path), "--roster", "--dry-run").lines
    assert "New (1)" in lines
    assert "On the roster already (1)" in lines
    assert lines[-1] == "Nothing was changed: this was a dry run."
    assert told(fine, "moss") == []
    shape = json.loads(fine("import", str(path), "--roster", "--yes", "--json").out)
    assert [(one["name"], one["row"]) for one in shape["new"]] == [("Di Moss", 3)]
    assert len(told(fine, "moss")) == 1


def test_a_column_that_is_left_out_says_why(fine: Run, home: Path) -> None:
    (home / "people.csv").write_text("Name,Position,Job title\nEve Hart,Head,Head of it\n")
    lines = fine("import", str(home / "people.csv"), "--roster", "--dry-run").lines
    (became,) = (line.split("→")[1] for line in lines if "→" in line and "Job title" in line)
    assert became.startswith(" left out (post is already taken from “")


def test_contacts_of_a_group_and_of_an_organisation(fine: Run) -> None:
    cards = fine("export", "contacts", "--format", "vcf", "--group", "Steering group").out
    assert [line for line in cards.splitlines() if line.startswith("FN:")] == ["FN:Ana Lopes", "FN:Bo Field"]
    sheet = fine("export", "contacts", "--organisation", "FB").out
    assert "Bo Field" in sheet
    assert "Ana Lopes" not in sheet


@pytest.mark.parametrize(("form", "words"), [("text", "MY ACTIONS"), ("md", "# Bo Field"), ("html", "<!DOCTYPE html>")])
def test_a_page_to_take_home_holds_no_contact_data(fine: Run, form: str, words: str) -> None:
    out = fine("export", "page", "--person", "Bo Field", "--format", form).out
    assert words in out
    assert "Sign the charter" in out
    assert "555" not in out
    assert "ana@example.org" not in out


def test_a_page_as_a_calendar(fine: Run) -> None:
    assert fine("export", "page", "--person", "Bo Field", "--format", "ics").out.startswith("BEGIN:VCALENDAR")


def told(fine: Run, *words: str) -> list[dict[str, object]]:
    """Return the parties that ``roster`` tells as JSON."""
    parties: list[dict[str, object]] = json.loads(fine("roster", *words, "--json").out)["parties"]
    return parties
