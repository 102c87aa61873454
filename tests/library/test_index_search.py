"""What is found, in which order, and what is tried where hardly anything is."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from duskreel.library import index_search
from duskreel.library.diary import Diary, DiaryLocation
from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.library.folder import Stamps
from duskreel.library.index import Index, Indexed, open_index
from duskreel.library.migrations import index_migrations
from duskreel.library.query import parse
from duskreel.library.search_text import word_starts
from duskreel.library.values import HIT_END, HIT_START, EntryFilter, Findings

SECOND = "texts_apart_and_times_of_words"
THIRD = "moods_after_and_feelings"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened, _ = open_index(tmp_path / "index.db")
    yield opened
    opened.close()


@pytest.fixture
def put(index: Index, an_entry: Entry, said: Callable[[str], Transcript]) -> Callable[..., Entry]:
    """Each entry is a day older than the one with the next number."""

    def put(number: int, words: str = "", **changes: object) -> Entry:
        day = an_entry.recorded_at + timedelta(days=number)
        fields = {"id": f"01JD{number:022}", "folder": f"entries/{number}", "recorded_at": day, **changes}
        entry = replace(an_entry, **fields)  # type: ignore[arg-type]
        heard = said(words)
        index.change(put=[Indexed(entry, heard.text, Stamps((1, 2), (3, 4)), word_starts(heard))])
        return entry

    return put


def look(index: Index, text: str, limit: int = 50) -> Findings:
    query = parse(text)
    return index.look_for(query.terms, limit, query.wanted)


def days(findings: Findings) -> list[int]:
    return [int(hit.entry.id[4:]) for hit in findings.hits]


def test_title_and_tags_come_before_note_before_words_and_new_before_old(
    index: Index, put: Callable[..., Entry]
) -> None:
    put(6, "we saw a heron there")
    put(5, "we saw a heron there")
    put(4, note="it was a heron")
    put(3, tags=("heron",))
    put(2, title="heron")
    assert days(look(index, "heron")) in ([3, 2, 4, 6, 5], [2, 3, 4, 6, 5])


def test_what_is_in_very_many_entries_comes_by_place_and_then_the_newest(
    index: Index, put: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_search, "MOST_WEIGHED", 5)
    for number in range(10, 20):
        put(number, "the rain again " * (number % 3 + 1))
    put(1, title="The rain")
    put(2, note="the rain")
    assert days(look(index, "the rain")) == [1, 2, *range(19, 9, -1)]
    assert days(look(index, "r", limit=3)) == [1, 2, 19]
    assert days(look(index, "rain after:2026-12-11")) == [19]


def test_each_hit_tells_its_sentence_and_when_it_is_said(index: Index, put: Callable[..., Entry]) -> None:
    put(1, "It rained all day. Then the heron stood still. I went home.", title="Heron")
    (hit,) = look(index, "heron stil").hits
    assert hit.snippet == f"Then the {HIT_START}heron{HIT_END} stood {HIT_START}still{HIT_END}."
    assert hit.time_ms == 6 * 300


def test_phrases_stand_together_and_excluded_words_nowhere(index: Index, put: Callable[..., Entry]) -> None:
    put(1, "by the river we walked")
    put(2, "the walk by a river")
    put(3, "by the river in the rain")
    assert sorted(days(look(index, '"by the river"'))) == [1, 3]
    assert sorted(days(look(index, "river -rain"))) == [1, 2]
    assert days(look(index, '-"by the river"')) == [2]
    assert days(look(index, '"river by the"')) == []


def test_a_slip_of_the_finger_is_forgiven_and_told(index: Index, put: Callable[..., Entry]) -> None:
    put(1, "I felt hopeful")
    put(2, "so greatful today")
    for typed, meant in (("hopefull", "hopeful"), ("hopfeul", "hopeful"), ("jopeful", "hopeful")):
        found = look(index, typed)
        assert (days(found), found.instead) == ([1], ((typed, meant),))
    assert look(index, "hopeful").instead == ()
    assert look(index, "xylophone") == Findings(())
    assert look(index, '"hopefull"') == Findings(())


def test_exact_hits_come_before_corrected_ones(index: Index, put: Callable[..., Entry]) -> None:
    put(1, "a letter from the bank")
    for number in range(2, 7):
        put(number, "a better day")
    found = look(index, "letter")
    assert days(found)[0] == 1
    assert found.instead == (("letter", "better"),)
    assert sorted(days(found)) == [1, 2, 3, 4, 5, 6]


def test_new_words_are_known_at_once(index: Index, put: Callable[..., Entry]) -> None:
    put(1, "river")
    assert days(look(index, "rivre")) == [1]
    put(1, "garden")
    assert look(index, "rivre").hits == ()
    assert days(look(index, "gardne")) == [1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mood:2", [1]),
        ("mood:none", [3]),
        ("mood:none mood:5", [3, 2]),
        ("-mood:2", [3, 2]),
        ("feeling:calm feeling:SAD", [2, 1]),
        ("tag:work -tag:home", [1]),
        ("-tag:work", [3]),
        ("star:yes", [2]),
        ("star:no", [3, 1]),
        ("hidden:yes", [3]),
        ("hidden:no", [2, 1]),
        ("length:>2m", [3]),
        ("length:30s..2m", [2, 1]),
        ("has:words", [1]),
        ("has:title has:note", [3, 2]),
        ("has:no-title", [3, 1]),
        ("on:2026-11-24 on:2026-11-26", [3, 1]),
        ("on:2026-11-25..", [3, 2]),
        ("after:2026-11-24 before:2026-11-26", [2]),
        ("length:>=0s", [3, 2, 1]),
        ("tag:work -mood:none -star:yes", [1]),
    ],
)
def test_conditions_are_met(index: Index, put: Callable[..., Entry], text: str, found: list[int]) -> None:
    put(1, "words", mood=Mood.BAD, feelings=("sad",), tags=("work",))
    put(2, mood=Mood.GREAT, feelings=("Calm",), tags=("work", "home"), starred=True, title="Two")
    put(3, hidden_from_memories=True, duration_ms=200_000, note="three")
    assert [int(glance.id[4:]) for glance in index.glances(parse(text).wanted)] == found
    assert [int(entry.id[4:]) for entry in index.entries(parse(text).wanted)] == found


def test_chosen_and_typed_conditions_hold_together(index: Index, put: Callable[..., Entry]) -> None:
    put(1, mood=Mood.BAD, starred=True)
    put(2, mood=Mood.BAD)
    wanted = EntryFilter(moods=frozenset({Mood.BAD}), also=(EntryFilter(starred=True),))
    assert [entry.id[-1] for entry in index.entries(wanted)] == ["1"]


def test_many_entries_of_one_moment_have_their_places(index: Index, put: Callable[..., Entry], an_entry: Entry) -> None:
    for number in range(30):
        put(number, "same", recorded_at=an_entry.recorded_at + timedelta(seconds=number // 20))
    assert len(look(index, "same").hits) == 30


def test_an_index_of_the_first_shape_is_filled_anew(
    location: DiaryLocation, plant: Callable[..., Entry], said: Callable[[str], Transcript]
) -> None:
    entry = plant(1, title="Heron day")
    with Diary.open(location) as diary:
        diary.save_transcript(entry, said("the heron stood"))
        (path,) = (location.state / "index").glob("*.db")
    path.unlink()
    connection = sqlite3.connect(path)
    index_migrations.apply(Database(connection), stop_before=SECOND)
    _fill_first_shape(connection, entry)
    connection.close()
    with Diary.open(location) as diary:
        assert diary.notices == []
        (hit,) = diary.search("stood")
        assert (hit.entry, hit.time_ms) == (entry, 600)
        assert diary.glances()[0].title == "Heron day"


def test_what_the_first_shape_knew_of_an_entry_outlives_its_sidecar(tmp_path: Path, an_entry: Entry) -> None:
    path = tmp_path / "index.db"
    connection = sqlite3.connect(path)
    index_migrations.apply(Database(connection), stop_before=SECOND)
    _fill_first_shape(connection, an_entry)
    connection.close()
    index, given_up = open_index(path)
    assert (given_up, index.in_folder(an_entry.folder)) == ("", an_entry)
    index.change(removed=[an_entry.folder])
    assert index.stamps() == {}
    index.close()


def test_an_index_of_the_second_shape_learns_how_it_felt_afterwards(tmp_path: Path, an_entry: Entry) -> None:
    entry, odd = replace(an_entry, mood_after=Mood.GOOD), replace(an_entry, id="2", folder="entries/2")
    path = tmp_path / "index.db"
    connection = sqlite3.connect(path)
    index_migrations.apply(Database(connection), stop_before=THIRD)
    _fill_second_shape(connection, 1, entry, json.dumps(entry.to_json()), "2026-11-23")
    _fill_second_shape(connection, 2, odd, json.dumps({**odd.to_json(), "future": float("nan")}), "2026-11-22")
    connection.execute("INSERT INTO labels (entry_number, kind, folded, word) VALUES (1, 'feeling', 'calm', 'Calm')")
    connection.execute("INSERT INTO labels (entry_number, kind, folded, word) VALUES (2, 'tag', 'work', 'work')")
    connection.commit()
    connection.close()
    index, given_up = open_index(path)
    assert (given_up, index.get(entry.id)) == ("", entry)
    assert [(each.mood_after, each.has_feelings) for each in index.glances(EntryFilter())] == [
        (Mood.GOOD, True),
        (None, False),
    ]
    seen = {folder: stamps.entry for folder, (_, stamps) in index.stamps().items()}
    assert seen == {entry.folder: (1, 2), odd.folder: (-1, 2)}, "what SQLite cannot read is read from its sidecar again"
    index.close()


def _fill_second_shape(connection: sqlite3.Connection, number: int, entry: Entry, data: str, day: str) -> None:
    connection.execute(
        "INSERT INTO entries (number, id, folder, day, recorded_utc, title, entry_mtime_ns, entry_size_bytes)"
        " VALUES (?, ?, ?, ?, ?, '', 1, 2)",
        [number, entry.id, entry.folder, day, day],
    )
    connection.execute("INSERT INTO contents (number, json) VALUES (?, ?)", [number, data])


def _fill_first_shape(connection: sqlite3.Connection, entry: Entry) -> None:
    connection.execute(
        "INSERT INTO entries (id, folder, day, recorded_utc, starred, title, note, transcript, tags, json,"
        " entry_mtime_ns, entry_size_bytes) VALUES (?, ?, '2026-11-23', '2026-11-23', 0, ?, '', '', '', ?, 1, 2)",
        [entry.id, entry.folder, entry.title, json.dumps(entry.to_json())],
    )
    connection.commit()
