"""What a short shows of a clip: everything, everything but the pauses, or the sentences that fit a length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from duskreel.edit.choice import choose
from duskreel.edit.function_words import function_words
from duskreel.edit.pauses import AFTER_MS, BEFORE_MS, SHORTEST_CUT_MS, Room
from duskreel.edit.scoring import Scorer, Scores
from duskreel.edit.sentences import Sentence, sentences
from duskreel.edit.stretches import Stretches
from duskreel.edit.timeline import Timeline
from duskreel.edit.voice import Voice
from duskreel.edit.wording import bare, ends_clause
from duskreel.library.entry import Word
from duskreel.timecode import Span, subtract, total_ms

NATURAL_PAUSE_MS = 1500
"""where pauses are to stay but the length is limited, a longer one is cut down to this"""
POORLY_FILLED = 4
"""whole sentences that fill less than this part of the length may give way to the beginning of a longer one"""
GOOD_STOP_PAUSE_MS = 300
GOOD_STOP = 18
PLAIN_STOP = 10
POOR_STOP = 6
"""what a beginning's points are multiplied with, by the place where it stops"""


@dataclass(frozen=True)
class Wishes:
    """What the user wants to be said, whatever it is worth. Sentences are known by the start of their first word."""

    pinned_ms: frozenset[int] = frozenset()
    """these before all others, as many as fit"""
    dropped_ms: frozenset[int] = frozenset()
    """these not at all"""


NO_WISHES = Wishes()


@dataclass(frozen=True)
class Selection:
    """What a short shows.

    Args:
        timeline: never longer than the length asked for.
        kept: sentences that can be heard, in order, with the clip's times and without the words that the user cut.
        left_out: those that gave way to the length, in order; what the user cut is not among them.
        was_shortened: something stops in the middle, because nothing whole fits: `kept` holds the beginning of
            a sentence and `left_out` the rest of it, or a clip without words was cut off.
    """

    timeline: Timeline
    kept: tuple[Sentence, ...]
    left_out: tuple[Sentence, ...]
    was_shortened: bool


def plan(
    words: Sequence[Word],
    duration_ms: int,
    *,
    cuts: Sequence[Span] = (),
    target_ms: int | None,
    trim: bool,
    before_ms: int = BEFORE_MS,
    after_ms: int = AFTER_MS,
    wishes: Wishes = NO_WISHES,
    voice: Sequence[Span] | None = None,
) -> Selection:
    """Decide what a short shows.

    Args:
        words: of the clip's transcript. Those corrected to nothing keep their sound.
        duration_ms: of the clip.
        cuts: what the user took out; a word mostly within one is gone, and its sentence goes on without it.
        target_ms: the greatest length; None for any. The result is never longer, to the millisecond.
        trim: whether pauses are shortened even if everything fits. Without it they stay as they are, apart from
            those over `NATURAL_PAUSE_MS` where sentences have to be chosen.
        before_ms: silence left before speech where something is taken out.
        after_ms: silence left after it.
        wishes: about single sentences; the choice among the others is solved around them.
        voice: where the clip's transcript heard one. Between two words that both stay, only what is silent is taken
            out: laughing, crying and words that were not made out remain, and a word remains up to its voice's end.
            None if nobody listened for it, so that the words alone decide.

    Returns:
        Whole sentences in order, chosen for the most informative content. A timeline without pieces where not even
        one word fits, or where everything was cut.
    """
    free = subtract([Span(0, duration_ms)], cuts)
    left = _without_cut_words(sentences(words), Timeline(tuple(free)))
    if not left:
        return _wordless(free, target_ms)
    free = _without_slivers(free, left)
    is_wish_free = not any(sentence.span.start_ms in wishes.dropped_ms for sentence in left)
    if is_wish_free and not trim and (target_ms is None or total_ms(free) <= target_ms):
        return Selection(Timeline(tuple(free)), tuple(left), (), was_shortened=False)
    longest_pause_ms = before_ms + after_ms if trim else max(NATURAL_PAUSE_MS, before_ms + after_ms)
    room = Room(before_ms, after_ms, longest_pause_ms, _left_of(voice or (), words, left, cuts))
    return _Fit(left, duration_ms, cuts, room, target_ms, wishes).selection()


