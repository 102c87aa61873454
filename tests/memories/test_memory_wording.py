"""How memories are told."""

from dataclasses import replace
from datetime import date

import pytest

from duskreel.library.entry import Entry, Mood
from duskreel.memories.looking_ahead import Intention
from duskreel.memories.memory_wording import announced, first_words, place_in_clip, told, what_came_since
from duskreel.memories.remembering import Kind, Memory, Since
from memories.felt import felt, said

TODAY = date(2026, 11, 23)
NAMES = ("awful", "bad", "okay", "good", "great")


def memory(kind: Kind, entry: Entry, **others: object) -> Memory:
    return replace(Memory(kind, entry, TODAY, is_hard=False, is_veiled=False), **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "day", "words"),
    [
        (Kind.ON_THIS_DAY, "2025-11-23", "A year ago today"),
        (Kind.ON_THIS_DAY, "2023-11-23", "Three years ago today"),
        (Kind.AROUND_THIS_TIME, "2025-11-29", "A year ago, around this time"),
        (Kind.AROUND_THIS_TIME, "2024-11-18", "Two years ago, around this time"),
        (Kind.A_MONTH_AFTER, "2026-10-23", "A month ago"),
        (Kind.HALF_A_YEAR_AFTER, "2026-05-25", "Half a year ago"),
        (Kind.YOU_SAID, "2026-11-09", "Two weeks ago"),
        (Kind.YOU_SAID, "2026-09-01", "Three months ago"),
    ],
)
def test_when_it_was(kind: Kind, day: str, words: str) -> None:
    assert announced(memory(kind, felt(day))) == words


def test_the_line_has_the_title_or_the_first_words_or_the_day() -> None:
    untitled = memory(Kind.ON_THIS_DAY, felt("2025-11-23"))
    titled = memory(Kind.ON_THIS_DAY, felt("2025-11-23", title="A walk"))
    beginning = first_words(said("today was one of those days where I sent out another letter"))
    assert told(titled, beginning) == "A year ago today: A walk"
    assert told(untitled, beginning) == "A year ago today: “today was one of those days where I…”"
    assert told(untitled) == "A year ago today: Sunday, 23 November 2025"
    assert first_words(said("Good night.")) == "“Good night.”"
    assert first_words(said("")) == first_words(None) == ""


def test_a_hard_day_says_only_that_it_is_one() -> None:
    hard = memory(Kind.ON_THIS_DAY, felt("2025-11-23", 1, title="The call"), is_hard=True, is_veiled=True)
    assert told(hard, "“they let me go”") == "A harder day, a year ago today. Look?"


def test_an_intention_is_told_with_its_place() -> None:
    meant = memory(Kind.YOU_SAID, felt("2026-11-02"), said=Intention("I want to call my sister.", 42_500))
    assert told(meant) == "Three weeks ago you said: “I want to call my sister.”"
    assert place_in_clip(meant) == "at 0:42"


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        (Since(12, Mood.GOOD), "Since then: 12 entries, mostly around good."),
        (Since(1, Mood.OKAY), "Since then: one entry, which felt okay."),
        (Since(3, None), "Since then: 3 entries."),
        (Since(0, None), ""),
        (None, ""),
    ],
)
def test_what_came_since(since: Since | None, sentence: str) -> None:
    assert what_came_since(since, NAMES) == sentence
