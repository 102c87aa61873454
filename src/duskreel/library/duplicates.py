"""The same film twice in the diary, under other names or in other containers."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duskreel.errors import DiaryError
from duskreel.library import media, sound
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import DiaryLocation
from duskreel.progress import CancelToken, Progress, unheard

Loudness = NDArray[np.float32]
_CLOSE_MS = 50
_BETWEEN_PICTURES_MS = 7
"""off the times at which pictures begin at usual rates: containers round these, and the picture must be the same"""
_RATE_HZ = 8_000
_WINDOW_MS = 50
_QUIET = 1e-3
"""the mean level, where 1 is the loudest, below which a sound track is as good as none"""
_LIVELY_SHARE = 0.2
"""the least deviation of speech and life from their mean level, as a share of it"""
_CHUNK_BYTES = 1 << 20
_SAME_SHARE = 0.05
"""by which the loudness of two sound tracks may differ: containers cut the first samples differently"""


@dataclass(frozen=True)
class Group:
    """Entries that are one; the one to keep first."""

    entries: tuple[Entry, ...]
    is_copied_folder: bool
    """the same id twice, as a sync makes it; else the same film, imported twice"""


def find_duplicates(location: DiaryLocation, /, *, progress: Progress, token: CancelToken) -> list[Group]:
    """Look for folders with the same id, and for entries with the same film.

    Only clips of the same length and size are decoded, and of those three pictures first.

    Raises:
        DiaryError: the diary cannot be opened.
        Cancelled: nothing was changed.
    """
    with Diary.open(location) as diary:
        groups = [
            Group(copies, is_copied_folder=True)
            for entries in diary.copied_folders()
            if len(copies := _copies(diary, entries, token)) > 1
        ]
        candidates = list(_alike_in_passing(diary.entries()))
        for number, alike in enumerate(candidates):
            progress("Comparing", number / len(candidates))
            groups += [Group(diary.best_first(same), is_copied_folder=False) for same in _same(diary, alike, token)]
    progress("Done", 1.0)
    return groups


def merge_duplicates(diary: Diary, groups: Sequence[Group]) -> list[Entry]:
    """Make one of each group.

    Returns:
        The entries that stayed.

    Raises:
        DiaryError: as for `Diary.merge`; groups before this one are merged.
    """
    kept = []
    for group in groups:
        best = group.entries[0]
        for other in group.entries[1:]:
            best = diary.merge(best, other)
        kept.append(best)
    return kept


def _copies(diary: Diary, entries: Sequence[Entry], token: CancelToken) -> tuple[Entry, ...]:
    """The first one, and those of the others whose clips are the same, or not wholly there.

    Whoever copied a folder to begin another entry has given one id to two films.
    """
    root, best = diary.location.folder, entries[0]
    is_copy = (_begins_with(root / best.clip_path, root / other.clip_path, token) for other in entries[1:])
    return best, *(other for other, copied in zip(entries[1:], is_copy, strict=True) if copied)


def _begins_with(whole: Path, part: Path, token: CancelToken) -> bool:
    if not part.exists():
        return True
    try:
        with whole.open("rb") as one, part.open("rb") as other:
            while chunk := other.read(_CHUNK_BYTES):
                token.raise_if_cancelled()
                if one.read(len(chunk)) != chunk:
                    return False
    except OSError:
        return False
    return True


def _alike_in_passing(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Groups of the same size whose lengths follow closely on each other."""
    group: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: (entry.width, entry.height, entry.duration_ms)):
        if group and not _is_alike(group[-1], entry):
            if len(group) > 1:
                yield group
            group = []
        group.append(entry)
    if len(group) > 1:
        yield group


def _is_alike(one: Entry, other: Entry) -> bool:
    has_size = (one.width, one.height) == (other.width, other.height)
    return has_size and abs(one.duration_ms - other.duration_ms) <= _CLOSE_MS


def _same(diary: Diary, alike: Sequence[Entry], token: CancelToken) -> Iterator[list[Entry]]:
    """Those among them that show the same and sound the same."""
    middle_ms = min(entry.duration_ms for entry in alike) // 2 // 100 * 100 + _BETWEEN_PICTURES_MS
    by_pictures: dict[str, list[Entry]] = {}
    for entry in alike:
        token.raise_if_cancelled()
        pictures = _pictures(diary, entry, middle_ms)
        if pictures:
            by_pictures.setdefault(pictures, []).append(entry)
    for looking_alike in by_pictures.values():
        if len(looking_alike) > 1:
            yield from _sounding_alike(diary, looking_alike, token)


def _pictures(diary: Diary, entry: Entry, middle_ms: int) -> str:
    """A digest of the first, middle and last picture; "" where the clip cannot be read."""
    digest = sha256()
    try:
        for at_ms in (0, middle_ms, 2 * entry.duration_ms):
            with diary.open_clip(entry) as file:
                digest.update(media.poster(file, entry.clip_path, at_ms=at_ms))
    except DiaryError:
        return ""
    return digest.hexdigest()


def _sounding_alike(diary: Diary, entries: Sequence[Entry], token: CancelToken) -> Iterator[list[Entry]]:
    groups: list[tuple[Loudness, list[Entry]]] = []
    for entry in entries:
        loudness = _loudness(diary, entry, token)
        home = next((members for known, members in groups if _is_same(known, loudness)), None)
        if home is None:
            groups.append((loudness, [entry]))
        else:
            home.append(entry)
    for loudness, members in groups:
        if len(members) > 1:
            yield from [members] if _tells_apart(loudness) else _packed_alike(diary, members, token)


def _tells_apart(loudness: Loudness) -> bool:
    """Whether no other film is likely to sound like this: silence and a hum are all alike."""
    level = float(loudness.mean()) if len(loudness) else 0.0
    return level >= _QUIET and float(loudness.std()) >= _LIVELY_SHARE * level


def _packed_alike(diary: Diary, entries: Sequence[Entry], token: CancelToken) -> Iterator[list[Entry]]:
    """Those whose every picture is the same, where three pictures are all that is known of them."""
    by_digest: dict[str, list[Entry]] = {}
    for entry in entries:
        token.raise_if_cancelled()
        with suppress(DiaryError), diary.open_clip(entry) as file:
            by_digest.setdefault(media.picture_sha256(file, entry.clip_path), []).append(entry)
    yield from (members for members in by_digest.values() if len(members) > 1)


def _loudness(diary: Diary, entry: Entry, token: CancelToken) -> Loudness:
    """The level of the sound in windows of `_WINDOW_MS`, float32 of shape (count,)."""
    with diary.open_clip(entry) as file:
        samples = sound.decode_sound(
            file, entry.clip_path, rate_hz=_RATE_HZ, channels=1, progress=unheard, token=token
        )[:, 0]
    size = _RATE_HZ * _WINDOW_MS // 1000
    whole = samples[: len(samples) // size * size].reshape(-1, size)
    return np.sqrt(np.mean(whole**2, axis=1, dtype=np.float32))


def _is_same(one: Loudness, other: Loudness) -> bool:
    count = min(len(one), len(other))
    if abs(len(one) - len(other)) > 2 * _CLOSE_MS // _WINDOW_MS:
        return False
    if count == 0:
        return True
    level = max(float(one[:count].mean()), float(other[:count].mean()), 1e-4)
    return float(np.abs(one[:count] - other[:count]).mean()) <= _SAME_SHARE * level
