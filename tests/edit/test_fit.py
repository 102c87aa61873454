"""What a short shows of a clip."""

from itertools import chain, combinations, pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from duskreel.edit.fit import NATURAL_PAUSE_MS, Selection, Wishes, plan
from duskreel.edit.pauses import AFTER_MS, BEFORE_MS, LONGEST_TAIL_MS, SHORTEST_CUT_MS, Room
from duskreel.edit.scoring import Scorer
from duskreel.edit.sentences import sentences
from duskreel.edit.stretches import Stretches
from duskreel.edit.timeline import Timeline
from duskreel.edit.voice import LONGEST_WORDLESS_MS
from duskreel.library.entry import Word
from duskreel.timecode import Span, intersect, merge, subtract, total_ms
from edit.spoken import corrected, speech_spans, speeches, spoken, steadily, voices

STORY = spoken(
    "[1000] Yesterday my project was cancelled. [2000] Nobody asked the people behind it. [900] "
    "Grandmother made soup. [4000] Good night."
)
STORY_MS = 16_000

cuts = st.lists(
    st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40_000), st.integers(0, 5000)),
    max_size=4,
)


def kept_words(selection: Selection) -> list[Word]:
    return [word for sentence in selection.kept for word in sentence.words]


def texts(selection: Selection) -> list[str]:
    return [sentence.text for sentence in selection.kept]


def test_nothing_asked_for_keeps_everything() -> None:
    selection = plan(STORY, STORY_MS, target_ms=None, trim=False)
    assert selection == Selection(Timeline.whole(STORY_MS), tuple(sentences(STORY)), (), was_shortened=False)


def test_clip_that_fits_is_left_alone() -> None:
    assert plan(STORY, STORY_MS, target_ms=STORY_MS, trim=False).timeline == Timeline.whole(STORY_MS)


def test_trimming_takes_the_pauses_and_nothing_else() -> None:
    selection = plan(STORY, STORY_MS, target_ms=None, trim=True)
    assert selection.timeline.kept == tuple(speech_spans(STORY, STORY_MS))
    assert kept_words(selection) == STORY


def trimmed(words: list[Word], duration_ms: int) -> tuple[Span, ...]:
    return plan(words, duration_ms, target_ms=None, trim=True).timeline.kept


def test_every_word_keeps_its_room() -> None:
    assert trimmed(spoken("[1000] hello [3000] again"), 9000) == (Span(750, 1650), Span(4050, 4950))


def test_cut_that_saves_nothing_is_not_made() -> None:
    assert trimmed(spoken("[399] a [749] b"), 2247) == (Span(0, 2247),)
    assert trimmed(spoken("[400] a [750] b"), 2250) == (Span(150, 1050), Span(1200, 2100))


@steadily
@given(speeches(), st.integers(0, 500), st.integers(0, 500))
def test_trimming_leaves_each_word_its_room_and_nothing_else(words: list[Word], before_ms: int, after_ms: int) -> None:
    duration_ms = words[-1].end_ms + 1000
    selection = plan(words, duration_ms, target_ms=None, trim=True, before_ms=before_ms, after_ms=after_ms)
    shown = speech_spans(words, duration_ms, before_ms=before_ms, after_ms=after_ms)
    assert selection.timeline == Timeline(tuple(shown))


def test_cuts_are_taken_out_in_any_case() -> None:
    cut = Span(500, 5000)
    assert plan(STORY, STORY_MS, cuts=[cut], target_ms=None, trim=False).timeline.kept == (
        Span(0, 500),
        Span(5000, STORY_MS),
    )
    for trim in (True, False):
        for target_ms in (None, 8000, 3000):
            timeline = plan(STORY, STORY_MS, cuts=[cut], target_ms=target_ms, trim=trim).timeline
            assert subtract(timeline.kept, [cut]) == list(timeline.kept)


def test_word_mostly_in_a_cut_is_gone_and_its_sentence_goes_on() -> None:
    words = spoken("I really hated it.")
    selection = plan(words, 1200, cuts=[Span(310, 590)], target_ms=None, trim=False)
    assert texts(selection) == ["I hated it."]
    assert selection.left_out == ()


