"""When a clip from elsewhere was recorded: what its container says, what its name says, what the disk says.

The patterns are those of phones, messengers and screen recorders: ``VID_20261123_180412``, ``2026-11-23 18.04.12``,
``Screen Recording 2026-11-23 at 6.04.12 PM``, ``VID-20261123-WA0001``, ``RPReplay_Final1795457052``
(seconds since 1970). Names give the clock on the wall; those that begin with ``PXL_`` give UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum

EARLIEST_YEAR = 1990
LATEST_AHEAD = timedelta(days=1)
"""how far in the future a clock may be that is only set wrong"""
WRITTEN_ANEW_AFTER = timedelta(hours=36)
"""A container that is so much younger than its file's name was written again, by an editor or a messenger."""
USUAL_TIME = time(12)
"""for days without a time"""

_DAY = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<gap>[-._ ]?)(?P<month>0[1-9]|1[0-2])(?P=gap)(?P<day>0[1-9]|[12]\d|3[01])"
_MOMENT = re.compile(
    _DAY + r"(?P<between>T|[-_ .,]+|\s+\w{1,3}\s+)"
    r"(?P<hour>[01]?\d|2[0-3])[-.:_h]?(?P<minute>[0-5]\d)(?:[-.:_m]?(?P<second>[0-5]\d))?(?:[.,]?\d{3})?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm])?(?P<offset>Z|[+-]\d{2}[:.]?\d{2})?(?!\d)"
)
_ONLY_DAY = re.compile(_DAY + r"(?!\d)")
_SINCE_1970 = re.compile(r"RPReplay_Final(\d{10})(?!\d)")
_IN_UTC = re.compile(r"PXL_", re.IGNORECASE)


class DateSource(StrEnum):
    """Where a time was taken from, in words that follow “time from”."""

    GIVEN = "--date"
    DIARY = "entry.json"
    JOURNAL = "the journal"
    CLIP = "the clip"
    NAME = "its name"
    FILE = "the file’s date"


@dataclass(frozen=True)
class When:
    """A time with its offset, and where it was taken from."""

    at: datetime
    source: DateSource


@dataclass(frozen=True)
class Named:
    """What a file name says."""

    at: datetime
    """with offset"""
    has_time: bool
    """False where it names only the day; the time is `USUAL_TIME` then"""


def in_name(name: str) -> Named | None:
    """The first time, or else the first day, that a file name holds; None if it holds none.

    Args:
        name: with or without its suffix.
    """
    if replay := _SINCE_1970.search(name):
        return _if_sensible(datetime.fromtimestamp(int(replay[1]), UTC).astimezone(), has_time=True)
    for found in _MOMENT.finditer(name):
        moment = _moment(found, is_utc=bool(_IN_UTC.match(name)))
        if moment is not None and (named := _if_sensible(moment, has_time=True)):
            return named
    for found in _ONLY_DAY.finditer(name):
        day = _built(found, USUAL_TIME.hour, 0, 0)
        if day is not None and (named := _if_sensible(day.astimezone(), has_time=False)):
            return named
    return None


def when(name: str, created_at: datetime | None, modified_at: datetime, *, prefers_name: bool = False) -> When:
    """The most believable of three times.

    Args:
        name: of the file.
        created_at: what the container says, with offset.
        modified_at: of the file, with offset.
        prefers_name: for clips that a program cut and wrote long after they were recorded.
    """
    named = in_name(name)
    if created_at is not None and not is_sensible(created_at):
        created_at = None
    if named is not None and (created_at is None or _outdoes(named, created_at, prefers_name=prefers_name)):
        return When(_with_time(named, created_at, modified_at), DateSource.NAME)
    if created_at is not None:
        return When(_shown_here(created_at), DateSource.CLIP)
    return When(_shown_here(modified_at), DateSource.FILE)


def is_sensible(moment: datetime) -> bool:
    """Whether a clip can have been recorded then."""
    return moment.year >= EARLIEST_YEAR and moment <= datetime.now(UTC) + LATEST_AHEAD


def _outdoes(named: Named, created_at: datetime, *, prefers_name: bool) -> bool:
    if prefers_name:
        return True
    return created_at - named.at > WRITTEN_ANEW_AFTER


def _with_time(named: Named, *others: datetime | None) -> datetime:
    """A day in a name takes the time of a clock that shows the same day."""
    if named.has_time:
        return named.at
    here = [other.astimezone() for other in others if other is not None]
    return next((moment for moment in here if moment.date() == named.at.date()), named.at)


def _shown_here(moment: datetime) -> datetime:
    """A time in UTC is shown as it was here; any other keeps its place's offset."""
    return moment if moment.utcoffset() else moment.astimezone()


def _moment(found: re.Match[str], *, is_utc: bool) -> datetime | None:
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    built = _built(found, hour, int(found["minute"]), int(found["second"] or 0))
    if built is None:
        return None
    # Behind a “T” it is ISO 8601; elsewhere four digits after a dash are a number that a phone gave.
    if found["offset"] and found["between"] == "T":
        return built.replace(tzinfo=_offset(found["offset"]))
    return built.replace(tzinfo=UTC).astimezone() if is_utc else built.astimezone()


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").replace(".", "")
    size = timedelta(hours=min(int(digits[:2]), 23), minutes=int(digits[2:]) % 60)
    return timezone(-size if text[0] == "-" else size)


def _built(found: re.Match[str], hour: int, minute: int, second: int) -> datetime | None:
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), hour, minute, second)  # noqa: DTZ001 - the caller knows the place
    except ValueError:
        return None


def _if_sensible(moment: datetime, *, has_time: bool) -> Named | None:
    return Named(moment, has_time) if is_sensible(moment) else None
