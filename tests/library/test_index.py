import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duskreel.errors import DiaryError
from duskreel.library.entry import Entry, Mood, Original
from duskreel.library.folder import Stamps
from duskreel.library.glance import Glance
from duskreel.library.index import Index, IndexBrokenError, Indexed, open_index
from duskreel.library.review_notes import ReviewNotes
from duskreel.library.values import HIT_END, HIT_START, EntryFilter

SEEN = Stamps((1, 2), None)
HEARD = Stamps((1, 2), (3, 4))
ANYTHING = st.characters(exclude_categories=()) | st.sampled_from("\ud800\udfff\0\x02\"'*-")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "library.db"


@pytest.fixture
def index(path: Path) -> Iterator[Index]:
    opened, _ = open_index(path)
    yield opened
    opened.close()


@pytest.fixture
def put(index: Index, an_entry: Entry) -> Callable[..., Entry]:
    def put(number: int = 1, *, words: str | None = None, **changes: object) -> Entry:
        fields = {"id": f"01JD{number:022}", "folder": f"entries/{number}", **changes}
        entry = replace(an_entry, **fields)  # type: ignore[arg-type]
        index.change(put=[Indexed(entry, words or "", SEEN if words is None else HEARD)])
        return entry

    return put


def found(index: Index, text: str) -> list[str]:
    return [hit.entry.title for hit in index.search(text, 50)]


def marked(text: str) -> str:
    return text.replace("[", HIT_START).replace("]", HIT_END)


def test_an_entry_comes_back_as_it_was(index: Index, put: Callable[..., Entry]) -> None:
    entry = put(title="Monday", mood=Mood.BAD, feelings=("drained",), tags=("work",), unknown={"future": [1]})
    assert index.get(entry.id) == entry
    assert index.in_folder(entry.folder) == entry
    assert index.entries(EntryFilter()) == [entry]
    assert index.stamps() == {entry.folder: (entry.id, SEEN)}


def test_an_entry_replaces_what_had_its_id_or_its_folder(index: Index, put: Callable[..., Entry]) -> None:
    put(1, folder="entries/a")
    moved = put(1, folder="entries/b")
    assert index.entries(EntryFilter()) == [moved]
    other = put(2, folder="entries/b")
    assert index.entries(EntryFilter()) == [other]


def test_newest_come_first_across_offsets(index: Index, put: Callable[..., Entry]) -> None:
    tokyo = put(1, recorded_at=datetime(2026, 11, 24, 8, tzinfo=timezone(timedelta(hours=9))))
    lima = put(2, recorded_at=datetime(2026, 11, 23, 20, tzinfo=timezone(timedelta(hours=-5))))
    assert index.entries(EntryFilter()) == [lima, tokyo]
    assert [(known.id, known.day) for known in index.references()] == [
        (lima.id, date(2026, 11, 23)),
        (tokyo.id, date(2026, 11, 24)),
    ]


def test_the_ends_of_time_can_be_stored(index: Index, put: Callable[..., Entry]) -> None:
    first = put(1, recorded_at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
    last = put(2, recorded_at=datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))))
    assert index.entries(EntryFilter()) == [last, first]


def test_filters_hold_together(index: Index, put: Callable[..., Entry]) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    one = put(1, recorded_at=late, mood=Mood.BAD, feelings=("Drained",), tags=("Job Search",), starred=True)
    two = put(2, recorded_at=late - timedelta(days=3), mood=Mood.GREAT)
    wanted = [
        (EntryFilter(), [one, two]),
        (EntryFilter(first_day=date(2026, 11, 23)), [one]),
        (EntryFilter(last_day=date(2026, 11, 22)), [two]),
        (EntryFilter(first_day=date(2026, 11, 20), last_day=date(2026, 11, 20)), [two]),
        (EntryFilter(moods=frozenset({Mood.GREAT, Mood.GOOD})), [two]),
        (EntryFilter(moods=frozenset({Mood.GREAT, Mood.BAD})), [one, two]),
        (EntryFilter(feeling="drained"), [one]),
        (EntryFilter(feeling="job search"), []),
        (EntryFilter(tag="JOB search"), [one]),
        (EntryFilter(starred=True), [one]),
        (EntryFilter(starred=True, moods=frozenset({Mood.GREAT})), []),
    ]
    assert [index.entries(asked) for asked, _ in wanted] == [answer for _, answer in wanted]


def test_a_glance_is_what_a_list_shows_of_an_entry(index: Index, put: Callable[..., Entry]) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    one = put(1, recorded_at=late, title="Monday", mood=Mood.BAD, starred=True, recovered=True, words="said")
    two = put(2, recorded_at=late - timedelta(days=3))
    assert index.glances(EntryFilter()) == [
        Glance(one.id, one.folder, date(2026, 11, 23), "23:30", 61240, "Monday", Mood.BAD, True, True, True),
        Glance(two.id, two.folder, date(2026, 11, 20), "23:30", 61240, "", None, False, False, False),
    ]
    assert [glance.id for glance in index.glances(EntryFilter(moods=frozenset({Mood.BAD})))] == [one.id]


