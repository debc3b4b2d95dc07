"""Handing something out: which file, and where it goes, in one form; the file is made in the database thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from tui_plan.exchange.files import slug
from tui_plan.exchange.papers import PAPERS, Paper, write_paper
from tui_plan.model.errors import InvalidInput
from tui_plan.screens.changing import ChangingScreen
from tui_plan.widgets.fields import ChoiceField, FormSpec, Option, TextField, Values


@dataclass(frozen=True)
class Handout:
    """What to write, and where."""

    kind: str
    folder: str


def export_form(name: str, folder: str, papers: Mapping[str, Paper]) -> FormSpec[Handout]:
    """Return the form that asks which of ``papers`` to write."""
    return FormSpec(
        title="Export",
        intro=name,
        fields=(
            ChoiceField(
                name="kind", label="What", options=tuple(Option(kind, paper.title) for kind, paper in papers.items())
            ),
            TextField(name="folder", label="Into the folder", hint="on this machine", value=folder, required=True),
        ),
        build=_handout,
    )


async def export_plan(screen: ChangingScreen, plan: str, name: str) -> None:
    """Ask which file of a plan, write it, and say where it lies; call it from a worker."""
    await hand_out(screen, plan, name, PAPERS)


async def hand_out(screen: ChangingScreen, subject: str, name: str, papers: Mapping[str, Paper]) -> None:
    """Ask which of ``papers`` about ``subject`` (a uid), write it, and say where it lies; call it from a worker."""
    written: list[str] = []

    async def submit(handout: Handout) -> None:
        path = f"{handout.folder.rstrip('/')}/{slug(name)}{papers[handout.kind].ending}"
        today, style = screen.app.today, screen.date_style
        written.append(await screen.ask(write_paper, handout.kind, subject, today, style, path, papers))

    handout = await screen.ask_form(export_form(name, "~", papers), submit)
    if handout is not None:
        left_out = papers[handout.kind].left_out
        withheld = await screen.ask(left_out, subject) if left_out is not None else ""
        screen.say(" ".join(filter(None, (f"Written: {written[-1]}", withheld and f"– {withheld}"))))


def _handout(typed: Values) -> Handout:
    folder = typed.text("folder")
    if not folder.startswith(("/", "~")):
        raise InvalidInput("Give the whole way to the folder, from / or ~.", "folder")
    return Handout(typed.text("kind"), folder)
