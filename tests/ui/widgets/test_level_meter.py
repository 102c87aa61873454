"""A meter that rises at once, falls slowly, and says what is wrong."""

import pytest
from pytestqt.qtbot import QtBot

from duskreel.capture.watching import Level
from duskreel.ui import theme as themes
from duskreel.ui.widgets.level_meter import (
    NO_MICROPHONE,
    NO_SOUND,
    PEAK_STAYS_MS,
    TOO_LOUD,
    LevelMeter,
    Needle,
    place_of,
)

SPEECH, SILENCE, CLIPPED = Level(0.1, 0.3), Level(0.0, 0.0), Level(0.7, 1.0)


def test_the_scale_is_in_decibels() -> None:
    assert [place_of(strength) for strength in (0.0, 0.0001, 1.0, 2.0)] == [0.0, 0.0, 1.0, 1.0]
    assert place_of(0.1) - place_of(0.05) == pytest.approx(place_of(0.2) - place_of(0.1))


def test_it_rises_at_once_and_falls_slowly() -> None:
    needle = Needle()
    needle.hear(SPEECH, 0)
    risen = needle.place
    assert risen == place_of(SPEECH.peak)
    needle.fall(100, 100)
    assert 0 < needle.place < risen
    needle.hear(SPEECH, 100)
    assert needle.place == risen


def test_the_peak_stays_for_a_while() -> None:
    needle = Needle()
    needle.hear(SPEECH, 0)
    peak = needle.peak
    needle.fall(PEAK_STAYS_MS, PEAK_STAYS_MS)
    assert (needle.place, needle.peak) == (0.0, peak)
    needle.fall(PEAK_STAYS_MS + 200, 200)
    assert needle.peak < peak


def test_silence_and_noise_are_put_into_words() -> None:
    needle = Needle()
    needle.hear(SPEECH, 0)
    assert needle.word(500) == ""
    needle.hear(SILENCE, 1_000)
    assert needle.word(2_000) == NO_SOUND
    needle.hear(CLIPPED, 2_000)
    assert needle.word(2_100) == TOO_LOUD
    needle.hear(SPEECH, 4_500)
    assert needle.word(4_600) == ""


def test_no_microphone_is_said_whatever_was_heard_before(qtbot: QtBot) -> None:
    meter = LevelMeter(themes.DARK)
    qtbot.addWidget(meter)
    meter.show()
    meter.hear(SPEECH)
    meter.set_microphone(is_there=False)
    qtbot.wait(100)
    assert meter.word.text() == meter.accessibleDescription() == NO_MICROPHONE
    assert not meter._timer.isActive()


def test_it_shows_what_it_hears(qtbot: QtBot) -> None:
    meter = LevelMeter(themes.DARK)
    qtbot.addWidget(meter)
    meter.resize(300, 24)
    meter.show()
    quiet = meter.dots.grab().toImage()
    meter.hear(SPEECH)
    assert meter.dots.grab().toImage() != quiet
