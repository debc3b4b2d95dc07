"""Repeat rules in people's words, both ways: ``monthly on last fri`` and "every month on the last Friday".

Forms and the command line read what was typed with ``rule_from_words``; screens and papers show ``rule_in_words``.
Only the phrases listed here are understood; anything else is an error, and nothing is guessed.
"""

import re
from contextlib import suppress
from typing import Final

from tui_plan.model.errors import InvalidInput
from tui_plan.model.recurrence import WEEKDAYS, Parts, normal_rule, rule_parts, until_of

EXAMPLES: Final = (
    "weekly",
    "every 2 weeks on tue",
    "monthly on last fri",
    "monthly on last day",
    "monthly on 2nd and 4th tue",
    "monthly on 15",
    "yearly on first mon in may",
    "quarterly",
    "yearly until 2028-12-31",
    "weekly 10 times",
)
"""Phrases for hints and error messages."""

_ADVERBS = {
    "daily": (1, "DAILY"),
    "weekly": (1, "WEEKLY"),
    "fortnightly": (2, "WEEKLY"),
    "monthly": (1, "MONTHLY"),
    "quarterly": (3, "MONTHLY"),
    "yearly": (1, "YEARLY"),
    "annually": (1, "YEARLY"),
}
_UNITS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_UNIT_OF = {frequency: unit for unit, frequency in _UNITS.items()}
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NUMBERED = re.compile(r"([1-9][0-9]?)(?:st|nd|rd|th)?(-last)?")
_AS_RULE = "by the rule "
_WORKING_DAYS = "MO,TU,WE,TH,FR"

_BASE = re.compile(r"(?P<adverb>[a-z]+)|every (?P<number>[1-9][0-9]{0,2}) (?P<units>[a-z]+)s|every (?P<unit>[a-z]+)")
_PHRASE = re.compile(
    r"(?P<base>.+?)(?: on (?P<days>.+?))?(?: in (?P<months>.+?))?"
    r"(?: until (?P<until>\S+)| (?P<times>[1-9][0-9]{0,3}) times?)?"
)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def rule_from_words(text: str) -> str:
    """Return the RFC 5545 rule that ``text`` says; an empty text gives an empty rule, a rule gives itself tidied.

    Raises InvalidInput with examples for a phrase that is not understood. Whether the rule fits its first meeting is
    for ``recurrence.check_rule`` to say.
    """
    phrase = " ".join(text.casefold().split())
    if not phrase or phrase in {"once", "never"}:
        return ""
    if "freq=" in phrase:
        return normal_rule(phrase.removeprefix(_AS_RULE))
    match = _PHRASE.fullmatch(phrase)
    base = _BASE.fullmatch(match["base"]) if match else None
    if match is None or base is None:
        raise _not_understood(text)
    repeat = _base_parts(base, text)
    days = _days_parts(match["days"], text) + _months_parts(match["months"], text)
    if days and not _belong_together(repeat[0], " ".join(days)):
        raise _not_understood(text)
    return normal_rule(";".join([*repeat, *days, *_end_parts(match["until"], match["times"])]))


def rule_in_words(text: str) -> str:
    """Return the rule as part of a sentence, "every month on the last Friday until 2028-12-31", or "once" for none.

    ``rule_from_words`` reads it back as the same rule; a rule for which there are no such words is given as it is.
    """
    if not text:
        return "once"
    normal = normal_rule(text)
    parts = rule_parts(normal)
    words = " ".join(piece for piece in (_every(parts), _on_days(parts), _in_months(parts), _ending(parts)) if piece)
    with suppress(InvalidInput):
        if rule_from_words(words) == normal:
            return words
    return _AS_RULE + normal


def _base_parts(base: re.Match[str], text: str) -> list[str]:
    if base["adverb"]:
        if base["adverb"] not in _ADVERBS:
            raise _not_understood(text)
        number, frequency = _ADVERBS[base["adverb"]]
        return _frequency(frequency, number)
    unit = base["units"] or base["unit"]
    if unit in _UNITS:
        return _frequency(_UNITS[unit], int(base["number"] or 1))
    if base["unit"] == "weekday":
        return ["FREQ=WEEKLY", f"BYDAY={_WORKING_DAYS}"]
    if base["unit"] == "quarter":
        return _frequency("MONTHLY", 3)
    day = _weekday(unit)
    if day is None or base["number"]:
        raise _not_understood(text)
    return ["FREQ=WEEKLY", f"BYDAY={day}"]


def _frequency(frequency: str, number: int) -> list[str]:
    return [f"FREQ={frequency}"] if number == 1 else [f"FREQ={frequency}", f"INTERVAL={number}"]


