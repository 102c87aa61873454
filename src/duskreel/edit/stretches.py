"""How much of the clip each sentence takes, alone and next to its neighbours.

A clip is divided into what a sentence needs in any case, the room before and after it where it stands alone,
and the pause between two neighbours that both stay. No choice shows a moment twice, so lengths can be added up.
"""

from collections.abc import Sequence
from itertools import pairwise

from duskreel.edit.pauses import Room
from duskreel.edit.sentences import Sentence
from duskreel.timecode import Span, merge, subtract, total_ms


class Stretches:
    """The parts of a clip that a choice of sentences is made of.

    Args:
        sentences: in order, at least one; what stands between them is silence.
        duration_ms: of the clip.
        cuts: taken out in any case.
        room: the silence to leave.
        with_ends: whether a voice before the first word and after the last one stays as well. Where sentences have
            to be chosen it does not: a sob at the end must not cost the sentence before it its place.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        duration_ms: int,
        cuts: Sequence[Span],
        room: Room,
        *,
        with_ends: bool = False,
    ) -> None:
        self._clip = Span(0, duration_ms)
        self._cuts = cuts
        pauses = [Span(one.span.end_ms, other.span.start_ms) for one, other in pairwise(sentences)]
        self._cores = [self._shown(_core(sentence, room)) for sentence in sentences]
        self._links = [self._shown(room.kept_of(pause)) for pause in pauses]
        edges = [room.edges_of(pause) for pause in pauses]
        head = room.kept_before(Span(0, sentences[0].span.start_ms), with_sounds=with_ends)
        tail = room.kept_after(Span(sentences[-1].span.end_ms, duration_ms), with_sounds=with_ends)
        self._before = [self._shown(spans) for spans in [head, *([edge[1]] for edge in edges)]]
        self._after = [self._shown(spans) for spans in [*([edge[0]] for edge in edges), tail]]

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

    def _shown(self, spans: Sequence[Span]) -> list[Span]:
        within = [Span(max(span.start_ms, 0), min(span.end_ms, self._clip.end_ms)) for span in spans]
        return subtract(within, self._cuts)


def _core(sentence: Sentence, room: Room) -> list[Span]:
    """Its words with the pauses between them."""
    spans = [Span(word.start_ms, word.end_ms) for word in sentence.words]
    pauses = [Span(one.end_ms, other.start_ms) for one, other in pairwise(sentence.words)]
    return merge([*spans, *(part for pause in pauses for part in room.kept_of(pause))])
