"""Which moments are chosen for the days of a real diary, and what else each day might show."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from duskreel.edit.concealing import MASK
from duskreel.errors import Cancelled, DiaryError
from duskreel.export.reader import PictureReader
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Word
from duskreel.library.review_notes import Choice, Decision, ReviewNotes
from duskreel.library.values import DiaryLocation
from duskreel.memories.recap import MomentKind, Stretch
from duskreel.memories.recap_looking import RecapWishes, other_moments, plan_recap
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span, intersect
from memories.reels import JOB, bring, november, say

THIRD = date(2026, 11, 3)
SEA = "we drove to the sea, and it rained all day but nobody minded at all."
LONG = tuple(Word(text, 500 + 500 * at, 950 + 500 * at, 0.9) for at, text in enumerate(SEA.split()))
"""a sentence of 7.5 seconds"""


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


@pytest.fixture
def spoken(diary: Diary, tmp_path: Path) -> Entry:
    entry = bring(diary, tmp_path / "spoken.mp4", 3)
    say(diary, entry, JOB)
    return entry


def wishes(diary: Diary, kind: MomentKind = "second") -> RecapWishes:
    return RecapWishes(diary.location, Stretch.named("2026-11"), kind)


def test_one_moment_for_each_day_that_has_entries(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    silent = bring(diary, tmp_path / "silent.mp4", 9, 3.0)
    second = bring(diary, tmp_path / "second.mp4", 9, 2.5)
    hidden = bring(diary, tmp_path / "hidden.mp4", 20, 2.0)
    diary.update(replace(hidden, hidden_from_memories=True))
    plan = november(diary)
    assert [moment.day.day for moment in plan.moments] == [3, 9]
    first, other = plan.days
    assert first.moment.entry_id == spoken.id
    assert "lost" in first.moment.text
    assert {other.moment.entry_id, *other.others} == {silent.id, second.id}


def test_sentences_where_there_are_any(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    bring(diary, tmp_path / "silent.mp4", 9, 3.0)
    plan = november(diary, "sentence")
    assert plan.moments[0].entry_id == spoken.id
    assert plan.moments[0].text == "I lost my job."
    assert plan.moments[1].span.duration_ms <= 1_500
    assert [remark[:10] for remark in plan.remarks] == ["2026-11-09"]


def test_of_a_sentence_that_is_too_long_a_part_is_shown(diary: Diary, tmp_path: Path) -> None:
    say(diary, bring(diary, tmp_path / "long.mp4", 3, 9.0), LONG)
    plan = november(diary, "sentence")
    assert plan.moments[0].text == "we drove to the sea, and it rained all day"
    assert plan.remarks == ()


def test_a_whole_sentence_goes_before_a_part_of_one(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    say(diary, bring(diary, tmp_path / "long.mp4", 3, 9.0), LONG)
    texts = [one.text for one in other_moments(wishes(diary, "sentence"), THIRD, progress=unheard, token=CancelToken())]
    assert texts[:2] == ["I lost my job.", "we drove to the sea, and it rained all day"]
    assert spoken.id


def test_words_are_those_that_the_user_corrected(diary: Diary, spoken: Entry) -> None:
    say(diary, spoken, (*JOB[:3], replace(JOB[3], corrected="hat.")))
    assert november(diary, "sentence").moments[0].text == "I lost my hat."


def test_a_damaged_clip_is_told_and_the_other_of_its_day_taken(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    damaged = bring(diary, tmp_path / "damaged.mp4", 3, 3.0)
    (diary.location.folder / damaged.clip_path).write_bytes(b"nothing")
    plan = november(diary)
    assert plan.moments[0].entry_id == spoken.id
    assert "2026-11-03" in plan.remarks[0]


def test_where_the_clip_with_a_sentence_is_damaged_the_other_one_is_shown(
    diary: Diary, spoken: Entry, tmp_path: Path
) -> None:
    silent = bring(diary, tmp_path / "silent.mp4", 3, 3.0)
    (diary.location.folder / spoken.clip_path).write_bytes(b"nothing")
    plan = november(diary, "sentence")
    assert [moment.entry_id for moment in plan.moments] == [silent.id]
    assert len(plan.remarks) == 2


def test_a_day_may_show_something_else(diary: Diary, spoken: Entry) -> None:
    chosen = november(diary).moments
    everything = other_moments(wishes(diary), THIRD, progress=unheard, token=CancelToken())
    others = other_moments(wishes(diary), THIRD, shown=chosen, progress=unheard, token=CancelToken())
    assert everything[0] == chosen[0]
    assert others
    assert {one.entry_id for one in others} == {spoken.id}
    assert all(not intersect([one.span], [two.span]) for one, two in combinations([*chosen, *others], 2))
    fewer = other_moments(wishes(diary), THIRD, shown=chosen, most=1, progress=unheard, token=CancelToken())
    assert fewer == others[:1]


def test_a_day_without_entries_has_no_other_moments(diary: Diary, spoken: Entry) -> None:
    diary.update(replace(spoken, hidden_from_memories=True))
    assert other_moments(wishes(diary), THIRD, progress=unheard, token=CancelToken()) == []


def test_days_without_entries_are_refused(diary: Diary) -> None:
    with pytest.raises(DiaryError, match="nothing to show of 2026-11"):
        november(diary)


def test_choosing_stops_when_asked(diary: Diary, spoken: Entry) -> None:
    assert spoken.duration_ms
    with pytest.raises(Cancelled):
        november(diary, token=CancelToken(lambda: True))
    with pytest.raises(Cancelled):
        other_moments(wishes(diary), THIRD, progress=unheard, token=CancelToken(lambda: True))


def test_no_clip_is_kept_once_its_day_is_chosen(diary: Diary, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        bring(diary, tmp_path / f"{day}.mp4", day, 2.0 + day / 10)
    kept: list[int] = []

    def count(label: str, share: float) -> None:
        assert label
        assert 0 <= share <= 1
        kept.append(sum(isinstance(one, PictureReader) for one in gc.get_objects()))

    plan_recap(wishes(diary), progress=count, token=CancelToken())
    assert kept == [0, 0, 0]


TWO = (
    *(Word(text, 500 + 400 * at, 880 + 400 * at, 0.9) for at, text in enumerate(("Kaitlyn", "fired", "me", "today."))),
    *(Word(text, 3_000 + 400 * at, 3_380 + 400 * at, 0.9) for at, text in enumerate(("So", "I", "went", "home."))),
)
"""two sentences of 1.6 seconds each"""


def told(diary: Diary, tmp_path: Path, *decisions: Decision) -> Entry:
    entry = bring(diary, tmp_path / "told.mp4", 3, 5.5)
    say(diary, entry, TWO)
    entry = diary.find(entry.id)
    diary.update(replace(entry, review=ReviewNotes(decisions)))
    return entry


def decided(choice: Choice, word: Word) -> Decision:
    return Decision("protected", Span(word.start_ms, word.end_ms), word.text, choice)


@pytest.mark.parametrize("kind", ["second", "sentence"])
@pytest.mark.parametrize("number", [0, 4])
def test_a_sentence_that_is_to_be_cut_is_in_no_moment(
    diary: Diary, tmp_path: Path, kind: MomentKind, number: int
) -> None:
    told(diary, tmp_path, decided("cut", TWO[number]))
    cut = Span(TWO[number].start_ms, TWO[number + 3].end_ms)
    (chosen,) = november(diary, kind).moments
    others = other_moments(wishes(diary, kind), THIRD, progress=unheard, token=CancelToken())
    assert others
    for moment in (chosen, *others):
        assert not intersect([moment.span], [cut])


@pytest.mark.parametrize("kind", ["second", "sentence"])
@pytest.mark.parametrize("choice", ["bleep", "mute", "caption"])
def test_a_moment_without_hidden_words_comes_first(
    diary: Diary, tmp_path: Path, kind: MomentKind, choice: Choice
) -> None:
    told(diary, tmp_path, decided(choice, TWO[0]), decided(choice, TWO[1]), decided(choice, TWO[3]))
    (chosen,) = november(diary, kind).moments
    assert chosen.text
    assert MASK not in chosen.text
    others = other_moments(wishes(diary, kind), THIRD, most=99, progress=unheard, token=CancelToken())
    hides = [bool(intersect([one.span], [Span(500, 1_280), Span(1_700, 2_080)])) for one in others]
    assert not any(word in one.text for one in others for word in ("Kaitlyn", "fired", "today"))
    if kind == "second":
        assert hides == sorted(hides)


def test_where_words_are_hidden_everywhere_they_are_masked_in_what_a_moment_says(diary: Diary, tmp_path: Path) -> None:
    told(diary, tmp_path, decided("bleep", TWO[0]), decided("mute", TWO[7]))
    plan = november(diary, "sentence")
    assert plan.moments[0].text in {f"{MASK} fired me today.", f"So I went {MASK}."}
    assert plan.remarks == (), "a tone in a sentence is still a sentence"


def test_a_day_of_which_everything_is_cut_is_told(diary: Diary, spoken: Entry, tmp_path: Path) -> None:
    bring(diary, tmp_path / "other.mp4", 9, 2.5)
    review = ReviewNotes((decided("cut", JOB[1]),))
    diary.update(replace(spoken, cuts=(Span(0, 1_000), Span(2_500, 9_000)), review=review))
    plan = november(diary)
    assert [moment.day.day for moment in plan.moments] == [9]
    assert plan.remarks == ("2026-11-03: nothing is left of it to be shown, so the day is left out.",)
    third = RecapWishes(diary.location, Stretch.named("2026-11-03"), "second")
    with pytest.raises(DiaryError, match="it was cut out"):
        plan_recap(third, progress=unheard, token=CancelToken())
