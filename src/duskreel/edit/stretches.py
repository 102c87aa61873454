"""How much of the clip each sentence takes, alone and next to its neighbours.

A clip is divided into what a sentence needs in any case, the room before and after it where it stands alone,
and the pause between two neighbours that both stay. No choice shows a moment twice, so lengths can be added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from duskreel.edit.pauses import SHORTEST_CUT_MS
from duskreel.edit.sentences import Sentence
from duskreel.timecode import Span, merge, subtract, total_ms


@dataclass(frozen=True)
class Room:
    """How much silence to leave.

    Args:
        before_ms: before the first word of a stretch.
        after_ms: after the last one.
        longest_pause_ms: between two words that follow each other; what is longer loses its middle.
    """

    before_ms: int
    after_ms: int
    longest_pause_ms: int

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
        return merge([Span(pause.start_ms, pause.start_ms + after_ms), Span(pause.end_ms - before_ms, pause.end_ms)])

    def edges_of(self, pause: Span) -> tuple[Span, Span]:
        """The room after the word before a pause and before the word after it, where only one of them stays."""
        length_ms = max(min(pause.duration_ms, self.before_ms + self.after_ms), 0)
        after_ms, before_ms = self.shares(length_ms)
        return (
            Span(pause.start_ms, pause.start_ms + after_ms),
            Span(pause.end_ms - before_ms, pause.end_ms),
        )


class Stretches:
    """The parts of a clip that a choice of sentences is made of.

    Args:
        sentences: in order, at least one; what stands between them is silence.
        duration_ms: of the clip.
        cuts: taken out in any case.
        room: the silence to leave.
    """

    def __init__(self, sentences: Sequence[Sentence], duration_ms: int, cuts: Sequence[Span], room: Room) -> None:
        self._clip = Span(0, duration_ms)
        self._cuts = cuts
        pauses = [Span(one.span.end_ms, other.span.start_ms) for one, other in pairwise(sentences)]
        self._cores = [self._shown(_core(sentence, room)) for sentence in sentences]
        self._links = [self._shown(room.kept_of(pause)) for pause in pauses]
        edges = [room.edges_of(pause) for pause in pauses]
        head, tail = self._head(sentences, room), self._tail(sentences, room)
        self._before = [self._shown([span]) for span in [*head, *(edge[1] for edge in edges)]]
        self._after = [self._shown([span]) for span in [*(edge[0] for edge in edges), *tail]]

    def own_ms(self) -> list[int]:
        """How long each sentence lasts where its neighbours are left out."""
        parts = zip(self._before, self._cores, self._after, strict=True)
        return [sum(total_ms(spans) for spans in three) for three in parts]

    def link_ms(self) -> list[int]:
        """How much longer each two neighbours last together than each on its own; never negative."""
        parts = zip(self._links, self._after, self._before[1:], strict=False)
        return [total_ms(link) - total_ms(after) - total_ms(before) for link, after, before in parts]

    def spans(self, chosen: Sequence[int]) -> list[Span]:
        """What the clip shows of a choice, given as indices in order."""
        spans: list[Span] = []
        for index in chosen:
            spans += self._cores[index]
            spans += self._links[index - 1] if index - 1 in chosen else self._before[index]
            if index + 1 not in chosen:
                spans += self._after[index]
        return merge(spans)

    def _head(self, sentences: Sequence[Sentence], room: Room) -> list[Span]:
        first_ms = sentences[0].span.start_ms
        start_ms = first_ms - room.before_ms
        return [Span(start_ms if start_ms >= SHORTEST_CUT_MS else 0, first_ms)]

    def _tail(self, sentences: Sequence[Sentence], room: Room) -> list[Span]:
        last_ms, clip_end_ms = sentences[-1].span.end_ms, self._clip.end_ms
        end_ms = last_ms + room.after_ms
        return [Span(last_ms, end_ms if clip_end_ms - end_ms >= SHORTEST_CUT_MS else clip_end_ms)]

    def _shown(self, spans: Sequence[Span]) -> list[Span]:
        within = [Span(max(span.start_ms, 0), min(span.end_ms, self._clip.end_ms)) for span in spans]
        return subtract(within, self._cuts)


def _core(sentence: Sentence, room: Room) -> list[Span]:
    """Its words with the pauses between them."""
    spans = [Span(word.start_ms, word.end_ms) for word in sentence.words]
    pauses = [Span(one.end_ms, other.start_ms) for one, other in pairwise(sentence.words)]
    return merge([*spans, *(part for pause in pauses for part in room.kept_of(pause))])
