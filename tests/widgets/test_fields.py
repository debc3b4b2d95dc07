"""Fields read what was typed into typed values, or say what is wrong in the coordinator's words."""

from datetime import date
from decimal import Decimal

import pytest

from tui_plan.model.errors import InvalidInput
from tui_plan.widgets.date_understanding import understanding
from tui_plan.widgets.fields import (
    AmountField,
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    TextField,
    Value,
    Values,
    YesNoField,
)

UNDERSTAND = understanding(date(2026, 9, 11))
PEOPLE = (Option("p1", "María Chen"), Option("p2", "日本 太郎"))


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (TextField(name="x", label="X"), "  a\tb  ", "a b"),
        (LongTextField(name="x", label="X"), "a\n\nb ", "a\n\nb"),
        (DateField(name="x", label="X", understand=UNDERSTAND), "2026-10-02", date(2026, 10, 2)),
        (DateField(name="x", label="X", understand=UNDERSTAND), "fri", date(2026, 9, 18)),
        (DateField(name="x", label="X", understand=UNDERSTAND), "  ", None),
        (AmountField(name="x", label="X"), "1 200.50", Decimal("1200.50")),
        (AmountField(name="x", label="X"), "", None),
        (ChoiceField(name="x", label="X", options=PEOPLE), "p2", "p2"),
        (YesNoField(name="x", label="X"), "yes", True),
        (PickField(name="x", label="X", options=PEOPLE), "p2\n+Neu", (Picked("p2", "日本 太郎"), Picked("", "Neu"))),
        (PickField(name="x", label="X", options=PEOPLE), "", ()),
    ],
)
def test_typed_values(field: Field, raw: str, value: Value) -> None:
    assert field.read(raw) == value


@pytest.mark.parametrize(
    ("field", "raw", "sentence"),
    [
        (TextField(name="x", label="Title", required=True), "  ", "Title is needed."),
        (TextField(name="x", label="Title", longest=5), "sixsix", "Title has 6 characters; shorten it to 5."),
        (DateField(name="x", label="X", understand=UNDERSTAND), "2026-02-31", "2026-02-31 does not exist"),
        (DateField(name="x", label="X", understand=UNDERSTAND), "soon", "is not a date"),
        (AmountField(name="x", label="X"), "1,200", "Write the amount as 1200 or 1200.50."),
        (AmountField(name="x", label="X"), "١٢", "Write the amount as 1200 or 1200.50."),
        (AmountField(name="x", label="X"), "-1", "The amount must be 0 or more."),
        (ChoiceField(name="x", label="Status", options=PEOPLE), "p9", "Choose status from the list."),
    ],
)
def test_problems(field: Field, raw: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        field.read(raw)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("field", "first"),
    [
        (DateField(name="x", label="X", understand=UNDERSTAND, value=date(2026, 1, 2)), "2026-01-02"),
        (AmountField(name="x", label="X", value=Decimal("1E+3")), "1000"),
        (ChoiceField(name="x", label="X", options=PEOPLE), "p1"),
        (PickField(name="x", label="X", options=PEOPLE, value=("p1", "p2")), "p1\np2"),
        (YesNoField(name="x", label="X", value=True), "yes"),
    ],
)
def test_what_a_field_starts_with_reads_back(field: Field, first: str) -> None:
    assert field.first() == first
    field.read(first)


def test_a_date_says_live_what_was_understood() -> None:
    field = DateField(name="x", label="X", understand=UNDERSTAND)
    assert field.note("2026-10-02") == "Fri 2 Oct 2026, in 3 weeks"
    assert field.note("nonsense") == ""
    assert field.note("") == ""


def test_all_problems_come_at_once_and_checks_only_on_whole_values() -> None:
    def check(values: Values) -> dict[str, str]:
        start, end = values.day("start"), values.day("end")
        return {"end": "The end lies before the start."} if start and end and end < start else {}

    spec = FormSpec(
        title="Period",
        fields=(
            TextField(name="name", label="Name", required=True),
            DateField(name="start", label="Start", understand=UNDERSTAND),
            DateField(name="end", label="End", understand=UNDERSTAND),
        ),
        build=lambda values: values.text("name"),
        check=check,
    )
    assert set(spec.read({"name": "", "start": "x", "end": "2026-01-01"})[1]) == {"name", "start"}
    assert set(spec.read({"name": "n", "start": "2026-02-01", "end": "2026-01-01"})[1]) == {"end"}
    values, problems = spec.read({"name": "n", "start": "2026-01-01", "end": "2026-01-01"})
    assert values is not None
    assert not problems
    with pytest.raises(TypeError):
        values.text("start")
