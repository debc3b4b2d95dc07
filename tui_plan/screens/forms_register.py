"""The form of an entry of the register, made from what its kind asks for. It returns typed values and writes nothing.

``screens.register_asking`` shows it. How an entry is settled is asked by ``screens.forms_settling``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tui_plan.model.entry_kinds import KINDS, Asked
from tui_plan.model.vocabulary import (
    Candour,
    Disposition,
    EntryKind,
    Fidelity,
    Manner,
    Response,
    Support,
)
from tui_plan.operations.register import EntryValues, Leads
from tui_plan.screens.forms_action import CANDOURS
from tui_plan.screens.register_words import LINKED
from tui_plan.widgets.fields import (
    AmountField,
    ChoiceField,
    DateField,
    Field,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    TextField,
    Understand,
    Values,
)

NOT_SAID = Option("", "not said")
DATE_HINT = "fri, +2w, 2026-12-31"
_WORDS = {
    "response": Response,
    "manner": Manner,
    "fidelity": Fidelity,
    "disposition": Disposition,
    "level": Support,
}
_HINTS = {asked.field: asked.hint.replace("1 ", "").replace("5 ", "") for asked in KINDS[EntryKind.RISK].asks}
_SCALE = (Option("", "–"), *(Option(str(number), str(number)) for number in range(1, 6)))
_SCALES = {f"{after}{name}": _HINTS[name] for after in ("", "residual_") for name in ("likelihood", "impact")}
"""The fields that go from 1 to 5, with what the ends mean."""

_TEXTS, _DAYS, _COUNTS = ("cause", "effect", "outcome"), ("due", "closed_on"), ("intended", "active")
_PICKS = ("party", "meeting", "stage")
_NOT_ASKED = frozenset({"area", "gate"})
"""What other keys write: an idea becomes an area by promoting it, and gates are decided at the stage."""

_HOUSE_KINDS = frozenset({EntryKind.CHAMPION, EntryKind.SUPPORT})
_LINKS = ("action", "objective", "measure", "other")


@dataclass(frozen=True)
class Offers:
    """What the form of an entry offers to choose from; the keys of meetings are those of ``MeetingChoice``."""

    parties: tuple[Option, ...] = ()
    plans: tuple[Option, ...] = ()
    meeting: tuple[Option, ...] = ()
    stage: tuple[Option, ...] = ()
    action: tuple[Option, ...] = ()
    objective: tuple[Option, ...] = ()
    measure: tuple[Option, ...] = ()
    other: tuple[Option, ...] = ()


@dataclass(frozen=True)
class EntryChoice:
    """What was typed of an entry; ``party`` may be new, ``meeting`` is a key, ``leads`` None where none are asked."""

    values: EntryValues
    party: Picked | None
    meeting: str
    leads: Leads | None


def entry_form(
    kind: EntryKind,
    values: Mapping[str, Any],
    links: Mapping[str, Sequence[str]],
    offers: Offers,
    today: date,
    understand: Understand,
) -> FormSpec[EntryChoice]:
    """Return the form of an entry; ``values`` with a number are those of a record, else what a new one begins with.

    A new entry is not asked how it was settled.
    """
    is_new = "number" not in values
    asks = KINDS[kind]
    at_gate = bool(values.get("gate"))
    asked = [each for each in asks.asks if each.field not in _NOT_ASKED and not (is_new and each.field in _ends(kind))]
    fields = [] if at_gate else [_title_field(kind, values), *_asked_fields(asked, values, offers, understand)]
    named = () if at_gate else asks.links
    linked = [_link_field(kind, field, links, offers) for field in named if field != "measure" or offers.measure]
    return FormSpec(
        title=f"New {kind}" if is_new else f"Edit R-{values['number']}",
        intro="Decided at a gate: only what shows it can be added." if at_gate else "",
        fields=(*fields, *linked, *_shared_fields(kind, values, offers, today, understand, at_gate=at_gate)),
        build=lambda typed: _entry_choice(kind, typed, links, named, at_gate=at_gate),
    )


def _ends(kind: EntryKind) -> frozenset[str]:
    """Return the fields that tell how an entry was settled."""
    ends = frozenset({"outcome", "closed_on"}) if KINDS[kind].closed else frozenset()
    return ends | {"party"} if kind == EntryKind.ACHIEVEMENT else ends


def _title_field(kind: EntryKind, values: Mapping[str, Any]) -> Field:
    return TextField(
        name="title",
        label=KINDS[kind].title,
        value=_text(values, "title"),
        required=True,
        longest=1_000,
        height=2,
        missing=f"Say it in a few words: {KINDS[kind].title.casefold()}.",
    )


def _asked_fields(
    asked: Sequence[Asked], values: Mapping[str, Any], offers: Offers, understand: Understand
) -> list[Field]:
    return [_asked_field(each, values, offers, understand) for each in asked]


def _asked_field(asked: Asked, values: Mapping[str, Any], offers: Offers, understand: Understand) -> Field:
    name = asked.field
    if name in _TEXTS:
        return LongTextField(
            name=name,
            label=asked.label,
            hint=asked.hint,
            value=_text(values, name),
            height=2,
            required=bool(asked.missing),
            missing=asked.missing,
        )
    if name in _DAYS:
        hint = asked.hint or DATE_HINT
        return DateField(
            name=name, label=asked.label, hint=hint, value=values.get(name), understand=understand, half=True
        )
    if name in _COUNTS:
        return _count_field(asked, values)
    if name in _SCALES or name in _WORDS:
        return word_field(asked, values)
    if name == "party":
        return party_field(asked, values, offers.parties)
    return PickField(name=name, label=asked.label, options=getattr(offers, name), value=_chosen(values, name))


def word_field(asked: Asked, values: Mapping[str, Any]) -> Field:
    """Return the field of a word of the vocabulary, or of a number from 1 to 5."""
    scale = asked.field in _SCALES
    words = _WORDS.get(asked.field, ())
    return ChoiceField(
        name=asked.field,
        label=asked.label,
        hint=_SCALES[asked.field] if scale else asked.hint,
        options=_SCALE if scale else (NOT_SAID, *(Option(word, word) for word in words)),
        value=str(values.get(asked.field) or ""),
        half=scale,
        required=bool(asked.missing),
        missing=asked.missing,
    )


def _count_field(asked: Asked, values: Mapping[str, Any]) -> Field:
    known = values.get(asked.field)
    return AmountField(
        name=asked.field,
        label=asked.label,
        hint="how many",
        value=Decimal(known) if known is not None else None,
        half=True,
        required=bool(asked.missing),
        missing=asked.missing,
    )


def party_field(asked: Asked, values: Mapping[str, Any], parties: tuple[Option, ...]) -> Field:
    """Return the field that asks whom an entry is about, who owns it, or who was thanked."""
    return PickField(
        name="party",
        label=asked.label,
        hint=asked.hint,
        options=parties,
        value=_chosen(values, "party"),
        add_new=True,
        required=bool(asked.missing),
        missing=asked.missing,
    )


def _link_field(kind: EntryKind, field: str, links: Mapping[str, Sequence[str]], offers: Offers) -> Field:
    return PickField(
        name=field,
        label=LINKED[kind][field],
        options=getattr(offers, field),
        value=tuple(links.get(field, ())),
        many=True,
    )


def _shared_fields(
    kind: EntryKind, values: Mapping[str, Any], offers: Offers, today: date, understand: Understand, *, at_gate: bool
) -> tuple[Field, ...]:
    house = Candour.CANDID if kind in _HOUSE_KINDS else Candour.SHAREABLE
    when: tuple[Field, ...] = (
        DateField(
            name="on", label="On", value=values.get("on", today), understand=understand, required=True, half=True
        ),
        PickField(name="plan", label="Which plan", options=offers.plans, value=_chosen(values, "plan"), half=True),
    )
    return (
        *(() if at_gate else when),
        TextField(
            name="evidence",
            label="Evidence",
            hint="where it shows",
            value=_text(values, "evidence"),
            longest=1_000,
        ),
        ChoiceField(name="candour", label="This entry is", options=CANDOURS, value=values.get("candour", house)),
    )


def _entry_choice(
    kind: EntryKind, typed: Values, links: Mapping[str, Sequence[str]], named: Sequence[str], *, at_gate: bool
) -> EntryChoice:
    values = EntryValues(kind=kind.value) if not at_gate else EntryValues()
    for name in typed:
        if name not in _LINKS:
            values[name] = _typed(name, typed)  # type: ignore[literal-required]
    at = typed.pick("meeting") if "meeting" in typed else None
    if at is not None:
        del values["meeting"]  # it may have no uid yet
    leads = Leads(
        *(
            tuple(pick.key for pick in typed.picks(field)) if field in typed else tuple(links.get(field, ()))
            for field in _LINKS
        )
    )
    party = typed.pick("party") if "party" in typed else None
    return EntryChoice(values, party, at.key if at is not None else "", leads if named else None)


def _typed(name: str, typed: Values) -> object:
    """Return a field's value as the operation takes it: words, whole numbers, days, and uids of what was picked."""
    if name in _PICKS or name == "plan":
        pick = typed.pick(name)
        return pick.key if pick is not None else None
    if name in _SCALES:
        return int(typed.text(name)) if typed.text(name) else None
    if name in _COUNTS:
        amount = typed.amount(name)
        # what is no whole number goes on as it is: the operation says so under the field
        return int(amount) if amount is not None and amount == amount.to_integral_value() else amount
    return typed[name]


def _text(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name) or "")


def _chosen(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return (str(values[name]),) if values.get(name) else ()
