"""The whole diary as plain files, to be read by anybody, with any program, for as long as there are browsers.

Unlike a backup it is made for people: a page, folders named by day and title, subtitles, a table. It also comes back
whole through an import, see `library.arrivals`.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from duskreel.atomic import cannot_write, sync_file, sync_folder
from duskreel.edit.pages import pages
from duskreel.edit.paragraphs import written
from duskreel.errors import DiaryError
from duskreel.export.subtitles import srt
from duskreel.library import sidecars
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.folder import POSTER
from duskreel.library.json_reader import Json
from duskreel.library.partial import remove
from duskreel.library.values import DiaryLocation, EntryFilter
from duskreel.memories.plain.names import FolderNames
from duskreel.memories.plain.page import Look, Shown, whole_page, year_file, year_page, years_page
from duskreel.memories.plain.table import moods_csv
from duskreel.paths import resource
from duskreel.progress import CancelToken, Progress, part

ENTRIES = "entries"
PAGE = "index.html"
TABLE = "moods.csv"
README = "README.txt"
WORDS = "words.txt"
SUBTITLES = "words.srt"
MOST_ON_A_PAGE = 500
SUBTITLE_LINE = 42
"""signs on a line of subtitles, as subtitle guides have it"""
_CHUNK_BYTES = 1 << 20
_SPARE_BYTES = 16 << 20
_AROUND_BYTES = 256 << 10
"""for the picture and the words of an entry"""
_BOM = "\ufeff"
"""by which spreadsheets know UTF-8"""


@dataclass(frozen=True)
class PlainCopyRequest:
    """What is to be written where."""

    location: DiaryLocation
    target: Path
    """a folder that does not exist yet, or is empty"""
    mood_names: tuple[str, ...]
    mood_colours: tuple[str, ...]
    """as ``#rrggbb``; "" for the page's own"""
    first_day: date | None = None
    last_day: date | None = None
    """included"""
    links: bool = False
    """hard links in place of copies, where the disk can"""
    by_year: bool = False
    """a page for each year, also for few entries"""


@dataclass(frozen=True)
class PlainCopy:
    """What was written."""

    folder: Path
    entries: int
    clips: int
    """those that are there, linked or copied"""
    linked: int
    size_bytes: int
    """of the clips"""
    missing: tuple[str, ...]
    """sentences about what could not be copied"""

    def to_json(self) -> Json:
        """For scripts."""
        return {
            "folder": str(self.folder),
            "entries": self.entries,
            "clips": self.clips,
            "linked": self.linked,
            "size_bytes": self.size_bytes,
            "missing": list(self.missing),
        }


def write_plain_copy(request: PlainCopyRequest, /, *, progress: Progress, token: CancelToken) -> PlainCopy:
    """Write entries, page and table into a new folder. Every copy is read again and compared.

    A clip that is missing or cannot be read is told, and the rest goes on.

    Raises:
        DiaryError: there is nothing to write, or the folder is not empty, lies in the diary, or cannot be written.
            There is no folder then.
        Cancelled: likewise.
    """
    target = request.target.absolute()
    with Diary.open(request.location) as diary:
        _refuse_target(target, request.location.folder)
        entries = diary.entries(EntryFilter(request.first_day, request.last_day))
        if not entries:
            raise DiaryError("There are no entries to export.", "Record or import one, or choose other days.")
        sizes_bytes = _sizes_bytes(request.location.folder, entries)
        if not request.links:
            _refuse_without_room(target, sum(sizes_bytes.values()) + _AROUND_BYTES * len(entries))
        partial = target.with_name(f".{target.name[:40]}.partial")
        with diary.partials.claim(partial):
            try:
                remove(partial)
                for folder in (partial, partial / ENTRIES):
                    folder.mkdir(mode=0o700)
                writer = _Writer(diary, partial, request, sizes_bytes, token)
                shown = [writer.add(entry, part(progress, 0.0, 0.97)) for entry in entries]
                progress("Writing the page", 0.98)
                _write_overview(partial, shown, request)
                _put_in_place(partial, target)
            except OSError as error:
                raise cannot_write(target, error) from error
    progress("Done", 1.0)
    return PlainCopy(target, len(shown), writer.clips, writer.linked, writer.size_bytes, tuple(writer.missing))


