"""How the moments of a reel are framed, and what is laid over them."""

from datetime import date
from fractions import Fraction

import pytest

from duskreel.edit.framing import Face
from duskreel.export.recap import Moment
from duskreel.export.recap_captions import ReelCaptions
from duskreel.export.recap_scenes import Lettering, Scene, window
from duskreel.library.entry import Word
from duskreel.library.media import MediaInfo
from duskreel.timecode import Span

VERTICAL, WIDE = Fraction(9, 16), Fraction(16, 9)


def info(width: int, height: int) -> MediaInfo:
    return MediaInfo(5_000, width, height, 0, Fraction(30), has_sound=True, created_at=None, video_codec="h264")


def faces(width: float, height: float) -> list[Face]:
    return [Face(time_ms, 0.6, 0.3, width, height) for time_ms in range(0, 2_000, 200)]


@pytest.mark.parametrize(
    ("clip", "found", "aspect", "is_cut"),
    [
        (info(1280, 720), faces(0.2, 0.3), VERTICAL, True),
        (info(1280, 720), [], VERTICAL, False),
        (info(1280, 720), faces(0.4, 0.7), VERTICAL, False),
        (info(720, 1280), [], VERTICAL, True),
        (info(720, 1280), faces(0.2, 0.1), WIDE, False),
        (info(1280, 720), [], WIDE, True),
        (info(640, 480), [], WIDE, True),
    ],
)
def test_a_clip_is_cut_by_the_face_or_shown_whole(
    clip: MediaInfo, found: list[Face], aspect: Fraction, is_cut: bool
) -> None:
    path = window(clip, found, Span(0, 2_000), aspect)
    assert (path is not None) == is_cut
    if path is not None and found:
        assert path.first.x < (0.6 + 0.1) * clip.width < path.first.x + path.first.width


WORDS = [Word("hello", 600, 900, 0.9)]


@pytest.mark.parametrize(
    ("has_labels", "captions", "words", "keys"),
    [
        (True, None, WORDS, ["date"]),
        (False, None, WORDS, []),
        (True, "calm", WORDS, ["calm", "date"]),
        (False, "pop", WORDS, ["pop"]),
        (True, "calm", [], ["date"]),
    ],
)
def test_the_day_and_what_is_said_are_laid_over_as_far_as_wished(
    has_labels: bool, captions: str | None, words: list[Word], keys: list[str]
) -> None:
    size = (1080, 1920)
    scene = Scene(Moment(date(2026, 11, 3), "one", Span(500, 1_500)), info(1280, 720), None, (), 30)
    written = Lettering(size, has_labels, False, ReelCaptions(captions, size) if captions else None)
    found = [layer.key_at(200) for layer in written.layers(scene, words)]
    assert [key[0] for key in found if isinstance(key, tuple)] == keys
