"""Sound without what is not the voice: rumble always, and steady noise where the user asks for it.

Meant for the sound of the clip, before stretches of it are joined: filters judge a moment by what surrounds it. After
the joins, the high-pass turns the fades of a microphone's offset into thumps, which the noise reduction in turn takes
for a sound, so that the noise comes through with them: with an offset of 3 %, up to 10 dB louder for 20 ms at every
join. Without an offset, what is left of the noise around joins is still 2 dB more. Before the joins, the fades cover
what the ends of the stretches do to the filters. Loudness is measured last, as it is heard.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from duskreel.export.filtering import NOTHING, Filter, filtered_samples
from duskreel.library.sound import Samples

RUMBLE_HZ = 70
"""Traffic, desk knocks and the fundamental of the mains lie below it, and a deep voice's, 85 Hz, above."""
REDUCTION_DB = 12
"""more of it, and what is left of the noise begins to gurgle"""
FLOOR_MARGIN_DB = 2.5
"""added to the measured noise, which is the quietest that was found"""
LEAST_DISTANCE_DB = 6.0
"""What is not this much quieter than the whole is no pause, and what sounds in it may be the voice."""
LOUDEST_FLOOR_DB, QUIETEST_FLOOR_DB = -20.0, -80.0
"""what FFmpeg's filter takes"""
NOISE_MS = 250
"""of noise alone: what a trimmed pause leaves of it"""
STEP_MS = 10
LONGEST_GAP_STEPS = 100
"""A longer silence divides the sound: it was not wanted from the clip, and there is nothing to filter."""


def shaped(samples: Samples, rate_hz: int, *, reduces_noise: bool) -> Samples:
    """Take out what lies below voices and, if asked for, the noise of a fan, a street, the mains.

    The high-pass falls by 12 dB an octave. The noise is learnt from the quietest quarter of a second and lowered by
    `REDUCTION_DB` in every band where nothing else sounds; where no pause is that long, nothing is reduced.

    Args:
        samples: (count, 2), from -1 to 1; of any length. Long stretches of zeros, as `decode_sound` leaves them, stay.
        rate_hz: of the samples, a multiple of 100.
        reduces_noise: whether steady noise is to go.

    Returns:
        As many new samples, every sound in its place.
    """
    result = _through(samples, rate_hz, [("highpass", f"frequency={RUMBLE_HZ}")])
    noise = noise_in(result, rate_hz) if reduces_noise else None
    return result if noise is None else _reduced(result, rate_hz, noise)


def _reduced(samples: Samples, rate_hz: int, noise: Samples) -> Samples:
    # Left to track the noise on its own (track_noise), FFmpeg's filter lowers white, pink and fan noise by 0.4 to
    # 5 dB. Given a sample of the noise and its level, the same filter lowers each by 8 to 13.
    floor_db = min(max(_level_db(noise) + FLOOR_MARGIN_DB, QUIETEST_FLOOR_DB), LOUDEST_FLOOR_DB)
    filters = [
        ("asendcmd", f"commands='0 afftdn sn start; {len(noise) / rate_hz} afftdn sn stop'"),
        ("afftdn", f"noise_reduction={REDUCTION_DB}:noise_floor={floor_db:.1f}:residual_floor={QUIETEST_FLOOR_DB}"),
    ]
    # It works on windows of three eightieths of a second and gives back what lies two of them behind.
    return _through(samples, rate_hz, filters, lead=noise, delay=2 * (rate_hz // 80))


def _through(
    samples: Samples, rate_hz: int, filters: Sequence[Filter], *, lead: Samples = NOTHING, delay: int = 0
) -> Samples:
    result = np.zeros((len(samples), 2), dtype=np.float32)
    for stretch in _sounding(samples, rate_hz):
        result[stretch] = filtered_samples(samples[stretch], rate_hz, filters, lead=lead, delay=delay)
    return result


def _sounding(samples: Samples, rate_hz: int) -> Iterator[slice]:
    """Everything but long stretches of zeros, which take no memory as long as nobody writes to them."""
    step = rate_hz * STEP_MS // 1000
    sounds = [samples[start : start + step].any() for start in range(0, len(samples), step)]
    steps = np.flatnonzero(sounds)
    for run in np.split(steps, np.flatnonzero(np.diff(steps) > LONGEST_GAP_STEPS) + 1):
        if len(run):
            yield slice(run[0] * step, min((run[-1] + 1) * step, len(samples)))


def noise_in(samples: Samples, rate_hz: int) -> Samples | None:
    """The quietest `NOISE_MS`, digital silence apart; None if that may be speech.

    Args:
        samples: (count, 2), from -1 to 1.
        rate_hz: of the samples, a multiple of 100.
    """
    step, count = rate_hz * STEP_MS // 1000, NOISE_MS // STEP_MS
    energies = _energies(samples, step)
    if len(energies) < count:
        return None
    # A muted microphone, and what was not wanted from the clip, say nothing about the noise.
    is_heard = energies > step * 2 * 10 ** (QUIETEST_FLOOR_DB / 10)
    sums = np.convolve(np.where(is_heard, energies, np.inf), np.ones(count), mode="valid")
    quietest = int(np.argmin(sums))
    if not np.isfinite(sums[quietest]):
        return None
    distance_db = 10 * np.log10(energies[is_heard].mean() / (sums[quietest] / count))
    return samples[quietest * step :][: count * step] if distance_db >= LEAST_DISTANCE_DB else None


def _energies(samples: Samples, step: int) -> NDArray[np.float64]:
    whole = samples[: len(samples) // step * step].reshape(-1, step * 2)
    energies: NDArray[np.float64] = np.einsum("ij,ij->i", whole, whole, dtype=np.float64)
    return energies


def _level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))
