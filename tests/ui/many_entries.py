"""A diary of thousands of entries in a few seconds: what the window must stay quick with.

Sidecars are the library's own spelling; clips are links to one, and posters to a few. Try it by hand with

    python tests/ui/many_entries.py FOLDER [--count 5000]
"""

import argparse
import itertools
import json
import os
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter, QRadialGradient
from ulid import ULID

from clips import make_clip
from duskreel.library.entry import Entry, Mood, Segment, Transcript, Word
from duskreel.library.folder import POSTER
from duskreel.library.sidecars import ENTRY, TRANSCRIPT
from duskreel.library.taking import CLIP

WEST = timezone(timedelta(hours=-5))
LAST_DAY = date(2026, 11, 23)
PER_DAY = (2, 1, 1, 0, 1, 1, 1, 0, 3, 1)
POSTER_HUES = range(0, 360, 15)
POSTER_SIZE = (640, 360)
UPRIGHT_SIZE = (360, 640)
TITLES = (
    *("Twelve applications", "The call that never came", "", "", "A walk by the river", "", "Second interview"),
    *("Mum's birthday", "", "I finally slept", "", "What I would tell my younger self about days like this one"),
)
FEELINGS = (("drained", "worried"), ("hopeful",), (), ("calm", "grateful"), ("frustrated",), ("proud", "relieved"))
TAGS = (("job search",), (), (), ("family",), ("health",), (), ("job search", "money"))
SPOKEN = (
    "today was one of those days where I sent out another application and waited for the phone to ring but then the"
    " light came through the kitchen window and I thought about how far we have come since the spring when everything"
    " stopped and nobody knew what to say my sister called and we laughed about the old car it helped more than I can"
    " tell tomorrow I will try again one letter at a time maybe a walk by the river first"
)
STEADY = 7
"""the seed: the same diary every time"""


def plant_many(folder: Path, count: int) -> list[Entry]:
    """Put so many entries, newest first, into a diary that nobody has open."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(STEADY)  # noqa: S311 - variety, not secrecy
    clip = make_clip(folder.parent / "one for all.mp4", duration_s=1.0)
    posters = _posters(folder.parent / "posters")
    entries = [_entry(number, moment, chance) for number, moment in enumerate(itertools.islice(_moments(), count))]
    for number, entry in enumerate(entries):
        home = folder / entry.folder
        home.mkdir(parents=True)
        os.link(clip, home / entry.clip)
        os.link(posters[number % len(posters)], home / POSTER)
        _write(home / ENTRY, entry.to_json())
        if number % 23 != 3:
            _write(home / TRANSCRIPT, _transcript(chance).to_json())
    return entries


def _moments() -> Iterator[datetime]:
    for days_ago, many in enumerate(itertools.cycle(PER_DAY)):
        day = LAST_DAY - timedelta(days=days_ago)
        for turn in range(many, 0, -1):
            yield datetime(day.year, day.month, day.day, 10 + 4 * turn, (days_ago * 7) % 60, tzinfo=WEST)


def _entry(number: int, moment: datetime, chance: random.Random) -> Entry:
    mood = chance.choice([None, 1, 2, 2, 3, 3, 3, 4, 4, 5])
    return Entry(
        id=str(ULID.from_datetime(moment + timedelta(milliseconds=number % 1000))),
        folder=f"entries/{moment:%Y}/{moment:%m}/{moment:%Y-%m-%d %H.%M.%S} {number:04}",
        clip=CLIP,
        recorded_at=moment,
        source="camera",
        duration_ms=chance.randrange(20_000, 400_000),
        width=1280,
        height=720,
        title=chance.choice(TITLES),
        mood=None if mood is None else Mood(mood),
        feelings=chance.choice(FEELINGS),
        tags=chance.choice(TAGS),
        starred=number % 9 == 2,
        recovered=number % 31 == 5,
    )


def _transcript(chance: random.Random) -> Transcript:
    texts = [chance.choice(SPOKEN.split()) for _ in range(chance.randrange(60, 160))]
    words = tuple(Word(text, 300 * at, 300 * at + 250, 0.9) for at, text in enumerate(texts))
    return Transcript("base", "en", 0.98, datetime(2026, 11, 23, tzinfo=UTC), (Segment(0, 300 * len(words), words),))


def _write(path: Path, data: dict[str, object]) -> None:
    """Without waiting for the disk, which the library does for every file."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _posters(folder: Path) -> list[Path]:
    folder.mkdir()
    made = []
    for number, hue in enumerate(POSTER_HUES):
        size = UPRIGHT_SIZE if number % 6 == 4 else POSTER_SIZE
        made.append(folder / f"{hue}.jpg")
        _picture(hue, size).save(str(made[-1]), "JPEG", 85)
    return made


def _picture(hue: int, size: tuple[int, int]) -> QImage:
    """Somebody in a room at dusk, as far as a few shapes can be that."""
    width, height = size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wall = QLinearGradient(QPointF(0, 0), QPointF(width, height))
    wall.setColorAt(0, QColor.fromHsv(hue, 90, 120))
    wall.setColorAt(1, QColor.fromHsv((hue + 40) % 360, 130, 45))
    painter.fillRect(image.rect(), wall)
    lamp = QRadialGradient(QPointF(width * 0.82, height * 0.25), width * 0.3)
    lamp.setColorAt(0, QColor(255, 220, 160, 200))
    lamp.setColorAt(1, QColor(255, 220, 160, 0))
    painter.fillRect(image.rect(), lamp)
    painter.setPen(Qt.PenStyle.NoPen)
    side = min(width, height)
    painter.setBrush(QColor.fromHsv((hue + 200) % 360, 110, 90))
    painter.drawEllipse(QRectF(width / 2 - side * 0.42, height * 0.68, side * 0.84, side * 0.9))
    painter.setBrush(QColor(214, 170, 140))
    painter.drawEllipse(QRectF(width / 2 - side * 0.17, height * 0.5 - side * 0.24, side * 0.34, side * 0.44))
    painter.end()
    return image


def main() -> None:
    """Make a diary to try the window with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    arguments = parser.parse_args()
    application = QGuiApplication([])
    plant_many(arguments.folder, arguments.count)
    application.quit()


if __name__ == "__main__":
    main()
