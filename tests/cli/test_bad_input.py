"""Bad input gives one clear line on stderr and exit status 2, prints nothing else, and changes nothing."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.hostile import HOSTILE, control_characters

WRONG_WORDS = [
    (("stauts",), "There is no command “stauts”. Did you mean status?"),
    (("frobnicate",), "There is no command “frobnicate”."),
    (("status", "--colour"), "This is not understood here: --colour."),
    (("status", "--dry-run"), "This is not understood here: --dry-run."),
    (("--dry-run", "status"), "--dry-run goes with commands that change something"),
    (("--as-of", "2026-01-01", "done", "A-1"), "--as-of goes with commands that look"),
    (("next", "-n", "0"), "-n: “0” is no number from 1 to 99,999."),
    (("next", "-n", "²"), "-n: “²” is no number"),
    (
        ("next", "--person", "Ana Lopes", "--group", "X"),
        "--group and --person do not go together: leave one of them out.",
    ),
    (("next", "--person", "Nobody"), "Nobody named “Nobody” is on the roster."),
    (("add",), "Something is missing: KIND."),
    (("add", "action", "X", "--to", "S-99"), "There is no step objective S-99."),
    (("add", "action", "X", "--to", "D-1"), "There is no step objective D-1."),
    (("add", "action", "X", "--to", "nonsense"), "“nonsense” is no reference"),
    (("add", "action", "", "--to", "S-1"), "The action's title cannot be empty."),
    (("add", "action", "x" * 10_000, "--to", "S-1"), "10,000 characters long"),
    (("add", "action", "X", "--to", "S-1", "--due", "2026-02-31"), "does not exist"),
    (("add", "action", "X", "--to", "S-1", "--due", "31 February 2026"), "31 February 2026 does not exist"),
    (("add", "action", "X", "--to", "S-1", "--due", "03/04/2026"), "can be 3 April 2026 or 4 March 2026"),
    (("add", "action", "X", "--to", "S-1", "--due", "soonish"), "“soonish” is not a date"),
    (("add", "action", "X", "--to", "S-1", "--start", "2026-05-01", "--due", "2026-04-01"), "comes before"),
    (("add", "plan", "X", "--start", "2026-05-01", "--end", "2026-04-01"), "comes before"),
    (("add", "organisation", "city hall"), "There is already an organisation named “city hall”."),
    (("add", "meeting", "X", "--on", "fri", "--at", "25:00"), "“25:00” is no time"),
    (("add", "meeting", "X", "--on", "fri", "--repeat", "FREQ=SOMETIMES"), "FREQ"),
    (("add", "meeting", "X", "--on", "fri", "--zone", "Mars/Olympus"), "There is no time zone “Mars/Olympus”"),
    (("done", "A-99"), "There is no action A-99."),
    (("done", "A-1", "--on", "2026-12-31"), "lies in the future"),
    (("done", "A-1", "--channel", "smoke"), "“smoke” is not possible for --channel: choose meeting, phone, email"),
    (("done", "A-1", "--said-by", "me"), "The roster does not know your login"),
    (("note", "A-1", ""), "The note cannot be empty."),
    (("note", "S-1", "words"), "There is no action or plan S-1."),
    (("undo", "--change", "999"), "There is no change number 999."),
    (("redo",), "There is nothing to redo"),
    (("agenda", "--from", "2026-05-01", "--to", "2026-04-01"), "comes before"),
    (("diff", "--from", "nothing like it"), "There is no baseline “nothing like it”"),
    (("status", "--plan", "Other"), "No plan is named “Other”"),
    (("export", "pdf"), "“pdf” is not possible for KIND: choose ics, vdir"),
    (("export", "xlsx"), "--output FILE"),
    (("export", "vdir"), "--output FOLDER"),
    (("export", "csv", "--tasks"), "--tasks does not go with csv"),
    (("export", "ics", "--area", "D-9"), "There is no development area D-9."),
    (("export", "csv", "--columns", "as-imported"), "did not come from a sheet"),
    (("import", "missing.csv"), "There is no file"),
    (("restore", "missing.db", "--yes"), "missing.db is not there: name a file that 'tui-plan backup' wrote."),
    (("restore", "/tmp", "--yes"), "/tmp is no backup of tui-plan: name a file that 'tui-plan backup' wrote."),
    (("status", "--as-of", "2099-01-01"), "--as-of 2099-01-01 lies in the future: name a day that is past."),
    (("check", "--plan", "P-1"), "--plan does not go with check, which is about the whole database; leave it out."),
    (("add", "person", "Cara", "--email", "notanemail"), "“notanemail” is no address for e-mail"),
    (("completion", "bsh"), "“bsh” is not possible for SHELL: choose bash, zsh"),
]


@pytest.mark.parametrize(
    ("words", "sentence"), WRONG_WORDS, ids=lambda each: " ".join(each)[:50] if isinstance(each, tuple) else ""
)
def test_one_line_and_nothing_changed(run: Run, small_plan: Path, words: tuple[str, ...], sentence: str) -> None:
    before = small_plan.read_bytes()
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("tui-plan: ")
    assert answer.err.count("\n") == 1
    assert sentence in answer.err
    assert small_plan.read_bytes() == before
    assert sorted(path.name for path in small_plan.parent.iterdir()) == ["plan.db"]


WRONG_PEOPLE = [
    (("roster", "--kind", "friend"), "“friend” is not possible for --kind: choose person, post, organisation, group."),
    (("roster", "--plan", "P-1"), "--plan does not go with roster, which is about the whole database; leave it out."),
    (("who",), "Something is missing: NAME."),
    (("who", "Nobody"), "Nobody named “Nobody” is on the roster."),
    (("who", "me"), "The roster does not know your login"),
    (("orgchart", "--organisation", "Ana Lopes"), "Nobody named “Ana Lopes” is on the roster."),
    (("orgchart", "--format", "pdf"), "“pdf” is not possible for --format: choose text, md, svg."),
    (("agreements", "--plan", "Other"), "No plan is named “Other”"),
    (("agree",), "Something is missing: NAME."),
    (("agree", "Ana Lopes", "--state", "yes"), "“yes” is not possible for --state: choose asked, agreed, reservations"),
    (("agree", "Ana Lopes", "--state", "reservations"), "Write the reservations down, in their words"),
    (
        ("agree", "Ana Lopes", "--state", "declined", "--reservations", "x"),
        "Only who agrees with reservations has some",
    ),
    (("agree", "Ana Lopes", "--on", "2026-12-31"), "lies in the future"),
    (("agree", "Clerk"), "Nobody stands behind “Clerk” today: give the post a holder, or the group a member."),
    (("support", "Ana Lopes", "fond"), "“fond” is not possible for LEVEL: choose opposed, sceptical"),
    (("support", "Ana Lopes", "neutral", "--words", "x" * 2_000), "2,000 characters long"),
    (("told", "Ana Lopes", "--on", "2026-03-17"), "2026-03-17 lies in the future; record it when it has happened."),
    (("heard", "Nobody"), "Nobody named “Nobody” is on the roster."),
    (("heard", "Ana Lopes", "--channel", "smoke"), "“smoke” is not possible for --channel"),
    (("calldown", "Ana Lopes"), "Nobody named “Ana Lopes” is on the roster."),
    (("calldown", "Officials", "--format", "fax"), "“fax” is not possible for --format"),
    (("partners", "--partner", "Officials"), "Nobody named “Officials” is on the roster."),
    (("handover", "Ana Lopes"), "Say who takes over: --to NAME, or --vacant if nobody does yet."),
    (("handover", "Ana Lopes", "--to", "Ana Lopes", "--yes"), "They cannot hand over to themselves"),
    (("handover", "Ana Lopes", "--vacant", "--acting"), "Say who acts: --to NAME goes with --acting."),
    (("handover", "Ana Lopes", "--to", "Bo Field", "--vacant"), "--vacant and --to do not go together"),
    (("handover", "Ana Lopes", "--to", "Officials", "--yes"), "Nobody named “Officials” is on the roster."),
    (("handover", "Officials", "--vacant", "--yes"), "Only a person or a post is handed over"),
    (("handover", "Clerk", "--vacant", "--yes"), "Nobody holds “Clerk” on 2026-03-16"),
    (("handover", "Mayor", "--vacant", "--yes", "--on", "2024-01-01"), "They hold “Mayor” since 2024-01-01"),
    (("merge", "Ana Lopes"), "Something is missing: OTHER."),
    (("merge", "Ana Lopes", "Ana Lopes", "--yes"), "These are one record already"),
    (("merge", "Ana Lopes", "Clerk", "--yes"), "A post cannot become a person: merge two of one kind."),
    (("checklist",), "Something is missing: STEP."),
    (("checklist", "start", "nothing"), "There is no checklist template “nothing”: there are drill, instructions"),
    (("checklist", "start", "drill"), "Say which group or list is called: --for NAME."),
    (("checklist", "tick", "C-1", "1"), "There is no checklist C-1."),
    (("checklist", "say", "C-1", "1"), "There is no checklist C-1."),
    (("checklist", "finish", "A-1"), "There is no checklist A-1."),
    (("checklists", "nonsense"), "“nonsense” is no reference"),
    (("add", "person", "X", "--joined", "soonish"), "“soonish” is not a date"),
    (("add", "person", "X", "--hear-every", "0"), "“0” is no number from 1 to 99,999."),
    (("add", "person", "X", "--hear-every", "1000"), "How often to hear from them"),
    (("add", "person", "X", "--mobile", "none"), "“none” is no number to call"),
    (("add", "person", "X", "--email", "ana\n@example.org"), "is no address for e-mail"),
    (("add", "post", "X", "--reports-to", "Ana Lopes"), "Nobody named “Ana Lopes” is on the roster."),
    (
        ("add", "post", "X", *("--alternate", "Ana Lopes") * 2, "--alternate", "FB"),
        "Nobody named “FB” is on the roster.",
    ),
    (("add", "group", "X", "--rule-area", "D-1"), "A rule needs a role, an audience or an organisation"),
    (("add", "group", "X", "--rule-role", "accountable", "--rule-area", "D-9"), "There is no development area D-9."),
    (("add", "group", "X", "--rule-audience", "everybody"), "“everybody” is not possible for --rule-audience"),
    (("export", "contacts", "--format", "md"), "“md” is not possible for contacts: choose csv, xlsx, vcf."),
    (("export", "contacts", "--format", "xlsx"), "Say where to write the contacts: --output FILE."),
    (("export", "contacts", "--plan", "P-1"), "--plan does not go with contacts"),
    (("export", "page"), "Say whose page: --person, --post, --group or --organisation NAME."),
    (("export", "page", "--person", "Ana Lopes", "--candid"), "--candid does not go with page"),
    (("export", "ics", "--format", "md"), "--format does not go with ics"),
]


@pytest.mark.parametrize(
    ("words", "sentence"), WRONG_PEOPLE, ids=lambda each: " ".join(each)[:50] if isinstance(each, tuple) else ""
)
def test_one_line_about_people_and_nothing_changed(
    run: Run, partnership: Path, words: tuple[str, ...], sentence: str
) -> None:
    test_one_line_and_nothing_changed(run, partnership, words, sentence)


WRONG_ROSTERS = {
    "empty": ("people.csv", b"", "people.csv is empty"),
    "no names": ("people.csv", b"Colour,Size\nred,3\n", "no row of headings"),
    "a kind that is none": ("people.csv", b"Name,Kind\nAna,friend\n", "Row 2: “friend” is no kind of record"),
    "left before they came": (
        "people.csv",
        b"Name,Joined,Left\nAna,2026-05-01,2026-04-01\n",
        "Row 2:",
    ),
    "no address": ("people.csv", b"Name,E-mail\nAna,nowhere\n", "Row 2:"),
    "no card": ("people.vcf", b"Dear partners", "people.vcf"),
}


@pytest.mark.parametrize("case", WRONG_ROSTERS)
def test_people_that_cannot_come_in(run: Run, home: Path, partnership: Path, case: str) -> None:
    name, content, sentence = WRONG_ROSTERS[case]
    (home / name).write_bytes(content)
    before = partnership.read_bytes()
    answer = run("import", str(home / name), "--roster", "--yes")
    assert answer.status == 2, answer.out
    assert answer.err.startswith("tui-plan: ")
    assert answer.err.count("\n") == 1
    assert sentence in answer.err
    assert partnership.read_bytes() == before


def test_a_card_with_broken_lines_says_what_was_left_out(run: Run, home: Path, partnership: Path) -> None:
    (home / "people.vcf").write_bytes(
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Di Moss\nN:Moss;Di;;;\nthis is no line\nEND:VCARD\n"
        b"BEGIN:VCARD\nVERSION:3.0\nFN\n broken\n"
    )
    answer = run("import", str(home / "people.vcf"), "--yes")
    assert answer.status == 0
    assert "Needs a look (" in answer.out
    assert "Di Moss" in run("roster").out


@pytest.mark.parametrize("words", [("--plan", "P-1"), ("--name", "X"), ("--as", "Jo=person"), ("--as-copy",)])
def test_options_for_plans_do_not_bring_people_in(
    run: Run, home: Path, partnership: Path, words: tuple[str, ...]
) -> None:
    (home / "people.csv").write_text("Name\nDi Moss\n")
    answer = run("import", str(home / "people.csv"), "--roster", "--yes", *words)
    assert answer.err == f"tui-plan: {words[0]} is for plans; leave it out when you bring people in.\n"


WRONG_FILES = {
    "empty": ("plan.csv", b"", "plan.csv is empty"),
    "no headings": ("plan.csv", b"a,b,c\n1,2,3\n", "no row of headings"),
    "31 February": ("plan.csv", b"Action,Due date\nDraft,31 February 2026\n", "31 February 2026"),
    "ambiguous": ("plan.csv", b"Action,Due date\nDraft,03/04/2026\n", "day-month"),
    "end before start": ("plan.csv", b"Action,Start date,Due date\nDraft,2026-05-01,2026-04-01\n", "before"),
    "circle": ("plan.csv", b"Ref,Action,Depends on\n1,Draft,2\n2,Sign,1\n", "circle"),
    "too long": ("plan.csv", b"Action\n" + b"x" * 10_001 + b"\n", "10,001 characters"),
    "not TOML": ("plan.toml", b"[plan\n", "TOML"),
    "foreign TOML": ("plan.toml", b"answer = 42\n", ""),
    "old Excel": ("plan.xls", b"\xd0\xcf\x11\xe0rest", "save it as .xlsx"),
    "torn XLSX": ("plan.xlsx", b"PK\x03\x04torn", "plan.xlsx"),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_file_that_cannot_come_in(run: Run, home: Path, small_plan: Path, case: str) -> None:
    name, content, sentence = WRONG_FILES[case]
    (home / name).write_bytes(content)
    before = small_plan.read_bytes()
    answer = run("import", str(home / name), "--yes")
    assert answer.status == 2
    assert answer.err.startswith("tui-plan: ")
    assert answer.err.count("\n") == 1
    assert sentence in answer.err
    assert small_plan.read_bytes() == before


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_sheets_as_spreadsheets_save_them_do_come_in(
    run: Run, home: Path, small_plan: Path, encoding: str, separator: str
) -> None:
    lines = ("Action,Responsible,Due date", "Entwürfe prüfen,Café Noël,2026-05-04")
    (home / "plan.csv").write_bytes("\n".join(lines).replace(",", separator).encode(encoding))
    assert run("import", str(home / "plan.csv"), "--yes").status == 0
    assert "Entwürfe prüfen" in run("next", "--plan", "P-2").out


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_reaches_no_terminal(run: Run, small_plan: Path, text: str) -> None:
    told = [
        run("add", "action", text, "--to", "S-1", "--due", "2026-03-01"),
        run("add", "person", text),
        run("note", "A-1", text, "--said-by", text),
        run("told", "Ana Lopes", "--words", text),
        run("agree", "Ana Lopes", "--evidence", text),
        run("support", "Ana Lopes", "neutral", "--words", text),
        run("add", "post", text, "--holder", "Ana Lopes"),
        run("checklist", "start", "onboarding", "--for", "Ana Lopes", "--title", text),
        run("who", text),
        run("handover", "Ana Lopes", "--dry-run"),
        run("status", "--plan", text),
        run("next", "--person", text),
        run("add", "action", "X", "--to", text, "--due", text),
        run(text),
        *(
            run(*words)
            for words in (("status",), ("next",), ("agenda", "--from", "2026-01-01"), ("history",), ("lint",))
        ),
        *(
            run(*words)
            for words in (("roster",), ("who", "Ana Lopes"), ("agreements",), ("checklists",), ("orgchart",))
        ),
        *(run(*words) for words in (("status", "--json"), ("history", "--json"), ("diff", "--from", "2020-01-01"))),
    ]
    for answer in told:
        assert control_characters(answer.out + answer.err) <= {"\n"}
        assert answer.status in (0, 1, 2)


def test_a_date_of_either_order_names_the_setting(run: Run, small_plan: Path) -> None:
    answer = run("done", "A-1", "--on", "03/04/2026")
    assert answer.err.endswith("or set date_order to day-month or month-day in the configuration.\n")


def test_a_command_without_a_plan_says_how_to_begin(fine: Run, run: Run) -> None:
    fine("init")
    assert "'tui-plan import', or begin an empty one: 'tui-plan add plan'" in run("diff", "--from", "fri").err


def test_a_database_that_is_not_there(run: Run, home: Path) -> None:
    answer = run("--db", str(home / "nowhere.db"), "status")
    assert (answer.status, answer.out) == (2, "")
    assert "There is no database at" in answer.err
    assert not (home / "nowhere.db").exists()


@pytest.mark.parametrize("words", [("--db", "{url}", "status"), ("init", "{url}"), ("--db", "{url}", "init")])
def test_a_server_is_no_file_and_its_password_stays_unsaid(run: Run, home: Path, words: tuple[str, ...]) -> None:
    url = "postgresql://ana:secret@example.org/plans"
    answer = run(*(word.format(url=url) for word in words))
    assert (answer.status, answer.out) == (2, "")
    assert "PostgreSQL is not supported in this version; name a file." in answer.err
    assert "secret" not in answer.err


def test_a_file_that_is_no_database(run: Run, home: Path) -> None:
    (home / "letter.txt").write_text("Dear partners, " * 100)
    answer = run("--db", str(home / "letter.txt"), "status")
    assert answer.status == 2
    assert "is not a tui-plan database" in answer.err
    assert (home / "letter.txt").read_text() == "Dear partners, " * 100


def test_a_foreign_database(run: Run, home: Path) -> None:
    with sqlite3.connect(home / "other.db") as other:
        other.execute("CREATE TABLE address (name TEXT)")
    answer = run("--db", str(home / "other.db"), "status")
    assert answer.status == 2
    assert "is not a tui-plan database" in answer.err


def test_a_database_of_a_newer_version(run: Run, small_plan: Path) -> None:
    with sqlite3.connect(small_plan) as raw:
        raw.execute("PRAGMA user_version = 99")
    answer = run("status")
    assert answer.status == 2
    assert "was made by a newer tui-plan" in answer.err


def test_a_folder_for_a_database(run: Run, home: Path) -> None:
    answer = run("--db", str(home), "status")
    assert answer.status == 2
    assert "is not a file" in answer.err
