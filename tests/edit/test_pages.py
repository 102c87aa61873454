"""Words to caption pages."""

import random
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.edit import pages as paging
from duskreel.edit.function_words import function_words
from duskreel.edit.lines import LineBreaker
from duskreel.edit.pages import FRAME_MS, LEAD_MS, LONGEST_PAGE_MS, Page, highlight_times, line_text, pages
from duskreel.edit.reading import reading_of, speed
from duskreel.edit.timeline import Timeline
from duskreel.library.entry import Word
from duskreel.timecode import Span
from edit.spoken import corrected, scripted_speeches, speeches, spoken, steadily


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


# Reading speed


def test_fast_page_before_a_pause_stays_until_it_is_read() -> None:
    (page,) = paged(spoken("everybody was talking about holidays", word_ms=180), width=40)
    assert page.span == Span(0, 1800), "36 characters at 20 a second"


def test_even_a_very_fast_page_does_not_stay_for_long_after_its_words() -> None:
    (page,) = paged(spoken("everybody was talking about holidays", word_ms=20), width=40)
    assert page.span == Span(0, 100 + 1500)


def test_slow_page_stays_no_longer_than_before() -> None:
    (page,) = paged(spoken("nobody was there", word_ms=600), width=40)
    assert page.span == Span(0, 1800 + 700)


def test_page_that_stays_gives_way_to_the_next_word() -> None:
    first, second = paged(spoken("everybody was talking about it. [900] Nobody cared.", word_ms=100), width=40)
    assert first.span.end_ms == second.span.start_ms == 500 + 900 - LEAD_MS


def test_a_hurried_page_hands_a_word_to_one_with_time() -> None:
    """The long words are said fast, what follows is slow: the page of the long words takes the slow one in."""
    fast = spoken("who has always believed", word_ms=140) + spoken("in me,", start_ms=560, word_ms=80)
    words = fast + spoken("would surely disagree now", start_ms=720, word_ms=500)
    shown = paged(words, width=16)
    hurried = paged_as_before(words, width=16)
    assert max(map(speed, shown)) < max(map(speed, hurried))


