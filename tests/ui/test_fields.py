"""Fields and cards of the settings."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from duskreel.ui.cards import card, form
from duskreel.ui.fields import Choice, choice_box, choose, fill, seconds_box

FRUIT = (Choice("a", "Apple"), Choice("b", "Pear"))


@pytest.fixture
def box(qtbot: QtBot) -> QComboBox:
    made = choice_box("Fruit", FRUIT, "b")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def seconds(qtbot: QtBot) -> QDoubleSpinBox:
    made = seconds_box("Silence", 350)
    qtbot.addWidget(made)
    return made


def scroll_over(field: QComboBox | QDoubleSpinBox) -> QWheelEvent:
    turned = QPoint(0, -120)
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), turned, turned, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    field.wheelEvent(event)
    return event


def test_a_choice_is_read_by_its_label_and_kept_by_its_value(box: QComboBox) -> None:
    assert (box.currentText(), box.currentData(), box.accessibleName()) == ("Pear", "b", "Fruit")


def test_what_is_not_offered_shows_the_first(box: QComboBox) -> None:
    choose(box, "c")
    assert box.currentData() == "a"
    fill(box, (Choice("x", "Plum"), *FRUIT), "b")
    assert (box.count(), box.currentData()) == (3, "b")


def test_scrolling_the_page_changes_no_field(box: QComboBox, seconds: QDoubleSpinBox) -> None:
    choose(box, "a")
    assert not scroll_over(box).isAccepted(), "the page gets it"
    assert not scroll_over(seconds).isAccepted()
    assert (box.currentData(), seconds.value()) == ("a", 0.35)


def test_a_time_is_shown_in_seconds(seconds: QDoubleSpinBox) -> None:
    assert seconds.text().replace(",", ".") == "0.35 s"
    assert seconds.accessibleName() == "Silence"
    seconds.setValue(99)
    assert seconds.value() == 5.0


def test_a_form_names_its_fields(qtbot: QtBot) -> None:
    field, below = QLineEdit(), QLabel("A note")
    whole = card("Heading", form([("Name", field)], below))
    qtbot.addWidget(whole)
    label = whole.findChild(QFormLayout).labelForField(field)
    assert label.buddy() is field
    assert [text.text() for text in whole.findChildren(QLabel)] == ["Heading", "Name", "A note"]
