"""What is said in the moments of a reel, written on their pictures as on those of a short."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from fractions import Fraction

from duskreel.edit.crop_path import CropPath, faces_in_frame
from duskreel.edit.framing import Crop, Face, main_face
from duskreel.edit.pages import pages
from duskreel.edit.placing import Block, centres
from duskreel.edit.timeline import Timeline
from duskreel.export.captions import CaptionLayer
from duskreel.export.compositing import Overlay
from duskreel.export.layers import Layer
from duskreel.export.painter import Painter
from duskreel.export.presets import EVERYWHERE, WIDTH
from duskreel.export.recap_label import LANDSCAPE_MARGIN_PX, DateLabel
from duskreel.export.style import STYLES, CaptionStyle
from duskreel.library.entry import Word
from duskreel.timecode import Span


class ReelCaptions:
    """Captions of one style for all moments of a reel.

    Upright, they stand where a short's do: inside what platforms leave free, and neither over a face nor over the day.
    In a landscape reel they are as large, and stand at the bottom, in the middle; the day has the corner beside them.

    Args:
        style: one of `style.STYLES`.
        size: width and height of the reel.
    """

    def __init__(self, style: str, size: tuple[int, int]) -> None:
        self._size = size
        self._painter = Painter(_as_large_as_upright(STYLES[style], size[0]), *size)

    def layer(
        self,
        words: Sequence[Word],
        timeline: Timeline,
        faces: Sequence[Face],
        view: CropPath,
        picture_size: tuple[int, int],
        label: DateLabel | None,
    ) -> Layer:
        """The captions of one moment.

        Args:
            words: of its clip, corrected, with the clip's times.
            timeline: what is shown of the clip.
            faces: that were found in it.
            view: what part of the clip's picture the frame shows; it may reach beyond it.
            picture_size: width and height of the clip's picture.
            label: that stands there as well.
        """
        painter = self._painter
        divided = pages(
            timeline.retime(words),
            measure=painter.measure,
            max_width=painter.widest,
            max_lines=painter.style.max_lines,
            max_words=painter.style.max_words,
            duration_ms=timeline.duration_ms,
        )
        if self._size[0] > self._size[1]:
            layer = CaptionLayer(divided, [painter.style.centre] * len(divided), painter)
            return _AtBottom(layer, self._size[1])
        blocks = [Block(page.span, painter.block_height(page)) for page in divided]
        first_ms = timeline.to_source(0)
        seen = [
            replace(face, time_ms=face.time_ms - first_ms)
            for face in faces_in_frame(view, main_face(faces), *picture_size)
        ]
        reserved = None if label is None else (Span(0, timeline.duration_ms), label.bottom_px / self._size[1])
        places = centres(blocks, seen, own=painter.style.centre, zone=EVERYWHERE, reserved=reserved)
        return CaptionLayer(divided, places, painter)


class _AtBottom:
    """A layer, moved to the bottom of a frame of this height."""

    def __init__(self, layer: Layer, height: int) -> None:
        self._layer = layer
        self._height = height

    def key_at(self, time_ms: int) -> Hashable | None:
        key = self._layer.key_at(time_ms)
        return None if key is None else ("at bottom", self._height, key)

    def overlay_at(self, time_ms: int) -> Overlay | None:
        overlay = self._layer.overlay_at(time_ms)
        if overlay is None:
            return None
        return replace(overlay, y_top=self._height - LANDSCAPE_MARGIN_PX - len(overlay.y))


def around(picture_size: tuple[int, int], aspect: Fraction) -> CropPath:
    """The smallest frame of this shape that has all of the picture in its middle."""
    width, height = picture_size
    outer_width, outer_height = max(width, round(height * aspect)), max(height, round(width / aspect))
    return CropPath.static(Crop((width - outer_width) // 2, (height - outer_height) // 2, outer_width, outer_height))


def _as_large_as_upright(style: CaptionStyle, width: int) -> CaptionStyle:
    share = WIDTH / width
    return replace(style, text_size=style.text_size * share, outline=style.outline * share, widest=style.widest * share)
