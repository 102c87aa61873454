"""From two devices to a raw file and a reason for its end."""

from collections.abc import Callable

import av
import numpy as np
import pytest

from capture.conftest import Stage
from capture.measuring import offsets_ms, sound_of
from capture.synthetic import NS_PER_MS, NS_PER_S, planes
from duskreel.capture import space
from duskreel.capture.events import EventKind, StopReason
from duskreel.capture.recorder import Recorded, RecorderState, discard
from duskreel.capture.sources import Picture, Sound, SourceEnd
from duskreel.capture.take import TakeState, read_session
from duskreel.errors import DiaryError

MakeStage = Callable[..., Stage]


def picture_times_ms(recorded: Recorded) -> list[int]:
    with av.open(str(recorded.take.raw)) as container:
        return [packet.pts for packet in container.demux(video=0) if packet.pts is not None]


def sound_length_ms(recorded: Recorded) -> float:
    samples, rate_hz = sound_of(recorded.take.raw)
    return len(samples) * 1000 / rate_hz


def test_every_picture_is_written_at_its_time(stage: MakeStage) -> None:
    recorded = stage().record(2)
    assert recorded.reason is StopReason.USER
    assert recorded.tally.skipped == recorded.tally.held == 0
    times = picture_times_ms(recorded)
    assert len(times) == recorded.tally.pictures
    assert np.abs(np.array(times) - np.arange(len(times)) * 1000 / 30).max() <= 1
    assert recorded.tally.duration_ms == pytest.approx(2000, abs=40)


