"""The shapes in which ``--json`` tells of people. They are documented in docs/json.md and stay as they are."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tui_plan.cli.shapes import action_shape

if TYPE_CHECKING:
    from tui_plan.insight.checklists import RunLine
    from tui_plan.insight.heard import Last
    from tui_plan.insight.party_page import HoldingLine, PartyPage


def last_shape(last: "Last | None") -> dict[str, Any] | None:
    """Return when somebody was last heard from, or told something; None for never."""
    return {"on": last.on, "channel": last.channel or None} if last is not None else None


def page_shape(page: "PartyPage", today: date) -> dict[str, Any]:
    """Return a party whole, as ``who`` tells it."""
    values = page.values
    own = ("uid", "kind", "name", "short_name", "group_kind", "login", "audience", "remarks", "hear_every")
    return {
        **{name: values[name] for name in own},
        "organisation": page.names.get(values["organisation"] or ""),
        "reports_to": page.names.get(values["reports_to"] or ""),
        "joined": values["joined_on"],
        "left": values["left_on"],
        "contacts": [{"kind": one.kind, "value": one.value, "verified": one.verified_on} for one in page.reach],
        "holdings": [_holding_shape(line, today) for line in page.holdings],
        "alternates": [name for _, name in page.alternates],
        "stands_in_for": [name for _, name in page.stands_in_for],
        "carries": [
            {"role": line.kind, "through": line.through or None, "action": action_shape(line.action, today)}
            for line in page.carried
        ],
        "groups": [{"group": line.group_name, "seat": line.seat} for line in page.seats],
        "members": [{"name": line.member_name, "seat": line.seat} for line in page.members],
        "belonging": [{"uid": uid, "kind": kind, "name": name} for uid, kind, name in page.belonging],
        "agreements": [
            {"plan": plan, "version": version, "state": state, "on": on}
            for _, plan, version, state, on in page.agreements
        ],
        "briefings": [{"on": line.on, "words": line.words} for line in page.briefings],
        "checklists": [run_shape(run, today) for run in page.checklists],
        **_touch_shape(page),
        **_register_shape(page),
    }


def _touch_shape(page: "PartyPage") -> dict[str, Any]:
    return {
        "heard": last_shape(page.contacted.heard),
        "told": last_shape(page.contacted.told),
        "channels": [
            {"direction": direction, "channel": channel or None, "on": on}
            for direction, channel, on in page.contacted.channels
        ],
        "log": [
            {"on": line.on, "direction": line.direction, "channel": line.channel or None, "words": line.words}
            for line in page.log
        ],
    }


def _register_shape(page: "PartyPage") -> dict[str, Any]:
    return {
        "support": [
            {"ref": line.ref, "on": line.on, "kind": line.kind, "level": line.level or None, "words": line.title}
            | {"evidence": line.evidence}
            for line in page.register
        ],
        "owned": [
            {"ref": line.ref, "kind": line.kind, "words": line.title, "score": line.score, "due": line.due}
            for line in page.owned
        ],
        "participation": [
            {"ref": line.ref, "on": line.on, "words": line.title, "intended": line.intended, "active": line.active}
            for line in page.participation
        ],
    }


def run_shape(run: "RunLine", today: date) -> dict[str, Any]:
    """Return a checklist in a list."""
    return {
        "ref": run.ref,
        "uid": run.uid,
        "title": run.title,
        "kind": run.kind,
        "template": run.template,
        "about": run.about or None,
        "started": run.started_on,
        "due": run.due,
        "finished": run.finished_on,
        "items": run.items,
        "settled": run.settled,
        "rated": run.rated,
        "overdue": run.overdue(today),
    }


def _holding_shape(line: "HoldingLine", today: date) -> dict[str, Any]:
    return {
        "post": line.post_name,
        "person": line.person_name,
        "start": line.start,
        "end": line.end,
        "acting": line.acting,
        "now": line.runs_on(today),
    }
