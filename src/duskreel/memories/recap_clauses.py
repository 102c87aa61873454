"""A clause of a sentence that is too long for a reel: better a whole thought of it than a second of anything."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from duskreel.edit.function_words import CONNECTIVES, function_words
from duskreel.edit.lines import GLUED, LineBreaker
from duskreel.edit.pauses import AFTER_MS, BEFORE_MS, Room
from duskreel.edit.scoring import Scorer
from duskreel.edit.sentences import Sentence, sentences
from duskreel.edit.stretches import Stretches
from duskreel.edit.voice import NO_VOICE, Voice
from duskreel.edit.wording import bare
from duskreel.library.entry import Word
from duskreel.memories.recap import SENTENCE_MS, SURE_WEIGHT, WORDS_WEIGHT, Candidate, confidence
from duskreel.timecode import Span

EDGE_WEIGHT = 4.0
"""of how badly a clause begins and ends (0 after a comma or in a pause, see `edit.lines`): more than of what it says"""
OPENING_WORDS = (
    "and but or so because then while when if until since although und aber oder denn weil dass als wenn sondern et "
    "mais ou donc car parce quand y e pero porque cuando si ma perché quando mas en maar want omdat toen"
)
CONJUNCTIONS = frozenset(OPENING_WORDS.split())
"""Where a clause begins that no comma shows. Of all languages: an error only moves a preference."""
CONJUNCTION_SHARE, OTHER_SHARE = 0.25, 2.0
"""of what a caption's break there costs: a caption's other half comes at once, a clause's never does"""
HANGING_COST = 0.5
"""added for a clause that points back to something that is not shown: "because she did" """
WORST_EDGE = 1.0
"""never after an article or a preposition, nor inside of what is written as one word"""
MOST_TRIED = 24
"""of one entry, the best by their words, for which it is worked out what silence belongs to them"""


def clauses_of(
    words: Sequence[Word], duration_ms: int, cuts: Sequence[Span], voice: Sequence[Span] | None
) -> list[Candidate]:
    """Parts of sentences that last too long, from 1.5 to 6 s, that read like a thought; the best first.

    They begin and end between words: at a sentence's own ends, commas and pauses if there are any, else before a
    conjunction, else where a caption would be broken.

    Args:
        words: of the clip, in order.
        duration_ms: of the clip.
        cuts: what the user took out of it; no clause has a gap.
        voice: where one is heard; None if nobody listened for it.
    """
    room = Room(BEFORE_MS, AFTER_MS, longest_pause_ms=SENTENCE_MS.end_ms, voice=Voice.of(voice) if voice else NO_VOICE)
    ordered = [word for sentence in sentences(words) for word in sentence.words]
    found: list[Candidate] = []
    for first, last, points in sorted(_rated(words), key=lambda one: -one[2])[:MOST_TRIED]:
        parts = [Sentence(tuple(part)) for part in (ordered[:first], ordered[first:last], ordered[last:]) if part]
        spans = Stretches(parts, duration_ms, cuts, room).spans([1 if first else 0])
        text = Sentence(tuple(ordered[first:last])).text
        if len(spans) == 1 and text and _fits(spans[0], ordered[first:last]):
            found.append(Candidate(spans[0], text, points))
    return found


def _fits(span: Span, run: Sequence[Word]) -> bool:
    is_inside = span.start_ms <= run[0].start_ms and run[-1].end_ms <= span.end_ms
    return is_inside and SENTENCE_MS.start_ms <= span.duration_ms <= SENTENCE_MS.end_ms


def _rated(words: Sequence[Word]) -> Iterator[tuple[int, int, float]]:
    """From which word to before which, and what speaks for it."""
    scorer, leaning = Scorer(list(words)), function_words(words)
    first = 0
    for sentence in sentences(words):
        run = sentence.words
        if sentence.span.duration_ms > SENTENCE_MS.start_ms:
            most = max(scorer.points(run) * SENTENCE_MS.end_ms / sentence.span.duration_ms, 1)
            costs = _edge_costs(run, leaning)
            for start, end in _runs(run, costs):
                said = WORDS_WEIGHT * scorer.points(run[start:end]) / most + SURE_WEIGHT * confidence(run[start:end])
                edges = costs[start] + costs[end] + HANGING_COST * (bare(run[start].shown) in CONNECTIVES)
                yield first + start, first + end, said - EDGE_WEIGHT * edges
        first += len(run)


def _runs(run: Sequence[Word], costs: Sequence[float]) -> Iterator[tuple[int, int]]:
    """All that is short enough, may be long enough with the silence around it, and is not the whole."""
    for start in range(len(run)):
        for end in range(start + 1, len(run) + 1):
            lasts_ms = run[end - 1].end_ms - run[start].start_ms
            if lasts_ms > SENTENCE_MS.end_ms:
                break
            is_long_enough = lasts_ms + BEFORE_MS + AFTER_MS >= SENTENCE_MS.start_ms
            if is_long_enough and end - start < len(run) and max(costs[start], costs[end]) <= WORST_EDGE:
                yield start, end


def _edge_costs(run: Sequence[Word], leaning: frozenset[str]) -> list[float]:
    """How badly a break before each word reads, and after the last one."""
    costs = [0.0] * (len(run) + 1)
    shown = [index for index, word in enumerate(run) if word.shown.strip()]
    breaker = LineBreaker([run[index] for index in shown], lambda _: 0.0, 1.0, 1, leaning)
    for number, (before, index) in enumerate(pairwise(shown), start=1):
        # What the user corrected to nothing is still heard: no clause begins or ends beside it.
        costs[before + 1 : index] = [GLUED] * (index - before - 1)
        share = CONJUNCTION_SHARE if bare(run[index].shown) in CONJUNCTIONS else OTHER_SHARE
        costs[index] = share * breaker.break_cost(number) if index == before + 1 else GLUED
    return costs
