"""How much silence to leave between words, and where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from duskreel.edit.voice import NO_VOICE, Voice
from duskreel.timecode import Span, merge, subtract

BEFORE_MS = 250
"""room before each word: recognition marks words late and soft beginnings later still"""
AFTER_MS = 350
"""room after each word. Longer than `BEFORE_MS`: endings fade out"""
SHORTEST_CUT_MS = 150
"""taking out less than this is seen as a jump and saves nothing"""
LONGEST_TAIL_MS = 600
"""How far a voice is followed from a word whose neighbour is left out: recognition ends words early, and of what goes
on longer than this nobody knows what it says."""


@dataclass(frozen=True)
class Room:
    """How much silence to leave, and where there is none.

    Args:
        before_ms: before the first word of a stretch.
        after_ms: after the last one.
        longest_pause_ms: between two words that follow each other; what is longer loses its middle.
        voice: what can be heard without being a word stays, with as much silence around it as a word has.
    """

    before_ms: int
    after_ms: int
    longest_pause_ms: int
    voice: Voice = NO_VOICE

    def shares(self, length_ms: int) -> tuple[int, int]:
        """`length_ms` of silence divided between the word before it and the word after it."""
        asked_ms = self.before_ms + self.after_ms
        after_ms = length_ms * self.after_ms // asked_ms if asked_ms else length_ms // 2
        return after_ms, length_ms - after_ms

    def kept_of(self, pause: Span) -> list[Span]:
        """What stays of a pause between two words that both stay."""
        if pause.duration_ms < self.longest_pause_ms + SHORTEST_CUT_MS:
            return merge([pause])
        after_ms, before_ms = self.shares(self.longest_pause_ms)
        ends = [Span(pause.start_ms, pause.start_ms + after_ms), Span(pause.end_ms - before_ms, pause.end_ms)]
        return _without_gaps(pause, [*ends, *self.edges_of(pause), *self.sounds_of(pause)])

    def edges_of(self, pause: Span) -> tuple[Span, Span]:
        """The room after the word before a pause and before the word after it, where only one of them stays.

        They never overlap, and both are part of what `kept_of` leaves.
        """
        length_ms = max(min(pause.duration_ms, self.before_ms + self.after_ms), 0)
        after_ms, before_ms = self.shares(length_ms)
        tail_ms, lead_ms = self._tail_ms(pause), self._lead_ms(pause)
        if tail_ms + lead_ms <= pause.duration_ms:
            after_ms = min(max(after_ms, tail_ms), pause.duration_ms - lead_ms)
            before_ms = min(max(before_ms, lead_ms), pause.duration_ms - after_ms)
        return (
            Span(pause.start_ms, pause.start_ms + after_ms),
            Span(pause.end_ms - before_ms, pause.end_ms),
        )

    def sounds_of(self, pause: Span) -> list[Span]:
        """Where somebody is heard in a pause; what is more than a word's end or beginning gets a word's room."""
        after_ms, before_ms = self.shares(self.longest_pause_ms)
        return [
            sound if _is_part_of_word(sound, pause) else Span(sound.start_ms - before_ms, sound.end_ms + after_ms)
            for sound in self.voice.without_words(pause)
        ]

    def kept_before(self, pause: Span, *, with_sounds: bool) -> list[Span]:
        """What stays between the clip's beginning and its first word."""
        room = Span(pause.end_ms - max(self.before_ms, self._lead_ms(pause)), pause.end_ms)
        return _without_gaps(pause, [room, *(self.sounds_of(pause) if with_sounds else ())])

    def kept_after(self, pause: Span, *, with_sounds: bool) -> list[Span]:
        """What stays between the last word and the clip's end."""
        room = Span(pause.start_ms, pause.start_ms + max(self.after_ms, self._tail_ms(pause)))
        return _without_gaps(pause, [room, *(self.sounds_of(pause) if with_sounds else ())])

    def _tail_ms(self, pause: Span) -> int:
        """How far the voice of the word before a pause reaches into it."""
        end_ms = min(self.voice.end_ms(pause.start_ms), pause.end_ms, pause.start_ms + LONGEST_TAIL_MS)
        return max(end_ms - pause.start_ms, 0)

    def _lead_ms(self, pause: Span) -> int:
        """How far before the word after a pause its voice begins."""
        start_ms = max(self.voice.start_ms(pause.end_ms), pause.start_ms, pause.end_ms - LONGEST_TAIL_MS)
        return max(pause.end_ms - start_ms, 0)


def _without_gaps(pause: Span, kept: Sequence[Span]) -> list[Span]:
    """What stays of a pause of which this is kept, and what is too short to be taken out."""
    gaps = subtract([pause], kept)
    return subtract([pause], [gap for gap in gaps if gap.duration_ms >= SHORTEST_CUT_MS])


def _is_part_of_word(sound: Span, pause: Span) -> bool:
    touches_word = sound.start_ms == pause.start_ms or sound.end_ms == pause.end_ms
    return touches_word and sound.duration_ms <= LONGEST_TAIL_MS
