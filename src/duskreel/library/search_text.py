"""Text as the index holds it, the sentence around a hit in it, and when it was said."""

import sys
import unicodedata
from array import array
from collections.abc import Iterable, Sequence

from duskreel.library.entry import Transcript
from duskreel.library.values import HIT_END, HIT_START

SEARCHED = ("title", "note", "transcript", "tags")
"""the columns of the index that hold such text"""

_LONGEST_SENTENCE = 160
"""characters that are shown of a sentence; of a longer one, the part around the hit"""
_BEFORE, _AFTER = 40, 70
_CONTROL_CHARACTERS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "。", "！", "？")
_LEFT_OUT = "…"
_NO_TIME = 0
_LATEST_MS = 2**32 - 1


def searchable(text: str) -> str:
    """Text as the index holds it: in one spelling of accents, without control characters, which mark hits."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.encode("utf-8", "replace").decode().translate(_CONTROL_CHARACTERS)
    return unicodedata.normalize("NFC", plain)


def folded(word: str) -> str:
    """A word without accents and capitals, as the words of the index are."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))


def sets_no_spaces(text: str) -> bool:
    """Whether words cannot be told apart by looking for spaces."""
    return any(unicodedata.name(sign, "").startswith(_WITHOUT_SPACES) for sign in text if sign > "\u0dff")


def word_starts(transcript: Transcript) -> bytes:
    """When each piece of ``searchable(transcript.text)`` between spaces is said: 32-bit ms, little-endian."""
    words = list(transcript.words())
    return starts_of([word.shown for word in words], [word.start_ms for word in words])


def starts_of(shown: Sequence[str], starts_ms: Sequence[int]) -> bytes:
    """The same of words as they are shown, in order, and when each begins."""
    times = array("I")
    is_plain = bool(shown) and all(shown) and searchable(" ".join(shown)).count(" ") == len(shown) - 1
    if is_plain and min(starts_ms) >= _NO_TIME and max(starts_ms) <= _LATEST_MS:
        times.extend(starts_ms)
    else:
        for word, start_ms in zip(shown, starts_ms, strict=True):
            if word:
                times.extend([min(max(start_ms, _NO_TIME), _LATEST_MS)] * (searchable(word).count(" ") + 1))
    return _as_stored(times).tobytes()


def time_of(marked: str, starts: bytes) -> int | None:
    """When the first marked word of a whole transcript is said.

    Args:
        marked: the transcript as the index holds it, each hit between HIT_START and HIT_END.
        starts: from `word_starts`.

    Returns:
        Milliseconds; None where nothing is marked, or no time is known.
    """
    before, mark, _ = marked.partition(HIT_START)
    times = array("I")
    times.frombytes(starts)
    piece = before.count(" ")
    return _as_stored(times)[piece] if mark and piece < len(times) else None


def _as_stored(times: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        times.byteswap()
    return times


def mark(text: str, terms: Iterable[str]) -> str:
    """The text with each place marked where one of the terms stands, also within a word; "" if none does."""
    lowered = text.lower()
    found: list[tuple[int, int]] = []
    for term in (term.lower() for term in terms):
        at = lowered.find(term)
        if at >= 0 and len(lowered) == len(text):
            found.append((at, at + len(term)))
    pieces, end = [], 0
    for start, stop in sorted(found):
        if start >= end:
            pieces += [text[end:start], HIT_START, text[start:stop], HIT_END]
            end = stop
    return "".join([*pieces, text[end:]]) if found else ""


def sentence(marked: str) -> str:
    """The sentence around the first mark, or of a long one the part around it, with all marks in it."""
    begin, stop = marked.find(HIT_START), marked.find(HIT_END)
    if begin < 0:
        return ""
    start = max((marked.rfind(end, 0, begin) + len(end) for end in _SENTENCE_ENDS if end in marked[:begin]), default=0)
    ends = [at + len(end.strip()) for end in _SENTENCE_ENDS if (at := marked.find(end, stop)) >= 0]
    end = min(ends, default=len(marked))
    if end - start <= _LONGEST_SENTENCE:
        return marked[start:end].strip()
    return _part(marked, begin, stop, start, end)


def _part(marked: str, begin: int, stop: int, start: int, end: int) -> str:
    """What stands next to the hit between these ends of its sentence, without half words where words have spaces."""
    first, last = max(start, begin - _BEFORE), min(end, stop + _AFTER)
    if first > start:
        space = marked.find(" ", first, begin)
        first = space + 1 if space >= 0 else first
    if last < end:
        space = marked.rfind(" ", stop, last)
        last = space if space > stop else last
    piece = marked[first:last]
    if piece.count(HIT_START) > piece.count(HIT_END):
        piece = piece[: piece.rfind(HIT_START)]
    return f"{_LEFT_OUT if first > start else ''}{piece.strip()}{_LEFT_OUT if last < end else ''}"
