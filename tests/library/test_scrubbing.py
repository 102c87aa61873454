"""Reading every clip, and noticing what has changed."""

import json
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
        plant(number, with_clip=True)
    diary.reindex()
    return diary.entries()


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
