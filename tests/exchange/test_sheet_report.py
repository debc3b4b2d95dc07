"""What a dry run tells: complete, and readable in 80 columns."""

from pathlib import Path

from tui_plan.exchange.sheet_plan import rows_in_words
from tui_plan.exchange.sheet_reading import read_plan_file
from tui_plan.exchange.sheet_report import report_lines

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"


def report_of(folder: Path, *lines: str) -> list[str]:
    path = folder / "plan.csv"
    path.write_text("\n".join(lines))
    return report_lines(read_plan_file(path).report)


def test_the_report_of_the_real_file() -> None:
    lines = report_lines(read_plan_file(REAL).report)
    text = "\n".join(lines)
    assert max(map(len, lines)) <= 80
    assert lines[:3] == [
        "federal-data-strategy-2020.csv",
        "  66 actions in 20 step objectives in 3 development areas; headings in row 1.",
        "  Read as UTF-8, separated by commas.",
    ]
    for line in (
        "  Revised date      → forecast date",
        "  organisation  Census Bureau                                             3 rows",
        "  2020-09-30  September 30, 2020                                         12 rows",
        "  “12 months”: row 35",
        "  row 6       2020-09-30 → 2020-10-31",
        "  19 rows name nobody: rows 2–20",
        "     35  words       Track NGDAs for implementation of standards",
    ):
        assert line in lines
    assert "To be mended first" not in text
    assert sum(line.startswith("   ") and line[2:7].strip().isdecimal() for line in lines) >= 66


def test_problems_and_columns_that_are_kept(tmp_path: Path) -> None:
    lines = report_of(tmp_path, "Action,Due,Colour,Due date", "a,31 April 2026,red,x", "b,2026-05-01,,")
    assert "  Colour    → kept beside the action" in lines
    assert "  Due date  → kept beside the action (timescale is already taken from “Due”)" in lines
    assert lines[lines.index("To be mended first") + 1].startswith("  Row 2: 31 April 2026 does not exist")
    assert "  2 rows name nobody: rows 2–3" in lines


def test_it_says_what_becomes_of_who_is_named(tmp_path: Path) -> None:
    text = " ".join(" ".join(report_of(tmp_path, "Action,Who", "a,Jo Field")).split())
    assert "A person or a post? Say so: --as 'Name=person', or --as '*=person' for all." in text
    assert "Organisations become partners of the plan." in text
    assert "partners" not in " ".join(report_of(tmp_path, "Action,Who", "a,Data Council"))


def test_long_texts_stay_within_the_width_and_names_are_whole(tmp_path: Path) -> None:
    long = "An endless name " * 15
    lines = report_of(tmp_path, f"Action,Who,Due,{'Heading ' * 20}", f"{long},{long},{long},x")
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines).replace("1 row", "").split()).count(long.strip()) >= 2


def test_rows_in_words() -> None:
    assert rows_in_words((4,)) == "row 4"
    assert rows_in_words((2, 3, 4, 7, 9, 10)) == "rows 2–4, 7, 9–10"
