"""The reel, made of a real diary: what is in it, what it refuses, and what it leaves behind."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from clips import make_clip, tone
from duskreel.errors import Cancelled, DiaryError
from duskreel.export.loudness import Loudness, integrated_lufs, measure
from duskreel.export.reader import PictureReader
from duskreel.export.recap import Moment, RecapRequest, RecapResult, Shape, render_recap
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.values import Details, DiaryLocation
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span

RATE_HZ = 48_000
SIZES = {3: (160, 90), 7: (90, 160), 9: (160, 90)}
"""by day"""
LEVELS = {3: 0.5, 7: 0.03, 9: 0.1}


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        day: make_clip(folder / f"{day}.mp4", size=size, sound=tone(2.0, 300.0 + 100 * day, level=LEVELS[day]))
        for day, size in SIZES.items()
    }


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Diary.open(place(tmp_path)) as opened:
        yield opened


@pytest.fixture
def entries(diary: Diary, clips: dict[int, Path]) -> list[Entry]:
    return bring(diary, clips)


@pytest.fixture
def reel(diary: Diary, entries: list[Entry], tmp_path: Path) -> Callable[..., RecapResult]:
    request = request_of(diary.location, entries, tmp_path / "reel.mp4")

    def reel(token: CancelToken | None = None, **wishes: Any) -> RecapResult:
        return render_recap(replace(request, **wishes), progress=unheard, token=token or CancelToken())

    return reel


def place(folder: Path) -> DiaryLocation:
    return DiaryLocation(folder / "diary", folder / "state")


def bring(diary: Diary, clips: dict[int, Path]) -> list[Entry]:
    return [
        diary.import_clip(
            clip, Details(recorded_at=datetime(2026, 11, day, 18, tzinfo=UTC)), progress=unheard, token=CancelToken()
        )
        for day, clip in clips.items()
    ]


def request_of(location: DiaryLocation, entries: list[Entry], output: Path) -> RecapRequest:
    return RecapRequest(
        location=location,
        moments=tuple(Moment(entry.recorded_at.date(), entry.id, Span(500, 1_011)) for entry in entries),
        name="recap 2026-11",
        output=output,
        shape="vertical",
        has_labels=True,
        is_muted=False,
        may_replace=False,
        loudness=Loudness(-14.0, -1.5),
    )


@dataclass(frozen=True)
class Made:
    """A reel that several tests look at, and what lay beside it when it was done."""

    result: RecapResult
    beside: list[str]


@pytest.fixture(scope="module")
def made(clips: dict[int, Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Shape], Made]:
    folder = tmp_path_factory.mktemp("made")
    with Diary.open(place(folder)) as diary:
        request = request_of(diary.location, bring(diary, clips), folder / "reel.mp4")

    @cache
    def made(shape: Shape) -> Made:
        output = folder / shape / "reel.mp4"
        output.parent.mkdir()
        wanted = replace(request, output=output, shape=shape, has_labels=shape == "vertical")
        result = render_recap(wanted, progress=unheard, token=CancelToken())
        return Made(result, left_behind(output.parent))

    return made


@pytest.fixture
def one_day(reel: Callable[..., RecapResult], entries: list[Entry]) -> Callable[..., RecapResult]:
    return partial(reel, moments=(Moment(date(2026, 11, 3), entries[0].id, Span(500, 1_000)),))


def lumas(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        return [frame.to_ndarray()[: stream.height] for frame in container.decode(stream)]


def sound(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T.copy()


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_reel_shows_every_day_for_whole_pictures_with_its_sound_beside_it(
    made: Callable[[Shape], Made],
) -> None:
    result = made("vertical").result
    shown, heard = lumas(result.file), sound(result.file)
    assert len(shown) == 3 * 16, "511 ms need 16 pictures"
    assert shown[0].shape == (1920, 1080)
    assert result.duration_ms == 1_600
    assert abs(len(heard) - 48 * 1_600) <= 1_024
    assert made("vertical").beside == ["reel.mp4"]
    # Each day has a tone of its own, and it is heard while the day is seen.
    for index, day in enumerate(SIZES):
        part = heard[(index * 16 + 2) * 1_600 : (index * 16 + 14) * 1_600, 0]
        loudest_hz = np.argmax(np.abs(np.fft.rfft(part))) * RATE_HZ / len(part)
        assert abs(loudest_hz - (300 + 100 * day)) < 10


def test_quiet_days_are_heard_and_the_whole_is_as_loud_as_a_short(made: Callable[[Shape], Made]) -> None:
    heard = sound(made("vertical").result.file)
    whole = measure(heard, RATE_HZ)
    assert whole.integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert whole.true_peak_dbtp <= -1.4
    loud, quiet = (integrated_lufs(heard[start * 1_600 : (start + 16) * 1_600], RATE_HZ) for start in (0, 16))
    assert abs(loud - quiet) < 1.5


def test_the_file_is_what_shorts_are(made: Callable[[Shape], Made]) -> None:
    content = (file := made("landscape").result.file).read_bytes()
    assert b"edts" not in content
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(file)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (1920, 1080, 30)
        assert (video.profile, video.pix_fmt, video.codec_context.colorspace) == ("High", "yuv420p", 1)
        assert (audio.rate, audio.channels, video.start_time, audio.start_time) == (48_000, 2, 0, 0)
        packets = [packet for packet in container.demux(video) if packet.size]
        assert {packet.pts // packet.duration for packet in packets if packet.is_keyframe} >= {0, 16, 32}


def test_an_upright_clip_stands_in_a_landscape_reel_over_itself(made: Callable[[Shape], Made]) -> None:
    shown = lumas(made("landscape").result.file)[24]
    middle, beside = shown[:, 960 - 303 : 960 + 303], shown[:, :600]
    # The clip's brightness grows from left to right, and what is beside it is dark.
    assert middle[900, 550].astype(int) - middle[900, 60] > 90
    assert beside.max() < middle.max() * 0.7
    assert 16 < beside.mean() < middle.mean() * 0.8


def test_labels_stand_in_a_corner_or_nowhere(one_day: Callable[..., RecapResult], tmp_path: Path) -> None:
    plain = lumas(one_day(has_labels=False).file)[3].astype(int)
    labelled = lumas(one_day(output=tmp_path / "labelled.mp4").file)[3]
    changed = np.abs(labelled - plain) > 40
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert 270 <= rows[0] < rows[-1] < 340
    assert 140 <= columns[0] < columns[-1] < 340


def test_a_muted_reel_is_silent(one_day: Callable[..., RecapResult]) -> None:
    assert np.abs(sound(one_day(is_muted=True).file)).max() < 1e-3


def test_a_damaged_clip_is_left_out_and_told(
    reel: Callable[..., RecapResult], diary: Diary, entries: list[Entry]
) -> None:
    (diary.location.folder / entries[0].clip_path).write_bytes(b"nothing")
    diary.delete(entries[2])
    result = reel()
    assert [moment.day for moment in result.shown] == [date(2026, 11, 7)]
    assert [warning[:10] for warning in result.warnings] == ["2026-11-03", "2026-11-09"]
    assert len(lumas(result.file)) == 16


def test_what_is_hidden_from_memories_stays_out_whatever_is_asked_for(
    reel: Callable[..., RecapResult], diary: Diary, entries: list[Entry]
) -> None:
    for entry in entries:
        diary.update(replace(entry, hidden_from_memories=True))
    with pytest.raises(DiaryError, match=r"None of these days.*2026-11-03 is left out\. Its entry is hidden"):
        reel()


def test_no_clip_is_kept_once_its_moment_is_drawn(diary: Diary, entries: list[Entry], tmp_path: Path) -> None:
    request = request_of(diary.location, entries, tmp_path / "reel.mp4")
    short = tuple(replace(moment, span=Span(500, 1_000)) for moment in request.moments)
    kept: list[int] = []

    def count(label: str, share: float) -> None:
        assert label
        assert 0 <= share <= 1
        kept.append(sum(isinstance(one, PictureReader) for one in gc.get_objects()))

    render_recap(replace(request, moments=short), progress=count, token=CancelToken())
    assert set(kept) == {0}


def test_a_reel_of_nothing_is_refused(
    reel: Callable[..., RecapResult], diary: Diary, entries: list[Entry], tmp_path: Path
) -> None:
    with pytest.raises(DiaryError, match="no moment"):
        reel(moments=())
    for entry in entries:
        (diary.location.folder / entry.clip_path).unlink()
    with pytest.raises(DiaryError, match="None of these days"):
        reel()
    assert left_behind(tmp_path) == []


def test_a_moment_beyond_the_end_of_its_clip_is_left_out(
    reel: Callable[..., RecapResult], entries: list[Entry], tmp_path: Path
) -> None:
    beyond = Moment(date(2026, 11, 3), entries[0].id, Span(1_900, 3_000))
    with pytest.raises(DiaryError, match="no picture at that time"):
        reel(moments=(beyond,))
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("asked_at", [1, 8, 60])
def test_cancelled_reel_leaves_no_file(reel: Callable[..., RecapResult], tmp_path: Path, asked_at: int) -> None:
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        reel(CancelToken(lambda: next(asked) >= asked_at))
    assert left_behind(tmp_path) == []


def test_without_a_name_it_goes_to_the_shorts_and_replaces_none(
    one_day: Callable[..., RecapResult], diary: Diary
) -> None:
    files = [one_day(output=None).file for _ in range(2)]
    assert [file.name for file in files] == ["recap 2026-11.mp4", "recap 2026-11 2.mp4"]
    assert {file.parent for file in files} == {diary.shorts_folder}


def test_other_files_are_not_replaced_unasked(reel: Callable[..., RecapResult], tmp_path: Path) -> None:
    precious = tmp_path / "reel.mp4"
    precious.write_bytes(b"my wedding")
    with pytest.raises(DiaryError, match="already a file"):
        reel()
    with pytest.raises(DiaryError, match=r"does not end in \.mp4"):
        reel(output=tmp_path / "reel.mov")
    assert precious.read_bytes() == b"my wedding"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_sentence_and_no_file(
    one_day: Callable[..., RecapResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setattr("secrets.token_hex", lambda _: "0")
    (full / ".reel 0.partial.mp4").symlink_to("/dev/full")
    with pytest.raises(DiaryError, match="Could not write"):
        one_day(output=full / "reel.mp4")
    assert list(full.iterdir()) == []
