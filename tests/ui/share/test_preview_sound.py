"""The sound of the preview, with speakers that only note what they are given."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QIODevice
from pytestqt.qtbot import QtBot

from clips import SOUND_RATE_HZ, make_clip
from duskreel.edit.concealing import HiddenSound
from duskreel.edit.timeline import Timeline
from duskreel.errors import DiaryError
from duskreel.timecode import Span
from duskreel.ui.share.preview_sound import BYTES_PER_MS, LONGEST_MS, PreviewSound

KEPT = Timeline((Span(0, 500), Span(1_500, 2_000)))


class NotedSpeakers:
    """Stands for hardware."""

    def __init__(self) -> None:
        self.played: list[bytes] = []
        self.is_on = False

    def start(self, device: QIODevice, /) -> None:
        self.played.append(bytes(device.readAll().data()))
        self.is_on = True

    def stop(self) -> None:
        self.is_on = False


@pytest.fixture
def speakers() -> NotedSpeakers:
    return NotedSpeakers()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Silent for a second, loud for another."""
    sound = np.concatenate([np.zeros(SOUND_RATE_HZ), np.full(SOUND_RATE_HZ, 0.5)]).astype(np.float32)
    return make_clip(tmp_path / "clip.mp4", sound=sound)


@pytest.fixture
def sound(qtbot: QtBot, clip: Path, speakers: NotedSpeakers) -> Iterator[PreviewSound]:
    made = PreviewSound(lambda: clip.open("rb"), "clip.mp4", lambda: speakers)
    yield made
    made.close()


def test_it_plays_what_is_kept_from_the_moment_asked_for(
    qtbot: QtBot, sound: PreviewSound, speakers: NotedSpeakers
) -> None:
    sound.follow(KEPT)
    qtbot.waitUntil(lambda: sound.is_ready)
    sound.play_from(0)
    sound.play_from(400)
    assert [len(played) for played in speakers.played] == [1_000 * BYTES_PER_MS, 600 * BYTES_PER_MS]
    samples = np.frombuffer(speakers.played[0], dtype=np.int16).reshape(-1, 2)
    quiet, loud = samples[: SOUND_RATE_HZ // 2 - 500], samples[SOUND_RATE_HZ // 2 + 4_000 : -4_000]
    assert np.abs(quiet).max() < 500
    assert np.abs(loud).mean() > 8_000


def test_another_short_stops_the_sound_of_the_last_one(
    qtbot: QtBot, sound: PreviewSound, speakers: NotedSpeakers
) -> None:
    sound.follow(KEPT)
    qtbot.waitUntil(lambda: sound.is_ready)
    sound.play_from(0)
    assert speakers.is_on
    sound.follow(Timeline((Span(0, 250),)))
    assert not speakers.is_on
    qtbot.waitUntil(lambda: sound.is_ready)
    sound.play_from(0)
    assert len(speakers.played[-1]) == 250 * BYTES_PER_MS


def test_what_the_short_hides_is_not_heard_in_its_preview(
    qtbot: QtBot, sound: PreviewSound, speakers: NotedSpeakers
) -> None:
    for sounding in ("bleep", "mute", "mute"):
        sound.follow(KEPT, [HiddenSound(Span(1_600, 1_900), sounding, None, None)])
        qtbot.waitUntil(lambda: sound.is_ready)
        sound.play_from(0)
    tone, silence, same = (np.frombuffer(played, dtype=np.int16)[::2] for played in speakers.played)
    hidden = slice(700 * SOUND_RATE_HZ // 1000, 800 * SOUND_RATE_HZ // 1000)
    assert np.abs(np.fft.rfft(tone[hidden])).argmax() * 10 == 1_000
    assert np.abs(silence[hidden]).max() < 500
    assert np.array_equal(same, silence)


def test_a_machine_without_speakers_is_silent(qtbot: QtBot, clip: Path) -> None:
    sound = PreviewSound(lambda: clip.open("rb"), "clip.mp4", lambda: None)
    sound.follow(KEPT)
    qtbot.waitUntil(lambda: sound.is_ready)
    sound.play_from(0)
    sound.close()


def test_an_endless_short_is_not_held_in_memory(sound: PreviewSound, speakers: NotedSpeakers) -> None:
    sound.follow(Timeline.whole(LONGEST_MS + 1))
    sound.play_from(0)
    assert speakers.played == []


def test_a_clip_that_cannot_be_read_is_silent(qtbot: QtBot, speakers: NotedSpeakers) -> None:
    tried: list[bool] = []

    def gone() -> None:
        tried.append(True)
        raise DiaryError("It is gone.", "Look for it.")

    sound = PreviewSound(gone, "clip.mp4", lambda: speakers)
    sound.follow(KEPT)
    qtbot.waitUntil(lambda: bool(tried))
    sound.play_from(0)
    assert speakers.played == []
    sound.close()
