"""How long a text takes to read, by the speeds that subtitle guides allow adults in each writing.

Characters per second as the Netflix Timed Text Style Guides give them: English 20, Simplified Chinese 9, Korean 12,
and Japanese 7 where the captions are in the language that is spoken. Spaces and punctuation count
(https://backlothelp.netflix.com/hc/en-us/articles/115001352212).
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import category, east_asian_width

ALPHABETIC_CPS = 20
CHINESE_CPS = 9
JAPANESE_CPS = 7
"""of kana; the Chinese signs between them count as Chinese"""
KOREAN_CPS = 12
UNCOUNTED = ("Mn", "Me", "Cf", "Cc")
"""kinds of characters that are part of the one before, or not seen at all"""
JOINER = "\u200d"
"""makes one emoji of several"""
SKIN_TONES = range(0x1F3FB, 0x1F400)


def character_count(text: str) -> int:
    """How many characters a reader sees, spaces and punctuation included, line feeds not."""
    return sum(1 for _ in _counted(text))


# Pages are tried again and again with the same words.
@lru_cache(maxsize=8192)
def reading_ms(text: str) -> float:
    """The least time in which the guides would show a text."""
    return sum(1000 / _limit_cps(character) for character in _counted(text))


def _counted(text: str) -> Iterator[str]:
    for before, character in pairwise(f"\n{text}"):
        is_part = before == JOINER or ord(character) in SKIN_TONES
        if not is_part and category(character) not in UNCOUNTED:
            yield character


def _limit_cps(character: str) -> int:
    if "\u3041" <= character <= "\u30ff" or "\uff66" <= character <= "\uff9f":
        return JAPANESE_CPS
    if "\uac00" <= character <= "\ud7a3":
        return KOREAN_CPS
    # An emoji is as wide as a Chinese sign, but not read like one.
    is_wide = east_asian_width(character) in ("W", "F") and category(character) != "So"
    return CHINESE_CPS if is_wide else ALPHABETIC_CPS
