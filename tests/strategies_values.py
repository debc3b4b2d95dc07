"""Hypothesis strategies for single values: texts as they are kept, days, moments, amounts, uids, tables with gaps."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tui_plan.model.clean import clean

Tables = dict[str, Any]

_LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("aAéß\u0301\u202e\x1b\n\t\\\"'#[]=.—漢🙂 ")
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
amounts = st.decimals(-(10**9), 10**9, places=3) | st.decimals(0, 10**6, places=0) | st.just(Decimal("-0.0"))
costs = st.decimals(0, 10**9, places=2) | st.integers(0, 10**9)
uids = st.uuids().map(lambda drawn: drawn.hex)


def lines(least: int = 0, most: int = 30) -> st.SearchStrategy[str]:
    """Cleaned texts on one line."""
    return st.text(_LETTERS, min_size=least, max_size=most).map(clean).filter(lambda text: len(text) >= least)


def paragraphs(least: int = 0) -> st.SearchStrategy[str]:
    """Cleaned texts over several lines."""
    drawn = st.text(_LETTERS, min_size=least, max_size=60).map(lambda text: clean(text, lines=True))
    return drawn.filter(lambda text: len(text) >= least)


def some(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[Tables]:
    """Tables in which every key may be missing."""
    return st.fixed_dictionaries({}, optional=strategies)


def words(*vocabularies: Any) -> st.SearchStrategy[str]:
    """A word of one of the vocabularies."""
    return st.sampled_from([word.value for vocabulary in vocabularies for word in vocabulary])
