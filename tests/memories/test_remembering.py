"""What comes back, and what does not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.library.glance import Glance
from duskreel.memories.looking_ahead import load
from duskreel.memories.remembering import MOST_HEARD, MOST_MEMORIES, HardDays, Kind, Memory, Since, remember
from memories.felt import felt, glance_of, said

TODAY = date(2026, 11, 23)
RULES = load()
SHOW, ASK, NEVER = HardDays.SHOW, HardDays.ASK, HardDays.NEVER


class Known:
    """Entries with what was said in them."""

    def __init__(self, entries: Iterable[Entry], words: Mapping[str, Transcript]) -> None:
        self.entries, self.words = {entry.id: entry for entry in entries}, words
        self.read: list[str] = []

    @property
    def glances(self) -> list[Glance]:
        newest_first = sorted(self.entries.values(), key=lambda entry: (entry.recorded_at, entry.id), reverse=True)
        return [glance_of(entry) for entry in newest_first]

    def entry(self, entry_id: str) -> Entry | None:
        return self.entries.get(entry_id)

    def texts(self, entry_ids: Sequence[str]) -> dict[str, str]:
        return {each: self.words[each].text for each in entry_ids if each in self.words}

    def transcript(self, entry: Entry) -> Transcript | None:
        self.read.append(entry.id)
        return self.words.get(entry.id)


def come_back(
    entries: Iterable[Entry], today: date = TODAY, hard: HardDays = SHOW, words: dict[str, Transcript] | None = None
) -> list[Memory]:
    known = Known(entries, words or {})
    return remember(known.glances, today, hard, known, RULES)


def kinds(memories: list[Memory]) -> list[tuple[Kind, str]]:
    return [(memory.kind, memory.day.isoformat()) for memory in memories]


def test_this_day_of_earlier_years_comes_back_nearest_first() -> None:
    entries = [felt("2023-11-23", 3), felt("2025-11-23", 3), felt("2026-11-23", 3), felt("2025-06-01", 3)]
    assert kinds(come_back(entries)) == [(Kind.ON_THIS_DAY, "2025-11-23"), (Kind.ON_THIS_DAY, "2023-11-23")]


def test_a_year_that_has_nothing_on_this_day_may_have_something_around_it() -> None:
    entries = [felt("2025-11-18"), felt("2025-11-29"), felt("2024-11-15"), felt("2024-12-01")]
    assert kinds(come_back(entries)) == [(Kind.AROUND_THIS_TIME, "2025-11-18")]


def test_around_this_time_goes_over_the_turn_of_the_year() -> None:
    (memory,) = come_back([felt("2024-12-29")], date(2026, 1, 2))
    assert kinds([memory]) == [(Kind.AROUND_THIS_TIME, "2024-12-29")]
    assert kinds(come_back([felt("2025-01-03")], date(2025, 12, 30))) == [(Kind.AROUND_THIS_TIME, "2025-01-03")]


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        ("2028-02-29", Kind.ON_THIS_DAY),
        ("2027-02-28", Kind.ON_THIS_DAY),
        ("2028-02-28", Kind.AROUND_THIS_TIME),
        ("2027-03-01", Kind.AROUND_THIS_TIME),
    ],
)
def test_the_29th_of_february_comes_back_every_year(today: str, kind: Kind) -> None:
    assert kinds(come_back([felt("2024-02-29")], date.fromisoformat(today))) == [(kind, "2024-02-29")]


def test_on_the_29th_of_february_other_years_have_the_28th() -> None:
    assert kinds(come_back([felt("2023-02-28")], date(2024, 2, 29))) == [(Kind.AROUND_THIS_TIME, "2023-02-28")]


def test_a_month_after_a_hard_entry_it_is_told_with_what_came_since() -> None:
    later = [felt(f"2026-11-{day:02}", mood) for day, mood in ((1, 2), (5, None), (10, 4), (20, 4))]
    (memory,) = come_back([felt("2026-10-25", 1), *later])
    assert kinds([memory]) == [(Kind.A_MONTH_AFTER, "2026-10-25")]
    assert memory.since == Since(4, Mood.GOOD)
    assert come_back([felt("2026-10-25", 3), *later]) == [], "an ordinary day is not looked at after a month"


def test_half_a_year_after_any_entry_may_come_back() -> None:
    assert kinds(come_back([felt("2026-05-26", 4)])) == [(Kind.HALF_A_YEAR_AFTER, "2026-05-26")]


@pytest.mark.parametrize(("days_ago", "comes"), [(13, False), (14, True), (92, True), (93, False)])
def test_what_somebody_meant_to_do_comes_back_after_weeks(days_ago: int, comes: bool) -> None:
    entry = felt((TODAY - timedelta(days=days_ago)).isoformat(), 3)
    memories = come_back([entry], words={entry.id: said("It rained. I want to call my sister.")})
    assert [(memory.kind, memory.said and (memory.said.text, memory.said.at_ms)) for memory in memories] == (
        [(Kind.YOU_SAID, ("I want to call my sister.", 600))] if comes else []
    )


def month_of_entries(words: str) -> Known:
    entries = [felt(f"2026-10-{day:02}T{hour:02}:00", 3) for day in range(1, 28) for hour in (8, 20)]
    return Known(entries, {entry.id: said(words) for entry in entries})


def test_only_a_few_transcripts_are_read() -> None:
    # “Tomorrow?” may look ahead, and does not.
    known = month_of_entries("Will it rain again tomorrow?")
    assert remember(known.glances, TODAY, SHOW, known, RULES) == []
    assert len(known.read) == len(set(known.read)) == MOST_HEARD


def test_no_transcript_is_read_that_has_no_word_of_what_is_to_come() -> None:
    known = month_of_entries("It rained all day.")
    assert remember(known.glances, TODAY, SHOW, known, RULES) == []
    assert known.read == []


def test_what_has_just_been_deleted_does_not_come_back() -> None:
    known = Known([felt("2025-11-23", 3), felt("2024-11-23", 3)], {})
    glances = known.glances
    del known.entries[glances[0].id]
    assert kinds(remember(glances, TODAY, SHOW, known, RULES)) == [(Kind.ON_THIS_DAY, "2024-11-23")]


def test_of_two_days_that_are_as_near_both_are_asked() -> None:
    before, after = felt("2025-11-21"), felt("2025-11-25")
    for title in ("2025-11-21", "2025-11-25"):
        entries = [replace(entry, title="Named" if entry.id == felt(title).id else "") for entry in (before, after)]
        assert kinds(come_back(entries)) == [(Kind.AROUND_THIS_TIME, title)]


def test_what_is_hidden_never_comes_back() -> None:
    words = said("I want to call my sister.")
    entries = [
        felt(day, 1, hidden_from_memories=True) for day in ("2025-11-23", "2026-10-24", "2026-05-25", "2026-10-01")
    ]
    assert come_back(entries, words={entry.id: words for entry in entries}) == []


def test_hard_days_are_shown_veiled_or_left_out() -> None:
    hard, fine = felt("2025-11-23", 2), felt("2024-11-23", 4)
    seen = {choice: come_back([hard, fine], hard=choice) for choice in HardDays}
    assert [(memory.is_hard, memory.is_veiled) for memory in seen[SHOW]] == [(True, False), (False, False)]
    assert [(memory.is_hard, memory.is_veiled) for memory in seen[ASK]] == [(True, True), (False, False)]
    assert [memory.entry for memory in seen[NEVER]] == [fine]


def test_an_entry_without_a_mood_is_as_hard_as_its_day() -> None:
    quiet = felt("2025-11-23T08:00", title="No mood given")
    assert come_back([quiet, felt("2025-11-23T20:00", 1)], hard=ASK)[0].is_veiled
    assert come_back([quiet, felt("2025-11-23T20:00", 1)], hard=NEVER) == []
    assert not come_back([quiet], hard=ASK)[0].is_hard


def test_of_several_on_a_day_one_that_need_not_be_veiled_comes_first() -> None:
    entries = [felt("2025-11-23T08:00", 1, starred=True, title="Hard"), felt("2025-11-23T20:00", 4)]
    assert come_back(entries, hard=ASK)[0].entry == entries[1]
    assert come_back(entries, hard=SHOW)[0].entry == entries[0]


def full_diary() -> list[Entry]:
    first = date(2021, 1, 1)
    return [felt((first + timedelta(days=at)).isoformat(), at % 5 + 1) for at in range(2_200)]


def test_at_most_three_come_back_each_of_another_entry_and_all_day_the_same() -> None:
    diary = full_diary()
    words = {entry.id: said("I want to call my sister.") for entry in diary}
    memories = come_back(diary, words=words)
    assert len({memory.entry.id for memory in memories}) == len(memories) == MOST_MEMORIES
    assert come_back(reversed(diary), words=words) == memories
    assert come_back(diary, TODAY + timedelta(days=1), words=words) != memories


def test_they_are_of_several_kinds() -> None:
    diary = full_diary()
    words = {entry.id: said("I want to call my sister.") for entry in diary}
    assert len({memory.kind for memory in come_back(diary, words=words)}) == MOST_MEMORIES


@pytest.mark.parametrize("today", [date.min, date(1, 6, 1), date.max])
def test_the_ends_of_the_calendar_are_no_trouble(today: date) -> None:
    assert come_back([felt("0001-01-01", 1)], date.min) == []
    come_back([felt("0001-01-01", 1), felt("9998-12-31", 1)], today)


def test_an_unknown_setting_is_careful() -> None:
    assert HardDays.of("whatever") is ASK
    assert HardDays.of("none") is NEVER
