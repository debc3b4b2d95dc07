"""The files that the terminal hands out with one key."""

import stat
from pathlib import Path

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.annex1 import annex
from tui_plan.exchange.papers import PAPERS, annex_bytes, write_paper
from tui_plan.model.errors import PlanError

BEGINNINGS = {
    "ics": b"BEGIN:VCALENDAR\r\n",
    "html": b"<!DOCTYPE html>",
    "md": b"# ",
    "annex": b"PK",
    "xlsx": b"PK",
    "toml": b"",
}


@pytest.mark.parametrize("kind", PAPERS)
def test_each_paper_is_written_for_its_owner_alone(quality: QualityPlan, tmp_path: Path, kind: str) -> None:
    place = write_paper(kind, quality.plan, TODAY, "iso", str(tmp_path / f"plan{PAPERS[kind].ending}"))
    assert Path(place).read_bytes().startswith(BEGINNINGS[kind])
    assert stat.S_IMODE(Path(place).stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_told(quality: QualityPlan, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="missing"):
        write_paper("md", quality.plan, TODAY, "iso", str(tmp_path / "missing" / "plan.md"))


@pytest.mark.parametrize(
    ("form", "beginning"), [("html", b"<!DOCTYPE"), ("md", b"# "), ("csv", b"Plan,"), ("xlsx", b"PK")]
)
def test_annex_1_has_four_forms(quality: QualityPlan, form: str, beginning: bytes) -> None:
    assert annex_bytes(annex(quality.plan, TODAY), form).startswith(beginning)
