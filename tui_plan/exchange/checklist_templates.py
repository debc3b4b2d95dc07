"""Templates of checklists: TOML files that travel with the program, and the coordinator's own beside the configuration.

The command line and the screens call it and hand a template to ``operations.checklists``. The file's name without its
ending is the template's key; a file of the coordinator's own goes before one of the same name that came with the
program. It reads files and asks no database.
"""

import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui_plan.exchange.toml_guard import parse_toml
from tui_plan.exchange.toml_problems import Problems
from tui_plan.insight.checklists import RunDetail
from tui_plan.model.clean import clean
from tui_plan.model.errors import ImportProblem, NotFound
from tui_plan.model.vocabulary import ChecklistKind
from tui_plan.operations.checking import Rule, line, looked_at, paragraph, whole, word
from tui_plan.operations.checklists import ITEM_RULES, KEY_TWICE, Template, TemplateItem
from tui_plan.resources import resource_folder

LARGEST_TEMPLATE = 200_000
MOST_ITEMS = 500
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_KEY = 80
_RULES: dict[str, Rule] = {
    "title": line("The title", required=True),
    "kind": word(ChecklistKind, "The kind"),
    "description": paragraph("The description"),
    "credit": line("The credit", limit=1_000),
    "days": whole("The number of days until it is due", 0, 9_999, optional=True),
}
_ITEM_FIELDS = ("key", "text", "section")


def template_folders() -> tuple[Path, ...]:
    """Return where templates lie: those that came with the program, then the coordinator's own."""
    from platformdirs import user_config_path

    return resource_folder("sample_data") / "checklists", user_config_path("tui-plan", appauthor=False) / "checklists"


class Templates(NamedTuple):
    """The templates that can be used, by title; and of each file that cannot, a sentence that names it and the item."""

    usable: tuple[Template, ...]
    broken: tuple[str, ...]


def templates(*folders: Path) -> Templates:
    """Return all templates; of two with one key that of the later folder. No folders mean the usual ones."""
    usable: list[Template] = []
    broken: list[str] = []
    for path in _files(folders).values():
        try:
            usable.append(_read(path))
        except ImportProblem as problem:
            broken.append(str(problem))
    return Templates(tuple(sorted(usable, key=lambda one: (one.title.casefold(), one.key))), tuple(broken))


def template(key: str, *folders: Path) -> Template:
    """Return the template with this key. Raises ``NotFound`` with the keys there are.

    Raises ImportProblem with one sentence that names file and item when it cannot be used.
    """
    files = _files(folders)
    if key not in files:
        known = ", ".join(sorted(clean(name)[:_LONGEST_KEY] for name in files)) or "none"
        raise NotFound(f"There is no checklist template “{clean(key)[:_LONGEST_KEY]}”: there are {known}.")
    return _read(files[key])


def changed_since(run: RunDetail, *folders: Path) -> tuple[str, ...]:
    """Return in short sentences how its template differs today from what a run keeps: the run stays as it is.

    Of a template that is gone, or cannot be used, nothing is said here; ``templates`` does. A drill that calls a group
    has people for items.
    """
    if run.group and run.line.kind == ChecklistKind.DRILL:
        return ()
    try:
        today = template(run.line.template, *folders)
    except (NotFound, ImportProblem):
        return ()
    now = {item.key: item.text for item in _asked_again(today, run)}
    kept = {item.key: item.text for item in run.items}
    counted = (
        (sum(key in kept and kept[key] != text for key, text in now.items()), "in other words"),
        (len(now.keys() - kept.keys()), "new"),
        (len(kept.keys() - now.keys()), "no longer there"),
    )
    return tuple(
        f"{count} of its items {'is' if count == 1 else 'are'} {words} in “{today.title}” today."
        for count, words in counted
        if count
    )


