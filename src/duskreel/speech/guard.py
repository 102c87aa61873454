"""Keeps invented text out of a transcript, and makes the times of real words usable.

Whisper writes something for any sound that it is given, most of all for long pauses. Speech detection in
front of it removes most of the temptation; what is judged here is the rest. Everything is a pure function.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import fmean

from duskreel.library.entry import Segment, Word
from duskreel.speech.hallucinations import CREDITS, FAREWELLS, plain
from duskreel.speech.word_times import HeardWord, TimedWord, settle
from duskreel.timecode import Span

LONGEST_PAUSE_IN_SEGMENT_MS = 2000
"""a longer one divides a segment, so that no caption stays on over a silence"""
LEAST_REPETITIONS_OF_A_LOOP = 4
LANGUAGES_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
"""as faster_whisper.tokenizer splits them; there a word without a space before it is a word all the same"""

_LONGEST_PHRASE_IN_A_LOOP = 12
_LOOP_COMPRESSION_RATIO = 2.4
"""above it Whisper's own decoder takes a text for a loop: https://github.com/openai/whisper, transcribe.py"""
_LEAST_SPOKEN_SHARE = 0.1
_ISOLATION_MS = 3000


@dataclass(frozen=True)
class HeardSegment:
    """A stretch of text as the model gives it, with its own doubts."""

    words: tuple[HeardWord, ...]
    no_speech_prob: float
    """0 to 1: that the window of up to 30 s around it holds no speech"""
    avg_logprob: float
    """mean of the natural logarithms of the tokens' probabilities, at most 0"""
    compression_ratio: float
    """length of the window's text by its length compressed; over 2.4 it repeats itself"""

    @property
    def text(self) -> str:
        """As it would be shown."""
        return "".join(word.text for word in self.words).strip()

    @property
    def mean_probability(self) -> float:
        """Of its words; 0 without any."""
        return fmean(word.probability for word in self.words) if self.words else 0.0

    def span(self) -> Span | None:
        """From the first known start to the last known end, or None where no time is known."""
        starts = [word.start_ms for word in self.words if word.start_ms is not None]
        ends = [word.end_ms for word in self.words if word.end_ms is not None]
        return Span(min(starts), max(ends)) if starts and ends else None


def clean(segments: list[HeardSegment], speech: list[Span], *, duration_ms: int, language: str) -> tuple[Segment, ...]:
    """What was really said, ready for the diary.

    Args:
        segments: in order, as heard.
        speech: sorted, apart from each other; where speech detection hears somebody.
        duration_ms: of the clip.
        language: ISO 639-1; decides whether words are told apart by spaces.
    """
    checks: tuple[Callable[[HeardSegment], bool], ...] = (
        lambda segment: bool(plain(segment.text)),
        lambda segment: not is_doubted(segment),
        lambda segment: overlaps_speech(segment, speech),
    )
    kept = [segment for segment in segments if all(check(segment) for check in checks)]
    kept = without_loops(kept)
    kept = [s for i, s in enumerate(kept) if not is_stock_phrase(kept, i, speech)]
    if language not in LANGUAGES_WITHOUT_SPACES:
        kept = [replace(segment, words=_joined_fragments(segment.words)) for segment in kept]
    return _as_segments(kept, speech, duration_ms)


def is_doubted(segment: HeardSegment) -> bool:
    """Whether the model itself says that this is not speech, or that it is guessing.

    The first rule is Whisper's own with a less lenient bound; the second catches what it writes at high
    temperatures, where every word is a throw of the dice.
    """
    if segment.no_speech_prob > 0.6 and segment.avg_logprob < -0.8:
        return True
    return segment.avg_logprob < -1.2 and segment.mean_probability < 0.35


def overlaps_speech(segment: HeardSegment, speech: list[Span]) -> bool:
    """Whether somebody speaks during more than a sliver of it. One without times is given the benefit."""
    span = segment.span()
    return span is None or _spoken_share(span, speech) >= _LEAST_SPOKEN_SHARE


