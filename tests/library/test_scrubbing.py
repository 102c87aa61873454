"""Reading every clip, and noticing what has changed."""

import json
import os
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from duskreel.errors import Cancelled
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.scrubbing import Scrubbed, ScrubRequest, scrub
from duskreel.progress import CancelToken, unheard

Plant = Callable[..., Entry]


@pytest.fixture
def two(diary: Diary, plant: Plant) -> list[Entry]:
    for number in range(2):
        settle(diary, plant(number, with_clip=True, duration_ms=2000))
    diary.reindex()
    return diary.entries()


def settle(diary: Diary, entry: Entry) -> None:
    """As if nobody had written to the clip for two hours."""
    settled_s = time.time() - 7200
    os.utime(diary.location.folder / entry.clip_path, (settled_s, settled_s))


def scrubbed(diary: Diary, since: timedelta | None = None, token: CancelToken | None = None) -> Scrubbed:
    return scrub(ScrubRequest(diary.location, since), progress=unheard, token=token or CancelToken())


def test_every_clip_is_given_a_checksum_once(diary: Diary, two: list[Entry]) -> None:
    first = scrubbed(diary)
    assert (first.read, first.added, first.damaged) == (2, 2, ())
    kept = (diary.location.folder / two[0].folder / "checksums.json").read_bytes()
    assert len(json.loads(kept)["sha256"]["clip.mp4"]) == 64
    assert scrubbed(diary).added == 0
    assert (diary.location.folder / two[0].folder / "checksums.json").read_bytes() == kept
    assert diary.problems() == []


def test_one_changed_byte_is_found_and_told_until_it_is_mended(diary: Diary, two: list[Entry]) -> None:
    scrubbed(diary)
    clip = diary.location.folder / two[0].clip_path
    content = clip.read_bytes()
    clip.write_bytes(content[:5000] + bytes([content[5000] ^ 1]) + content[5001:])
    for _ in range(2):
        found = scrubbed(diary, timedelta(days=1) if _ else None)
        assert [problem.where for problem in found.damaged] == [two[0].clip_path]
        assert "backup" in found.damaged[0].what_to_do
    clip.write_bytes(content)
    assert scrubbed(diary).damaged == ()


def test_an_imported_clip_is_compared_with_the_file_that_was_imported(diary: Diary, imported: Entry) -> None:
    clip = diary.location.folder / imported.clip_path
    clip.write_bytes(clip.read_bytes()[:-1] + b"\xff")
    assert [problem.where for problem in scrubbed(diary).damaged] == [imported.clip_path]


def test_interrupted_it_goes_on_where_it_was(diary: Diary, two: list[Entry]) -> None:
    checks = iter([False, True])
    with pytest.raises(Cancelled):
        scrubbed(diary, token=CancelToken(lambda: next(checks)))
    rest = scrubbed(diary)
    assert (rest.read, rest.left_out) == (1, 1)
    assert scrubbed(diary).read == 2


def test_what_was_read_lately_is_left_out_when_asked(diary: Diary, two: list[Entry]) -> None:
    scrubbed(diary)
    assert scrubbed(diary, timedelta(days=1)).left_out == 2
    assert scrubbed(diary, timedelta(0)).read == 2


@pytest.mark.parametrize("half", ["clip.mp4", ".syncthing.clip.mp4.tmp"])
def test_half_a_clip_that_a_sync_is_bringing_gets_no_checksum(diary: Diary, two: list[Entry], half: str) -> None:
    clip = diary.location.folder / two[0].clip_path
    content = clip.read_bytes()
    clip.write_bytes(content[: len(content) // 2])
    if half != clip.name:
        settle(diary, two[0])
        (clip.parent / half).write_bytes(content)
    found = scrubbed(diary)
    assert (found.read, found.added, found.left_out, found.damaged) == (1, 1, 1, ())
    assert not (clip.parent / "checksums.json").exists()
    clip.write_bytes(content)
    settle(diary, two[0])
    (clip.parent / ".syncthing.clip.mp4.tmp").unlink(missing_ok=True)
    assert scrubbed(diary).added == 1


def test_a_clip_that_was_never_whole_is_told_and_gets_no_checksum(diary: Diary, two: list[Entry]) -> None:
    clip = diary.location.folder / two[0].clip_path
    content = clip.read_bytes()
    clip.write_bytes(content[: len(content) // 2])
    settle(diary, two[0])
    (damaged,) = scrubbed(diary).damaged
    assert damaged.where == two[0].clip_path
    assert "sync" in damaged.what_to_do
    clip.write_bytes(content)
    settle(diary, two[0])
    found = scrubbed(diary)
    assert (found.damaged, found.added) == ((), 1)


def test_a_clip_that_lost_its_end_is_told(diary: Diary, plant: Plant) -> None:
    settle(diary, plant(1, with_clip=True, duration_ms=9000))
    diary.reindex()
    assert "7 seconds" in scrubbed(diary).damaged[0].what


def test_what_was_read_by_a_clock_far_ahead_is_read_again(diary: Diary, two: list[Entry]) -> None:
    scrubbed(diary)
    (memory,) = (diary.location.state / "scrubbed").iterdir()
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps({**known, "checked": dict.fromkeys(known["checked"], "2099-01-01T00:00:00+00:00")}))
    assert scrubbed(diary).read == 2
    assert scrubbed(diary, timedelta(days=1)).left_out == 2
