"""Glances that are kept, and let go when anything changes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from duskreel.library import index_glances
from duskreel.library.entry import Entry, Mood
from duskreel.library.folder import Stamps
from duskreel.library.index import Index, Indexed, open_index
from duskreel.library.values import EntryFilter

STARRED = EntryFilter(starred=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.db"


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    opened, _ = open_index(path)
    yield opened
    opened.close()


@pytest.fixture
def make(an_entry: Entry) -> Callable[..., Indexed]:
    def make(number: int, **changes: object) -> Indexed:
        at = an_entry.recorded_at + timedelta(days=number)
        entry = replace(an_entry, id=f"{number:03}", folder=f"entries/{number}", recorded_at=at)
        return Indexed(replace(entry, **changes), "", Stamps((1, 2), None))  # type: ignore[arg-type]

    return make


def ids(index: Index, wanted: EntryFilter) -> list[str]:
    return [glance.id for glance in index.glances(wanted)]


def test_every_mood_and_flag_comes_back(index: Index, make: Callable[..., Indexed]) -> None:
    moods, yes_no = (None, Mood.AWFUL, Mood.BAD, Mood.GREAT), (False, True)
    made = [
        make(
            number,
            mood=mood,
            mood_after=after,
            starred=starred,
            recovered=not starred,
            hidden_from_memories=hidden,
            feelings=("calm",) if starred == hidden else (),
        )
        for number, (mood, after, starred, hidden) in enumerate(product(moods, moods, yes_no, yes_no))
    ]
    index.change(put=made)
    told = [
        (each.mood, each.mood_after, each.starred, each.recovered, each.hidden_from_memories, each.has_feelings)
        for each in reversed(index.glances(EntryFilter()))
    ]
    meant = [
        (e.mood, e.mood_after, e.starred, e.recovered, e.hidden_from_memories, bool(e.feelings))
        for e in (item.entry for item in made)
    ]
    assert told == meant
    assert {type(flag) for each in told for flag in each[2:]} == {bool}


@pytest.mark.parametrize("few", [0, index_glances.FEW])
def test_after_each_change_the_list_is_another_one(
    index: Index, path: Path, make: Callable[..., Indexed], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_glances, "FEW", few)
    index.change(put=[make(1), make(2, starred=True)])
    assert (ids(index, EntryFilter()), ids(index, STARRED)) == (["002", "001"], ["002"])
    index.change(put=[make(1, starred=True)])
    assert (ids(index, STARRED), ids(index, EntryFilter())) == (["002", "001"], ["002", "001"])
    index.change(removed=["entries/2"])
    assert (ids(index, EntryFilter()), ids(index, STARRED)) == (["001"], ["001"])
    other, _ = open_index(path)
    other.change(put=[make(3, title="From elsewhere", starred=True)])
    other.close()
    assert (ids(index, STARRED), ids(index, EntryFilter())) == (["003", "001"], ["003", "001"])


def test_entries_are_not_read_again_while_nothing_changes(index: Index, make: Callable[..., Indexed]) -> None:
    index.change(put=[make(1), make(2, starred=True)])
    first = index.glances(EntryFilter())
    assert index.glances(EntryFilter())[0] is first[0] is index.glances(STARRED)[0]
    first.clear()
    assert len(index.glances(EntryFilter())) == 2, "a list that was handed out is the caller's own"


def test_refilling_leaves_nothing_of_what_was_there(index: Index, make: Callable[..., Indexed]) -> None:
    before = replace(make(1, title="Heron", tags=("pond",)), transcript_text="the heron stood")
    index.change(put=[before, make(2)])
    index.refill([replace(make(1, title="Crow"), transcript_text="the crow sat"), make(3)])
    assert ids(index, EntryFilter()) == ["003", "001"]
    assert index.labels("tags") == []
    assert index.texts(["001", "002"]) == {"001": "the crow sat"}
    assert [hit.entry.title for hit in index.search("crow", 5)] == ["Crow"]
    assert index.search("heron", 5) == []
    assert index.count() == 2


def test_a_refill_that_fails_leaves_what_was_there(index: Index, make: Callable[..., Indexed]) -> None:
    index.change(put=[make(1, title="Heron")])

    def broken_off() -> Iterator[Indexed]:
        yield make(2)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.refill(broken_off())
    assert ids(index, EntryFilter()) == ["001"]
    assert len(index.search("heron", 5)) == 1
