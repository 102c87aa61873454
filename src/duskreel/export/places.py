"""Where what the export makes goes, and how it gets its name: only when it is whole."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from duskreel.atomic import rename_to_free, sync_file, sync_folder
from duskreel.errors import DiaryError
from duskreel.export.extras import SUBTITLE_FILES
from duskreel.library.diary import Diary

COVER = ".jpg"
BESIDE = (*(f".{kind}" for kind in SUBTITLE_FILES), COVER)
"""the suffixes of all that may come with a short"""


@dataclass(frozen=True)
class Place:
    """Where a video goes."""

    path: Path
    beside: tuple[str, ...]
    """the suffixes of the files that come with it"""
    may_replace: bool
    """whether files that are there may go"""
    is_our_choice: bool
    """whether another name will do as well"""

    @property
    def files(self) -> tuple[Path, ...]:
        """The video, and what comes with it."""
        return (self.path, *(self.path.with_suffix(suffix) for suffix in self.beside))


def check_target(target: Path, diary: Diary, *, what: str) -> None:
    """Refuse a place where no video can be.

    Args:
        target: as the user named it, absolute.
        diary: among whose own files nothing is written.
        what: is to be written, in a word.

    Raises:
        DiaryError: it cannot be there.
    """
    if target.suffix.lower() != ".mp4":
        raise DiaryError(f"A {what} is an MP4 file, and “{target.name}” does not end in .mp4.", "Name it so.")
    if not target.parent.is_dir():
        raise DiaryError(f"There is no folder {target.parent}.", "Make it first, or choose another one.")
    for file in (target, *(target.with_suffix(suffix) for suffix in BESIDE)):
        if file.is_dir():
            raise DiaryError(f"{file} is a folder.", "Choose another name.")
    home = target.resolve()
    if home.is_relative_to(diary.location.folder.resolve()) and not home.is_relative_to(diary.shorts_folder.resolve()):
        raise DiaryError(f"A {what} cannot be written among the diary's own files.", "Choose another folder.")


def already(path: Path) -> DiaryError:
    """The sentence for a name that is taken."""
    return DiaryError(f"There is already a file {path}.", "Choose another name, or let it be replaced (--replace).")


def short_name(platform: str, day: date | None) -> str:
    """What a short is called that nobody has named. A name goes along with the file, wherever it is sent: it holds
    nothing of the entry's folder, whose name is the second of the recording and a part of its id.

    Args:
        platform: where it is meant to go.
        day: of the recording, if the file may tell.
    """
    return f"Duskreel {'short' if day is None else day.isoformat()} {platform}.mp4"


def free_name(path: Path) -> Path:
    """This name, or the first one with a number behind it that nothing has, nor anything that may come with it."""
    number, free = 1, path
    while any(free.with_suffix(suffix).exists() for suffix in (free.suffix, *BESIDE)):
        number += 1
        free = path.with_stem(f"{path.stem} {number}")
    return free


def unfinished_name(target: Path) -> Path:
    """A name beside the finished file's that no other job has, and that no disk finds too long."""
    return target.with_name(f".{target.stem[:40]} {secrets.token_hex(4)}.partial{target.suffix}")


def finish(unfinished: list[Path], place: Place) -> Place:
    """Give files that are whole their names, all or none.

    Args:
        unfinished: on the same disk, one for each of `place.files`.
        place: where to.

    Returns:
        Where they are now: elsewhere than planned if another file came there meanwhile and any name will do.
    """
    for partial in unfinished:
        with partial.open("rb+") as file:
            sync_file(file.fileno())
    while True:
        try:
            _name(list(zip(unfinished, place.files, strict=True)), may_replace=place.may_replace)
            sync_folder(place.path.parent)
        except FileExistsError as error:
            if not place.is_our_choice:
                raise already(Path(error.filename2 or place.path)) from error
            place = replace(place, path=free_name(place.path))
        else:
            return place


def _name(pairs: list[tuple[Path, Path]], *, may_replace: bool) -> None:
    """Give files their names, all or none; the short first, so that a kill leaves none that nobody asked for."""
    named: list[tuple[Path, Path]] = []
    try:
        for partial, target in pairs:
            partial.replace(target) if may_replace else rename_to_free(partial, target)
            named.append((partial, target))
    except OSError:
        if not may_replace:
            for partial, target in named:
                target.replace(partial)
        raise
