"""What each kind of register entry asks for, in which words: one table that forms, checks, papers and commands read.

Any layer may read it; nothing here imports a library.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tui_plan.model.vocabulary import EntryKind, Support


class Asked(NamedTuple):
    """One field of a kind: its words for people, and the sentence that is said while it is empty (none: it may be)."""

    field: str
    label: str
    missing: str = ""
    hint: str = ""


class KindOfEntry(NamedTuple):
    """``plural`` heads a list; ``title`` asks for the entry itself; ``closed`` is the word for settled, if it can be.

    ``asks`` are the further fields in the order of the form; ``links`` is what it may name: actions, risks or both.
    """

    plural: str
    title: str
    asks: tuple[Asked, ...]
    closed: str = ""
    links: tuple[str, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that the kind asks for, beside those that all share."""
        return frozenset(asked.field for asked in self.asks)

    def label(self, field: str) -> str:
        """Return the kind's own words for a field; the field's name where the kind does not ask for it."""
        return next((asked.label for asked in self.asks if asked.field == field), field.replace("_", " "))


SHARED_FIELDS = frozenset({"plan", "number", "kind", "title", "on", "evidence", "candour"})
"""What every entry may say."""

_CLOSED = Asked("closed_on", "Closed on")
_ABOUT = Asked("party", "Whom it is about", "Say whom it is about.")

KINDS: dict[EntryKind, KindOfEntry] = {
    EntryKind.RISK: KindOfEntry(
        "Risks",
        "What may happen",
        (
            Asked("cause", "Because of", hint="what would lead to it"),
            Asked("effect", "With the effect that", hint="what it would do to the plan"),
            Asked("likelihood", "Likelihood", "Say how likely it is, from 1 to 5.", "1 rare … 5 almost certain"),
            Asked("impact", "Impact", "Say how hard it would hit, from 1 to 5.", "1 slight … 5 severe"),
            Asked("party", "Owner", "Say who owns the risk: a person, a post or a group."),
            Asked("response", "Response", hint="treat, tolerate, transfer or terminate"),
            Asked("residual_likelihood", "Likelihood after that", hint="once the response has worked"),
            Asked("residual_impact", "Impact after that"),
            Asked("due", "Look at it again on"),
            Asked("outcome", "What came of it"),
            _CLOSED,
        ),
        closed="closed",
        links=("action", "other"),
    ),
    EntryKind.ISSUE: KindOfEntry(
        "Issues",
        "What stands in the way",
        (
            Asked("cause", "Why"),
            Asked("effect", "What it does to the plan"),
            Asked("party", "Owner", "Say who owns the issue: a person, a post or a group."),
            Asked("due", "Decision needed by"),
            Asked("outcome", "Resolution"),
            Asked("closed_on", "Resolved on"),
        ),
        closed="resolved",
        links=("action", "other"),
    ),
    EntryKind.DECISION: KindOfEntry(
        "Decisions",
        "What was decided",
        (
            Asked("cause", "Why"),
            Asked("party", "Decided by"),
            Asked("meeting", "At the meeting"),
            Asked("stage", "Stage"),
            Asked("gate", "Gate"),
            Asked("outcome", "Conditions"),
        ),
        links=("action", "other"),
    ),
    EntryKind.CONTEXT: KindOfEntry(
        "Context changes",
        "What has changed around us",
        (
            Asked("effect", "What it means for the plan"),
            Asked("due", "Look at it again on"),
            Asked("outcome", "What was done about it"),
            Asked("closed_on", "Dealt with on"),
        ),
        closed="dealt with",
        links=("action", "other"),
    ),
    EntryKind.ADAPTATION: KindOfEntry(
        "Adaptations",
        "What was changed",
        (
            Asked("cause", "Why", "Say why it was changed."),
            Asked("manner", "Planned or reactive", "Say whether it was planned, or reactive."),
            Asked("fidelity", "Against what was meant", hint="consistent with the plan's intent or not"),
            Asked("party", "Decided by"),
            Asked("meeting", "At the meeting"),
            Asked("effect", "Expected effect"),
            Asked("due", "Check on"),
            Asked("outcome", "What the check found"),
            Asked("closed_on", "Checked on"),
        ),
        closed="checked",
        links=("action",),
    ),
    EntryKind.LESSON: KindOfEntry(
        "Lessons",
        "What we learned",
        (
            Asked("cause", "From what"),
            Asked("stage", "Stage"),
            Asked("disposition", "What to do with it", hint="keep, change or drop; the gate asks for it"),
            Asked("outcome", "How it is done from now on"),
        ),
        links=("action",),
    ),
    EntryKind.ACHIEVEMENT: KindOfEntry(
        "Achievements",
        "What was achieved",
        (
            Asked("party", "Who was thanked"),
            Asked("outcome", "How it was celebrated"),
            Asked("closed_on", "Celebrated on"),
        ),
        closed="celebrated",
        links=("action", "objective", "measure"),
    ),
    EntryKind.IDEA: KindOfEntry(
        "Ideas",
        "What else we could do together",
        (
            Asked("cause", "From which problem or opportunity"),
            Asked("party", "Whose idea"),
            Asked("area", "Became the development area"),
            Asked("outcome", "What came of it"),
            _CLOSED,
        ),
        closed="closed",
    ),
    EntryKind.CHAMPION: KindOfEntry(
        "Champions",
        "For what they speak",
        (
            _ABOUT,
            Asked("level", "Support"),
        ),
    ),
    EntryKind.SUPPORT: KindOfEntry(
        "Support",
        "In their own words",
        (
            _ABOUT,
            Asked("level", "Support", f"Say how they stand to the plan: {', '.join(Support)}."),
        ),
    ),
    EntryKind.PARTICIPATION: KindOfEntry(
        "Participation",
        "Who is meant",
        (
            Asked("party", "Partner", "Say which partner it is about."),
            Asked("intended", "Intended", "Say how many are meant to take part."),
            Asked("active", "Active", "Say how many really take part."),
        ),
    ),
}


def foreign_fields(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields of an entry that hold something which its kind does not ask for."""
    asked = KINDS[EntryKind(row["kind"])].fields | SHARED_FIELDS
    for name, value in row.items():
        if name in ENTRY_FIELDS and name not in asked and value not in {None, ""}:
            yield name


ENTRY_FIELDS = frozenset(asked.field for kind in KINDS.values() for asked in kind.asks)
"""All fields that some kind asks for."""
