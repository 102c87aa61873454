"""Which stretches of a clip the short shows, and the way from the clip's time to the short's and back."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self

from duskreel.library.entry import Word
from duskreel.timecode import Span, merge, total_ms


class Piece(NamedTuple):
    """One uninterrupted stretch of the clip and where it begins in the short."""

    source: Span
    output_start_ms: int

    @property
    def output(self) -> Span:
        """Where it stands in the short."""
        return Span(self.output_start_ms, self.output_start_ms + self.source.duration_ms)


@dataclass(frozen=True)
class Timeline:
    """What is shown, in the clip's own milliseconds, played one after the other.

    Args:
        kept: half-open spans of the clip; put in order and joined where they touch or overlap.
    """

    kept: tuple[Span, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "kept", tuple(merge(self.kept)))

    @classmethod
    def whole(cls, duration_ms: int) -> Self:
        """Everything, from the first picture to the last."""
        return cls((Span(0, duration_ms),))

    @property
    def duration_ms(self) -> int:
        """How long the short lasts."""
        return total_ms(self.kept)

    def pieces(self) -> tuple[Piece, ...]:
        """The stretches in the order in which they play."""
        return self._pieces

    def to_output(self, source_ms: int) -> int | None:
        """The moment of the short that shows this moment of the clip; None for one that is cut.

        A stretch ends before its `end_ms`: that moment is the first one cut, or past the clip's end.
        """
        index = bisect_right(self.kept, source_ms, key=lambda span: span.start_ms) - 1
        if index < 0 or source_ms >= self.kept[index].end_ms:
            return None
        piece = self._pieces[index]
        return piece.output_start_ms + source_ms - piece.source.start_ms

    def to_source(self, output_ms: int) -> int:
        """The moment of the clip that plays at this moment of the short.

        Before the beginning it is the first moment shown, at or after the end it is the `end_ms` of the
        last stretch; 0 if nothing is shown at all.
        """
        if not self._pieces:
            return 0
        index = bisect_right(self._pieces, output_ms, key=lambda piece: piece.output_start_ms) - 1
        source, output_start_ms = self._pieces[max(index, 0)]
        return min(max(source.start_ms + output_ms - output_start_ms, source.start_ms), source.end_ms)

    def shows(self, word: Word) -> bool:
        """Whether at least half of the word can be heard; a word without length, whether its moment can."""
        if word.end_ms <= word.start_ms:
            return self.to_output(word.start_ms) is not None
        heard_ms = sum(part.source.duration_ms for part in self._parts(word))
        return 2 * heard_ms >= word.end_ms - word.start_ms

    def retime(self, words: Iterable[Word]) -> list[Word]:
        """The words that are shown, with the short's times, in order and never one over another.

        A word that a cut takes a smaller half of keeps the rest of its time.
        """
        retimed: list[Word] = []
        floor_ms = 0
        for word in sorted(words, key=lambda word: (word.start_ms, word.end_ms)):
            if not self.shows(word):
                continue
            span = self._output_span(word)
            start_ms = max(span.start_ms, floor_ms)
            floor_ms = max(span.end_ms, start_ms)
            retimed.append(replace(word, start_ms=start_ms, end_ms=floor_ms))
        return retimed

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        output_start_ms = 0
        for span in self.kept:
            pieces.append(Piece(span, output_start_ms))
            output_start_ms += span.duration_ms
        return tuple(pieces)

    def _parts(self, word: Word) -> list[Piece]:
        first = max(bisect_right(self.kept, word.start_ms, key=lambda span: span.start_ms) - 1, 0)
        parts: list[Piece] = []
        for source, output_start_ms in self._pieces[first:]:
            if source.start_ms >= word.end_ms:
                break
            start_ms = max(source.start_ms, word.start_ms)
            if (end_ms := min(source.end_ms, word.end_ms)) > start_ms:
                parts.append(Piece(Span(start_ms, end_ms), output_start_ms + start_ms - source.start_ms))
        return parts

    def _output_span(self, word: Word) -> Span:
        parts = self._parts(word)
        if not parts:
            moment_ms = self.to_output(word.start_ms) or 0
            return Span(moment_ms, moment_ms)
        return Span(parts[0].output.start_ms, parts[-1].output.end_ms)
