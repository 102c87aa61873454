"""Time as integer milliseconds: spans, their arithmetic, and their spelling."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of time, [start_ms, end_ms)."""

    start_ms: int
    end_ms: int

    @property
    def duration_ms(self) -> int:
        """How long it lasts; never negative for a span that `merge` or `subtract` gave."""
        return self.end_ms - self.start_ms


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sort, drop what is empty, and join what touches or overlaps."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.end_ms > span.start_ms):
        if merged and span.start_ms <= merged[-1].end_ms:
            merged[-1] = Span(merged[-1].start_ms, max(merged[-1].end_ms, span.end_ms))
        else:
            merged.append(Span(*span))
    return merged


def subtract(spans: Iterable[Span], cuts: Iterable[Span]) -> list[Span]:
    """What is left of `spans` once every one of `cuts` is taken out."""
    left = merge(spans)
    for cut in merge(cuts):
        left = [
            piece
            for span in left
            for piece in (
                Span(span.start_ms, min(span.end_ms, cut.start_ms)),
                Span(max(span.start_ms, cut.end_ms), span.end_ms),
            )
            if piece.end_ms > piece.start_ms
        ]
    return left


def intersect(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """What lies in both."""
    spans = merge(spans)
    return subtract(spans, subtract(spans, others))


def total_ms(spans: Iterable[Span]) -> int:
    """The summed length of spans that do not overlap."""
    return sum(span.duration_ms for span in spans)


def seconds(duration_ms: int) -> float:
    """For libraries that count in floating-point seconds."""
    return duration_ms / 1000


def from_seconds(value: float) -> int:
    """The nearest millisecond."""
    return round(value * 1000)


def clock(time_ms: int) -> str:
    """As a player shows it: ``0:07``, ``12:40``, ``1:02:03``."""
    minutes, second = divmod(max(time_ms, 0) // 1000, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def stamp(time_ms: int, decimal_mark: str) -> str:
    """``HH:MM:SS`` and three decimals, as subtitle files write it: a comma in SRT, a point in WebVTT."""
    whole, fraction_ms = divmod(max(time_ms, 0), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}{decimal_mark}{fraction_ms:03}"
