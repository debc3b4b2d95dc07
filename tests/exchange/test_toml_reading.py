"""What the TOML reader refuses, in which words, and that nothing that anybody writes makes it fail in another way."""

import contextlib
import tomllib
from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import strategies
from tui_plan.exchange.toml_guard import DEEPEST_NESTING, LARGEST_FILE, parse_toml
from tui_plan.exchange.toml_reading import PlanDocument, read_toml
from tui_plan.model.errors import ImportProblem
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Dependency, Resource, Role

PLAN = '[plan]\nname = "Ready together"\n'
PEOPLE = '[[organisation]]\nname = "District office"\n[[person]]\nname = "Ana Silva"\n'
TREE = '[[area]]\ntitle = "Calls"\n[[area.objective]]\ntitle = "Roster"\n'


def action(body: str, more: str = "") -> str:
    return f'{PLAN}{TREE}[[area.objective.action]]\ntitle = "Agree the tree"\n{body}\n{more}{PEOPLE}'


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ImportProblem) as caught:
        read_toml(text.encode())
    return caught.value.problems or (str(caught.value),)


def read(text: str) -> PlanDocument:
    return read_toml(text.encode())


def test_a_plan_by_hand_needs_a_name_and_nothing_else() -> None:
    document = read(PLAN)
    assert document.plan["name"] == "Ready together"
    assert len(document.plan["uid"]) == 32
    assert "number" not in document.plan


def test_people_are_referred_to_by_name() -> None:
    document = read(action('responsible = ["district OFFICE"]\naccountable = "Ana Silva"'))
    uids = {row["name"]: row["uid"] for row in document.rows[Party]}
    assert [(row["kind"], row["party"]) for row in document.rows[Role]] == [
        ("accountable", uids["Ana Silva"]),
        ("responsible", uids["District office"]),
    ]


def test_namesakes_are_told_apart_by_their_organisation() -> None:
    posts = '[[post]]\nname = "Principal"\norganisation = "District office"\n[[post]]\nname = "Principal"\n'
    document = read(action('responsible = ["Principal (District office)"]') + posts)
    [role] = document.rows[Role]
    assert role["party"] == next(row["uid"] for row in document.rows[Party] if row["organisation"])
    [problem] = problems(action('responsible = ["Principal"]') + posts)
    assert "“Principal” can be 2 of the people in this file" in problem


def test_actions_are_needed_by_reference_or_by_title() -> None:
    second = '[[area.objective.action]]\ntitle = "Test the tree"\nneeds = ["A-7 and any words", "agree the TREE"]\n'
    document = read(action("number = 7", second))
    [dependency] = document.rows[Dependency]
    assert dependency["needs"] == document.rows[Action][0]["uid"]


def test_an_agreed_date_is_the_baseline_unless_the_file_says_otherwise() -> None:
    [row] = read(action("agreed = 2026-05-01")).rows[Action]
    assert row["baseline"] == date(2026, 5, 1)


