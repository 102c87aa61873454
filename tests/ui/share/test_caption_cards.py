"""Caption styles to choose from, each shown as it is."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from duskreel.ui.share.caption_cards import SAMPLE, STYLES, CaptionCards
from duskreel.ui.worker import Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker("samples", lambda error: pytest.fail(str(error)))
    yield made
    made.close()


def pictures(cards: CaptionCards) -> list[QImage]:
    return [cards.button(name).icon().pixmap(SAMPLE).toImage() for name, _ in STYLES]


def test_every_style_has_a_picture_of_its_own(qtbot: QtBot, worker: Worker) -> None:
    cards = CaptionCards("calm")
    qtbot.addWidget(cards)
    cards.paint_samples(worker)
    qtbot.waitUntil(lambda: all(a != b for i, a in enumerate(pictures(cards)) for b in pictures(cards)[:i]))


@pytest.mark.parametrize(("setting", "value"), [("pop", "pop"), ("off", None), ("no such style", "calm")])
def test_the_setting_is_chosen_at_first(qtbot: QtBot, setting: str, value: str | None) -> None:
    cards = CaptionCards(setting)
    qtbot.addWidget(cards)
    assert cards.value == value
