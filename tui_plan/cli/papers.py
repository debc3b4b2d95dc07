"""Where a paper goes: to the screen as lines, to stdout as it is, or to a file that is for its owner alone."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui_plan.cli.output import counted
from tui_plan.model.clean import clean

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def deliver(call: "Call", paper: str | bytes, *, private: bool = True) -> int:
    """Write a paper to the file of --output, or to the screen; text reaches the screen line by line."""
    place = call.options.output
    if place not in {None, "-"}:
        path, size = write_paper(place, paper, private=private)
        if call.json:
            call.page.json({"file": str(path), "bytes": size})
        else:
            call.page.line(f"Wrote {path} ({counted(size, 'byte')}).")
    elif isinstance(paper, str):
        for line in paper.splitlines():
            call.page.line(line)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(paper)
        sys.stdout.buffer.flush()
    return 0


def write_paper(place: str, paper: str | bytes, *, private: bool = True) -> tuple[Path, int]:
    """Write a paper to a file; return where it lies and how many bytes it has."""
    from tui_plan.exchange.files import write_file

    path = Path(place).expanduser()
    data = paper.encode() if isinstance(paper, str) else paper
    write_file(path, data, private=private)
    return path, len(data)


def remark(sentence: str) -> None:
    """Say something beside a paper, which may itself go to the screen."""
    print(f"tui-plan: {clean(sentence)}", file=sys.stderr)
