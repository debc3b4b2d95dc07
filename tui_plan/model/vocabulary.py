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


class Audience(StrEnum):
    """Whom briefings and notices are for, after the source's segments."""

    OFFICIALS = "key public officials"
    LEADERS = "other community leaders"
    COMMUNITY = "larger community"
    STAFF = "partner staff"


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


class AgreementState(StrEnum):
    """How an official stands to one edition of a plan. Not asked is never stored: it is the lack of a record."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    AGREED = "agreed"
    RESERVED = "agreed with reservations"
    DECLINED = "declined"
    LAPSED = "lapsed"


STANDING_AGREEMENTS = (AgreementState.AGREED, AgreementState.RESERVED)
"""The states in which somebody's word still binds them."""


class Direction(StrEnum):
    """Whether they told us something, or we told them."""

    HEARD = "heard"
    TOLD = "told"


class ChecklistKind(StrEnum):
    """What a checklist is for; each is the same record."""

    STAGE = "stage assessment"
    ONBOARDING = "onboarding"
    DRILL = "notification drill"
    INSTRUCTIONS = "instructions"


class Rating(StrEnum):
    """How far one item of a checklist is; of a step to be ticked off, in place means done."""

    IN_PLACE = "in place"
    PARTLY = "partly in place"
    NOT_YET = "not yet"
    NOT_APPLICABLE = "not applicable"


class StageKind(StrEnum):
    """The stages of implementation; in any order, and again in a later cycle."""

    PILOTING = "piloting"
    FULL = "full implementation"
    REFLECTION = "reflection"


class Gate(StrEnum):
    """How the gate out of a stage stands. Closed and open are derived; the others are what was decided."""

    CLOSED = "closed"
    OPEN = "open"
    PASSED = "passed"
    CONDITIONS = "passed with conditions"
    NOT_PASSED = "not passed"
    OVERRIDDEN = "overridden"


GATE_DECISIONS = (Gate.PASSED, Gate.CONDITIONS, Gate.NOT_PASSED, Gate.OVERRIDDEN)
"""What may be decided at a gate."""
GATE_LEADS_ON = (Gate.PASSED, Gate.CONDITIONS, Gate.OVERRIDDEN)
"""The decisions that end a stage."""


class EntryKind(StrEnum):
    """What an entry of the register is about; ``model.entry_kinds`` says what each asks for."""

    RISK = "risk"
    ISSUE = "issue"
    DECISION = "decision"
    CONTEXT = "context change"
    ADAPTATION = "adaptation"
    LESSON = "lesson"
    ACHIEVEMENT = "achievement"
    IDEA = "idea"
    CHAMPION = "champion"
    SUPPORT = "support"
    PARTICIPATION = "participation"


class Response(StrEnum):
    """What is done about a risk."""

    TREAT = "treat"
    TOLERATE = "tolerate"
    TRANSFER = "transfer"
    TERMINATE = "terminate"


class Manner(StrEnum):
    """Whether an adaptation was planned, or made because something happened (FRAME)."""

    PLANNED = "planned"
    REACTIVE = "reactive"


class Fidelity(StrEnum):
    """Whether an adaptation is consistent with what the plan meant (FRAME)."""

    CONSISTENT = "fidelity-consistent"
    INCONSISTENT = "inconsistent"
    UNKNOWN = "unknown"


class Disposition(StrEnum):
    """What a lesson does to the way of working, before it is scaled up."""

    KEEP = "keep"
    CHANGE = "change"
    DROP = "drop"


class Support(StrEnum):
    """How a person or partner stands to the plan, from against it to carrying it."""

    OPPOSED = "opposed"
    SCEPTICAL = "sceptical"
    NEUTRAL = "neutral"
    SUPPORTIVE = "supportive"
    CHAMPION = "champion"


class Candour(StrEnum):
    """Whether a note may leave the house."""

    CANDID = "candid"
    SHAREABLE = "shareable"

    @property
    def other(self) -> "Candour":
        """The one of the two that it is not, for the key that changes it."""
        return Candour.SHAREABLE if self is Candour.CANDID else Candour.CANDID


SIGNS: dict[str, str] = {
    Status.NOT_STARTED: "○",
    Status.IN_PROGRESS: "◐",
    Status.COMPLETE: "✓",
    Status.DEFERRED: "»",
    Status.WITHDRAWN: "×",
    Confidence.GREEN: "●",
    Confidence.AMBER: "▲",
    Confidence.RED: "■",
    AgreementState.NOT_ASKED: "·",
    AgreementState.ASKED: "?",
    AgreementState.AGREED: "✓",
    AgreementState.RESERVED: "≈",
    AgreementState.DECLINED: "×",
    AgreementState.LAPSED: "↺",
    Rating.IN_PLACE: "✓",
    Rating.PARTLY: "◐",
    Rating.NOT_YET: "○",
    Rating.NOT_APPLICABLE: "–",
    Gate.CLOSED: "·",
    Gate.OPEN: "◇",
    Gate.PASSED: "✓",
    Gate.CONDITIONS: "≈",
    Gate.NOT_PASSED: "×",
    Gate.OVERRIDDEN: "!",
}
"""The sign that stands beside each word, so that nothing is told by colour alone."""