def test_sliver_between_two_cuts_does_not_flash() -> None:
    selection = plan(STORY, STORY_MS, cuts=[Span(13_000, 14_000), Span(14_080, 15_000)], target_ms=None, trim=False)
    assert selection.timeline.kept == (Span(0, 13_000), Span(15_000, STORY_MS))


def test_whole_sentences_are_kept_in_order_and_the_rest_is_named() -> None:
    selection = plan(STORY, STORY_MS, target_ms=7000, trim=False)
    assert texts(selection) == ["Nobody asked the people behind it.", "Grandmother made soup.", "Good night."]
    assert [sentence.text for sentence in selection.left_out] == ["Yesterday my project was cancelled."]
    assert not selection.was_shortened


def test_natural_pause_between_neighbours_stays_up_to_a_measure() -> None:
    words = spoken(
        "Yesterday my project ended. [1200] Nobody asked me anything. [5000] Grandmother made soup. " + "la " * 40
    )
    first, second, third, _ = sentences(words)
    selection = plan(words, 30_000, target_ms=12_000, trim=False)
    assert selection.kept[:3] == (first, second, third)
    timeline = selection.timeline

    def between(one: Span, other: Span) -> int:
        return (timeline.to_output(other.start_ms) or 0) - (timeline.to_output(one.end_ms - 1) or 0) - 1

    assert between(first.span, second.span) == 1200
    assert between(second.span, third.span) == NATURAL_PAUSE_MS


def test_trimmed_sentences_that_all_fit_are_all_kept() -> None:
    trimmed_ms = plan(STORY, STORY_MS, target_ms=None, trim=True).timeline.duration_ms
    assert len(plan(STORY, STORY_MS, target_ms=trimmed_ms, trim=True).kept) == 4
    assert len(plan(STORY, STORY_MS, target_ms=trimmed_ms - 1, trim=True).kept) < 4


@steadily
@given(speeches(), cuts, st.integers(0, 30_000), st.booleans())
def test_short_is_never_longer_than_asked(words: list[Word], cuts: list[Span], target_ms: int, trim: bool) -> None:
    duration_ms = words[-1].end_ms + 500
    selection = plan(words, duration_ms, cuts=cuts, target_ms=target_ms, trim=trim)
    assert selection.timeline.duration_ms <= target_ms
    assert all(span.start_ms >= 0 and span.end_ms <= duration_ms for span in selection.timeline.kept)


@steadily
@given(speeches(), cuts, st.none() | st.integers(0, 30_000), st.booleans())
def test_no_word_is_partly_heard(words: list[Word], cuts: list[Span], target_ms: int | None, trim: bool) -> None:
    """Except where the user's own cut goes through it."""
    selection = plan(words, words[-1].end_ms + 500, cuts=cuts, target_ms=target_ms, trim=trim)
    kept = kept_words(selection)
    for word in words:
        said = [Span(word.start_ms, word.end_ms)]
        if said[0].duration_ms and subtract(said, cuts) == said:
            silenced = subtract(said, selection.timeline.kept)
            assert silenced == ([] if word in kept else said)


@steadily
@given(speeches(), cuts, st.none() | st.integers(0, 30_000), st.booleans())
def test_every_sentence_is_kept_or_named_as_left_out(
    words: list[Word], cuts: list[Span], target_ms: int | None, trim: bool
) -> None:
    duration_ms = words[-1].end_ms + 500
    selection = plan(words, duration_ms, cuts=cuts, target_ms=target_ms, trim=trim)
    free = Timeline(tuple(subtract([Span(0, duration_ms)], cuts)))
    accounted = sorted(
        (word for part in (*selection.kept, *selection.left_out) for word in part.words),
        key=words.index,
    )
    assert accounted == [word for word in words if free.shows(word)]
    assert kept_words(selection) == sorted(kept_words(selection), key=words.index)


@steadily
@given(speeches(max_words=30), st.integers(1000, 15_000), st.booleans())
def test_no_other_choice_of_whole_sentences_tells_more(words: list[Word], target_ms: int, trim: bool) -> None:
    parts = sentences(words)
    assume(len(parts) <= 8)
    duration_ms = words[-1].end_ms + 500
    selection = plan(words, duration_ms, target_ms=target_ms, trim=trim)
    assume(not selection.was_shortened and selection.left_out)
    room = Room(BEFORE_MS, AFTER_MS, BEFORE_MS + AFTER_MS if trim else NATURAL_PAUSE_MS)
    stretches = Stretches(parts, duration_ms, (), room)
    scores = Scorer(words).scores(parts)
    every = chain.from_iterable(combinations(range(len(parts)), size) for size in range(1, len(parts) + 1))
    best = max(scores.total(choice) for choice in every if total_ms(stretches.spans(choice)) <= target_ms)
    assert scores.total([parts.index(part) for part in selection.kept]) == best


