"""Words to caption pages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit.pages import FRAME_MS, Page, highlight_times, line_text, pages
from duskreel.edit.timeline import Timeline
from duskreel.library.entry import Word
from duskreel.timecode import Span
from edit.spoken import corrected, speeches, spoken, steadily


def letters(text: str) -> float:
    return float(len(text))


def paged(words: list[Word], width: float = 20, duration_ms: int = 60_000, **limits: int) -> list[Page]:
    return pages(words, measure=letters, max_width=width, duration_ms=duration_ms, **limits)


def texts(words: list[Word], width: float = 20, **limits: int) -> list[str]:
    return [page.text for page in paged(words, width, **limits)]


def test_what_fits_on_one_line_stays_on_it() -> None:
    assert texts(spoken("I made some soup")) == ["I made some soup"]


def test_two_lines_are_of_similar_length() -> None:
    assert texts(spoken("nobody asked people doing work")) == ["nobody asked\npeople doing work"]


def test_line_is_broken_after_a_comma_and_before_a_small_word() -> None:
    assert texts(spoken("now I hunt the storm of darkness")) == ["now I hunt the storm\nof darkness"]
    assert texts(spoken("my sister, who called yesterday")) == ["my sister,\nwho called yesterday"]


def test_article_stays_with_its_noun_and_a_name_in_one_piece() -> None:
    assert texts(spoken("somebody opened the window again")) == ["somebody opened\nthe window again"]
    assert texts(spoken("yesterday evening Anna Karenina called")) == ["yesterday evening\nAnna Karenina called"]


def test_sentence_always_ends_a_page() -> None:
    assert texts(spoken("Just like that. I left. Dr. Miller too.")) == ["Just like that.", "I left.", "Dr. Miller too."]


def test_pause_always_ends_a_page() -> None:
    assert texts(spoken("I was [501] so tired")) == ["I was", "so tired"]
    assert texts(spoken("I was [500] so tired")) == ["I was so tired"]


def test_no_short_word_is_left_alone() -> None:
    words = spoken("because people wanted everything finished before the holidays began for us")
    for width in range(12, 60):
        for page in paged(words, width):
            assert all(len(line_text(line)) > 4 for line in page.lines), (width, page.text)


def test_word_wider_than_a_line_stands_alone_on_it() -> None:
    shown = texts(spoken("an extraordinarily long one"), width=10)
    assert "extraordinarily" in "\n".join(shown).split("\n")


def test_word_is_never_split_and_parts_of_one_stay_together() -> None:
    assert "3.50" in " ".join(texts(spoken("it costs only about 3 .50 euros today"), width=12)).split()


def test_chinese_has_no_spaces_and_no_sign_at_a_line_s_beginning() -> None:
    words = spoken("今天我很累，可是明天会好的。", unspaced=True)
    shown = texts(words, width=6)
    assert "".join(shown).replace("\n", "") == "今天我很累，可是明天会好的。"
    assert not any(line[0] in "，。" for page in shown for line in page.split("\n"))


def test_word_corrected_to_nothing_is_not_shown() -> None:
    assert texts(corrected(spoken("I um went"), 1, "")) == ["I went"]
    assert paged(corrected(spoken("um"), 0, " ")) == []


def test_few_words_at_a_time() -> None:
    words = spoken("nobody asked the people behind it", word_ms=450)
    assert texts(words, max_words=1) == ["nobody", "asked", "the", "people", "behind", "it"]
    assert texts(words, max_words=3) == ["nobody asked", "the people", "behind it"]
    assert all(len(page.words) <= 8 for page in paged(spoken("今天我很累可是明天会好的", unspaced=True), max_words=4))


def test_tokens_of_an_unspaced_writing_and_parts_of_a_word_do_not_count_as_words() -> None:
    assert texts(spoken("今天我很", unspaced=True), max_words=2) == ["今天我很"]
    assert texts(spoken("about 3 .50 euros", word_ms=600), max_words=3) == ["about 3.50 euros"]


def test_pages_are_filled_evenly() -> None:
    words = spoken("eins zwei drei vier fünf sechs", word_ms=450)
    assert [len(page.words) for page in paged(words, max_words=5)] == [3, 3]


def test_page_is_not_gone_before_it_can_be_read() -> None:
    calm = spoken("nobody came,", word_ms=450) + spoken("everybody slept deeply", start_ms=900, word_ms=700)
    quick = spoken("nobody came,", word_ms=50) + spoken("everybody slept deeply", start_ms=100, word_ms=700)
    assert texts(calm, width=24, max_lines=1) == ["nobody came,", "everybody slept deeply"]
    assert texts(quick, width=24, max_lines=1) == ["nobody came, everybody", "slept deeply"]


def test_slow_speech_does_not_stand_for_longer_than_seven_seconds() -> None:
    shown = paged(spoken("so very slow was all of it that day", word_ms=1500), width=40)
    assert all(page.words[-1].end_ms - page.words[0].start_ms <= 7000 for page in shown)


def test_one_line_only() -> None:
    assert all("\n" not in text for text in texts(spoken("nobody asked the people who did it"), max_lines=1))


def test_page_comes_a_frame_before_its_word_but_not_over_the_one_before() -> None:
    first, second = paged(spoken("[1000] Hello there. Good night everybody."))
    assert first.span.start_ms == 967
    assert second.span.start_ms == 1600
    _, later = paged(spoken("Hello there. [2000] Good night."))
    assert later.span.start_ms == 2567


def test_page_stays_a_moment_after_its_last_word() -> None:
    first, _ = paged(spoken("Hello there everybody. [5000] Good night."))
    assert first.span.end_ms == 900 + 700


def test_quick_page_stays_long_enough_to_be_read() -> None:
    (page,) = paged(spoken("Yes.", word_ms=50))
    assert page.span.duration_ms == 833


def test_small_gap_between_pages_is_closed() -> None:
    first, second = paged(spoken("Hello there. [1200] Good night."))
    assert first.span.end_ms == second.span.start_ms
    first, second = paged(spoken("Hello there. [1300] Good night."))
    assert first.span.end_ms == 600 + 700 < second.span.start_ms


def test_last_page_ends_with_the_short() -> None:
    (page,) = paged(spoken("Good night."), duration_ms=1000)
    assert page.span == Span(0, 1000)
    assert paged(spoken("too late", start_ms=2000), duration_ms=1000) == []


@steadily
@given(
    speeches(max_words=60),
    st.integers(1, 60),
    st.integers(1, 3),
    st.none() | st.integers(1, 6),
)
def test_pages_hold_every_word_once_in_order_within_their_limits(
    words: list[Word], width: int, max_lines: int, max_words: int | None
) -> None:
    found = pages(
        words, measure=letters, max_width=width, max_lines=max_lines, max_words=max_words,
        duration_ms=words[-1].end_ms + 60 * FRAME_MS,
    )  # fmt: skip
    assert [word for page in found for word in page.words] == words
    for page in found:
        assert len(page.lines) <= max_lines
        assert all(len(line) == 1 or letters(line_text(line)) <= width for line in page.lines)
        assert all(line for line in page.lines)


@steadily
@given(speeches(max_words=60), st.integers(0, 2000))
def test_pages_never_overlap_nor_outlast_the_short(words: list[Word], less_ms: int) -> None:
    duration_ms = max(words[-1].end_ms - less_ms, 1)
    found = paged(Timeline.whole(duration_ms).retime(words), duration_ms=duration_ms)
    assert all(0 <= page.span.start_ms < page.span.end_ms <= duration_ms for page in found)
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(found))


@steadily
@given(speeches(max_words=60))
def test_page_is_there_when_its_words_are_said(words: list[Word]) -> None:
    said = [word for word in words if word.end_ms - word.start_ms >= FRAME_MS]
    for page in paged(said, duration_ms=words[-1].end_ms + 1000):
        assert all(page.span.start_ms <= w.start_ms and w.end_ms <= page.span.end_ms for w in page.words)


def test_highlight_stays_on_a_word_until_the_next_one() -> None:
    (page,) = paged(spoken("[1000] so [400] very tired"))
    assert [(word.text, span) for word, span in highlight_times(page)] == [
        ("so", Span(1000, 1700)),
        ("very", Span(1700, 2000)),
        ("tired", Span(2000, 2600)),
    ]


def test_highlight_of_the_last_word_ends_with_the_page() -> None:
    page = Page(Span(0, 1000), (tuple(spoken("so tired")), tuple(spoken("today", start_ms=600))))
    assert highlight_times(page)[-1][1] == Span(600, 1000)


@steadily
@given(speeches(max_words=60))
def test_highlights_follow_each_other_within_the_page(words: list[Word]) -> None:
    for page in paged(words, duration_ms=words[-1].end_ms + 1):
        times = highlight_times(page)
        assert [word for word, _ in times] == list(page.words)
        edges = [edge for _, span in times for edge in span]
        assert edges == sorted(edges)
        assert page.span.start_ms <= edges[0] <= edges[-1] <= page.span.end_ms


@pytest.mark.parametrize("width", [14, 18, 24, 40])
def test_same_words_give_the_same_pages(width: int) -> None:
    words = spoken("I did not know what to say, I mean, I smiled and then I went to the bathroom and cried.")
    assert paged(words, width) == paged(list(reversed(words)), width)
