"""Films, folders and archives, each taken as what it turns out to be: whoever drops something says no more."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.arrivals import day_one
from duskreel.library.arrivals.candidate import Offer, Refused
from duskreel.library.arrivals.folders import offer_files
from duskreel.library.arrivals.pile import FolderPile, Pile, ZipPile, is_folder
from duskreel.library.backup.zipped import MANIFEST
from duskreel.library.folder import CLIP_SUFFIXES
from duskreel.library.importing import readable

ARCHIVE_SUFFIX = ".zip"


def offer_anything(sources: Sequence[Path], diary: Path) -> Offer:
    """Everything in these places that may come in. What cannot be used is told, and keeps nothing else out.

    Args:
        sources: films, folders, Day One's exports and other ZIP archives with films.
        diary: the diary's own folder, which has nothing new for itself.
    """
    offers = [_offer(source, diary) for source in sources]
    found = {(candidate.file, candidate.member): candidate for offer in offers for candidate in offer.candidates}
    return Offer(
        tuple(found.values()),
        tuple(refused for offer in offers for refused in offer.refused),
        tuple(note for offer in offers for note in offer.notes),
    )


def is_archive(source: Path) -> bool:
    """Whether films may be in it, going by its name."""
    return source.suffix.lower() == ARCHIVE_SUFFIX and os.path.isfile(source)  # noqa: PTH113 - as is_folder


def _offer(source: Path, diary: Path) -> Offer:
    shown = readable(source.name)
    if is_archive(source):
        try:
            return _of_archive(ZipPile(source), shown)
        except DiaryError as error:
            return Offer(refused=(Refused(shown, f"{error.what_happened} {error.what_to_do}"),))
    unpacked = _unpacked_journal(source) if is_folder(source) else None
    return unpacked or offer_files((source,), diary)


def _of_archive(pile: Pile, shown: str) -> Offer:
    names = {PurePosixPath(name).name for name in pile.sizes_bytes}
    if MANIFEST in pile.sizes_bytes:
        raise DiaryError(f"“{shown}” is a backup of a diary.", "Restore it with: duskreel restore-backup")
    if sidecars.ENTRY in names:
        raise DiaryError(
            f"“{shown}” holds entries with all that was said about them.", "Unpack it, then import the folder."
        )
    return _journals(pile) or _films(pile, shown)


def _films(pile: Pile, shown: str) -> Offer:
    films = [name for name in pile.sizes_bytes if PurePosixPath(name).suffix.lower() in CLIP_SUFFIXES]
    if not films:
        raise DiaryError(f"“{shown}” is an archive without videos.", "Choose another one.")
    return Offer(tuple(pile.candidate(name) for name in sorted(films)))


def _unpacked_journal(source: Path) -> Offer | None:
    """What Safari makes of Day One's archives by itself; a folder of anything else is not walked through for it."""
    try:
        has_journal = any(source.glob("*.json")) and (source / day_one.VIDEOS).is_dir()
        return _journals(FolderPile(source)) if has_journal else None
    except OSError:
        return None


def _journals(pile: Pile) -> Offer | None:
    """Only one that knows of videos: other programs write lists of entries too."""
    try:
        offer = day_one.offer(pile)
    except DiaryError:
        return None
    return offer if offer.candidates or offer.refused else None
