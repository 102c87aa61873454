"""What the index takes of a transcript: the words as shown, and when each is said.

A thousand transcripts are half a million words. Where all of them are plainly in order, none of them is made a `Word`;
wherever one is not, the whole is read as everywhere else, with every question that is asked there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from operator import itemgetter
from typing import Any

from duskreel.library.entry import Transcript, transcript_from_json
from duskreel.library.json_reader import ABSURD, Json
from duskreel.library.search_text import starts_of

_FACTS = itemgetter("text", "start_ms", "end_ms", "probability")
_NUMBERS = {int, float}


@dataclass(frozen=True)
class Spoken:
    """What was said, as the index keeps it."""

    text: str
    """as `Transcript.text`"""
    word_starts: bytes
    """of these words, from `search_text.starts_of`"""


def spoken(transcript: Transcript) -> Spoken:
    """Of a transcript that has been read."""
    words = list(transcript.words())
    return _spoken([word.shown for word in words], [word.start_ms for word in words])


def spoken_from_json(data: Json) -> Spoken:
    """Of transcript.json, the same as ``spoken(transcript_from_json(data))``.

    Raises:
        ValueError: as for `transcript_from_json`, and whatever else nonsense leads to there.
    """
    try:
        plain = _plain_words(data["segments"])
    except (KeyError, TypeError, AttributeError):
        plain = None
    if plain is None:
        return spoken(transcript_from_json(data))
    transcript_from_json({**data, "segments": []})
    return _spoken(*plain)


def _plain_words(segments: Any) -> tuple[list[str], list[int]] | None:
    """Words as shown and their starts; None where anything is not as this program writes it.

    Raises:
        KeyError, TypeError, AttributeError: likewise.
    """
    if type(segments) is not list:
        return None
    shown: list[str] = []
    starts: list[int] = []
    edges: list[int] = []
    for segment in segments:
        edges += segment["start_ms"], segment["end_ms"]
        words = segment["words"]
        if type(words) is not list:
            return None
        if not words:
            continue
        texts, begins, ends, probabilities = zip(*map(_FACTS, words), strict=True)
        corrected = [word.get("corrected") for word in words]
        if not ({str}.issuperset(map(type, texts)) and _NUMBERS.issuperset(map(type, probabilities))):
            return None
        if not ({str, type(None)}.issuperset(map(type, corrected)) and all(map(isfinite, probabilities))):
            return None
        shown += [text if instead is None else instead for text, instead in zip(texts, corrected, strict=True)]
        starts += begins
        edges += begins + ends
    if not {int}.issuperset(map(type, edges)):
        return None
    return (shown, starts) if not edges or -ABSURD <= min(edges) <= max(edges) <= ABSURD else None


def _spoken(shown: Sequence[str], starts_ms: Sequence[int]) -> Spoken:
    return Spoken(" ".join(filter(None, shown)), starts_of(shown, starts_ms))