def test_labels_come_with_the_most_used_first_and_in_one_spelling(index: Index, put: Callable[..., Entry]) -> None:
    put(1, tags=("work", "Family"), feelings=("calm",))
    put(2, tags=("family",))
    put(3, tags=("Family",))
    assert index.labels("tags") == ["Family", "work"]
    assert index.labels("feelings") == ["calm"]


def test_a_search_keeps_to_the_filter(index: Index, put: Callable[..., Entry]) -> None:
    put(1, words="by the river", starred=True, title="one")
    put(2, words="the river again 川", mood=Mood.GOOD, title="two")
    wanted = EntryFilter(starred=True)
    assert [hit.entry.title for hit in index.search("river", 50, wanted)] == ["one"]
    assert [hit.entry.title for hit in index.search("rive", 50, EntryFilter(moods=frozenset({Mood.GOOD})))] == ["two"]
    assert index.search("川", 50, wanted) == []


def test_labels_go_with_their_entry(index: Index, put: Callable[..., Entry]) -> None:
    entry = put(1, tags=("work",))
    put(1, tags=())
    assert index.entries(EntryFilter(tag="work")) == []
    index.change(removed=[entry.folder])
    assert index.stamps() == {}


def test_a_change_is_whole_or_not_at_all(index: Index, put: Callable[..., Entry], an_entry: Entry) -> None:
    kept = put(1, words="spoken")

    def failing() -> Iterator[Indexed]:
        yield Indexed(replace(an_entry, id="2", folder="entries/2"), "", SEEN)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.change(removed=[kept.folder], put=failing())
    assert index.entries(EntryFilter()) == [kept]
    assert index.search("spoken", 5)


def test_waiting_are_those_without_a_transcript_oldest_first(index: Index, put: Callable[..., Entry]) -> None:
    now = datetime(2026, 11, 23, 18, tzinfo=timezone.utc)  # noqa: UP017
    new, old = put(1, recorded_at=now), put(2, recorded_at=now - timedelta(days=1))
    put(3, words="heard")
    put(4, words="")
    assert index.waiting_for_transcript() == [old, new]


def test_an_original_is_known_again(index: Index, put: Callable[..., Entry]) -> None:
    entry = put(1, original=Original("holiday.mov", "ab" * 32))
    assert index.with_original("ab" * 32) == entry
    assert index.with_original("") is None


def test_every_text_is_searched(index: Index, put: Callable[..., Entry]) -> None:
    put(1, title="in title: heron")
    put(2, title="in note", note="a heron")
    put(3, title="in words", words="saw the heron fly")
    put(4, title="in tags", tags=("heron", "birds"))
    put(5, title="nowhere", feelings=("hopeful",))
    assert sorted(found(index, "heron")) == ["in note", "in tags", "in title: heron", "in words"]


def test_accents_and_case_do_not_matter_and_the_last_word_may_be_unfinished(
    index: Index, put: Callable[..., Entry]
) -> None:
    put(2, title="tiếng Việt")
    assert found(index, "tieng viet") == ["tiếng Việt"]
    put(1, title="Café mañana")
    for text in ("cafe", "CAFÉ", "cafe\u0301", "cafe man", "manana cafe", "ca"):
        assert found(index, text) == ["Café mañana"], text
    assert found(index, "cafe tomorrow") == []


def test_a_hit_is_shown_in_its_sentence(index: Index, put: Callable[..., Entry]) -> None:
    before, after = "so " * 40, "and " * 40
    put(1, title="Walk", words=f"{before}the grey heron stood still {after}")
    (hit,) = index.search("heron", 5)
    assert marked("grey [heron] stood still") in hit.snippet
    assert len(hit.snippet) < 120


def test_text_is_never_an_operator(index: Index, put: Callable[..., Entry]) -> None:
    put(1, title='she said "no" AND left - C++ (100%) a_b')
    for text in ('"no"', "AND", "no AND left", "C++", "(100%)", "100%", "a_b", "-", "left -", '"'):
        assert found(index, text), text
    for text in ("NEAR(she left)", "title:she*nothing", "x OR no", "%", "___", "   ", ""):
        assert text in ("%",) or not found(index, text), text


@pytest.mark.parametrize("text", ["仕事", "事の", "の話", "東京 仕事", "คิด"])
def test_scripts_without_spaces_are_found_anywhere(index: Index, put: Callable[..., Entry], text: str) -> None:
    put(1, title="今日は仕事の話をした 東京で ความคิดของฉัน")
    put(2, title="something else")
    (hit,) = index.search(text, 5)
    assert f"{HIT_START}{text.split()[0]}{HIT_END}" in hit.snippet