def test_amounts_keep_every_digit() -> None:
    document = read(action('resource = [{ kind = "money", cost = 1200.50, currency = "EUR" }, { cost = 7 }]'))
    assert [str(row["cost"]) for row in document.rows[Resource]] == ["1200.50", "7"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("milestone = 1", "milestone must be true or false"),
        ("sequence = true", "sequence must be a whole number"),
        ('agreed = "2026-05-01"', "agreed must be a date such as 2026-12-31, without quotes"),
        ("agreed = 2026-05-01T10:00:00", "agreed must be a date"),
        ("agreed = 1066-10-14", "The agreed date must be a date between 1900 and 2200"),
        ("purpose = 12", "purpose must be a text in quotes"),
        ('purpose = "' + "x" * 10_001 + '"', "The purpose is 10,001 characters long"),
        ('status = "done"', "The status is one of: not started"),
        ("start = 2026-05-02\nagreed = 2026-05-01", "comes before the start"),
        ("actual = 2026-02-01", "Only a complete action has an actual date"),
        ('accountable = ["Ana Silva", "District office"]', "2 are accountable; exactly one may be"),
        ('responsible = "Ana Silva"\nresource = [{ cost = -1 }]', "The cost cannot be less than 0"),
        ("resource = [{ cost = 1e400 }]", "The cost must be a number"),
        ("resource = [{ cost = nan }]", "The cost must be a number"),
        ("resource = 3", "“resource” must be a list of tables"),
        ("resource = [3]", "must be a table of its own"),
        ("responsible = [3]", "responsible must be a list of texts"),
        ('needs = ["Fly"]', "there is no action “Fly” in this file"),
        ('needs = ["Agree the tree"]', "its dependencies make a circle"),
        ('owner = "Ana Silva"', "“owner” is not known here"),
        ('uid = "12"', "a uid is 32 of the digits"),
        ("number = 0", "number must be a whole number"),
        ("number = 99999999999999999999", "number must be a whole number"),
        ('title = ""', "Cannot overwrite a value"),
    ],
)
def test_what_is_wrong_with_an_action_is_said_at_the_action(body: str, sentence: str) -> None:
    found = problems(action(body))
    assert sentence in found[0]
    assert "Cannot overwrite" in sentence or "action 1 (“Agree the tree”)" in found[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no [plan]"),
        ("plan = 3", "There is no [plan]"),
        ("[plan]\n", "The plan: The plan's name cannot be empty."),
        ("tui_plan = 2\n" + PLAN, "written by a newer tui-plan"),
        ("tui_plan = true\n" + PLAN, "must be the number 1"),
        (PLAN + "start = 2026-05-01\nend = 2026-04-01\n", "The end (2026-04-01) comes before the start"),
        (PLAN + 'convening_group = "Ana Silva"\n' + PEOPLE, "“Ana Silva” must be a group."),
        (PLAN + 'partners = ["Ana Silva"]\n' + PEOPLE, "“Ana Silva” must be an organisation."),
        (PLAN + PEOPLE + PEOPLE, "there are two of the kind organisation with this name"),
        (PLAN + '[[organisation]]\nname = "A"\norganisation = "A"\n', "belongs to itself"),
        (PLAN + '[[group]]\nname = "A"\nmember = [{ member = "A" }]\n', "cannot be a member of itself"),
        (PLAN + '[[group]]\nname = "A"\nmember = [{ seat = "chair" }]\n', "member must say who it is"),
        (PLAN + '[[area]]\ntitle = "A"\npriority = "urgent"\n', "The priority is one of: high"),
        (PLAN + "[colour]\nred = 1\n", "“colour” is not known here; the keys are agreement, area"),
        (PLAN + 'name = "twice"\n', "The file is not TOML: Cannot overwrite a value"),
        (PLAN + "x = \x1b\n", "The file is not TOML"),
    ],
)
def test_what_is_wrong_with_a_plan_is_one_clear_sentence(text: str, sentence: str) -> None:
    assert sentence in problems(text)[0]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('rule = "FREQ=WEEKLY;BYDAY=MO"', "does not fit the repeat rule"),
        ('rule = "FREQ=SOMETIMES"', "FREQ=SOMETIMES is not known"),
        ('rule = "FREQ=WEEKLY;BYDAY=TU"\nminutes = true', "minutes must be a whole number"),
        ('rule = "FREQ=WEEKLY;BYDAY=TU"\nmeeting = [{ status = "held" }]', "The start is a day and a time"),
        (
            'rule = "FREQ=WEEKLY;BYDAY=TU"\n'
            "meeting = [{ original_start = 2026-01-06T09:00:00 }, { original_start = 2026-01-06T09:00:00 }]",
            "the same original_start",
        ),
    ],
)
def test_what_is_wrong_with_a_series_is_said(body: str, sentence: str) -> None:
    head = '[[series]]\ntitle = "Team"\nstart_day = 2026-01-06\ntimezone = "Europe/London"\n'
    assert sentence in problems(PLAN + head + body)[0]


def test_all_problems_are_told_at_once_and_in_the_order_of_the_file() -> None:
    found = problems(action('status = "done"\nmilestone = 3\nagreed = "soon"'))
    assert [sentence.split("): ")[1].split(" ")[0] for sentence in found] == ["The", "agreed", "milestone"]


def test_hundreds_of_problems_are_counted() -> None:
    found = problems(PLAN + "[[area]]\n" * 500)
    assert len(found) == 201
    assert found[-1] == "… and 300 more."


def test_two_records_cannot_share_a_uid_or_a_number() -> None:
    uid = "a" * 32
    again = f'[[area.objective.action]]\ntitle = "Twin"\nuid = "{uid}"\nnumber = 5\n'
    found = problems(action(f'uid = "{uid}"\nnumber = 5', again))
    assert [f"the uid {uid} stands" in found[0], "A-5 stands" in found[1]] == [True, True]


