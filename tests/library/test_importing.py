import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO

import pytest

from clips import make_clip
from duskreel.errors import Cancelled, DiaryError
from duskreel.library import importing
from duskreel.library.entry import Entry
from duskreel.library.folder import INCOMING, DiaryFolder
from duskreel.library.partial import PartialRegister
from duskreel.library.values import Details
from duskreel.progress import CancelToken, unheard

DETAILS = Details(recorded_at=datetime(2026, 11, 23, 18, 4, 12, 999, tzinfo=timezone(timedelta(hours=-5))))


@pytest.fixture
def folder(tmp_path: Path) -> DiaryFolder:
    return DiaryFolder.open(tmp_path / "diary")[0]


@pytest.fixture
def stage(folder: DiaryFolder, tmp_path: Path) -> Callable[..., Entry]:
    """Stage as `Diary.import_clip` does, inside a claim."""

    def stage(
        source: Path,
        details: Details = DETAILS,
        *,
        write: importing.Write = importing.plain_write,
        token: CancelToken | None = None,
        look: Callable[[Path], None] = lambda _staging: None,
    ) -> Entry:
        staging = folder.path(f"{INCOMING}/one")
        found = importing.examine(source)
        with PartialRegister(tmp_path / "partials").claim(staging):
            entry = importing.stage(
                folder, staging, found, details, progress=unheard, token=token or CancelToken(), write=write
            )
            look(staging)
        return entry

    return stage


def left_in(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.name not in (INCOMING, "duskreel.json"))


def test_what_is_staged_is_complete(stage: Callable[..., Entry], two_seconds: Path) -> None:
    names: list[str] = []
    copies: list[bytes] = []

    def look(staging: Path) -> None:
        names.extend(sorted(path.name for path in staging.iterdir()))
        copies.append((staging / "clip.mp4").read_bytes())

    entry = stage(two_seconds, look=look)
    assert names == ["clip.mp4", "entry.json", "poster.jpg"]
    assert copies == [two_seconds.read_bytes()]
    assert (entry.source, entry.duration_ms, entry.width, entry.height) == ("import", 2000, 320, 180)
    assert entry.original is not None
    assert entry.original.name == "two seconds.mp4"
    assert entry.recorded_at.isoformat() == "2026-11-23T18:04:12-05:00"


@pytest.mark.parametrize("after_bytes", [0, 10_000])
def test_a_disk_that_fills_up_leaves_nothing(
    stage: Callable[..., Entry], folder: DiaryFolder, two_seconds: Path, after_bytes: int
) -> None:
    def full(file: BinaryIO, chunk: bytes) -> object:
        file.write(chunk[:after_bytes])
        raise OSError(errno.ENOSPC, "No space left on device")

    before = two_seconds.read_bytes()
    with pytest.raises(DiaryError, match="No space left") as caught:
        stage(two_seconds, write=full)
    assert "not full" in caught.value.what_to_do
    assert left_in(folder.root) == []
    assert two_seconds.read_bytes() == before


def test_a_cancelled_import_leaves_nothing(stage: Callable[..., Entry], folder: DiaryFolder, two_seconds: Path) -> None:
    for asked_before in range(2):
        answers = iter([False] * asked_before + [True])
        with pytest.raises(Cancelled):
            stage(two_seconds, token=CancelToken(lambda answers=answers: next(answers)))
        assert left_in(folder.root) == []


def test_a_disk_that_lies_is_noticed(stage: Callable[..., Entry], folder: DiaryFolder, two_seconds: Path) -> None:
    def lying(file: BinaryIO, chunk: bytes) -> object:
        return file.write(chunk[:-1] + bytes([chunk[-1] ^ 1]))

    with pytest.raises(DiaryError, match="not what was read"):
        stage(two_seconds, write=lying)
    assert left_in(folder.root) == []


def test_a_file_that_grows_meanwhile_is_refused(
    stage: Callable[..., Entry], folder: DiaryFolder, two_seconds: Path, tmp_path: Path
) -> None:
    source = tmp_path / "growing.mp4"
    source.write_bytes(two_seconds.read_bytes())

    def growing(file: BinaryIO, chunk: bytes) -> object:
        with source.open("ab") as more:
            more.write(b"more")
        return file.write(chunk)

    with pytest.raises(DiaryError, match="changed while"):
        stage(source, write=growing)
    assert left_in(folder.root) == []


