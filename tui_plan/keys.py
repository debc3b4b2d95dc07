"""Every key of the terminal, in one table: the id that a configuration may rebind, its keys, its word, its sentence.

Screens and widgets make their bindings from it with ``bind``; help, palette and footer read what they made.
The configuration checks ids against it. Importing it loads no library.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from textual.binding import Binding


class Key(NamedTuple):
    """The default keys (comma-separated), one word for the footer, one sentence for help, and its group there."""

    keys: str
    word: str
    sentence: str
    group: str


MOVE = "Move"
CHANGE = "Change"
FIND = "Find and mark"
GO = "Go to"
PROGRAM = "Program"
GROUPS = (GO, MOVE, FIND, CHANGE, PROGRAM)

KEYS: dict[str, Key] = {
    "go.plans": Key("1", "Plans", "Every plan with its health, and the outline of one", GO),
    "go.board": Key("2", "Board", "Actions as columns by status", GO),
    "go.roster": Key("3", "Roster", "People, posts, organisations and groups", GO),
    "go.stages": Key("4", "Stages", "Stages with their gates, and what each assessment said of every quality", GO),
    "go.register": Key("7", "Register", "Risks, issues, decisions, adaptations, lessons and more", GO),
    "item.in_place": Key("1", "In place", "It is in place; on to the next", CHANGE),
    "item.partly": Key("2", "Partly", "It is partly in place; on to the next", CHANGE),
    "item.not_yet": Key("3", "Not yet", "It is not there yet; on to the next", CHANGE),
    "item.not_applicable": Key("4", "N/A", "It is not applicable; on to the next", CHANGE),
    "list.down": Key("j,down", "Down", "Next row", MOVE),
    "list.up": Key("k,up", "Up", "Row before", MOVE),
    "list.left": Key("h,left", "Left", "Close the branch or go to what it lies under; column to the left", MOVE),
    "list.right": Key("l,right", "Right", "Open the branch; column to the right", MOVE),
    "list.top": Key("g", "Top", "First row (press it twice)", MOVE),
    "list.first": Key("home", "First", "First row", MOVE),
    "list.bottom": Key("G,end", "Bottom", "Last row", MOVE),
    "list.page_down": Key("pagedown", "Page down", "One page down", MOVE),
    "list.page_up": Key("pageup", "Page up", "One page up", MOVE),
    "list.half_down": Key("ctrl+d", "Half down", "Half a page down", MOVE),
    "list.half_up": Key("ctrl+u", "Half up", "Half a page up", MOVE),
    "list.open": Key("enter", "Open", "Open what the cursor is on", MOVE),
    "list.mark": Key("space", "Mark", "Mark or unmark, and go to the next row", FIND),
    "list.next": Key("n", "Next", "Next match of the filter", FIND),
    "list.previous": Key("N", "Previous", "Match before", FIND),
    "screen.back": Key("escape", "Back", "Go back; drop marks and filter first", MOVE),
    "screen.next_pane": Key("tab", "Pane", "Next pane", MOVE),
    "screen.filter": Key("slash", "Filter", "Show only what holds these words", FIND),
    "screen.overdue": Key("exclamation_mark", "Overdue", "Only what is overdue, or all again", FIND),
    "screen.group": Key("b", "Group", "Group by area, partner or person", FIND),
    "record.add": Key("a", "Add", "Add one here", CHANGE),
    "record.add_area": Key("A", "Add area", "Add a development area", CHANGE),
    "record.note": Key("w", "Note", "Write down what somebody said", CHANGE),
    "record.notes": Key("W", "Notes", "What was said of it, and whether it may leave the house", FIND),
    "record.risk": Key("R", "Risk, issue", "Write down a risk or an issue that bears on it", CHANGE),
    "record.place": Key("M", "Move to", "Move it to another step objective", CHANGE),
    "plan.partners": Key("o", "Partners", "Which organisations take part", CHANGE),
    "plan.meetings": Key("v", "Meetings", "Review meetings and their rule", CHANGE),
    "record.edit": Key("e", "Edit", "Edit what the cursor is on", CHANGE),
    "record.done": Key("d", "Done", "Complete it, on somebody's word", CHANGE),
    "record.progress": Key("p", "Progress", "Record progress on somebody's word", CHANGE),
    "record.status": Key("s", "Status", "Change the status", CHANGE),
    "record.owner": Key("o", "Owner", "Owner and roles", CHANGE),
    "record.later": Key("greater_than_sign", "Later", "Move its date a week later", CHANGE),
    "record.earlier": Key("less_than_sign", "Earlier", "Move its date a week earlier", CHANGE),
    "record.up": Key("K", "Move up", "Move it up in its order", CHANGE),
    "record.down": Key("J", "Move down", "Move it down in its order", CHANGE),
    "record.left": Key("left_square_bracket", "Back", "Move it to the column on the left", CHANGE),
    "record.right": Key("right_square_bracket", "Forward", "Move it to the column on the right", CHANGE),
    "roster.kind": Key("b", "Kind", "People, posts, organisations or groups alone, or all", FIND),
    "roster.attention": Key(
        "exclamation_mark", "Look", "Only what needs a look: vacant, silent, left, no contact", FIND
    ),
    "record.handover": Key("H", "Handover", "Hand over what rests on somebody", CHANGE),
    "party.contacts": Key("c", "Contacts", "How to reach them, in their order", CHANGE),
    "party.holders": Key("o", "Holders", "Who holds a post, and what posts somebody holds", CHANGE),
    "party.members": Key("m", "Members", "Who sits in a group, by name or by a rule", CHANGE),
    "party.told": Key("w", "Told, heard", "Record that they were told something, or heard from", CHANGE),
    "party.log": Key("W", "Contact log", "When they were heard from, and told what", FIND),
    "party.follow": Key("f", "Go to", "Go to an action, a post or somebody that the page names", FIND),
    "party.checklists": Key("L", "Checklists", "Onboarding, drills and other checklists", CHANGE),
    "party.register": Key("R", "Support", "Who champions the plan, and how they stand to it", CHANGE),
    "party.call_down": Key("C", "Call-down", "Whom to call, in which order, two ways to reach each", FIND),
    "party.chart": Key("O", "Org chart", "Posts with holders and vacancies as a tree", FIND),
    "party.duplicates": Key("D", "Duplicates", "Records that may be of one person, side by side", FIND),
    "party.merge": Key("M", "Merge", "Merge two records of one into one", CHANGE),
    "plan.agreements": Key("A", "Agreements", "Who must agree to the plan, and who has", CHANGE),
    "plan.convening": Key("P", "Promises", "What each partner promised and kept, and who sits for it", FIND),
    "plan.silent": Key("S", "Silent", "Who has been silent for too long", FIND),
    "agreement.missing": Key("exclamation_mark", "Missing", "Only who has not agreed, or all again", FIND),
    "agreement.partners": Key("b", "By partner", "By partner organisation, or as one list", FIND),
    "handover.do": Key("ctrl+s,y", "Hand over", "Hand all of this over in one change", CHANGE),
    "call.drill": Key("D", "Drill", "Call everybody as a drill, and record who was reached", CHANGE),
    "chart.whole": Key("b", "One, all", "The organisation under the cursor alone, or the whole partnership", FIND),
    "checklist.tick": Key("space", "Tick", "Done, or reached; again takes it back", CHANGE),
    "checklist.finish": Key("F", "Finish", "Close the checklist for good", CHANGE),
    "stage.assess": Key("s", "Assess", "Begin an assessment, or go on with one", CHANGE),
    "stage.gate": Key("d", "Gate", "What the gate out of the stage asks for, and what is decided", CHANGE),
    "stage.runs": Key("L", "Assessments", "Every assessment, running and finished", FIND),
    "stage.compare": Key("c", "Compare", "What any two assessments say of each quality", FIND),
    "stage.differ": Key("D", "Differ", "Where partners differ most", FIND),
    "stage.view": Key("b", "Whose view", "By consensus, of one partner, or all assessments", FIND),
    "stage.attention": Key("exclamation_mark", "Look", "Only what is not in place by consensus, or all again", FIND),
    "stage.follow": Key("f", "Go to", "Go to an action that came of a next step", FIND),
    "step.action": Key("m", "Make action", "Make an action of the next step", CHANGE),
    "item.unsaid": Key("0,delete", "Unrated", "Take the rating back", CHANGE),
    "item.outside": Key("5,6,7,8,9", "No rating", "No rating has this number", CHANGE),
    "item.candour": Key("c", "Candid", "Whether these words may leave the house", CHANGE),
    "item.again": Key("equals_sign", "As before", "Say again what was said last time", CHANGE),
    "gate.decide": Key("d", "Decide", "Write down what was decided at the gate", CHANGE),
    "compare.left": Key("left_square_bracket", "Left one", "Choose the assessment on the left", FIND),
    "compare.right": Key("right_square_bracket", "Right one", "Choose the assessment on the right", FIND),
    "compare.changed": Key("exclamation_mark", "Changed", "Only what changed between the two, or all again", FIND),
    "entry.settle": Key("d", "Settle", "Close, resolve, check or celebrate it; again reopens it", CHANGE),
    "entry.action": Key("m", "Make action", "Make the action that answers it", CHANGE),
    "entry.promote": Key("p", "Promote", "Make a development area of the idea", CHANGE),
    "entry.follow": Key("f", "Go to", "Go to an action, an objective or an entry that the page names", FIND),
    "register.kind": Key("b", "Kind", "One kind of entry alone, or all", FIND),
    "register.attention": Key("exclamation_mark", "Look", "Only what is open and due, or lacks something", FIND),
    "register.matrix": Key("M", "Matrix", "The open risks by likelihood and impact", FIND),
    "plan.celebrate": Key("C", "Celebrate", "What was achieved and not celebrated yet", CHANGE),
    "plan.evaluation": Key("V", "Evaluation", "Outcome measures, their readings, and data that is due", CHANGE),
    "plan.fidelity": Key("F", "Fidelity", "Where core components have drifted from the baseline", FIND),
    "fidelity.baseline": Key("b", "Baseline", "Choose with which named baseline the plan is compared", FIND),
    "action.follow": Key("f", "Go to", "Go to the action in its plan", FIND),
    "finished.follow": Key("f", "Go to", "Go to what was finished, in its plan", FIND),
    "screen.stalled": Key("number_sign", "Stalled", "Only what has stalled, or all again", FIND),
    "note.candour": Key("c", "Candid", "Whether the note may leave the house", CHANGE),
    "contact.verify": Key("v", "Verified", "Every way to reach them was found right today", CHANGE),
    "post.alternates": Key("n", "Alternates", "Who stands in for the post, up to three", CHANGE),
    "group.rule": Key("r", "Rule", "Let all who fit a rule be in the group", CHANGE),
    "record.resources": Key("r", "Resources", "What it costs: time, meetings, money", CHANGE),
    "record.checkpoints": Key("c", "Checkpoints", "When it is looked at, and by whom", CHANGE),
    "record.measures": Key("m", "Measures", "Outcome measures and their readings", CHANGE),
    "measure.reading": Key("R", "Reading", "Write down a reading of the measure", CHANGE),
    "record.depends": Key("D", "Depends", "What must be complete before it", CHANGE),
    "record.history": Key("t", "History", "Who changed what, when, on whose word", CHANGE),
    "record.remove": Key("delete", "Remove", "Remove it; undo brings it back", CHANGE),
    "marked.change": Key("x", "Change marked", "Change everything that is marked", CHANGE),
    "history.undo": Key("u", "Undo this", "Turn this change back", CHANGE),
    "history.more": Key("o", "Older", "Read older changes", FIND),
    "change.undo": Key("u", "Undo", "Undo your last change", CHANGE),
    "change.redo": Key("U", "Redo", "Do again what was undone", CHANGE),
    "plan.export": Key("E", "Export", "Write calendars, papers and files", PROGRAM),
    "program.copy": Key("y", "Copy", "Copy what the cursor is on to the clipboard", PROGRAM),
    "program.help": Key("question_mark", "Help", "The keys of this screen", PROGRAM),
    "program.palette": Key("ctrl+p", "Commands", "Find a command by its name", PROGRAM),
    "program.quit": Key("q", "Quit", "Leave the program", PROGRAM),
    "dialog.close": Key("escape,q", "Close", "Go back to the screen", PROGRAM),
    "form.save": Key("ctrl+s", "Save", "Save the form", PROGRAM),
    "form.cancel": Key("escape", "Cancel", "Leave without saving", PROGRAM),
    "choice.previous": Key("left,up,h,k", "Previous", "Choice before", MOVE),
    "choice.next": Key("right,down,l,j", "Next", "Next choice", MOVE),
    "pick.open": Key("enter,space", "Choose", "Choose from the list", MOVE),
    "pick.clear": Key("delete,backspace", "Clear", "Choose nobody", CHANGE),
    "pick.take": Key("enter", "Take", "Take the row under the cursor", MOVE),
    "pick.mark": Key("ctrl+t", "Add to choice", "Add the row to what is chosen, or drop it", FIND),
    "pick.move_down": Key("down", "Down", "Next row", MOVE),
    "pick.move_up": Key("up", "Up", "Row before", MOVE),
    "form.next": Key("tab", "Next field", "Next field", MOVE),
    "filter.keep": Key("enter", "Keep", "Keep the filter and go back to the list", FIND),
    "filter.drop": Key("escape", "Drop", "Drop the filter", FIND),
    "confirm.yes": Key("y", "Yes", "Yes", PROGRAM),
    "confirm.no": Key("n,escape,q", "No", "No", PROGRAM),
    "help.close": Key("escape,q,question_mark", "Close", "Close this help", PROGRAM),
}

KEY_SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "number_sign": "#",
    "equals_sign": "=",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "delete": "Del",
    "backspace": "Backspace",
    "home": "Home",
    "end": "End",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def bind(key_id: str, action: str, *, show: bool = False, priority: bool = False) -> "Binding":
    """Return the binding of ``key_id`` to a Textual action; with ``show`` it stands in the footer."""
    from textual.binding import Binding

    key = KEYS[key_id]
    return Binding(key.keys, action, key.word, show=show, priority=priority, id=key_id, tooltip=key.sentence)


def key_sign(key: str) -> str:
    """Return how a key is written for people: ``ctrl+s`` as ``Ctrl+S``, ``question_mark`` as ``?``."""
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return KEY_SIGNS.get(key, key)


def unknown_ids(keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of a configured key map that no binding has, in their order."""
    return tuple(key_id for key_id in keymap if key_id not in KEYS)
