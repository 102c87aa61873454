"""What may stand behind an option, and the sentence when it may not."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import click

from duskreel.export.presets import Framing
from duskreel.library.entry import Mood
from duskreel.timecode import Span, from_seconds

LONGEST_S = 24 * 3_600


@dataclass(frozen=True)
class MoodChoice:
    """A mood, or the wish to have none: `None` alone would mean that the option was not given."""

    mood: Mood | None


class _MoodType(click.ParamType[Mood]):
    name = "1-5"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Mood:
        if value not in ("1", "2", "3", "4", "5"):
            self.fail(f"a mood is a number from 1 (awful) to 5 (great), not “{value}”.", param, ctx)
        return Mood(int(value))


class _MoodOrNoneType(click.ParamType[MoodChoice]):
    name = "1-5|none"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> MoodChoice:
        return MoodChoice(None if value == "none" else MOOD.convert(value, param, ctx))


class _DayType(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"a day is written like 2026-11-23, not “{value}”.", param, ctx)


class _MomentType(click.ParamType[datetime]):
    name = "iso date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"a time is written like 2026-11-23 or 2026-11-23T18:04, not “{value}”.", param, ctx)
        # Without an offset it is meant as the clock on the wall shows it here.
        return moment if moment.tzinfo else moment.astimezone()


class _SecondsType(click.ParamType[float]):
    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        if not 0 < seconds <= LONGEST_S:
            self.fail(f"a length is a number of seconds, like 30, not “{value}”.", param, ctx)
        return seconds


class _SpanType(click.ParamType[Span]):
    name = "start-end"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        start, _, end = value.partition("-")
        try:
            span = Span(from_seconds(float(start)), from_seconds(float(end)))
        except (ValueError, OverflowError):
            self.fail(f"a stretch is written in seconds, like 12-15.5, not “{value}”.", param, ctx)
        if span.duration_ms <= 0:
            self.fail(f"“{value}” ends before it begins.", param, ctx)
        return span


class _FramingType(click.ParamType[Framing]):
    name = "face|centre|0-1"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Framing:
        if value in ("face", "centre"):
            return cast("Framing", value)
        try:
            position = float(value)
        except ValueError:
            position = -1.0
        if not 0 <= position <= 1:
            self.fail(f"face, centre, or a number from 0 (left) to 1 (right), not “{value}”.", param, ctx)
        return position


MOOD = _MoodType()
MOOD_OR_NONE = _MoodOrNoneType()
DAY = _DayType()
MOMENT = _MomentType()
SECONDS = _SecondsType()
SPAN = _SpanType()
FRAMING = _FramingType()
