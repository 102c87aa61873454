"""Which moment of a day a reel shows: decisions about words and looks, without opening any clip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from duskreel.edit.pauses import AFTER_MS, BEFORE_MS, Room
from duskreel.edit.scoring import Scorer
from duskreel.edit.sentences import Sentence, sentences
from duskreel.edit.stretches import Stretches
from duskreel.edit.voice import NO_VOICE, Voice
from duskreel.edit.wording import joined
from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, Word
from duskreel.memories.days import Month
from duskreel.timecode import Span, intersect, subtract, total_ms

MomentKind = Literal["second", "sentence"]

SECOND_MS = Span(1_000, 1_500)
SENTENCE_MS = Span(1_500, 6_000)
"""how short and how long a moment may be"""
ODD_SECOND_MS = Span(600, 2_500)
"""where no words fit a second, rather this than to cut into one"""
EDGE_MS = 500
"""at a clip's start and end, somebody reaches for the camera"""
WORDLESS_STEP_MS = 500
"""between two moments that are tried where nobody speaks"""
ENOUGH_GAP_MS = 240
"""a pause that nobody would take for a cut"""
HARD_DAY = 2
"""and all moods below it"""

SPEECH_WEIGHT, QUIET_ENDS_WEIGHT, CONFIDENCE_WEIGHT = 1.0, 0.6, 0.4
"""beside what a look may have: `export.cover.score`"""
WORDS_WEIGHT, SURE_WEIGHT = 3.0, 1.0
"""of a sentence; words count as much as the whole look of its picture"""


@dataclass(frozen=True)
class Stretch:
    """Days, from the first to the last one, and what they are called."""

    first: date
    last: date
    name: str
    """``2026-11``, ``2026``, or ``2026-11-01 to 2026-11-20``"""

    @classmethod
    def named(cls, text: str) -> "Stretch":
        """Read ``2026-11``, ``2026``, ``2026-11-23`` or ``2026-11-01..2026-11-20``.

        Raises:
            ValueError: it is none of these, or ends before it begins.
        """
        first, dots, last = text.partition("..")
        if not dots:
            return cls(_days_of(text)[0], _days_of(text)[1], text)
        start, end = _days_of(first)[0], _days_of(last)[1]
        if end < start:
            raise ValueError(f"{last} is before {first}")
        return cls(start, end, f"{first} to {last}")


def _days_of(text: str) -> tuple[date, date]:
    numbers = text.split("-")
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise ValueError(f"{text!r} is no day, month or year")
    if len(numbers) == 1:
        year = int(text)
        return date(year, 1, 1), date(year, 12, 31)
    if len(numbers) == 2:
        first = date(int(numbers[0]), int(numbers[1]), 1)
        return first, Month.of(first).last_day
    day = date.fromisoformat(text)
    return day, day


@dataclass(frozen=True)
class Candidate:
    """A stretch of a clip that might stand for its day, and what speaks for it, apart from its look."""

    span: Span
    text: str
    points: float
    """the more the better"""


def wanted_days(entries: Sequence[Entry], *, keeps_hard_days: bool) -> dict[date, list[Entry]]:
    """The entries that a reel may show, by day, both in the order of time.

    What is hidden from memories is out, and with it, if hard days are left out, every day whose mood is low.
    """
    days: dict[date, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.recorded_at, entry.id)):
        if not entry.hidden_from_memories and entry.duration_ms > 0:
            days.setdefault(entry.recorded_at.date(), []).append(entry)
    ordered = dict(sorted(days.items()))
    return ordered if keeps_hard_days else {day: those for day, those in ordered.items() if not _is_hard(those)}


def _is_hard(entries: Sequence[Entry]) -> bool:
    moods = [int(entry.mood) for entry in entries if entry.mood is not None]
    return bool(moods) and int(sum(moods) / len(moods) + 0.5) <= HARD_DAY


def seconds_of(words: Sequence[Word], duration_ms: int, cuts: Sequence[Span]) -> list[Candidate]:
    """Stretches of 1.0 to 1.5 s that begin and end between words.

    Args:
        words: of the clip, in order; none where nobody speaks or nobody has listened.
        duration_ms: of the clip.
        cuts: what the user took out of it; no moment shows any of it.

    Returns:
        At least one, unless nothing is left of the clip: of a shorter one, all there is.
    """
    inner, whole = _free(duration_ms, cuts), subtract([Span(0, duration_ms)], cuts)
    for free, limits in ((inner, SECOND_MS), (whole, SECOND_MS), (whole, ODD_SECOND_MS)):
        found = [*_spoken(words, duration_ms, limits), *_wordless(words, free)]
        left = [one for one in found if intersect(free, [one.span]) == [one.span]]
        if left:
            return left
    longest = max(whole, key=lambda span: span.duration_ms, default=None)
    if longest is None:
        return []
    end_ms = min(longest.end_ms, longest.start_ms + SECOND_MS.end_ms)
    return [Candidate(Span(longest.start_ms, end_ms), "", 0.0)]


