"""Captions in the writings of the world, in every style: whole, in their place, and coloured word by word."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from duskreel.edit.pages import Page, line_text
from duskreel.export import painter as painting
from duskreel.export.painter import PaintedPage, Painter
from duskreel.export.presets import EVERYWHERE, HEIGHT, WIDTH
from duskreel.export.style import AMBER, STYLES, WHITE, CaptionStyle
from duskreel.library.entry import Word
from duskreel.timecode import Span

SCRIPTS = {
    "latin": "gjpqy ÅÇ Ế|fjord jolly",
    "vietnamese": "ĐÃ ĐỂ Ở Ậ|gỡ bỏ",
    "cyrillic": "Жизнь идёт|дальше",
    "greek": "γειά σου|κόσμε",
    "arabic": "مرحبا بالعالم|كيف حالك؟",
    "vowelled arabic": "بِسْمِ اللَّهِ|الرَّحْمَٰنِ",
    "hebrew": "שלום עולם|מה שלומך?",
    "chinese": "今 天 我 很 累 ，|可 是 明 天",
    "japanese": "ありがとう ございます|東京 です。",
    "korean": "안녕하세요 여러분|반갑습니다",
    "thai": "สวัสดี ที่นี่|กตัญญู ผู้ใหญ่",
    "hindi": "नमस्ते दुनिया|कैसे हो",
    "emoji": "ok 😀 👨‍👩‍👧|🇩🇪 👍🏽 ❤️",
    "hebrew with digits": "יש לי 3.50|שקל ו-20 OK היום",
    "arabic with digits": "عندي 25 سنة|و ٣٫٥",
    "long": "Donaudampfschifffahrtsgesellschaft",
}
"""Words between spaces, lines between bars. `packaging/dev.py` sees to it that there are fonts for all of them."""
RARE_SCRIPTS = {"tamil": "வணக்கம் உலகம்", "khmer": "សួស្តី ពិភពលោក", "tibetan": "བཀྲ་ཤིས་ བདེ་ལེགས"}
"""left out where there is no font"""
RIGHT_TO_LEFT = ("arabic", "vowelled arabic", "hebrew", "hebrew with digits", "arabic with digits")
every_style = pytest.mark.parametrize("style", list(STYLES))
every_script = pytest.mark.parametrize("script", [*SCRIPTS, *RARE_SCRIPTS])


def page_of(text: str, max_lines: int = 2) -> Page:
    lines: list[tuple[Word, ...]] = []
    for line in text.split("|")[:max_lines]:
        start = sum(map(len, lines))
        lines.append(tuple(Word(word, start + n, start + n + 1, 1.0) for n, word in enumerate(line.split())))
    return Page(Span(0, 100), tuple(lines))


def setting(style: str, script: str) -> tuple[Painter, Page]:
    painter = Painter(STYLES[style], WIDTH, HEIGHT)
    if script in RARE_SCRIPTS and painter.missing(RARE_SCRIPTS[script]):
        pytest.skip(f"this computer has no font for {script}, and Duskreel's set-up installs none")
    return painter, page_of((SCRIPTS | RARE_SCRIPTS)[script], STYLES[style].max_lines)


def alpha(made: PaintedPage) -> NDArray[np.uint8]:
    return made.rgba[..., 3]


def inked(made: PaintedPage) -> tuple[int, int, int, int]:
    """The edges of everything painted, in the frame: left, top, right, bottom."""
    rows, columns = (np.flatnonzero((alpha(made) > 0).any(axis)) for axis in (1, 0))
    return (
        made.x + int(columns[0]),
        made.y + int(rows[0]),
        made.x + int(columns[-1]) + 1,
        made.y + int(rows[-1]) + 1,
    )


@every_script
def test_there_is_a_font_for_every_character(script: str) -> None:
    painter, page = setting("calm", script)
    assert painter.missing(page.text) == ""


@every_style
@every_script
def test_nothing_is_clipped(monkeypatch: pytest.MonkeyPatch, style: str, script: str) -> None:
    """Painted on a much larger canvas, it is the same to the pixel, with nothing around it."""
    painter, page = setting(style, script)
    made = painter.paint(page)
    monkeypatch.setattr(painting, "CLEAR_PX", 120)
    larger = alpha(setting(style, script)[0].paint(page, centre=0.5)).copy()
    rows, columns = alpha(made).shape
    top, left = (larger.shape[0] - rows) // 2, (larger.shape[1] - columns) // 2
    assert min(top, left) > 20
    assert (larger[top : top + rows, left : left + columns] == alpha(made)).all()
    larger[top : top + rows, left : left + columns] = 0
    assert not larger.any()
    assert not alpha(made)[[0, -1]].any()
    assert not alpha(made)[:, [0, -1]].any()


@every_style
@every_script
@pytest.mark.parametrize("centre", [None, 0.3])
def test_everything_painted_is_in_the_safe_zone_and_in_its_block(style: str, script: str, centre: float | None) -> None:
    painter, page = setting(style, script)
    left, top, right, bottom = inked(painter.paint(page, page.words[0], centre=centre))
    assert EVERYWHERE.left * WIDTH <= left < right <= EVERYWHERE.right * WIDTH
    assert EVERYWHERE.top * HEIGHT <= top < bottom <= EVERYWHERE.bottom * HEIGHT
    half = painter.block_height(page) / 2
    middle = min(STYLES[style].centre if centre is None else centre, EVERYWHERE.bottom - half)
    assert (middle - half) * HEIGHT <= top < bottom <= (middle + half) * HEIGHT


def changed(painter: Painter, page: Page, number: int) -> NDArray[np.bool_]:
    """Where a word is, by its highlight."""
    plain, lit = painter.paint(page), painter.paint(page, page.words[number])
    return np.asarray((np.abs(plain.rgba.astype(int) - lit.rgba) > 60).any(axis=-1))


@pytest.mark.parametrize("script", [script for script in [*SCRIPTS, *RARE_SCRIPTS] if script != "long"])
def test_the_word_being_said_is_the_one_that_is_coloured(script: str) -> None:
    """By where the letters before it end, as measured without painting: what is made smaller cannot be told so."""
    painter, page = setting("karaoke", script)
    number = 0
    for row, line in enumerate(page.lines):
        width = painter.measure(line_text(line))
        for index in range(len(line)):
            mask = changed(painter, page, number)
            number += 1
            if not mask.any():
                assert script == "emoji"
                continue
            columns = np.flatnonzero(mask.any(axis=0)) - mask.shape[1] / 2
            rows = np.flatnonzero(mask.any(axis=1)) - mask.shape[0] / 2
            before, after = (painter.measure(line_text(line[:end])) - width / 2 for end in (index, index + 1))
            if script in RIGHT_TO_LEFT:
                before, after = -after, -before
            assert before - 12 <= columns[0]
            assert columns[-1] <= after + 12
            if len(page.lines) > 1:
                assert rows.mean() < 0 if row == 0 else rows.mean() > 0


@every_script
def test_all_letters_take_the_colour_once(script: str) -> None:
    painter, page = setting("karaoke", script)
    masks = [changed(painter, page, number) for number in range(len(page.words))]
    plain = painter.paint(page).rgba
    letters = (plain > 250).all(axis=-1)
    if script != "emoji":
        assert (np.sum(masks, axis=0)[letters] >= 1).all()
    for one, other in pairwise(masks):
        assert (one & other).sum() <= 0.02 * max(one.sum(), other.sum())


@every_script
def test_a_highlight_in_the_text_s_own_colour_changes_nothing(script: str) -> None:
    """Only what is around the word is drawn anew: no seam may be left there."""
    style = CaptionStyle("own", "Inter-ExtraBold.otf", 76 / 1080, active_colour=WHITE, outline=7 / 1080)
    _, page = setting("karaoke", script)
    painter = Painter(style, WIDTH, HEIGHT)
    plain = painter.paint(page)
    for word in page.words:
        assert np.abs(painter.paint(page, word).rgba.astype(int) - plain.rgba).max() <= 1


@every_style
@every_script
def test_outline_or_box_is_on_all_sides_of_every_letter(style: str, script: str) -> None:
    painter, page = setting(style, script)
    if script == "emoji":
        page = page_of("ok")
    rgba = painter.paint(page).rgba
    letters = (rgba > 250).all(axis=-1)
    assert letters.any()
    is_small = painter.measure(line_text(page.lines[0])) > painter.widest
    reach = 2 if STYLES[style].box_colour or is_small else round(STYLES[style].outline * WIDTH) - 2
    around = [(np.sin(angle), np.cos(angle)) for angle in np.linspace(0, 2 * np.pi, 16, endpoint=False)]
    for distance in range(1, reach + 1):
        for down, right in around:
            beside = np.roll(letters, (round(down * distance), round(right * distance)), (0, 1))
            assert (rgba[..., 3][beside] > 150).all()


@pytest.mark.parametrize("other", ["ผู้ใหญ่", "مرحبا", "今天", "😀", "한국어", "नमस्ते"])
@pytest.mark.parametrize("style", ["karaoke"])
def test_letters_stand_on_one_line_whatever_stands_beside_them(style: str, other: str) -> None:
    painter = Painter(STYLES[style], WIDTH, HEIGHT)

    def bottom_of_first(text: str) -> float:
        mask = changed(painter, page_of(text), 0)
        return float(np.flatnonzero(mask.any(axis=1))[-1] - mask.shape[0] / 2)

    assert abs(bottom_of_first("hello") - bottom_of_first(f"hello {other}")) <= 1


@pytest.mark.parametrize("script", ["arabic", "hebrew", "chinese", "japanese", "korean", "thai", "hindi"])
def test_other_scripts_are_about_as_heavy_as_the_bundled_face(script: str) -> None:
    """Of most scripts, computers have a regular font, which is thin beside an extra bold one."""
    line = page_of(SCRIPTS[script], 1)
    style = CaptionStyle("bare", "Inter-ExtraBold.otf", 76 / 1080)
    mass = int(alpha(Painter(style, WIDTH, HEIGHT).paint(line)).astype(int).sum())
    assert mass > 1.12 * regular_mass(line.text, Painter(style, WIDTH, HEIGHT))


def regular_mass(text: str, painter: Painter) -> int:
    """How much ink a text takes if Qt draws it with what it falls back to by itself."""
    font = QFont(painter._typesetter._font)
    font.setWeight(QFont.Weight.Normal)
    image = QImage(1600, 300, QImage.Format.Format_Grayscale8)
    image.fill(0)
    canvas = QPainter(image)
    canvas.setFont(font)
    canvas.setPen(QColor("white"))
    canvas.drawText(100, 200, text)
    canvas.end()
    return int(np.frombuffer(image.constBits(), dtype=np.uint8).astype(int).sum())


def test_emoji_of_several_characters_are_one_picture() -> None:
    painter = Painter(STYLES["karaoke"], WIDTH, HEIGHT)
    one = painter.measure("😀")
    assert [painter.measure(text) for text in ("👨‍👩‍👧", "🇩🇪", "👍🏽", "❤️")] == [pytest.approx(one, rel=0.05)] * 4


@every_style
def test_emoji_are_in_colour_and_of_the_size_of_letters(style: str) -> None:
    painter = Painter(STYLES[style], WIDTH, HEIGHT)
    rgba = painter.paint(page_of("😀")).rgba.astype(int)
    yellow = (rgba[..., 0] > 200) & (rgba[..., 1] > 140) & (rgba[..., 2] < 120) & (rgba[..., 3] > 240)
    height = np.flatnonzero(yellow.any(axis=1)).size
    assert yellow.sum() > 0.4 * height**2
    assert 0.7 <= height / (STYLES[style].text_size * WIDTH) <= 1.3


def test_a_foreign_name_at_the_start_of_a_line_does_not_turn_it_round() -> None:
    painter = Painter(STYLES["karaoke"], WIDTH, HEIGHT)
    page = page_of("שלום לכולם|OK אני כאן")
    mask = changed(painter, page, 2)
    assert np.flatnonzero(mask.any(axis=0))[0] > mask.shape[1] / 2, "OK is said first: it stands at the right"


def test_a_syllable_that_was_heard_as_two_words_loses_no_sign() -> None:
    """Recognition hands out Thai in pieces, now and then in the middle of a syllable."""
    painter = Painter(STYLES["karaoke"], WIDTH, HEIGHT)
    whole = painter.paint(page_of("ผู้ใหญ่")).rgba.astype(int)
    difference = np.abs(painter.paint(page_of("ผู ้ใหญ่")).rgba - whole).max(axis=-1)
    assert (difference > 0).sum() < 30
    assert difference.max() < 60, "smoothed edges where the two halves meet"


def test_tall_lines_move_apart_and_others_do_not() -> None:
    painter = Painter(STYLES["karaoke"], WIDTH, HEIGHT)
    low = painter.block_height(page_of("one more|time"))
    assert painter.block_height(page_of("one more|more")) == pytest.approx(low, abs=0.01)
    style = CaptionStyle("tight", "Inter-ExtraBold.otf", 76 / 1080, line_height=0.9)
    tight = Painter(style, WIDTH, HEIGHT)
    filled = np.flatnonzero((alpha(tight.paint(page_of("gjpqy|ỐỂỖ"))) > 0).any(axis=1))
    assert np.diff(filled).max() > 1, "a clear row between the lines"


def test_what_no_font_can_draw_is_told() -> None:
    painter = Painter(STYLES["calm"], WIDTH, HEIGHT)
    assert painter.missing("a\U0010fffdb\u0378 \U0010fffd") == "\U0010fffd\u0378"
    assert painter.missing("plain ‘text’ – 3.50 €,\n\t\u200d\u00a0\ufe0f") == ""
    assert (alpha(painter.paint(page_of("a\U0010fffd b"))) > 0).any()


WITHOUT_FONTS = """
from duskreel.edit.pages import Page
from duskreel.export.painter import Painter
from duskreel.export.style import STYLES
from duskreel.library.entry import Word
from duskreel.timecode import Span

words = tuple(Word(text, n, n + 1, 1.0) for n, text in enumerate(["ok", "नमस्ते", "今天", "😀"]))
painter = Painter(STYLES["karaoke"], 1080, 1920)
assert painter.paint(Page(Span(0, 1), (words,)), words[1]).rgba.any()
print(ascii(painter.missing("ok नम 今 😀")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, a program does not choose where fonts are looked for")
def test_a_computer_without_any_other_font_paints_boxes_and_says_for_what(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{tmp_path}/fonts</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>", encoding="utf-8"
    )
    environment = {"FONTCONFIG_FILE": str(settings), "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert result.stdout.strip() == ascii("नम今😀"), result.stderr


def test_active_colour_is_the_style_s() -> None:
    painter, page = setting("karaoke", "arabic")
    lit = painter.paint(page, page.words[0]).rgba
    amber = (np.abs(lit[..., :3].astype(int) - AMBER[:3]) < 12).all(axis=-1)
    mask = changed(painter, page, 0)
    assert amber[mask].mean() > 0.5
    assert not amber[~mask].any()
