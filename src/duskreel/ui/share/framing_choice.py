"""Who decides what the upright picture shows: the face, nobody, or the user's hand."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from duskreel.edit.framing import Face
from duskreel.export.presets import Framing

if TYPE_CHECKING:
    # It loads MoviePy and OpenCV, which the window does without until a short is looked at.
    from duskreel.export.preview import FoundFaces

FramedBy = Literal["face", "centre", "hand"]
MIDDLE = 0.5


class FramingChoice(QObject):
    """Where the upright window stands, and why."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._by: FramedBy = "face"
        self._found: FoundFaces | None = None
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
    def faces(self) -> tuple[Face, ...]:
        """All that were found until now."""
        return self._found.faces if self._found else ()

    @property
    def all_faces(self) -> tuple[Face, ...] | None:
        """For the export, so that it shows what is shown; None while they are still looked for."""
        return self.faces if self._has_looked and self._found else None

    @property
    def position(self) -> float:
        """Of the window as it is shown now; the middle until a face is found."""
        if self._by == "hand":
            return self._hand
        return MIDDLE if self._by == "centre" or self._face is None else self._face

    @property
    def wish(self) -> Framing:
        """What is shown."""
        return "face" if self._by == "face" else self.position

    def choose(self, by: FramedBy) -> None:
        """Let somebody decide; the hand begins where the window stands."""
        self._hand = self.position
        self._by = by
        self.changed.emit()

    def move_to(self, position: float) -> None:
        """The hand has decided."""
        self._by, self._hand = "hand", min(max(position, 0.0), 1.0)
        self.changed.emit()

    def guess(self, found: "FoundFaces | None") -> None:
        """These are at the beginning: good enough to be shown until all are known."""
        if not self._has_looked and found is not None and found.faces:
            self._found = found
            self.changed.emit()

    def found(self, found: "FoundFaces | None") -> None:
        """These are all; None if nobody could look."""
        self._found, self._has_looked = found, True
        self.changed.emit()

    @property
    def _face(self) -> float | None:
        return self._found.position if self._found else None
