"""What is not as it should be in a diary folder, for `duskreel doctor`."""

from collections.abc import Iterator

from duskreel.errors import DiaryError
from duskreel.library import looking, media, sidecars, sync_names
from duskreel.library.checksums import CHECKSUMS
from duskreel.library.folder import ENTRIES, POSTER, DiaryFolder, clips_in
from duskreel.library.index import Index
from duskreel.library.partial import PartialRegister
from duskreel.library.values import EntryFilter, Problem

_MADE_AGAIN = (CHECKSUMS, POSTER)


def problems(folder: DiaryFolder, index: Index, partials: PartialRegister) -> list[Problem]:
    """Look through the whole folder; nothing is changed.

    Raises:
        DiaryError: the folder cannot be read.
    """
    return [
        *_clips(folder, index),
        *_kept_aside(folder),
        *_not_shown(folder, index),
        *_without_sidecar(folder),
        *_second_versions(folder),
        *_broken_in_bin(folder),
        *_strays(folder, partials),
    ]


def _clips(folder: DiaryFolder, index: Index) -> Iterator[Problem]:
    """Clips that are missing or do not even open; reading them through would take too long in a large diary."""
    for entry in index.entries(EntryFilter()):
        path = folder.path(entry.clip_path)
        if not path.is_file():
            yield Problem(entry.clip_path, "The clip is missing.", "Put it back from a backup.")
            continue
        try:
            with path.open("rb") as file:
                media.open_media(file, entry.clip).close()
        except OSError as error:
            yield Problem(entry.clip_path, f"It cannot be read: {error.strerror or error}.", "Check the disk.")
        except DiaryError as error:
            yield Problem(entry.clip_path, error.what_happened, "Put it back from a backup.")


def _kept_aside(folder: DiaryFolder) -> Iterator[Problem]:
    for path in sorted((folder.root / ENTRIES).rglob(f"*{sidecars.BROKEN_SUFFIX}*")):
        yield Problem(
            path.relative_to(folder.root).as_posix(),
            "A file that could not be read was kept aside.",
            "Open it in a text editor, copy what you miss into the entry, then delete it.",
        )


def _not_shown(folder: DiaryFolder, index: Index) -> Iterator[Problem]:
    known = index.stamps()
    folder_of = {entry_id: relative for relative, (entry_id, _) in known.items()}
    for relative in sorted(set(folder.scan().entries) - set(known)):
        where = f"{relative}/{sidecars.ENTRY}"
        try:
            entry = sidecars.read_entry(folder.path(relative), relative)
        except (sidecars.UnreadableSidecarError, sidecars.BrokenSidecarError, FileNotFoundError) as error:
            yield Problem(where, f"It cannot be read: {error}.", "Check the file, or take it from a backup.")
            continue
        if entry.id in folder_of:
            yield Problem(
                where,
                f"It has the same id as {folder_of[entry.id]}, and is not shown.",
                "If it is a copy, “Find duplicates…” or “duskreel tidy --merge” unites both; else delete the line “id” "
                "of one and reindex.",
            )


def _without_sidecar(folder: DiaryFolder) -> Iterator[Problem]:
    scan = folder.scan()
    for relative in scan.misnamed:
        yield Problem(relative, "The folder's name is not valid Unicode; the entry is not shown.", "Rename it.")
    for relative in scan.without_sidecar:
        if clips_in(folder.path(relative)):
            yield Problem(
                relative,
                f"There is a clip but no {sidecars.ENTRY}.",
                "If no sync is running, “duskreel reindex” takes it in as an entry.",
            )
        else:
            yield Problem(
                relative, f"There is no {sidecars.ENTRY} and no clip.", "Delete the folder if you do not need it."
            )


def _second_versions(folder: DiaryFolder) -> Iterator[Problem]:
    """Those of sidecars that could not be united by themselves, and those of clips, which nobody can unite."""
    for relative in folder.scan().entries:
        names = sorted(child.name for child in folder.path(relative).iterdir())
        for name in names:
            if any(sync_names.is_copy_of(name, sidecar) for sidecar in looking.COPIED):
                yield Problem(
                    f"{relative}/{name}",
                    "A sync made this second version, and it cannot be brought together with the first.",
                    "Open it in a text editor, copy what you miss into the entry, then delete it.",
                )
            elif any(sync_names.is_copy_of(name, made) for made in _MADE_AGAIN):
                yield Problem(
                    f"{relative}/{name}",
                    "A sync made this second version of a file that can be made again.",
                    "Delete it; the first one is enough.",
                )
            elif sync_names.is_copy(name):
                yield Problem(
                    f"{relative}/{name}",
                    "A sync made this second version of a file that never changes.",
                    "Keep the one that plays, under the name of the first, and delete the other.",
                )


def _broken_in_bin(folder: DiaryFolder) -> Iterator[Problem]:
    for binned in folder.binned():
        try:
            sidecars.read_entry(folder.path(binned), binned)
        except (sidecars.UnreadableSidecarError, sidecars.BrokenSidecarError, FileNotFoundError) as error:
            yield Problem(
                binned,
                f"This deleted entry cannot be restored by itself: {error}.",
                f"Move the folder to {ENTRIES} by hand if you want it back.",
            )


def _strays(folder: DiaryFolder, partials: PartialRegister) -> Iterator[Problem]:
    claimed = partials.claimed()
    for relative in folder.strays():
        if folder.path(relative).absolute() not in claimed:
            yield Problem(relative, "Something was left half done here.", "Delete it; the finished file is elsewhere.")
