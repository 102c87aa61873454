"""The sound of a reel: each moment in its place, and the whole as loud as asked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from clips import make_clip, tone
from duskreel.export.aac import AAC_FRAME
from duskreel.export.loudness import Loudness
from duskreel.export.recap import Moment
from duskreel.export.recap_scenes import Scene
from duskreel.export.recap_sound import SAMPLES_PER_PICTURE, Soundtrack
from duskreel.library.diary import Diary
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

SHORTS = Loudness(-14.0, -1.5)


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(DiaryLocation(tmp_path / "diary", tmp_path / "state")) as opened:
        yield opened


def scene(diary: Diary, path: Path, *, has_sound: bool = True, count: int = 30) -> Scene:
    """A second from the middle, which sounds from 1.0 to 1.2 s of the clip only."""
    samples = np.concatenate([np.zeros(48_000, np.float32), tone(0.2), np.zeros(48_000, np.float32)])
    clip = make_clip(path, size=(96, 54), fps=10, duration_s=2.2, sound=samples if has_sound else None)
    at = datetime(2026, 11, 3, 18, tzinfo=UTC)
    entry = diary.import_clip(clip, Details(recorded_at=at), progress=unheard, token=CancelToken())
    moment = Moment(date(2026, 11, 3), entry.id, Span(500, 1_500))
    return Scene(moment, diary.clip_info(entry), None, (), count)


def stored(file: BytesIO) -> np.ndarray:
    return np.frombuffer(file.getvalue(), dtype=np.float32).reshape(-1, 2)


def test_the_sound_of_each_moment_lies_where_its_pictures_do(diary: Diary, tmp_path: Path) -> None:
    file = BytesIO()
    track = Soundtrack(file)
    one = scene(diary, tmp_path / "one.mp4")
    for _ in range(3):
        track.add(diary, one, is_muted=False, token=CancelToken())
    samples = np.abs(stored(file)[:, 0])
    assert len(samples) == 3 * 30 * SAMPLES_PER_PICTURE
    for number in range(3):
        loud = np.flatnonzero(samples[number * 48_000 : (number + 1) * 48_000] > 0.1)
        assert loud[0] == pytest.approx(24_000, abs=480)
        assert loud[-1] == pytest.approx(33_600, abs=480)


def test_a_moment_that_is_longer_than_its_sound_ends_in_silence(diary: Diary, tmp_path: Path) -> None:
    file = BytesIO()
    Soundtrack(file).add(diary, scene(diary, tmp_path / "one.mp4", count=90), is_muted=False, token=CancelToken())
    assert len(stored(file)) == 90 * SAMPLES_PER_PICTURE
    assert not stored(file)[-SAMPLES_PER_PICTURE:].any()


@pytest.mark.parametrize(("has_sound", "is_muted"), [(True, True), (False, False)])
def test_silence_stays_silent(diary: Diary, tmp_path: Path, has_sound: bool, is_muted: bool) -> None:
    file = BytesIO()
    track = Soundtrack(file)
    track.add(diary, scene(diary, tmp_path / "one.mp4", has_sound=has_sound), is_muted=is_muted, token=CancelToken())
    assert not stored(file).any()
    packets = track.packets(SHORTS, CancelToken())
    assert sum(packet.duration for packet in packets) == pytest.approx(48_000, abs=AAC_FRAME)
