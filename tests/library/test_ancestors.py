"""What the two versions of an entry both came from, as far as this computer can know."""

from dataclasses import replace
from pathlib import Path

import pytest

from duskreel.library.ancestors import Ancestors
from duskreel.library.entry import Entry


@pytest.fixture
def memory(tmp_path: Path) -> Ancestors:
    return Ancestors(tmp_path / "ancestors" / "library")


@pytest.fixture
def versions(an_entry: Entry) -> tuple[Entry, Entry, Entry]:
    """The first one, ours, and another computer's."""
    return an_entry, replace(an_entry, title="ours"), replace(an_entry, title="theirs")


def test_what_was_changed_here_came_from_what_was_there_before(
    memory: Ancestors, versions: tuple[Entry, Entry, Entry]
) -> None:
    first, ours, theirs = versions
    memory.note_change(first, ours)
    assert memory.of(ours, theirs) == first
    assert memory.of(theirs, ours) == first, "whichever of them is asked for first"


def test_several_changes_here_all_came_from_the_first(memory: Ancestors, versions: tuple[Entry, Entry, Entry]) -> None:
    first, ours, theirs = versions
    memory.note_change(first, ours)
    later = replace(ours, note="more")
    memory.note_change(ours, later)
    assert memory.of(later, theirs) == first


def test_what_came_from_elsewhere_meanwhile_is_the_new_beginning(
    memory: Ancestors, versions: tuple[Entry, Entry, Entry]
) -> None:
    first, ours, theirs = versions
    memory.note_change(first, ours)
    later = replace(theirs, note="more")
    memory.note_change(theirs, later)
    assert memory.of(later, ours) == theirs


def test_two_versions_that_are_both_not_ours_have_no_known_ancestor(
    memory: Ancestors, versions: tuple[Entry, Entry, Entry]
) -> None:
    first, ours, theirs = versions
    assert memory.of(ours, theirs) is None, "nothing was changed here"
    memory.note_change(first, ours)
    assert memory.of(theirs, replace(theirs, note="more")) is None


def test_after_uniting_nothing_is_certain_until_something_comes_from_elsewhere(
    memory: Ancestors, versions: tuple[Entry, Entry, Entry]
) -> None:
    _, ours, theirs = versions
    both = replace(ours, note="both")
    memory.note_united(both)
    assert memory.of(both, theirs) is None
    later = replace(both, note="later")
    memory.note_change(both, later)
    assert memory.of(later, theirs) is None
    elsewhere = replace(later, note="elsewhere")
    changed = replace(elsewhere, title="new")
    memory.note_change(elsewhere, changed)
    assert memory.of(changed, theirs) == elsewhere


def test_it_is_remembered_by_the_next_process(tmp_path: Path, versions: tuple[Entry, Entry, Entry]) -> None:
    first, ours, theirs = versions
    Ancestors(tmp_path).note_change(first, ours)
    assert Ancestors(tmp_path).of(ours, theirs) == first


def test_what_is_forgotten_is_not_known(memory: Ancestors, versions: tuple[Entry, Entry, Entry]) -> None:
    first, ours, theirs = versions
    memory.note_change(first, ours)
    memory.forget(first.id)
    assert memory.of(ours, theirs) is None
    memory.forget(first.id)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"base": 5}', b'{"ours": {}, "base": {}}', b"\xff"])
def test_what_a_power_cut_leaves_is_no_version_of_anything(
    tmp_path: Path, versions: tuple[Entry, Entry, Entry], content: bytes
) -> None:
    first, ours, theirs = versions
    memory = Ancestors(tmp_path)
    memory.note_change(first, ours)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert memory.of(ours, theirs) is None
    memory.note_change(ours, replace(ours, note="more"))
    assert memory.of(replace(ours, note="more"), theirs) == ours


def test_an_id_that_leads_elsewhere_writes_nowhere(tmp_path: Path, an_entry: Entry) -> None:
    outside = replace(an_entry, id="../outside")
    memory = Ancestors(tmp_path / "here")
    memory.note_change(outside, replace(outside, title="new"))
    memory.forget("../outside")
    assert memory.of(outside, replace(outside, title="new")) is None
    assert not (tmp_path / "outside.json").exists()


def test_a_folder_that_cannot_be_made_keeps_nobody_from_changing_an_entry(
    tmp_path: Path, versions: tuple[Entry, Entry, Entry]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    first, ours, theirs = versions
    memory = Ancestors(tmp_path / "file" / "below")
    memory.note_change(first, ours)
    assert memory.of(ours, theirs) is None
