"""Text as the index holds it, the pieces of it that a search shows, and when they were said."""

import unicodedata
from bisect import bisect_right

from duskreel.library.entry import Transcript
from duskreel.library.values import HIT_END, HIT_START

SEARCHED = ("title", "note", "transcript", "tags")
"""the columns of the index that hold such text"""

_SNIPPET_CHARACTERS = 40
_CONTROL_CHARACTERS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_LEFT_OUT = "…"


def searchable(text: str) -> str:
    """Text as the index holds it: in one spelling of accents, without control characters, which mark hits."""
    plain = text.encode("utf-8", "replace").decode().translate(_CONTROL_CHARACTERS)
    return unicodedata.normalize("NFC", plain)


def sets_no_spaces(text: str) -> bool:
    """Whether words cannot be told apart by looking for spaces."""
    return any(unicodedata.name(sign, "").startswith(_WITHOUT_SPACES) for sign in text if sign > "\u0dff")


def snippet(texts: list[str], term: str) -> str:
    """A piece of the first of these texts that holds the term, with the term marked."""
    for text in texts:
        at = text.lower().find(term.lower())
        if at < 0:
            continue
        start, end = max(at - _SNIPPET_CHARACTERS, 0), at + len(term)
        before, after = text[start:at], text[end : end + _SNIPPET_CHARACTERS]
        more = ("…" if start else "", "…" if end + _SNIPPET_CHARACTERS < len(text) else "")
        return f"{more[0]}{before}{HIT_START}{text[at:end]}{HIT_END}{after}{more[1]}"
    return ""


def time_of(snippet: str, transcript: Transcript) -> int | None:
    """When the first marked word of a search's snippet is said, in ms; None where it is not from this transcript."""
    before, mark, after = snippet.partition(HIT_START)
    if not mark:
        return None
    before = before.lstrip(_LEFT_OUT)
    after = after.replace(HIT_START, "").replace(HIT_END, "").rstrip(_LEFT_OUT)
    words = [word for word in transcript.words() if word.shown]
    starts, text = _laid_out([searchable(word.shown) for word in words])
    at = text.find(before + after)
    return words[bisect_right(starts, at + len(before)) - 1].start_ms if at >= 0 and words else None


def _laid_out(words: list[str]) -> tuple[list[int], str]:
    """The text that the index holds, and where in it each word starts."""
    starts, length = [], 0
    for word in words:
        starts.append(length)
        length += len(word) + 1
    return starts, " ".join(words)
