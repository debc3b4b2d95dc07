"""A paper as text, Markdown and HTML: what it holds comes out as it stands, in columns, and never as markup."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.hostile import HOSTILE
from tui_plan.exchange.document import Document, Item, Row, Section, Table, gathered, paper, shortened
from tui_plan.exchange.document_html import document_html
from tui_plan.exchange.document_markdown import document_markdown, escaped_line
from tui_plan.exchange.document_text import document_text
from tui_plan.exchange.fixed_width import cells
from tui_plan.model.clean import clean

SPITEFUL = (
    *(clean(text) for text in HOSTILE if 0 < len(text.strip()) < 500),
    "a | b \\| c",
    "</td></table><script>alert(1)</script>",
    "**bold** _under_ `code` [link](http://x) <br> &amp; # no heading",
    "1. no list",
    "- no list",
    "+ no list",
    "--- no rule",
    "=== no heading",
    "12) no list",
    "> no quote",
)


class Reader(HTMLParser):
    """Collects the tags, and the text in each element by its tag."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.texts.append((self._open[-1], data))

    def of(self, tag: str) -> list[str]:
        return [text for where, text in self.texts if where == tag]


def paper_of(*texts: str) -> Document:
    """Return a paper that has these texts everywhere."""
    sections = (
        Section(text, text, Table(("Day", "What"), (Row((text, text), marked=True),)), (Item(text, (text,), True),))
        for text in texts
    )
    return paper(texts[0], [("Fact", text) for text in texts], sections, withheld="1 note was withheld as candid.")


def inline(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield the element and the text of everything that a reader of Markdown shows."""
    for before, token in pairwise(tokens):
        if token.type == "inline":
            yield before.tag, "".join(child.content for child in token.children or ())


def test_a_paper_leaves_out_what_says_nothing_and_cleans_the_rest() -> None:
    found = paper(
        " A\x1b[31m title ",
        [("One", ""), ("Two", "b\nc")],
        [Section("Empty", table=Table(("x",), ())), Section("Full", items=(Item("x\u202ey", ("z\x00",)),))],
    )
    assert (found.title, found.facts) == ("A[31m title", (("Two", "b c"),))
    assert found.sections == (Section("Full", items=(Item("xy", ("z",)),)),)


def test_long_lists_are_shortened_and_say_so() -> None:
    items = [Item(str(number)) for number in range(5)]
    assert shortened(items, 3) == (tuple(items[:3]), "and 2 more")
    assert shortened(items, 5) == (tuple(items), "")


def test_lines_are_gathered_below_their_headings() -> None:
    assert list(gathered([("a", "1"), ("a", "2"), ("b", "3")])) == [Item("a", ("1", "2")), Item("b", ("3",))]


def test_text_is_laid_out_in_columns() -> None:
    rows = (
        Row(("2026-03-10", "Recruit the wardens of all shelters", "12"), marked=True),
        Row(("no date", "漢字", "3")),
    )
    table = Table(("Day", "What is due", "How many"), rows)
    whole = paper("A plan", [("As of", "today")], [Section("Due", "All of it.", table)])
    assert document_text(whole, 40).splitlines() == [
        "A plan",
        "======",
        "As of: today",
        "",
        "DUE",
        "  All of it.",
        "",
        "  Day         What is due            How",
        "                                    many",
        "  ----------  --------------------  ----",
        "! 2026-03-10  Recruit the wardens     12",
        "              of all shelters",
        "  no date     漢字                     3",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_of_text_is_too_long_and_none_holds_a_control(width: int) -> None:
    text = document_text(paper_of(*SPITEFUL, "x" * 200, "漢" * 90), width)
    assert max(map(cells, text.splitlines())) <= width
    assert clean(text, lines=True).split() == text.split()


def test_columns_without_anything_in_them_can_be_left_out() -> None:
    table = Table(("a", "b", "c"), (Row(("1", "", "x")), Row(("", "", "y"), marked=True)))
    assert table.filled() == Table(("a", "c"), (Row(("1", "x")), Row(("", "y"), marked=True)))


def test_markdown_shows_every_text_as_it_stands() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(document_markdown(paper_of(*SPITEFUL)).decode())
    found = list(inline(tokens))
    for text in SPITEFUL:
        shown = " ".join(text.split())
        assert found.count(("td", shown)) == 2
        assert found.count(("h2", shown)) == 1
        assert found.count(("p", shown)) == 3  # the words, the item, and the line inside it
    assert {token.tag for token in tokens} <= {
        "",
        "h1",
        "h2",
        "p",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1))
@settings(max_examples=40)
def test_markdown_shows_any_text_at_the_beginning_of_a_line(text: str) -> None:
    for source in (escaped_line(text), f"- {escaped_line(text)}"):
        assert [shown for _, shown in inline(MarkdownIt("commonmark").parse(source))] == [text]


def test_html_shows_every_text_as_it_stands() -> None:
    content = document_html(paper_of(*SPITEFUL))
    read = Reader(content)
    assert content.startswith(b'<!DOCTYPE html>\n<html lang="en">')
    assert not {"script", "b", "br", "img", "link"} & set(read.tags)
    assert read.of("h2") == list(SPITEFUL)
    assert read.of("span") == list(SPITEFUL)
    assert read.of("td") == [text for text in SPITEFUL for _ in range(2)]
    assert read.of("p")[-1] == "1 note was withheld as candid."


def test_html_prints_and_needs_nothing_else() -> None:
    content = document_html(paper("T", [], [Section("S", "x")], warning="SENSITIVE")).decode()
    assert content.index("SENSITIVE") < content.index("<h1>T</h1>")
    for wanted in ("@media print", "size: A4", "table-header-group", 'charset="utf-8"', "prefers-color-scheme: dark"):
        assert wanted in content
    assert "http" not in content
