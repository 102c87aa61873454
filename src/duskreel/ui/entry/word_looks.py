"""How words look by what is known about them, and what is said about them."""

from PySide6.QtGui import QColor, QTextCharFormat

from duskreel.library.entry import Word
from duskreel.ui.theme import Theme

DOUBTFUL_BELOW = 0.5
"""words that the model gave less than this are worth a look"""
CHOSEN_SHARE = 0.35
"""how much of the line's colour is in the ground of chosen words; text on it keeps its contrast"""


class WordLooks:
    """The text formats of one theme.

    No mark is a colour alone: doubtful words are dotted, corrected ones underlined and cut ones struck through.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[bool, bool, bool, bool], QTextCharFormat] = {}
        self.plain = QTextCharFormat()
        self.chosen = QTextCharFormat()
        self.chosen.setBackground(_between(theme.raised, theme.line, CHOSEN_SHARE))
        self.chosen.setForeground(QColor(theme.text))
        self.spoken = QTextCharFormat()
        self.spoken.setBackground(QColor(theme.accent))
        self.spoken.setForeground(QColor(theme.on_accent))

    def of(self, word: Word, *, is_cut: bool) -> QTextCharFormat | None:
        """None for a word about which there is nothing to say."""
        is_corrected = word.corrected is not None
        is_doubtful = not is_corrected and word.probability < DOUBTFUL_BELOW
        if not (is_cut or is_corrected or is_doubtful):
            return None
        kind = (is_cut, is_corrected, is_doubtful, word.corrected == "")
        if kind not in self._made:
            self._made[kind] = self._made_look(*kind)
        return self._made[kind]

    def _made_look(self, is_cut: bool, is_corrected: bool, is_doubtful: bool, is_hidden: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        if is_corrected:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(QColor(self._theme.line))
        elif is_doubtful:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            look.setUnderlineColor(QColor(self._theme.muted))
        if is_cut or is_hidden:
            look.setForeground(QColor(self._theme.muted))
            look.setFontStrikeOut(is_cut)
        return look


def remark(word: Word, *, is_cut: bool) -> str:
    """What there is to say about a word; "" for nothing."""
    remarks: list[str] = []
    if is_cut:
        remarks.append("cut")
    if word.corrected == "":
        remarks.append("left out of captions")
    if word.corrected is not None:
        remarks.append(f"heard “{' '.join(word.text.split())}”")
    elif word.probability < DOUBTFUL_BELOW:
        remarks.append(f"not sure: {round(word.probability * 100)} %")
    return ", ".join(remarks)


def _between(one: str, other: str, share: float) -> QColor:
    first, second = QColor(one), QColor(other)
    pairs = ((first.red(), second.red()), (first.green(), second.green()), (first.blue(), second.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))
