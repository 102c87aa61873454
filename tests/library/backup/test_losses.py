"""A snapshot of a diary that most entries are missing from is told of, and stands for none before it."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duskreel.library.backup.kept import StoredFile
from duskreel.library.backup.losses import entries_in, lacks_most
from duskreel.library.backup.store import BackupFolder, Snapshot
from duskreel.library.backup.thinning import KeepPolicy, thin
from duskreel.library.values import DiaryLocation
from library.backup.conftest import BackUp, put

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOTHING_LONG = KeepPolicy(0, 0, 0)


def state(*names: str, top: str = "entries/2026/11") -> Snapshot:
    """A diary with these entries."""
    return Snapshot("library", NOW, tuple(StoredFile(f"{top}/{name}/entry.json", 2, "0" * 64, 1) for name in names))


def test_entries_are_known_by_their_folders_wherever_these_were_moved() -> None:
    assert entries_in(state("a", "b")) == {"a", "b"}
    assert not lacks_most(state("a", "b", top="bin"), state("a", "b"))
    assert not lacks_most(state("a", "b", top="entries/holidays"), state("a", "b"))


def test_more_than_half_is_most() -> None:
    full = state("a", "b", "c", "d")
    assert not lacks_most(state("a", "b"), full)
    assert lacks_most(state("a"), full)
    assert lacks_most(state("a", "e", "f", "g", "h"), full), "others do not make up for them"
    assert not lacks_most(state(), state())


@pytest.fixture
def entries(location: DiaryLocation) -> Path:
    for number in range(5):
        put(location.folder, f"entries/2026/11/{number}/entry.json", f"{number}".encode())
    return location.folder / "entries"


@pytest.fixture(autouse=True)
def _as_it_lies_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sidecars here are none; nobody is to mend them."""
    monkeypatch.setattr("duskreel.library.opened.OpenedDiary._catch_up", lambda _: None)


def test_a_backup_says_that_most_entries_are_gone_and_where_they_still_are(backed_up: BackUp, entries: Path) -> None:
    before = backed_up()
    shutil.rmtree(entries)
    made = backed_up()
    assert made.is_new
    (remark,) = made.remarks
    assert remark.startswith("5 of the 5 entries that the last backup held are no longer in the diary.")
    assert before.snapshot in remark


def test_a_few_deleted_entries_are_nothing_to_speak_of(backed_up: BackUp, entries: Path) -> None:
    backed_up()
    shutil.rmtree(entries / "2026/11/1")
    assert backed_up().remarks == ()


def take(folder: BackupFolder, days: int, snapshot: Snapshot) -> str:
    time = NOW + timedelta(days=days)
    return folder.write(Snapshot(snapshot.library, time, snapshot.files), time)


def test_the_last_state_before_a_loss_outlives_thinning_for_as_long_as_the_loss(target: Path) -> None:
    folder = BackupFolder.begin(target, "library")
    earlier, full = take(folder, -6, state("a", "b", "c")), take(folder, -5, state("a", "b", "c"))
    lost, later = take(folder, -3, state()), take(folder, -2, state("d", "e", "f", "g"))
    assert thin(folder, NOTHING_LONG, NOW).removed == (earlier, lost)
    assert thin(folder, NOTHING_LONG, NOW).removed == ()
    assert folder.snapshots() == [full, later]
    found = take(folder, -1, state("a", "b", "c", "d", "e", "f", "g"))
    assert thin(folder, NOTHING_LONG, NOW).removed == (full, later)
    assert folder.snapshots() == [found]