def _days_parts(days: str | None, text: str) -> list[str]:
    """Read ``tue and thu``, ``last fri``, ``2nd and 4th tue``, ``15``, ``the 1st and 15th``, ``last day``."""
    if days is None:
        return []
    waiting: list[int] = []
    found: list[str] = []
    for word in re.split(r"[ ,]+", days):
        weekday = _weekday(word)
        if weekday is not None:
            found += [f"{number}{weekday}" for number in waiting] or [weekday]
            waiting = []
        elif word not in {"and", "the", "day"}:
            waiting.append(_ordinal(word, text))
    if bool(found) == bool(waiting):
        raise _not_understood(text)
    return ["BYDAY=" + ",".join(found)] if found else ["BYMONTHDAY=" + ",".join(map(str, waiting))]


def _months_parts(months: str | None, text: str) -> list[str]:
    if months is None:
        return []
    words = [word for word in re.split(r"[ ,]+", months) if word != "and"]
    by_name = {
        key: number for number, name in enumerate(_MONTH_NAMES, 1) for key in (name.casefold(), name[:3].casefold())
    }
    if not words or any(word not in by_name for word in words):
        raise _not_understood(text)
    return ["BYMONTH=" + ",".join(str(by_name[word]) for word in words)]


def _belong_together(frequency: str, days: str) -> bool:
    """Refuse what RFC 5545 allows and people do not expect: ``monthly on mon`` would be every Monday of the month."""
    plain_weekdays = re.search(r"BYDAY=(\S*,)?[A-Z]", days) is not None
    match frequency.removeprefix("FREQ="):
        case "WEEKLY":
            return plain_weekdays and "BYMONTH=" not in days
        case "MONTHLY":
            return not plain_weekdays and days != ""
        case "YEARLY":
            return not plain_weekdays and "BYMONTH=" in days
    return False


def _end_parts(until: str | None, times: str | None) -> list[str]:
    if times:
        return [f"COUNT={times}"]
    if not until:
        return []
    if not _ISO_DATE.fullmatch(until):
        raise InvalidInput(f"“{until}” is no date: write the last day as 2026-12-31.", "rule")
    return ["UNTIL=" + until.replace("-", "")]


def _weekday(word: str) -> str | None:
    for code, name in zip(WEEKDAYS, _DAY_NAMES, strict=True):
        if word in {name.casefold(), name.casefold()[:3], name.casefold() + "s"}:
            return code
    return None


def _ordinal(word: str, text: str) -> int:
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        return -int(numbered[1]) if numbered[2] else int(numbered[1])
    if word not in _ORDINALS:
        raise _not_understood(text)
    return _ORDINALS[word]


def _every(parts: Parts) -> str:
    number = int(parts.get("INTERVAL", ("1",))[0])
    unit = _UNIT_OF[parts["FREQ"][0]]
    if parts["FREQ"][0] == "WEEKLY" and number == 1 and parts.get("BYDAY") == tuple(_WORKING_DAYS.split(",")):
        return "every weekday"
    return f"every {unit}" if number == 1 else f"every {number} {unit}s"


def _on_days(parts: Parts) -> str:
    if "BYDAY" in parts and _every(parts) != "every weekday":
        return "on " + _listed([_day_in_words(day) for day in parts["BYDAY"]])
    if "BYMONTHDAY" in parts:
        return "on the " + _listed([_nth(int(day), " day") for day in parts["BYMONTHDAY"]])
    return ""


def _day_in_words(day: str) -> str:
    name = _DAY_NAMES[WEEKDAYS.index(day[-2:])]
    return f"the {_nth(int(day[:-2]))} {name}" if len(day) > 2 else name


def _in_months(parts: Parts) -> str:
    months = [_MONTH_NAMES[int(month) - 1] for month in parts.get("BYMONTH", ())]
    return "in " + _listed(months) if months else ""


def _ending(parts: Parts) -> str:
    until = until_of(parts)
    if until is not None:
        return f"until {until.date().isoformat()}"
    count = parts.get("COUNT", ("",))[0]
    return f"{count} time{'' if count == '1' else 's'}" if count else ""


def _nth(number: int, last: str = "") -> str:
    """``1st``, ``22nd``; from the end ``last`` and ``2nd-last``, with ``last`` as the noun that then follows."""
    if number == -1:
        return "last" + last
    if number < 0:
        return f"{_nth(-number)}-last{last}"
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _not_understood(text: str) -> InvalidInput:
    examples = ", ".join(f"“{example}”" for example in EXAMPLES[:5])
    return InvalidInput(f"“{text.strip()[:60]}” is no repeat that is understood here: write {examples} …", "rule")
