"""The dialog of sharing over a window, with a real diary behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from clips import make_clip
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.values import Details
from duskreel.progress import CancelToken, unheard
from duskreel.ui.background import Background
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.messages import Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.share.share_dialog import ShareDialog
from duskreel.ui.theme import DARK


@pytest.fixture(scope="module")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "long.mp4", duration_s=19.0, fps=15)


@pytest.fixture
def bring_in(asked: Callable[..., object], long_clip: Path) -> Callable[..., Entry]:
    """Put the clip into the diary, with or without words."""

    def bring_in(transcript: Transcript | None, title: str = "A long day") -> Entry:
        def change(diary: Diary) -> Entry:
            entry = diary.import_clip(long_clip, Details(title=title), progress=unheard, token=CancelToken())
            if transcript is not None:
                diary.save_transcript(entry, transcript)
            return entry

        found = asked(change)
        assert isinstance(found, Entry)
        return found

    return bring_in


@pytest.fixture
def opened() -> list[QUrl]:
    """What the system was asked to open."""
    return []


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1280, 720)
    made.show()
    yield made
    delete(made)


@pytest.fixture
def messages(window: QWidget) -> Messages:
    return Messages(window, DARK)


@pytest.fixture
def share(
    qtbot: QtBot,
    window: QWidget,
    diary_thread: DiaryThread,
    preferences: Preferences,
    background: Background,
    messages: Messages,
    opened: list[QUrl],
) -> Iterator[Callable[[Entry], ShareDialog]]:
    """Open the dialog, and wait until it shows a picture and knows what it would make."""
    dialogs: list[ShareDialog] = []

    def share(entry: Entry) -> ShareDialog:
        dialog = ShareDialog(
            window, entry, diary_thread, preferences, background, messages, DARK, open_url=opened.append
        )
        dialogs.append(dialog)
        pictures: list[object] = []
        dialog.preview.player.pictured.connect(pictures.append)
        dialog.open()
        qtbot.waitUntil(lambda: bool(pictures) and bool(dialog.options.lasts.text()))
        return dialog

    yield share
    for dialog in dialogs:
        if isValid(dialog):
            dialog.reject()
        qtbot.waitUntil(lambda dialog=dialog: not isValid(dialog), timeout=10_000)
