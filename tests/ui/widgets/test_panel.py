"""The calm panel for what is missing."""

from pytestqt.qtbot import QtBot

from duskreel.ui import theme as themes
from duskreel.ui.messages import Action
from duskreel.ui.widgets.panel import Panel

LONG = "Close other programs that may be using it, plug it in again, or choose another one in the list below. " * 3


def test_the_button_does_what_can_be_done(qtbot: QtBot) -> None:
    done: list[bool] = []
    panel = Panel(
        "camera-off", "No camera", "Plug one in.", themes.DARK, Action("Try again", lambda: done.append(True))
    )
    qtbot.addWidget(panel)
    panel.show()
    assert (panel.title.text(), panel.text.text(), panel.button.text()) == ("No camera", "Plug one in.", "Try again")
    panel.button.click()
    assert done == [True]


def test_without_anything_to_be_done_there_is_no_button(qtbot: QtBot) -> None:
    panel = Panel("film", "Nothing here yet", "", themes.DARK)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.button.isVisible()
    assert not panel.text.isVisible()


def test_a_long_text_is_not_cut_off(qtbot: QtBot) -> None:
    panel = Panel("film", LONG, LONG, themes.DARK)
    qtbot.addWidget(panel)
    panel.resize(1100, 700)
    panel.show()
    for label in (panel.title, panel.text):
        assert label.height() >= label.heightForWidth(label.width())


def test_it_can_say_something_else(qtbot: QtBot) -> None:
    panel = Panel("film", "One", "", themes.DARK)
    qtbot.addWidget(panel)
    panel.show_what("camera", "Two", "Three.")
    assert panel.accessibleName() == "Two Three."
