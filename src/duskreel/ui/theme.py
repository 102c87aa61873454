"""Colours, sizes and the style sheet: the one place that says how the window looks."""

import re
from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyle

from duskreel.library.entry import Mood
from duskreel.paths import resource

ThemeName = Literal["dark", "light"]

GRID_PX = 8
"""every distance is a multiple of it, or half of it"""
STYLE_SHEET = "style.qss"

_SCALE = {"small": 0.85, "body": 1.0, "lead": 1.15, "title": 1.5, "display": 2.2}
"""the type scale, in sizes of the system's own text"""
_SMALLEST_BODY_PX = 14


@dataclass(frozen=True)
class Theme:
    """Colours by what they are for, as ``#rrggbb``. Text on its ground has a contrast of 4.5:1 or more."""

    name: ThemeName
    ground: str
    """behind everything"""
    surface: str
    """cards and fields"""
    raised: str
    """what lies on a card, and what the mouse is over"""
    line: str
    """borders of things that can be used, 3:1 on `ground`"""
    hairline: str
    """borders that only divide"""
    text: str
    muted: str
    """for what is said quietly; still 4.5:1 on `surface`"""
    accent: str
    """the one main action of a page"""
    on_accent: str
    chosen: str
    """borders of what is chosen among others, 3:1 on `surface`"""
    focus: str
    danger: str
    on_danger: str
    good: str
    moods: tuple[str, str, str, str, str]
    """awful to great, from cool to warm, and from dark to light"""

    def mood(self, mood: Mood | None) -> QColor:
        """The colour of a mood; that of a line where there is none."""
        return QColor(self.hairline if mood is None else self.moods[mood - 1])


DARK = Theme(
    name="dark",
    ground="#15122a",
    surface="#1f1b3a",
    raised="#2b2650",
    line="#7a73ad",
    hairline="#37315f",
    text="#f4f1ff",
    muted="#b9b2dd",
    accent="#ffc45c",
    on_accent="#2a1c00",
    chosen="#ffc45c",
    focus="#ffe0a3",
    danger="#ff9aa2",
    on_danger="#3a0008",
    good="#8fe0b0",
    moods=("#6f6ad8", "#6d93e0", "#6cb0b8", "#e9bb6e", "#ffe2a6"),
)
LIGHT = Theme(
    name="light",
    ground="#f6f3fb",
    surface="#ffffff",
    raised="#ece7f7",
    line="#81779f",
    hairline="#d9d2ea",
    text="#1f1a36",
    muted="#5b5378",
    accent="#ffbe4d",
    on_accent="#2a1c00",
    chosen="#9a6200",
    focus="#6a4bd8",
    danger="#a8182c",
    on_danger="#ffffff",
    good="#1b6b3f",
    moods=("#4a44b4", "#4d78d0", "#4fa3a8", "#e0a63f", "#f7cf78"),
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


def theme_for(choice: str) -> Theme:
    """The theme of a setting: its name, or ``system`` for what the system prefers."""
    if choice == "system":
        is_light = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
        return LIGHT if is_light else DARK
    return LIGHT if choice == "light" else DARK


def apply(app: QApplication, theme: Theme) -> None:
    """Dress all windows, now and later."""
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setFont(sized(app.font(), "body"))
    app.setStyleSheet(style_sheet(theme, body_px(app.font())))


def style_sheet(theme: Theme, body_size_px: int) -> str:
    """resources/style.qss with every ``@name`` replaced by a colour or a size of the theme.

    Raises:
        KeyError: it asks for something that the theme does not have.
    """
    values = {f.name.replace("_", "-"): getattr(theme, f.name) for f in fields(Theme)}
    values |= {f"size-{name}": f"{round(body_size_px * scale)}px" for name, scale in _SCALE.items()}
    values["icons"] = resource("icons").as_posix()
    text = resource(STYLE_SHEET).read_text(encoding="utf-8")
    return re.sub(r"@([a-z-]+)", lambda match: str(values[match[1]]), text)


def body_px(font: QFont) -> int:
    """The size of ordinary text: the system's, so that the window follows what the user has chosen there."""
    return max(QFontInfo(font).pixelSize(), _SMALLEST_BODY_PX)


def sized(font: QFont, step: str) -> QFont:
    """The application's font at a step of the type scale, for text that is painted."""
    font = QFont(font)
    font.setPixelSize(round(body_px(QApplication.font()) * _SCALE[step]))
    return font


def moves() -> bool:
    """Whether animations are welcome: systems tell their styles when the user wants less motion."""
    style = QApplication.style()
    return style is not None and style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminance, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    channels = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.surface,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Link: theme.accent if theme.name == "dark" else theme.focus,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.line))
    return palette