def test_a_disk_without_room_is_noticed_before(
    folder: DiaryFolder, two_seconds: Path, tmp_path: Path, stage: Callable[..., Entry]
) -> None:
    found = importing.examine(two_seconds)
    status = list(found.status)
    status[6] = folder.free_bytes() + (1 << 30)
    enormous = replace(found, status=os.stat_result(status))
    with pytest.raises(DiaryError, match="no room"):
        importing.stage(
            folder, folder.path(f"{INCOMING}/one"), enormous, DETAILS, progress=unheard, token=CancelToken()
        )
    assert left_in(folder.root) == []


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="does not exist"):
        importing.examine(tmp_path / "missing.mp4")
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(DiaryError, match="is a folder"):
        importing.examine(tmp_path / "folder.mp4")
    with pytest.raises(DiaryError):
        importing.examine(Path("nul\0byte.mp4"))
    with pytest.raises(DiaryError):
        importing.examine(tmp_path / ("long" * 100))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_pipes_devices_and_dangling_links_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    for source in (tmp_path / "pipe.mp4", Path("/dev/zero")):
        with pytest.raises(DiaryError, match="not an ordinary file"):
            importing.examine(source)
    (tmp_path / "link.mp4").symlink_to(tmp_path / "nowhere")
    with pytest.raises(DiaryError, match="does not exist"):
        importing.examine(tmp_path / "link.mp4")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX names")
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("-rf.mp4", "-rf.mp4"),
        ('it\'s "me".mp4', 'it\'s "me".mp4'),
        ("new\nline.mp4", "new\nline.mp4"),
        ("%d 仕事 😀.mp4", "%d 仕事 😀.mp4"),
        ("b\udcffd.mp4", "b\ufffdd.mp4"),
    ],
)
def test_any_name_is_taken(
    stage: Callable[..., Entry], two_seconds: Path, tmp_path: Path, name: str, kept: str
) -> None:
    source = tmp_path / name
    source.write_bytes(two_seconds.read_bytes())
    entry = stage(source)
    assert entry.original is not None
    assert entry.original.name == kept


@pytest.mark.parametrize(
    ("name", "container", "clip"),
    [("A.MOV", "mov", "clip.mov"), ("x.m4v", "mp4", "clip.m4v"), ("no suffix", "mp4", "clip.mp4"),
     ("odd.EXE", "matroska", "clip.mkv")],
)  # fmt: skip
def test_the_copy_keeps_a_usual_suffix(
    stage: Callable[..., Entry], tmp_path: Path, name: str, container: str, clip: str
) -> None:
    assert stage(make_clip(tmp_path / name, container_format=container)).clip == clip


def test_the_time_is_the_users_else_the_clips_else_the_files(stage: Callable[..., Entry], tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mkv", created="2025-05-01T12:00:00Z")
    os.utime(clip, (1_700_000_000, 1_700_000_000))
    assert stage(clip).recorded_at == DETAILS.recorded_at.replace(microsecond=0)  # type: ignore[union-attr]
    by_clip = stage(clip, Details()).recorded_at
    assert by_clip == datetime(2025, 5, 1, 12, tzinfo=UTC)
    assert by_clip.utcoffset() == by_clip.astimezone().utcoffset()
    plain = make_clip(tmp_path / "plain.mkv")
    os.utime(plain, (1_700_000_000, 1_700_000_000))
    assert stage(plain, Details()).recorded_at == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.fixture
def in_kathmandu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Five hours and three quarters ahead of UTC, all year."""
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="the zone is set as POSIX does")
@pytest.mark.usefixtures("in_kathmandu")
def test_a_time_in_utc_is_shown_as_it_was_here(stage: Callable[..., Entry], tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mkv", created="2025-05-01T20:00:00Z")
    assert stage(clip, Details()).recorded_at.isoformat() == "2025-05-02T01:45:00+05:45"


def test_a_time_without_offset_is_local(stage: Callable[..., Entry], two_seconds: Path) -> None:
    naive = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001
    assert stage(two_seconds, Details(recorded_at=naive)).recorded_at == naive.astimezone()


@pytest.mark.parametrize(("duration_ms", "poster_ms"), [(500, 50), (5_000, 500), (60_000, 1000)])
def test_the_poster_is_taken_when_people_have_sat_down(duration_ms: int, poster_ms: int) -> None:
    assert importing.poster_time_ms(duration_ms) == poster_ms
