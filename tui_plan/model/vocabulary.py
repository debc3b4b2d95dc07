"""The field's own words, as they are stored, shown and typed. Any layer may read them; nothing here imports a library.

Each vocabulary is a ``StrEnum`` whose values are what the database and files hold.
"""

from enum import StrEnum


class Status(StrEnum):
    """How far an action is; overdue, due soon, blocked and stalled are derived, never stored."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


OPEN_STATUSES = (Status.NOT_STARTED, Status.IN_PROGRESS)


class Confidence(StrEnum):
    """The lead's own delivery confidence, always with a sentence that gives the reason."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Priority(StrEnum):
    """How much a development area matters to the partnership."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class RoleKind(StrEnum):
    """RACI, and the reviewers of a checkpoint."""

    ACCOUNTABLE = "accountable"
    RESPONSIBLE = "responsible"
    CONSULTED = "consulted"
    INFORMED = "informed"
    REVIEWER = "reviewer"


class PartyKind(StrEnum):
    """Who may hold a role or sit in a group."""

    PERSON = "person"
    POST = "post"
    ORGANISATION = "organisation"
    GROUP = "group"


class ResourceKind(StrEnum):
    """What an action costs, after the source's list: staff time, meetings, workgroups and other resources."""

    STAFF_TIME = "staff time"
    MEETINGS = "meetings"
    WORKGROUP = "workgroup"
    MONEY = "money"
    MATERIAL = "material"
    SUPPORT = "support"
    OTHER = "other"


class MeetingKind(StrEnum):
    """Kinds of gathering; each is the same record."""

    REVIEW = "review meeting"
    BRIEFING = "briefing"
    WORKSHOP = "workshop"
    EXERCISE = "exercise"


class MeetingStatus(StrEnum):
    """What became of one occurrence of a series, or of a single meeting."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class GroupKind(StrEnum):
    """What a group of people is for."""

    CONVENING = "convening group"
    WORKING = "working group"
    NOTIFICATION = "notification list"


class ContactKind(StrEnum):
    """Ways to reach a person."""

    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    ADDRESS = "address"
    OTHER = "other"


class Channel(StrEnum):
    """How the coordinator heard what is recorded."""

    MEETING = "meeting"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in person"
    LETTER = "letter"
    IMPORT = "import"
    OWN = "own knowledge"


class Candour(StrEnum):
    """Whether a note may leave the house."""

    CANDID = "candid"
    SHAREABLE = "shareable"


SIGNS: dict[str, str] = {
    Status.NOT_STARTED: "○",
    Status.IN_PROGRESS: "◐",
    Status.COMPLETE: "✓",
    Status.DEFERRED: "»",
    Status.WITHDRAWN: "×",
    Confidence.GREEN: "●",
    Confidence.AMBER: "▲",
    Confidence.RED: "■",
}
"""The sign that stands beside each word, so that nothing is told by colour alone."""
