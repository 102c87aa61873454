"""What the pictures of a short are to be, as decided before any of them is drawn."""

from dataclasses import dataclass

from duskreel.edit.concealing import NOTHING_HIDDEN, Concealment, HiddenSound
from duskreel.edit.timeline import Timeline
from duskreel.export.extras import Marks
from duskreel.export.presets import Framing
from duskreel.library.entry import Word


@dataclass(frozen=True)
class Design:
    """Decisions; they say nothing of the clip's pictures, which nobody has looked at yet."""

    timeline: Timeline
    words: tuple[Word, ...]
    """that are said, with the short's own times; hidden ones masked"""
    captions: str | None
    """a style's name; None for a picture without captions"""
    framing: Framing
    marks: Marks
    concealment: Concealment = NOTHING_HIDDEN
    hidden_sounds: tuple[HiddenSound, ...] = ()
    """with the clip's times"""