class _Fit:
    """The choice among the sentences that the user's cuts have left; at least one."""

    def __init__(
        self,
        left: list[Sentence],
        duration_ms: int,
        cuts: Sequence[Span],
        room: Room,
        target_ms: int | None,
        wishes: Wishes,
    ) -> None:
        self._left = left
        self._duration_ms = duration_ms
        self._cuts = cuts
        self._room = room
        self._target_ms = target_ms
        self._wishes = wishes
        self._allowed = [i for i, sentence in enumerate(left) if sentence.span.start_ms not in wishes.dropped_ms]
        all_words = [word for sentence in left for word in sentence.words]
        self._scorer = Scorer(all_words)
        self._leaning = function_words(all_words)

    def selection(self) -> Selection:
        stretches = self._stretches(self._left)
        everything = self._everything(stretches)
        if self._target_ms is None or everything.timeline.duration_ms <= self._target_ms:
            return everything
        scores = self._wished(self._scorer.scores(self._left))
        own_ms = self._own_ms(stretches, self._target_ms)
        chosen = choose(own_ms, stretches.link_ms(), scores, self._target_ms)
        chosen = chosen or self._best_alone(own_ms, self._target_ms)
        whole = self._selected(self._left, stretches, chosen)
        if whole.timeline.duration_ms * POORLY_FILLED >= self._target_ms:
            return whole
        return self._shortened(self._target_ms, least_points=scores.total(chosen)) or whole

    def _everything(self, stretches: Stretches) -> Selection:
        """All that is wanted, and the voices at the clip's ends where they fit, too."""
        longest = self._selected(self._left, self._stretches(self._left, with_ends=True), self._allowed)
        if self._target_ms is None or longest.timeline.duration_ms <= self._target_ms:
            return longest
        return self._selected(self._left, stretches, self._allowed)

    def _own_ms(self, stretches: Stretches, target_ms: int) -> list[int]:
        """How long each sentence lasts; one that is not wanted is too long for any choice."""
        allowed = set(self._allowed)
        return [ms if i in allowed else target_ms + 1 for i, ms in enumerate(stretches.own_ms())]

    def _wished(self, scores: Scores) -> Scores:
        """One pinned sentence outweighs all that is not pinned."""
        all_others = sum(map(abs, scores.sentences)) + sum(map(abs, scores.links)) + 1
        pinned = self._wishes.pinned_ms
        return replace(
            scores,
            sentences=tuple(
                points + all_others * (sentence.span.start_ms in pinned)
                for sentence, points in zip(self._left, scores.sentences, strict=True)
            ),
        )

    def _best_alone(self, own_ms: Sequence[int], target_ms: int) -> tuple[int, ...]:
        """The fullest sentence that fits, where each that fits is worth nothing without the one before it."""
        fitting = [index for index, lasts_ms in enumerate(own_ms) if lasts_ms <= target_ms]
        return (max(fitting, key=lambda index: own_ms[index]),) if fitting else ()

    def _stretches(self, parts: Sequence[Sentence], *, with_ends: bool = False) -> Stretches:
        return Stretches(parts, self._duration_ms, self._cuts, self._room, with_ends=with_ends)

    def _selected(self, parts: Sequence[Sentence], stretches: Stretches, chosen: Sequence[int]) -> Selection:
        kept = [parts[index] for index in chosen]
        left_out = [part for index, part in enumerate(parts) if index not in chosen]
        spans = _without_slivers(stretches.spans(chosen), kept)
        return Selection(Timeline(tuple(spans)), tuple(kept), tuple(left_out), was_shortened=not chosen)

    def _shortened(self, target_ms: int, least_points: int) -> Selection | None:
        """The best beginning of a sentence that fits, if it tells more than `least_points`."""
        best: tuple[int, int] | None = None
        most = least_points * PLAIN_STOP
        for index in self._allowed:
            sentence = self._left[index]
            for count in range(1, len(sentence.words)):
                worth = self._scorer.points(sentence.words[:count]) * self._stop_worth(sentence.words, count)
                if worth > most and self._beginning_ms(index, count) <= target_ms:
                    most, best = worth, (index, count)
        if best is None:
            return None
        parts = self._split(self._left, *best)
        return replace(self._selected(parts, self._stretches(parts), [best[0]]), was_shortened=True)

    def _beginning_ms(self, index: int, count: int) -> int:
        near = self._left[max(index - 1, 0) : index + 2]
        position = min(index, 1)
        return self._stretches(self._split(near, position, count)).own_ms()[position]

    def _stop_worth(self, words: Sequence[Word], count: int) -> int:
        """How well a sentence may stop after `count` words: at a comma or a pause best, after "the" worst."""
        last, following = words[count - 1], words[count]
        if ends_clause(last) or following.start_ms - last.end_ms >= GOOD_STOP_PAUSE_MS:
            return GOOD_STOP
        return POOR_STOP if bare(last.shown) in self._leaning else PLAIN_STOP

    @staticmethod
    def _split(parts: Sequence[Sentence], index: int, count: int) -> list[Sentence]:
        words = parts[index].words
        return [*parts[:index], Sentence(words[:count]), Sentence(words[count:]), *parts[index + 1 :]]


def _without_cut_words(parts: Iterable[Sentence], free: Timeline) -> list[Sentence]:
    """The sentences as the user's cuts leave them: divided as they were said, without what is gone."""
    shown = (tuple(word for word in part.words if free.shows(word)) for part in parts)
    return [Sentence(words) for words in shown if words]


def _left_of(voice: Sequence[Span], words: Sequence[Word], left: Sequence[Sentence], cuts: Sequence[Span]) -> Voice:
    """The voice without what the user cut: what remains of a cut word is no sound of its own."""
    audible = {word for sentence in left for word in sentence.words}
    gone = [Span(word.start_ms, word.end_ms) for word in words if word not in audible]
    return Voice.of(subtract(voice, [*cuts, *gone]))


def _without_slivers(spans: Sequence[Span], kept: Iterable[Sentence]) -> list[Span]:
    """Without what two cuts leave between them that is too short to be seen and says nothing."""
    words = [word for sentence in kept for word in sentence.words]
    return [
        span
        for span in spans
        if span.duration_ms >= SHORTEST_CUT_MS
        or any(word.start_ms <= span.end_ms and word.end_ms >= span.start_ms for word in words)
    ]


def _wordless(free: Sequence[Span], target_ms: int | None) -> Selection:
    """The beginning of a clip in which nobody speaks."""
    left_ms = total_ms(free) if target_ms is None else target_ms
    spans: list[Span] = []
    for span in free:
        spans.append(Span(span.start_ms, span.start_ms + max(min(span.duration_ms, left_ms), 0)))
        left_ms -= span.duration_ms
    return Selection(Timeline(tuple(spans)), (), (), was_shortened=left_ms < 0)
