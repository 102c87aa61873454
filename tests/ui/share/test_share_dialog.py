"""Sharing an entry, from the first look to the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QPoint, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from duskreel.errors import DiaryError
from duskreel.export.marks import LONGEST_TITLE
from duskreel.export.render import ExportResult
from duskreel.library.entry import Entry, Word
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.share.choices_area import LOWEST_CARD_PX, ChoicesArea
from duskreel.ui.share.share_dialog import ShareDialog
from duskreel.ui.theme import DARK
from ui.share.found import said

STALL_MS = 50
UNSETTABLE = "長" * LONGEST_TITLE
"""of more lines than titles have, even in the smallest size"""
WORDS = (
    Word("Hello", 200, 700, 0.9),
    Word("there.", 700, 1200, 0.9),
    Word("Goodbye", 17_200, 17_700, 0.9),
    Word("now.", 17_700, 18_200, 0.9),
)


def click(button: Any) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def make(dialog: ShareDialog) -> None:
    """Through the review, without a look at it."""
    click(dialog.choices.make)
    click(dialog.review.page.go)


def focus_after_tab(dialog: ShareDialog) -> QWidget:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    return dialog.focusWidget()


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.suffix in (".mp4", ".srt", ".partial"))


def shorts(diary: DiaryThread) -> list[str]:
    return left_behind(diary.location.folder / "shorts")


def picture_of(path: Path, image: QImage) -> NDArray[np.uint8]:
    """The first one, (height, width, 4), as large as the image."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        made = frame.reformat(image.width(), image.height(), "bgra", src_colorspace=1, interpolation="AREA")
        return made.to_ndarray()


def pixels(image: QImage) -> NDArray[np.uint8]:
    shown = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine() // 4, 4)


