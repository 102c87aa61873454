"""Caption pages laid over pictures."""

from dataclasses import replace
from itertools import pairwise

import pytest

from duskreel.edit.pages import Page
from duskreel.export.captions import CaptionLayer, cues_of
from duskreel.export.compositing import Overlay
from duskreel.export.painter import Painter
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.timecode import Span


def page(*words: Word) -> Page:
    return Page(Span(words[0].start_ms - 50, words[-1].end_ms + 200), (words,))


WORDS = (Word("lost", 200, 400, 1.0), Word("my", 500, 600, 1.0), Word("job", 600, 900, 1.0))


def test_cues_cover_the_page_without_hole_or_overlap() -> None:
    cues = cues_of([page(*WORDS)], [0.5], has_highlight=True)
    assert cues[0].span.start_ms == 150
    assert cues[-1].span.end_ms == 1100
    assert all(one.span.end_ms == other.span.start_ms for one, other in pairwise(cues))


def test_each_word_is_active_while_it_is_said() -> None:
    cues = cues_of([page(*WORDS)], [0.5], has_highlight=True)
    for word in WORDS:
        (cue,) = [cue for cue in cues if cue.span.start_ms <= word.start_ms + 10 < cue.span.end_ms]
        assert cue.active == word


def test_without_highlight_a_page_is_one_cue() -> None:
    (cue,) = cues_of([page(*WORDS)], [0.5], has_highlight=False)
    assert (cue.span, cue.active) == (page(*WORDS).span, None)


def layer(style: str, *pages: Page, centre: float = 0.6) -> CaptionLayer:
    return CaptionLayer(pages, [centre] * len(pages), Painter(STYLES[style], 1080, 1920))


def test_captions_stand_only_while_their_page_does() -> None:
    captions = layer("calm", page(*WORDS))
    for time_ms, stands in ((100, False), (150, True), (1_099, True), (1_100, False)):
        assert (captions.key_at(time_ms) is not None) == stands
        assert (captions.overlay_at(time_ms) is not None) == stands


@pytest.mark.parametrize("style", list(STYLES))
def test_the_same_key_means_the_same_pixels_and_another_key_others(style: str) -> None:
    captions = layer(style, page(*WORDS))
    seen: dict[object, Overlay] = {}
    for time_ms in range(150, 1_100, 50):
        overlay = captions.overlay_at(time_ms)
        assert overlay is not None
        known = seen.setdefault(captions.key_at(time_ms), overlay)
        assert (known.y == overlay.y).all()
    assert len(seen) == (4 if STYLES[style].active_colour else 1), "no word, and each of three"
    assert len({overlay.y.tobytes() for overlay in seen.values()}) == len(seen)


def test_a_key_says_nothing_of_the_time() -> None:
    later = tuple(replace(word, start_ms=word.start_ms + 5_000, end_ms=word.end_ms + 5_000) for word in WORDS)
    captions = layer("karaoke", page(*WORDS), page(*later))
    assert captions.key_at(550) == captions.key_at(5_550) != captions.key_at(5_650)


def test_a_page_stands_where_it_was_placed() -> None:
    low, high = (layer("calm", page(*WORDS), centre=centre).overlay_at(300) for centre in (0.6, 0.3))
    assert low is not None
    assert high is not None
    assert low.y_top - high.y_top == pytest.approx(0.3 * 1920, abs=2)
    assert (low.y == high.y).all()
