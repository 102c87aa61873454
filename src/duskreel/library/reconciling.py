"""Second versions of sidecars, which sync programs make where two computers changed the same file, brought together.

Both versions are read, united by the rules of `uniting`, and written as one. The second version is then moved into
``merged/`` inside the entry's folder, and so is a copy of the first one as it was: nothing is ever deleted. Which of
two is the newer one is told by the time of the file to the second, which sync programs keep, and then by its content,
so that two computers decide alike.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from duskreel.atomic import cannot_write, sync_folder, write_bytes
from duskreel.library import sidecars, uniting
from duskreel.library.ancestors import Ancestors
from duskreel.library.folder import IDENTITY, MERGED, DiaryFolder
from duskreel.library.looking import Looked
from duskreel.library.sync_names import is_copy_of

_NOT_NOW = (sidecars.BrokenSidecarError, sidecars.UnreadableSidecarError, FileNotFoundError)
"""such a version is left where it is; doctor names it"""
_NS_PER_S = 1_000_000_000


@dataclass(frozen=True)
class _Version:
    """One of two files."""

    name: str
    content: bytes
    changed_s: int

    @property
    def age(self) -> tuple[int, bytes]:
        return self.changed_s, self.content


def reconcile(folder: DiaryFolder, looked: Looked, ancestors: Ancestors) -> list[str]:
    """Unite every second version that was seen with the first one. Hold the write lock.

    Returns:
        Sentences about what was united.

    Raises:
        DiaryError: the disk is full, or the folder may not be written to. What was not united is as it was.
    """
    notices = []
    for name in looked.identities:
        move_aside(folder.root, name)
        notices.append(f"A sync made a second {IDENTITY}. It was moved to {MERGED}/.")
    for relative, names in sorted(looked.copies.items()):
        home = folder.path(relative)
        for name in names:
            unite = _unite_entries if is_copy_of(name, sidecars.ENTRY) else _unite_transcripts
            try:
                said = unite(home, relative, name, ancestors)
            except _NOT_NOW:
                continue
            notices += [said] if said else []
    return notices


def move_aside(home: Path, name: str) -> None:
    """Move a file into ``merged/`` beside it, under a free name.

    Raises:
        DiaryError: the folder may not be written to.
    """
    aside = home / MERGED
    target, number = aside / name, 2
    try:
        aside.mkdir(mode=0o700, exist_ok=True)
        while os.path.lexists(target):
            target = aside / f"{number} {name}"
            number += 1
        (home / name).rename(target)
        sync_folder(aside)
        sync_folder(home)
    except OSError as error:
        raise cannot_write(target, error) from error


def keep_copy(home: Path, name: str, content: bytes) -> None:
    """Keep a version in ``merged/`` under a name that its content gives, so that it is there but once.

    Raises:
        DiaryError: the folder may not be written to.
    """
    aside = home / MERGED
    stem, _, suffix = name.rpartition(".")
    copy = aside / f"{stem}.{sha256(content).hexdigest()[:8]}.{suffix}"
    try:
        aside.mkdir(mode=0o700, exist_ok=True)
        if not copy.exists():
            write_bytes(copy, content)
            sidecars.make_private(copy)
    except OSError as error:
        raise cannot_write(copy, error) from error


def _unite_entries(home: Path, relative: str, name: str, ancestors: Ancestors) -> str:
    versions = {sidecars.ENTRY: _version(home, sidecars.ENTRY), name: _version(home, name)}
    entries = {each: sidecars.read_entry(home, relative, each) for each in versions}
    first, second = entries[sidecars.ENTRY], entries[name]
    if first.id != second.id:
        return ""
    newer, older = _by_age(versions)
    whole = uniting.united(entries[newer], entries[older], ancestors.of(first, second), origin=f"“{older}”")
    _put(home, versions[sidecars.ENTRY], whole.to_json() != first.to_json(), lambda path: _write(path, whole.to_json()))
    move_aside(home, name)
    if whole.to_json() != first.to_json():
        ancestors.note_united(whole)
    return f"{relative} was changed on two computers. Both versions were brought together; the second is in {MERGED}/."


def _unite_transcripts(home: Path, relative: str, name: str, _ancestors: Ancestors) -> str:
    versions = {sidecars.TRANSCRIPT: _version(home, sidecars.TRANSCRIPT), name: _version(home, name)}
    transcripts = {each: sidecars.read_transcript(home, each) for each in versions}
    newer, older = _by_age(versions)
    whole, homeless = uniting.united_words(transcripts[newer], transcripts[older])
    is_new = whole != transcripts[sidecars.TRANSCRIPT]
    _put(home, versions[sidecars.TRANSCRIPT], is_new, lambda path: _write(path, whole.to_json()))
    move_aside(home, name)
    rest = f" {homeless} corrections fit no word any more and are only there." if homeless else ""
    return f"The words of {relative} were changed on two computers. The second version is in {MERGED}/.{rest}"


def _put(home: Path, first: _Version, is_new: bool, write: Callable[[Path], None]) -> None:
    if is_new:
        keep_copy(home, first.name, first.content)
        write(home / first.name)


def _write(path: Path, data: dict[str, object]) -> None:
    sidecars.write(path, sidecars.clean(data))


def _version(home: Path, name: str) -> _Version:
    path = home / name
    try:
        return _Version(name, path.read_bytes(), path.stat().st_mtime_ns // _NS_PER_S)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise sidecars.UnreadableSidecarError(error.strerror or str(error)) from error


def _by_age(versions: dict[str, _Version]) -> list[str]:
    """Their names, the newer one first."""
    return sorted(versions, key=lambda name: versions[name].age, reverse=True)
