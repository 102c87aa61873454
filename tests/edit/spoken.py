"""Words with times, written down as text."""

import re
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from duskreel.library.entry import Word

WORD_MS = 300
steadily = settings(deadline=None, max_examples=60)
"""for properties: a busy machine is no failure"""


def spoken(text: str, start_ms: int = 0, word_ms: int = WORD_MS, unspaced: bool = False) -> list[Word]:
    """Words of `word_ms` each, one right after the other; ``[800]`` is a pause of so many milliseconds.

    Unspaced text is divided at every sign, as Whisper does it with Chinese.
    """
    words: list[Word] = []
    time_ms = start_ms
    for part in list(text) if unspaced else text.split():
        if pause := re.fullmatch(r"\[(\d+)\]", part):
            time_ms += int(pause[1])
        else:
            words.append(Word(part, time_ms, time_ms + word_ms, 0.9))
            time_ms += word_ms
    return words


def corrected(words: list[Word], index: int, text: str) -> list[Word]:
    return [*words[:index], replace(words[index], corrected=text), *words[index + 1 :]]


TEXTS = st.sampled_from(
    ["I", "the", "a", "and", "but", "went", "home,", "yesterday", "Dr.", "3.50", "soup.", "Why?", "…", "well-known",
     "今天", "我。", "unbelievablylongword", "No.", "ok"]
)  # fmt: skip


@st.composite
def speeches(draw: st.DrawFn, max_words: int = 40) -> list[Word]:
    """Words in order that do not overlap, some without length, with pauses of all lengths."""
    words: list[Word] = []
    time_ms = draw(st.integers(0, 3000))
    for _ in range(draw(st.integers(1, max_words))):
        length_ms = draw(st.sampled_from([0, 20, 120, 300, 700, 2500]))
        words.append(Word(draw(TEXTS), time_ms, time_ms + length_ms, draw(st.floats(0, 1))))
        time_ms += length_ms + draw(st.sampled_from([0, 0, 0, 40, 200, 450, 700, 1300, 6000]))
    return words
