"""What is done with an entry of the register, from whichever screen: added, edited, settled, answered, promoted.

Each flow asks with a form and runs one operation as the screen's own; call it from a flow. Forms and operations are
loaded by the key that needs them, so this is loaded there too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tui_plan.insight.choosing import plan_choices
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import party_choices
from tui_plan.insight.outline import outline
from tui_plan.insight.register import EntryDetail, EntryLine, entry_detail, links_of, register_entries
from tui_plan.insight.stages import stages
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import EntryKind
from tui_plan.operations.following_up import Wanted, mitigate, promote_idea
from tui_plan.operations.meetings import MeetingAt
from tui_plan.operations.register import (
    NO_LEADS,
    EntryValues,
    add_entry,
    close_entry,
    edit_entry,
    remove_entry,
    reopen_entry,
)
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import action_options, objective_options, party_options, place_options
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.forms_register import EntryChoice, Offers, entry_form
from tui_plan.screens.forms_settling import Settled, area_form, settle_form
from tui_plan.screens.forms_wanted import ActionWanted, wanted_form
from tui_plan.screens.meeting_choice import MeetingChoice, meetings_around
from tui_plan.widgets.fields import Option

NOTHING: Mapping[str, Any] = MappingProxyType({})
_NOUNS = {"action": "action", "step objective": "objective", "outcome measure": "measure"}


async def ask_entry(
    owner: ChangingScreen,
    kind: EntryKind,
    *,
    plan: str = "",
    actions: Sequence[str] = (),
    values: Mapping[str, Any] = NOTHING,
    links: Mapping[str, Sequence[str]] = NOTHING,
) -> str:
    """Ask for a new entry about a plan (a uid, or nothing) and keep it; return its uid, or nothing.

    It begins with ``values``, and linked to ``actions`` and, by field, to ``links``.
    """
    made: list[str] = []
    begins, linked = {"plan": plan, **values}, {"action": tuple(actions), **links}
    offers, meetings = await _offers(owner, kind, plan)

    async def submit(choice: EntryChoice) -> None:
        typed = await _with_party(owner, choice)
        at = _meeting_at(meetings, choice.meeting)
        made.append(await owner.ask(add_entry, owner.author(), choice.leads or NO_LEADS, at=at, **typed))

    spec = entry_form(kind, begins, linked, offers, owner.app.today, owner.understand)
    about = "+".join([str(begins.get("party", "")), *(uid for uids in linked.values() for uid in uids)])
    await owner.ask_kept(spec, submit, about=f"entry:new-{kind}:{plan}:{about}")
    return made[-1] if made else ""


async def ask_edited_entry(owner: ChangingScreen, uid: str) -> None:
    """Ask for new values of an entry and keep them."""
    values = await owner.ask(record_values, "register_entry", uid)
    detail, links = await owner.ask(entry_detail, uid), await owner.ask(links_of, uid)
    kind, version = EntryKind(values["kind"]), int(values["row_version"])
    offers, meetings = await _offers(owner, kind, values["plan"] or "", uid)
    values["meeting"] = _meeting_key(meetings, values["meeting"])
    offers = _with_named(offers, detail, values)

    async def submit(choice: EntryChoice) -> None:
        typed = await _with_party(owner, choice)
        at = _meeting_at(meetings, choice.meeting)
        await owner.change_merging(
            edit_entry, owner.author(), uid, version_seen=version, leads=choice.leads, at=at, **typed
        )

    spec = entry_form(kind, values, links, offers, owner.app.today, owner.understand)
    await owner.ask_kept(spec, submit, about=f"entry:{uid}", version=version)


async def ask_settled(owner: ChangingScreen, line: EntryLine) -> None:
    """Settle an entry, asking what came of it; of a lesson ask what to do with it; take up again what was settled."""
    if line.closed_on is not None:
        await owner.run_change(reopen_entry, owner.author(), line.uid)
        owner.say(f"{line.ref} is open again.")
        return
    kind = EntryKind(line.kind)
    values = await owner.ask(record_values, "register_entry", line.uid)
    parties = party_options(await owner.ask(party_choices)) if kind == EntryKind.ACHIEVEMENT else ()

    async def submit(settled: Settled) -> None:
        if settled.on is None:
            said = EntryValues(disposition=settled.disposition, outcome=settled.outcome)
            await owner.ask(edit_entry, owner.author(), line.uid, **said)
            return
        party = await owner.party_uid(settled.party) if settled.party is not None else None
        await owner.ask(close_entry, owner.author(), line.uid, on=settled.on, outcome=settled.outcome, party=party)

    spec = settle_form(kind, values, parties, owner.app.today, owner.understand)
    await owner.ask_kept(spec, submit, about=f"entry-settled:{line.uid}", version=line.row_version)


async def ask_answer(owner: ChangingScreen, line: EntryLine) -> None:
    """Ask for the action that answers an entry, and make it, linked to the entry."""
    plan = line.plan or owner.app.plan
    objectives = objective_options(await owner.ask(outline, plan, owner.app.today)) if plan else ()
    if not objectives:
        raise Refused("The plan has no step objective yet under which an action could stand: add one in the outline.")
    parties = party_options(await owner.ask(party_choices))

    async def submit(typed: ActionWanted) -> None:
        party = await owner.party_uid(typed.party) if typed.party is not None else None
        wanted = Wanted(typed.objective, typed.title, party, typed.agreed)
        await owner.ask_if_sure(mitigate, owner.author(), line.uid, wanted, today=owner.app.today)

    about = f"It answers {line.ref} {line.title}"
    spec = wanted_form("Make an action", about, objectives, parties, owner.understand, party=line.party or "")
    await owner.ask_kept(spec, submit, about=f"entry-action:{line.uid}")


async def ask_promotion(owner: ChangingScreen, line: EntryLine) -> None:
    """Ask for the title of the development area that an idea becomes, make it, and say where it went."""
    made: list[str] = []

    async def submit(title: str) -> None:
        made.append(await owner.ask(promote_idea, owner.author(), line.uid, on=owner.app.today, title=title))

    await owner.ask_kept(area_form(line.ref, line.title), submit, about=f"entry-area:{line.uid}")
    if made:
        values = await owner.ask(record_values, "development_area", made[-1])
        owner.say(f"{line.ref} became D-{values['number']}, the last area of {line.plan_name}: press 1 to open it.")


async def ask_removal(owner: ChangingScreen, line: EntryLine) -> None:
    """Remove an entry that was made by mistake, after asking; what was decided at a gate stays."""
    if line.gate:
        raise Refused(f"{line.ref} was decided at a gate and stays: decide anew there, with d on the stages.")
    detail = "Removing is for mistakes; d settles what is over. Undo brings it back."
    if await owner.app.push_screen_wait(Confirm(f"Remove {line.ref} “{line.title}”?", detail)):
        await owner.run_change(remove_entry, owner.author(), line.uid)


async def _with_party(owner: ChangingScreen, choice: EntryChoice) -> EntryValues:
    """Return the values with whom it is about, put on the roster where the name is new."""
    if choice.party is not None:
        choice.values["party"] = await owner.party_uid(choice.party)
    return choice.values


async def _offers(owner: ChangingScreen, kind: EntryKind, plan: str, but: str = "") -> tuple[Offers, MeetingChoice]:
    """Return what the form of a kind offers about a plan (a uid, or nothing) but one entry, and the meetings."""
    asks, today = KINDS[kind], owner.app.today
    areas = await owner.ask(outline, plan, today) if plan and "action" in asks.links else ()
    among = [EntryKind.RISK] if kind is EntryKind.CONTEXT else []
    entries = await owner.ask(register_entries, plan or None, among) if "other" in asks.links else []
    known = await owner.ask(stages, plan) if plan and "stage" in asks.fields else []
    near = plan and "meeting" in asks.fields
    meetings = await meetings_around(owner, plan) if near else MeetingChoice([], today, owner.date_style)
    offers = Offers(
        parties=party_options(await owner.ask(party_choices)),
        plans=place_options(await owner.ask(plan_choices)),
        meeting=meetings.options,
        stage=tuple(Option(line.uid, line.title, line.state) for line in known),
        action=action_options(areas),
        objective=objective_options(areas),
        other=tuple(Option(line.uid, f"{line.ref} {line.title}", line.kind) for line in entries if line.uid != but),
    )
    return offers, meetings


def _with_named(offers: Offers, detail: EntryDetail, values: Mapping[str, Any]) -> Offers:
    """Return the offers with all that an entry names already, wherever it stands: what is not offered would be lost."""
    named = [
        (_NOUNS.get(lead.noun, "other"), Option(lead.uid, f"{lead.ref} {lead.title}", lead.status))
        for lead in detail.leads
    ]
    named += [
        (field, Option(values[field], words))
        for field, words in (("stage", detail.stage), ("meeting", detail.meeting))
        if values[field]
    ]
    for field, option in named:
        offered: tuple[Option, ...] = getattr(offers, field)
        if option.key not in {each.key for each in offered}:
            offers = replace(offers, **{field: (*offered, option)})
    return offers


def _meeting_key(meetings: MeetingChoice, uid: str | None) -> str | None:
    """Return by which key a kept meeting is offered."""
    return next((option.key for option in meetings.options if uid and option.key.startswith(uid)), uid)


def _meeting_at(meetings: MeetingChoice, key: str) -> MeetingAt | None:
    """Return the chosen meeting; one that is not near today any more is named by its uid."""
    return meetings.at(key) or (MeetingAt(key, "", None) if key else None)