def test_sentence_too_long_for_the_short_stops_at_a_comma() -> None:
    words = spoken("Yesterday evening my project ended suddenly, because the manager wanted something cheaper instead.")
    selection = plan(words, 4000, target_ms=3000, trim=False)
    assert texts(selection) == ["Yesterday evening my project ended suddenly,"]
    assert [part.text for part in selection.left_out] == ["because the manager wanted something cheaper instead."]
    assert selection.was_shortened
    assert selection.timeline.kept == (Span(0, 1800),)


def test_sentence_too_long_for_the_short_does_not_stop_after_a_small_word() -> None:
    words = spoken("Yesterday evening somebody cancelled the project of everybody here")
    selection = plan(words, 2700, target_ms=1500, trim=False)
    assert texts(selection) == ["Yesterday evening somebody cancelled"]


def test_greeting_does_not_fill_a_short_that_the_story_is_too_long_for() -> None:
    words = spoken("Hello. [500] " + "Yesterday evening my project ended suddenly, " * 6)
    selection = plan(words, 12_000, target_ms=8000, trim=False)
    assert selection.was_shortened
    assert texts(selection) == [("Yesterday evening my project ended suddenly, " * 4).strip()]


def test_fragment_is_better_than_nothing() -> None:
    loud = [Word("Aaaah.", 0, 9000, 0.9), Word("Ooooh.", 9900, 20_000, 0.9)]
    words = [*loud, *spoken("Just like that.", start_ms=9000)]
    assert texts(plan(words, 20_000, target_ms=3000, trim=False)) == ["Just like that."]


def test_sentences_that_overlap_are_all_kept_if_they_fit() -> None:
    words = [*spoken("Grandmother made soup."), *spoken("Nobody asked anything.", start_ms=800)]
    assert len(plan(words, 6000, target_ms=2100, trim=True).kept) == 2


@pytest.mark.parametrize("target_ms", [0, 299])
def test_short_too_short_for_a_word_shows_nothing(target_ms: int) -> None:
    selection = plan(STORY, STORY_MS, target_ms=target_ms, trim=True)
    assert (selection.timeline.kept, selection.kept, selection.was_shortened) == ((), (), True)


def test_clip_without_words_is_shown_from_its_beginning() -> None:
    assert plan([], 9000, target_ms=None, trim=True).timeline == Timeline.whole(9000)
    assert plan([], 9000, target_ms=9000, trim=True) == Selection(Timeline.whole(9000), (), (), was_shortened=False)
    cut_off = plan([], 9000, cuts=[Span(1000, 2000)], target_ms=3000, trim=False)
    assert cut_off == Selection(Timeline((Span(0, 1000), Span(2000, 4000))), (), (), was_shortened=True)


def test_everything_cut_shows_nothing() -> None:
    selection = plan(STORY, STORY_MS, cuts=[Span(0, STORY_MS)], target_ms=None, trim=False)
    assert selection == Selection(Timeline(()), (), (), was_shortened=False)


def test_word_corrected_to_nothing_keeps_its_sound() -> None:
    words = corrected(spoken("um [2000] I went."), 0, "")
    selection = plan(words, 4000, target_ms=None, trim=True)
    assert selection.timeline.to_output(150) is not None


def start_of(part: str) -> int:
    return next(sentence.span.start_ms for sentence in sentences(STORY) if part in sentence.text)


@pytest.mark.parametrize("trim", [True, False])
def test_a_dropped_sentence_is_not_heard_however_much_room_there_is(trim: bool) -> None:
    dropped = frozenset({start_of("Nobody asked")})
    selection = plan(STORY, STORY_MS, target_ms=None, trim=trim, wishes=Wishes(dropped_ms=dropped))
    assert not any("Nobody" in text for text in texts(selection))
    assert [sentence.text for sentence in selection.left_out] == ["Nobody asked the people behind it."]
    words = [word for sentence in sentences(STORY) if "Nobody" in sentence.text for word in sentence.words]
    assert not any(selection.timeline.shows(word) for word in words)


