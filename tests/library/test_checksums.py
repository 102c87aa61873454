"""What a clip is, is written down when it becomes an entry."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from duskreel.library import checksums
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.scrubbing import ScrubRequest, first_checksum, scrub
from duskreel.library.taking import CLIP, TakeFacts
from duskreel.progress import CancelToken, unheard

FACTS = TakeFacts("01JD0000000000000000000009", datetime(2026, 11, 23, 23, 4, 12, tzinfo=UTC), 2000, 320, 180)
NEVER = CancelToken()


@pytest.fixture
def keep(diary: Diary, two_seconds: Path) -> Callable[[], Entry]:
    """Keep a recording."""

    def keep() -> Entry:
        with diary.staging() as staging:
            shutil.copy(two_seconds, staging / CLIP)
            return diary.keep_take(staging, FACTS)

    return keep


def home_of(diary: Diary, entry: Entry) -> Path:
    return diary.location.folder / entry.folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_recording_has_its_checksum_from_the_moment_that_it_is_kept(
    diary: Diary, keep: Callable[[], Entry], two_seconds: Path
) -> None:
    entry = keep()
    home = home_of(diary, entry)
    assert checksums.known(home, entry) == sha256(two_seconds)
    assert checksums.known_size_bytes(home, CLIP) == two_seconds.stat().st_size
    assert (home / "checksums.json").stat().st_mode & 0o077 == 0
    (home / CLIP).write_bytes((home / CLIP).read_bytes()[:-1] + b"\xff")
    (damaged,) = scrub(ScrubRequest(diary.location), progress=unheard, token=NEVER).damaged
    assert damaged.where == entry.clip_path, "the first look finds what was spoiled since"


def test_an_imported_clip_has_that_of_the_file_that_was_imported(diary: Diary, imported: Entry) -> None:
    home = home_of(diary, imported)
    assert checksums.known(home, imported) == sha256(home / imported.clip)
    assert not (home / "checksums.json").exists(), "it is in entry.json"


def test_keeping_a_long_recording_waits_for_no_checksum(
    diary: Diary, keep: Callable[[], Entry], two_seconds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "SOON_BYTES", 10_000)
    entry = keep()
    home = home_of(diary, entry)
    assert checksums.known(home, entry) is None
    assert first_checksum(diary, entry, progress=unheard, token=NEVER), "its size shows that it is whole"
    assert checksums.known(home, entry) == sha256(two_seconds)
    assert not first_checksum(diary, entry, progress=unheard, token=NEVER), "once is enough"


def test_half_of_a_long_recording_never_gets_a_checksum(
    diary: Diary, keep: Callable[[], Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "SOON_BYTES", 10_000)
    entry = keep()
    clip = home_of(diary, entry) / CLIP
    whole = clip.read_bytes()
    clip.write_bytes(whole[:-1])
    assert not first_checksum(diary, entry, progress=unheard, token=NEVER)
    (damaged,) = scrub(ScrubRequest(diary.location), progress=unheard, token=NEVER).damaged
    assert "sync" in damaged.what_to_do
    clip.write_bytes(whole)
    assert scrub(ScrubRequest(diary.location), progress=unheard, token=NEVER).added == 1


def test_a_checksum_that_cannot_be_written_costs_no_take(
    diary: Diary, keep: Callable[[], Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checksums, "note", full)
    entry = keep()
    assert diary.entries() == [entry]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"sha256": null}', b'{"sha256": {"clip.mp4": 5}, "size_bytes": {"clip.mp4": "5"}}']
)
def test_a_broken_file_knows_nothing(tmp_path: Path, an_entry: Entry, content: bytes) -> None:
    (tmp_path / "checksums.json").write_bytes(content)
    assert checksums.known(tmp_path, an_entry) is None
    assert checksums.known_size_bytes(tmp_path, an_entry.clip) is None


def test_the_file_of_earlier_versions_is_understood(tmp_path: Path, an_entry: Entry) -> None:
    (tmp_path / "checksums.json").write_text(json.dumps({"format": 1, "sha256": {"clip.mp4": "abc"}}))
    assert checksums.known(tmp_path, an_entry) == "abc"
    assert checksums.known(tmp_path, replace(an_entry, clip="other.mp4")) is None
    assert checksums.known_size_bytes(tmp_path, "clip.mp4") is None


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "clip").write_bytes(b"x" * (3 << 20))
    told: list[tuple[str, float]] = []
    with (tmp_path / "clip").open("rb") as file:
        found = checksums.digest(file, "Monday", lambda *said: told.append(said), NEVER)
    assert found == sha256(tmp_path / "clip")
    assert [fraction for _, fraction in told] == [1 / 3, 2 / 3, 1.0]
