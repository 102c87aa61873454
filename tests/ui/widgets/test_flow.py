"""Widgets side by side, in as many rows as it takes."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from duskreel.ui.widgets.flow import FlowLayout


def flow_of(qtbot: QtBot, widths: list[int], **options: object) -> tuple[QWidget, list[QLabel]]:
    host = QWidget()
    qtbot.addWidget(host)
    labels = [QLabel() for _ in widths]
    for label, width in zip(labels, widths, strict=True):
        label.setFixedSize(width, 20)
    flow = FlowLayout(spacing_px=10, **options)  # type: ignore[arg-type]
    host.setLayout(flow)
    flow.set_order(list(labels))
    return host, labels


def test_a_new_row_begins_where_one_is_full(qtbot: QtBot) -> None:
    host, labels = flow_of(qtbot, [100, 100, 100])
    host.resize(215, 100)
    host.show()
    assert [(label.x(), label.y()) for label in labels] == [(0, 0), (110, 0), (0, 30)]


def test_height_follows_width(qtbot: QtBot) -> None:
    host, _ = flow_of(qtbot, [100, 100, 100])
    assert [host.heightForWidth(width) for width in (320, 319, 100)] == [20, 50, 80]


def test_rows_may_stand_in_the_middle(qtbot: QtBot) -> None:
    host, labels = flow_of(qtbot, [100], is_centred=True)
    host.resize(300, 20)
    host.show()
    assert labels[0].x() == 100


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    host, labels = flow_of(qtbot, [100, 100, 100])
    labels[1].hide()
    host.resize(215, 100)
    host.show()
    assert (labels[2].x(), labels[2].y()) == (110, 0)


def test_nothing_at_all_is_no_error(qtbot: QtBot) -> None:
    host, _ = flow_of(qtbot, [])
    assert host.heightForWidth(100) == 0
