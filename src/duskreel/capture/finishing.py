"""From a take that has ended to an entry of the diary. The raw file goes last, and only if all of it was used."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import av

from duskreel.capture.clusters import Survey, survey
from duskreel.capture.remux import Copied, UnreadableRawError, copy_clip
from duskreel.capture.space import SPARE_BYTES
from duskreel.capture.take import Take, TakeFolder, TakeState
from duskreel.errors import DiaryError
from duskreel.library import media
from duskreel.library.diary import Details, Diary
from duskreel.library.entry import Entry
from duskreel.library.taking import CLIP, STAGING_PREFIX, TakeFacts
from duskreel.progress import CancelToken, Progress, unheard

DURATION_TOLERANCE_MS = 500
_CHECKED_S = 1.0


class NothingRecordedError(DiaryError):
    """The take ended before its first picture. Its folder is gone."""


class UnreadableTakeError(DiaryError):
    """Nothing of the take can be shown. Its raw file is kept, with a note."""


def finish_take(
    diary: Diary,
    take: Take,
    *,
    details: Details | None = None,
    recovered: bool = False,
    progress: Progress = unheard,
    token: CancelToken | None = None,
) -> Entry:
    """Make an entry of a take: copy, check, rename, and then remove the raw file. The take is released.

    Args:
        diary: the one that it was recorded into.
        take: claimed, or from `Recorded`.
        details: what the user says about it, `recorded_at` aside; None for what was said when it began.
        recovered: its recorder did not end it.
        progress: told 0 to 1.
        token: asked between the steps; a cancelled take is finished at the next start.

    Raises:
        NothingRecordedError: there was no picture yet.
        UnreadableTakeError: there is nothing to be shown.
        DiaryError: there is no room for the clip, or the disk fails; the take stays, and can be finished later.
        Cancelled: by the token; likewise.
    """
    token = token or CancelToken()
    try:
        progress("Reading", 0.0)
        if diary.holds(take.session.id):
            put_away_finished(diary, take)
            return diary.find(take.session.id)
        with _opened(take) as raw:
            found = survey(raw)
            if found.is_empty:
                raise _nothing_recorded()
            token.raise_if_cancelled()
            progress("Copying", 0.2)
            is_recovered = recovered or not found.is_whole
            said = take.session.details if details is None else details
            entry = _made(diary, take, raw, found, said, recovered=is_recovered, token=token)
        progress("Cleaning up", 0.95)
        _put_away(take, found)
        progress("Done", 1.0)
    except NothingRecordedError:
        take.remove()
        raise
    finally:
        take.release()
    return entry


def put_away_finished(diary: Diary, take: Take) -> None:
    """Clear up after a finish that was killed when the entry was already in its place. The take is released.

    Raises:
        DiaryError: the entry's clip is missing or damaged; the raw file stays.
    """
    try:
        if all(entry.id != take.session.id for entry in diary.binned()):
            diary.clip_info(diary.find(take.session.id))
        with _opened(take) as raw:
            found = survey(raw)
        _put_away(take, found)
    except NothingRecordedError:
        take.remove()
    finally:
        take.release()


def _made(
    diary: Diary,
    take: Take,
    raw: BinaryIO,
    found: Survey,
    details: Details,
    *,
    recovered: bool,
    token: CancelToken,
) -> Entry:
    _refuse_without_room(TakeFolder.of(diary).free_bytes(), found.size_bytes)
    with diary.staging(STAGING_PREFIX) as staging:
        clip = staging / CLIP
        copied = _copied(take, raw, found, clip)
        token.raise_if_cancelled()
        expected_ms = take.session.duration_ms
        is_short = expected_ms is not None and abs(expected_ms - copied.duration_ms) > DURATION_TOLERANCE_MS
        facts = TakeFacts(
            take.session.id,
            take.session.started_at,
            copied.duration_ms,
            copied.width,
            copied.height,
            recovered=recovered or is_short,
            marks=take.session.marks,
            details=details,
        )
        return diary.keep_take(staging, facts)


def _copied(take: Take, raw: BinaryIO, found: Survey, clip: Path) -> Copied:
    """Make the clip and check it, first with everything that may be there, then with what is certain."""
    attempts = [(head, trusted) for trusted in _trusted(found) for head in _heads(take, raw, found)]
    reasons: list[str] = []
    for head, trusted in attempts:
        try:
            copied = copy_clip(raw, head, trusted, clip, take.session.duration_ms)
            check_clip(clip, copied)
        except UnreadableRawError as error:
            reasons.append(str(error))
            clip.unlink(missing_ok=True)
        else:
            return copied
    raise _unreadable(take, reasons[0] if reasons else "it is damaged")


def _trusted(found: Survey) -> Iterator[Survey]:
    yield found
    if found.tail is not None and found.clusters:
        yield Survey(found.size_bytes, found.clusters, None, found.is_whole)


def _heads(take: Take, raw: BinaryIO, found: Survey) -> Iterator[bytes]:
    raw.seek(0)
    yield raw.read(found.head.size)
    try:
        yield take.head.read_bytes()
    except OSError:
        return


def check_clip(clip: Path, copied: Copied) -> None:
    """Open a finished clip again and look at it as a player would: streams, length, first and last second.

    Raises:
        UnreadableRawError: it is not what was meant to be written. Says what is wrong.
    """
    try:
        with clip.open("rb") as file, media.open_media(file, clip.name) as container:
            picture = media.picture_stream(container, clip.name)
            if bool(container.streams.audio) != copied.has_sound:
                raise UnreadableRawError("the sound is missing")
            length_ms = (container.duration or 0) // 1000
            if abs(length_ms - copied.duration_ms) > DURATION_TOLERANCE_MS:
                raise UnreadableRawError(f"it lasts {length_ms} ms instead of {copied.duration_ms} ms")
            _decode_second(container, picture, 0.0)
            _decode_second(container, picture, max(copied.duration_ms / 1000 - _CHECKED_S, 0.0))
    except (DiaryError, av.FFmpegError, OSError) as error:
        raise UnreadableRawError(str(error)) from error


def _decode_second(container: av.container.InputContainer, picture: av.VideoStream, from_s: float) -> None:
    """Every packet of a second, of both streams. Raises av.FFmpegError where one cannot be decoded."""
    container.seek(int(from_s * av.time_base))
    pictures = 0
    for packet in media.packets(container):
        frames = packet.decode()
        pictures += len(frames) if packet.stream_index == picture.index else 0
        if packet.pts is not None and packet.time_base and packet.pts * packet.time_base > from_s + _CHECKED_S:
            break
    if not pictures:
        raise UnreadableRawError(f"no picture can be decoded from {from_s:.1f} s on")


def _opened(take: Take) -> BinaryIO:
    try:
        return take.raw.open("rb")
    except FileNotFoundError as error:
        raise _nothing_recorded() from error
    except OSError as error:
        raise DiaryError(f"Could not read {take.raw}: {error.strerror or error}.", "Check the disk.") from error


def _nothing_recorded() -> NothingRecordedError:
    return NothingRecordedError(
        "Nothing was recorded: there was no picture yet.", "Check the camera, then record again."
    )


def _unreadable(take: Take, reason: str) -> UnreadableTakeError:
    error = UnreadableTakeError(
        f"A recording of {take.session.started_at:%Y-%m-%d %H:%M} cannot be read ({reason}).",
        f"It is kept in {take.folder}.",
    )
    take.note(state=TakeState.UNREADABLE, note=str(error))
    return error


def _put_away(take: Take, found: Survey) -> None:
    if found.is_whole:
        take.remove()
    else:
        _keep(take)


def _keep(take: Take) -> None:
    sentence = "Parts of this recording were damaged; all that can be read of it is in the diary."
    take.note(state=TakeState.KEPT, note=sentence)


def _refuse_without_room(free_bytes: int, needed_bytes: int) -> None:
    if free_bytes < needed_bytes + SPARE_BYTES // 4:
        raise DiaryError(
            f"There is no room to finish the recording: it needs {needed_bytes >> 20} MB,"
            f" and {free_bytes >> 20} MB are free.",
            "It is kept. Free some space; it is finished at the next start.",
        )