def titled(image: QImage) -> float:
    """How much of the place of titles is as bright as their letters."""
    rows = slice(image.height() * 14 // 100, image.height() * 28 // 100)
    return float((pixels(image)[rows, image.width() // 5 : image.width() * 4 // 5, :3].min(axis=2) > 240).mean())


def first_luma(path: Path) -> NDArray[np.uint8]:
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        return frame.to_ndarray()[: frame.height]


def test_it_tells_how_long_the_short_is_and_what_is_left_out(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    dialog.options.trims_pauses.setChecked(False)
    qtbot.waitUntil(lambda: dialog.options.lasts.text() == "It lasts 0:19 of 0:19")
    assert dialog.said.count.text() == "2 of 2 sentences stay"
    assert dialog.preview.times.text() == "0:00 / 0:19"
    assert dialog.choices.make.isEnabled()


def test_a_sentence_that_is_unticked_is_not_in_the_short(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    qtbot.waitUntil(lambda: dialog.said.count.text() == "2 of 2 sentences stay")
    dialog.said.sentences.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: dialog.said.count.text() == "1 of 2 sentences stay")
    click(dialog.said.as_suggested)
    qtbot.waitUntil(lambda: dialog.said.count.text() == "2 of 2 sentences stay")


def test_a_short_that_is_too_short_is_refused_with_the_reason(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS[:2])))
    qtbot.waitUntil(lambda: not dialog.choices.make.isEnabled())
    assert "no platform takes less than 3 s" in dialog.choices.remarks.text()
    click(dialog.options.trims_pauses)
    qtbot.waitUntil(dialog.choices.make.isEnabled)


def test_words_that_come_while_it_is_open_are_used(
    qtbot: QtBot,
    share: Callable[[Entry], ShareDialog],
    bring_in: Callable[..., Entry],
    diary_thread: DiaryThread,
) -> None:
    entry = bring_in(None)
    dialog = share(entry)
    assert "not been transcribed yet" in dialog.choices.remarks.text()
    assert dialog.choices.make.isEnabled()
    diary_thread.change(lambda diary: diary.save_transcript(entry, said(*WORDS)))
    qtbot.waitUntil(lambda: dialog.said.count.text() == "2 of 2 sentences stay")
    assert dialog.choices.remarks.isHidden()


def test_a_clip_that_cannot_be_shown_cannot_be_shared(
    qtbot: QtBot,
    window: QWidget,
    bring_in: Callable[..., Entry],
    diary_thread: DiaryThread,
    preferences: Preferences,
    background: Background,
    messages: Messages,
) -> None:
    entry = bring_in(said(*WORDS))
    (diary_thread.location.folder / entry.clip_path).unlink()
    dialog = ShareDialog(window, entry, diary_thread, preferences, background, messages, DARK)
    dialog.open()
    qtbot.waitUntil(lambda: "cannot be read" in dialog.choices.remarks.text())
    assert not dialog.choices.make.isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_moving_the_picture_is_a_choice_that_the_face_can_take_back(
    share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    QTest.keyClick(dialog.preview.picture, Qt.Key.Key_Right)
    assert dialog.options.framing.value == "hand"
    assert dialog.preview.back.isVisible()
    click(dialog.preview.back)
    assert dialog.options.framing.value == "face"
    assert not dialog.preview.back.isVisible()


def test_a_title_is_seen_as_it_is_typed_wherever_the_preview_stood(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(None))
    pictures: list[QImage] = []
    dialog.preview.player.pictured.connect(pictures.append)
    dialog.preview.player.seek(10_000)
    qtbot.waitUntil(lambda: bool(pictures))
    assert titled(pictures[-1]) == 0
    QTest.keyClicks(dialog.options.title, "A long day")
    qtbot.waitUntil(lambda: titled(pictures[-1]) > 0.02)
    assert dialog.preview.player.time_ms == 0
    dialog.options.title.clear()
    qtbot.waitUntil(lambda: titled(pictures[-1]) == 0)


def test_keys_in_the_title_neither_play_nor_move_the_picture(
    share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(None))
    dialog.options.title.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Return):
        QTest.keyClick(dialog.options.title, key)
    assert not dialog.preview.player.is_playing
    assert dialog.options.framing.value == "face"
    assert dialog.isVisible()
    assert not dialog.progress.isVisible()


def test_a_title_that_cannot_be_set_is_refused_and_the_rest_still_shown(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    dialog.options.title.setText(UNSETTABLE)
    qtbot.waitUntil(lambda: "too long to be read" in dialog.choices.remarks.text())
    assert not dialog.choices.make.isEnabled()
    pictures: list[QImage] = []
    dialog.preview.player.pictured.connect(pictures.append)
    dialog.preview.player.seek(2_000)
    qtbot.waitUntil(lambda: bool(pictures))
    dialog.options.title.setText("A long day")
    qtbot.waitUntil(dialog.choices.make.isEnabled)
    assert "too long" not in dialog.choices.remarks.text()


def test_the_rest_of_the_choices_is_a_key_away_and_can_be_reached_where_the_dialog_is_low(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    assert not dialog.options.more.isVisible()
    dialog.options.more_button.setFocus()
    QTest.keyClick(dialog.options.more_button, Qt.Key.Key_Space)
    assert not dialog.preview.player.is_playing
    (area,) = dialog.findChildren(ChoicesArea)
    last = dialog.options.more.reduces_noise

    def is_in_view() -> bool:
        return area.viewport().rect().contains(QRect(last.mapTo(area.viewport(), QPoint(0, 0)), last.size()))

    qtbot.waitUntil(is_in_view)
    assert dialog.said.height() >= LOWEST_CARD_PX


def test_it_is_no_larger_than_a_small_window(
    window: QWidget, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    window.resize(960, 600)
    dialog = share(bring_in(said(*WORDS)))
    assert (dialog.width(), dialog.height()) == (920, 560)
    dialog.choices.make.click()
    page = dialog.review.page
    assert dialog.rect().contains(QRect(page.go.mapTo(dialog, QPoint(0, 0)), page.go.size()))


def test_tab_goes_from_the_title_down_to_what_it_says(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    options, more = dialog.options, dialog.options.more
    click(options.more_button)
    options.title.setFocus()
    passed = [focus_after_tab(dialog) for _ in range(11)]
    framing, files = options.framing.button("face"), (more.writes_srt, more.writes_vtt, more.subtitle_track)
    marks = (more.day_field, more.progress_bar)
    rest = (more.cover, more.reduces_noise, dialog.said.sentences)
    assert passed == [framing, options.more_button, more.place.choose, *marks, *files, *rest]


def test_the_day_is_that_of_the_entry_and_told_while_it_cannot_be_seen(
    share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(None, title="Day 12: the interview"))
    assert dialog.options.wishes.extras.marks.day == 12
    assert dialog.options.summary.text().startswith("Day 12 · Saved in the diary")
    dialog.options.more.day_field.clear()
    assert dialog.options.summary.text().startswith("Saved in the diary")


def test_playing_keeps_the_window_awake(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(*WORDS)))
    qtbot.waitUntil(lambda: not dialog.options.framing_note.text().startswith("Looking"))
    gaps_ms, since = [], QElapsedTimer()
    beat = QTimer(dialog, interval=10, timerType=Qt.TimerType.PreciseTimer)
    beat.timeout.connect(lambda: gaps_ms.append(since.restart()))
    pictures: list[object] = []
    dialog.preview.player.pictured.connect(pictures.append)
    QTest.keyClick(dialog.preview.picture, Qt.Key.Key_Space)
    since.start()
    beat.start()
    qtbot.waitUntil(lambda: dialog.preview.player.time_ms > 1_000)
    beat.stop()
    assert len(pictures) > 10
    # One may be another program's fault.
    assert sorted(gaps_ms)[-2] < STALL_MS
    QTest.keyClick(dialog.preview.picture, Qt.Key.Key_Space)
    assert not dialog.preview.player.is_playing


def test_the_file_is_made_as_chosen_and_can_be_found(
    qtbot: QtBot,
    share: Callable[[Entry], ShareDialog],
    bring_in: Callable[..., Entry],
    opened: list[QUrl],
    diary_thread: DiaryThread,
    asked: Callable[..., Any],
    long_clip: Path,
) -> None:
    dialog = share(bring_in(said(WORDS[0], WORDS[1], Word("Bye", 2_000, 3_400, 0.9))))
    click(dialog.options.platform.button("reels"))
    dialog.options.more.writes_srt.setChecked(True)
    dialog.preview.handle.setValue(900)
    qtbot.waitUntil(dialog.choices.make.isEnabled)
    with qtbot.waitSignal(dialog.shared, timeout=20_000) as made:
        make(dialog)
        assert not dialog.options.isEnabled()
        assert dialog.progress.isVisible()
    result: ExportResult = made.args[0]
    qtbot.waitUntil(dialog.outcome.isVisible)
    assert [result.file.name, *(file.name for file in result.beside)] == shorts(diary_thread)
    assert "reels" in result.file.name
    # The clip is brighter the further to the right.
    assert first_luma(result.file)[1_500:].mean() > first_luma(long_clip)[100:].mean() + 30
    assert dialog.outcome.file.text() == result.file.name
    assert "MB" in dialog.outcome.facts.text()
    assert not dialog.preview.handle.isEnabled()
    click(dialog.outcome.show_in_folder)
    click(dialog.outcome.play)
    assert [Path(url.toLocalFile()) for url in opened] == [result.file.parent, result.file]
    (entry,) = asked(lambda diary: diary.entries())
    assert entry.shares[0].preset == "reels"


def test_all_that_may_come_with_a_short_comes_and_the_picture_is_the_one_that_was_shown(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry]
) -> None:
    dialog = share(bring_in(said(WORDS[0], WORDS[1], Word("Bye", 2_000, 3_400, 0.9))))
    pictures: list[QImage] = []
    dialog.preview.player.pictured.connect(pictures.append)
    more = dialog.options.more
    dialog.options.title.setText("A long day")
    more.day_field.setText("5")
    for box in more.findChildren(QCheckBox):
        box.setChecked(True)
    qtbot.waitUntil(lambda: not dialog.options.framing_note.text().startswith("Looking"))
    qtbot.waitUntil(lambda: bool(pictures) and titled(pictures[-1]) > 0.02)
    with qtbot.waitSignal(dialog.shared, timeout=30_000) as made:
        make(dialog)
    result: ExportResult = made.args[0]
    qtbot.waitUntil(dialog.outcome.isVisible)
    assert [file.suffix for file in result.beside] == [".srt", ".vtt", ".jpg"]
    assert dialog.outcome.beside.text() == "Beside it, with the same name: .srt, .vtt, .jpg"
    with av.open(str(result.file)) as container:
        assert len(container.streams.subtitles) == 1
    off = np.abs(pixels(pictures[-1]).astype(int) - picture_of(result.file, pictures[-1]))[..., :3]
    assert off.mean() < 1.5


def test_cancelled_export_leaves_no_file_and_the_choices_as_they_were(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry], diary_thread: DiaryThread
) -> None:
    dialog = share(bring_in(None))
    make(dialog)
    qtbot.waitUntil(lambda: dialog.progress.bar.value() > 150, timeout=15_000)
    click(dialog.progress.cancel)
    qtbot.waitUntil(dialog.options.isEnabled, timeout=5_000)
    assert shorts(diary_thread) == []
    assert dialog.choices.make.isVisible()


def test_failed_export_says_so_and_leaves_no_file(
    qtbot: QtBot, share: Callable[[Entry], ShareDialog], bring_in: Callable[..., Entry], tmp_path: Path
) -> None:
    dialog = share(bring_in(None))
    (tmp_path / "gone").mkdir()
    dialog.options.more.place.save_to(str(tmp_path / "gone" / "short.mp4"))
    (tmp_path / "gone").rmdir()
    assert dialog.options.more.place.told.text() == "short.mp4, in gone"
    make(dialog)
    qtbot.waitUntil(lambda: bool(dialog.told.shown()), timeout=15_000)
    assert "There is no folder" in dialog.told.shown()[0]
    assert dialog.choices.make.isVisible()


def test_closing_it_does_not_stop_what_is_being_made(
    qtbot: QtBot,
    share: Callable[[Entry], ShareDialog],
    bring_in: Callable[..., Entry],
    messages: Messages,
    opened: list[QUrl],
    window: QWidget,
    diary_thread: DiaryThread,
    failures: list[DiaryError],
) -> None:
    dialog = share(bring_in(said(WORDS[0], WORDS[1], Word("Bye", 2_000, 3_400, 0.9))))
    make(dialog)
    click(dialog.progress.hide_away)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: bool(messages.shown()), timeout=20_000)
    (name,) = shorts(diary_thread)
    assert messages.shown() == [f"Your short is ready: {name}"]
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert failures == []
