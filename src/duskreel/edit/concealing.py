"""What a short hides of what it shows: words that nobody is to hear or read, and parts of the picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from duskreel.edit.wording import CLAUSE_END, CLOSING, SENTENCE_END
from duskreel.library.entry import Word
from duskreel.timecode import Span

Sounding = Literal["bleep", "mute", "keep"]
MASK = "•••"
"""instead of a word in captions, whatever its length: the number of letters tells a name to whoever knows it"""


@dataclass(frozen=True)
class HiddenWords:
    """Neighbouring words that captions and subtitles mask."""

    span: Span
    """from the first word's start to the last one's end, in the clip's ms"""
    sounding: Sounding
    """what is heard in their place: a tone, nothing, or the words still"""


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


def masked(words: Iterable[Word], hidden: Sequence[HiddenWords]) -> list[Word]:
    """The words as captions show them. Punctuation stays, so that sentences and pages break where they did.

    Args:
        words: with the clip's times.
        hidden: a word is masked if its middle lies in one of these.
    """
    return [replace(word, corrected=_mask(word)) if _is_hidden(word, hidden) else word for word in words]


def _is_hidden(word: Word, hidden: Sequence[HiddenWords]) -> bool:
    middle_ms = (word.start_ms + word.end_ms) // 2
    return any(each.span.start_ms <= middle_ms < max(each.span.end_ms, each.span.start_ms + 1) for each in hidden)


def _mask(word: Word) -> str:
    shown = word.shown.strip()
    if not shown:
        return word.shown
    rest = shown.rstrip(SENTENCE_END + CLAUSE_END + CLOSING)
    return MASK + shown[len(rest) :]
