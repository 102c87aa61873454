"""Two versions of an entry become one, and no word of either is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from duskreel.library.entry import Entry, Mood, Transcript, Word
from duskreel.library.review_notes import Choice, Decision, ReviewNotes
from duskreel.library.uniting import united, united_words
from duskreel.timecode import Span


def test_one_that_is_equal_changes_nothing(an_entry: Entry) -> None:
    assert united(an_entry, an_entry) == an_entry


@pytest.mark.parametrize("newer_changed", [True, False])
def test_what_only_one_changed_is_taken_from_it(an_entry: Entry, newer_changed: bool) -> None:
    before = replace(an_entry, title="Old", note="Old note", mood=Mood.BAD, starred=True, tags=("a", "b"))
    changed = replace(
        before, title="New", note="New note", mood=Mood.GOOD, starred=False, tags=("b", "c"), cuts=(Span(0, 500),)
    )
    newer, older = (changed, before) if newer_changed else (before, changed)
    assert united(newer, older, before) == changed


def test_what_both_changed_is_the_newer_ones(an_entry: Entry) -> None:
    newer = replace(an_entry, mood=Mood.GOOD, cuts=(Span(0, 500),))
    older = replace(an_entry, mood=Mood.BAD, cuts=(Span(900, 950),))
    whole = united(newer, older, an_entry)
    assert (whole.mood, whole.cuts) == (Mood.GOOD, (Span(0, 500),))


def test_what_only_the_older_one_knows_is_not_undone_by_nothing(an_entry: Entry) -> None:
    older = replace(an_entry, mood=Mood.BAD, cuts=(Span(900, 950),), title="Talk")
    whole = united(an_entry, older)
    assert (whole.mood, whole.cuts, whole.title) == (Mood.BAD, (Span(900, 950),), "Talk")


@pytest.mark.parametrize("flag", ["starred", "hidden_from_memories"])
def test_a_flag_is_set_if_either_has_it_and_nobody_is_known_to_have_taken_it_away(an_entry: Entry, flag: str) -> None:
    flagged = replace(an_entry, **{flag: True})  # type: ignore[arg-type]
    assert getattr(united(an_entry, flagged), flag)
    assert getattr(united(flagged, an_entry), flag)
    assert not getattr(united(an_entry, flagged, flagged), flag)


def test_words_of_both_are_kept_in_the_spelling_and_order_of_the_newer(an_entry: Entry) -> None:
    newer = replace(an_entry, tags=("Work", "home"))
    older = replace(an_entry, tags=("walk", "work"))
    assert united(newer, older).tags == ("Work", "home", "walk")


@pytest.mark.parametrize("before", [None, (), (1_000,), (1_000, 5_000)])
def test_marks_of_both_are_kept_in_order_of_time(an_entry: Entry, before: tuple[int, ...] | None) -> None:
    newer, older = replace(an_entry, marks=(5_000, 9_000)), replace(an_entry, marks=(1_000, 5_000))
    ancestor = None if before is None else replace(an_entry, marks=before)
    assert united(newer, older, ancestor).marks == (1_000, 5_000, 9_000)


def test_a_word_that_one_of_them_took_away_stays_away(an_entry: Entry) -> None:
    before = replace(an_entry, feelings=("sad", "tired"))
    newer, older = replace(an_entry, feelings=("tired", "calm")), replace(an_entry, feelings=("sad", "tired", "proud"))
    assert set(united(newer, older, before).feelings) == {"tired", "calm", "proud"}


def test_two_titles_are_the_newer_one_and_a_line_in_the_note(an_entry: Entry) -> None:
    newer, older = replace(an_entry, title="New", note="Mine"), replace(an_entry, title="Old", note="Theirs")
    whole = united(newer, older, origin="“the other”")
    assert whole.title == "New"
    assert whole.note == "Mine\n\nFrom “the other”:\nOld\nTheirs"


def test_uniting_the_same_two_once_more_says_nothing_twice(an_entry: Entry) -> None:
    newer, older = replace(an_entry, title="New", note="Mine"), replace(an_entry, title="Old", note="Theirs")
    once = united(newer, older)
    assert united(once, older).note == once.note
    assert united(older, once).note.count("Theirs") == 1


def test_a_note_that_was_only_continued_is_kept_once(an_entry: Entry) -> None:
    short, long = replace(an_entry, note="One."), replace(an_entry, note="One. Two.")
    assert united(short, long).note == united(long, short).note == "One. Two."


def test_what_newer_programs_wrote_is_kept_of_both(an_entry: Entry) -> None:
    newer, older = replace(an_entry, unknown={"a": 1, "b": 1}), replace(an_entry, unknown={"b": 2, "c": 2})
    assert united(newer, older).unknown == {"a": 1, "b": 1, "c": 2}


def test_the_folder_is_the_newer_ones(an_entry: Entry) -> None:
    other = replace(an_entry, folder="entries/other", title="x")
    assert united(an_entry, other).folder == an_entry.folder
    assert united(an_entry, other, other).folder == an_entry.folder


def decision(start_ms: int, choice: Choice, end_ms: int | None = None) -> Decision:
    return Decision("protected", Span(start_ms, end_ms or start_ms + 400), "Nordwind", choice)


def decided(an_entry: Entry, *decisions: Decision, **wishes: object) -> Entry:
    return replace(an_entry, review=ReviewNotes(decisions, **wishes))  # type: ignore[arg-type]


def choices(entry: Entry) -> list[tuple[int, str]]:
    assert entry.review is not None
    return [(each.span.start_ms, each.choice) for each in entry.review.decisions]


def test_what_was_hidden_on_either_machine_stays_hidden(an_entry: Entry) -> None:
    one, other = decided(an_entry, decision(0, "bleep")), decided(an_entry, decision(900, "cut"))
    for ancestor in (None, an_entry, decided(an_entry)):
        whole = [united(one, other, ancestor), united(other, one, ancestor)]
        assert list(map(choices, whole)) == [[(0, "bleep"), (900, "cut")]] * 2


def test_about_the_same_words_the_newer_decision_counts(an_entry: Entry) -> None:
    newer, older = (
        decided(an_entry, decision(0, "mute")),
        decided(an_entry, decision(200, "keep"), decision(400, "cut")),
    )
    assert choices(united(newer, older)) == [(0, "mute"), (400, "cut")]


def test_a_decision_that_one_took_back_or_changed_is_not_brought_back(an_entry: Entry) -> None:
    before = decided(an_entry, decision(0, "bleep"), decision(900, "bleep"))
    changed = decided(an_entry, decision(900, "keep"))
    more = decided(an_entry, decision(0, "bleep"), decision(900, "bleep"), decision(2_000, "cut"))
    assert choices(united(changed, more, before)) == [(900, "keep"), (2_000, "cut")]
    assert choices(united(more, changed, before)) == [(900, "keep"), (2_000, "cut")]


def test_wishes_about_sharing_become_those_that_tell_less(an_entry: Entry) -> None:
    one = decided(an_entry, blurs_others=True, tells_time=True, ask_again_on=date(2026, 11, 24))
    other = decided(an_entry, blurs_background=True, ask_again_on=date(2026, 11, 30))
    both = ReviewNotes(blurs_others=True, blurs_background=True, ask_again_on=date(2026, 11, 30))
    assert united(one, other).review == united(other, one).review == both
    blurred = decided(an_entry, blurs_others=True)
    shown = united(decided(an_entry), replace(blurred, title="Talk"), blurred).review
    assert shown == ReviewNotes()


def corrected(transcript: Transcript, **words: str) -> Transcript:
    """With corrections, by the word that was heard."""
    (segment,) = transcript.segments
    new = tuple(replace(word, corrected=words.get(word.text)) for word in segment.words)
    return replace(transcript, segments=(replace(segment, words=new),))


Said = Callable[[str], Transcript]


def test_corrections_of_both_are_kept_and_of_one_word_the_newer(said: Said) -> None:
    newer, older = (
        corrected(said("the least job"), least="left"),
        corrected(said("the least job"), least="lost", job="Job"),
    )
    whole, homeless = united_words(newer, older)
    assert [word.corrected for word in whole.words()] == [None, "left", "Job"]
    assert homeless == 0
    assert [word.text for word in whole.words()] == ["the", "least", "job"]


def test_a_correction_finds_the_word_that_another_model_heard_at_that_time(said: Said) -> None:
    older = corrected(said("the least job"), least="left")
    moved = tuple(
        Word(word.text.upper(), word.start_ms + 40, word.end_ms + 40, 0.9) for word in said("the list job").words()
    )
    newer = replace(older, segments=(replace(older.segments[0], words=moved),))
    whole, homeless = united_words(newer, older)
    assert [(word.text, word.corrected) for word in whole.words()] == [("THE", None), ("LIST", "left"), ("JOB", None)]
    assert homeless == 0


def test_a_correction_that_fits_no_word_is_counted(said: Said) -> None:
    older = corrected(said("the least job"), job="Job")
    assert united_words(said("the least"), older) == (said("the least"), 1)
    assert united_words(said(""), older)[1] == 1


def test_segments_stay_as_the_newer_one_divided_them(said: Said) -> None:
    newer = said("a b c d")
    (segment,) = newer.segments
    halves = (replace(segment, words=segment.words[:1]), replace(segment, words=segment.words[1:]))
    whole, _ = united_words(replace(newer, segments=halves), corrected(said("a b c d"), d="D"))
    assert [len(each.words) for each in whole.segments] == [1, 3]
    assert whole.segments[1].words[-1].corrected == "D"
