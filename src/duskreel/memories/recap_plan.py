"""The moments that were chosen, as a file that people may change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from duskreel.errors import DiaryError
from duskreel.export.recap import SHORTEST_MS, Moment
from duskreel.export.recap_decisions import Showable, showable
from duskreel.library.diary import Diary
from duskreel.memories.recap import Stretch
from duskreel.timecode import Span, clock, intersect, merge

FORMAT = 1
LONGEST_MS = 24 * 3_600_000
"""no clip lasts longer; for entries of which nothing else is known"""
WHAT_TO_DO = "Correct it in the plan, or let one be made anew with --plan-only."


@dataclass(frozen=True)
class PlannedDay:
    """One day of a reel."""

    moment: Moment
    is_left_out: bool = False
    others: tuple[str, ...] = ()
    """ids of the day's other entries"""

    def to_json(self) -> dict[str, Any]:
        """As it stands in a plan."""
        return {
            "day": self.moment.day.isoformat(),
            "entry": self.moment.entry_id,
            "start_ms": self.moment.span.start_ms,
            "end_ms": self.moment.span.end_ms,
            "text": self.moment.text,
            "left_out": self.is_left_out,
            "other_entries": list(self.others),
        }


@dataclass(frozen=True)
class RecapPlan:
    """What a reel will show.

    In its file, which is JSON, ``days`` is a list in the order in which they are shown. Of each one may change:

    * ``start_ms``, ``end_ms``: which stretch of the clip is shown, in whole milliseconds from its beginning;
    * ``entry``: of which entry, by its id; ``other_entries``, the others of that day, is only there to be read;
    * ``day``: what the label says, as ``2026-11-23``;
    * ``left_out``: true for a day that is not to be shown; then nothing else of it is looked at but its form.

    ``text`` is only there to be read, with corrections as they were when the plan was made. Days may be moved, removed,
    or stand there twice with different moments, and ``name`` is part of the reel's file name. Whatever a plan says,
    nothing is shown that was cut out of its entry or decided to be cut before sharing it, nor an entry that is hidden
    from memories; and words that were decided to be hidden are, in ``text`` as well.
    """

    name: str
    """of its days"""
    days: tuple[PlannedDay, ...]
    """in the order in which they are shown"""
    remarks: tuple[str, ...] = ()
    """for the user, in sentences; not part of the file"""

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Those that are shown."""
        return tuple(day.moment for day in self.days if not day.is_left_out)

    def within(self, stretch: Stretch) -> "RecapPlan":
        """The part of it that is about these days."""
        days = tuple(day for day in self.days if stretch.first <= day.moment.day <= stretch.last)
        return replace(self, name=stretch.name, days=days)

    def to_json(self) -> dict[str, Any]:
        """The content of a plan."""
        return {"format": FORMAT, "name": self.name, "days": [day.to_json() for day in self.days]}


def read_plan(file: Path, diary: Diary) -> RecapPlan:
    """Read a plan, and make sure that the diary still has what it names.

    Raises:
        DiaryError: it cannot be read, is no plan, or names an entry that is gone, a time outside its clip or cut out
            of it, by hand or by a decision about sharing, or the same time twice.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DiaryError(f"{file} cannot be read: {error.strerror or error}.", "Check its name.") from error
    except (ValueError, RecursionError) as error:
        raise _no_plan(file, f"it is no JSON ({error})") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("days"), list):
        raise _no_plan(file, "it has no list of days, or is of another version")
    name = data.get("name")
    days = tuple(_day(item, number, file, diary) for number, item in enumerate(data["days"], start=1))
    _check_apart([day.moment for day in days if not day.is_left_out])
    return RecapPlan(_safe(name) if isinstance(name, str) else file.stem, days)


def _safe(name: str) -> str:
    """As part of the name of a file."""
    return "".join(character for character in name if character.isalnum() or character in " -_")[:60] or "days"


