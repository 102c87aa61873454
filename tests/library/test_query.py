"""What can be typed, and what it means."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duskreel.errors import DiaryError
from duskreel.library.entry import Mood
from duskreel.library.query import HELP, Query, both, parse
from duskreel.library.values import Days, EntryFilter, Lengths, Term

KEYS = ("mood", "after", "before", "on", "date", "feeling", "tag", "star", "is", "length", "has", "hidden", "colour")
VALUES = (
    *("2", "1..2", "..3", "none", "0", "2026", "2026-5", "2026-02-30", "2026-05..2026-07", "9999-12-31", "0001-01-01"),
    *("yes", "no", "starred", ">2m", "<30s", "<0s", "30s..3m", "1h2m", "999999999999ms", "words", "no-words", "..", ""),
    *('"worn out"', '"', "//x", "ſtraße", "İ", "a:b", '"//x"'),
)
LIKELY = st.lists(
    st.tuples(st.sampled_from(["", "-"]), st.sampled_from(KEYS), st.sampled_from(VALUES)).map(
        lambda parts: f"{parts[0]}{parts[1]}:{parts[2]}"
    )
    | st.sampled_from(["river", '"by the river"', "-rain", '-"the rain"', "-", '"', "http://x", "re:", "mood:"])
).map(" ".join)
ANY_TEXT = LIKELY | st.text(max_size=40) | st.text('ab:"-.. 2', max_size=20)


@given(text=ANY_TEXT)
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with suppress(DiaryError):
        query = parse(text)
        assert parse(str(query)) == query


@given(text=ANY_TEXT)
def test_what_is_being_typed_is_never_refused(text: str) -> None:
    parse(text, is_typing=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mood:2", {"moods": frozenset({Mood.BAD})}),
        ("mood:1..2 Mood:5", {"moods": frozenset({Mood.AWFUL, Mood.BAD, Mood.GREAT})}),
        ("mood:none mood:1", {"moods": frozenset({Mood.AWFUL}), "is_without_mood": True}),
        ("before:2026-06", {"last_day": date(2026, 5, 31)}),
        ("after:2026-06", {"first_day": date(2026, 7, 1)}),
        ("after:2025", {"first_day": date(2026, 1, 1)}),
        ("after:2026-02-28", {"first_day": date(2026, 3, 1)}),
        ("on:2026-02", {"days": (Days(date(2026, 2, 1), date(2026, 2, 28)),)}),
        ("date:2026-05..2026-07", {"days": (Days(date(2026, 5, 1), date(2026, 7, 31)),)}),
        ("on:2026-12-24", {"days": (Days(date(2026, 12, 24), date(2026, 12, 24)),)}),
        ("on:..2026", {"days": (Days(None, date(2026, 12, 31)),)}),
        ('feeling:"Worn  out" feeling:calm', {"feelings": frozenset({"worn out", "calm"})}),
        ("tag:family", {"tags": frozenset({"family"})}),
        ("star:yes", {"starred": True}),
        ("is:starred", {"starred": True}),
        ("star:no", {"is_unstarred": True}),
        ("star:no star:yes", {}),
        ("hidden:yes", {"is_hidden": True}),
        ("length:>2m", {"lengths": (Lengths(120_001, None),)}),
        ("length:<=90", {"lengths": (Lengths(None, 90_000),)}),
        ("length:30s..3m", {"lengths": (Lengths(30_000, 180_000),)}),
        ("has:words has:no-note", {"has": frozenset({"words", "no-note"})}),
        ("-tag:work", {"none_of": (EntryFilter(tags=frozenset({"work"})),)}),
    ],
)
def test_conditions(text: str, expected: dict[str, Any]) -> None:
    assert parse(text) == Query(EntryFilter(**expected))


def test_words_phrases_and_what_must_not_occur() -> None:
    query = parse('river "by  the river" -rain -"no one" mood:2 10:30 https://a.b re: -')
    assert query.wanted == EntryFilter(moods=frozenset({Mood.BAD}))
    assert query.terms == (
        *(Term("river"), Term("by the river", is_phrase=True), Term("rain", is_excluded=True)),
        Term("no one", is_phrase=True, is_excluded=True),
        *(Term("10:30"), Term("https://a.b"), Term("re:"), Term("-")),
    )
    assert query.words == 'river "by the river" -rain -"no one" 10:30 https://a.b re: -'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour:red", "feeling:"),
        ("mood:9", "1 (awful) to 5 (great)"),
        ("mood:3..1", "1..2"),
        ("mood:", "mood:"),
        ("on:2026-13", "2026-05-14"),
        ("on:2026..2025", "2026-05"),
        ("after:9999", "2026-05"),
        ("star:maybe", "yes or no"),
        ("length:long", "30s..3m"),
        ("length:3m..1m", "30s..3m"),
        ("has:legs", "no-words"),
        ('tag:""', "tag:"),
    ],
)
def test_a_wrong_condition_is_told_with_what_is_allowed(text: str, named: str) -> None:
    with pytest.raises(DiaryError) as caught:
        parse(f"river {text}")
    assert named in str(caught.value)


def test_while_typing_an_unfinished_condition_is_not_applied_yet() -> None:
    assert parse("river mood:", is_typing=True) == Query(terms=(Term("river"),))
    assert parse("river on:20", is_typing=True) == Query(terms=(Term("river"), Term("on:20")))


def test_the_help_is_in_the_language_that_it_tells_of() -> None:
    for examples, _ in HELP:
        assert parse(examples) != Query()


def test_two_filters_hold_together() -> None:
    one, other = EntryFilter(starred=True), EntryFilter(tags=frozenset({"work"}))
    assert both(one, EntryFilter()) == both(EntryFilter(), one) == one
    assert both(one, other) == EntryFilter(starred=True, also=(other,))