@pytest.mark.parametrize("part", ["Yesterday", "Nobody asked", "Grandmother", "Good night"])
def test_a_pinned_sentence_is_kept_before_all_others(part: str) -> None:
    pinned = frozenset({start_of(part)})
    selection = plan(STORY, STORY_MS, target_ms=4_000, trim=True, wishes=Wishes(pinned_ms=pinned))
    assert any(part in text for text in texts(selection))
    assert selection.timeline.duration_ms <= 4_000


def test_of_pinned_sentences_as_many_as_fit_are_kept() -> None:
    everything = frozenset(sentence.span.start_ms for sentence in sentences(STORY))
    selection = plan(STORY, STORY_MS, target_ms=5_000, trim=True, wishes=Wishes(pinned_ms=everything))
    assert selection.timeline.duration_ms <= 5_000
    assert len(selection.kept) >= len(plan(STORY, STORY_MS, target_ms=5_000, trim=True).kept)


@given(speeches(), st.integers(3_000, 40_000), st.data())
def test_wishes_are_respected_whatever_is_said(words: list[Word], target_ms: int, data: st.DataObject) -> None:
    assume(words)
    starts = [sentence.span.start_ms for sentence in sentences(words)]
    dropped = frozenset(data.draw(st.lists(st.sampled_from(starts), max_size=3)))
    pinned = frozenset(data.draw(st.lists(st.sampled_from(starts), max_size=1))) - dropped
    duration_ms = words[-1].end_ms + 1000
    wishes = Wishes(pinned_ms=pinned, dropped_ms=dropped)
    selection = plan(words, duration_ms, target_ms=target_ms, trim=True, wishes=wishes)
    kept = {sentence.span.start_ms for sentence in selection.kept}
    assert selection.timeline.duration_ms <= target_ms
    assert not kept & dropped
    if not selection.was_shortened:
        alone = plan(words, duration_ms, target_ms=target_ms, trim=True, wishes=Wishes(pinned_ms=pinned))
        assert pinned <= kept or not pinned <= {sentence.span.start_ms for sentence in alone.kept}


def test_a_sob_between_two_sentences_is_not_a_pause() -> None:
    words = spoken("Yesterday my project ended. [4000] Nobody asked me anything.")
    sob = Span(3000, 3600)
    silent, sobbed = (plan(words, 6400, target_ms=None, trim=True, voice=voice).timeline for voice in (None, [sob]))
    assert subtract([sob], silent.kept) == [sob]
    assert subtract([sob], sobbed.kept) == []
    assert sobbed.duration_ms == silent.duration_ms + BEFORE_MS + sob.duration_ms + AFTER_MS


def test_a_word_that_was_not_made_out_stays_at_the_clips_ends_too() -> None:
    words = spoken("Nobody asked me anything.", start_ms=6000)
    hello, bye = Span(1000, 1500), Span(9000, 9400)
    trimmed = plan(words, 12_000, target_ms=None, trim=True, voice=[hello, bye]).timeline
    assert subtract([hello, bye], trimmed.kept) == []


def test_a_sob_at_the_end_never_costs_a_sentence_its_place() -> None:
    words = spoken("Yesterday my project ended. [900] Nobody asked me anything.")
    duration_ms, sob = 9000, Span(5000, 8000)
    room_ms = plan(words, duration_ms, target_ms=None, trim=True).timeline.duration_ms
    selection = plan(words, duration_ms, target_ms=room_ms, trim=True, voice=[sob])
    assert len(selection.kept) == 2
    assert selection.timeline.duration_ms == room_ms


def test_what_a_cut_leaves_of_a_word_is_no_sob() -> None:
    words = [Word("Hellooo.", 0, 800, 0.9), *spoken("Nobody asked me anything.", start_ms=2800)]
    asked: dict[str, Any] = {"cuts": [Span(0, 450)], "target_ms": None, "trim": True}
    voice = [Span(0, 800), Span(2800, 4000)]
    assert plan(words, 4500, **asked, voice=voice) == plan(words, 4500, **asked)


