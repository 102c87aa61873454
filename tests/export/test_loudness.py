"""Loudness: measured as R 128 says, reached within a tenth, never over the ceiling."""

import numpy as np
import pytest

from clips import SOUND_RATE_HZ, tone
from duskreel.export.aac import encode_sound
from duskreel.export.loudness import Loudness, Uncoded, brought_to, measure
from duskreel.library.sound import Samples

TARGET = Loudness(-14.0, -1.5)


def stereo(mono: Samples) -> Samples:
    return np.stack([mono, mono], axis=1)


def test_reference_tone_measures_as_the_standard_says() -> None:
    # EBU Tech 3341, test 1: a stereo sine of 1 kHz at -23 dBFS measures -23 LUFS.
    measured = measure(stereo(tone(20.0, 1000.0, level=10 ** (-23 / 20))), SOUND_RATE_HZ)
    assert measured.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert measured.true_peak_dbtp == pytest.approx(-23.0, abs=0.2)


def test_true_peak_is_found_between_the_samples() -> None:
    # EBU Tech 3341, test 16: a sine of fs/4, sampled 45 degrees off its peaks, which lie 3 dB over the samples.
    times = np.arange(SOUND_RATE_HZ)
    sine = (0.5 * np.sin(np.pi / 2 * times + np.pi / 4)).astype(np.float32)
    sine *= np.minimum(1, np.minimum(times, times[::-1]) / 2000).astype(np.float32)  # no jump at the ends
    assert 20 * np.log10(np.abs(sine).max()) == pytest.approx(-9.0, abs=0.1)
    assert measure(stereo(sine), SOUND_RATE_HZ).true_peak_dbtp == pytest.approx(-6.0, abs=0.4)


@pytest.mark.parametrize("level", [0.003, 0.05, 0.9])
def test_quiet_and_loud_recordings_reach_the_target(level: float) -> None:
    result = brought_to(stereo(tone(5.0, level=level)), SOUND_RATE_HZ, TARGET, Uncoded).heard
    assert measure(result, SOUND_RATE_HZ).integrated_lufs == pytest.approx(-14.0, abs=0.1)


def test_peaks_are_held_under_the_ceiling_even_after_aac() -> None:
    generator = np.random.default_rng(7)
    syllables = np.repeat(generator.random(40) ** 3, SOUND_RATE_HZ // 8).astype(np.float32)
    speechlike = stereo(0.1 * syllables * generator.standard_normal(len(syllables)).astype(np.float32))
    speechlike[SOUND_RATE_HZ] = 0.9  # a knock on the table
    heard = measure(brought_to(speechlike, SOUND_RATE_HZ, TARGET, encode_sound).heard, SOUND_RATE_HZ)
    assert heard.integrated_lufs == pytest.approx(-14.0, abs=0.5)
    assert heard.true_peak_dbtp <= -1.5


def test_limited_sound_keeps_its_length_and_its_place() -> None:
    knock = np.zeros(SOUND_RATE_HZ * 2, dtype=np.float32)
    knock[: SOUND_RATE_HZ * 2] += tone(2.0, level=0.02)
    knock[SOUND_RATE_HZ] = 1.0
    result = brought_to(stereo(knock), SOUND_RATE_HZ, TARGET, Uncoded).heard
    assert result.shape == (SOUND_RATE_HZ * 2, 2)
    assert abs(int(np.abs(result[:, 0]).argmax()) - SOUND_RATE_HZ) <= 2


def test_silence_is_left_alone() -> None:
    silence = np.zeros((SOUND_RATE_HZ, 2), dtype=np.float32)
    assert brought_to(silence, SOUND_RATE_HZ, TARGET, Uncoded).heard is silence


def test_faint_noise_is_not_brought_up() -> None:
    noise = stereo((np.random.default_rng(1).standard_normal(SOUND_RATE_HZ * 3) * 3e-4).astype(np.float32))
    assert brought_to(noise, SOUND_RATE_HZ, TARGET, Uncoded).heard is noise


def test_sound_of_nothing_but_clicks_stays_under_the_ceiling() -> None:
    clicks = np.zeros((SOUND_RATE_HZ * 3, 2), dtype=np.float32)
    clicks[:: SOUND_RATE_HZ // 4] = 1.0
    assert measure(brought_to(clicks, SOUND_RATE_HZ, TARGET, encode_sound).heard, SOUND_RATE_HZ).true_peak_dbtp <= -1.5
