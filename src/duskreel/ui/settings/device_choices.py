"""Which camera and which microphone, in the settings."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from duskreel.capture.devices import CameraDevice, MicrophoneDevice, cameras, microphones
from duskreel.settings import NO_MICROPHONE
from duskreel.ui.cards import form
from duskreel.ui.fields import Choice, choice_box, fill
from duskreel.ui.preferences import Preferences
from duskreel.ui.worker import Worker

USUAL = "The system’s usual one"
NOT_HERE = "not connected"

Found = tuple[list[CameraDevice], list[MicrophoneDevice]]


class DeviceChoices(QWidget):
    """Two lists. What was chosen stays in them while it is not plugged in.

    Args:
        preferences: read and changed here.
        worker: asks the system, which may take a while.
        find: what is plugged in; for tests without devices.
    """

    def __init__(
        self,
        preferences: Preferences,
        worker: Worker,
        find: Callable[[], Found] = lambda: (cameras(), microphones()),
    ) -> None:
        super().__init__()
        self._preferences, self._worker, self._find = preferences, worker, find
        self.camera = choice_box("Camera", [Choice("", USUAL)], "")
        self.microphone = choice_box("Microphone", [Choice("", USUAL)], "")
        self._build_ui()
        self.camera.activated.connect(lambda: preferences.change(camera=self.camera.currentData()))
        self.microphone.activated.connect(lambda: preferences.change(microphone=self.microphone.currentData()))

    def refresh(self) -> None:
        """Ask the system again."""
        self._worker.run(self._find, self._show, owner=self, topic="devices")

    def _build_ui(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(form([("Camera", self.camera), ("Microphone", self.microphone)]))

    def _show(self, found: Found) -> None:
        now = self._preferences.now
        seen = [Choice(device.id, device.name) for device in found[0]]
        heard = [Choice(device.id, device.name) for device in found[1]]
        fill(self.camera, _with_chosen(seen, now.camera), now.camera)
        fill(self.microphone, [*_with_chosen(heard, now.microphone), Choice(NO_MICROPHONE, "None")], now.microphone)


def _with_chosen(found: list[Choice], chosen: str) -> list[Choice]:
    choices = [Choice("", USUAL), *found]
    if chosen != NO_MICROPHONE and all(choice.value != chosen for choice in choices):
        choices.append(Choice(chosen, f"{chosen} ({NOT_HERE})"))
    return choices