def sentences_of(
    words: Sequence[Word], duration_ms: int, cuts: Sequence[Span], voice: Sequence[Span] | None
) -> list[Candidate]:
    """Whole sentences that last from 1.5 to 6 s with a little silence around them; the best by their words first.

    Args:
        words: as for `seconds_of`.
        duration_ms: likewise.
        cuts: likewise.
        voice: where one is heard; None if nobody listened for it.
    """
    parts = sentences(words)
    if not parts:
        return []
    room = Room(BEFORE_MS, AFTER_MS, longest_pause_ms=SENTENCE_MS.end_ms, voice=Voice.of(voice) if voice else NO_VOICE)
    stretches = Stretches(parts, duration_ms, cuts, room)
    points = Scorer(list(words)).scores(parts).sentences
    most = max(*points, 1)
    found = [
        Candidate(span, part.text, WORDS_WEIGHT * points[index] / most + SURE_WEIGHT * confidence(part.words))
        for index, part in enumerate(parts)
        if (span := _only(stretches.spans([index]))) is not None and _is_whole(part, span)
    ]
    return sorted(found, key=lambda one: -one.points)


def _only(spans: Sequence[Span]) -> Span | None:
    """The one stretch; None for a sentence that the user has cut something out of."""
    return spans[0] if len(spans) == 1 else None


def _is_whole(part: Sentence, span: Span) -> bool:
    says_something = bool(part.text.strip())
    is_inside = span.start_ms <= part.span.start_ms and part.span.end_ms <= span.end_ms
    return says_something and is_inside and SENTENCE_MS.start_ms <= span.duration_ms <= SENTENCE_MS.end_ms


def _free(duration_ms: int, cuts: Sequence[Span]) -> list[Span]:
    """What may be shown; without the clip's ends, if it is long enough to do without."""
    inner = Span(EDGE_MS, duration_ms - EDGE_MS)
    whole = inner if inner.duration_ms >= SECOND_MS.end_ms else Span(0, duration_ms)
    return subtract([whole], cuts)


def _spoken(words: Sequence[Word], duration_ms: int, limits: Span) -> Iterator[Candidate]:
    """Runs of words with what silence belongs to them, long enough and not too long."""
    edges = [0, *(edge for word in words for edge in (word.start_ms, word.end_ms)), duration_ms]
    gaps = [Span(before, after) for before, after in pairwise(edges)][::2]
    for first in range(len(words)):
        for last in range(first, len(words)):
            if words[last].end_ms - words[first].start_ms > limits.end_ms:
                break
            span = _around(words[first : last + 1], gaps[first], gaps[last + 1], limits)
            if span is not None:
                yield _spoken_candidate(words[first : last + 1], span)


def _around(run: Sequence[Word], before: Span, after: Span, limits: Span) -> Span | None:
    """The run with silence around it, of which a short pause is shared with the next word."""
    lasts_ms = run[-1].end_ms - run[0].start_ms
    lead_ms, tail_ms = max(before.duration_ms, 0) // 2, max(after.duration_ms, 0) // 2
    wished_ms = lasts_ms + min(lead_ms, BEFORE_MS) + min(tail_ms, AFTER_MS)
    length_ms = min(max(wished_ms, limits.start_ms), limits.end_ms)
    tail_ms = min(tail_ms, max(length_ms - lasts_ms - min(lead_ms, BEFORE_MS), (length_ms - lasts_ms) // 2))
    lead_ms = min(lead_ms, length_ms - lasts_ms - tail_ms)
    span = Span(run[0].start_ms - lead_ms, run[-1].end_ms + tail_ms)
    return span if lasts_ms > 0 and span.duration_ms >= limits.start_ms else None


def _spoken_candidate(run: Sequence[Word], span: Span) -> Candidate:
    spoken_ms = total_ms(intersect([span], [Span(word.start_ms, word.end_ms) for word in run]))
    quiet = [run[0].start_ms - span.start_ms, span.end_ms - run[-1].end_ms]
    ends = sum(min(ms, ENOUGH_GAP_MS // 2) for ms in quiet) / ENOUGH_GAP_MS
    points = (
        SPEECH_WEIGHT * spoken_ms / span.duration_ms + QUIET_ENDS_WEIGHT * ends + CONFIDENCE_WEIGHT * confidence(run)
    )
    return Candidate(span, joined(run), points)


def _wordless(words: Sequence[Word], free: Sequence[Span]) -> Iterator[Candidate]:
    silent = subtract(free, [Span(word.start_ms - BEFORE_MS // 2, word.end_ms + AFTER_MS // 2) for word in words])
    for span in silent:
        for start_ms in range(span.start_ms, span.end_ms - SECOND_MS.start_ms + 1, WORDLESS_STEP_MS):
            yield Candidate(Span(start_ms, min(start_ms + SECOND_MS.end_ms, span.end_ms)), "", QUIET_ENDS_WEIGHT)


def confidence(words: Sequence[Word]) -> float:
    """How sure it is, from 0 to 1, that these words were said; at least one."""
    sure = [1.0 if word.corrected is not None else word.probability for word in words]
    return sum(sure) / len(sure)


def check_not_empty(days: dict[date, list[Entry]], stretch: Stretch) -> None:
    """Refuse a stretch with nothing to show.

    Raises:
        DiaryError: no day of it has an entry that a reel may show.
    """
    if not days:
        raise DiaryError(
            f"There is nothing to show of {stretch.name}: no entry, or none that memories may show.",
            "Choose other days.",
        )
