"""A line of text that gives way."""

from pytestqt.qtbot import QtBot

from duskreel.ui.widgets.elided_label import ElidedLabel

TITLE = "Dec 2025 – Nov 2026"


def label(qtbot: QtBot, text: str) -> ElidedLabel:
    made = ElidedLabel(text)
    qtbot.addWidget(made)
    made.ensurePolished()
    return made


def test_where_there_is_room_all_of_it_is_shown(qtbot: QtBot) -> None:
    made = label(qtbot, TITLE)
    made.resize(made.sizeHint())
    assert made.shown == TITLE


def test_where_there_is_none_it_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    made = label(qtbot, TITLE)
    made.resize(made.sizeHint() / 2)
    assert made.shown.endswith("…")
    assert TITLE.startswith(made.shown[:-1])
    assert made.text() == TITLE, "what a screen reader says"


def test_it_may_get_much_narrower_than_its_text_and_a_short_one_no_narrower_than_it_is(qtbot: QtBot) -> None:
    assert label(qtbot, TITLE).minimumSizeHint().width() < label(qtbot, TITLE).sizeHint().width() / 2
    short = label(qtbot, "Bin")
    assert short.minimumSizeHint().width() == short.sizeHint().width()


def test_what_is_painted_is_what_is_shown(qtbot: QtBot) -> None:
    made = label(qtbot, TITLE)
    made.resize(made.sizeHint() / 2)
    other = label(qtbot, made.shown)
    other.resize(made.size())
    assert made.grab().toImage() == other.grab().toImage()
