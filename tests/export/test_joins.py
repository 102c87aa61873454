"""A cut never clicks: not raw, not after AAC, not after loudness."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from clips import SOUND_RATE_HZ, tone
from duskreel.edit.timeline import Timeline
from duskreel.export.aac import encode_sound
from duskreel.export.clips import JOIN_FADE_MS, joined
from duskreel.export.loudness import Loudness, brought_to
from duskreel.library.sound import Samples
from duskreel.timecode import Span
from export.spoken_sound import above, both, level_db, noise, sample_speech

PER_MS = SOUND_RATE_HZ // 1000
DURATION_MS = 40_000
CLICK_HZ = 6_000
"""a click reaches up here; the voice's vowels, hum and rumble do not"""
STAGES = {
    "raw": lambda sound: sound,
    "after AAC": lambda sound: encode_sound(sound).heard,
    "after loudness": lambda sound: brought_to(sound, SOUND_RATE_HZ, Loudness(-14.0, -1.5), encode_sound).heard,
}
stages = pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)


def cut_at_random(cuts: int) -> Timeline:
    edges = np.sort(np.random.default_rng(4).choice(np.arange(50, DURATION_MS - 50), 2 * cuts, replace=False))
    starts, ends = [0, *edges[1::2].tolist()], [*edges[::2].tolist(), DURATION_MS]
    return Timeline(tuple(Span(start, end) for start, end in zip(starts, ends, strict=True)))


TIMELINE = cut_at_random(50)
JOINS_MS = [piece.output_start_ms for piece in TIMELINE.pieces()][1:]


def hard_cut(sound: Samples) -> Samples:
    return np.concatenate([sound[span.start_ms * PER_MS : span.end_ms * PER_MS] for span in TIMELINE.kept])


def around_joins_db(sound: Samples, from_ms: int, to_ms: int) -> NDArray[np.float64]:
    """How much of a sound is high, between so many milliseconds from each join, on either side."""
    high = above(sound, CLICK_HZ)
    return np.array(
        [
            level_db(
                np.concatenate(
                    [
                        high[(join_ms - to_ms) * PER_MS : (join_ms - from_ms) * PER_MS],
                        high[(join_ms + from_ms) * PER_MS : (join_ms + to_ms) * PER_MS],
                    ]
                )
            )
            for join_ms in JOINS_MS
        ]
    )


@pytest.fixture(scope="module")
def hum() -> Samples:
    return both(tone(DURATION_MS / 1000, 200))


@pytest.fixture(scope="module")
def spoken(hum: Samples) -> Samples:
    """Speech, hum and noise at once."""
    speech = sample_speech(DURATION_MS / 1000)
    return speech + 0.1 * hum + noise("white", len(speech), -50)


@stages
def test_fifty_joins_in_a_tone_stay_sixty_db_under_it(stage: Callable[[Samples], Samples], hum: Samples) -> None:
    sound = stage(joined(hum, TIMELINE))
    assert len(JOINS_MS) == 50
    assert around_joins_db(sound, 0, 5).max() < level_db(sound) - 60
    hard = stage(hard_cut(hum))
    assert around_joins_db(hard, 0, 5).max() > level_db(hard) - 30


@stages
def test_fifty_joins_in_speech_are_not_brighter_than_what_surrounds_them(
    stage: Callable[[Samples], Samples], spoken: Samples
) -> None:
    sound = stage(joined(spoken, TIMELINE))
    assert (around_joins_db(sound, 0, 5) - around_joins_db(sound, 15, 45)).max() <= 0
    hard = stage(hard_cut(spoken))
    assert (around_joins_db(hard, 0, 5) - around_joins_db(hard, 15, 45)).max() > 5


@stages
def test_the_short_begins_and_ends_without_a_click(stage: Callable[[Samples], Samples], hum: Samples) -> None:
    # A quarter of a period in, where the tone is at its highest.
    sound = stage(joined(np.ascontiguousarray(hum[60:]), Timeline((Span(0, 5_000),))))
    silence = np.zeros((SOUND_RATE_HZ // 10, 2), dtype=np.float32)
    high = above(np.concatenate([silence, sound, silence]), CLICK_HZ)
    for edge in (len(silence), len(silence) + len(sound)):
        assert level_db(high[edge - 240 : edge + 240]) < level_db(sound) - 60


def test_a_fade_has_no_corner(hum: Samples) -> None:
    assert around_joins_db(joined(hum, TIMELINE), 0, JOIN_FADE_MS + 2).max() < level_db(hum) - 100


def test_nothing_dips_where_nothing_is_cut(hum: Samples) -> None:
    whole = joined(hum, Timeline((Span(0, 1_000), Span(1_000, 2_000), Span(1_999, 3_000))))
    fade = JOIN_FADE_MS * PER_MS
    np.testing.assert_array_equal(whole[fade:-fade], hum[fade : 3_000 * PER_MS - fade])


def test_a_fade_reaches_no_further_than_ten_milliseconds(hum: Samples) -> None:
    sound = joined(hum, TIMELINE)
    fade = JOIN_FADE_MS * PER_MS
    for source, output_start_ms in TIMELINE.pieces():
        first, count = output_start_ms * PER_MS, source.duration_ms * PER_MS
        middle = slice(min(fade, count // 2), count - min(fade, count // 2))
        np.testing.assert_array_equal(
            sound[first : first + count][middle], hum[source.start_ms * PER_MS :][:count][middle]
        )


def test_a_join_keeps_every_piece_at_its_own_sample() -> None:
    ramp = both(np.arange(DURATION_MS * PER_MS) / (DURATION_MS * PER_MS))
    sound = joined(ramp, TIMELINE)
    for source, output_start_ms in TIMELINE.pieces():
        if source.duration_ms > 2 * JOIN_FADE_MS:
            middle_ms = source.duration_ms // 2
            here, there = (output_start_ms + middle_ms) * PER_MS, (source.start_ms + middle_ms) * PER_MS
            assert sound[here, 0] == ramp[there, 0]
