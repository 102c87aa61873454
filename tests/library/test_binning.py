"""The bin: how old and how large, and out of it for good."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duskreel.errors import Cancelled
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.partial import PartialRegister
from duskreel.progress import CancelToken
from library.conftest import EVENING

Plant = Callable[..., Entry]


@pytest.fixture
def three(diary: Diary, plant: Plant) -> list[Entry]:
    """Entries that the diary knows, newest first."""
    for number in range(3):
        plant(number, with_clip=True, recorded_at=EVENING - timedelta(days=99 - number))
    diary.reindex()
    return diary.entries()


def age(diary: Diary, folder: str, days: int) -> None:
    note = diary.location.folder / folder / "binned.json"
    moment = datetime.now(UTC) - timedelta(days=days)
    note.write_text(json.dumps({**json.loads(note.read_text()), "binned_at": moment.isoformat()}))


def test_only_what_is_old_enough_is_outdated(diary: Diary, three: list[Entry]) -> None:
    assert diary.delete_all([entry.id for entry in three]).refused == ()
    young, old, unknown = diary.bin_content()
    age(diary, young.entry.folder, 29)
    age(diary, old.entry.folder, 31)
    (diary.location.folder / unknown.entry.folder / "binned.json").unlink()
    assert [binned.entry.id for binned in diary.outdated(timedelta(days=30))] == [old.entry.id]


def test_deleted_for_good_is_gone_with_what_was_remembered_of_it(diary: Diary, three: list[Entry]) -> None:
    memories = [diary.location.state / "shorts" / diary.library_id / f"{entry.id}.json" for entry in three]
    memories[0].parent.mkdir(parents=True)
    for memory in memories:
        memory.write_text("{}")
    diary.delete_all([entry.id for entry in three[:2]])
    doomed = diary.bin_content()
    assert all(binned.size_bytes > 1000 for binned in doomed)
    assert diary.delete_for_good(doomed[:1]) == 1
    assert [binned.entry.id for binned in diary.bin_content()] == [three[1].id]
    assert [memory.exists() for memory in memories] == [False, True, True]
    assert [path.name for path in (diary.location.folder / "bin").iterdir()] == [Path(doomed[1].entry.folder).name]
    assert diary.problems() == []


def test_what_was_restored_meanwhile_is_not_deleted(diary: Diary, three: list[Entry]) -> None:
    diary.delete(three[0])
    doomed = diary.bin_content()
    diary.restore(three[0].id)
    assert diary.delete_for_good(doomed) == 0
    assert (diary.location.folder / three[0].folder / "clip.mp4").exists()


def test_a_deletion_that_was_cut_short_is_finished_at_the_next_start(
    diary: Diary, three: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.delete(three[0])

    def killed(_path: Path) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("duskreel.library.binning.remove", killed)
        patched.setattr("duskreel.library.partial.remove", lambda _path: False)
        patched.setattr(PartialRegister, "_forget", staticmethod(lambda _intent, lock: lock.release()))
        with pytest.raises(KeyboardInterrupt):
            diary.delete_for_good(diary.bin_content())
    assert diary.binned() == []
    with Diary.open(diary.location):
        pass
    assert not list((diary.location.folder / "bin").iterdir())


def test_one_that_cannot_be_changed_does_not_stop_the_others(diary: Diary, three: list[Entry]) -> None:
    (diary.location.folder / three[1].folder / "entry.json").write_text('{"format": 9}')
    amended = diary.delete_all([three[0].id, "01XX", three[2].id])
    assert [entry.id for entry in amended.entries] == [three[0].id, three[2].id]
    assert len(amended.refused) == 1


def test_stopped_changes_leave_whole_entries(diary: Diary, three: list[Entry]) -> None:
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        diary.delete_all([entry.id for entry in three], token=CancelToken(lambda: next(answers)))
    assert diary.entries() == three[1:]
    assert [entry.id for entry in diary.binned()] == [three[0].id]


def test_what_a_wrong_clock_binned_before_it_was_recorded_is_not_outdated(diary: Diary, three: list[Entry]) -> None:
    diary.delete(three[0])
    age(diary, diary.binned()[0].folder, 20_000)
    assert diary.outdated(timedelta(days=30)) == []


def brought_back_without_clip(diary: Diary, entry: Entry) -> Path:
    """What a sync makes of an entry that was changed on one computer while another one deleted it."""
    diary.delete(entry)
    home = diary.location.folder / entry.folder
    home.mkdir(parents=True)
    (home / "entry.json").write_text(json.dumps({**entry.to_json(), "starred": True}))
    return home


def test_the_clip_of_an_entry_that_came_back_without_it_stays_in_the_bin(diary: Diary, three: list[Entry]) -> None:
    brought_back_without_clip(diary, three[0])
    with Diary.open(diary.location) as again:
        assert again.delete_for_good(again.bin_content()) == 0
        assert (diary.location.folder / again.binned()[0].clip_path).exists()


def test_an_entry_that_came_back_without_its_clip_is_restored_with_both(diary: Diary, three: list[Entry]) -> None:
    home = brought_back_without_clip(diary, three[0])
    with Diary.open(diary.location) as again:
        again.restore(three[0].id)
        found = again.find(three[0].id)
        assert found.starred
        assert (diary.location.folder / found.clip_path).exists()
        assert not home.exists()
        assert again.problems() == []
        assert again.delete_for_good(again.bin_content()) == 1


def test_of_two_deleted_folders_with_one_id_the_last_with_a_clip_is_restored(diary: Diary, three: list[Entry]) -> None:
    home = diary.location.folder / three[0].folder
    for number, is_whole in enumerate((True, True, False)):
        copy = diary.location.folder / "bin" / f"{home.name} {number}"
        shutil.copytree(home, copy)
        note = {"folder": three[0].folder, "binned_at": f"2026-11-2{number}T12:00:00+00:00"}
        (copy / "binned.json").write_text(json.dumps(note))
        (copy / "number.txt").write_text(str(number))
        if not is_whole:
            (copy / "clip.mp4").unlink()
    diary.delete(three[0])
    shutil.rmtree(diary.location.folder / "bin" / home.name)
    restored = diary.restore(three[0].id)
    assert (diary.location.folder / restored.folder / "number.txt").read_text() == "1"


def test_a_folder_with_the_longest_name_can_be_deleted_for_good(diary: Diary, three: list[Entry]) -> None:
    diary.delete(three[0])
    home = diary.location.folder / diary.binned()[0].folder
    home.rename(home.with_name("x" * 250))
    assert diary.delete_for_good(diary.bin_content()) == 1
    assert diary.binned() == []
