"""A tone, or nothing, where words were that nobody is to hear.

Meant for the sound as it was decoded, before anything else is done to it: filters, noise reduction and limiters let a
moment sound on in the moments around it. So what they are given must not hold the words any more.

Whisper's times of words are off by up to 150 ms. A hidden stretch therefore begins and ends where it is quietest near
them; where words run into each other, the hidden one is covered rather than the other one spared.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duskreel.edit.concealing import HiddenSound
from duskreel.export.sound_shaping import noise_in
from duskreel.library.sound import Samples
from duskreel.timecode import Span

TONE_HZ = 1000
BELOW_SPEECH_DB = 6.0
"""A tone that is as loud as speech seems louder: it has no gaps."""
QUIETEST_TONE_DB, LOUDEST_TONE_DB = -50.0, -12.0
"""dB below full scale, as a mean"""
NEARBY_MS = 3_000
"""on either side: whose loudness the tone goes by"""
GATE_DB = 10.0
"""What is so far below the mean is a pause (as in ITU-R BS.1770-4)."""
ROOM_BELOW_SPEECH_DB = 20.0
"""What is nearer to the speech is no quiet room, and digital silence sounds less odd in its place."""
EDGE_MS = 5
"""outside of what is hidden: in which the sound around it fades"""
TONE_FADE_MS = 8
"""a tone that begins at once begins with a click"""
STEP_MS, WINDOW_MS = 2, 10
"""how finely, and over how much, the quietest point is looked for"""
FARTHEST_MS, DEEPEST_MS = 150, 40
"""how far outside a word and how far inside it an end may lie"""
OUTWARD_COST, NEIGHBOUR_COST, INWARD_COST = 0.05, 0.15, 0.5
"""dB a ms: how much quieter it must be farther away, in the time of the next word, and inside"""
RELEASE_MS, AS_QUIET_DB = 80, 6.0
"""A “k” ends with a silence and then a burst: as long as it is nobody else's time, what is quiet again that much later
is taken for the end.
"""
DISTINCT_DB = 15.0
"""A word whose end is less far below its loudest moment runs into the next one."""
COVER_MS = 30
"""by which the hidden one is then covered beyond its end"""
FAINTEST = 1e-9
"""a mean square at which levels in dB end"""


def conceal(samples: Samples, rate_hz: int, hidden: Sequence[HiddenSound]) -> None:
    """Replace the hidden stretches, in both channels and in place. All else stays as it is, to the sample, but for
    `EDGE_MS` around each, which fade.

    Args:
        samples: (count, 2), from -1 to 1; of a clip, from its beginning on.
        rate_hz: of the samples, a multiple of 1000.
        hidden: with the clip's times, in order.
    """
    found = [(each, covered(samples, rate_hz, each)) for each in hidden]
    levels = [_speech_db(samples, rate_hz, each.span) for each in hidden]
    for _, place in found:
        _silence(samples, place, EDGE_MS * rate_hz // 1000)
    needs_room = any(each.sounding == "mute" for each in hidden)
    room = noise_in(samples, rate_hz) if needs_room else None
    for (each, place), speech_db in zip(found, levels, strict=True):
        if each.sounding == "bleep":
            _lay_tone(samples[place], rate_hz, speech_db - BELOW_SPEECH_DB)
        elif room is not None and _level_db(room) <= speech_db - ROOM_BELOW_SPEECH_DB:
            _lay_room(samples[place], rate_hz, room)


def covered(samples: Samples, rate_hz: int, hidden: HiddenSound) -> slice:
    """Which samples a hidden stretch takes from the first to the last moment of its words.

    Args:
        samples: as `conceal` takes them, with the words still in.
        rate_hz: of the samples.
        hidden: the words' rough times.
    """
    levels = _Levels(samples, rate_hz, hidden.span)
    start_ms = hidden.span.start_ms - levels.beyond(hidden.span.start_ms, hidden.before, outward=-1)
    end_ms = hidden.span.end_ms + levels.beyond(hidden.span.end_ms, hidden.after, outward=1)
    first, last = (min(max(time_ms * rate_hz // 1000, 0), len(samples)) for time_ms in (start_ms, end_ms))
    return slice(first, max(last, first))


class _Levels:
    """How loud it is in and around a hidden word, by the millisecond. Its weak consonants, which lie high, count as
    much as its vowels, and rumble does not.
    """

    def __init__(self, samples: Samples, rate_hz: int, span: Span) -> None:
        self._span = span
        self._start_ms = span.start_ms - FARTHEST_MS - COVER_MS - WINDOW_MS
        end_ms = span.end_ms + FARTHEST_MS + COVER_MS + WINDOW_MS
        around = _excerpt(samples, self._start_ms * rate_hz // 1000, end_ms * rate_hz // 1000)
        energies = np.square(np.diff(around, axis=0, prepend=around[:1]), dtype=np.float64).sum(axis=1)
        sums = np.concatenate([[0.0], np.cumsum(energies)])
        step, window = rate_hz // 1000, WINDOW_MS * rate_hz // 1000
        self._levels = 10 * np.log10((sums[window:] - sums[:-window])[::step] / window + FAINTEST)
        self._loudest = float(self._at(np.arange(span.start_ms, span.end_ms + 1)).max())

    def _at(self, times_ms: NDArray[np.int64]) -> NDArray[np.float64]:
        index = np.clip(times_ms - self._start_ms - WINDOW_MS // 2, 0, len(self._levels) - 1)
        return np.asarray(self._levels[index])

    def beyond(self, time_ms: int, neighbour: Span | None, *, outward: int) -> int:
        """By how many ms the word ends after this rough end of it, or, with -1 for `outward`, begins before it."""
        gap_ms, limit_ms = _room_beside(time_ms, neighbour, outward)
        deepest_ms = min(DEEPEST_MS, self._span.duration_ms // 4)
        distances = np.arange(-deepest_ms, limit_ms + 1, STEP_MS)
        levels = self._at(time_ms + outward * distances)
        best = int(np.argmin(levels + _costs(distances, gap_ms)))
        is_quiet_again = levels <= max(levels[best] + AS_QUIET_DB, self._loudest - 2 * DISTINCT_DB)
        is_later = (distances >= distances[best]) & (distances <= min(gap_ms, distances[best] + RELEASE_MS))
        best = max([best, *np.flatnonzero(is_quiet_again & is_later)])
        is_distinct = levels[best] <= self._loudest - DISTINCT_DB
        return int(distances[best]) if is_distinct else int(min(max(distances[best], 0) + COVER_MS, limit_ms))


def _room_beside(time_ms: int, neighbour: Span | None, outward: int) -> tuple[int, int]:
    """How far it is to the next word, and how far an end may be looked for at most: to that word's middle."""
    if neighbour is None:
        return FARTHEST_MS, FARTHEST_MS
    near_ms = neighbour.start_ms if outward > 0 else neighbour.end_ms
    middle_ms = (neighbour.start_ms + neighbour.end_ms) // 2
    gap_ms, limit_ms = (max(outward * (each - time_ms), 0) for each in (near_ms, middle_ms))
    return min(gap_ms, FARTHEST_MS), min(limit_ms, FARTHEST_MS)


