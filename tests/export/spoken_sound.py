"""Real speech at 48 kHz in two channels, noises to lay under it, and what of a sound is heard where."""

import numpy as np
from numpy.typing import NDArray

from clips import SOUND_RATE_HZ
from duskreel.library.sound import Samples, decode_sound
from duskreel.paths import resource
from duskreel.progress import CancelToken, unheard

STEP_MS = 50


def sample_speech(duration_s: float) -> Samples:
    """The beginning of the sample clip: sentences with pauses, next to no noise."""
    with resource("sample.mp4").open("rb") as file:
        sound = decode_sound(
            file, "sample.mp4", rate_hz=SOUND_RATE_HZ, channels=2, progress=unheard, token=CancelToken()
        )
    return sound[: round(duration_s * SOUND_RATE_HZ)]


def both(mono: NDArray[np.float64] | Samples) -> Samples:
    return np.stack([mono, mono], axis=1).astype(np.float32)


def noise(kind: str, count: int, level_db: float) -> Samples:
    """White or pink noise, a fan (falling noise with tones), or the hum of the mains with its overtones."""
    white = np.random.default_rng(5).normal(size=count)
    spectrum, frequencies = np.fft.rfft(white), np.fft.rfftfreq(count, 1 / SOUND_RATE_HZ)
    times_s = np.arange(count) / SOUND_RATE_HZ
    falling = np.fft.irfft(spectrum / np.sqrt(np.maximum(frequencies, 20)), count)
    sounds = {
        "white": white,
        "pink": falling,
        "fan": falling / falling.std() + sum(0.3 * np.sin(2 * np.pi * hz * times_s + hz) for hz in (120, 240, 487)),
        "hum": 0.05 * white + sum(np.sin(2 * np.pi * 50 * n * times_s + n) / n for n in range(1, 12)),
    }
    return both(sounds[kind] / sounds[kind].std() * 10 ** (level_db / 20))


def level_db(samples: NDArray[np.float64] | Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def steps_db(samples: Samples) -> NDArray[np.float64]:
    """The level of each `STEP_MS`."""
    step = SOUND_RATE_HZ * STEP_MS // 1000
    whole = samples[: len(samples) // step * step, 0].reshape(-1, step).astype(np.float64)
    return np.asarray(10 * np.log10(np.mean(whole**2, axis=1) + 1e-20))


def level_within_db(samples: Samples, steps: NDArray[np.bool_]) -> float:
    """The level of those of the steps that are marked."""
    return float(10 * np.log10(np.mean(10 ** (steps_db(samples)[steps] / 10))))


def above(samples: Samples, frequency_hz: float) -> NDArray[np.float64]:
    """What of the first channel lies above a frequency, in its place: a linear-phase filter, 100 dB deep."""
    reach = 255
    offsets = np.arange(-reach, reach + 1)
    share = 2 * frequency_hz / SOUND_RATE_HZ
    kernel = -share * np.sinc(share * offsets) * np.kaiser(len(offsets), 10)
    kernel[reach] += 1
    size = 1 << (len(samples) + len(kernel)).bit_length()
    product = np.fft.rfft(samples[:, 0].astype(np.float64), size) * np.fft.rfft(kernel, size)
    return np.fft.irfft(product, size)[reach : reach + len(samples)]


def delay_of(samples: Samples, before: Samples) -> int:
    """By how many samples a sound comes later than it did, judged by what lies over 1 kHz."""
    size = 1 << (2 * len(samples)).bit_length()
    product = np.fft.rfft(above(samples, 1000), size) * np.conj(np.fft.rfft(above(before, 1000), size))
    best = int(np.argmax(np.fft.irfft(product, size)))
    return best if best < size // 2 else best - size
