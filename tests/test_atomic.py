import errno
import json
import os
from pathlib import Path

import pytest

from duskreel import atomic
from duskreel.atomic import rename_to_free, write_bytes, write_json
from duskreel.errors import DiaryError


def test_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "entry.json"
    write_bytes(path, b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["entry.json"]  # noqa: PTH208


def test_json_is_for_people_too(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"title": "Café"})
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == '{\n  "title": "Café"\n}\n'


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "entry.json"
    write_bytes(path, b"old")
    monkeypatch.setattr(Path if step == "replace" else os, step, full)
    with pytest.raises(DiaryError, match="No space left") as caught:
        write_bytes(path, b"new")
    assert "entry.json" in caught.value.what_happened
    assert "full" in caught.value.what_to_do
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["entry.json"]


def test_content_is_on_the_disk_before_the_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "entry.json"
    seen: list[str] = []
    sync_file, sync_folder = atomic.sync_file, atomic.sync_folder

    def file_synced(descriptor: int) -> None:
        seen.append(f"file, named: {path.exists()}")
        sync_file(descriptor)

    def folder_synced(folder: Path) -> None:
        seen.append(f"folder, named: {path.exists()}")
        sync_folder(folder)

    monkeypatch.setattr(atomic, "sync_file", file_synced)
    monkeypatch.setattr(atomic, "sync_folder", folder_synced)
    write_bytes(path, b"new")
    assert seen == ["file, named: False", "folder, named: True"]


def test_a_missing_folder_is_a_known_failure(tmp_path: Path) -> None:
    with pytest.raises(DiaryError, match="Could not write"):
        write_json(tmp_path / "missing" / "a.json", {})


def test_what_cannot_be_spelled_touches_nothing(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"a": 1})
    with pytest.raises(TypeError):
        write_json(tmp_path / "a.json", {"a": object()})
    assert json.loads((tmp_path / "a.json").read_text()) == {"a": 1}
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("has_links", [True, False])
def test_a_rename_to_a_free_name_never_takes_anothers_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    source, target = tmp_path / "partial", tmp_path / "whole"
    source.write_bytes(b"first")
    rename_to_free(source, target)
    assert sorted(os.listdir(tmp_path)) == ["whole"]  # noqa: PTH208
    source.write_bytes(b"second")
    with pytest.raises(FileExistsError):
        rename_to_free(source, target)
    assert (source.read_bytes(), target.read_bytes()) == (b"second", b"first")
