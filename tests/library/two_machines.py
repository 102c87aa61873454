"""Two computers with a folder each, and a sync between them that does what Syncthing does."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from duskreel.library.diary import Diary, DiaryLocation


class Machines:
    """Anna's and Ben's: both hold what `folder` held, and nothing changes there any more."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.locations = tuple(DiaryLocation(root / name / "diary", root / name / "state") for name in ("anna", "ben"))
        self._synced: dict[str, bytes] = {}
        self._conflicts = 0
        for location in self.locations:
            shutil.copytree(folder, location.folder)
            Diary.open(location).close()
        self.sync()

    @contextmanager
    def diary(self, number: int) -> Iterator[Diary]:
        with Diary.open(self.locations[number]) as diary:
            yield diary

    def sync(self) -> None:
        """Bring both folders to the same content: of two versions the newer keeps the name, the other gets a copy's."""
        one, other = (location.folder for location in self.locations)
        for name in sorted({*_content(one), *_content(other), *self._synced}):
            self._sync_file(name, one / name, other / name)
        self._synced = _content(one)
        assert _content(other) == self._synced

    def settle(self, rounds: int = 6) -> int:
        """Let both open their diaries and sync until nothing changes any more; says how often that was."""
        for number in range(rounds):
            before = [_content(location.folder) for location in self.locations]
            for at in (0, 1):
                with self.diary(at):
                    pass
            self.sync()
            if [_content(location.folder) for location in self.locations] == before:
                return number
        raise AssertionError("they never agree")

    def _sync_file(self, name: str, one: Path, other: Path) -> None:
        was = self._synced.get(name)
        here, there = _read(one), _read(other)
        if here == there:
            return
        if there == was:
            _bring(one, other)
        elif here == was:
            _bring(other, one)
        elif here is None or there is None:
            _bring(*((other, one) if here is None else (one, other)))
        else:
            self._conflict(*sorted((one, other), key=lambda path: (path.stat().st_mtime_ns, path.read_bytes())))

    def _conflict(self, older: Path, newer: Path) -> None:
        self._conflicts += 1
        name = f"{older.stem}.sync-conflict-20261123-{180000 + self._conflicts}-ABCDEFG{older.suffix}"
        shutil.copy2(older, older.with_name(name))
        _bring(older, newer.with_name(name))
        _bring(newer, older)


def everything_in(folder: Path) -> str:
    """All that the sidecars in a folder and below it say, in one text."""
    return "\n".join(_said(json.loads(path.read_text("utf-8"))) for path in sorted(folder.rglob("*.json")))


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(map(_said, value.values()))
    return "\n".join(map(_said, value)) if isinstance(value, list) else str(value)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _bring(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    else:
        target.unlink()
