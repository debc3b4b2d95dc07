"""Bad input to the commands about stages, the register and momentum: one clear line, and nothing lost."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.hostile import HOSTILE, control_characters

WRONG = [
    (("gate",), "Something is missing: T-1."),
    (("gate", "T-9"), "There is no stage T-9."),
    (("gate", "A-1"), "There is no stage A-1."),
    (("gate", "T-1", "--pass"), "Say which meeting decided."),
    (("gate", "T-1", "--pass", "--override"), "--override and --pass do not go together"),
    (("gate", "T-1", "--conditions", "", "--meeting", "M-1"), "Say under which conditions."),
    (("gate", "T-1", "--override", "--because", "x"), "Say who overrides the gate."),
    (("gate", "T-1", "--override", "--by", "Ana Lopes"), "Say why the gate is overridden: it will be shown for ever."),
    (("gate", "T-1", "--because", "x"), "--because goes with a decision: --pass, --conditions, --not-passed"),
    (("gate", "T-1", "--dry-run"), "--dry-run goes with a decision"),
    (("gate", "T-2", "--override", "--by", "FB", "--because", "x"), "This stage has not begun"),
    (("gate", "T-1", "--not-passed", "--meeting", "M-9"), "There is no meeting series or meeting M-9."),
    (("gate", "T-1", "--not-passed", "--meeting", "2026-03-11"), "The plan has no meeting on 2026-03-11"),
    (("gate", "T-1", "--not-passed", "--meeting", "soonish"), "“soonish” is not a date"),
    (("stage",), "Something is missing: STEP."),
    (("stage", "add", "pilot"), "“pilot” is not possible for KIND: choose piloting, full, reflection."),
    (("stage", "add", "piloting", "--attempt", "1"), "is attempt 1 of piloting already: choose another."),
    (("stage", "add", "full", "--skip", "x", "--attempt", "2"), "Only piloting can be skipped"),
    (("stage", "edit", "T-1"), "Say what shall be different: --title"),
    (("stage", "edit", "T-1", "--begins", "2026-05-01", "--ends", "2026-04-01"), "comes before"),
    (("stage", "end", "T-2"), "Say when it began, since it has an end."),
    (("stage", "skip", "T-1", "--because", " "), "Say why it is skipped: --because WHY."),
    (("stage", "skip", "T-1", "--because", "x"), "This stage has begun, so that it was not skipped"),
    (("stage", "skip", "T-1"), "Say one of these: --because --not."),
    (("stage", "remove", "T-1"), "This stage cannot be removed while it is in use: C-1"),
    (("assessments", "--compare", "C-1"), "--compare needs 2 words after it."),
    (("assessments", "--compare", "C-1", "C-1"), "C-1 is named twice: name two assessments."),
    (("assessments", "--compare", "C-1", "C-9"), "There is no checklist C-9."),
    (("assessments", "--compare", "C-1", "C-2", "--differ"), "do not go together"),
    (("assessments", "--differ", "--consensus"), "--differ is about all partners"),
    (("assessments", "--partner", "Nobody"), "Nobody named “Nobody” is on the roster."),
    (("assessments", "--stage", "T-9"), "There is no stage T-9."),
    (("checklist", "start", "progress", "--stage", "T-1"), "C-1 “Piloting: consensus” was begun on 2026-03-16 already"),
    (("checklist", "start", "onboarding", "--stage", "T-1"), "is a checklist for onboarding, not for a stage."),
    (("checklist", "start", "progress", "--stage", "T-1", "--for", "FB"), "leave --for and --title out"),
    (("checklist", "start", "progress", "--partner", "FB"), "--partner goes with assessing a stage: --stage T-1."),
    (("checklist", "say", "C-1", "1"), "Say how it stands: --rating, --successes"),
    (("checklist", "say", "C-1", "1", "--rating", "good"), "“good” is not possible for --rating: choose in place"),
    (("checklist", "say", "C-1", "99", "--rating", "not yet"), "C-1 has 8 items; there is no item 99."),
    (("checklist", "say", "C-1", "0", "--rating", "not yet"), "there is no item 0."),
    (("checklist", "say", "C-1", "aims", "--rating", "not yet"), "C-1 has no item “aims”: name it by its number"),
    (("checklist", "say", "C-1", "1", "--candid", "--shareable"), "do not go together"),
    (("checklist", "action", "C-1", "1"), "Something is missing: --under, --owner, --by."),
    (
        ("checklist", "action", "C-1", "1", "--under", "S-1", "--owner", "FB", "--by", "fri"),
        "Say in a few words what will be done.",
    ),
    (("register", "foo"), "“foo” is no kind of entry: choose risk, issue, decision, context"),
    (("register", ""), "“” is no kind of entry"),
    (("register", "R-9"), "There is no register entry R-9."),
    (("register", "R-1", "R-2"), "“R-1” is no kind of entry"),
    (("enter",), "Something is missing: KIND."),
    (("enter", "threat", "x"), "“threat” is not possible for KIND: choose risk, issue"),
    (
        ("enter", "risk", "x", "--likelihood", "3", "--impact", "3"),
        "Say who owns the risk: a person, a post or a group.",
    ),
    (("enter", "risk", "x", "--owner", "FB", "--impact", "3"), "Say how likely it is, from 1 to 5."),
    (("enter", "risk", "x", "--owner", "FB", "--likelihood", "6", "--impact", "3"), "a whole number from 1 to 5."),
    (("enter", "risk", "x", "--likelihood", "often"), "“often” is no whole number for --likelihood."),
    (("enter", "risk", "x", "--owner", "Nobody"), "Nobody named “Nobody” is on the roster."),
    (("enter", "risk", "x", "--manner", "planned"), "This is not understood here: --manner planned."),
    (("enter", "idea", ""), "The entry cannot be empty."),
    (("enter", "adaptation", "x", "--manner", "planned"), "Say why it was changed."),
    (("enter", "adaptation", "x", "--manner", "odd"), "“odd” is not possible for --manner: choose planned, reactive."),
    (("enter", "participation", "x", "--who", "FB", "--intended", "3", "--active", "4"), "More take part (4) than"),
    (("enter", "support", "x", "--who", "FB"), "Say how they stand to the plan: opposed"),
    (("enter", "lesson", "x", "--stage", "T-9"), "There is no stage T-9."),
    (("enter", "issue", "x", "--owner", "FB", "--due", "soonish"), "“soonish” is not a date"),
    (("enter", "issue", "x", "--owner", "FB", "--action", "A-99"), "There is no action A-99."),
    (("enter", "achievement", "x", "--measure", "A-1"), "A-1 has no outcome measure yet"),
    (("entry",), "Something is missing: STEP."),
    (("entry", "edit", "R-1"), "Say what shall be different: --title"),
    (("entry", "edit", "R-1", "--residual", "2", "9"), "a whole number from 1 to 5."),
    (("entry", "edit", "R-1", "--who", "none"), "Say who owns the risk"),
    (("entry", "edit", "R-1", "--risk", "R-1"), "An entry cannot be linked to itself."),
    (("entry", "edit", "R-1", "--unlink", "A-2"), "This entry does not name A-2"),
    (("entry", "settle", "R-1", "--on", "2026-01-01"), "comes before"),
    (("entry", "settle", "R-9"), "There is no register entry R-9."),
    (("mitigate", "R-1", "x"), "Something is missing: --under, --owner, --by."),
    (("mitigate", "R-1", "x", "--under", "D-1", "--owner", "FB", "--by", "fri"), "There is no step objective D-1."),
    (("promote", "R-1"), "is a risk: only an idea becomes a development area."),
    (("celebrate", "A-1"), "A-1 does not wait to be celebrated: 'tui-plan celebrate' lists what does."),
    (("celebrate", "D-1"), "There is no action or step objective or register entry D-1."),
    (("celebrate", "--how", "Cake"), "Say what was celebrated: --how goes with A-12, S-3 or R-9."),
    (("celebrate", "A-1", "--done"), "--done goes with the list: leave it out, or leave A-1 out."),
    (("reading", "A-1", "5"), "A-1 has no outcome measure yet: add one in the terminal."),
    (("reading", "A-1", "many"), "“many” is no number: write one such as 64 or 64.5; words go with --remark."),
    (("reading", "A-1", "1e9"), "“1e9” is no number"),
    (("core", "A-99"), "There is no action A-99."),
    (("fidelity", "--from", "May"), "There is no baseline “May”"),
    (("evaluation", "--first", "--quick-wins"), "do not go together"),
    (("brief", "--format", "pdf"), "“pdf” is not possible for --format: choose text, md, html."),
    (("export", "assessment", "--assessment", "A-1"), "There is no checklist A-1."),
    (("export", "register", "--entries", "foo"), "“foo” is no kind of entry"),
    (("export", "register", "--format", "xlsx"), "Say where to write the register: --output FILE."),
    (("export", "csv", "--entries", "risk"), "--entries does not go with csv; leave it out."),
    (("export", "evaluation", "--candid"), "--candid does not go with evaluation; leave it out."),
    (("export", "fidelity", "--baseline", "May"), "There is no baseline “May”"),
]


@pytest.fixture
def progress(fine: Run, partnership: Path) -> Path:
    """A plan with two stages, an assessment that runs, a meeting and a risk."""
    fine("stage", "add", "piloting", "--begins", "2026-01-12")
    fine("stage", "add", "full")
    fine("checklist", "start", "progress", "--stage", "T-1")
    fine("add", "meeting", "Board", "--on", "2026-03-10")
    fine("enter", "risk", "No bus", "--owner", "Ana Lopes", "--likelihood", "4", "--impact", "3", "--action", "A-1")
    return partnership


@pytest.mark.parametrize(
    ("words", "sentence"), WRONG, ids=lambda each: " ".join(each)[:60] if isinstance(each, tuple) else ""
)
def test_one_line_and_nothing_changed(run: Run, progress: Path, words: tuple[str, ...], sentence: str) -> None:
    before = progress.read_bytes()
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("tui-plan: ")
    assert answer.err.count("\n") == 1
    assert sentence in answer.err
    assert progress.read_bytes() == before


READS = [
    ("stages",),
    ("gate", "T-1"),
    ("assessments",),
    ("assessments", "--differ"),
    ("assessments", "--compare", "C-1", "C-2"),
    ("checklists", "C-1"),
    ("register",),
    ("register", "--matrix"),
    ("register", "R-1"),
    ("stalled",),
    ("celebrate",),
    ("celebrate", "--done"),
    ("brief",),
    ("fidelity",),
    ("export", "register"),
    ("export", "assessment"),
]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip() and len(text) < 1_000], ids=ascii)
def test_nothing_that_a_terminal_obeys_comes_back(run: Run, progress: Path, text: str) -> None:
    del progress
    for words in (
        ("stage", "edit", "T-1", "--title", text, "--scope", text),
        ("checklist", "say", "C-1", "1", "--rating", "in place", "--successes", text, "--evidence", text),
        ("checklist", "start", "progress", "--stage", "T-1", "--partner", "FB"),
        ("checklist", "say", "C-2", "1", "--rating", "not yet", "--challenges", text),
        ("gate", "T-1", "--override", "--by", "FB", "--because", text),
        ("enter", "risk", text, "--owner", "FB", "--likelihood", "1", "--impact", "1", "--cause", text),
        ("entry", "edit", "R-1", "--title", text, "--effect", text),
        ("enter", "achievement", text),
        ("celebrate", "R-4", "--how", text),
    ):
        answer = run(*words)
        assert answer.status == 0, answer
        assert control_characters(answer.out) <= {"\n"}
    for words in READS:
        for form in ((), ("--json",)):
            answer = run(*words, *form)
            assert answer.status in {0, 1}, answer
            assert control_characters(answer.out + answer.err) <= {"\n"}
