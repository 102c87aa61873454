"""Sounds as samples: 16 kHz, float32, mono."""

import numpy as np
from numpy.typing import NDArray

from duskreel.speech.audio import RATE_HZ, Samples


def seconds_of(samples: Samples, start_s: float, end_s: float) -> Samples:
    return samples[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)]


def silence(duration_s: float) -> Samples:
    return np.zeros(round(duration_s * RATE_HZ), dtype=np.float32)


def white_noise(duration_s: float, level: float) -> Samples:
    return (level * np.random.default_rng(1).normal(size=round(duration_s * RATE_HZ))).astype(np.float32)


def room(duration_s: float, level: float) -> Samples:
    """Mains hum with its overtones over the falling spectrum of air and traffic."""
    times_s = _times_s(duration_s)
    hum = np.sum([np.sin(2 * np.pi * 50 * n * times_s) / n for n in range(1, 9)], axis=0)
    spectrum = np.fft.rfft(white_noise(duration_s, 1.0))
    air = np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 1), len(times_s))
    return np.asarray(level * (0.5 * hum + air / air.std()), dtype=np.float32)


def tone(duration_s: float, frequency_hz: float) -> Samples:
    return (0.3 * np.sin(2 * np.pi * frequency_hz * _times_s(duration_s))).astype(np.float32)


def tune(duration_s: float, steps: tuple[int, ...], note_s: float, voices: int = 1) -> Samples:
    """Plucked notes with overtones, `steps` semitones over A3, again and again; `voices` makes chords of them."""
    result = np.zeros(round(duration_s * RATE_HZ))
    for number in range(int(duration_s / note_s)):
        note = sum(_note(220 * 2 ** ((steps[number % len(steps)] + 4 * v) / 12), note_s) for v in range(voices))
        start = round(number * note_s * RATE_HZ)
        result[start : start + round(note_s * RATE_HZ)] += note
    return np.asarray(0.2 * result, dtype=np.float32)


def typing(duration_s: float) -> Samples:
    """Keys of a keyboard: short bursts of noise."""
    result = white_noise(duration_s, 0.002)
    rng = np.random.default_rng(2)
    for start in rng.integers(0, len(result) - 400, round(duration_s * 6)):
        result[start : start + 300] += rng.normal(0, 0.3, 300) * np.exp(-np.arange(300) / 60)
    return result


def _times_s(duration_s: float) -> NDArray[np.float64]:
    return np.arange(round(duration_s * RATE_HZ)) / RATE_HZ


def _note(frequency_hz: float, duration_s: float) -> NDArray[np.float64]:
    times_s = _times_s(duration_s)
    wave = sum(np.sin(2 * np.pi * frequency_hz * n * times_s) / n for n in range(1, 7))
    return np.asarray(wave * np.exp(-2 * times_s) * np.minimum(times_s / 0.02, 1))
