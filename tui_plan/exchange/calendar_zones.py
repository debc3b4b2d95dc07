"""Time zones as iCalendar spells them out, made from the same zoneinfo data that the program runs on.

Called by ``calendar_writing`` alone. A zone with a yearly rule is one STANDARD and one DAYLIGHT block, since readers
understand those alike; lists of dates they do not. Zones whose rule has no such form, or changed within the years
below, get a block for each change; a zone that never changes gets one.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

FIRST_YEAR, LAST_YEAR = 2015, 2037
"""The years in which the blocks agree with zoneinfo to the second; a yearly rule goes on beyond them."""

_STEP = timedelta(days=7)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a VTIMEZONE counts in local time
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _Shift(NamedTuple):
    """One change of the clocks: ``local`` is what they showed when they were turned."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str


class _Yearly(NamedTuple):
    """A change on the ``nth`` (-1: the last) ``weekday`` (0 is Monday) of ``month`` in every year."""

    month: int
    weekday: int
    nth: int


def zone_block(zone: str) -> Timezone | None:
    """Return the VTIMEZONE of an IANA time zone, or None for UTC, whose times need none."""
    if is_utc(zone):
        return None
    block = Timezone()
    block.add("TZID", zone)
    for part in _parts(zone):
        block.add_component(part)
    return block


@lru_cache
def is_utc(zone: str) -> bool:
    """Whether ``zone`` is UTC under one of its names."""
    moment = _moment(FIRST_YEAR)
    return moment.astimezone(ZoneInfo(zone)).tzname() == "UTC"


def _parts(zone: str) -> list[TimezoneStandard | TimezoneDaylight]:
    shifts = _shifts(zone)
    if not shifts:
        return [_part(_beginning(zone), daylight=False)]
    rules = _yearly_rules(shifts)
    if rules is None:
        single = [_part(shift, daylight=shift.after > shift.before) for shift in shifts]
        return [_part(_beginning(zone), daylight=False), *single]
    return sorted((_yearly_part(shift, rule) for shift, rule in rules), key=lambda part: part.name, reverse=True)


def _part(shift: _Shift, *, daylight: bool) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if daylight else TimezoneStandard()
    part.DTSTART = shift.local
    part.TZOFFSETFROM = shift.before
    part.TZOFFSETTO = shift.after
    part.add("TZNAME", shift.name)
    return part


def _yearly_part(shift: _Shift, rule: _Yearly) -> TimezoneStandard | TimezoneDaylight:
    first = datetime.combine(_day_of(_EPOCH.year, rule), shift.local.time())
    part = _part(shift._replace(local=first), daylight=shift.after > shift.before)
    day = f"{rule.nth}{_WEEKDAYS[rule.weekday]}"
    part.add("RRULE", vRecur(FREQ="YEARLY", BYDAY=day, BYMONTH=rule.month))
    return part


def _beginning(zone: str) -> _Shift:
    moment = _moment(FIRST_YEAR).astimezone(ZoneInfo(zone))
    offset = moment.utcoffset() or timedelta()
    return _Shift(_EPOCH, offset, offset, moment.tzname() or zone)


@lru_cache
def _shifts(zone: str) -> list[_Shift]:
    """Find the changes by looking once a week, then halving the week; no zone changes twice within one."""
    tz = ZoneInfo(zone)
    found = []
    moment, end = _moment(FIRST_YEAR), _moment(LAST_YEAR + 1)
    while moment < end:
        following = moment + _STEP
        before, after = _offset(moment, tz), _offset(following, tz)
        if before != after:
            instant = _halve(moment, following, tz)
            name = instant.astimezone(tz).tzname() or zone
            found.append(_Shift((instant + before).replace(tzinfo=None), before, after, name))
        moment = following
    return found


def _halve(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    before = _offset(low, tz)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(middle, tz) == before else (low, middle)
    return high


def _yearly_rules(shifts: list[_Shift]) -> list[tuple[_Shift, _Yearly]] | None:
    """Return the two changes of a year with the rule of each, or None when the years differ from one another."""
    kinds = {(shift.before, shift.after) for shift in shifts}
    if len(kinds) != 2:
        return None
    rules = []
    for kind in sorted(kinds):
        same = [shift for shift in shifts if (shift.before, shift.after) == kind]
        rule = _rule_of([shift.local for shift in same])
        if rule is None:
            return None
        rules.append((same[0], rule))
    return rules


def _rule_of(moments: list[datetime]) -> _Yearly | None:
    if [moment.year for moment in moments] != list(range(FIRST_YEAR, LAST_YEAR + 1)):
        return None
    if len({(moment.month, moment.weekday(), moment.time()) for moment in moments}) != 1:
        return None
    month, weekday = moments[0].month, moments[0].weekday()
    for nth in (-1, 1, 2, 3, 4):
        rule = _Yearly(month, weekday, nth)
        if all(moment.date() == _day_of(moment.year, rule) for moment in moments):
            return rule
    return None


def _day_of(year: int, rule: _Yearly) -> date:
    if rule.nth < 0:
        last = date(year, rule.month, monthrange(year, rule.month)[1])
        return last - timedelta(days=(last.weekday() - rule.weekday) % 7)
    first = date(year, rule.month, 1)
    return first + timedelta(days=(rule.weekday - first.weekday()) % 7 + 7 * (rule.nth - 1))


def _moment(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _offset(moment: datetime, tz: ZoneInfo) -> timedelta:
    return moment.astimezone(tz).utcoffset() or timedelta()
