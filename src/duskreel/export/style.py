"""How captions look. Lengths are fractions of the frame's width, heights fractions of its height."""

from dataclasses import dataclass

Colour = tuple[int, int, int, float]
"""red, green, blue from 0 to 255; opacity from 0 to 1"""

WHITE: Colour = (255, 255, 255, 1.0)
AMBER: Colour = (255, 196, 92, 1.0)
DUSK: Colour = (22, 18, 42, 1.0)

BOX_PADDING = 0.42
"""how far a box reaches beyond the text on either side, in text sizes"""
WIDEST_BLOCK_PX = 780
"""centred in a frame of 1080: as near to its middle as what platforms cover at the right"""


@dataclass(frozen=True)
class CaptionStyle:
    """Everything that the painter needs to know about one look."""

    name: str
    font_file: str
    """a bundled face in resources/fonts; other scripts fall back to the system's fonts"""
    text_size: float
    colour: Colour = WHITE
    active_colour: Colour | None = None
    """of the word being said; None for captions that do not move"""
    outline: float = 0.0
    outline_colour: Colour = DUSK
    box_colour: Colour | None = None
    line_height: float = 1.18
    """in text sizes, from one baseline to the next"""
    centre: float = 1142 / 1920
    """where the middle of the block lies: under a face, and with two lines still above what platforms cover"""
    widest: float = WIDEST_BLOCK_PX / 1080
    """of a line of text; outline and box come to it"""
    max_lines: int = 2
    max_words: int | None = None


def _room_for_text(border_px: float) -> float:
    """What outline or box leaves of the widest block, as a fraction of the frame's width."""
    return (WIDEST_BLOCK_PX - 2 * border_px) / 1080


STYLES = {
    style.name: style
    for style in (
        CaptionStyle(
            "calm",
            "Inter-SemiBold.otf",
            58 / 1080,
            box_colour=(22, 18, 42, 0.72),
            line_height=1.3,
            widest=_room_for_text(58 * BOX_PADDING),
        ),
        CaptionStyle(
            "karaoke",
            "Inter-ExtraBold.otf",
            76 / 1080,
            active_colour=AMBER,
            outline=7 / 1080,
            widest=_room_for_text(7),
            max_words=6,
        ),
        CaptionStyle(
            "pop",
            "Inter-ExtraBold.otf",
            112 / 1080,
            outline=9 / 1080,
            widest=_room_for_text(9),
            max_lines=1,
            max_words=1,
        ),
        CaptionStyle(
            "subtitle",
            "Inter-SemiBold.otf",
            48 / 1080,
            outline=4 / 1080,
            centre=1150 / 1920,
            widest=_room_for_text(4),
        ),
    )
}
"""*calm* is the default: moving words suit a joke better than a hard day."""
