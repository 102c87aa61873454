"""A file in the place of a camera and a microphone."""

import time
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from clips import make_clip, tone
from duskreel.capture.file_source import AsFastAsTaken, FilePictures, FileSound, Pacer, RealTime, file_sources
from duskreel.capture.sources import Picture, Sound, SourceEnd
from duskreel.errors import DiaryError

PATIENCE_S = 30
MS = 1_000_000


class Taken:
    """Everything that both sources of a file deliver."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.sounds: list[Sound] = []
        self.arrived_ns: list[int] = []
        self.ends: list[SourceEnd] = []
        self._ended = [Event(), Event()]

    def play(self, pictures: FilePictures, sound: FileSound | None) -> None:
        pictures.start(self._take_picture, lambda reason: self._end(0, reason))
        if sound is not None:
            sound.start(self.sounds.append, lambda reason: self._end(1, reason))
        assert self._ended[0].wait(PATIENCE_S)
        assert sound is None or self._ended[1].wait(PATIENCE_S)
        pictures.stop()
        if sound is not None:
            sound.stop()

    def _take_picture(self, picture: Picture) -> None:
        self.pictures.append(picture)
        self.arrived_ns.append(time.monotonic_ns())

    def _end(self, which: int, reason: SourceEnd) -> None:
        self.ends.append(reason)
        self._ended[which].set()

    @property
    def samples(self) -> np.ndarray:
        return np.concatenate([sound.samples for sound in self.sounds])


def played(path: Path, pacer: Pacer | None = None) -> Taken:
    taken = Taken()
    pictures, sound = file_sources(path, pacer)
    taken.play(pictures, sound)
    return taken


def test_file_plays_in_real_time(tmp_path: Path) -> None:
    taken = played(make_clip(tmp_path / "a.mp4", duration_s=1))
    assert taken.ends == [SourceEnd.FINISHED, SourceEnd.FINISHED]
    assert len(taken.pictures) == 30
    steps_ms = np.diff([picture.at_ns for picture in taken.pictures]) / MS
    assert steps_ms == pytest.approx(1000 / 30, abs=0.1)
    # The first one must be decoded first.
    delays_ms = [(arrived - picture.at_ns) / MS for arrived, picture in zip(taken.arrived_ns, taken.pictures)]  # noqa: B905
    assert min(delays_ms) >= 0
    assert sorted(delays_ms)[15] < 100


def test_picture_and_sound_share_one_timeline(tmp_path: Path) -> None:
    taken = played(make_clip(tmp_path / "a.mp4", duration_s=2, sound=tone(2.0)), AsFastAsTaken(2))
    assert taken.pictures[0].size == (320, 180)
    assert abs(taken.sounds[0].at_ns - taken.pictures[0].at_ns) < 45 * MS
    last = taken.sounds[-1]
    end_ns = last.at_ns + len(last.samples) * 1_000_000_000 // last.rate_hz
    assert abs(end_ns - taken.pictures[-1].at_ns) < 80 * MS
    assert taken.samples.shape[0] / 48_000 == pytest.approx(2.0, abs=0.05)
    assert np.sqrt(np.mean(taken.samples**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.05)


def test_sound_blocks_follow_each_other_without_holes(tmp_path: Path) -> None:
    taken = played(make_clip(tmp_path / "a.mp4", duration_s=1), AsFastAsTaken(2))
    for sound, following in zip(taken.sounds, taken.sounds[1:], strict=False):
        assert abs(following.at_ns - sound.at_ns - len(sound.samples) * 1_000_000_000 / 48_000) < 2 * MS


def test_unpaced_file_plays_faster_than_it_lasts_and_in_step(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", duration_s=4)
    order: list[tuple[str, int]] = []
    done = [Event(), Event()]
    pictures, sound = file_sources(path, AsFastAsTaken(2))
    assert sound is not None
    before_s = time.monotonic()
    pictures.start(lambda picture: order.append(("picture", picture.at_ns)), lambda _reason: done[0].set())
    sound.start(lambda block: order.append(("sound", block.at_ns)), lambda _reason: done[1].set())
    assert all(event.wait(PATIENCE_S) for event in done)
    assert time.monotonic() - before_s < 3.5
    reached = {"picture": order[0][1], "sound": order[0][1]}
    for kind, at_ns in order:
        reached[kind] = at_ns
        assert abs(reached["picture"] - reached["sound"]) < 400 * MS


def test_variable_frame_rate_is_kept(tmp_path: Path) -> None:
    times_s = [0, 0.1, 0.15, 0.6, 0.9]
    taken = played(make_clip(tmp_path / "a.mp4", frame_times_s=times_s, sound=None), AsFastAsTaken(1))
    zero_ns = taken.pictures[0].at_ns
    assert [(picture.at_ns - zero_ns) / 1e9 for picture in taken.pictures] == pytest.approx(times_s, abs=0.001)


@pytest.mark.parametrize(("rotation", "corner"), [(90, "right"), (180, "bottom right"), (270, "bottom left")])
def test_phone_clip_stands_upright(tmp_path: Path, rotation: int, corner: str) -> None:
    path = make_clip(tmp_path / "a.mp4", duration_s=0.6, size=(320, 180), rotation=rotation, sound=None)
    picture = played(path, AsFastAsTaken(1)).pictures[0]
    assert picture.size == ((180, 320) if rotation in (90, 270) else (320, 180))
    luma = picture.planes[: picture.size[1]]
    side = 20
    rows = slice(-side, None) if "bottom" in corner else slice(0, side)
    columns = slice(-side, None) if "right" in corner else slice(0, side)
    assert luma[rows, columns].mean() < 30, "the black corner of the stored picture's top left"


def test_odd_size_is_made_even(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", size=(321, 181), codec="ffv1", pixel_format="yuv444p", sound=None)
    assert played(path, AsFastAsTaken(1)).pictures[0].size == (320, 180)


def test_file_without_sound_has_no_sound_source(tmp_path: Path) -> None:
    _, sound = file_sources(make_clip(tmp_path / "a.mp4", sound=None))
    assert sound is None


@pytest.mark.parametrize("content", [None, b"", b"no video at all"])
def test_file_that_is_no_video_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.mp4"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DiaryError, match=r"a\.mp4"):
        file_sources(path)
    with pytest.raises(DiaryError, match=r"a\.mp4"):
        FilePictures(path, RealTime()).start(lambda _picture: None, lambda _reason: None)


def test_stopped_file_delivers_nothing_more(tmp_path: Path) -> None:
    pictures, sound = file_sources(make_clip(tmp_path / "a.mp4", duration_s=3))
    assert sound is not None
    taken: list[object] = []
    some, ends = Event(), []
    pictures.start(lambda picture: (taken.append(picture), some.set()), ends.append)
    sound.start(taken.append, ends.append)
    assert some.wait(PATIENCE_S)
    pictures.stop()
    sound.stop()
    count = len(taken)
    pictures.stop()
    sound.stop()
    assert (len(taken), ends) == (count, [])


def test_one_that_is_stopped_does_not_hold_up_the_other(tmp_path: Path) -> None:
    pictures, sound = file_sources(make_clip(tmp_path / "a.mp4", duration_s=2), AsFastAsTaken(2))
    assert sound is not None
    some, ended = Event(), Event()
    pictures.start(lambda _picture: some.set(), lambda _reason: None)
    sound.start(lambda _sound: None, lambda _reason: ended.set())
    assert some.wait(PATIENCE_S)
    pictures.stop()
    assert ended.wait(PATIENCE_S)
    sound.stop()


def test_damaged_file_plays_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", duration_s=4)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    taken = played(path, AsFastAsTaken(2))
    assert 20 < len(taken.pictures) < 110
    assert taken.ends == [SourceEnd.FINISHED] * 2
