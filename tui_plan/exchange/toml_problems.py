"""Collecting all that is wrong with a TOML file, each with its place, and the one error that tells of it.

Only the TOML reader and import call this.
"""

from tui_plan.model.errors import ImportProblem

_MOST_TOLD = 200


class Problems:
    """Sentences in the order of the file. After the first few hundred they are only counted."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._told)

    def add(self, where: str, sentence: str) -> None:
        """Note one problem at one place."""
        if len(self._told) < _MOST_TOLD:
            self._told.append(f"{where[:1].upper()}{where[1:]}: {sentence}")
        else:
            self._more += 1

    def raise_any(self) -> None:
        """Raise one ImportProblem that holds them all, or do nothing if there are none."""
        if not self._told:
            return
        count = len(self._told) + self._more
        more = (f"… and {self._more:,} more.",) if self._more else ()
        first = self._told[0]
        sentence = first if count == 1 else f"The file has {count:,} problems; nothing was changed. {first}"
        raise ImportProblem(sentence, (*self._told, *more))
