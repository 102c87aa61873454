"""Every choice is saved as soon as it is made, and what was chosen elsewhere is seen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from duskreel.errors import DiaryError
from duskreel.paths import Places
from duskreel.settings import Settings
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.main_window import MainWindow
from duskreel.ui.preferences import Preferences
from duskreel.ui.settings.device_choices import DeviceChoices
from duskreel.ui.settings.diary_care import DiaryCare
from duskreel.ui.settings.protected_words import ProtectedWords
from duskreel.ui.settings.settings_page import SettingsPage
from duskreel.ui.settings.speech_choices import SpeechChoices
from duskreel.ui.theme import DARK
from duskreel.ui.worker import Worker


@pytest.fixture
def worker(failures: list[DiaryError]) -> Iterator[Worker]:
    made = Worker("test", failures.append)
    yield made
    made.close()


@pytest.fixture
def make_page(
    qtbot: QtBot,
    preferences: Preferences,
    background: Background,
    diary_thread: DiaryThread,
    worker: Worker,
    places: Places,
) -> Callable[[], SettingsPage]:
    def choose_folder(_parent: QWidget, _title: str, chosen: Callable[[str], object]) -> None:
        chosen("/chosen/folder")

    def make() -> SettingsPage:
        made = SettingsPage(
            preferences,
            DeviceChoices(preferences, worker, lambda: ([], [])),
            SpeechChoices(preferences, background, lambda _: None, worker, places),
            ProtectedWords(diary_thread, worker),
            DiaryCare(diary_thread, background, preferences, lambda: MainWindow(background, DARK)),
            DARK,
            choose_folder=choose_folder,
        )
        qtbot.addWidget(made)
        made.resize(1192, 720)
        return made

    return make


@pytest.fixture
def page(make_page: Callable[[], SettingsPage]) -> SettingsPage:
    made = make_page()
    made.show()
    made.finish()
    return made


def choose(box: QComboBox, value: str) -> None:
    """As a click in the list does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_what_is_chosen_holds_at_once(page: SettingsPage, preferences: Preferences) -> None:
    choose(page.quality, "720")
    choose(page.style_box, "karaoke")
    choose(page.platform, "reels")
    choose(page.bin_days, "30")
    choose(page.theme_box, "system")
    choose(page.memories, "none")
    for check in (page.counts_down, page.prompts, page.guide):
        check.click()
    page.before.setValue(0.5)
    page.after.setValue(0.15)
    now = preferences.now
    assert (now.video_quality, now.caption_style, now.platform, now.theme) == ("720", "karaoke", "reels", "system")
    assert (now.memories, now.bin_days) == ("none", 30)
    assert (now.counts_down, now.shows_prompts, now.shows_frame_guide) == (False, False, False)
    assert (now.pause_before_ms, now.pause_after_ms) == (500, 150)


def test_what_was_chosen_elsewhere_is_seen(page: SettingsPage, preferences: Preferences) -> None:
    elsewhere = Settings(
        video_quality="1080",
        caption_style="pop",
        platform="shorts",
        memories="all",
        counts_down=False,
        shows_prompts=False,
        shows_frame_guide=False,
        pause_before_ms=100,
        pause_after_ms=900,
        language="fr",
        transcribes_by_itself=False,
        camera="/dev/video9",
    )
    preferences.change(**{name: getattr(elsewhere, name) for name in vars(elsewhere)})
    page.enter()
    boxes = (page.quality, page.style_box, page.platform, page.memories, page._speech.language)
    assert [box.currentData() for box in boxes] == ["1080", "pop", "shorts", "all", "fr"]
    checks = (page.counts_down, page.prompts, page.guide, page._speech.by_itself)
    assert not any(check.isChecked() for check in checks)
    assert (page.before.value(), page.after.value()) == (0.1, 0.9)
    assert preferences.now == elsewhere, "looking at it changes nothing"


def test_a_time_that_cannot_be_shown_exactly_is_left_as_it_is(page: SettingsPage, preferences: Preferences) -> None:
    preferences.change(pause_before_ms=123)
    page.enter()
    assert page.before.value() == 0.12
    assert preferences.now.pause_before_ms == 123


def test_devices_and_models_and_the_diary_are_looked_at_again(qtbot: QtBot, page: SettingsPage) -> None:
    page.enter()
    qtbot.waitUntil(lambda: page._care.checking.told.text() == "0 entries")
    qtbot.waitUntil(lambda: page._devices.microphone.count() == 2)
    qtbot.waitUntil(lambda: "not here" not in page._speech.model.currentText())


def test_what_is_being_typed_is_kept_before_anybody_hears_that_the_page_is_left(
    qtbot: QtBot, page: SettingsPage, preferences: Preferences
) -> None:
    page._mood_words.names[0].setText("grim")
    names: list[str] = []
    page.left.connect(lambda: names.append(preferences.now.mood_names[0]))
    page.leave()
    assert names == ["grim"]


def test_another_folder_is_asked_for_and_handed_on(qtbot: QtBot, page: SettingsPage, preferences: Preferences) -> None:
    with qtbot.waitSignal(page.library_chosen) as chosen:
        page.choose_folder.click()
    assert chosen.args == ["/chosen/folder"]
    assert preferences.now.library_folder == "", "whoever builds the window anew says so"


def test_it_says_where_the_diary_is(page: SettingsPage, diary_thread: DiaryThread) -> None:
    assert page.folder.text() == str(diary_thread.location.folder)


def test_the_theme_can_be_brought_into_sight(qtbot: QtBot, page: SettingsPage) -> None:
    page.activateWindow()
    page.show_theme()
    qtbot.waitUntil(page.theme_box.hasFocus)
    qtbot.waitUntil(lambda: not page.theme_box.visibleRegion().isEmpty())


@pytest.mark.parametrize("width_px", [872, 1192])
def test_nothing_is_cut_off_at_the_side(page: SettingsPage, width_px: int) -> None:
    page.resize(width_px, 600)
    area = page._area.viewport()
    for widget in page.findChildren(QLabel) + page.findChildren(QComboBox):
        if widget.isVisible() and widget.window() is page:
            right = widget.mapTo(page, widget.rect().topRight()).x()
            assert right < area.mapTo(page, area.rect().topRight()).x() + 1, widget.text or widget


def test_cards_are_built_one_after_the_other_and_all_at_once_when_they_are_wanted(
    qtbot: QtBot, make_page: Callable[[], SettingsPage]
) -> None:
    waiting, wanted = make_page(), make_page()
    assert not hasattr(wanted, "theme_box")
    wanted.enter()
    assert wanted.theme_box.currentData() == "dark"
    qtbot.waitUntil(lambda: hasattr(waiting, "show_folder"))
    assert titles(waiting) == titles(wanted)


def titles(page: SettingsPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.property("role") == "lead"]
