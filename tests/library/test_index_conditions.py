"""A filter as conditions, beside what it means."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duskreel.library.entry import Entry, Mood
from duskreel.library.folder import Stamps
from duskreel.library.index import Index, Indexed, open_index
from duskreel.library.index_conditions import conditions, where
from duskreel.library.values import Days, EntryFilter, Lengths

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LABELS = ("Work", "home", "Straße")
HAS = ("words", "no-words", "title", "no-title", "note", "no-note")
SOME_DAYS = st.none() | st.integers(0, 12).map(lambda days: NOON.date() + timedelta(days=days))
SOME_MS = st.none() | st.integers(0, 50_000)
SOME_LABELS = st.sampled_from(("", "work", "HOME", "STRASSE", "nobody's"))
CONDITIONS = {
    "first_day": SOME_DAYS,
    "last_day": SOME_DAYS,
    "moods": st.frozensets(st.sampled_from(Mood), max_size=2),
    "feeling": SOME_LABELS,
    "tag": SOME_LABELS,
    "starred": st.booleans(),
    "is_without_mood": st.booleans(),
    "days": st.lists(st.builds(Days, SOME_DAYS, SOME_DAYS), max_size=2).map(tuple),
    "feelings": st.frozensets(SOME_LABELS, max_size=2),
    "tags": st.frozensets(SOME_LABELS, max_size=2),
    "lengths": st.lists(st.builds(Lengths, SOME_MS, SOME_MS), max_size=2).map(tuple),
    "is_unstarred": st.booleans(),
    "is_hidden": st.none() | st.booleans(),
    "has": st.frozensets(st.sampled_from(HAS), max_size=2),
}
FILTERS = (
    st.sets(st.sampled_from(sorted(CONDITIONS)), max_size=3)
    .flatmap(lambda names: st.fixed_dictionaries({name: CONDITIONS[name] for name in sorted(names)}))
    .map(lambda chosen: EntryFilter(**chosen))
)
"""of few conditions each, so that most let something through"""


def an_entry(number: int) -> Entry:
    return Entry(
        id=f"{number:02}",
        folder=f"entries/{number:02}",
        clip="clip.mp4",
        recorded_at=NOON + timedelta(days=number // 4),
        source="camera",
        duration_ms=number * 1000,
        width=1280,
        height=720,
        title="Named" if number % 2 else "",
        note="Noted" if number % 3 else " ",
        mood=Mood(number % 6) if number % 6 else None,
        feelings=LABELS[: number % 3],
        tags=LABELS[1:] if number % 5 == 0 else LABELS[:1],
        starred=number % 7 == 0,
        hidden_from_memories=number % 4 == 0,
    )


ENTRIES = [an_entry(number) for number in range(48)]


def words(entry: Entry) -> str:
    return "said" if int(entry.id) % 3 == 1 else ""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    opened, _ = open_index(tmp_path_factory.mktemp("index") / "index.db")
    opened.change(put=[Indexed(entry, words(entry), Stamps((1, 2), (3, 4))) for entry in ENTRIES])
    yield opened
    opened.close()


def within(value: object, first: object, last: object) -> bool:
    return (first is None or value >= first) and (last is None or value <= last)  # type: ignore[operator]


def has_one(labels: tuple[str, ...], wanted: frozenset[str]) -> bool:
    folded = {word.casefold() for word in wanted if word}
    return not folded or not folded.isdisjoint(word.casefold() for word in labels)


def meets(entry: Entry, wanted: EntryFilter) -> bool:
    """What `EntryFilter` says, entry by entry."""
    has = {
        "words" if words(entry) else "no-words",
        "title" if entry.title else "no-title",
        "note" if entry.note.strip() else "no-note",
    }
    day: date = entry.recorded_at.date()
    any_mood = not wanted.moods and not wanted.is_without_mood
    return all(
        (
            within(day, wanted.first_day, wanted.last_day),
            not wanted.days or any(within(day, days.first, days.last) for days in wanted.days),
            not wanted.lengths
            or any(within(entry.duration_ms, each.least_ms, each.most_ms) for each in wanted.lengths),
            any_mood or entry.mood in wanted.moods or (wanted.is_without_mood and entry.mood is None),
            *(has_one(entry.feelings, each) for each in (wanted.feelings, frozenset({wanted.feeling}))),
            *(has_one(entry.tags, each) for each in (wanted.tags, frozenset({wanted.tag}))),
            entry.starred or not wanted.starred,
            not (entry.starred and wanted.is_unstarred),
            wanted.is_hidden in (None, entry.hidden_from_memories),
            not wanted.has or not wanted.has.isdisjoint(has),
            *(meets(entry, other) for other in wanted.also),
            *(not meets(entry, other) for other in wanted.none_of if conditions(other)[0]),
        )
    )


@settings(max_examples=80, deadline=None)
@given(wanted=FILTERS, also=st.lists(FILTERS, max_size=2), none_of=st.lists(FILTERS, max_size=2))
def test_an_entry_is_let_through_if_it_meets_all_that_is_set(
    index: Index, wanted: EntryFilter, also: list[EntryFilter], none_of: list[EntryFilter]
) -> None:
    wanted = replace(wanted, also=tuple(also), none_of=tuple(none_of))
    expected = {entry.id for entry in ENTRIES if meets(entry, wanted)}
    assert {entry.id for entry in index.entries(wanted)} == expected
    assert {glance.id for glance in index.glances(wanted)} == expected
    assert index.count(wanted) == len(expected)


@pytest.mark.parametrize("kind", ["feeling", "tag"])
def test_a_label_that_is_no_text_is_looked_for_as_it_would_be_kept(index: Index, kind: str) -> None:
    assert index.count(EntryFilter(**{kind: "bad \udcff"})) == 0
    item = Indexed(replace(an_entry(99), **{f"{kind}s": ("Bad ?",)}), "", Stamps((1, 1), None))
    index.change(put=[item])
    try:
        assert index.count(EntryFilter(**{kind: "bad \udcff"})) == 1
    finally:
        index.change(removed=[item.entry.folder])


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (EntryFilter(moods=frozenset({Mood.AWFUL})), 8),
        (EntryFilter(none_of=(EntryFilter(moods=frozenset({Mood.AWFUL})),)), 40),
        (EntryFilter(tag="WORK"), 38),
        (EntryFilter(tag="strasse"), 10),
        (EntryFilter(days=(Days(NOON.date(), NOON.date()), Days(None, None))), 48),
        (EntryFilter(has=frozenset({"no-note"})), 16),
        (EntryFilter(none_of=(EntryFilter(),)), 48),
    ],
)
def test_so_many_are_let_through(index: Index, wanted: EntryFilter, count: int) -> None:
    assert index.count(wanted) == count


def test_nothing_is_asked_of_entries_where_nothing_is_set() -> None:
    assert where(EntryFilter()) == ("", [])
    assert where(EntryFilter(starred=True)) == (" WHERE starred = 1", [])


def test_what_somebody_typed_is_never_a_part_of_the_question() -> None:
    typed = "'); DROP TABLE entries; --"
    clause, values = where(EntryFilter(tag=typed, feelings=frozenset({typed})))
    assert typed not in clause
    assert values.count(typed.casefold()) == 2
