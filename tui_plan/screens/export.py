"""Handing out a plan: which file, and where it goes. One form; the file is made and written in the database thread."""

from dataclasses import dataclass

from tui_plan.exchange.files import slug
from tui_plan.exchange.papers import PAPERS, write_paper
from tui_plan.model.errors import InvalidInput
from tui_plan.screens.changing import ChangingScreen
from tui_plan.widgets.fields import ChoiceField, FormSpec, Option, TextField, Values


@dataclass(frozen=True)
class Handout:
    """What to write, and where."""

    kind: str
    folder: str


def export_form(name: str, folder: str) -> FormSpec[Handout]:
    """Return the form that asks which file of a plan to write."""
    return FormSpec(
        title="Export",
        intro=name,
        fields=(
            ChoiceField(
                name="kind", label="What", options=tuple(Option(kind, paper.title) for kind, paper in PAPERS.items())
            ),
            TextField(name="folder", label="Into the folder", hint="on this machine", value=folder, required=True),
        ),
        build=_handout,
    )


async def export_plan(screen: ChangingScreen, plan: str, name: str) -> None:
    """Ask which file, write it, and say where it lies; call it from a worker."""
    written: list[str] = []

    async def submit(handout: Handout) -> None:
        path = f"{handout.folder.rstrip('/')}/{slug(name)}{PAPERS[handout.kind].ending}"
        today, style = screen.app.today, screen.date_style
        written.append(await screen.ask(write_paper, handout.kind, plan, today, style, path))

    if await screen.ask_form(export_form(name, "~"), submit) is not None:
        screen.say(f"Written: {written[-1]}")


def _handout(typed: Values) -> Handout:
    folder = typed.text("folder")
    if not folder.startswith(("/", "~")):
        raise InvalidInput("Give the whole way to the folder, from / or ~.", "folder")
    return Handout(typed.text("kind"), folder)
