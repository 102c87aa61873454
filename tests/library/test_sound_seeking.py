"""The sound of one moment of a long clip, without listening to the rest of it."""

from pathlib import Path

import numpy as np

from clips import SOUND_RATE_HZ, make_clip
from duskreel.library.sound import decode_sound
from duskreel.progress import CancelToken, unheard
from duskreel.timecode import Span


def test_a_moment_sounds_the_same_whether_the_rest_is_decoded_or_not(tmp_path: Path) -> None:
    times = np.arange(12 * SOUND_RATE_HZ) / SOUND_RATE_HZ
    sweep = (0.3 * np.sin(2 * np.pi * (200 + 40 * times) * times)).astype(np.float32)
    clip = make_clip(tmp_path / "sweep.mp4", duration_s=12.0, size=(64, 36), fps=5, sound=sweep)
    wanted, asked = Span(7_000, 8_000), {True: 0, False: 0}

    def heard(*, seeks: bool) -> np.ndarray:
        def counts() -> bool:
            asked[seeks] += 1
            return False

        with clip.open("rb") as file:
            samples = decode_sound(
                file,
                "sweep",
                rate_hz=SOUND_RATE_HZ,
                channels=2,
                wanted=[wanted],
                seeks=seeks,
                progress=unheard,
                token=CancelToken(counts),
            )
        return samples[wanted.start_ms * 48 : wanted.end_ms * 48]

    one, other = heard(seeks=True), heard(seeks=False)
    assert len(one) == SOUND_RATE_HZ
    assert np.abs(one - other).max() < 0.01
    assert asked[True] < asked[False] / 2, "most of the clip is never looked at"
