"""Looking for a face while the dialog is open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clips import make_clip
from duskreel.errors import DiaryError
from duskreel.timecode import Span
from duskreel.ui.share.face_search import FaceSearch
from duskreel.ui.share.framing_choice import FramingChoice

WHOLE = (Span(0, 2_000),)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "wide.mp4")


@pytest.fixture
def framing(qtbot: QtBot) -> FramingChoice:
    return FramingChoice()


@pytest.fixture
def search(framing: FramingChoice) -> Iterator[Callable[[Callable[[], BinaryIO]], FaceSearch]]:
    dialog = QObject()
    made: list[FaceSearch] = []

    def search(open_clip: Callable[[], BinaryIO]) -> FaceSearch:
        made.append(FaceSearch(dialog, framing, open_clip, "wide.mp4"))
        return made[-1]

    yield search
    for one in made:
        one.close()


def test_a_clip_without_a_face_is_known_to_have_none(
    qtbot: QtBot, framing: FramingChoice, search: Callable[..., FaceSearch], clip: Path
) -> None:
    search(lambda: clip.open("rb")).begin(WHOLE)
    qtbot.waitUntil(lambda: framing.has_no_face)
    assert framing.all_faces == ()


def test_where_nobody_can_look_the_export_looks_itself(
    qtbot: QtBot, framing: FramingChoice, search: Callable[..., FaceSearch]
) -> None:
    def gone() -> BinaryIO:
        raise DiaryError("It is gone.", "Look for it.")

    search(gone).begin(WHOLE)
    qtbot.waitUntil(lambda: not framing.is_looking)
    assert framing.all_faces is None


def test_what_is_given_up_is_no_answer(
    qtbot: QtBot, framing: FramingChoice, search: Callable[..., FaceSearch], clip: Path
) -> None:
    begun = search(lambda: clip.open("rb"))
    begun.close()
    with qtbot.assertNotEmitted(framing.changed, wait=50):
        begun.begin(WHOLE)
    assert framing.is_looking