def without_loops(segments: list[HeardSegment]) -> list[HeardSegment]:
    """Reduce what repeats itself without end to its first time, within a segment and from one to the next.

    People repeat themselves, too: only four times or more in a text that is suspiciously compressible counts.
    """
    single: list[HeardSegment] = []
    for _, group in groupby(segments, key=lambda segment: plain(segment.text)):
        same = list(group)
        is_loop = len(same) >= LEAST_REPETITIONS_OF_A_LOOP and any(map(_is_compressible, same))
        single.extend(same[:1] if is_loop else same)
    return [replace(s, words=_without_repetitions(s.words)) if _is_compressible(s) else s for s in single]


def is_stock_phrase(segments: list[HeardSegment], index: int, speech: list[Span]) -> bool:
    """Whether this segment is one of the phrases that Whisper makes up, and the sound speaks against it."""
    segment = segments[index]
    phrase = plain(segment.text)
    is_unsure = (
        segment.no_speech_prob > 0.4
        or segment.avg_logprob < -0.8
        or segment.mean_probability < 0.5
        or _spoken_share(segment.span() or Span(0, 0), speech) < 0.5
    )
    if CREDITS.search(phrase):
        return is_unsure or _is_isolated(segments, index)
    return phrase in FAREWELLS and is_unsure


def _is_compressible(segment: HeardSegment) -> bool:
    return segment.compression_ratio > _LOOP_COMPRESSION_RATIO


def _spoken_share(span: Span, speech: list[Span]) -> float:
    spoken_ms = sum(max(min(span.end_ms, s.end_ms) - max(span.start_ms, s.start_ms), 0) for s in speech)
    return spoken_ms / max(span.duration_ms, 1)


def _is_isolated(segments: list[HeardSegment], index: int) -> bool:
    """Whether nothing else is said within a few seconds on either side."""
    own = segments[index].span()
    others = [span for i, s in enumerate(segments) if i != index and (span := s.span())]
    return own is None or all(
        other.start_ms - own.end_ms > _ISOLATION_MS or own.start_ms - other.end_ms > _ISOLATION_MS for other in others
    )


def _without_repetitions(words: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
    """Keep the first of any phrase that follows itself four times or more."""
    plain_words = [plain(word.text) for word in words]
    kept: list[HeardWord] = []
    index = 0
    while index < len(words):
        length, times = _repetition_at(plain_words, index)
        kept.extend(words[index : index + length])
        index += length * times
    return tuple(kept)


def _repetition_at(words: list[str], index: int) -> tuple[int, int]:
    """Words in the shortest phrase that loops from here on, and how often it comes; (1, 1) for none."""
    for length in range(1, _LONGEST_PHRASE_IN_A_LOOP + 1):
        phrase = words[index : index + length]
        times = 1
        while words[index + times * length : index + (times + 1) * length] == phrase:
            times += 1
        if times >= LEAST_REPETITIONS_OF_A_LOOP:
            return length, times
    return 1, 1


def _joined_fragments(words: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
    """Put back together what the tokenizer parted without a space: “self” + “-esteem”, “50” + “%”."""
    joined: list[HeardWord] = []
    for word in words:
        if joined and not word.text.startswith(" "):
            before = joined[-1]
            joined[-1] = HeardWord(
                text=before.text + word.text,
                start_ms=before.start_ms,
                end_ms=word.end_ms if word.end_ms is not None else before.end_ms,
                probability=min(before.probability, word.probability),
            )
        else:
            joined.append(word)
    return tuple(joined)


def _as_segments(segments: list[HeardSegment], speech: list[Span], duration_ms: int) -> tuple[Segment, ...]:
    words = [word for segment in segments for word in segment.words if word.text.strip()]
    timed = iter(settle(words, speech, duration_ms))
    divided: list[list[TimedWord]] = []
    for segment in segments:
        own = [next(timed) for word in segment.words if word.text.strip()]
        divided.extend(_divided_at_pauses(own))
    return tuple(
        Segment(
            start_ms=words[0].start_ms,
            end_ms=words[-1].end_ms,
            words=tuple(Word(w.text.strip(), w.start_ms, w.end_ms, w.probability) for w in words),
        )
        for words in divided
    )


def _divided_at_pauses(words: list[TimedWord]) -> list[list[TimedWord]]:
    divided: list[list[TimedWord]] = []
    for word in words:
        if divided and word.start_ms - divided[-1][-1].end_ms <= LONGEST_PAUSE_IN_SEGMENT_MS:
            divided[-1].append(word)
        else:
            divided.append([word])
    return divided