class _Writer:
    """Writes entry after entry, and keeps count."""

    def __init__(
        self,
        diary: Diary,
        root: Path,
        request: PlainCopyRequest,
        sizes_bytes: dict[str, int],
        token: CancelToken,
    ) -> None:
        self._diary, self._root, self._links, self._token = diary, root, request.links, token
        self._sizes_bytes = sizes_bytes
        self._total_bytes = sum(sizes_bytes.values()) + _AROUND_BYTES * max(len(sizes_bytes), 1)
        self._names = FolderNames()
        self.done_bytes = self.size_bytes = self.clips = self.linked = 0
        self.missing: list[str] = []

    def add(self, entry: Entry, progress: Progress) -> Shown:
        """Write an entry's folder."""
        self._token.raise_if_cancelled()
        folder = f"{ENTRIES}/{self._names.name_for(entry)}"
        home = self._root / folder
        home.mkdir(mode=0o700)
        expected_bytes = self._sizes_bytes.get(entry.id, 0) + _AROUND_BYTES
        start, self.done_bytes = self.done_bytes, self.done_bytes + expected_bytes
        step = part(progress, start / self._total_bytes, self.done_bytes / self._total_bytes)
        step("Copying", 0.0)
        has_clip = self._clip(entry, home / entry.clip, step)
        poster = self._diary.poster(entry)
        if poster is not None:
            _write(home / POSTER, poster)
        transcript = self._words(entry, home)
        _write_json(home / sidecars.ENTRY, entry.to_json())
        return Shown(entry, folder, transcript, has_clip, poster is not None)

    def _clip(self, entry: Entry, copy: Path, progress: Progress) -> bool:
        try:
            source = self._diary.open_clip(entry)
        except DiaryError as error:
            self.missing.append(str(error))
            return False
        with source:
            is_linked = self._links and _is_linked(self._diary.location.folder / entry.clip_path, copy)
            try:
                if not is_linked:
                    self._copy(entry, source, copy, progress)
            except _UnreadableError as error:
                remove(copy)
                self.missing.append(f"“{entry.clip_path}” cannot be read: {error}. Put it back from a backup.")
                return False
        self.clips += 1
        self.linked += is_linked
        self.size_bytes += copy.stat().st_size
        return True

    def _copy(self, entry: Entry, source: BinaryIO, copy: Path, progress: Progress) -> None:
        expected_bytes = max(self._sizes_bytes.get(entry.id, 1), 1)
        digest = hashlib.sha256()
        copied_bytes = 0
        with copy.open("xb") as target:
            sidecars.make_private(copy)
            while chunk := _read(source):
                self._token.raise_if_cancelled()
                digest.update(chunk)
                target.write(chunk)
                copied_bytes += len(chunk)
                progress("Copying", 0.6 * copied_bytes / expected_bytes)
            target.flush()
            sync_file(target.fileno())
        if entry.original is not None and digest.hexdigest() != entry.original.sha256:
            self.missing.append(
                f"“{entry.clip_path}” is not what was imported: it was changed, or the disk is failing. It was copied"
                " as it is; compare it with a backup."
            )
        progress("Checking the copy", 0.6)
        if copy.stat().st_size != copied_bytes or _sha256(copy, self._token) != digest.hexdigest():
            raise DiaryError(
                f"The copy of “{entry.clip_path}” is not what was read from it.",
                "The disk may be failing. Check it, then try again.",
            )

    def _words(self, entry: Entry, home: Path) -> Transcript | None:
        try:
            transcript = self._diary.transcript(entry)
        except DiaryError as error:
            self.missing.append(str(error))
            return None
        if transcript is None:
            return None
        _write_json(home / sidecars.TRANSCRIPT, transcript.to_json())
        words = [word for word in transcript.words() if word.shown.strip()]
        if words:
            # One line, not two: dividing the words of thousands of entries into two lines takes minutes.
            cues = pages(words, measure=len, max_width=SUBTITLE_LINE, max_lines=1, duration_ms=entry.duration_ms)
            _write(home / SUBTITLES, sidecars.clean(srt(cues)).encode())
            _write(home / WORDS, (sidecars.clean(written(words).text) + "\n").encode())
        return transcript