def _costs(distances_ms: NDArray[np.int64], gap_ms: int) -> NDArray[np.float64]:
    """What speaks against a place, in dB."""
    inside, outside = np.minimum(distances_ms, 0), np.maximum(distances_ms, 0)
    in_neighbour = np.maximum(distances_ms - gap_ms, 0)
    return np.asarray(-INWARD_COST * inside + OUTWARD_COST * outside + (NEIGHBOUR_COST - OUTWARD_COST) * in_neighbour)


def _excerpt(samples: Samples, first: int, last: int) -> Samples:
    """These samples, with silence where there are none."""
    inside = samples[max(first, 0) : max(last, 0)]
    lead = min(max(-first, 0), last - first)
    return np.pad(inside, ((lead, last - first - lead - len(inside)), (0, 0)))


def _silence(samples: Samples, place: slice, edge: int) -> None:
    samples[place] = 0
    before = samples[max(place.start - edge, 0) : place.start]
    after = samples[place.stop : place.stop + edge]
    before *= _rise(edge)[::-1][edge - len(before) :]
    after *= _rise(edge)[: len(after)]


def _rise(count: int) -> Samples:
    """From 0 to 1, without corners; (count, 1)."""
    phase = (np.arange(count) + 0.5) / count * np.pi
    return ((1 - np.cos(phase)) / 2).astype(np.float32)[:, None]


def _lay_tone(silent: Samples, rate_hz: int, mean_db: float) -> None:
    amplitude = np.sqrt(2) * 10 ** (min(max(mean_db, QUIETEST_TONE_DB), LOUDEST_TONE_DB) / 20)
    tone = amplitude * np.sin(2 * np.pi * TONE_HZ / rate_hz * np.arange(len(silent)))
    silent += tone.astype(np.float32)[:, None]
    fade = _rise(min(TONE_FADE_MS * rate_hz // 1000, len(silent) // 2))
    silent[: len(fade)] *= fade
    silent[len(silent) - len(fade) :] *= fade[::-1]


def _lay_room(silent: Samples, rate_hz: int, room: Samples) -> None:
    """Noise with the colour and the level of the room: the room itself, again and again, would be heard to repeat."""
    if not len(silent):
        return
    white = np.fft.rfft(np.random.default_rng(len(silent)).normal(size=len(silent)))
    frequencies = np.fft.rfftfreq(len(silent), 1 / rate_hz)
    for channel in range(silent.shape[1]):
        colour = np.abs(np.fft.rfft(room[:, channel]))
        shaped = np.fft.irfft(
            white * np.interp(frequencies, np.fft.rfftfreq(len(room), 1 / rate_hz), colour), len(silent)
        )
        level = np.sqrt(np.mean(np.square(room[:, channel], dtype=np.float64)))
        silent[:, channel] = shaped * (level / max(float(shaped.std()), FAINTEST))


def _speech_db(samples: Samples, rate_hz: int, span: Span) -> float:
    """How loud it is around a stretch, pauses apart."""
    first, last = (time_ms * rate_hz // 1000 for time_ms in (span.start_ms - NEARBY_MS, span.end_ms + NEARBY_MS))
    nearby = samples[max(first, 0) : max(last, 0)]
    step = WINDOW_MS * rate_hz // 1000
    energies = np.square(nearby[: len(nearby) // step * step], dtype=np.float64).reshape(-1, step * 2).mean(axis=1)
    heard = energies[energies > FAINTEST]
    if not len(heard):
        return QUIETEST_TONE_DB
    return float(10 * np.log10(heard[heard >= heard.mean() / 10 ** (GATE_DB / 10)].mean()))


def _level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + FAINTEST))
