"""MoviePy clips of planes: trimming, joining, framing, captions."""

import numpy as np
import pytest

from clips import SOUND_RATE_HZ, tone
from duskreel.edit.crop_path import CropPath, Move
from duskreel.edit.framing import Crop
from duskreel.edit.timeline import Timeline
from duskreel.export.canvases import Canvases
from duskreel.export.clips import Framed, Kept, Overlaid, PlanesClip, SoundClip, joined
from duskreel.export.compositing import Overlay, overlay_from_rgba
from duskreel.picture.planes import Planes, blank, size_of, split
from duskreel.timecode import Span

TIMELINE = Timeline((Span(100, 300), Span(600, 700)))


def clock_clip(duration_ms: int = 1000, size: tuple[int, int] = (16, 8)) -> PlanesClip:
    """A clip whose pictures are as bright as their time in units of 10 ms."""

    def picture_at(time_s: float) -> Planes:
        picture = blank(*size)
        split(picture)[0][:] = round(time_s * 100)
        return picture

    clip = PlanesClip(picture_at, lambda time_s: (round(time_s * 1000),), size, duration_ms)
    clip.audio = SoundClip(np.stack([tone(duration_ms / 1000)] * 2, axis=1))
    return clip


def brightness(picture: Planes) -> int:
    return int(split(picture)[0][0, 0])


def test_kept_plays_the_stretches_one_after_the_other() -> None:
    kept = clock_clip().with_effects([Kept(TIMELINE)])
    assert kept.duration == pytest.approx(0.3)
    assert [brightness(kept.get_frame(t)) for t in (0.0, 0.19, 0.2, 0.25)] == [10, 29, 60, 65]


def test_kept_sound_is_as_long_as_the_pictures_to_the_sample() -> None:
    kept = clock_clip().with_effects([Kept(TIMELINE)])
    assert kept.audio.samples.shape == (300 * SOUND_RATE_HZ // 1000, 2)
    assert kept.audio.duration == pytest.approx(kept.duration)


def test_joined_sound_comes_from_its_own_place_in_the_clip() -> None:
    ramp = np.repeat(np.linspace(0, 1, SOUND_RATE_HZ, dtype=np.float32)[:, None], 2, axis=1)
    sound = joined(ramp, TIMELINE)
    assert sound[4_800, 0] == pytest.approx(0.2, abs=1e-3)  # 100 ms into the first stretch
    assert sound[9_600 + 2_400, 0] == pytest.approx(0.65, abs=1e-3)  # 50 ms into the second


def test_a_join_fades_out_and_in_and_never_jumps() -> None:
    loud = np.full((SOUND_RATE_HZ, 2), 0.8, dtype=np.float32)
    sound = joined(loud, TIMELINE)
    assert np.abs(np.diff(sound[:, 0])).max() < 0.01
    assert sound[9_600, 0] == 0
    assert sound[9_600 + 480, 0] == pytest.approx(0.8)


def test_a_clip_without_sound_becomes_silence_of_the_right_length() -> None:
    silent = joined(np.zeros((0, 2), dtype=np.float32), TIMELINE)
    assert silent.shape == (14_400, 2)
    assert not silent.any()


def test_framed_changes_the_size_and_keeps_the_sound() -> None:
    clip = clock_clip()
    framed = clip.with_effects([Framed(CropPath.static(Crop(4, 0, 8, 8)), Canvases((32, 32)))])
    assert size_of(framed.get_frame(0.5)) == (32, 32)
    assert brightness(framed.get_frame(0.5)) == 50
    assert framed.audio is not None
    assert size_of(clip.get_frame(0.5)) == (16, 8)


def test_a_window_that_moves_follows_the_recordings_own_time() -> None:
    path = CropPath(Crop(0, 0, 8, 8), (Move(Span(400, 500), 8, 0),))
    clip = clock_clip().with_effects([Framed(path, Canvases((8, 8))), Kept(TIMELINE)])
    windows = [clip.recipe_at(time_s)[1] for time_s in (0.1, 0.25)]
    assert windows == [path.at(200), path.at(650)]
    assert [window.x for window in windows] == [0, 8]


class Bar:
    """A white line that stands for half a second."""

    def key_at(self, time_ms: int) -> str | None:
        return "bar" if time_ms < 500 else None

    def overlay_at(self, time_ms: int) -> Overlay | None:
        return overlay_from_rgba(np.full((2, 4, 4), 255, dtype=np.uint8), 4, 2) if self.key_at(time_ms) else None


def test_nothing_outside_an_overlay_is_touched() -> None:
    clip = clock_clip().with_effects([Overlaid([Bar()])])
    luma, u, _ = split(clip.get_frame(0.3))
    expected = np.full((8, 16), 30)
    expected[2:4, 4:8] = 235
    assert (luma == expected).all()
    assert (u == 128).all()
    assert brightness(clip.get_frame(0.6)) == 60
    assert (split(clip.get_frame(0.6))[0] == 60).all()


def test_a_recipe_names_all_that_a_picture_is_made_of() -> None:
    path = CropPath.static(Crop(0, 0, 8, 8))
    clip = clock_clip().with_effects([Framed(path, Canvases((8, 8))), Kept(TIMELINE), Overlaid([Bar()])])
    assert clip.recipe_at(0.1) == (200, path.at(200), (8, 8), "bar")
    longer = clock_clip(5_000).with_effects([Framed(path, Canvases((8, 8))), Kept(Timeline((Span(150, 5_000),)))])
    assert longer.with_effects([Overlaid([Bar()])]).recipe_at(0.05) == clip.recipe_at(0.1), "wherever it stands"
    assert longer.with_effects([Overlaid([Bar()])]).recipe_at(0.55) == (700, path.at(700), (8, 8))
