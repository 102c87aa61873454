"""What a speech model looks like on disk, and how one arrives: whole, at once, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from duskreel.atomic import TEMPORARY_SUFFIX, cannot_write, sync_file, sync_folder
from duskreel.errors import DiaryError
from duskreel.progress import CancelToken

REQUIRED_FILES = ("model.bin", "config.json", "tokenizer.json")
"""and a vocabulary, as `VOCABULARIES` spells it; without the tokenizer faster-whisper would ask a hub for one"""
VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
OPTIONAL_FILES = ("preprocessor_config.json",)
"""large-v3 and its kin need it: they listen with 128 mel bands instead of 80"""

_LOCK_POLL_S = 0.2


@dataclass(frozen=True)
class SpeechModel:
    """A CTranslate2 Whisper model that is on this machine and complete."""

    name: str
    folder: Path
    size_bytes: int
    """of everything in the folder"""


def model_in(folder: Path) -> SpeechModel | None:
    """The model in this folder, or None where one of its files is missing or empty."""
    if missing_files(folder):
        return None
    size_bytes = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return SpeechModel(folder.name, folder, size_bytes)


def missing_files(folder: Path) -> list[str]:
    """Names of the needed files that are not there, or empty."""
    missing = [name for name in REQUIRED_FILES if not _has_content(folder / name)]
    if not any(_has_content(folder / name) for name in VOCABULARIES):
        missing.append(" or ".join(VOCABULARIES))
    return missing


def check_name(name: str) -> None:
    """A model's name is the name of its folder, so it must not lead elsewhere.

    Raises:
        DiaryError: it would.
    """
    if not name or name.startswith(".") or any(mark in name for mark in '/\\:*?"<>|\0'):
        raise DiaryError(f"“{name}” cannot be the name of a speech model.", "Use letters, digits and dashes.")


@contextmanager
def only_one(name: str, models_folder: Path, token: CancelToken) -> Iterator[None]:
    """Keep other processes from making the same model meanwhile; waits for them, and can be cancelled.

    Raises:
        DiaryError: the models folder cannot be written to.
        Cancelled: while waiting.
    """
    try:
        models_folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(models_folder / f".{name}.lock")
        while not lock.is_locked:
            token.raise_if_cancelled()
            try:
                lock.acquire(timeout=_LOCK_POLL_S)
            except Timeout:
                continue
    except OSError as error:
        raise cannot_write(models_folder, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def arriving(name: str, models_folder: Path, size_bytes: int) -> Iterator[Path]:
    """A folder to fill, which becomes the model `name` by one rename once the block ends well.

    Otherwise it goes away; what a killed process left is removed first. Call it inside `only_one`.

    Args:
        name: of the model, see `check_name`.
        models_folder: exists.
        size_bytes: what will be written, to refuse early where there is no room.

    Raises:
        DiaryError: no room, cannot be written, or what was put there is not a whole model.
    """
    target = models_folder / name
    temporary = models_folder / f".{name}{TEMPORARY_SUFFIX}"
    try:
        _remove(temporary)
        _require_room(models_folder, size_bytes)
        temporary.mkdir()
        yield temporary
        _require_complete(temporary, name)
        for file in temporary.iterdir():
            _sync(file)
        # Only the remains of a broken model can be in the way: a whole one would have been used.
        _remove(target)
        temporary.replace(target)
        sync_folder(models_folder)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _require_room(folder: Path, size_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < size_bytes:
        raise DiaryError(
            f"The speech model needs {size_bytes / 1e6:.0f} MB, and {folder} has {free_bytes / 1e6:.0f} MB left.",
            "Free some space on this disk, then try again.",
        )


def _require_complete(folder: Path, name: str) -> None:
    missing = missing_files(folder)
    if missing:
        raise DiaryError(
            f"The speech model “{name}” is not complete: {', '.join(missing)} is missing.",
            "Get the whole folder of a CTranslate2 Whisper model, then try again.",
        )


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        sync_file(descriptor)
    finally:
        os.close(descriptor)
