"""Clips in folders, and the daily clips of 1 Second Everyday."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from duskreel.errors import DiaryError
from duskreel.library.arrivals.candidate import Candidate, Offer, Refused
from duskreel.library.arrivals.pile import Pile, is_folder
from duskreel.library.folder import CLIP_SUFFIXES, ENTRIES, IDENTITY
from duskreel.library.importing import readable


def offer_files(sources: Sequence[Path], diary: Path) -> Offer:
    """Every clip in these folders, however deep, and every file that is named itself.

    Args:
        sources: files and folders.
        diary: the diary's own folder, which has nothing new for itself.
    """
    offers = [_offer(source, diary) for source in sources]
    found = {candidate.file: candidate for offer in offers for candidate in offer.candidates}
    return Offer(
        tuple(found.values()),
        tuple(refused for offer in offers for refused in offer.refused),
    )


def _offer(source: Path, diary: Path) -> Offer:
    shown = readable(str(source))
    if not is_folder(source):
        if source.suffix.lower() == ".zip" and os.path.isfile(source):  # noqa: PTH113 - as is_folder
            reason = f"“{readable(source.name)}” is an archive. Say what it is from with --from, or unpack it."
            return Offer(refused=(Refused(shown, reason),))
        return Offer((Candidate(readable(source.name), _size_bytes(source), source),))
    if _is_within(source, diary):
        return Offer(refused=(Refused(shown, f"{shown} is the diary itself. Choose another folder."),))
    # Of another diary the entries alone: what is in its bin was thrown away.
    root = source / ENTRIES if (source / IDENTITY).is_file() else source
    found = tuple(_clips(root, source, diary))
    if not found:
        return Offer(refused=(Refused(shown, f"“{shown}” is a folder without videos. Choose another one."),))
    return Offer(found)


def _clips(root: Path, source: Path, diary: Path) -> Iterator[Candidate]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(
            name for name in subfolders if not name.startswith(".") and not _is_within(Path(folder, name), diary)
        )
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix.lower() in CLIP_SUFFIXES and not name.startswith("."):
                yield Candidate(readable(path.relative_to(source).as_posix()), _size_bytes(path), path)


def offer_days(pile: Pile) -> Offer:
    """The daily clips that 1 Second Everyday keeps, told apart by the days in their names.

    Its makers say that clips and journal can be downloaded, but not how the files are called; so any name that holds a
    day will do. A finished film, in which the days are joined, has no days to tell apart.

    Raises:
        DiaryError: there is no video in it.
    """
    names = [name for name in pile.sizes_bytes if Path(name).suffix.lower() in CLIP_SUFFIXES]
    if not names:
        raise DiaryError("There are no videos in it.", "Give the folder or the ZIP file with your daily clips.")
    return Offer(tuple(replace(pile.candidate(name), prefers_name=True, must_be_named=True) for name in sorted(names)))


def _is_within(path: Path, diary: Path) -> bool:
    # Path.resolve gives up on links that lead in a circle.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(diary))


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
