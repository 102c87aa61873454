"""Rumble goes, noise goes if asked for, voices stay as they are and where they are."""

from pathlib import Path

import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from clips import SOUND_RATE_HZ, tone
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import joined
from duskreel.export.sound_shaping import shaped
from duskreel.library.sound import Samples
from duskreel.paths import resource
from duskreel.progress import CancelToken
from duskreel.speech.models import SpeechModel, find_model
from duskreel.speech.transcriber import transcribe
from duskreel.timecode import Span
from export.spoken_sound import both, delay_of, level_db, level_within_db, noise, sample_speech, steps_db
from hearing import plain_words, word_errors

SPEECH_S = 24.0
NOISES = ("white", "pink", "fan", "hum")


@pytest.fixture(scope="module")
def speech() -> Samples:
    return sample_speech(SPEECH_S)


def noisy(speech: Samples, kind: str, distance_db: float) -> Samples:
    return speech + noise(kind, len(speech), level_db(speech) - distance_db)


def pauses_in(speech: Samples) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Steps of 50 ms in which nothing is said, nor in those beside them."""
    quiet = steps_db(speech) < -58
    return quiet & np.roll(quiet, 1) & np.roll(quiet, 2) & np.roll(quiet, -1)


@pytest.mark.parametrize(
    ("frequency_hz", "least_db", "most_db"),
    [(30, 14.0, 16.0), (50, 6.5, 8.5), (80, 1.5, 3.0), (120, 0.3, 0.8), (200, 0.0, 0.2), (1000, -0.05, 0.05)],
)
def test_what_lies_below_voices_is_lowered_by_twelve_db_an_octave(
    frequency_hz: float, least_db: float, most_db: float
) -> None:
    sound = both(tone(3.0, frequency_hz))
    settled = slice(SOUND_RATE_HZ, 2 * SOUND_RATE_HZ)
    result = shaped(sound, SOUND_RATE_HZ, reduces_noise=False)
    assert least_db <= level_db(sound[settled]) - level_db(result[settled]) <= most_db


def test_a_microphones_offset_goes() -> None:
    offset = np.full((SOUND_RATE_HZ, 2), 0.1, dtype=np.float32)
    assert np.abs(shaped(offset, SOUND_RATE_HZ, reduces_noise=False)[SOUND_RATE_HZ // 10 :]).max() < 1e-4


@pytest.mark.parametrize("distance_db", [20.0, 10.0])
@pytest.mark.parametrize("kind", NOISES)
def test_noise_falls_in_the_pauses_and_speech_stays_as_loud(speech: Samples, kind: str, distance_db: float) -> None:
    before = noisy(speech, kind, distance_db)
    after = shaped(before, SOUND_RATE_HZ, reduces_noise=True)
    pauses, said = pauses_in(speech), steps_db(speech) > -30
    assert pauses.mean() > 0.2
    assert level_within_db(after, pauses) <= level_within_db(before, pauses) - 8
    assert level_within_db(after, said) == pytest.approx(level_within_db(speech, said), abs=1.1)


def test_noise_falls_from_the_first_moment_on(speech: Samples) -> None:
    before = noisy(speech, "white", 20.0)[: SOUND_RATE_HZ // 2]
    after = shaped(noisy(speech, "white", 20.0), SOUND_RATE_HZ, reduces_noise=True)[: SOUND_RATE_HZ // 2]
    assert level_db(after) <= level_db(before) - 8


def test_noise_stays_unless_asked(speech: Samples) -> None:
    before = noisy(speech, "white", 20.0)
    after = shaped(before, SOUND_RATE_HZ, reduces_noise=False)
    assert level_within_db(after, pauses_in(speech)) == pytest.approx(
        level_within_db(before, pauses_in(speech)), abs=0.1
    )


def test_speech_without_a_pause_is_not_taken_for_noise(speech: Samples) -> None:
    said = np.repeat(steps_db(speech) > -35, SOUND_RATE_HZ // 20)
    breathless = speech[: len(said)][said] + noise("white", int(said.sum()), -30)
    high_passed = shaped(breathless, SOUND_RATE_HZ, reduces_noise=False)
    np.testing.assert_array_equal(shaped(breathless, SOUND_RATE_HZ, reduces_noise=True), high_passed)


@pytest.mark.parametrize("rate_hz", [48_000, 44_100])
@pytest.mark.parametrize("reduces_noise", [True, False])
def test_every_sound_stays_in_its_place(speech: Samples, reduces_noise: bool, rate_hz: int) -> None:
    before = noisy(speech, "pink", 20.0)[: 10 * rate_hz]
    after = shaped(before, rate_hz, reduces_noise=reduces_noise)
    assert after.shape == before.shape
    assert delay_of(after, before) == 0


def test_the_last_moment_is_not_lost(speech: Samples) -> None:
    before = noisy(speech, "white", 20.0)
    before[-960:] += both(tone(0.02, 1000))
    after = shaped(before, SOUND_RATE_HZ, reduces_noise=True)
    assert level_db(after[-480:]) == pytest.approx(level_db(before[-480:]), abs=1.5)


@pytest.mark.parametrize("count", [0, 1, 100, 4_800, 4_801, 60_000])
@pytest.mark.parametrize("reduces_noise", [True, False])
def test_sound_of_any_length_keeps_it(count: int, reduces_noise: bool) -> None:
    sound = both(tone(2.0)[:count])
    result = shaped(sound, SOUND_RATE_HZ, reduces_noise=reduces_noise)
    assert result.shape == (count, 2)
    assert np.isfinite(result).all()


def test_silence_stays_silent() -> None:
    silence = np.zeros((SOUND_RATE_HZ * 2, 2), dtype=np.float32)
    assert not shaped(silence, SOUND_RATE_HZ, reduces_noise=True).any()


def test_what_is_given_is_not_changed(speech: Samples) -> None:
    before = noisy(speech, "white", 20.0)
    copy = before.copy()
    shaped(before, SOUND_RATE_HZ, reduces_noise=True)
    np.testing.assert_array_equal(before, copy)


def test_stretches_that_are_not_wanted_stay_empty_and_teach_nothing_about_the_noise(speech: Samples) -> None:
    wanted = noisy(speech, "white", 20.0)
    wanted[8 * SOUND_RATE_HZ : 14 * SOUND_RATE_HZ] = 0
    after = shaped(wanted, SOUND_RATE_HZ, reduces_noise=True)
    assert not after[round(8.05 * SOUND_RATE_HZ) : round(13.95 * SOUND_RATE_HZ)].any()
    pauses = pauses_in(speech) & (np.roll(steps_db(wanted), 2) > -100) & (np.roll(steps_db(wanted), -2) > -100)
    assert level_within_db(after, pauses) <= level_within_db(wanted, pauses) - 8


def test_a_microphones_offset_does_not_thump_at_the_joins(speech: Samples) -> None:
    """Which it does where the stretches are joined first: that is why they are not."""
    sound = noisy(speech, "white", 20.0)
    sound[14 * SOUND_RATE_HZ :] = noise("white", 10 * SOUND_RATE_HZ, level_db(speech) - 20)
    sound += 0.03
    timeline = Timeline((Span(0, 14_500), *(Span(start, start + 400) for start in range(15_000, 23_000, 500))))
    joins_ms = [piece.output_start_ms for piece in timeline.pieces()][1:]

    def at_joins_db(result: Samples) -> float:
        return level_db(np.concatenate([result[(ms - 20) * 48 : (ms + 20) * 48] for ms in joins_ms]))

    shaped_first = joined(shaped(sound, SOUND_RATE_HZ, reduces_noise=True), timeline)
    joined_first = shaped(joined(sound, timeline), SOUND_RATE_HZ, reduces_noise=True)
    steady_db = level_db(shaped_first[(joins_ms[0] + 100) * 48 : (joins_ms[0] + 300) * 48])
    assert at_joins_db(shaped_first) < steady_db
    assert at_joins_db(joined_first) > steady_db + 2


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SpeechModel:
    folder: Path = tmp_path_factory.mktemp("models")
    return find_model("base", folder, token=CancelToken())


@pytest.mark.parametrize("kind", ["pink", "hum"])
def test_what_is_said_is_understood_as_well_as_before(base: SpeechModel, speech: Samples, kind: str) -> None:
    said = plain_words(resource("sample.txt").read_text(encoding="utf-8"))[:42]
    before = noisy(speech, kind, 15.0)[: 21 * SOUND_RATE_HZ]
    after = shaped(before, SOUND_RATE_HZ, reduces_noise=True)
    errors = [word_errors(said, heard_in(sound, base)) for sound in (before, after)]
    assert errors[1] <= errors[0] + 1


def heard_in(sound: Samples, model: SpeechModel) -> list[str]:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(sound).reshape(1, -1), format="flt", layout="stereo")
    frame.sample_rate = SOUND_RATE_HZ
    resampler = AudioResampler("flt", "mono", 16_000)
    blocks = [part.to_ndarray().reshape(-1) for part in [*resampler.resample(frame), *resampler.resample(None)]]
    transcript = transcribe(np.concatenate(blocks), model, language="en", token=CancelToken())
    return plain_words(transcript.text)
