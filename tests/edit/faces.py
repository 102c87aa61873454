"""Faces as a detector finds them, by where somebody is."""

from collections.abc import Callable, Sequence
from random import Random

from duskreel.edit.framing import Face

STEP_MS = 200


def seen(
    centre_at: Callable[[int], float | None], duration_ms: int, size: float = 0.11, step_ms: int = STEP_MS
) -> list[Face]:
    """Detections in a 16:9 picture of one person, trembling a little as detections do.

    Args:
        centre_at: fraction of the picture's width by the time in ms; None where nobody is found.
        duration_ms: of the clip.
        size: fraction of the picture's width.
        step_ms: from look to look.
    """
    random = Random(7)  # noqa: S311
    faces: list[Face] = []
    for time_ms in range(0, duration_ms, step_ms):
        centre = centre_at(time_ms)
        if centre is not None:
            x, y = (middle + random.uniform(-0.003, 0.003) for middle in (centre - size / 2, 0.3))
            faces.append(Face(time_ms, x, y, size, size * 16 / 9))
    return faces


def going(*stations: tuple[int, float]) -> Callable[[int], float]:
    """Straight on from each place to the next, given with the times at which they are reached."""

    def centre_at(time_ms: int) -> float:
        before, after = _around(stations, time_ms)
        share = (time_ms - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 1.0
        return before[1] + (after[1] - before[1]) * share

    return centre_at


def _around(stations: Sequence[tuple[int, float]], time_ms: int) -> tuple[tuple[int, float], tuple[int, float]]:
    before = [station for station in stations if station[0] <= time_ms] or [stations[0]]
    after = [station for station in stations if station[0] > time_ms] or [before[-1]]
    return before[-1], after[0]
