"""Looking for the face in a clip, in a thread of its own: this takes seconds."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import QObject

from duskreel.errors import Cancelled, DiaryError
from duskreel.progress import CancelToken
from duskreel.timecode import Span, subtract
from duskreel.ui.share.framing_choice import FramingChoice
from duskreel.ui.share.preview_player import open_source
from duskreel.ui.worker import Worker, ignore

if TYPE_CHECKING:
    # It loads MoviePy and OpenCV, which the window does without until a short is looked at.
    from duskreel.export.preview import FoundFaces

GUESSED_FROM_MS = 1_500
"""of the beginning, where a face is found within half a second"""


class FaceSearch(QObject):
    """Tells the framing first of the faces at the beginning, and then of all.

    Args:
        parent: when it is gone, nobody looks any more.
        framing: told what was found.
        open_clip: called in the thread.
        name: of the clip, for the user.
    """

    def __init__(self, parent: QObject, framing: FramingChoice, open_clip: Callable[[], BinaryIO], name: str) -> None:
        super().__init__(parent)
        self._framing, self._open_clip, self._name = framing, open_clip, name
        self._worker = Worker("face", ignore)
        self._is_over = threading.Event()
        self.destroyed.connect(self._is_over.set)

    def begin(self, spans: Sequence[Span]) -> None:
        """Look at these parts of the clip."""
        token = CancelToken(self._is_over.is_set)
        for part, told in ((_beginning(spans), self._framing.guess), (spans, self._framing.found)):
            look = partial(_found, self._open_clip, self._name, part, token)
            self._worker.run(look, told, failed=self._give_up, owner=self)

    def close(self) -> None:
        """Give up. Does not wait."""
        self._is_over.set()
        self._worker.run(lambda: None, self._close_worker)

    def _close_worker(self, _: object) -> None:
        self._worker.close()

    def _give_up(self, _error: DiaryError) -> None:
        # The player stumbles over the same clip and tells.
        self._framing.found(None)


def _beginning(spans: Sequence[Span]) -> list[Span]:
    return subtract(spans, [Span(spans[0].start_ms + GUESSED_FROM_MS, spans[-1].end_ms)]) if spans else []


def _found(
    open_clip: Callable[[], BinaryIO], name: str, spans: Sequence[Span], token: CancelToken
) -> "FoundFaces | None":
    from duskreel.export.preview import look_for_faces

    source = open_source(open_clip, name)
    try:
        return look_for_faces(source, spans, token)
    except Cancelled:
        return None
    finally:
        source.file.close()
