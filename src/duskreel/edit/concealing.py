"""What a short hides of what it shows: words that nobody is to hear or read, and parts of the picture."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from duskreel.edit.wording import CLAUSE_END, CLOSING, OPENING, SENTENCE_END
from duskreel.library.entry import Word
from duskreel.library.review_notes import Choice
from duskreel.timecode import Span

Sounding = Literal["bleep", "mute", "keep"]
SOUNDING: dict[Choice | None, Sounding] = {"bleep": "bleep", "mute": "mute", "caption": "keep"}
"""choices that hide words in place, and what is heard then"""
MASK = "•••"
"""instead of a word in captions, whatever its length: the number of letters tells a name to whoever knows it"""
SAME_BREATH_MS = 300
"""Between two hidden words with nobody's word in between, a shorter pause is hidden with them."""


@dataclass(frozen=True)
class HiddenWords:
    """Neighbouring words that captions and subtitles mask."""

    span: Span
    """from the first word's start to the last one's end, in the clip's ms"""
    sounding: Sounding
    """what is heard in their place: a tone, nothing, or the words still"""


@dataclass(frozen=True)
class HiddenSound:
    """A stretch of the clip in which nothing of what was said may be heard. Its ends are as rough as those of words."""

    span: Span
    """in the clip's ms"""
    sounding: Literal["bleep", "mute"]
    before: Span | None
    """the last word before it that is to be heard; None if there is none"""
    after: Span | None
    """the first one after it"""


@dataclass(frozen=True)
class HiddenRegion:
    """A part of the picture at one moment of the clip, in fractions of the upright picture's width and height."""

    time_ms: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class HiddenTrack:
    """A face, or anything else that moves, on its way through the clip; blurred from its first region's time to its
    last one's.
    """

    regions: tuple[HiddenRegion, ...]
    """in the order of time; in between, they are interpolated"""


@dataclass(frozen=True)
class Concealment:
    """Everything that a short hides. Pickles, as part of what the export is asked for."""

    words: tuple[HiddenWords, ...] = ()
    tracks: tuple[HiddenTrack, ...] = ()
    """blurred beyond recognition"""
    blurs_others: bool = False
    """look for all faces but the speaker's, and blur them too"""
    blurs_background: bool = False

    @property
    def changes_picture(self) -> bool:
        """Whether any picture is other than recorded."""
        return bool(self.tracks) or self.blurs_others or self.blurs_background


NOTHING_HIDDEN = Concealment()


def hidden_by(choices: Iterable[tuple[Span, Choice | None]]) -> tuple[HiddenWords, ...]:
    """The words that choices hide in place, by their times in the clip; in order, each once."""
    hidden = {HiddenWords(span, SOUNDING[choice]) for span, choice in choices if choice in SOUNDING}
    return tuple(sorted(hidden, key=lambda each: (each.span, each.sounding)))


def masked(words: Iterable[Word], hidden: Sequence[HiddenWords]) -> list[Word]:
    """The words as captions show them. Punctuation stays, so that sentences and pages break where they did.

    Args:
        words: with the clip's times.
        hidden: a word is masked if it is mostly in one of these, or one of these is in it.
    """
    places = _Places(hidden)
    return [replace(word, corrected=_mask(word)) if places.hide(word) else word for word in words]


def hidden_sounds(words: Iterable[Word], hidden: Iterable[HiddenWords]) -> tuple[HiddenSound, ...]:
    """What the sound is to lose, and which words beside it are to stay whole.

    Args:
        words: all of the clip's, hidden or not, with its times.
        hidden: those that may still be heard are passed over.

    Returns:
        In order of time.
    """
    silenced = sorted((each for each in hidden if each.sounding != "keep"), key=lambda each: each.span)
    places = _Places(silenced)
    heard = sorted((Span(word.start_ms, word.end_ms) for word in words if not places.hide(word)), key=_middle_ms)
    middles_ms = [_middle_ms(span) for span in heard]
    runs: list[HiddenSound] = []
    for each in silenced:
        found = _between_neighbours(each, heard, middles_ms)
        if runs and _is_same_breath(runs[-1], found):
            found = replace(runs[-1], span=Span(runs[-1].span.start_ms, max(runs[-1].span.end_ms, found.span.end_ms)))
            runs.pop()
        runs.append(found)
    return tuple(runs)


def _between_neighbours(each: HiddenWords, heard: Sequence[Span], middles_ms: Sequence[int]) -> HiddenSound:
    at = bisect_left(middles_ms, _middle_ms(each.span))
    before, after = heard[at - 1] if at else None, heard[at] if at < len(heard) else None
    return HiddenSound(each.span, "mute" if each.sounding == "mute" else "bleep", before, after)


def _is_same_breath(one: HiddenSound, other: HiddenSound) -> bool:
    is_alike = (one.sounding, one.before, one.after) == (other.sounding, other.before, other.after)
    return is_alike and other.span.start_ms - one.span.end_ms < SAME_BREATH_MS


def is_hidden_by(word: Word, span: Span) -> bool:
    """Whether a word, whose edges may be others than when it was decided, is one of those in a hidden stretch: the
    middle of either lies in the other.
    """
    own = Span(word.start_ms, word.end_ms)
    return _holds(span, _middle_ms(own)) or _holds(own, _middle_ms(span))


class _Places:
    """Hidden stretches, to be looked up for each of many words."""

    def __init__(self, hidden: Iterable[HiddenWords]) -> None:
        self._spans = sorted({each.span for each in hidden})
        self._starts_ms = [span.start_ms for span in self._spans]
        self._longest_ms = max((span.duration_ms for span in self._spans), default=0)

    def hide(self, word: Word) -> bool:
        first = bisect_left(self._starts_ms, word.start_ms - self._longest_ms)
        last = bisect_right(self._starts_ms, word.end_ms)
        return any(is_hidden_by(word, span) for span in self._spans[first:last])


def _holds(span: Span, time_ms: int) -> bool:
    """A word may have no length."""
    return span.start_ms <= time_ms < max(span.end_ms, span.start_ms + 1)


def _middle_ms(span: Span) -> int:
    return (span.start_ms + span.end_ms) // 2


def _mask(word: Word) -> str:
    shown = word.shown.strip()
    if not shown:
        return word.shown
    opened = shown.lstrip(OPENING)
    rest = opened.rstrip(SENTENCE_END + CLAUSE_END + CLOSING)
    return shown[: len(shown) - len(opened)] + MASK + opened[len(rest) :]
