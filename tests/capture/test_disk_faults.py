"""A disk that is full or fails stops the take cleanly, and what was written becomes an entry."""

import errno
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest

from capture.conftest import Stage
from capture.disks import BrokenSync, UnsyncedDisk, full_after
from duskreel.capture.disk_file import DiskFile, SystemFile
from duskreel.capture.events import StopReason
from duskreel.capture.finishing import NothingRecordedError, finish_take
from duskreel.capture.recorder import Recorded
from duskreel.capture.recovery import recover
from duskreel.errors import DiaryError
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry

MakeStage = Callable[..., Stage]


def until_the_end(made: Stage, duration_s: float) -> Recorded:
    """Records until it stops by itself, or for this long."""
    studio = made.begin(size=(320, 180))
    for _ in range(round(duration_s * 10)):
        studio.play(0.1)
    return made.stop()


def pictures_of(diary: Diary, entry: Entry) -> int:
    with av.open(str(diary.location.folder / entry.folder / entry.clip)) as container:
        return sum(packet.size > 0 for packet in container.demux(video=0))


def test_a_disk_full_at_any_write_stops_cleanly_and_keeps_what_it_holds(stage: MakeStage, diary: Diary) -> None:
    # One encoder thread hands each picture over at once, so that the same bytes come in the same writes each time.
    whole_bytes = until_the_end(stage(encoder_threads=1), 4).tally.size_bytes
    kept = []
    for room_bytes in range(0, whole_bytes - 2000, whole_bytes // 12):
        recorded = until_the_end(stage(open_raw=full_after(room_bytes), encoder_threads=1), 4)
        assert recorded.reason is StopReason.DISK_FULL, room_bytes
        assert "full" in recorded.reason.sentence
        try:
            kept.append(pictures_of(diary, finish_take(diary, recorded.take)))
        except NothingRecordedError:
            kept.append(0)
        except DiaryError:
            assert room_bytes < whole_bytes // 6, "only the first half second may be unreadable"
            kept.append(0)
    assert all(later >= earlier for earlier, later in pairwise(kept)), "the more room, the more is kept"
    assert kept[-1] > 75


@pytest.mark.parametrize("code", [errno.EIO, errno.EROFS, errno.ENODEV])
def test_a_failing_disk_has_another_reason_than_a_full_one(stage: MakeStage, code: int) -> None:
    recorded = until_the_end(stage(open_raw=full_after(8_000, code)), 4)
    assert recorded.reason is StopReason.DISK_FAILED


def test_a_sync_that_fails_is_noticed(stage: MakeStage) -> None:
    assert until_the_end(stage(open_raw=BrokenSync), 4).reason is StopReason.DISK_FAILED


def test_power_that_fails_costs_what_was_written_since_the_last_sync(stage: MakeStage, diary: Diary) -> None:
    files: list[UnsyncedDisk] = []

    def opened(path: Path) -> UnsyncedDisk:
        files.append(UnsyncedDisk(path))
        return files[0]

    made = stage(open_raw=opened)
    made.begin().play(7.0)
    made.settle()
    at_the_cut = files[0].kept
    recorded = made.stop()
    recorded.take.raw.write_bytes(at_the_cut)
    recorded.take.note(duration_ms=None)
    recorded.take.release()
    (entry,) = recover(diary).entries
    assert entry.recovered
    assert 7000 - 3500 <= entry.duration_ms <= 7000


def test_a_raw_file_that_cannot_be_made_leaves_nothing(stage: MakeStage) -> None:
    def refuse(path: Path) -> DiskFile:
        raise OSError(errno.EROFS, "read-only")

    made = stage(open_raw=refuse)
    made.recorder.open()
    with pytest.raises(DiaryError, match="Could not write"):
        made.recorder.start()
    assert made.folder.names() == []


class HalfWriting(SystemFile):
    """Takes half of what it is given, and counts how often it is asked to make it last."""

    syncs = 0

    def write(self, content: bytes) -> int:
        return super().write(content[: max(len(content) // 2, 1)])

    def sync(self) -> None:
        self.syncs += 1


def test_syncing_comes_every_two_seconds_and_only_if_there_is_something(tmp_path: Path) -> None:
    now_ns = [0]
    file = HalfWriting(tmp_path / "raw")
    disk = DiskFile(file, lambda: now_ns[0])
    disk.write(b"abc")
    assert not disk.sync_if_due()
    now_ns[0] = 2_000_000_000
    assert disk.sync_if_due()
    assert file.syncs == 1
    now_ns[0] = 4_000_000_000
    disk.sync_if_due()
    assert file.syncs == 1
    disk.close()


def test_a_write_that_takes_only_part_is_carried_on(tmp_path: Path) -> None:
    disk = DiskFile(HalfWriting(tmp_path / "raw"), lambda: 0)
    assert disk.write(b"abcdef") == 6
    disk.close()
    assert disk.failure is None
    assert (tmp_path / "raw").read_bytes() == b"abcdef"
