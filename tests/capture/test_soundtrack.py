"""Sound by a clock of its own, on the timeline of the pictures."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from duskreel.capture.clock import NS_PER_MS, NS_PER_S, TakeClock
from duskreel.capture.soundtrack import SoundTrack
from duskreel.capture.sources import Sound

RATE_HZ = 48_000
ZERO = 1_000 * NS_PER_S
Samples = NDArray[np.float32]


def running() -> TakeClock:
    clock = TakeClock()
    clock.begin(ZERO)
    return clock


def clicks(first: int, count: int, rate_hz: float) -> Samples:
    """A click at every whole true second, by a device that takes `rate_hz` samples in one."""
    numbers = np.arange(first, first + count)
    return (np.floor(numbers / rate_hz) != np.floor((numbers - 1) / rate_hz)).astype(np.float32)[:, None]


def hum(first: int, count: int, rate_hz: float) -> Samples:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(first, first + count) / rate_hz)).astype(np.float32)[:, None]


def rising(first: int, count: int, rate_hz: float) -> Samples:
    """A tone whose pitch tells the time."""
    times = np.arange(first, first + count) / rate_hz
    return (0.5 * np.sin(2 * np.pi * (300 + 100 * times) * times)).astype(np.float32)[:, None]


def played(
    track: SoundTrack,
    duration_s: float,
    *,
    ppm: float = 0.0,
    content=clicks,
    jitter_ms: float = 0.0,
    block: int = 960,
    claimed_hz: int = RATE_HZ,
) -> Samples:
    """Everything that the track gives for a device whose clock runs `ppm` fast."""
    random = np.random.default_rng(1)
    rate_hz = claimed_hz * (1 + ppm / 1e6)
    pieces = []
    for first in range(0, int(duration_s * rate_hz), block):
        at_ns = ZERO + round(first / rate_hz * NS_PER_S) + round(random.normal(0, 1) * jitter_ms * NS_PER_MS)
        pieces.append(track.add(Sound(content(first, block, rate_hz), claimed_hz, at_ns)))
    pieces.append(track.finish(round(duration_s * NS_PER_S)))
    return np.concatenate(pieces)


def click_times_ms(samples: Samples) -> NDArray[np.float64]:
    loud = np.flatnonzero(samples > 0.4)
    return loud[np.diff(loud, prepend=-1000) > 100] / RATE_HZ * 1000


@pytest.mark.parametrize("ppm", [200, -200, 500])
def test_a_clock_that_runs_wrong_is_followed_for_ten_minutes(ppm: int) -> None:
    times_ms = click_times_ms(played(SoundTrack(running()), 600, ppm=ppm, block=4800))
    seconds = np.round(times_ms / 1000)
    assert len(times_ms) >= 598
    assert np.abs(times_ms - seconds * 1000).max() < 5
    assert abs(times_ms[-1] - seconds[-1] * 1000) < 1


def test_jitter_of_arrival_moves_nothing_that_could_be_heard() -> None:
    times_ms = click_times_ms(played(SoundTrack(running()), 60, ppm=200, jitter_ms=5))
    assert np.abs(times_ms[10:] - np.round(times_ms[10:] / 1000) * 1000).max() < 5
    assert np.abs(np.diff(times_ms[10:]) - 1000).max() < 1


def test_a_tone_stays_clean_while_it_is_stretched() -> None:
    samples = played(SoundTrack(running()), 30, ppm=300, content=hum)[20 * RATE_HZ : 28 * RATE_HZ]
    steps = np.abs(np.diff(samples, 2))
    smooth = 0.5 * (2 * np.pi * 440 / RATE_HZ) ** 2
    assert steps.max() < 1.2 * smooth, "a jump in the waveform is a click"
    assert abs(np.sqrt(np.mean(samples**2)) - 0.5 / np.sqrt(2)) < 0.001


def test_a_right_clock_gives_back_what_came_in() -> None:
    samples = played(SoundTrack(running()), 5, content=hum)
    wanted = hum(0, len(samples), RATE_HZ)[:, 0]
    assert np.abs(samples - wanted)[100:-100].max() < 1e-3


@pytest.mark.parametrize("claimed_hz", [16_000, 44_100, 96_000])
def test_any_rate_becomes_48_khz_in_time(claimed_hz: int) -> None:
    samples = played(SoundTrack(running()), 5, content=rising, claimed_hz=claimed_hz, block=claimed_hz // 50)
    assert abs(len(samples) - 5 * RATE_HZ) < 48
    wanted = rising(0, len(samples), RATE_HZ)[:, 0]
    lags = np.correlate(samples[2 * RATE_HZ : 3 * RATE_HZ], wanted[2 * RATE_HZ + 200 : 3 * RATE_HZ - 200], "valid")
    assert abs(int(np.argmax(lags)) - 200) < 10, "more than 0.2 ms off"


def test_stereo_is_heard_on_both_sides() -> None:
    track = SoundTrack(running())
    left_only = np.zeros((960, 2), np.float32)
    left_only[:, 0] = 0.5
    samples = np.concatenate([track.add(Sound(left_only, RATE_HZ, ZERO + n * 20 * NS_PER_MS)) for n in range(5)])
    assert samples[100:].min() > 0.2


def blocks(track: SoundTrack, start_ms: int, count: int, *, late_ms: int = 0) -> Samples:
    """20 ms blocks of a constant, one after the other."""
    sounds = [
        Sound(np.full((960, 1), 0.5, np.float32), RATE_HZ, ZERO + (start_ms + n * 20 + late_ms) * NS_PER_MS)
        for n in range(count)
    ]
    return np.concatenate([track.add(sound) for sound in sounds])


def test_lost_sound_becomes_silence_of_the_same_length() -> None:
    track = SoundTrack(running())
    samples = np.concatenate([blocks(track, 0, 50), blocks(track, 3000, 50), track.finish(4 * NS_PER_S)])
    assert len(samples) == 4 * RATE_HZ
    loud = np.flatnonzero(samples > 0.25)
    gap = np.argmax(np.diff(loud))
    assert abs(loud[gap] - 1.0 * RATE_HZ) < 100
    assert abs(loud[gap + 1] - 3.0 * RATE_HZ) < 100


def test_a_burst_of_late_blocks_is_no_gap() -> None:
    track = SoundTrack(running())
    first = blocks(track, 0, 50)
    # The system stood still for 300 ms: these were all fetched at once.
    late = np.concatenate([blocks(track, 1000 + 20 * n, 1, late_ms=280 - 20 * n) for n in range(15)])
    samples = np.concatenate([first, late, blocks(track, 1300, 50)])
    assert samples[100:].min() > 0.4
    assert abs(len(samples) - 2.3 * RATE_HZ) < 500


def test_sound_that_comes_twice_is_trimmed() -> None:
    track = SoundTrack(running())
    samples = np.concatenate([blocks(track, 0, 50), blocks(track, 500, 75), track.finish(2 * NS_PER_S)])
    assert abs(len(samples) - 2 * RATE_HZ) < 10


def test_a_microphone_that_comes_late_leaves_silence_in_front() -> None:
    track = SoundTrack(running())
    samples = blocks(track, 2000, 50)
    assert np.all(samples[: int(1.99 * RATE_HZ)] == 0)
    assert abs(len(samples) - 3 * RATE_HZ) < 20


def test_what_sounded_before_the_first_picture_is_left_out() -> None:
    track = SoundTrack(running())
    samples = blocks(track, -500, 50)
    assert abs(len(samples) - 0.5 * RATE_HZ) < 20


def test_a_dead_microphone_is_replaced_by_silence_and_may_come_back() -> None:
    track = SoundTrack(running())
    samples = np.concatenate(
        [
            blocks(track, 0, 50),
            track.fill_until(ZERO + 3 * NS_PER_S),
            blocks(track, 4000, 50),
            track.finish(5 * NS_PER_S),
        ]
    )
    assert len(samples) == 5 * RATE_HZ
    assert samples[int(1.1 * RATE_HZ) : int(3.9 * RATE_HZ)].max() == 0
    assert samples[int(4.1 * RATE_HZ) : int(4.9 * RATE_HZ)].min() > 0.4


def test_a_pause_is_cut_out_to_the_sample() -> None:
    clock = running()
    track = SoundTrack(clock)
    before = blocks(track, 0, 50)
    clock.pause(ZERO + 1010 * NS_PER_MS)
    paused = blocks(track, 1000, 50)
    clock.resume(ZERO + 2010 * NS_PER_MS)
    after = blocks(track, 2000, 50)
    samples = np.concatenate([before, paused, after, track.finish(2 * NS_PER_S)])
    assert len(samples) == 2 * RATE_HZ
    assert samples[100:-1000].min() > 0.4, "no silence and no click at the seam"


def test_what_is_not_a_number_spoils_nothing() -> None:
    track = SoundTrack(running())
    bad = np.full((960, 1), np.nan, np.float32)
    samples = np.concatenate([track.add(Sound(bad, RATE_HZ, ZERO)), blocks(track, 20, 20)])
    assert np.isfinite(samples).all()
    assert samples[2000:].min() > 0.4


def test_whenever_a_take_begins_and_ends_its_sound_reaches_the_end() -> None:
    chance = random.Random(1)  # noqa: S311 - to be the same each time
    for _ in range(100):
        start_ns = ZERO + chance.randrange(NS_PER_S)
        clock = TakeClock()
        clock.begin(start_ns)
        clock.pause(start_ns + chance.randrange(200, 700) * NS_PER_MS + chance.randrange(NS_PER_MS))
        track = SoundTrack(clock)
        for block in range(50):
            samples = np.full((960, 1), 0.1, np.float32)
            track.add(Sound(samples, RATE_HZ, start_ns - 40 * NS_PER_MS + block * 20 * NS_PER_MS))
        assert track.reaches(clock.length_ns(0)), "or the writer would wait for it for ever"
