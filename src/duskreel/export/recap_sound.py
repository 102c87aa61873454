"""The sound of a reel: of each moment its own, all of them about as loud as each other, and the whole as asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

import numpy as np

from duskreel.edit.concealing import HiddenSound
from duskreel.export.aac import CodedSound, SoundPacket, encode_blocks
from duskreel.export.bleeping import NEARBY_MS, conceal
from duskreel.export.clips import faded
from duskreel.export.loudness import (
    CLOSE_ENOUGH_CODED_LU,
    CODEC_HEADROOM_DB,
    SILENCE_LUFS,
    Loudness,
    Uncoded,
    brought_to,
    integrated_lufs,
    measure_blocks,
)
from duskreel.export.presets import FRAME_RATE, SOUND_RATE_HZ
from duskreel.export.recap_scenes import Scene
from duskreel.export.sound_shaping import shaped
from duskreel.library.diary import Diary
from duskreel.library.sound import Samples, decode_sound
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

SAMPLES_PER_PICTURE = int(SOUND_RATE_HZ / FRAME_RATE)
MOST_LIFT_DB = 24.0
"""by which a quiet day is made louder; with more of it, an empty room would sound like a storm"""
SURROUNDINGS_MS = 500
"""around a moment, for the filter to settle in; where something is hidden, `NEARBY_MS` for what takes its place"""
MOST_ROUNDS = 4


@dataclass(frozen=True)
class _Part:
    """Where the sound of one moment lies in the file."""

    count: int
    lufs: float


class Soundtrack:
    """What waits to be encoded: the sound of moments, as it was recorded.

    Args:
        file: to keep it in, open for reading and writing; the caller's to close.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._parts: list[_Part] = []

    def add(self, diary: Diary, scene: Scene, *, is_muted: bool, token: CancelToken) -> None:
        """Append the sound of a scene; silence where it has none.

        Raises:
            DiaryError: its clip cannot be read.
            OSError: there is no room.
        """
        count = scene.count * SAMPLES_PER_PICTURE
        samples = np.zeros((count, 2), dtype=np.float32)
        if not is_muted:
            found = _sound_of(diary, scene, token)[:count]
            samples[: len(found)] = found
            samples = faded(samples)
        self._file.write(samples.tobytes())
        self._parts.append(_Part(count, integrated_lufs(samples, SOUND_RATE_HZ)))

    def packets(self, target: Loudness, token: CancelToken) -> tuple[SoundPacket, ...]:
        """Encode all of it, so that the whole is as loud as `target`; silence stays silent."""
        wanted = replace(target, true_peak_dbtp=target.true_peak_dbtp - CODEC_HEADROOM_DB)
        coded = self._coded(wanted, token)
        for _ in range(MOST_ROUNDS):
            after = measure_blocks(coded.heard(), SOUND_RATE_HZ)
            missing_lu = target.integrated_lufs - after.integrated_lufs
            excess_db = max(after.true_peak_dbtp - target.true_peak_dbtp, 0.0)
            if after.integrated_lufs < SILENCE_LUFS or (abs(missing_lu) <= CLOSE_ENOUGH_CODED_LU and not excess_db):
                break
            wanted = Loudness(wanted.integrated_lufs + missing_lu, wanted.true_peak_dbtp - excess_db)
            coded = self._coded(wanted, token)
        return coded.packets

    def _coded(self, wanted: Loudness, token: CancelToken) -> CodedSound:
        return encode_blocks(self._levelled(wanted, token))

    def _levelled(self, wanted: Loudness, token: CancelToken) -> Iterator[Samples]:
        self._file.seek(0)
        for one in self._parts:
            token.raise_if_cancelled()
            samples = np.frombuffer(self._file.read(one.count * 8), dtype=np.float32).reshape(-1, 2)
            own = replace(wanted, integrated_lufs=min(wanted.integrated_lufs, one.lufs + MOST_LIFT_DB))
            yield brought_to(samples, SOUND_RATE_HZ, own, Uncoded).heard


def _sound_of(diary: Diary, scene: Scene, token: CancelToken) -> Samples:
    """From the moment's start on, without what is hidden and rumble, and a little longer than the moment."""
    entry, span = diary.find(scene.moment.entry_id), scene.moment.span
    reach_ms = NEARBY_MS if scene.hidden_sounds else SURROUNDINGS_MS
    around = Span(max(span.start_ms - reach_ms, 0), span.end_ms + reach_ms)
    with diary.open_clip(entry) as file:
        decoded = decode_sound(
            file,
            entry.clip_path,
            rate_hz=SOUND_RATE_HZ,
            channels=2,
            wanted=[around],
            seeks=True,
            progress=unheard,
            token=token,
        )
    per_ms = SOUND_RATE_HZ // 1000
    near = decoded[around.start_ms * per_ms : around.end_ms * per_ms].copy()
    # Before the filter, in which a word would sound on.
    conceal(near, SOUND_RATE_HZ, _heard_from(around, scene.hidden_sounds))
    clean = shaped(near, SOUND_RATE_HZ, reduces_noise=False)
    return clean[(span.start_ms - around.start_ms) * per_ms :]


def _heard_from(around: Span, hidden: Sequence[HiddenSound]) -> list[HiddenSound]:
    """What is hidden within a stretch of the clip, with times from the stretch's start on."""

    def earlier(span: Span) -> Span:
        return Span(span.start_ms - around.start_ms, span.end_ms - around.start_ms)

    return [
        replace(
            each,
            span=earlier(each.span),
            before=earlier(each.before) if each.before else None,
            after=earlier(each.after) if each.after else None,
        )
        for each in hidden
        if each.span.start_ms < around.end_ms and each.span.end_ms > around.start_ms
    ]
