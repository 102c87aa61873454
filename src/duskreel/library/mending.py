"""Bringing the index up to date with the folder, and sidecars that cannot be read back to life."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library import looking, media, sidecars
from duskreel.library.entry import Entry
from duskreel.library.folder import DiaryFolder, Scan, Stamps, clips_in, stamps
from duskreel.library.ids import new_id
from duskreel.library.index import Index, Indexed

_NAME_STARTS_WITH = "2026-11-23 18.04.12"


@dataclass
class Reading:
    """What came of reading entry folders again."""

    found: list[Indexed] = field(default_factory=list)
    untold: set[str] = field(default_factory=set)
    """folders whose sidecar could not be read now; what the index knows of them stays"""
    notices: list[str] = field(default_factory=list)


def is_up_to_date(scan: Scan, index: Index) -> bool:
    """Whether nothing was added, changed, moved or removed since the index was written."""
    known = index.stamps()
    is_bare = any(relative in known for relative in scan.without_sidecar)
    return not is_bare and scan.entries == {relative: seen for relative, (_, seen) in known.items()}


def update(folder: DiaryFolder, index: Index) -> list[str]:
    """Read what has changed since the index was written, and mend what is broken. Hold the write lock.

    Returns:
        Sentences about what was mended.

    Raises:
        DiaryError: the folder cannot be read, or the index not written.
    """
    known = index.stamps()
    scan = folder.scan()
    changed = {
        relative: seen for relative, seen in scan.entries.items() if relative not in known or known[relative][1] != seen
    }
    bare = [relative for relative in scan.without_sidecar if relative in known]
    reading = _read_all(folder, [*changed, *bare], index.in_folder)
    present = {*scan.entries, *bare}
    taken = {known[relative][0]: relative for relative in present & set(known) - set(changed)}
    reading.found = _first_of_each_id(reading, taken)
    kept = reading.untold | {item.entry.folder for item in reading.found}
    read_in_vain = {*changed, *bare} - kept
    dropped = [relative for relative in known if relative not in present or relative in read_in_vain]
    index.change(removed=dropped, put=reading.found)
    return reading.notices


def rebuild(folder: DiaryFolder, index: Index, remembered: Callable[[str], Entry | None]) -> list[str]:
    """Fill an index from the sidecars alone; folders that hold a clip without a sidecar get one.

    Args:
        folder: the diary.
        index: whatever is in it is replaced.
        remembered: for a broken sidecar, what an earlier index knew of this folder.

    Returns:
        Sentences about what was mended.

    Raises:
        DiaryError: as for `update`.
    """
    scan = folder.scan()
    reading = _read_all(folder, [*scan.entries, *scan.without_sidecar], remembered)
    reading.found = _first_of_each_id(reading, {})
    index.refill(reading.found)
    return reading.notices


def reread(folder: DiaryFolder, index: Index, relative: str) -> list[str]:
    """Read one entry folder again, changed or not, and mend what is broken in it. Hold the write lock.

    Returns:
        Sentences about what was mended.

    Raises:
        DiaryError: as for `update`.
    """
    reading = _read_all(folder, [relative], index.in_folder)
    is_lost = not reading.found and not reading.untold
    index.change(removed=[relative] if is_lost else [], put=reading.found)
    return reading.notices


def indexed(folder: DiaryFolder, entry: Entry) -> Indexed:
    """What the index keeps of an entry whose sidecar was just written.

    Raises:
        DiaryError: the sidecar is gone.
    """
    path = folder.path(entry.folder)
    seen = stamps(path)
    if seen is None:
        raise DiaryError(f"The entry {entry.folder} is gone.", "Open the diary again.")
    return _with_words(path, entry, seen, [])


def _read_all(folder: DiaryFolder, relatives: Iterable[str], remembered: Callable[[str], Entry | None]) -> Reading:
    reading = Reading()
    for relative in sorted(relatives):
        path = folder.path(relative)
        try:
            entry = _entry(path, relative, remembered, reading.notices)
        except (sidecars.UnreadableSidecarError, DiaryError) as error:
            reading.untold.add(relative)
            reading.notices.append(f"The entry {relative} could not be read: {error}")
            continue
        seen = stamps(path)
        if entry is not None and seen is not None:
            reading.found.append(_with_words(path, entry, seen, reading.notices))
    return reading


def _entry(path: Path, relative: str, remembered: Callable[[str], Entry | None], notices: list[str]) -> Entry | None:
    """Read the sidecar; write it anew where it is broken or missing. None where there is nothing to go by."""
    try:
        return sidecars.read_entry(path, relative)
    except FileNotFoundError:
        if not clips_in(path):
            return None
        if looking.is_being_brought(path):
            raise sidecars.UnreadableSidecarError("a sync is still bringing it") from None
        entry = remembered(relative) or _from_clip(path, relative)
        notices.append(f"{relative} had no {sidecars.ENTRY}. It was written anew.")
    except sidecars.BrokenSidecarError:
        known = remembered(relative)
        entry = known or _from_clip(path, relative)
        aside = sidecars.keep_aside(path / sidecars.ENTRY)
        source = "what the index remembered" if known else "the clip; mood, title and notes are only in that file"
        notices.append(
            f"{sidecars.ENTRY} in {relative} was broken. It was kept as {aside} and made anew from {source}."
        )
    sidecars.write(path / sidecars.ENTRY, entry.to_json())
    return entry


def _with_words(path: Path, entry: Entry, seen: Stamps, notices: list[str]) -> Indexed:
    if seen.transcript is None:
        return Indexed(entry, "", seen)
    try:
        heard = sidecars.read_spoken(path)
        return Indexed(entry, heard.text, seen, heard.word_starts)
    except sidecars.BrokenSidecarError:
        aside = sidecars.keep_aside(path / sidecars.TRANSCRIPT)
        notices.append(
            f"{sidecars.TRANSCRIPT} in {entry.folder} was broken. It was kept as {aside};"
            " the entry waits for a new transcript."
        )
        return Indexed(entry, "", Stamps(seen.entry, None))
    except (sidecars.UnreadableSidecarError, FileNotFoundError) as error:
        notices.append(f"The transcript of {entry.folder} could not be read: {error}")
        return Indexed(entry, "", seen)


def _from_clip(path: Path, relative: str) -> Entry:
    """What can be told without a sidecar: the clip's own facts, and the time in the folder's name.

    Raises:
        DiaryError: there is no clip, or it cannot be read.
    """
    names = clips_in(path)
    if not names:
        raise DiaryError(f"There is no clip in {relative}.", "Look for it in a backup.")
    clip = path / names[0]
    try:
        with clip.open("rb") as file:
            info = media.probe(file, clip.name)
        modified = datetime.fromtimestamp(clip.stat().st_mtime, UTC)
    except OSError as error:
        raise DiaryError(f"Could not read {clip}: {error.strerror or error}.", "Check the disk.") from error
    return Entry(
        id=new_id(),
        folder=relative,
        clip=clip.name,
        recorded_at=_time_in(path.name) or (info.created_at or modified).astimezone(),
        source="import",
        duration_ms=info.duration_ms,
        width=info.width,
        height=info.height,
    )


def _time_in(folder_name: str) -> datetime | None:
    try:
        wall = datetime.strptime(folder_name[: len(_NAME_STARTS_WITH)], "%Y-%m-%d %H.%M.%S")  # noqa: DTZ007
    except ValueError:
        return None
    return wall.astimezone()


def _first_of_each_id(reading: Reading, taken: dict[str, str]) -> list[Indexed]:
    """Leave out entries whose id another folder already has; a copy made by hand, as a rule."""
    chosen: list[Indexed] = []
    for item in reading.found:
        other = taken.setdefault(item.entry.id, item.entry.folder)
        if other == item.entry.folder:
            chosen.append(item)
        else:
            reading.notices.append(f"{item.entry.folder} has the same id as {other}, and is not shown.")
    return chosen
