"""How screens run changes: as whom, with a draft kept, and with a colleague's change merged when both can stand.

Forms and operations are loaded by the key that needs them: all together they cost a quarter of the start.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import BindingType

from tui_plan.app import READ_ONLY
from tui_plan.keys import bind
from tui_plan.model.errors import Conflict, InvalidInput
from tui_plan.model.vocabulary import Channel, PartyKind
from tui_plan.screens.base import PlanScreen
from tui_plan.screens.explaining import step

if TYPE_CHECKING:
    from tui_plan.drafts import Draft
    from tui_plan.model.store import Author
    from tui_plan.screens.forms_action import Word
    from tui_plan.widgets.fields import FormSpec, Picked, Understand

T = TypeVar("T")


class ChangingScreen(PlanScreen):
    """A main screen that changes records."""

    CHANGING: ClassVar[frozenset[str]] = frozenset({"undo", "redo"})
    """The actions that change something, which who may only read cannot do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("change.undo", "undo", show=True),
        bind("change.redo", "redo"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._named: dict[str, str] = {}
        """The uids of new names that the open form has put on the roster: it may be saved again after a refusal."""

    @property
    def plan_uid(self) -> str:
        """The plan that the screen is about; empty while there is none."""
        return self.app.plan

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what only who may write can do."""
        if action in self.CHANGING and not self.app.writable:
            return READ_ONLY
        return super().why_not(action, parameters)

    @step
    async def action_undo(self) -> None:
        """Turn back the coordinator's latest change."""
        from tui_plan.operations.undoing import undo

        undone = await self.run_change(undo, self.author())
        self.say(f"Undone: {undone.summary}")

    @step
    async def action_redo(self) -> None:
        """Do again what was undone last."""
        from tui_plan.operations.undoing import redo

        done = await self.run_change(redo, self.author())
        self.say(f"Done again: {done.summary}")

    def author(self, word: "Word | None" = None) -> "Author":
        """Return who types, and on whose word: nobody's but their own, unless ``word`` says so."""
        from tui_plan.model.store import Author

        login = self.app.session.login
        if word is None or word.who is None:
            return Author(login, channel=word.channel if word is not None else "")
        name = "" if word.who.key else word.who.label
        return Author(login, said_by=word.who.key, said_by_name=name, channel=word.channel or Channel.OWN)

    @property
    def understand(self) -> "Understand":
        """The function that understands typed dates today, in the configured order of day and month."""
        from tui_plan.widgets.date_understanding import understanding

        return understanding(self.app.today, self.app.date_order)

    @property
    def date_style(self) -> str:
        """How dates are shown."""
        return self.app.session.date_style

    async def ask_form(
        self,
        spec: "FormSpec[T]",
        submit: Callable[[T], Awaitable[None]] | None = None,
        *,
        on_draft: Callable[[Mapping[str, str]], None] | None = None,
        resume: Mapping[str, str] | None = None,
    ) -> T | None:
        """Show a form and return what it made, or None; call it from a worker. ``submit`` does the change."""
        from tui_plan.screens.form import FormScreen  # only now: its editors cost a tenth of the start

        self._named = {}
        result = await self.app.push_screen_wait(FormScreen(spec, submit=submit, on_draft=on_draft, resume=resume))
        if self._named or (result is not None and submit is not None):
            self.app.count_change()
            await self.read_again()
        return result

    async def ask_kept(
        self, spec: "FormSpec[T]", submit: Callable[[T], Awaitable[None]], *, about: str, version: int = 0
    ) -> T | None:
        """Show a form whose words survive a lost connection; offer what is left of the last time first."""
        drafts = self.app.drafts
        resume = await self._words_left(drafts.find(about), version)
        if resume is None:
            drafts.drop(about)

        def on_draft(typed: Mapping[str, str]) -> None:
            if typed:
                drafts.keep(about, spec.title, version, typed)
            else:
                drafts.drop(about)

        result = await self.ask_form(spec, submit, on_draft=on_draft, resume=resume)
        drafts.drop(about)
        return result

    async def change_merging(self, operation: Callable[..., T], *args: Any, **values: Any) -> T:
        """Run an operation that knows ``version_seen``; when others touched other fields, ask to keep both."""
        try:
            return await self.app.ask(operation, *args, **values)
        except Conflict as conflict:
            if not conflict.mergeable or not await self._keep_both(str(conflict)):
                raise
            return await self.app.ask(operation, *args, **values, merge=True)

    async def sure_of_lapses(self, operation: Callable[..., object], *args: Any, **values: Any) -> bool:
        """Return whether to go on with an operation: ask, if it would make agreements lapse. Nothing is kept of it.

        Raises what the operation would raise.
        """
        from tui_plan.operations.rehearsing import lapses_of

        lapses = await self.app.ask(lapses_of, operation, *args, **values)
        if not lapses:
            return True
        from tui_plan.insight.lapse_words import lapse_words
        from tui_plan.screens.confirm import Confirm

        return await self.app.push_screen_wait(
            Confirm("Save it all the same?", lapse_words(lapses), yes="Save", no="Go back")
        )

    async def ask_if_sure(self, operation: Callable[..., T], *args: Any, **values: Any) -> T:
        """Run a form's operation; the form stays open if the coordinator would rather not make agreements lapse."""
        await self._stay_unless_sure(operation, *args, **values)
        return await self.app.ask(operation, *args, **values)

    async def merge_if_sure(self, operation: Callable[..., T], *args: Any, **values: Any) -> T:
        """``ask_if_sure`` for an operation that knows ``version_seen``, with a colleague's change merged."""
        # merging, the rehearsal leaves out what a colleague has changed meanwhile, as the change itself does
        await self._stay_unless_sure(operation, *args, **values, merge=True)
        return await self.change_merging(operation, *args, **values)

    async def party_uid(self, pick: "Picked", kind: PartyKind | None = None) -> str:
        """Return the uid of a picked party; a new name is added to the roster once, its kind asked unless given."""
        if pick.key:
            return pick.key
        from tui_plan.operations.people import add_party

        if (name := pick.label) not in self._named:
            chosen = kind or await self._kind_of(name)
            self._named[name] = await self.ask(add_party, self.author(), chosen, name=name)
        return self._named[name]

    async def _stay_unless_sure(self, operation: Callable[..., object], *args: Any, **values: Any) -> None:
        if not await self.sure_of_lapses(operation, *args, **values):
            from tui_plan.screens.form import NotYet

            raise NotYet

    async def _kind_of(self, name: str) -> PartyKind:
        from tui_plan.screens.choices import PARTY_KINDS
        from tui_plan.screens.form import FormScreen
        from tui_plan.screens.forms_action import choice_form

        spec = choice_form("New on the roster", name, "This is a", PARTY_KINDS, PartyKind.PERSON)
        chosen = await self.app.push_screen_wait(FormScreen(spec))
        if chosen is None:
            raise InvalidInput(f"Say what “{name}” is, or choose somebody from the list.")
        return PartyKind(chosen)

    async def _words_left(self, draft: "Draft | None", version: int) -> dict[str, str] | None:
        if draft is None:
            return None
        detail = f"They were typed on {draft.at[:10]} at {draft.at[11:16]} UTC and never saved."
        if draft.version != version:
            detail += " The record has changed since; only the fields you had touched come back."
        from tui_plan.screens.confirm import Confirm

        resume = await self.app.push_screen_wait(
            Confirm("There are unsaved words in this form.", detail, yes="Resume them", no="Discard them")
        )
        return draft.raw if resume else None

    async def _keep_both(self, sentence: str) -> bool:
        from tui_plan.screens.confirm import Confirm

        return await self.app.push_screen_wait(
            Confirm("Keep both changes?", f"{sentence} Yours touches other fields.", yes="Keep both", no="Look first")
        )