def test_sentences_that_are_left_out_take_their_voice_with_them() -> None:
    """However far a voice is followed from the sentences beside them."""
    everywhere = [Span(0, STORY_MS)]
    dropped = next(sentence for sentence in sentences(STORY) if "Nobody" in sentence.text)
    wishes = Wishes(dropped_ms=frozenset({dropped.span.start_ms}))
    timeline = plan(STORY, STORY_MS, target_ms=None, trim=True, wishes=wishes, voice=everywhere).timeline
    assert subtract([dropped.span], timeline.kept) == [dropped.span]


@steadily
@given(speeches(), cuts, st.none() | st.integers(0, 30_000), st.booleans(), st.data())
def test_with_a_voice_the_short_is_never_longer_than_asked_and_no_word_is_cut_into(
    words: list[Word], cuts: list[Span], target_ms: int | None, trim: bool, data: st.DataObject
) -> None:
    duration_ms = words[-1].end_ms + 3000
    voice = data.draw(voices(duration_ms))
    selection = plan(words, duration_ms, cuts=cuts, target_ms=target_ms, trim=trim, voice=voice)
    kept, shown = kept_words(selection), selection.timeline.kept
    assert target_ms is None or selection.timeline.duration_ms <= target_ms
    assert all(span.start_ms >= 0 and span.end_ms <= duration_ms for span in shown)
    assert subtract(shown, cuts) == list(shown)
    for word in words:
        said = [Span(word.start_ms, word.end_ms)]
        if said[0].duration_ms and subtract(said, cuts) == said:
            assert subtract(said, shown) == ([] if word in kept else said)


@steadily
@given(speeches(), st.none() | st.integers(0, 30_000), st.booleans(), st.data())
def test_no_voice_between_two_words_of_a_kept_sentence_is_taken_out(
    words: list[Word], target_ms: int | None, trim: bool, data: st.DataObject
) -> None:
    duration_ms = words[-1].end_ms + 3000
    voice = merge(data.draw(voices(duration_ms)))
    selection = plan(words, duration_ms, target_ms=target_ms, trim=trim, voice=voice)
    for sentence in selection.kept:
        for one, other in pairwise(sentence.words):
            heard = intersect(voice, [Span(one.end_ms, other.start_ms)])
            sounds = [sound for sound in heard if sound.duration_ms <= LONGEST_WORDLESS_MS]
            assert subtract(sounds, selection.timeline.kept) == []


@steadily
@given(speeches(), cuts, st.none() | st.integers(0, 30_000), st.booleans())
def test_a_voice_that_is_only_where_words_are_changes_nothing(
    words: list[Word], cuts: list[Span], target_ms: int | None, trim: bool
) -> None:
    duration_ms = words[-1].end_ms + 3000
    asked: dict[str, Any] = {"cuts": cuts, "target_ms": target_ms, "trim": trim}
    known = plan(words, duration_ms, **asked)
    said = [Span(word.start_ms, word.end_ms) for word in words]
    for voice in (None, (), said):
        assert plan(words, duration_ms, **asked, voice=voice) == known


@steadily
@given(speeches(), st.integers(3_000, 40_000), st.data())
def test_with_a_voice_a_pinned_sentence_still_comes_before_all_others(
    words: list[Word], target_ms: int, data: st.DataObject
) -> None:
    duration_ms = words[-1].end_ms + 1000
    voice = data.draw(voices(duration_ms))
    starts = [sentence.span.start_ms for sentence in sentences(words)]
    pinned, dropped = data.draw(st.sampled_from(starts)), data.draw(st.sampled_from(starts))
    assume(pinned != dropped and starts.count(pinned) == 1)
    wishes = Wishes(pinned_ms=frozenset({pinned}), dropped_ms=frozenset({dropped}))
    selection = plan(words, duration_ms, target_ms=target_ms, trim=True, wishes=wishes, voice=voice)
    kept = {sentence.span.start_ms for sentence in selection.kept}
    assert selection.timeline.duration_ms <= target_ms
    assert dropped not in kept
    longest_room_ms = max(BEFORE_MS, LONGEST_TAIL_MS) + max(AFTER_MS, LONGEST_TAIL_MS) + 2 * SHORTEST_CUT_MS
    (sentence,) = (sentence for sentence in sentences(words) if sentence.span.start_ms == pinned)
    if sentence.span.duration_ms + longest_room_ms <= target_ms:
        assert pinned in kept