def paged_as_before(words: list[Word], width: float = 20, **limits: int) -> list[Page]:
    """As if reading speed did not matter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "HURRY_WEIGHT", 0.0)
        patch.setattr(paging, "LONGEST_HOLD_MS", 0)
        return paged(words, width, **limits)


STORY = (
    "Honestly I did not understand what had happened, because everything went terribly fast and nobody explained "
    "anything to us. We were supposed to present the quarterly figures together, and then somebody from headquarters "
    "interrupted, which was unbelievably embarrassing. Afterwards, when I finally got home, I sat down in the kitchen "
    "and thought about it for a while. I think that I am going to be alright, probably, although my grandmother, who "
    "has always believed in me, would definitely disagree with that."
)


def told(seed: int, cps: float) -> list[Word]:
    """A story by somebody who is now fast and now slow, with pauses for breath."""
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    words: list[Word] = []
    time_ms, left, pace = 0, 0, 1.0
    for text in STORY.split():
        if left == 0:
            left, pace = chance.randrange(4, 14), chance.uniform(0.7, 1.4)
            time_ms += chance.choice([0, 120, 450, 700, 1800])
        length_ms = round(1000 * (len(text) + 1) / (cps * pace))
        words.append(Word(text, time_ms, time_ms + length_ms, 0.9))
        time_ms, left = time_ms + length_ms, left - 1
    return words


@pytest.mark.parametrize(("width", "limits"), [(26, {}), (18, {"max_words": 6}), (32, {})])
def test_pages_of_fast_speech_are_easier_to_read_than_if_speed_did_not_matter(
    width: int, limits: dict[str, int]
) -> None:
    """Speech cannot be slowed down, so it is little that can be gained: what pages lack and their neighbours have."""
    stories = [told(seed, cps) for seed in range(15) for cps in (16, 20, 24)]
    found = [paged(words, width, **limits) for words in stories]
    before = [paged_as_before(words, width, **limits) for words in stories]
    assert sum(map(lacking_ms, found)) < 0.98 * sum(map(lacking_ms, before))
    assert sum(reading_of(one).fastest_cps for one in found) < sum(reading_of(one).fastest_cps for one in before)
    assert sum(map(really_fast_ms, found)) < sum(map(really_fast_ms, before))


def lacking_ms(shown: list[Page]) -> float:
    """By how much pages are too short to be read, together."""
    return sum(max(0.0, (speed(page) - 1) * page.span.duration_ms) for page in shown)


def really_fast_ms(shown: list[Page]) -> int:
    return sum(page.span.duration_ms for page in shown if speed(page) > 1.2)


def test_speech_at_ease_is_divided_as_if_speed_did_not_matter() -> None:
    for seed in range(10):
        assert paged(told(seed, 11), 26) == paged_as_before(told(seed, 11), 26)


# What holds for words of any writing


def lone_short(page: Page, words: list[Word]) -> bool:
    breaker = LineBreaker(words, letters, 20, 2, function_words(words))
    start = words.index(page.words[0])
    return breaker.is_lone_short(start, start + len(page.words))


def joins_to_one_page(page: Page, other: Page, words: list[Word], width: float) -> bool:
    """Whether two pages in a row could as well have been one, with no word alone on a line."""
    together = [*page.words, *other.words]
    if together[-1].end_ms - together[0].start_ms > LONGEST_PAGE_MS - 700:
        return False
    breaker = LineBreaker(together, letters, width, 2, function_words(words))
    layout = breaker.layout(0, len(together))
    if layout is None:
        return False
    edges = [0, *accumulate(layout.counts)]
    return all(end - start > 1 for start, end in pairwise(edges))


@steadily
@given(scripted_speeches(), st.integers(14, 40))
def test_no_short_word_stands_alone_on_a_page_that_a_neighbour_could_take_it_from(
    words: list[Word], width: int
) -> None:
    shown = paged(words, width)
    for one, other in pairwise(shown):
        before, after = one.words[-1], other.words[0]
        is_one_block = after.start_ms - before.end_ms <= 500 and before.shown[-1] not in ".。؟。"
        if is_one_block and (lone_short(one, words) or lone_short(other, words)):
            assert not joins_to_one_page(one, other, words, width), (one.text, other.text)


@steadily
@given(scripted_speeches(), st.integers(6, 40), st.none() | st.integers(1, 6))
def test_pages_of_any_writing_keep_what_they_promise(words: list[Word], width: int, max_words: int | None) -> None:
    duration_ms = words[-1].end_ms + 400
    shown = pages(words, measure=letters, max_width=width, max_words=max_words, duration_ms=duration_ms)
    assert [word for page in shown for word in page.words] == words
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(shown))
    for page in shown:
        assert len(page.lines) <= 2
        assert all(len(line) == 1 or letters(line_text(line)) <= width for line in page.lines)
        assert page.words[0].start_ms - LEAD_MS <= page.span.start_ms <= page.words[0].start_ms
        assert page.words[-1].end_ms <= page.span.end_ms <= duration_ms
        assert [span.start_ms for _, span in highlight_times(page)] == [word.start_ms for word in page.words]


@steadily
@given(scripted_speeches(), st.integers(0, 30), st.sampled_from(["", "gone", "今天", "two words"]))
def test_a_correction_keeps_its_time(words: list[Word], index: int, text: str) -> None:
    index %= len(words)
    shown = paged(corrected(words, index, text), 24, duration_ms=words[-1].end_ms + 400)
    times = [(word.start_ms, word.end_ms) for page in shown for word in page.words]
    kept = [(word.start_ms, word.end_ms) for number, word in enumerate(words) if text or number != index]
    assert times == kept
