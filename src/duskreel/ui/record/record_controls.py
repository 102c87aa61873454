"""The bar under the preview: devices on the left, the button in the middle, time on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from duskreel.settings import NO_MICROPHONE
from duskreel.timecode import clock
from duskreel.ui.buttons import icon_button
from duskreel.ui.fields import Choice, QuietComboBox, fill
from duskreel.ui.icons import icon, picture
from duskreel.ui.record.studio import StudioState
from duskreel.ui.record.take_keeper import Devices
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.level_meter import LevelMeter
from duskreel.ui.widgets.record_button import RecordButton

SIDE_WIDTH_PX = 40 * GRID_PX
SIGN_PX = 20
TEXT_EDGE_PX = 4
"""that styles leave beside the name in the field"""
_RUNNING = (StudioState.STARTING, StudioState.RECORDING, StudioState.PAUSED)


class DeviceBox(QuietComboBox):
    """As narrow as the bar needs it. A click leaves the space bar to the recording.

    Args:
        name: for screen readers.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "device")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    @property
    def shown(self) -> str:
        """As much of the name as there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        room_px = field.width() - TEXT_EDGE_PX
        return option.fontMetrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room_px)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A name that is too long ends in an ellipsis, not in half a letter."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class RecordControls(QWidget):
    """Shows what the studio does, and asks for something else.

    Args:
        theme: for icons and colours.
        series: the button that chooses one; stands beside the prompts.
    """

    camera_chosen = Signal(str)
    microphone_chosen = Signal(str)

    def __init__(self, theme: Theme, series: QToolButton) -> None:
        super().__init__()
        self._theme, self.series = theme, series
        self._build_ui()
        self._connect()
        self.show_state(StudioState.CLOSED)

    def show_devices(self, devices: Devices) -> None:
        """Offer what is plugged in, and show which of it is used."""
        cameras = [Choice(device.id, device.name) for device in devices.cameras]
        if devices.camera_id and all(choice.value != devices.camera_id for choice in cameras):
            cameras.append(Choice(devices.camera_id, devices.camera_name))
        microphones = [Choice(device.id, device.name) for device in devices.microphones]
        if devices.microphone_id == "":
            microphones.insert(0, Choice("", "The film’s own sound"))
        microphones.append(Choice(NO_MICROPHONE, "No microphone"))
        fill(self.camera, cameras or [Choice("", "No camera")], devices.camera_id)
        fill(self.microphone, microphones, devices.microphone_id)
        self.camera.setToolTip(self.camera.currentText())
        self.microphone.setToolTip(self.microphone.currentText())
        self.meter.set_microphone(is_there=devices.microphone_id != NO_MICROPHONE)

    def show_state(self, state: StudioState) -> None:
        """What the studio does, and with it what can be asked for."""
        is_running = state in _RUNNING
        if is_running and self.series.hasFocus():
            # Left to Qt, the focus would land on what takes its place, and Space would mark where it is to stop.
            self.record.setFocus(Qt.FocusReason.OtherFocusReason)
        self.record.set_stops(stops=is_running)
        self.record.setEnabled(state in (StudioState.READY, *_RUNNING))
        for widget in (self.camera, self.microphone, self.series):
            widget.setEnabled(state in (StudioState.READY, StudioState.CLOSED))
        for button in (self.mark, self.pause, self.discard):
            button.setVisible(is_running)
        # One takes the other's place: there is no room for both in a small window.
        self.series.setVisible(not is_running)
        self.mark.setEnabled(state in (StudioState.RECORDING, StudioState.PAUSED))
        is_paused = state is StudioState.PAUSED
        self.pause.setIcon(icon("play" if is_paused else "pause", self._theme.text))
        label = "Go on" if is_paused else "Pause"
        self.pause.setAccessibleName(label)
        self.pause.setToolTip(f"{label} (P)")
        self._word.setText(_WORDS.get(state, ""))
        self._word.setVisible(state in _WORDS)
        self.elapsed.setVisible(is_running)
        if state is StudioState.STARTING:
            self.show_elapsed(0)

    def show_elapsed(self, time_ms: int) -> None:
        """How long the take is."""
        self.elapsed.setText(clock(time_ms))

    def show_room(self, seconds: int) -> None:
        """What the disk has room for."""
        self.room.setText(room_text(seconds))

    def _build_ui(self) -> None:
        columns = QGridLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setHorizontalSpacing(3 * GRID_PX)
        columns.addLayout(self._built_devices(), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        columns.addLayout(self._built_buttons(), 0, 1, Qt.AlignmentFlag.AlignCenter)
        columns.addLayout(self._built_time(), 0, 2, Qt.AlignmentFlag.AlignVCenter)
        for side in (0, 2):
            columns.setColumnMinimumWidth(side, SIDE_WIDTH_PX)
            columns.setColumnStretch(side, 1)

    def _built_devices(self) -> QVBoxLayout:
        self.camera, self.microphone = DeviceBox("Camera"), DeviceBox("Microphone")
        self.meter = LevelMeter(self._theme)
        rows = QVBoxLayout()
        rows.setSpacing(GRID_PX)
        boxes = QHBoxLayout()
        boxes.setSpacing(GRID_PX)
        for name, box in (("camera", self.camera), ("microphone", self.microphone)):
            boxes.addWidget(self._sign(name))
            boxes.addWidget(box, stretch=1)
        rows.addLayout(boxes)
        rows.addWidget(self.meter)
        return rows

    def _built_buttons(self) -> QHBoxLayout:
        self.record = RecordButton(self._theme)
        self.pause = icon_button("pause", "Pause", self._theme)
        self.discard = icon_button("bin", "Discard", self._theme)
        self.discard.setToolTip("Discard (Esc)")
        row = QHBoxLayout()
        row.setSpacing(2 * GRID_PX)
        for widget in (self.pause, self.record, self.discard):
            if widget is not self.record:
                _keep_room(widget)
            row.addWidget(widget)
        return row

    def _built_time(self) -> QHBoxLayout:
        self._word, self.elapsed, self.room = QLabel(), QLabel(), QLabel()
        self._word.setProperty("role", "muted")
        self.elapsed.setProperty("role", "title")
        self.room.setProperty("role", "small")
        self.prompts = self._switch("prompt", "Prompts")
        self.guide = self._switch("grid-guide", "Upright guide")
        self.mark = icon_button("lock", "Mark what you just said as not for sharing", self._theme)
        self.mark.setToolTip("What you just said is not for sharing (M)")
        self.mark.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = QVBoxLayout()
        words.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(GRID_PX)
        line.addStretch()
        line.addWidget(self._word)
        line.addWidget(self.elapsed)
        words.addLayout(line)
        words.addWidget(self.room, alignment=Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setSpacing(GRID_PX)
        row.addStretch()
        row.addLayout(words)
        row.addWidget(self.mark)
        row.addWidget(self.series)
        row.addWidget(self.prompts)
        row.addWidget(self.guide)
        return row

    def _connect(self) -> None:
        self.camera.activated.connect(lambda: self.camera_chosen.emit(self.camera.currentData()))
        self.microphone.activated.connect(lambda: self.microphone_chosen.emit(self.microphone.currentData()))

    def _switch(self, name: str, label: str) -> QToolButton:
        button = icon_button(name, label, self._theme)
        button.setProperty("role", "switch")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _sign(self, name: str) -> QLabel:
        sign = QLabel()
        sign.setPixmap(picture(name, self._theme.muted, SIGN_PX))
        return sign


_WORDS = {
    StudioState.OPENING: "Starting the camera…",
    StudioState.RECORDING: "Recording",
    StudioState.PAUSED: "Paused",
    StudioState.FINISHING: "Saving…",
}


def room_text(seconds: int) -> str:
    """As people say it: “room for 3 h”."""
    if seconds >= 100 * 3600:
        return "room for days"
    if seconds >= 2 * 3600:
        return f"room for {seconds // 3600} h"
    return f"room for {seconds // 60} min"


def _keep_room(button: QWidget) -> None:
    """What comes and goes must not push the button in the middle aside."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