def test_a_keyframe_every_second_whatever_the_rate(stage: MakeStage) -> None:
    recorded = stage().record(3, fps=7)
    with av.open(str(recorded.take.raw)) as container:
        keys = [packet.pts for packet in container.demux(video=0) if packet.pts is not None and packet.is_keyframe]
    assert [key // 1000 for key in keys] == [0, 1, 2]


def test_pictures_are_tagged_and_coded_as_promised(stage: MakeStage) -> None:
    recorded = stage().record(1)
    with av.open(str(recorded.take.raw)) as container:
        picture = container.streams.video[0].codec_context
        assert (picture.name, picture.pix_fmt, picture.colorspace, picture.color_range) == ("h264", "yuv420p", 1, 1)
        assert container.streams.audio[0].codec_context.name == "aac"


def test_picture_and_sound_agree_and_end_together(stage: MakeStage) -> None:
    recorded = stage().record(4)
    offsets = offsets_ms(recorded.take.raw)
    assert len(offsets) == 3
    assert max(map(abs, offsets)) < 5
    assert abs(sound_length_ms(recorded) - recorded.tally.duration_ms) < 40


def test_picture_and_sound_agree_after_three_pauses_and_a_fast_sound_clock(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin(sound_speed=1.0002)
    for _ in range(3):
        studio.play(2.0)
        made.recorder.pause()
        studio.play(1.3)
        made.recorder.resume()
    studio.play(3.0)
    recorded = made.stop()
    offsets = offsets_ms(recorded.take.raw)
    assert recorded.tally.duration_ms == pytest.approx(9000, abs=40)
    assert len(offsets) >= 7
    assert max(map(abs, offsets)) < 20
    assert abs(sound_length_ms(recorded) - 9000) < 40


def test_a_pause_leaves_no_hole_in_the_picture(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    studio.play(1)
    made.recorder.pause()
    assert made.recorder.state is RecorderState.PAUSED
    studio.play(5)
    assert made.recorder.elapsed_ms == pytest.approx(1000, abs=1)
    made.recorder.resume()
    studio.play(1)
    times = picture_times_ms(made.stop())
    assert np.diff(times).max() < 70


def test_the_session_is_on_the_disk_before_the_first_picture(stage: MakeStage) -> None:
    made = stage()
    made.begin()
    (name,) = made.folder.names()
    session = read_session(made.diary.location.folder / "recording" / name)
    assert session.state is TakeState.RECORDING
    assert session.camera == "Test camera"
    assert session.started_at.utcoffset() is not None
    recorded = made.stop()
    assert recorded.tally.pictures == 0


def test_the_session_knows_how_the_take_ended(stage: MakeStage) -> None:
    recorded = stage().record(1)
    session = read_session(recorded.take.folder)
    assert session.state is TakeState.FINISHING
    assert session.duration_ms == recorded.tally.duration_ms
    assert session.stopped_by == "user"


def test_a_limit_ends_the_take_exactly(stage: MakeStage) -> None:
    made = stage(limit_ms=1500)
    made.begin().play(2.5)
    recorded = made.ended()
    assert recorded.reason is StopReason.LENGTH_LIMIT
    assert recorded.tally.duration_ms == 1500
    assert picture_times_ms(recorded)[-1] < 1500


def test_a_limit_holds_also_when_only_sound_is_left(stage: MakeStage) -> None:
    made = stage(limit_ms=3000)
    studio = made.begin()
    studio.play(1)
    studio.camera_on = False
    made.camera.on_end(SourceEnd.LOST)
    studio.play(4)
    recorded = made.ended()
    assert recorded.reason is StopReason.LENGTH_LIMIT
    assert recorded.tally.duration_ms == pytest.approx(3000, abs=40)
    assert sound_length_ms(recorded) == pytest.approx(3000, abs=40)


def test_the_end_of_a_file_ends_the_take_with_its_last_picture(stage: MakeStage) -> None:
    made = stage()
    made.begin().play(1)
    made.clock.at_ns += 3 * NS_PER_S
    made.camera.on_end(SourceEnd.FINISHED)
    recorded = made.ended()
    assert recorded.reason is StopReason.SOURCE_FINISHED
    assert recorded.tally.duration_ms == pytest.approx(1033, abs=40)


def test_without_a_microphone_the_take_is_silent(stage: MakeStage) -> None:
    recorded = stage(with_microphone=False).record(1)
    with av.open(str(recorded.take.raw)) as container:
        assert not container.streams.audio


def test_a_lost_camera_leaves_the_sound_going_and_the_last_picture_standing(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    studio.play(1)
    studio.camera_on = False
    made.camera.on_end(SourceEnd.LOST)
    studio.play(5)
    recorded = made.stop()
    assert EventKind.CAMERA_LOST in made.heard.kinds
    assert "Test camera" in next(e.sentence for e in made.heard.events if e.kind is EventKind.CAMERA_LOST)
    assert 4 <= recorded.tally.held <= 6
    assert sound_length_ms(recorded) == pytest.approx(6000, abs=40)
    samples, rate_hz = sound_of(recorded.take.raw)
    assert np.abs(samples[5 * rate_hz : 6 * rate_hz - 2048]).max() > 0.3, "the beeps go on"


def test_a_camera_that_pauses_and_comes_back_goes_on(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    studio.play(1)
    studio.camera_on = False
    studio.play(2.5)
    studio.camera_on = True
    studio.play(1)
    times = picture_times_ms(made.stop())
    assert np.diff(times).min() > 0
    assert times[-1] == pytest.approx(4467, abs=40)


def test_a_lost_microphone_is_told_and_the_picture_goes_on(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    studio.play(1)
    studio.microphone_on = False
    made.microphone.on_end(SourceEnd.LOST)
    studio.play(3)
    recorded = made.stop()
    assert EventKind.MICROPHONE_LOST in made.heard.kinds
    assert recorded.tally.duration_ms == pytest.approx(4000, abs=40)
    assert sound_length_ms(recorded) == pytest.approx(4000, abs=40)


@pytest.mark.parametrize("camera_first", [True, False])
def test_when_both_are_lost_the_take_ends_by_itself(stage: MakeStage, camera_first: bool) -> None:
    made = stage()
    made.begin().play(1)
    ends = [made.camera.on_end, made.microphone.on_end]
    for end in ends if camera_first else reversed(ends):
        end(SourceEnd.LOST)
    recorded = made.ended()
    assert recorded.reason is StopReason.CAMERA_AND_MICROPHONE_LOST
    assert recorded.tally.pictures >= 30
    assert "kept" in made.heard.events[-1].sentence


def test_a_lost_camera_alone_ends_a_silent_take(stage: MakeStage) -> None:
    made = stage(with_microphone=False)
    made.begin().play(1)
    made.camera.on_end(SourceEnd.LOST)
    assert made.ended().reason is StopReason.CAMERA_LOST


def test_digital_silence_is_told_once_after_five_seconds(stage: MakeStage) -> None:
    made = stage()
    made.recorder.open()
    for number in range(400):
        at_ns = made.clock.at_ns + number * 20 * NS_PER_MS
        made.microphone.on_sound(Sound(np.zeros((960, 1), np.float32), 48_000, at_ns))
        if number < 249:
            assert EventKind.MICROPHONE_SILENT not in made.heard.kinds
    assert made.heard.kinds.count(EventKind.MICROPHONE_SILENT) == 1


def test_a_picture_that_stands_still_is_told(stage: MakeStage) -> None:
    made = stage()
    made.recorder.open()
    for number in range(120):
        made.camera.on_picture(Picture(planes(0), made.clock.at_ns + number * 33 * NS_PER_MS))
    assert made.heard.kinds.count(EventKind.CAMERA_FROZEN) == 1


def test_a_picture_that_changes_its_size_is_fitted_into_the_first(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    studio.play(1)
    studio.size = (90, 160)
    studio.play(1)
    recorded = made.stop()
    with av.open(str(recorded.take.raw)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(video=0)]
    assert {frame.shape for frame in frames} == {(135, 160)}
    assert len(frames) == recorded.tally.pictures
    assert frames[-1][:90, :40].max() < 40, "black beside an upright picture"
    assert frames[-1][40:90, 70:90].min() > 25


def test_time_that_stands_still_or_goes_back_costs_only_that_picture(stage: MakeStage) -> None:
    made = stage(with_microphone=False)
    made.begin()
    for at_ms in (0, 33, 33, 20, 66, 100):
        made.camera.on_picture(Picture(planes(0), made.clock.at_ns + at_ms * NS_PER_MS))
    made.clock.at_ns += 133 * NS_PER_MS
    assert picture_times_ms(made.stop()) == [0, 33, 66, 100]


def test_an_encoder_that_is_behind_thins_pictures_out_and_never_stops(stage: MakeStage) -> None:
    made = stage(with_microphone=False)
    made.begin()
    big = planes(0, (1920, 1080))
    for number in range(400):
        made.camera.on_picture(Picture(big, made.clock.at_ns + number * 33 * NS_PER_MS))
    made.clock.at_ns += 400 * 33 * NS_PER_MS
    recorded = made.stop()
    assert recorded.reason is StopReason.USER
    assert made.heard.kinds.count(EventKind.ENCODER_BEHIND) == 1
    assert recorded.tally.skipped > 0
    assert recorded.tally.pictures + recorded.tally.skipped == 400
    assert np.diff(picture_times_ms(recorded))[:80].max() <= 66, "evenly: never two in a row at first"


def test_two_recorders_of_one_diary_do_not_record_at_once(stage: MakeStage) -> None:
    first, second = stage(), stage()
    first.recorder.open()
    first.recorder.start()
    second.recorder.open()
    with pytest.raises(DiaryError, match="Another Duskreel is recording") as refused:
        second.recorder.start()
    assert str(refused.value).count(".") == 2
    first.stop()
    second.recorder.start()
    assert second.recorder.state is RecorderState.WAITING


def test_one_recorder_records_take_after_take(stage: MakeStage) -> None:
    made = stage()
    made.recorder.open()
    studio = made.studio()
    lengths = []
    for _ in range(2):
        made.recorder.start()
        studio.play(1)
        made.recorder.stop()
        recorded = made.recorder.wait(20)
        lengths.append(recorded.tally.duration_ms)
        discard(recorded.take)
    assert lengths == pytest.approx([1000, 1000], abs=70)
    assert made.folder.names() == []


def test_too_little_room_is_refused_before_anything_is_made(stage: MakeStage) -> None:
    made = stage(free_bytes=lambda: 100 << 20)
    made.recorder.open()
    with pytest.raises(DiaryError, match="too little room"):
        made.recorder.start()
    assert made.folder.names() == []
    assert made.recorder.state is RecorderState.READY


def test_a_disk_that_runs_low_warns_and_then_stops_with_room_to_finish(stage: MakeStage) -> None:
    room = [1 << 40]
    made = stage(free_bytes=lambda: room[0])
    studio = made.begin()
    studio.play(3)
    room[0] = space.SPARE_BYTES + 2 * 60 * space.expected_bytes_per_second(1280, 720, 30)
    studio.play(3)
    made.heard.wait_for(EventKind.DISK_SHORT)
    room[0] = space.SPARE_BYTES
    studio.play(3)
    recorded = made.ended()
    assert recorded.reason is StopReason.DISK_LOW
    assert recorded.tally.duration_ms > 5000


def test_a_lid_that_was_closed_is_a_pause(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    studio.play(2)
    studio.sleep(3600)
    studio.play(2)
    recorded = made.stop()
    assert recorded.tally.duration_ms == pytest.approx(4000, abs=100)
    assert sound_length_ms(recorded) == pytest.approx(4000, abs=100)


def test_marks_are_moments_of_the_clip_and_on_the_disk_at_once(stage: MakeStage) -> None:
    made = stage()
    studio = made.begin()
    assert made.recorder.mark() is None, "there is no picture yet"
    studio.play(1)
    asked_ns = made.clock.now_ns()
    studio.play(0.5)
    first = made.recorder.mark(asked_ns)
    made.recorder.pause()
    studio.play(5)
    in_pause = made.recorder.mark()
    made.recorder.resume()
    studio.play(1)
    last = made.recorder.mark()
    assert [first, in_pause, last] == pytest.approx([1000, 1500, 2500], abs=1)
    (name,) = made.folder.names()
    on_disk = read_session(made.diary.location.folder / "recording" / name)
    assert (on_disk.marks, on_disk.state) == ((first, in_pause, last), TakeState.RECORDING)
    recorded = made.stop()
    assert made.recorder.mark() is None, "it has ended"
    assert read_session(recorded.take.folder).marks == (first, in_pause, last)
    assert recorded.take.session.state is TakeState.FINISHING


def test_a_mark_that_the_disk_refuses_is_not_forgotten(stage: MakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise DiaryError("The disk is full.", "Free some space.")

    made = stage()
    made.begin().play(1)
    with monkeypatch.context() as full:
        full.setattr("duskreel.capture.take.write_json", refuse)
        at_ms = made.recorder.mark()
    recorded = made.stop()
    assert recorded.reason is StopReason.USER
    assert recorded.take.session.marks == read_session(recorded.take.folder).marks == (at_ms,)
