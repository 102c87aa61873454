import json
import stat
import sys
from pathlib import Path

import pytest

from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.entry import Entry, Mood


def write(folder: Path, data: object) -> None:
    (folder / "entry.json").write_text(json.dumps(data), encoding="utf-8")


def test_an_entry_comes_back_with_what_a_newer_program_added(tmp_path: Path, an_entry: Entry) -> None:
    write(tmp_path, {**an_entry.to_json(), "mood": 2, "weather": {"sky": "grey"}})
    entry = sidecars.read_entry(tmp_path, "entries/x")
    assert (entry.mood, entry.folder, entry.unknown) == (Mood.BAD, "entries/x", {"weather": {"sky": "grey"}})
    sidecars.write(tmp_path / "entry.json", entry.to_json())
    assert json.loads((tmp_path / "entry.json").read_text())["weather"] == {"sky": "grey"}


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 300, b"{", b"[]", b"null", b'"text"', b"\xff\xfe{}", b"[" * 100_000, b'{"format": 1, "id": 5}'],
)
def test_nonsense_is_broken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "entry.json").write_bytes(content)
    (tmp_path / "transcript.json").write_bytes(content)
    with pytest.raises(sidecars.BrokenSidecarError):
        sidecars.read_entry(tmp_path, "x")
    with pytest.raises(sidecars.BrokenSidecarError):
        sidecars.read_transcript(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"clip": "../../../etc/passwd"},
        {"clip": "/etc/passwd"},
        {"clip": "..\\x"},
        {"clip": ""},
        {"id": ""},
        {"mood": 9},
        {"mood": "good"},
        {"recorded_at": "2026-11-23T18:04:12"},
        {"recorded_at": "yesterday"},
        {"duration_ms": "61"},
        {"cuts": [[1]]},
        {"shares": ["x"]},
        {"original": "x"},
        {"tags": "x"},
    ],
)
def test_values_that_make_no_sense_are_broken(tmp_path: Path, an_entry: Entry, change: dict[str, object]) -> None:
    write(tmp_path, {**an_entry.to_json(), **change})
    with pytest.raises(sidecars.BrokenSidecarError):
        sidecars.read_entry(tmp_path, "x")


def test_what_a_newer_program_wrote_is_not_called_broken(tmp_path: Path) -> None:
    write(tmp_path, {"format": 2})
    with pytest.raises(sidecars.UnreadableSidecarError, match="newer"):
        sidecars.read_entry(tmp_path, "x")


def test_what_the_disk_does_not_give_is_not_called_broken(tmp_path: Path) -> None:
    (tmp_path / "entry.json").mkdir()
    with pytest.raises(sidecars.UnreadableSidecarError):
        sidecars.read_entry(tmp_path, "x")
    with pytest.raises(FileNotFoundError):
        sidecars.read_transcript(tmp_path)


def test_half_characters_are_replaced_on_the_way_in(tmp_path: Path, an_entry: Entry) -> None:
    write(tmp_path, {**an_entry.to_json(), "title": "a\ud800b", "tags": ["\udfff"], "x": {"\ud800": "\ud800"}})
    entry = sidecars.read_entry(tmp_path, "x")
    assert (entry.title, entry.tags, entry.unknown) == ("a?b", ("?",), {"x": {"?": "?"}})
    sidecars.write(tmp_path / "entry.json", entry.to_json())


def test_broken_files_are_kept_one_beside_the_other(tmp_path: Path) -> None:
    path = tmp_path / "entry.json"
    names = []
    for content in ("one", "two", "three"):
        path.write_text(content)
        names.append(sidecars.keep_aside(path))
    assert names == ["entry.json.broken", "entry.json.broken2", "entry.json.broken3"]
    assert [(tmp_path / name).read_text() for name in names] == ["one", "two", "three"]
    with pytest.raises(DiaryError):
        sidecars.keep_aside(path)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_a_sidecar_is_for_its_owner_only(tmp_path: Path) -> None:
    sidecars.write(tmp_path / "entry.json", {})
    assert stat.S_IMODE((tmp_path / "entry.json").stat().st_mode) == 0o600
