"""A share in whole per cent is never all before it is all."""

import pytest

from tui_plan.model.shares import whole_percent


@pytest.mark.parametrize(("share", "told"), [(0, 0), (0.004, 0), (1 / 3, 33), (0.985, 98), (0.996, 99), (1, 100)])
def test_only_all_is_a_hundred(share: float, told: int) -> None:
    assert whole_percent(share) == told
