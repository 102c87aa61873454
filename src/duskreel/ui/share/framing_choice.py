"""Who decides what the upright picture shows: the face, nobody, or the user's hand."""

from typing import Literal

from PySide6.QtCore import QObject, Signal

from duskreel.export.presets import Framing

FramedBy = Literal["face", "centre", "hand"]
MIDDLE = 0.5


class FramingChoice(QObject):
    """Where the upright window stands, and why."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._by: FramedBy = "face"
        self._face: float | None = None
        self._has_looked = False
        self._hand = MIDDLE

    @property
    def by(self) -> FramedBy:
        """Who decides."""
        return self._by

    @property
    def is_looking(self) -> bool:
        """The face is to decide and has not been found yet."""
        return self._by == "face" and not self._has_looked

    @property
    def has_no_face(self) -> bool:
        """The face is to decide and there is none."""
        return self._by == "face" and self._has_looked and self._face is None

    @property
    def position(self) -> float:
        """Of the window as it is shown now; the middle until a face is found."""
        if self._by == "hand":
            return self._hand
        return MIDDLE if self._by == "centre" or self._face is None else self._face

    @property
    def wish(self) -> Framing:
        """For the export: what is shown, or that the face shall decide where it has not been found yet."""
        return "face" if self.is_looking else self.position

    def choose(self, by: FramedBy) -> None:
        """Let somebody decide; the hand begins where the window stands."""
        self._hand = self.position
        self._by = by
        self.changed.emit()

    def move_to(self, position: float) -> None:
        """The hand has decided."""
        self._by, self._hand = "hand", min(max(position, 0.0), 1.0)
        self.changed.emit()

    def guess(self, position: float | None) -> None:
        """The face stands about there at the beginning: good enough to be shown until it is known."""
        if not self._has_looked and position is not None:
            self._face = position
            self.changed.emit()

    def found(self, position: float | None) -> None:
        """The face stands there; None if there is none."""
        self._face, self._has_looked = position, True
        self.changed.emit()
