"""The org chart: every post once, under whom it reports to, with who holds it or since when nobody does."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from tests.people_steps import Step, steps, take
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.org_chart import NO_ORGANISATION, ChartNode, org_chart
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations import merging, people, posts

ME = typed(TODAY)


def drawn(organisation: str | None = None, day: date = TODAY) -> list[str]:
    return [f"{'  ' * node.depth}{node.name}: {', '.join(node.holders)}" for node in org_chart(day, organisation)]


def node(uid: str, day: date = TODAY) -> ChartNode:
    return next(one for one in org_chart(day) if one.uid == uid)


def test_the_whole_partnership(world: PeopleWorld) -> None:
    assert drawn() == [
        "Harbour College: ",
        "  Registrar: Ana Ruiz",
        "Northfield City: ",
        "  Mayor: Ben Okafor",
        "    Chief: ",
        "  Housing Trust: ",
        "    Warden: Finn Berg (acting)",
    ]


def test_one_organisation_with_what_belongs_to_it(world: PeopleWorld) -> None:
    assert drawn(world.trust) == ["Housing Trust: ", "  Warden: Finn Berg (acting)"]
    assert drawn(world.city)[0] == "Northfield City: "
    assert len(drawn(world.city)) == 5
    lonely = people.add_party(ME, PartyKind.ORGANISATION, name="No posts")
    assert drawn(lonely) == ["No posts: "]
    assert "No posts: " not in drawn()


def test_a_vacancy_says_since_when_and_who_stands_in(world: PeopleWorld) -> None:
    chief = node(world.chief)
    assert (chief.vacant, chief.vacant_since, chief.alternates) == (
        True,
        date(2026, 2, 1),
        ("Gus Silva", "Finn Berg"),
    )
    new = people.add_party(ME, PartyKind.POST, name="Clerk", organisation=world.city)
    assert (node(new).vacant, node(new).vacant_since) == (True, None)
    posts.add_tenure(ME, world.chief, world.dana, start=TODAY)
    assert (node(world.chief).vacant, node(world.chief).vacant_since) == (False, None)
    assert node(world.chief, TODAY - timedelta(days=1)).vacant_since == date(2026, 2, 1)


def test_who_reports_across_organisations_stands_at_the_top_of_their_own(world: PeopleWorld) -> None:
    people.edit_party(ME, world.warden, reports_to=world.mayor)
    assert drawn(world.trust) == ["Housing Trust: ", "  Warden: Finn Berg (acting)"]
    people.edit_party(ME, world.warden, organisation=world.city)
    assert drawn(world.city) == [
        "Northfield City: ",
        "  Mayor: Ben Okafor",
        "    Chief: ",
        "    Warden: Finn Berg (acting)",
    ]


def test_posts_without_organisation_come_last(world: PeopleWorld) -> None:
    speaker = people.add_party(ME, PartyKind.POST, name="Speaker")
    people.add_party(ME, PartyKind.POST, name="Second speaker", reports_to=speaker)
    assert drawn()[-3:] == [f"{NO_ORGANISATION}: ", "  Speaker: ", "    Second speaker: "]


def test_what_is_no_organisation_is_said(world: PeopleWorld) -> None:
    merging.merge_parties(ME, world.city, world.trust)
    for uid in ("nothing", world.ana, world.trust):
        with pytest.raises(NotFound, match="no such organisation"):
            org_chart(TODAY, uid)


@settings(IN_A_WORLD, max_examples=20)
@given(many=steps("hold", "end", "home", "merge", "alternates", "hand over", "undo", most=10))
def test_every_post_is_there_once_with_its_holders(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        found = PeopleOn(TODAY)
        chart = [one for one in org_chart(TODAY) if one.kind == PartyKind.POST]
        posts_there = [uid for uid, head in found.parties.items() if head.kind == PartyKind.POST]
        assert sorted(one.uid for one in chart) == sorted(posts_there)
        for one in chart:
            assert len(one.holders) == len(found.holdings.get(one.uid, ()))
            assert (", ".join(one.holders) or "vacant") == found.holder_words(one.uid)