def _asked_again(today: Template, run: RunDetail) -> list[TemplateItem]:
    """Return what such a run would ask for today: an assessment of one stage, what stands under its heading."""
    headings = {item.section.casefold() for item in run.items}
    one = run.line.kind == ChecklistKind.STAGE and len(headings) == 1
    return [item for item in today.items if not one or item.section.casefold() in headings]


def _files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Return the files by key; one whose name is no key is there as well, so that reading it says so."""
    return {path.stem: path for folder in folders or template_folders() for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> Template:
    problems = Problems()
    file = clean(path.name)
    if not _is_key(path.stem):
        problems.add(file, "name it in small letters, digits and hyphens, for example first-week.toml.")
    tables = _tables(path, file)
    items = tables.pop("item", [])
    kept = _kept({"title": "", "kind": "", **tables}, _RULES, file, problems)
    read = _items(items, file, problems)
    problems.raise_any()
    return Template(key=path.stem, items=read, **kept | {"kind": ChecklistKind(kept["kind"])})


def _tables(path: Path, file: str) -> dict[str, Any]:
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST_TEMPLATE + 1)
    except OSError as error:
        raise ImportProblem(f"{file} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST_TEMPLATE:
        raise ImportProblem(f"{file} is larger than {LARGEST_TEMPLATE // 1_000} kB: that is no checklist.")
    try:
        return parse_toml(data)
    except ImportProblem as problem:
        raise ImportProblem(f"{file} is no checklist. {problem}") from problem


def _items(items: object, file: str, problems: Problems) -> tuple[TemplateItem, ...]:
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        problems.add(file, "it has no items: write each as [[item]] with a key and a text.")
        return ()
    if len(items) > MOST_ITEMS:
        problems.add(file, f"it has more than {MOST_ITEMS} items: make two checklists of it.")
        return ()
    read: dict[str, TemplateItem] = {}
    said: dict[tuple[str, str], str] = {}
    for number, item in enumerate(items, 1):
        key = item.get("key")
        where = f"{file}, item {number}" + (f" “{clean(key)[:_LONGEST_KEY]}”" if isinstance(key, str) else "")
        rules = {name: ITEM_RULES[name] for name in _ITEM_FIELDS}
        kept = _kept({"key": "", "text": "", **item}, rules, where, problems)
        if not kept.keys() >= {"key", "text"}:
            continue
        one = TemplateItem(**kept)
        if wrong := _unfit(one, key, read, said):
            problems.add(where, wrong)
        else:
            read[one.key] = one
            said[_said(one)] = one.key
    return tuple(read.values())


def _unfit(item: TemplateItem, key: object, read: Container[str], said: Mapping[tuple[str, str], str]) -> str:
    """Return a sentence where an item cannot stand beside those already read, by key and by what they say.

    ``key`` is as it was written.
    """
    if key != item.key or not _is_key(item.key):
        return "write its key in small letters, digits and hyphens."
    if item.key in read:
        return KEY_TWICE
    twin = said.get(_said(item))
    return f"it says the same as “{twin}”: leave one of them out." if twin else ""


def _said(item: TemplateItem) -> tuple[str, str]:
    return item.section.casefold(), item.text.casefold()


def _kept(values: dict[str, Any], rules: dict[str, Rule], where: str, problems: Problems) -> dict[str, Any]:
    """Return the values that can be kept; what is unknown or breaks its rule becomes a problem at ``where``."""
    _refuse_unknown(values.keys() - rules.keys(), rules, where, problems)
    kept, wrong = looked_at({name: values[name] for name in rules if name in values}, rules)
    for sentence in wrong.values():
        problems.add(where, sentence)
    return kept


def _refuse_unknown(names: Iterable[str], rules: dict[str, Rule], where: str, problems: Problems) -> None:
    for name in sorted(names):
        problems.add(where, f"“{clean(name)[:40]}” is not known; write {', '.join(rules)}.")


def _is_key(text: str) -> bool:
    return len(text) <= _LONGEST_KEY and _KEY.fullmatch(text) is not None
