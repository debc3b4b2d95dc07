"""What people do to the roster and its ties to plans, as rules of the machine in ``test_anything``; what must hold."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.model.replay import Content, tables
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.partnership import Communication, MembershipRule
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.plan import Action, Plan
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import (
    AgreementState,
    Audience,
    ChecklistKind,
    ContactKind,
    Direction,
    EntryKind,
    PartyKind,
    Rating,
    RoleKind,
    Support,
)
from tui_plan.operations import (
    agreements,
    checklists,
    communications,
    contacts,
    groups,
    handover,
    merging,
    parts,
    people,
    plans,
    posts,
    register,
)

TODAY = date(2026, 3, 16)
NOON = datetime.fromisoformat("2026-03-16T12:00")

logins = st.sampled_from(["ana", "ben"])
places = st.integers(0, 9)
some = st.lists(places, max_size=4)
days = st.sampled_from([None, *(TODAY + timedelta(days=shift) for shift in (-400, -30, -1, 0, 1, 30))])
words = st.sampled_from(["", "chair", "Two\nlines", "x" * 1_001, "\x1b[31mred", "ana@example.org", "+1 555"])


class PeopleRules:
    """Each rule tries one operation on records named by their place; it is mixed into the machine."""

    pick: Callable[[type[Record], int], str]
    do: Callable[..., Any]

    def begin_with_people(self) -> None:
        """Give the plan people: two for each post and group, of whom some hold, sit, carry and agree."""
        for kind in PartyKind:
            self.do("ana", people.add_party, kind, name=f"Another {kind}")
        for place in (0, 1):
            person, post, group = self.person(place), self.post(place), self.group(place)
            self.do("ana", posts.add_tenure, post, person, start=TODAY - timedelta(days=90))
            self.do("ana", groups.add_member, group, (person, post)[place])
            carried = [(RoleKind.ACCOUNTABLE, post), (RoleKind.RESPONSIBLE, (person, group)[place])]
            self.do("ana", parts.set_roles, self.pick(Action, place), carried)
            self.do("ana", agreements.record_agreement, self.pick(Plan, 0), [person], today=TODAY, state="agreed")
        steps = (checklists.TemplateItem("call", "Call"), checklists.TemplateItem("brief", "Brief"))
        template = checklists.Template("welcome", "Welcome", ChecklistKind.ONBOARDING, steps)
        self.do("ana", checklists.start_checklist, template, checklists.About(party=self.person(0)), on=TODAY)

    def maybe(self, model: type[Record], place: int) -> str | None:
        return self.pick(model, place) if place % 3 else None

    def party(self, kind: PartyKind, place: int) -> str:
        """Return mostly a party of a kind, now and then any."""
        query = Party.select(Party.uid).where((Party.kind == kind.value) | (place == 9)).order_by(Party.uid)
        found = [uid for (uid,) in rows(query)]
        return found[place % len(found)] if found else "nowhere"

    def person(self, place: int) -> str:
        return self.party(PartyKind.PERSON, place)

    def post(self, place: int) -> str:
        return self.party(PartyKind.POST, place)

    def group(self, place: int) -> str:
        return self.party(PartyKind.GROUP, place)

    def home(self, place: int) -> str | None:
        return self.party(PartyKind.ORGANISATION, place) if place % 3 else None

    @rule(login=logins, place=places, home=places, above=places, audience=st.sampled_from(["", *Audience]), left=days)
    def edit_party(self, login: str, place: int, home: int, above: int, audience: str, left: date | None) -> None:
        uid = self.pick(Party, place)
        self.do(login, people.edit_party, uid, audience=audience, left_on=left, hear_every=home or None)
        self.do(login, people.edit_party, uid, organisation=self.home(home), joined_on=left)
        self.do(login, people.edit_party, self.post(place), reports_to=self.post(above) if above % 3 else None)

    @rule(login=logins, post=places, person=places, start=days, end=days, acting=st.booleans())
    def hold(self, login: str, post: int, person: int, start: date | None, end: date | None, acting: bool) -> None:
        span = {"start": start, "end": end, "acting": acting}
        self.do(login, posts.add_tenure, self.post(post), self.person(person), **span)

    @rule(login=logins, place=places, start=days, end=days, there=st.booleans())
    def held_otherwise(self, login: str, place: int, start: date | None, end: date | None, there: bool) -> None:
        uid = self.pick(Tenure, place)
        if there:
            self.do(login, posts.edit_tenure, uid, start=start, end=end)
        else:
            self.do(login, posts.remove_tenure, uid)

    @rule(login=logins, post=places, chosen=some)
    def alternates(self, login: str, post: int, chosen: list[int]) -> None:
        self.do(login, posts.set_alternates, self.post(post), [self.person(one) for one in chosen])

    @rule(login=logins, place=places, text=words, there=st.booleans())
    def seat(self, login: str, place: int, text: str, there: bool) -> None:
        operation, values = (groups.edit_member, (text,)) if there else (groups.remove_member, ())
        self.do(login, operation, self.pick(Membership, place), *values)

    @rule(login=logins, group=places, role=st.sampled_from(["", *RoleKind]), audience=st.sampled_from(["", *Audience]))
    def group_rule(self, login: str, group: int, role: str, audience: str) -> None:
        home, plan = self.home(group), self.maybe(Plan, group) if role else None
        asked = {"role": role, "audience": audience, "organisation": home, "plan": plan}
        self.do(login, groups.add_rule, self.group(group), **asked)
        self.do(login, groups.edit_rule, self.pick(MembershipRule, group), role=role, audience=audience)

    @rule(login=logins, place=places)
    def remove_rule(self, login: str, place: int) -> None:
        self.do(login, groups.remove_rule, self.pick(MembershipRule, place))

    @rule(login=logins, party=places, kind=st.sampled_from(ContactKind), value=words, steps=st.integers(-2, 2))
    def reach(self, login: str, party: int, kind: str, value: str, steps: int) -> None:
        self.do(login, contacts.add_contact, self.pick(Party, party), kind=kind, value=value)
        self.do(login, contacts.edit_contact, self.pick(ContactMethod, party), kind=kind)
        self.do(login, contacts.prefer_contact, self.pick(ContactMethod, party), steps)

    @rule(login=logins, party=places, on=days, gone=st.booleans())
    def reached(self, login: str, party: int, on: date | None, gone: bool) -> None:
        if gone:
            self.do(login, contacts.remove_contact, self.pick(ContactMethod, party))
        else:
            self.do(login, contacts.verify_contacts, self.pick(Party, party), on)

    @rule(login=logins, chosen=some, state=st.sampled_from(AgreementState), on=days, text=words)
    def agree(self, login: str, chosen: list[int], state: str, on: date | None, text: str) -> None:
        said = {"state": state, "on": on, "reservations": text if state == AgreementState.RESERVED else ""}
        parties = [self.pick(Party, one) for one in chosen]
        self.do(login, agreements.record_agreement, self.pick(Plan, 0), parties, today=TODAY, **said)

    @rule(login=logins, version=st.sampled_from(["1.0", "1.1", "2.0"]), group=places)
    def edition(self, login: str, version: str, group: int) -> None:
        self.do(login, plans.edit_plan, self.pick(Plan, 0), version=version)
        self.do(login, plans.edit_plan, self.pick(Plan, 0), convening_group=self.group(group) if group % 3 else None)

    @rule(login=logins, chosen=some, direction=st.sampled_from(Direction), on=days, gone=st.booleans())
    def communicate(self, login: str, chosen: list[int], direction: Direction, on: date | None, gone: bool) -> None:
        if gone:
            self.do(login, communications.remove_communication, self.pick(Communication, len(chosen)))
        else:
            parties = [self.pick(Party, one) for one in chosen]
            self.do(login, communications.record_communication, parties, direction, on=on or TODAY, today=TODAY)

    @rule(login=logins, party=places, drill=st.booleans(), chosen=some, text=words)
    def begin_checklist(self, login: str, party: int, drill: bool, chosen: list[int], text: str) -> None:
        if drill:
            called = [self.pick(Party, one) for one in chosen]
            self.do(login, checklists.start_drill, self.group(party), called, on=TODAY)
            return
        items = tuple(checklists.TemplateItem(str(one), f"Step {one}") for one in chosen)
        template = checklists.Template("steps", text or "Steps", ChecklistKind.INSTRUCTIONS, items, days=7)
        about = checklists.About(self.maybe(Plan, party), self.maybe(Party, party), self.post(party))
        self.do(login, checklists.start_checklist, template, about, on=TODAY)

    @rule(login=logins, place=places, rating=st.sampled_from(Rating), text=words)
    def fill_in(self, login: str, place: int, rating: str, text: str) -> None:
        self.do(login, checklists.say_item, self.pick(ChecklistItem, place), rating=rating, challenges=text)
        self.do(login, checklists.tick_item, self.pick(ChecklistItem, place + 1), at=NOON)

    @rule(login=logins, place=places, on=days, gone=st.booleans())
    def end_checklist(self, login: str, place: int, on: date | None, gone: bool) -> None:
        uid = self.pick(ChecklistRun, place)
        if gone:
            self.do(login, checklists.remove_checklist, uid)
        else:
            self.do(login, checklists.finish_checklist, uid, on=on or TODAY)

    @rule(
        login=logins, party=places, kind=st.sampled_from(EntryKind), level=st.sampled_from(["", *Support]), text=words
    )
    def note_in_register(self, login: str, party: int, kind: str, level: str, text: str) -> None:
        about = self.maybe(Party, party)
        self.do(login, register.add_entry, kind=kind, title=text, on=TODAY, party=about, level=level)
        self.do(login, register.edit_entry, self.pick(RegisterEntry, party), kind=kind, level=level)

    @rule(login=logins, place=places)
    def remove_entry(self, login: str, place: int) -> None:
        self.do(login, register.remove_entry, self.pick(RegisterEntry, place))

    @rule(login=logins, kind=st.sampled_from(PartyKind), kept=places, other=places)
    def merge(self, login: str, kind: PartyKind, kept: int, other: int) -> None:
        self.do(login, merging.merge_parties, self.party(kind, kept), self.party(kind, other))

    @rule(login=logins, who=places, successor=places, shift=st.integers(-2, 2), leaves=st.booleans())
    def hand_over(self, login: str, who: int, successor: int, shift: int, leaves: bool) -> None:
        def ordered(author: Any) -> Any:
            party = self.person(who) if who % 2 else self.post(who)
            order = handover.handover_of(party, TODAY + timedelta(days=shift))
            to = self.person(successor) if successor % 3 else ""
            return handover.hand_over(author, replace(order, successor=to, leaves=leaves, acting=successor % 2 == 0))

        self.do(login, ordered)

    @invariant()
    def no_rule_about_people_is_broken(self) -> None:
        now = tables()
        nothing_names_what_was_merged(now)
        one_holder_on_each_day(now)
        groups_do_not_hold_themselves(now)
        assert all(many <= 3 for many in Counter(row["post"] for row in now["alternate"].values()).values())
        assert all(row["role"] or row["audience"] or row["organisation"] for row in now["membership_rule"].values())
        editions = [(row["plan"], row["party"], row["version"][0]) for row in now["agreement"].values()]
        assert len(editions) == len(set(editions))
        seats = [(row["group"], row["member"]) for row in now["membership"].values()]
        assert len(seats) == len(set(seats))


def nothing_names_what_was_merged(now: Content) -> None:
    merged = {uid for uid, row in now["party"].items() if row["merged_into"]}
    named = {value for many in now.values() for row in many.values() for value in row.values() if value in merged}
    assert not named


def one_holder_on_each_day(now: Content) -> None:
    held = [row for row in now["tenure"].values() if not row["acting"]]
    for place, one in enumerate(held):
        for other in held[:place]:
            if one["post"] == other["post"]:
                apart = (one["end"] or "9") < (other["start"] or "0") or (other["end"] or "9") < (one["start"] or "0")
                assert apart


def groups_do_not_hold_themselves(now: Content) -> None:
    edges = {(row["group"], row["member"]) for row in now["membership"].values()}
    while leaves := {member for _, member in edges} - {group for group, _ in edges}:
        edges = {(group, member) for group, member in edges if member not in leaves}
    assert not edges
