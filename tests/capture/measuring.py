"""How far picture and sound of a clip are apart, by its flashes and beeps."""

from pathlib import Path

import av
import numpy as np


def flashes_ms(clip: Path) -> list[float]:
    """When the picture turns white."""
    return [white_ms for _, white_ms in _flashes(clip)]


def _flashes(clip: Path) -> list[tuple[float, float]]:
    """Of each flash, the time of the last dark picture and of the first white one."""
    flashes, was_white, last_ms = [], True, 0.0
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            at_ms = float(frame.time or 0) * 1000
            is_white = bool(np.median(frame.to_ndarray()[: frame.height]) > 180)
            if is_white and not was_white:
                flashes.append((last_ms, at_ms))
            was_white, last_ms = is_white, at_ms
    return flashes


def sound_of(clip: Path) -> tuple[np.ndarray, int]:
    """All samples from 0 on by their times, and the rate."""
    with av.open(str(clip)) as container:
        rate_hz = container.streams.audio[0].rate
        blocks = [
            (round(float(frame.time or 0) * rate_hz), frame.to_ndarray()[0]) for frame in container.decode(audio=0)
        ]
    samples = np.zeros(max(start + len(block) for start, block in blocks), np.float32)
    for start, block in blocks:
        samples[start : start + len(block)] = block
    return samples, rate_hz


def beeps_ms(clip: Path) -> list[float]:
    """When the beeps begin."""
    samples, rate_hz = sound_of(clip)
    loud = np.abs(samples) > 0.2
    window = rate_hz // 50
    quiet_before = np.convolve(loud, np.ones(window), "full")[: len(loud)] - loud
    return [float(i) * 1000 / rate_hz for i in np.flatnonzero(loud & (quiet_before < 0.5))]


def offsets_ms(clip: Path) -> list[float]:
    """For each flash, how much later its beep is; flashes without a beep within 300 ms are left out."""
    beeps = np.array(beeps_ms(clip))
    nearest = [(beeps[np.argmin(np.abs(beeps - flash))] - flash) for flash in flashes_ms(clip)] if len(beeps) else []
    return [float(offset) for offset in nearest if abs(offset) < 300]


def apart_ms(clip: Path) -> list[float]:
    """For each flash, how far its beep is from the time between the last dark and the first white picture.

    For cameras that take pictures when they can: the flash began at some moment between the two.
    """
    beeps = np.array(beeps_ms(clip))
    if not len(beeps):
        return []
    outside = []
    for dark_ms, white_ms in _flashes(clip):
        distances = np.maximum(np.maximum(dark_ms - beeps, beeps - white_ms), 0)
        outside.append(float(distances.min()))
    return [distance for distance in outside if distance < 300]