@pytest.mark.parametrize(
    "data",
    [
        ".".join(["a"] * 20_000).encode() + b" = 1",
        b'"a"' + b' . "b"' * 20_000 + b" = 1",
        b"[" + b".".join([b"a"] * 20_000) + b"]",
        b"a = " + b"[" * 100_000,
        b"a = " + b"{a=" * 100_000,
        b'"""' + b'\\"""\n' * 1_000_000,
        b"'''" * 1_000_000,
        b'"' * 4_000_000,
        b"a = " + b"9" * 4_000_000,
        b"a = 1e" + b"9" * 100_000,
        b"[[area]]\n" * 400_000,
        PLAN.encode() + 'vision = "e{}"'.format("\u0301\u0327" * 1_000_000).encode() + b"\nx = 1",
        b"# " + b"x" * (LARGEST_FILE - 2),
        b"a" * (LARGEST_FILE + 1),
        b"x = 1\n" * 800_000,
        b"a = [" + b"1," * 5_900_000 + b"]",
        b"\xff\xfe[\x00p\x00",
        b"a\x00 = 1",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_a_file_made_to_hurt_is_refused_in_time(data: bytes) -> None:
    began = perf_counter()
    with pytest.raises(ImportProblem):
        read_toml(data)
    assert perf_counter() - began < 5


def test_the_guard_counts_what_is_neither_text_nor_comment() -> None:
    many = ".".join("a" * 50) + "[" * 50
    assert (
        parse_toml(f'x = "{many}" # {many}\ny = """\n{many} \\""" ""{many}"""""\nz = \'{many}\''.encode())["x"] == many
    )
    with pytest.raises(ImportProblem, match="nests more than"):
        parse_toml(b"x = " + b"[" * (DEEPEST_NESTING + 1))


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert read_toml(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode()).plan["name"] == "Ready together"


def test_texts_are_cleaned_on_the_way_in() -> None:
    document = read(PLAN.replace("together", "\\u001b[31mto\\u202egether"))
    assert document.plan["name"] == "Ready [31mtogether"


FUZZ = settings(max_examples=150, deadline=2000, suppress_health_check=list(HealthCheck))


@FUZZ
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_end_in_a_document_or_an_import_problem(data: bytes) -> None:
    with contextlib.suppress(ImportProblem):
        read_toml(data)
    with contextlib.suppress(ImportProblem):
        read_toml(PLAN.encode() + data)


ODD: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.datetimes() | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
SAMPLE = tomllib.loads(
    action(
        'responsible = ["Ana Silva"]\nneeds = []\nresource = [{ cost = 1, kind = "money" }]\n'
        'checkpoint = [{ due = 2026-01-01, reviewers = ["Ana Silva"] }]\nnote = [{ text = "said" }]\n'
        'measure = [{ statement = "s", reading = [{ taken_on = 2026-01-01 }] }]',
        '[[series]]\ntitle = "Team"\nstart_day = 2026-01-06\ntimezone = "UTC"\nrule = "FREQ=WEEKLY"\n'
        "meeting = [{ original_start = 2026-01-06T09:00:00 }]\n"
        '[[source]]\nname = "s"\nheadings = ["a"]\nmapping = { a = "action" }\nrow = [{ row = 2, cells = ["x"] }]\n'
        '[[group]]\nname = "G"\nmember = [{ member = "P" }]\nrule = [{ role = "informed", area = "Calls" }]\n'
        'drill = [{ template = "d", title = "D", kind = "notification drill", started_on = 2026-01-01 }]\n'
        '[[post]]\nname = "P"\nholder = [{ person = "Ana Silva" }]\nreports_to = "Q"\nalternates = ["Ana Silva"]\n'
        '[[post]]\nname = "Q"\ncontact = [{ kind = "email", value = "q@example.org", rank = 1 }]\n'
        'communication = [{ direction = "told", on = 2026-01-01, this_plan = true }]\n'
        'entry = [{ kind = "champion", title = "T", on = 2026-01-01 }]\n'
        '[[agreement]]\nparty = "Ana Silva"\nversion = "1"\nstate = "agreed"\non = 2026-01-01\n'
        '[[checklist]]\ntemplate = "d"\ntitle = "D"\nkind = "instructions"\nstarted_on = 2026-01-01\n'
        'stage = "Pilot"\nmeeting = "Kick-off"\n'
        'item = [{ key = "k", text = "t", at = 2026-01-01T08:00:00, actions = ["Agree the tree"] }]\n'
        '[[stage]]\nkind = "piloting"\ntitle = "Pilot"\ncycle = 2\nstarted_on = 2026-01-01\n'
        '[[meeting]]\ntitle = "Kick-off"\nstart = 2026-01-01T08:00:00\ntimezone = "UTC"\n'
        '[[entry]]\nkind = "decision"\ntitle = "Go"\non = 2026-01-01\nstage = "Pilot"\ngate = "passed"\n'
        '[[entry]]\nkind = "risk"\ntitle = "R"\non = 2026-01-01\nparty = "Ana Silva"\nlikelihood = 1\nimpact = 5\n'
        'candour = "candid"\nactions = ["Agree the tree"]\nobjectives = ["Roster"]\nmeasures = ["s"]\n'
        'entries = ["Go"]\n',
    )
)


def _places(tables: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tables.items() if isinstance(tables, dict) else enumerate(tables) if isinstance(tables, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


def _put(tables: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(tables)
    copied = dict(tables) if isinstance(tables, dict) else list(tables)
    copied[path[0]] = _put(copied[path[0]], path[1:], change)
    return copied


@FUZZ
@given(st.sampled_from(_places(SAMPLE)[1:]), ODD, st.booleans(), st.text(max_size=3))
def test_any_value_in_any_place_ends_in_a_document_or_an_import_problem(
    place: tuple[Any, ...], value: Any, inside: bool, key: str
) -> None:
    tables = _put(SAMPLE, place, lambda old: {**old, key: value} if inside and isinstance(old, dict) else value)
    with contextlib.suppress(ImportProblem):
        read_toml(tomli_w.dumps(tables).encode("utf-8", "surrogatepass"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategies.plans(), st.data())
def test_a_damaged_plan_ends_in_a_document_or_an_import_problem(tables: strategies.Tables, data: st.DataObject) -> None:
    whole = tomli_w.dumps(tables, multiline_strings=True).encode()
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    with contextlib.suppress(ImportProblem):
        read_toml(whole[:start] + data.draw(st.binary(max_size=5)) + whole[end:])
