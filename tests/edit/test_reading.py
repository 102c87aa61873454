"""Whether captions can be read while they are there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.pages import Page, pages
from duskreel.edit.reading import characters_per_second, reading_of, remarks, speed
from duskreel.edit.reading_time import character_count, reading_ms
from duskreel.library.entry import Word
from duskreel.timecode import Span
from edit.spoken import speeches, spoken, steadily


def page(*lines: str, start_ms: int = 0, end_ms: int = 1000) -> Page:
    words = (tuple(Word(text, start_ms, end_ms, 1.0) for text in line.split()) for line in lines)
    return Page(Span(start_ms, end_ms), tuple(words))


def paged(words: list[Word], **limits: int) -> list[Page]:
    return pages(words, measure=lambda text: float(len(text)), max_width=20, duration_ms=60_000, **limits)


def test_letters_digits_punctuation_and_spaces_count_but_not_the_break_between_lines() -> None:
    assert characters_per_second(page("It's 3.50, right?")) == 17
    assert characters_per_second(page("one two", "three", end_ms=2000)) == 6


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ế", 1),
        ("E\u0302\u0301", 1),
        ("กตัญญู", 4),
        ("بِسْمِ", 3),
        ("👨\u200d👩\u200d👧", 1),
        ("👍🏽", 1),
        ("❤\ufe0f", 1),
        ("今天，", 3),
        ("", 0),
        ("\u200e\n", 0),
    ],
)
def test_a_character_is_what_a_reader_sees(text: str, count: int) -> None:
    assert character_count(text) == count


@pytest.mark.parametrize(
    ("text", "cps"),
    [("a " * 50, 20), ("今天" * 50, 9), ("ありがとう" * 20, 7), ("안녕하세요" * 20, 12), ("שלום" * 25, 20)],
)
def test_each_writing_has_a_limit_of_its_own(text: str, cps: int) -> None:
    assert character_count(text) * 1000 / reading_ms(text) == pytest.approx(cps)


def test_a_page_at_the_limit_can_just_be_read() -> None:
    assert speed(page("x" * 20)) == pytest.approx(1)
    assert speed(page("今" * 9)) == pytest.approx(1)
    assert speed(page("今" * 18)) == pytest.approx(2)


def test_reading_sums_up_the_pages() -> None:
    shown = [page("x" * 30), page("one two three", start_ms=1000, end_ms=4000)]
    found = reading_of(shown)
    assert found.fastest_cps == 30
    assert found.share_over_limit == 0.25
    assert found.words_per_minute == 60
    assert reading_of([]).fastest_cps == 0


def test_chinese_signs_are_counted_as_half_words() -> None:
    signs = Page(Span(0, 1000), (tuple(spoken("今天我很", unspaced=True)),))
    assert reading_of([signs]).words_per_minute == 120


def test_nobody_is_told_of_ordinary_speech() -> None:
    words = spoken("I did not know what to say, so I smiled, and then I went home and slept.", word_ms=330)
    for max_words in (None, 1, 6):
        assert remarks(paged(words, **({} if max_words is None else {"max_words": max_words}))) == []
    assert remarks([]) == []


def test_words_one_by_one_are_judged_by_how_fast_they_follow_each_other() -> None:
    words = spoken("nobody asked the people behind it", word_ms=250)
    assert max(characters_per_second(one) for one in paged(words, max_words=1)) > 20
    assert remarks(paged(words, max_words=1)) == []


def test_a_word_thrown_in_fast_is_no_reason_to_speak() -> None:
    slow = [page("one two three", start_ms=start, end_ms=start + 3000) for start in (0, 3000, 6000)]
    assert remarks([*slow, page("x" * 60, start_ms=20_000, end_ms=21_000)]) == []


def test_speech_that_nobody_can_follow_is_told_in_numbers() -> None:
    fast = [page("x" * 40, start_ms=start, end_ms=start + 1000) for start in range(0, 9000, 1000)]
    (said,) = remarks(fast)
    assert "up to 40 characters a second, where about 20" in said
    (said,) = remarks([page("今" * 30, end_ms=2000)])
    assert "up to 15 characters a second, where about 9" in said


@steadily
@given(speeches(max_words=40), st.none() | st.integers(1, 6))
def test_speed_is_what_its_page_says(words: list[Word], max_words: int | None) -> None:
    shown = paged(words, **({} if max_words is None else {"max_words": max_words}))
    found = reading_of(shown)
    assert 0 <= found.share_over_limit <= 1
    for one in shown:
        letters = sum(character not in "\n" for character in one.text)
        assert characters_per_second(one) == pytest.approx(letters * 1000 / one.span.duration_ms)
        assert characters_per_second(one) <= found.fastest_cps
        assert speed(one) >= characters_per_second(one) / 20 - 1e-9
    assert all(said.endswith(".") for said in remarks(shown))
