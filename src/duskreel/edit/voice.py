"""Where a voice is heard, whether words were made out or not."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from duskreel.timecode import Span, merge

LONGEST_WORDLESS_MS = 8_000
"""Laughing and crying stop for breath, and so does speech that was not understood; what goes on for longer than this
without a word is taken for a song or a television, and gives way like silence."""


@dataclass(frozen=True)
class Voice:
    """Stretches in which somebody is heard: in order, apart from each other."""

    spans: tuple[Span, ...]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Self:
        """From what was heard, in any order."""
        return cls(tuple(merge(spans)))

    def end_ms(self, time_ms: int) -> int:
        """When the voice that sounds up to this moment ends; the moment itself where there is none."""
        index = bisect_right(self.spans, time_ms, key=lambda span: span.start_ms) - 1
        return max(self.spans[index].end_ms, time_ms) if index >= 0 else time_ms

    def start_ms(self, time_ms: int) -> int:
        """When the voice that sounds from this moment on began; the moment itself where there is none."""
        index = bisect_left(self.spans, time_ms, key=lambda span: span.end_ms)
        return min(self.spans[index].start_ms, time_ms) if index < len(self.spans) else time_ms

    def without_words(self, pause: Span) -> list[Span]:
        """What is heard in a pause between words, apart from what is taken for a song or a television."""
        first = bisect_right(self.spans, pause.start_ms, key=lambda span: span.end_ms)
        last = bisect_left(self.spans, pause.end_ms, key=lambda span: span.start_ms)
        heard = (
            Span(max(span.start_ms, pause.start_ms), min(span.end_ms, pause.end_ms)) for span in self.spans[first:last]
        )
        return [span for span in heard if 0 < span.duration_ms <= LONGEST_WORDLESS_MS]


NO_VOICE = Voice(())
