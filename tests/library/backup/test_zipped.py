"""A backup that is there is whole, and becomes the same diary again."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from clips import make_clip
from duskreel.errors import Cancelled, DiaryError
from duskreel.library.backup import restoring
from duskreel.library.backup.restoring import RestoreRequest, restore_backup
from duskreel.library.backup.zipped import BackupRequest, check_backup, write_backup
from duskreel.library.diary import Diary
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from library.backup.conftest import NEVER, contents, put


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    return [make_clip(folder / f"{number}.mp4", duration_s=0.5 + 0.5 * number) for number in range(2)]


@pytest.fixture(scope="module")
def made_once(clips: list[Path], tmp_path_factory: pytest.TempPathFactory) -> DiaryLocation:
    """A diary with one entry, and one in the bin."""
    root = tmp_path_factory.mktemp("made")
    place = DiaryLocation(root / "diary", root / "state")
    with Diary.open(place) as diary:
        for number, clip in enumerate(clips):
            entry = diary.import_clip(clip, Details(title=f"Tag {number} ü"), progress=unheard, token=NEVER)
        diary.delete(entry)
    return place


def made(location: DiaryLocation, target: Path) -> Path:
    return write_backup(BackupRequest(location, target), progress=unheard, token=NEVER).file


def test_what_is_restored_is_the_same_byte_for_byte(location: DiaryLocation, tmp_path: Path) -> None:
    file = made(location, tmp_path / "backup.zip")
    restore_backup(RestoreRequest(file, tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER)
    assert contents(tmp_path / "again") == contents(location.folder)
    with Diary.open(DiaryLocation(tmp_path / "again", tmp_path / "state2")) as diary:
        assert [entry.title for entry in diary.entries()] == ["Tag 0 ü"]
        assert len(diary.binned()) == 1


def test_any_program_opens_it(location: DiaryLocation, tmp_path: Path) -> None:
    with zipfile.ZipFile(made(location, tmp_path / "backup.zip")) as archive:
        assert archive.testzip() is None
        assert {info.compress_type for info in archive.infolist() if info.filename.endswith(".mp4")} == {0}
        assert set(json.loads(archive.read("backup.json"))["sha256"]) == set(contents(location.folder))


def test_a_cancelled_backup_leaves_no_file(location: DiaryLocation, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    answers = iter([False] * 4 + [True] * 100)
    with pytest.raises(Cancelled):
        write_backup(
            BackupRequest(location, folder / "b.zip"), progress=unheard, token=CancelToken(lambda: next(answers))
        )
    assert list(folder.iterdir()) == []


def test_another_backup_is_never_overwritten(location: DiaryLocation, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"mine")
    with pytest.raises(DiaryError, match="already a file"):
        made(location, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == b"mine"


def test_a_backup_inside_the_diary_is_refused(location: DiaryLocation) -> None:
    with pytest.raises(DiaryError, match="lost with it"):
        made(
            location,
            location.folder / "shorts" / "b.zip"
            if (location.folder / "shorts").is_dir()
            else location.folder / "b.zip",
        )


@pytest.mark.parametrize("at_share", [0.2, 0.5, 0.9])
def test_a_changed_byte_is_noticed_before_anything_is_written(
    location: DiaryLocation, tmp_path: Path, at_share: float
) -> None:
    file = made(location, tmp_path / "b.zip")
    content = bytearray(file.read_bytes())
    content[int(len(content) * at_share)] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(DiaryError, match="damaged"):
        restore_backup(RestoreRequest(file, tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_backup_cut_short_is_refused(location: DiaryLocation, tmp_path: Path, share: float) -> None:
    file = made(location, tmp_path / "b.zip")
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DiaryError, match="not a backup"):
        check_backup(file, unheard, NEVER)


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/../../evil", "C:evil", "a\\..\\evil"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "evil.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"evil")
        archive.writestr("backup.json", json.dumps({"format": 1, "library": "x", "sha256": {name: "00"}}))
    with pytest.raises(DiaryError, match="not a backup"):
        restore_backup(RestoreRequest(file, tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER)
    assert not (tmp_path / "evil").exists()


def test_a_folder_with_something_in_it_is_left_alone(location: DiaryLocation, tmp_path: Path) -> None:
    file = made(location, tmp_path / "b.zip")
    with pytest.raises(DiaryError, match="not an empty folder"):
        restore_backup(RestoreRequest(file, location.folder, location.state), progress=unheard, token=NEVER)


def test_times_are_exact_although_a_zip_rounds_them(location: DiaryLocation, tmp_path: Path) -> None:
    put(location.folder, "shorts/a.mp4", b"a", 1_700_000_001_123_456_789)
    file = made(location, tmp_path / "b.zip")
    restore_backup(RestoreRequest(file, tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER)
    assert (tmp_path / "again/shorts/a.mp4").stat().st_mtime_ns == 1_700_000_001_123_456_789


def test_a_backup_of_an_earlier_version_has_times_to_two_seconds(location: DiaryLocation, tmp_path: Path) -> None:
    put(location.folder, "shorts/a.mp4", b"a", 1_700_000_001_123_456_789)
    with zipfile.ZipFile(made(location, tmp_path / "b.zip")) as new, zipfile.ZipFile(tmp_path / "old.zip", "w") as old:
        manifest = json.loads(new.read("backup.json"))
        del manifest["mtime_ns"]
        for info in new.infolist():
            old.writestr(info, json.dumps(manifest) if info.filename == "backup.json" else new.read(info))
    restore_backup(
        RestoreRequest(tmp_path / "old.zip", tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER
    )
    assert abs((tmp_path / "again/shorts/a.mp4").stat().st_mtime - 1_700_000_001) <= 2


def test_a_name_that_is_no_unicode_does_not_keep_the_rest_from_being_kept(
    location: DiaryLocation, tmp_path: Path
) -> None:
    put(location.folder, os.fsdecode(b"shorts/\xff.mp4"), b"odd")
    file = made(location, tmp_path / "b.zip")
    restore_backup(RestoreRequest(file, tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER)
    assert (tmp_path / "again/shorts/%ff.mp4").read_bytes() == b"odd"


def test_all_that_is_whole_is_brought_back_when_asked_for(location: DiaryLocation, tmp_path: Path) -> None:
    put(location.folder, "shorts/a.mp4", b"a needle in a haystack")
    file = made(location, tmp_path / "b.zip")
    file.write_bytes(file.read_bytes().replace(b"needle", b"nettle"))
    found = restore_backup(
        RestoreRequest(file, tmp_path / "again", tmp_path / "state", "", True), progress=unheard, token=NEVER
    )
    assert found.left_out == ("shorts/a.mp4",)
    assert set(contents(location.folder)) - set(contents(tmp_path / "again")) == {"shorts/a.mp4"}


def test_what_is_damaged_between_reading_and_writing_makes_no_diary(
    location: DiaryLocation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(location.folder, "shorts/a.mp4", b"a needle in a haystack")
    file = made(location, tmp_path / "b.zip")
    file.write_bytes(file.read_bytes().replace(b"needle", b"nettle"))
    monkeypatch.setattr(restoring, "is_whole", lambda *_: True)
    with pytest.raises(DiaryError, match="damaged at"):
        restore_backup(RestoreRequest(file, tmp_path / "again", tmp_path / "state"), progress=unheard, token=NEVER)
    assert not (tmp_path / "again").exists()
