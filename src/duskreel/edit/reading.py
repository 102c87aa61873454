"""Whether caption pages can be read while they are there, and what to tell the user if not.

Guides for films allow 20 characters a second. On social platforms people take dense text in their stride (Netflix
Timed Text Style Guide for marketing assets: near-verbatim, and faster than otherwise), so the user is told only of
what is far beyond.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duskreel.edit.pages import Page, word_counts
from duskreel.edit.reading_time import character_count, reading_ms
from duskreel.timecode import Span

GLANCE_MS = 2000
"""pages that follow each other are judged together until they last this long: words that come one by one are read
like a sentence, however short each is there"""
REALLY_FAST = 1.3
"""times the guides' limit: 26 characters a second in English, some 270 words a minute"""
REMARKABLE_SHARE = 0.2
"""of the time with captions"""
ABSURD_CPS = 999
"""more than which nobody needs to be told of"""


@dataclass(frozen=True)
class Reading:
    """How fast the captions of a short are to be read."""

    fastest_cps: float
    """characters per second of the fastest page; 0 without pages"""
    share_over_limit: float
    """of the time with captions, how much goes to pages that are faster than the guides allow"""
    words_per_minute: float
    """while captions are there; a syllable of Chinese, Japanese or Thai counts half"""


def characters_per_second(page: Page) -> float:
    """A page's speed as the Netflix Timed Text Style Guide counts it: spaces and punctuation too.

    What the guide allows depends on the writing: see `speed`.
    """
    return character_count(page.text) * 1000 / page.span.duration_ms


def speed(page: Page) -> float:
    """How many times faster than the guides allow for its writing; up to 1, it can be read."""
    return reading_ms(page.text) / page.span.duration_ms


def reading_of(pages: Sequence[Page]) -> Reading:
    """Sum up how fast pages are to be read."""
    shown_ms = sum(page.span.duration_ms for page in pages)
    if not shown_ms:
        return Reading(0.0, 0.0, 0.0)
    hurried_ms = sum(page.span.duration_ms for page in pages if speed(page) > 1)
    words = sum(sum(word_counts(page.words)) for page in pages)
    return Reading(max(map(characters_per_second, pages)), hurried_ms / shown_ms, words * 60_000 / shown_ms)


def remarks(pages: Sequence[Page]) -> list[str]:
    """Say so if captions are far too fast to be read for a good part of the time.

    Returns:
        Sentences for the user; mostly none.
    """
    stretches = [(span, text) for span, text in _stretches(pages) if span.duration_ms > 0]
    shown_ms = sum(span.duration_ms for span, _ in stretches)
    fast = [(span, text) for span, text in stretches if reading_ms(text) > REALLY_FAST * span.duration_ms]
    fast_ms = sum(span.duration_ms for span, _ in fast)
    if not fast or fast_ms < REMARKABLE_SHARE * shown_ms:
        return []
    most = max(character_count(text) * 1000 / span.duration_ms for span, text in fast)
    comfortable = max(character_count(text) * 1000 / reading_ms(text) for _, text in fast)
    fastest = (
        f"up to {min(round(most), ABSURD_CPS)} characters a second, where about {round(comfortable)} are read at ease"
    )
    return [f"The captions are hard to follow: {fastest}. Keeping the pauses gives them more time."]


def _stretches(pages: Sequence[Page]) -> Iterator[tuple[Span, str]]:
    """Pages that follow each other without a gap, taken together until they last for a while, and their text."""
    gathered: list[Page] = []
    for page in pages:
        if gathered:
            span = Span(gathered[0].span.start_ms, gathered[-1].span.end_ms)
            if span.end_ms < page.span.start_ms or span.duration_ms >= GLANCE_MS:
                yield span, " ".join(one.text for one in gathered)
                gathered = []
        gathered.append(page)
    if gathered:
        yield Span(gathered[0].span.start_ms, gathered[-1].span.end_ms), " ".join(one.text for one in gathered)
