"""The org chart as text, as Markdown and as a picture: holders, vacancies, who stands in, and no text as markup."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.hostile import HOSTILE, control_characters
from tests.people_world import TODAY, PeopleWorld
from tui_plan.exchange.fixed_width import cells
from tui_plan.exchange.org_chart_layout import BOX_WIDTH, PAGE_HEIGHT, PAGE_WIDTH, chart_layout
from tui_plan.exchange.org_chart_papers import EMPTY, org_chart_markdown, org_chart_text
from tui_plan.exchange.org_chart_svg import org_chart_svg
from tui_plan.insight.org_chart import ChartNode, org_chart
from tui_plan.model.clean import clean
from tui_plan.model.date_words import DateStyle

SVG = "{http://www.w3.org/2000/svg}"


def organisation(depth: int, name: str) -> ChartNode:
    return ChartNode(depth, "organisation", name, name)


def post(depth: int, name: str, *holders: str, since: date | None = None) -> ChartNode:
    return ChartNode(depth, "post", name, name, holders, since)


@st.composite
def charts(draw: st.DrawFn) -> list[ChartNode]:
    """Forests: each node stands at most one level below the one before it."""
    nodes: list[ChartNode] = []
    depth = 0
    for place in range(draw(st.integers(1, 40))):
        depth = draw(st.integers(0, depth + 1)) if place else 0
        name = f"{place} {draw(st.sampled_from(['a', 'a long name of a post in words', 'w' * 60]))}"
        nodes.append(post(depth, name, "Ana Ruiz") if depth else organisation(depth, name))
    return nodes


def test_the_chart_as_text(world: PeopleWorld) -> None:
    assert org_chart_text(org_chart(TODAY), TODAY, DateStyle.DAY_MONTH).splitlines() == [
        "Organisation chart, 16 Mar 2026",
        "===============================",
        "",
        "Harbour College",
        "└── Registrar: Ana Ruiz",
        "",
        "Northfield City",
        "├── Mayor: Ben Okafor",
        "│   └── Chief: vacant since 1 Feb 2026; stands in: Gus Silva, Finn Berg",
        "└── Housing Trust",
        "    └── Warden: Finn Berg (acting)",
    ]


def test_long_words_go_on_beside_the_branch() -> None:
    nodes = [organisation(0, "Top"), post(1, "one two three four five", "Ana"), post(2, "below"), post(1, "last")]
    assert org_chart_text(nodes, TODAY, width=26).splitlines()[3:] == [
        "Top",
        "├── one two three four",
        "│   five: Ana",
        "│   └── below: vacant",
        "└── last: vacant",
    ]


@given(charts())
@settings(max_examples=30)
def test_every_branch_leads_up_to_its_own(nodes: list[ChartNode]) -> None:
    lines = [line for line in org_chart_text(nodes, TODAY, width=400).splitlines()[2:] if line]
    path: list[bool] = []
    for place, (node, line) in enumerate(zip(nodes, lines, strict=True)):
        path = [*path[: node.depth], goes_on(nodes, place)]
        above = "".join("│   " if each else "    " for each in path[1:-1])
        assert line.startswith(above + ("" if not node.depth else "├── " if path[-1] else "└── ") + node.name)


def goes_on(nodes: list[ChartNode], place: int) -> bool:
    """Whether a node has another one beside it further down."""
    after = (node.depth for node in nodes[place + 1 :] if node.depth <= nodes[place].depth)
    return next(after, -1) == nodes[place].depth


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_words_in_every_form(text: str) -> None:
    nodes = [organisation(0, text), ChartNode(1, "post", "p", text, (text,), None, (text,))]
    assert not control_characters(org_chart_text(nodes, TODAY).replace("\n", ""))
    assert max(map(cells, org_chart_text(nodes, TODAY).splitlines())) <= 80
    tokens = MarkdownIt("commonmark").parse(org_chart_markdown(nodes, TODAY).decode())
    assert sum(token.type == "list_item_open" for token in tokens) == 2
    picture = fromstring(org_chart_svg(nodes, TODAY))
    assert [title.text for title in picture.iter(f"{SVG}title")][1:] == [
        clean(text) or None,
        "; ".join(filter(None, [clean(text), clean(text) or "vacant", f"stands in: {clean(text)}"])),
    ]


def test_the_chart_as_markdown(world: PeopleWorld) -> None:
    shown = org_chart_markdown(org_chart(TODAY, world.city), TODAY).decode()
    assert shown.splitlines() == [
        "# Organisation chart, 2026-03-16",
        "",
        "- **Northfield City**",
        "  - Mayor: Ben Okafor",
        "    - Chief: *vacant since 2026-02-01*; stands in: Gus Silva, Finn Berg",
        "  - **Housing Trust**",
        "    - Warden: Finn Berg (acting)",
    ]


def test_a_chart_without_posts_says_so() -> None:
    assert EMPTY in org_chart_text([], TODAY)
    assert EMPTY in org_chart_markdown([], TODAY).decode()
    assert EMPTY in org_chart_svg([], TODAY).decode()


def groups_of(picture: Element) -> Iterator[tuple[str, list[str]]]:
    """Yield the classes and the lines of text of each box."""
    for group in picture.iter(f"{SVG}g"):
        if "class" in group.attrib:
            yield group.attrib["class"], [text.text or "" for text in group.iter(f"{SVG}text")]


def test_the_picture_shows_holders_vacancies_and_who_stands_in(world: PeopleWorld) -> None:
    content = org_chart_svg(org_chart(TODAY), TODAY, DateStyle.DAY_MONTH)
    picture = fromstring(content)
    assert list(groups_of(picture)) == [
        ("organisation", ["Harbour College"]),
        ("post", ["Registrar", "Ana Ruiz"]),
        ("organisation", ["Northfield City"]),
        ("post", ["Mayor", "Ben Okafor"]),
        ("post vacant", ["Chief", "vacant since 1 Feb 2026", "stands in: Gus Silva, Finn Berg"]),
        ("organisation", ["Housing Trust"]),
        ("post", ["Warden", "Finn Berg (acting)"]),
    ]
    assert content == org_chart_svg(org_chart(TODAY), TODAY, DateStyle.DAY_MONTH)
    style = next(picture.iter(f"{SVG}style")).text or ""
    assert "font-family: sans-serif" in style
    assert ".vacant rect" in style
    assert "stroke-dasharray" in style
    assert b"href" not in content


def test_what_is_too_long_for_a_box_is_cut_and_told_whole() -> None:
    name = "Vice-rector for education, international affairs, quality and the whole of the university's future"
    picture = fromstring(org_chart_svg([post(0, name, "Ana")], TODAY))
    ((_, lines),) = groups_of(picture)
    assert lines[-2].endswith("…")
    assert len(lines) == 4
    assert name in [title.text.partition(";")[0] for title in picture.iter(f"{SVG}title") if title.text]


@given(charts())
@settings(max_examples=30)
def test_no_box_lies_on_another_and_all_lie_within(nodes: list[ChartNode]) -> None:
    chart = chart_layout(nodes, [30.0 + place % 3 * 20 for place in range(len(nodes))])
    assert sorted(box.node.uid for box in chart.boxes) == sorted(node.uid for node in nodes)
    for box in chart.boxes:
        assert 0 <= box.x <= box.x + BOX_WIDTH <= chart.width
        assert 0 <= box.y <= box.y + box.height <= chart.height
    for one, other in combinations(chart.boxes, 2):
        beside = one.x + BOX_WIDTH <= other.x or other.x + BOX_WIDTH <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    assert len(chart.lines) == sum(node.depth > 0 for node in nodes)


def test_sixty_posts_stand_on_a_page_that_can_be_read() -> None:
    nodes = [organisation(0, "District"), post(1, "Head", "Ana")]
    for branch in range(6):
        nodes += [post(2, f"Deputy {branch}", "Ben"), *(post(3, f"Post {branch}.{n}", "Cy") for n in range(9))]
    chart = chart_layout(nodes, [48.0] * len(nodes))
    assert max(chart.width / PAGE_WIDTH, chart.height / PAGE_HEIGHT) < 1.4
