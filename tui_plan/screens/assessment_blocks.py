"""What two assessments say of one quality, as blocks: side by side where there is room, else one under the other."""

from collections.abc import Iterator
from typing import NamedTuple

from tui_plan.insight.assessments import Said
from tui_plan.model.vocabulary import SIGNS, Candour
from tui_plan.screens.stage_rows import RATING_ROLES
from tui_plan.widgets.detail import Beside, Block, Gap, Heading, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role

WIDE_FROM = 110
"""Columns of the screen from which two texts stand side by side."""

_TEXTS = (
    ("Evidence", "evidence"),
    ("Successes", "successes"),
    ("Challenges", "challenges"),
    ("Next steps", "next_steps"),
)


class Side(NamedTuple):
    """One of the two: its title, a note that may stand dim beside it, and what was said, if anything."""

    title: str
    note: str
    said: Said | None


def two_sides(one: Side, other: Side, *, wide: bool) -> Iterator[Block]:
    """Yield what both say: side by side (``wide``), dim where they say the same, or one under the other."""
    if not wide:
        for side in (one, other):
            yield Heading(side.title, side.note)
            yield from _alone(side)
        return
    yield Gap()
    yield Beside("", f"{side_words(one)}", f"{side_words(other)}")
    for label, left, right in zip(_LABELS, _facts(one), _facts(other), strict=True):
        if left or right:
            yield Beside(label, left or "–", right or "–")


def texts_of(said: Said) -> Iterator[Block]:
    """Yield the words that were said, without the rating."""
    side = Side("", "", said)
    yield from (Labelled(label, text) for label, text in list(zip(_LABELS, _facts(side), strict=True))[1:] if text)


def side_words(side: Side) -> str:
    """Return a side's title with its note."""
    return f"{side.title} · {side.note}" if side.note else side.title


def rating_words(rating: str) -> str:
    """Return a rating with its sign, or that there is none."""
    return f"{SIGNS[rating]} {rating}" if rating else "· not rated"


_LABELS = ("Rating", *(label for label, _ in _TEXTS), "Words are")


def _facts(side: Side) -> tuple[str, ...]:
    said = side.said
    if said is None:
        return ("not asked", "", "", "", "", "")
    texts = tuple(str(getattr(said, field)) for _, field in _TEXTS)
    return (rating_words(said.rating), *texts, _candour_words(said) if any(texts) else "")


def _alone(side: Side) -> Iterator[Block]:
    if side.said is None:
        yield Paragraph("not asked", Role.DIM)
        return
    rating, *rest = zip(_LABELS, _facts(side), strict=True)
    yield Labelled(rating[0], Piece(rating[1], RATING_ROLES.get(side.said.rating, Role.DIM)))
    yield from (Labelled(label, text) for label, text in rest if text)


def _candour_words(said: Said) -> str:
    return "◈ candid" if said.candour == Candour.CANDID else "▷ shareable"