def _day(item: Any, number: int, file: Path, diary: Diary) -> PlannedDay:
    try:
        day = date.fromisoformat(item["day"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _no_plan(file, f"“day” of item {number} of its list is missing, or not like 2026-11-23") from error
    missing = [key for key in ("entry", "start_ms", "end_ms") if key not in item]
    if missing:
        raise DiaryError(
            f"The plan names no moment for {day}: {' and '.join(f'“{key}”' for key in missing)} is missing.",
            "Add what is missing, or remove the day from the list.",
        )
    entry_id, start_ms, end_ms = item["entry"], item["start_ms"], item["end_ms"]
    text, is_left_out = item.get("text", ""), item.get("left_out", False)
    kinds = ((entry_id, str), (start_ms, int), (end_ms, int), (text, str), (is_left_out, bool))
    if not all(type(value) is kind for value, kind in kinds):
        raise _no_plan(file, f"what it says of {day} is not what it should be: times are whole milliseconds")
    moment = Moment(day, entry_id, Span(start_ms, end_ms), text)
    return PlannedDay(_as_far_as_known(moment, diary) if is_left_out else _checked(moment, diary), is_left_out)


def _as_far_as_known(moment: Moment, diary: Diary) -> Moment:
    """A moment that is left out: its entry may be gone, but what is hidden is not to be read here either.

    Nor is anybody to be shown times that no clip has.
    """
    try:
        entry = diary.find(moment.entry_id)
        inside = replace(moment, span=_inside(moment.span, entry.duration_ms))
        return _readable(inside, showable(entry, diary.transcript(entry)))
    except DiaryError:
        return replace(moment, span=_inside(moment.span, LONGEST_MS))


def _inside(span: Span, duration_ms: int) -> Span:
    """What of it may be in a clip that lasts so long; nothing of what ends before it begins."""
    start_ms = min(max(span.start_ms, 0), duration_ms)
    return Span(start_ms, min(max(span.end_ms, start_ms), duration_ms))


def _readable(moment: Moment, may: Showable) -> Moment:
    """With no text that is hidden or cut by now."""
    if may.has_cut_in(moment.span):
        return replace(moment, text="")
    return replace(moment, text=may.text_of(moment.span)) if may.hides_in(moment.span) else moment


def _checked(moment: Moment, diary: Diary) -> Moment:
    try:
        entry = diary.find(moment.entry_id)
    except DiaryError as error:
        raise DiaryError(
            f"The plan names an entry for {moment.day} that is not in the diary: {error.what_happened}",
            'Name another one, or say there: "left_out": true.',
        ) from error
    start_ms, end_ms = moment.span
    if end_ms - start_ms < SHORTEST_MS:
        raise DiaryError(
            f"The plan's moment of {moment.day} lasts {end_ms - start_ms} ms, which is too short to be seen.",
            f"Give it {SHORTEST_MS} ms or more.",
        )
    if start_ms < 0 or end_ms > entry.duration_ms:
        raise DiaryError(
            f"The plan's moment of {moment.day}, {start_ms} to {end_ms} ms, is outside its clip, "
            f"which lasts {clock(entry.duration_ms)} ({entry.duration_ms} ms).",
            "Correct its times.",
        )
    if intersect(merge(entry.cuts), [moment.span]):
        raise DiaryError(
            f"The plan's moment of {moment.day}, {start_ms} to {end_ms} ms, shows what was cut out of its entry.",
            "Correct its times, or take the cut back.",
        )
    may = showable(entry, diary.transcript(entry))
    if may.has_cut_in(moment.span):
        raise DiaryError(
            f"The plan's moment of {moment.day}, {start_ms} to {end_ms} ms, "
            "is in a sentence that you decided to cut before sharing.",
            "Correct its times, or decide otherwise about that sentence.",
        )
    return _readable(replace(moment, entry_id=entry.id), may)


def _check_apart(moments: Sequence[Moment]) -> None:
    ordered = sorted(moments, key=lambda one: (one.entry_id, one.span))
    for one, other in pairwise(ordered):
        if one.entry_id == other.entry_id and one.span.end_ms > other.span.start_ms:
            raise DiaryError(
                f"The plan shows the same time of one entry twice: {_times(one)}, and {_times(other)}.",
                "Correct the times of one of them, or leave it out.",
            )


def _times(moment: Moment) -> str:
    return f"{moment.span.start_ms} to {moment.span.end_ms} ms for {moment.day}"


def _no_plan(file: Path, reason: str) -> DiaryError:
    return DiaryError(f"{file} is not a plan for a reel: {reason}.", WHAT_TO_DO)
