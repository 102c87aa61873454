"""The system's leave to look and to listen, where it wants to be asked for that."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCameraPermission, QCoreApplication, QMicrophonePermission, QObject, Qt

from duskreel.errors import DiaryError

NOT_ALLOWED = DiaryError(
    "Duskreel may not use the camera.",
    "Allow it in the system’s settings, under privacy and camera. What it sees never leaves this computer.",
)
"""what to say when the user has refused"""


NOT_ALLOWED_TO_LISTEN = "Duskreel may not use the microphone; the system’s settings can allow it."


class Answer(Protocol):
    """Gets to know what is allowed."""

    def __call__(self, refusal: DiaryError | None, *, may_listen: bool) -> None:
        """`refusal` says that there is no camera; `may_listen` whether there may be sound."""


class Permissions(QObject):
    """Asks the system once for each device; the user's answer may take its time."""

    def ask(self, answer: Answer) -> None:
        """Get leave for the camera, then for the microphone; `answer` is called in the window's thread."""

        def camera_answered(*, is_granted: bool) -> None:
            if is_granted:
                self._ask_for(QMicrophonePermission(), microphone_answered)
            else:
                answer(NOT_ALLOWED, may_listen=False)

        def microphone_answered(*, is_granted: bool) -> None:
            answer(None, may_listen=is_granted)

        self._ask_for(QCameraPermission(), camera_answered)

    def _ask_for(self, permission: QCameraPermission | QMicrophonePermission, answered: Callable[..., None]) -> None:
        app = QCoreApplication.instance()
        assert app is not None  # noqa: S101 - a window has one
        status = app.checkPermission(permission)
        if status is Qt.PermissionStatus.Undetermined:
            app.requestPermission(
                permission, self, lambda found: answered(is_granted=found.status() is Qt.PermissionStatus.Granted)
            )
        else:
            answered(is_granted=status is Qt.PermissionStatus.Granted)