class _UnreadableError(Exception):
    """A clip that the disk does not give."""


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_CHUNK_BYTES)
    except OSError as error:
        raise _UnreadableError(error.strerror or str(error)) from error


def _is_linked(source: Path, copy: Path) -> bool:
    """Whether the file now has a second name; not across disks, nor where the file system knows no links."""
    try:
        os.link(source, copy)
    except OSError:
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
    sidecars.make_private(path)


def _write_json(path: Path, data: Json) -> None:
    _write(path, (json.dumps(sidecars.clean(data), ensure_ascii=False, indent=2) + "\n").encode())


def _write_overview(root: Path, shown: Sequence[Shown], request: PlainCopyRequest) -> None:
    style_sheet = resource("plain/page.css").read_text(encoding="utf-8")
    look = Look(request.mood_names, request.mood_colours, style_sheet)
    if request.by_year or len(shown) > MOST_ON_A_PAGE:
        for year, group in groupby(shown, key=lambda each: each.entry.recorded_at.year):
            _write(root / year_file(year), sidecars.clean(year_page(year, list(group), look)).encode())
        page = years_page(shown, look)
    else:
        page = whole_page(shown, look)
    _write(root / PAGE, sidecars.clean(page).encode())
    _write(root / TABLE, sidecars.clean(_BOM + moods_csv(shown, request.mood_names)).encode())
    _write(root / README, resource("plain/README.txt").read_bytes())


def _put_in_place(partial: Path, target: Path) -> None:
    # Thousands of small files are put on the disk at once: one by one it takes minutes.
    if sys.platform != "win32":
        os.sync()
    if target.exists():
        target.rmdir()
    partial.rename(target)
    sync_folder(target.parent)


def _refuse_target(target: Path, diary: Path) -> None:
    if os.path.lexists(target) and (not target.is_dir() or any(target.iterdir())):
        raise DiaryError(f"{target} is not an empty folder.", "Choose a new one: an export never overwrites anything.")
    if not target.parent.is_dir():
        raise DiaryError(f"There is no folder {target.parent}.", "Make it first, or choose another one.")
    if target.resolve().is_relative_to(diary.resolve()):
        raise DiaryError("A plain copy inside the diary would be lost with it.", "Choose a folder elsewhere.")


def _refuse_without_room(target: Path, needed_bytes: int) -> None:
    with suppress(OSError):
        free_bytes = shutil.disk_usage(target.parent).free
        if free_bytes < needed_bytes + _SPARE_BYTES:
            raise DiaryError(
                f"The copy needs {needed_bytes >> 20} MB, and {free_bytes >> 20} MB are free in {target.parent}.",
                "Choose another disk, or make room.",
            )


def _sizes_bytes(root: Path, entries: Sequence[Entry]) -> dict[str, int]:
    """Of the clips that are there, by the entry's id."""
    sizes: dict[str, int] = {}
    for entry in entries:
        with suppress(OSError):
            sizes[entry.id] = (root / entry.clip_path).stat().st_size
    return sizes


def _sha256(path: Path, token: CancelToken) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            token.raise_if_cancelled()
            digest.update(chunk)
    return digest.hexdigest()
