"""Searches that are kept under a name."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library.query import parse
from duskreel.library.searches import FILE, find, load, remove, rename, save, understood

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def names(folder: Path) -> list[str]:
    return [search.name for search in load(folder)]


def test_a_saved_search_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    save(tmp_path, " Hard  days ", 'mood:1..2  -tag:"job search"', NOW)
    save(tmp_path, "Calm", "feeling:calm", NOW)
    assert names(tmp_path) == ["Calm", "Hard days"]
    assert understood(tmp_path, "@hard days") == parse('mood:1..2 -tag:"job search"')
    assert understood(tmp_path, "river") == parse("river")


def test_saving_again_replaces_renaming_and_removing_leave_one_or_none(tmp_path: Path) -> None:
    save(tmp_path, "Calm", "feeling:calm", NOW)
    save(tmp_path, "calm", "feeling:calm star:yes", LATER)
    assert [search.query for search in load(tmp_path)] == ["feeling:calm star:yes"]
    rename(tmp_path, "calm", "Peace", LATER)
    assert names(tmp_path) == ["Peace"]
    rename(tmp_path, "peace", "PEACE", LATER + timedelta(seconds=1))
    assert names(tmp_path) == ["PEACE"]
    remove(tmp_path, "Peace", LATER + timedelta(seconds=2))
    assert load(tmp_path) == []
    save(tmp_path, "Peace", "calm", LATER + timedelta(seconds=3))
    assert names(tmp_path) == ["Peace"]


@pytest.mark.parametrize(("name", "query"), [("", "river"), ("@a", "river"), ("a" * 61, "river"), ("a", "  ")])
def test_what_cannot_be_saved_is_refused(tmp_path: Path, name: str, query: str) -> None:
    with pytest.raises(DiaryError):
        save(tmp_path, name, query, NOW)
    assert not (tmp_path / FILE).exists()


def test_an_unknown_name_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    save(tmp_path, "Calm", "feeling:calm", NOW)
    for ask in (lambda: find(tmp_path, "Clam"), lambda: remove(tmp_path, "Clam", NOW)):
        with pytest.raises(DiaryError, match="“Calm”"):
            ask()


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"searches": 3}', b"\xff\xfe", b"[" * 100_000])
def test_a_broken_file_is_kept_aside_and_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load(tmp_path) == []
    save(tmp_path, "Calm", "feeling:calm", NOW)
    assert names(tmp_path) == ["Calm"]
    assert (tmp_path / f"{FILE}.broken").read_bytes() == content


def test_a_broken_search_does_not_take_the_others_along(tmp_path: Path) -> None:
    save(tmp_path, "Calm", "feeling:calm", NOW)
    data = json.loads((tmp_path / FILE).read_text())
    data["searches"] += [3, {"name": "x"}, {"name": "y", "query": "z", "changed_at": "soon"}]
    (tmp_path / FILE).write_text(json.dumps(data))
    assert names(tmp_path) == ["Calm"]


def test_the_changes_of_two_computers_become_one(tmp_path: Path) -> None:
    save(tmp_path, "Old", "old", NOW)
    save(tmp_path, "Shared", "first", NOW)
    here = (tmp_path / FILE).read_bytes()
    save(tmp_path, "There", "there", LATER)
    save(tmp_path, "Shared", "second", LATER)
    remove(tmp_path, "Old", LATER)
    there = tmp_path / "searches.sync-conflict-20261123-180412-ABCDEFG.json"
    (tmp_path / FILE).rename(there)
    (tmp_path / FILE).write_bytes(here)
    assert [(search.name, search.query) for search in load(tmp_path)] == [("Shared", "second"), ("There", "there")]
    save(tmp_path, "Here", "here", LATER)
    assert not there.exists()
    assert names(tmp_path) == ["Here", "Shared", "There"]
