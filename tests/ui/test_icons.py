"""Icons are sharp and in the colour that is asked for; buttons tell what they do."""

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from duskreel.paths import resource
from duskreel.ui.buttons import icon_button, main_button, plain_button
from duskreel.ui.icons import device_pixels, icon, picture
from duskreel.ui.theme import DARK

RED = "#ff0000"


DYED = [path.stem for path in resource("icons").glob("*.svg") if not path.stem.endswith(("-dark", "-light"))]
"""all but those of the style sheet, which come in the colours of the themes"""


@pytest.mark.parametrize("name", sorted(DYED))
def test_every_icon_is_all_in_the_colour_that_is_asked_for(name: str) -> None:
    image = picture(name, RED, 24).toImage()
    seen = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    assert {colour.name() for colour in seen if colour.alpha()} == {RED}


def test_a_dense_screen_gets_more_pixels() -> None:
    assert icon("play", RED).pixmap(QSize(24, 24), 2.0).size() == QSize(48, 48)


def test_lengths_are_told_in_the_pixels_of_the_screen() -> None:
    assert device_pixels(24) == 24


def test_a_button_with_an_icon_alone_tells_what_it_does(qtbot: QtBot) -> None:
    button = icon_button("play", "Play", DARK, shortcut="Ctrl+P")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Play", "Play (Ctrl+P)")
    with qtbot.waitActive(button):
        button.show()
        button.activateWindow()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_the_main_button_looks_like_no_other(qtbot: QtBot) -> None:
    main, plain = main_button("Record"), plain_button("Show", "folder", DARK)
    for button in (main, plain):
        qtbot.addWidget(button)
    assert (main.property("role"), plain.property("role")) == ("main", None)
    assert main.icon().isNull()
    assert not plain.icon().isNull()
