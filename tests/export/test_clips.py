"""MoviePy clips of planes: trimming, joining, framing, captions."""

from itertools import pairwise

import numpy as np
import pytest

from clips import SOUND_RATE_HZ, tone
from duskreel.edit.framing import Crop
from duskreel.edit.pages import Page
from duskreel.edit.timeline import Timeline
from duskreel.export.clips import Captioned, Framed, Kept, PlanesClip, SoundClip, cues_of, joined
from duskreel.export.painter import Painter
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.picture.planes import Planes, blank, size_of, split
from duskreel.timecode import Span

TIMELINE = Timeline((Span(100, 300), Span(600, 700)))


def clock_clip(duration_ms: int = 1000, size: tuple[int, int] = (16, 8)) -> PlanesClip:
    """A clip whose pictures are as bright as their time in units of 10 ms."""

    def picture_at(time_s: float) -> Planes:
        picture = blank(*size)
        split(picture)[0][:] = round(time_s * 100)
        return picture

    clip = PlanesClip(picture_at, size, duration_ms)
    clip.audio = SoundClip(np.stack([tone(duration_ms / 1000)] * 2, axis=1))
    return clip


def brightness(picture: Planes) -> int:
    return int(split(picture)[0][0, 0])


def test_kept_plays_the_stretches_one_after_the_other() -> None:
    kept = clock_clip().with_effects([Kept(TIMELINE)])
    assert kept.duration == pytest.approx(0.3)
    assert [brightness(kept.get_frame(t)) for t in (0.0, 0.19, 0.2, 0.25)] == [10, 29, 60, 65]


def test_kept_sound_is_as_long_as_the_pictures_to_the_sample() -> None:
    kept = clock_clip().with_effects([Kept(TIMELINE)])
    assert kept.audio.samples.shape == (300 * SOUND_RATE_HZ // 1000, 2)
    assert kept.audio.duration == pytest.approx(kept.duration)


def test_joined_sound_comes_from_its_own_place_in_the_clip() -> None:
    ramp = np.repeat(np.linspace(0, 1, SOUND_RATE_HZ, dtype=np.float32)[:, None], 2, axis=1)
    sound = joined(ramp, TIMELINE)
    assert sound[4_800, 0] == pytest.approx(0.2, abs=1e-3)  # 100 ms into the first stretch
    assert sound[9_600 + 2_400, 0] == pytest.approx(0.65, abs=1e-3)  # 50 ms into the second


def test_a_join_fades_out_and_in_and_never_jumps() -> None:
    loud = np.full((SOUND_RATE_HZ, 2), 0.8, dtype=np.float32)
    sound = joined(loud, TIMELINE)
    assert np.abs(np.diff(sound[:, 0])).max() < 0.01
    assert sound[9_600, 0] == 0
    assert sound[9_600 + 480, 0] == pytest.approx(0.8)


def test_a_clip_without_sound_becomes_silence_of_the_right_length() -> None:
    silent = joined(np.zeros((0, 2), dtype=np.float32), TIMELINE)
    assert silent.shape == (14_400, 2)
    assert not silent.any()


def test_framed_changes_the_size_and_keeps_the_sound() -> None:
    clip = clock_clip()
    framed = clip.with_effects([Framed(Crop(4, 0, 8, 8), (32, 32))])
    assert size_of(framed.get_frame(0.5)) == (32, 32)
    assert brightness(framed.get_frame(0.5)) == 50
    assert framed.audio is not None
    assert size_of(clip.get_frame(0.5)) == (16, 8)


def page(*words: Word) -> Page:
    return Page(Span(words[0].start_ms - 50, words[-1].end_ms + 200), (words,))


WORDS = (Word("lost", 200, 400, 1.0), Word("my", 500, 600, 1.0), Word("job", 600, 900, 1.0))


def test_cues_cover_the_page_without_hole_or_overlap() -> None:
    cues = cues_of([page(*WORDS)])
    assert cues[0].span.start_ms == 150
    assert cues[-1].span.end_ms == 1100
    assert all(one.span.end_ms == other.span.start_ms for one, other in pairwise(cues))


def test_each_word_is_active_while_it_is_said() -> None:
    cues = cues_of([page(*WORDS)])
    for word in WORDS:
        (cue,) = [cue for cue in cues if cue.span.start_ms <= word.start_ms + 10 < cue.span.end_ms]
        assert cue.active == word


def captioned(style: str) -> PlanesClip:
    painter = Painter(STYLES[style], 1080, 1920)
    return PlanesClip(lambda _: blank(1080, 1920), (1080, 1920), 2000).with_effects(
        [Captioned([page(*WORDS)], painter)]
    )


def test_captions_stand_only_while_their_page_does() -> None:
    clip = captioned("calm")
    shown = [bool((split(clip.get_frame(t))[0] > 100).any()) for t in (0.1, 0.16, 1.09, 1.11)]
    assert shown == [False, True, True, False]


def test_karaoke_moves_with_the_words_and_calm_does_not() -> None:
    for style, moves in (("karaoke", True), ("calm", False)):
        clip = captioned(style)
        assert (clip.get_frame(0.3) != clip.get_frame(0.7)).any() == moves


def test_nothing_outside_the_caption_is_touched() -> None:
    picture = captioned("calm").get_frame(0.3)
    luma, u, v = split(picture)
    assert (luma[: 1920 // 2] == 16).all()
    assert (luma[1300:] == 16).all()
    assert (u[: 1920 // 4] == 128).all()
    assert (v[: 1920 // 4] == 128).all()