def test_scripts_without_spaces_are_found_also_where_another_text_begins_so(
    index: Index, put: Callable[..., Entry]
) -> None:
    put(1, title="仕事が終わった")
    put(2, title="今日の仕事")
    assert sorted(found(index, "仕事")) == ["今日の仕事", "仕事が終わった"]


def test_a_part_of_a_word_is_found_where_no_word_is(index: Index, put: Callable[..., Entry]) -> None:
    put(1, title="Unsleeping")
    assert found(index, "sleep") == ["Unsleeping"]
    put(2, title="sleep")
    assert found(index, "sleep") == ["sleep"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(ANYTHING, max_size=40), query=st.text(ANYTHING, max_size=40))
def test_no_text_raises(index: Index, an_entry: Entry, text: str, query: str) -> None:
    index.change(put=[Indexed(replace(an_entry, id="1"), text, HEARD)])
    index.search(query, 5)
    index.search(text, 5)


def test_a_very_long_search_is_answered(index: Index, put: Callable[..., Entry]) -> None:
    put(1, title="word")
    assert index.search("word " * 5000, 5)
    assert index.search("w" * 200_000, 5) == []


def test_limit_is_kept(index: Index, put: Callable[..., Entry]) -> None:
    for number in range(5):
        put(number, title="heron 鷺")
    assert len(index.search("heron", 3)) == len(index.search("鷺", 3)) == 3


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_index_is_set_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    index, given_up = open_index(path)
    assert given_up
    assert index.stamps() == {}
    assert path.with_suffix(".set-aside").read_bytes() == content
    index.close()


def test_an_index_of_a_newer_program_is_set_aside(path: Path) -> None:
    open_index(path)[0].close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    index, given_up = open_index(path)
    assert "newer" in given_up
    assert index.stamps() == {}
    index.close()


def test_an_index_is_kept_between_runs(path: Path, index: Index, put: Callable[..., Entry]) -> None:
    entry = put(1)
    again, given_up = open_index(path)
    assert not given_up
    assert again.entries(EntryFilter()) == [entry]
    again.close()


def test_damage_found_later_is_told_apart_from_a_full_disk(index: Index, put: Callable[..., Entry]) -> None:
    put(1)
    index._db.execute("UPDATE contents SET json = '{'")
    with pytest.raises(IndexBrokenError):
        index.entries(EntryFilter())
    index._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(DiaryError, match="full"):
        put(2, note="long " * 100_000)


def test_a_state_folder_that_cannot_be_made_is_a_known_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiaryError):
        open_index(tmp_path / "file" / "index" / "a.db")


def test_what_was_written_is_safe_from_a_power_cut(index: Index) -> None:
    """A rollback journal and a sync at every commit: sqlite.org/pragma.html, synchronous = 2 is FULL."""
    assert index._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert index._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert index._db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_programs_that_begin_an_index_at_once_wait_for_each_other(tmp_path: Path) -> None:
    barrier = threading.Barrier(6)

    def begin(_: int) -> str:
        barrier.wait()
        index, given_up = open_index(tmp_path / "index.db")
        index.close()
        return given_up

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(begin, range(6))) == {""}


def put_off(day: date | None) -> ReviewNotes:
    return ReviewNotes(ask_again_on=day)


def test_what_was_put_off_comes_when_its_day_has_come_the_longest_waiting_first(
    index: Index, put: Callable[..., Entry]
) -> None:
    late, early = put(1, review=put_off(date(2026, 11, 24))), put(2, review=put_off(date(2026, 11, 20)))
    same = put(3, review=put_off(date(2026, 11, 20)))
    put(4, review=put_off(date(2026, 12, 1)))
    put(5, review=put_off(None))
    put(6, note='"ask_again_on": "2026-11-01"', unknown={"ask_again_on": "2026-11-01"})
    put(7)
    assert index.to_think_about(date(2026, 11, 24)) == [early, same, late]
    assert index.to_think_about(date(2026, 11, 23)) == [early, same]
    assert index.to_think_about(date(2026, 11, 19)) == []


def test_what_was_put_off_is_read_again_only_after_a_change(
    index: Index, path: Path, put: Callable[..., Entry]
) -> None:
    today = date(2026, 11, 24)
    first = put(1, review=put_off(today))
    assert index.to_think_about(today) == [first]
    asked: list[str] = []
    index._db.conn.set_trace_callback(asked.append)
    assert index.to_think_about(today) == [first]
    assert not [statement for statement in asked if "contents" in statement], "no text is looked into"
    second = put(2, review=put_off(today))
    assert index.to_think_about(today) == [first, second]
    other, _ = open_index(path)
    other.change(removed=[first.folder])
    other.close()
    assert index.to_think_about(today) == [second], "another program has changed it"
