"""Word times that captions can be made from: in speech, in order, long enough to see.

Whisper takes word times from its attention, which wanders over pauses: the first word after a silence may
begin seconds early (https://github.com/SYSTRAN/faster-whisper/issues/125), the last one before it ends late,
and some words get no length at all (https://github.com/SYSTRAN/faster-whisper/issues/919).
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from duskreel.timecode import Span, merge

WINDOW_PAUSE_MS = 2000
"""Whisper is given no longer pause than this"""
WINDOW_PADDING_MS = 400
"""and this much air before and after speech"""
SPEECH_PADDING_MS = 100
"""the air that is already in the spans of speech that `settle` is given"""
SHORTEST_WORD_MS = 50
LONGEST_WORD_MS = 2000
_CLEARLY_SPOKEN_MS = SPEECH_PADDING_MS + 120
"""of a word before a pause; less is within the error of the times, and the word belongs behind the pause"""
_USUAL_WORD_MS = 200
"""for a word of no length; the next one cuts it short where there is less room"""
_NEAR_SPEECH_MS = 300
"""speech detection may miss a quiet word beside louder ones; such a word keeps its time"""


@dataclass(frozen=True)
class HeardWord:
    """A word as the model gives it."""

    text: str
    """with the space that stands before it, in languages that put one"""
    start_ms: int | None
    end_ms: int | None
    probability: float


@dataclass(frozen=True)
class TimedWord:
    """A word with times that are certain to be there."""

    text: str
    start_ms: int
    end_ms: int
    probability: float


def settle(words: list[HeardWord], speech: list[Span], duration_ms: int) -> list[TimedWord]:
    """Give every word a time within the clip, in order, without overlaps, and within speech where it can be.

    Args:
        words: in the order in which they were said.
        speech: sorted, apart from each other; where somebody speaks.
        duration_ms: of the clip.

    Returns:
        The same words. Each is at least SHORTEST_WORD_MS long, unless the clip is too short for that many.
    """
    windows = _windows(speech)
    timed = [_into_window(word, windows, speech) for word in _interpolated(words, duration_ms)]
    return _in_order([_into_speech(word, speech) for word in timed], duration_ms)


def _interpolated(words: list[HeardWord], duration_ms: int) -> list[TimedWord]:
    """Share the time between the neighbours that have one among the words that have none."""
    timed: list[TimedWord] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word.start_ms is not None and word.end_ms is not None:
            end_ms = word.end_ms if word.end_ms > word.start_ms else word.start_ms + _USUAL_WORD_MS
            timed.append(TimedWord(word.text, word.start_ms, end_ms, word.probability))
            index += 1
            continue
        stop = index
        while stop < len(words) and (words[stop].start_ms is None or words[stop].end_ms is None):
            stop += 1
        from_ms = timed[-1].end_ms if timed else 0
        next_ms = words[stop].start_ms if stop < len(words) else None
        until_ms = max(duration_ms if next_ms is None else next_ms, from_ms)
        step_ms = min((until_ms - from_ms) / (stop - index), LONGEST_WORD_MS / 4)
        # Words without a time lean towards the next one that has one: a pause more often comes before them.
        first_ms = from_ms if next_ms is None else until_ms - step_ms * (stop - index)
        for place, missing in enumerate(words[index:stop]):
            start_ms = round(first_ms + place * step_ms)
            timed.append(TimedWord(missing.text, start_ms, round(start_ms + step_ms), missing.probability))
        index = stop
    return timed


def _windows(speech: list[Span]) -> list[Span]:
    """The stretches of sound that Whisper was given: speech with its shorter pauses, and air on either side."""
    reach_ms = WINDOW_PAUSE_MS - 2 * SPEECH_PADDING_MS
    air_ms = WINDOW_PADDING_MS - SPEECH_PADDING_MS
    bridged = merge(Span(span.start_ms, span.end_ms + reach_ms) for span in speech)
    return [Span(span.start_ms - air_ms, span.end_ms - reach_ms + air_ms) for span in bridged]


def _into_window(word: TimedWord, windows: list[Span], speech: list[Span]) -> TimedWord:
    """Put a word that lies across the end of a window on the side of the pause where it is spoken.

    Whisper hears the windows without the pauses between them, and faster-whisper puts a word that lies across
    such a seam wholly on the side of its middle. The first word after a long pause, which begins too early, then
    ends up before the pause.
    """
    middle_ms = (word.start_ms + word.end_ms) // 2
    for before, after in pairwise(windows):
        pause_ms = after.start_ms - before.end_ms
        if before.start_ms <= middle_ms <= before.end_ms < word.end_ms:
            return _spoken_side(word, _moved(word, pause_ms), speech)
        if word.start_ms < after.start_ms <= middle_ms <= after.end_ms:
            return _spoken_side(_moved(word, -pause_ms), word, speech)
    return word


def _spoken_side(early: TimedWord, late: TimedWord, speech: list[Span]) -> TimedWord:
    early_ms, late_ms = (max(_closeness_ms(word, span) for span in speech) for word in (early, late))
    return early if early_ms > max(late_ms, _CLEARLY_SPOKEN_MS) else late


def _moved(word: TimedWord, by_ms: int) -> TimedWord:
    return replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)


def _into_speech(word: TimedWord, speech: list[Span]) -> TimedWord:
    """Cut off what lies in silence, and move a word that lies in nothing else to the nearest speech."""
    if not speech:
        return _not_too_long(word)
    best = max(speech, key=lambda span: _closeness_ms(word, span))
    distance_ms = -_closeness_ms(word, best)
    if 0 < distance_ms <= _NEAR_SPEECH_MS:
        return _not_too_long(word)
    start_ms = min(max(word.start_ms, best.start_ms), max(best.end_ms - SHORTEST_WORD_MS, best.start_ms))
    end_ms = max(min(word.end_ms, best.end_ms), start_ms)
    return _not_too_long(replace(word, start_ms=start_ms, end_ms=end_ms))


def _closeness_ms(word: TimedWord, span: Span) -> int:
    """How long word and speech overlap; the distance between them as a negative number where they do not."""
    return min(word.end_ms, span.end_ms) - max(word.start_ms, span.start_ms)


def _not_too_long(word: TimedWord) -> TimedWord:
    return replace(word, end_ms=min(word.end_ms, word.start_ms + LONGEST_WORD_MS))


def _in_order(words: list[TimedWord], duration_ms: int) -> list[TimedWord]:
    """Resolve overlaps forwards, at the cost of the earlier word's end; then keep to the clip's end, backwards."""
    shortest_ms = min(SHORTEST_WORD_MS, duration_ms // len(words)) if words else 0
    forward: list[TimedWord] = []
    for word in words:
        start_ms = max(word.start_ms, 0)
        if forward and start_ms < forward[-1].end_ms:
            before = forward[-1]
            end_ms = max(start_ms, before.start_ms + shortest_ms)
            forward[-1] = replace(before, end_ms=end_ms)
            start_ms = end_ms
        forward.append(replace(word, start_ms=start_ms, end_ms=max(word.end_ms, start_ms + shortest_ms)))
    limit_ms = duration_ms
    for index in range(len(forward) - 1, -1, -1):
        end_ms = min(forward[index].end_ms, limit_ms)
        limit_ms = min(forward[index].start_ms, end_ms - shortest_ms)
        forward[index] = replace(forward[index], start_ms=limit_ms, end_ms=end_ms)
    return forward
