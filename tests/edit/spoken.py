"""Words with times, written down as text."""

import re
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from duskreel.edit.pauses import AFTER_MS, BEFORE_MS, SHORTEST_CUT_MS, Room
from duskreel.edit.voice import Voice
from duskreel.library.entry import Word
from duskreel.timecode import Span, intersect

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


def voices(duration_ms: int, most: int = 8) -> st.SearchStrategy[list[Span]]:
    """Stretches of time within a clip, as a voice might fill them: in any order, some over others."""
    starts, lengths = st.integers(0, duration_ms), st.sampled_from([30, 200, 500, 900, 2500, 7000])
    return st.lists(st.builds(lambda start, length: Span(start, start + length), starts, lengths), max_size=most)


WRITINGS = (
    "I the went home, yesterday because unbelievably tired soup. it was 3 and",
    "ich habe gestern, Donaudampfschifffahrt sehr müde. und der 20",
    "أنا ذهبت إلى البيت، أمس لأن متعب جدا. و 25",
    "אני הלכתי הביתה, אתמול כי עייף מאוד. ו 20",
    "今天 我 很 累， 可是 明天 会 好的。 也 3",
    "わたし は きのう、 とても 疲れた です。 が",
    "ฉัน ไป บ้าน เมื่อวาน เพราะ เหนื่อย มาก และ",
    "나는 어제 집에 갔다. 너무 피곤해서, 그리고 잤다",
    "ok 😀 👨‍👩‍👧 fine, 🇩🇪 wow. yes",
)


@st.composite
def scripted_speeches(draw: st.DrawFn) -> list[Word]:
    """As `speeches`, in one of several writings, of words that each take at least a fifteenth of a second."""
    texts = draw(st.sampled_from(WRITINGS)).split()
    words: list[Word] = []
    time_ms = draw(st.integers(0, 1000))
    for _ in range(draw(st.integers(1, 40))):
        length_ms = draw(st.sampled_from([70, 120, 300, 300, 700]))
        words.append(Word(draw(st.sampled_from(texts)), time_ms, time_ms + length_ms, 0.9))
        time_ms += length_ms + draw(st.sampled_from([0, 0, 0, 40, 200, 450, 700, 2500]))
    return words


def speech_spans(
    words: Iterable[Word], duration_ms: int, *, before_ms: int = BEFORE_MS, after_ms: int = AFTER_MS
) -> list[Span]:
    """What must stay of a clip when its pauses go: found in another way than the product does it.

    Args:
        words: in any order; one corrected to nothing still has its sound.
        duration_ms: of the clip; nothing is kept beyond it.
        before_ms: room before each word.
        after_ms: room after each word.

    Returns:
        Spans in order, at least `SHORTEST_CUT_MS` apart; none without words.
    """
    kept: list[Span] = []
    for word in sorted(words, key=lambda word: word.start_ms):
        start_ms, end_ms = word.start_ms - before_ms, word.end_ms + after_ms
        last_end_ms = kept[-1].end_ms if kept else 0
        if start_ms - last_end_ms < SHORTEST_CUT_MS:
            start_ms = kept.pop().start_ms if kept else 0
            end_ms = max(end_ms, last_end_ms)
        kept.append(Span(start_ms, end_ms))
    if kept and duration_ms - kept[-1].end_ms < SHORTEST_CUT_MS:
        kept[-1] = Span(kept[-1].start_ms, duration_ms)
    return intersect(kept, [Span(0, duration_ms)])


rooms = st.builds(
    lambda before, after, longest, voice: Room(before, after, max(longest, before + after), voice),
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(0, 2000),
    voices(12_000).map(Voice.of),
)
