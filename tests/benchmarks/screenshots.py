"""Photograph every page of the window, for the README and for looking at them with a critical eye.

    python tests/benchmarks/screenshots.py FOLDER [--entries 200] [--for-readme]

The diary is made up: the sample clip, written down by the bundled model, and so many entries around it. Both themes,
1440x900 and 1280x720. Nothing is shown on a screen and no camera is needed: the sample clip stands in for it.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from duskreel.app import Program
from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Mood, Transcript, Word
from duskreel.library.values import Details, DiaryLocation
from duskreel.paths import Places, resource
from duskreel.progress import CancelToken, unheard
from duskreel.settings import Settings
from duskreel.speech.work import TranscribeRequest, transcribe_entry
from duskreel.timecode import Span
from duskreel.ui.diary.diary_header import VIEWS
from duskreel.ui.diary.diary_page import DiaryPage
from duskreel.ui.record.studio import StudioState
from duskreel.ui.share.share_dialog import ShareDialog
from ui.many_entries import plant_many
from ui.spoken_entries import transcript_of

SIZES = ((1440, 900), (1280, 720))
PATIENCE_S = 60
MEMORY_DAYS = 28
INTENTION = "I will write to the old friend who moved to the sea"
README_WIDTH_PX = 1280
README_SHOTS = ("record-dark", "diary-dark", "entry-dark", "share-dark", "check-dark", "diary-light")
NAMES = {"They": "Nordwind", "sister": "sister Mara"}
"""put into what the sample says, which names nobody, so that the check finds some"""

Step = Callable[[], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--for-readme", action="store_true", help="only a few, and small")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["duskreel"])
    with tempfile.TemporaryDirectory(prefix="screenshots-") as name:
        places, told = made_up(Path(name), chosen.entries)
        for theme in ("dark", "light"):
            settings = Settings(theme=theme, camera=str(resource("sample.mp4")), transcribes_by_itself=False)
            photograph(app, places, settings, told, Shots(chosen.folder, theme, for_readme=chosen.for_readme))


class Shots:
    """Where pictures go, and what they are called."""

    def __init__(self, folder: Path, theme: str, *, for_readme: bool) -> None:
        self._folder, self._theme, self._for_readme = folder, theme, for_readme
        self.sizes = SIZES[:1] if for_readme else SIZES

    def take(self, widget: QWidget, page: str) -> None:
        """Photograph a widget, unless the README has no use for it."""
        name = f"{page}-{self._theme}"
        if self._for_readme and name not in README_SHOTS:
            return
        image: QImage = widget.grab().toImage()
        if self._for_readme:
            image.scaledToWidth(min(README_WIDTH_PX, image.width())).save(str(self._folder / f"{name}.jpg"), quality=82)
        else:
            image.save(str(self._folder / f"{name}-{widget.window().width()}.png"))


def made_up(root: Path, count: int) -> tuple[Places, Entry | None]:
    """A diary with the sample clip in it, written down; without entries, an empty one."""
    places = Places(root / "config", root / "state", root / "models", root / "Videos" / "Duskreel")
    if not count:
        return places, None
    location = DiaryLocation(places.default_diary, places.state)
    plant_many(location.folder, count)
    with Diary.open(location) as diary:
        leave_one_memory(diary)
        details = Details(title="The day of the cardboard box", mood=Mood.BAD, feelings=("drained", "hopeful"))
        entry = diary.import_clip(resource("sample.mp4"), details, progress=unheard, token=CancelToken())
    request = TranscribeRequest(location, entry.id, "base", places.models, "en")
    transcript = transcribe_entry(request, progress=unheard, token=CancelToken())
    words = [word for word in transcript.words() if word.start_ms > 9_000][:6]
    with Diary.open(location) as diary:
        diary.save_transcript(entry, named(transcript))
        diary.protect("Nordwind", "employer")
        diary.protect("Mara", "other")
        cut = Span(words[0].start_ms, words[-1].end_ms)
        return places, diary.amend(entry.id, lambda entry: replace(entry, cuts=(cut,), tags=("job search",)))


def named(transcript: Transcript) -> Transcript:
    """With some names, as if they had been misheard and corrected."""

    def corrected(word: Word) -> Word:
        return replace(word, corrected=NAMES.get(word.text.strip()))

    segments = (replace(each, words=tuple(map(corrected, each.words))) for each in transcript.segments)
    return replace(transcript, segments=tuple(segments))


def leave_one_memory(diary: Diary) -> None:
    """Planted words are without sense, and a memory is read: leave one that makes some."""
    entries = diary.entries()
    last_day = entries[0].recorded_at.date()
    recalled = next((entry for entry in entries if (last_day - entry.recorded_at.date()).days >= MEMORY_DAYS), None)
    for entry in entries:
        if entry != recalled:
            diary.amend(entry.id, lambda entry: replace(entry, hidden_from_memories=True))
    if recalled is not None:
        diary.amend(recalled.id, lambda entry: replace(entry, mood=Mood.OKAY))
        diary.save_transcript(recalled, transcript_of(INTENTION))


def photograph(app: QApplication, places: Places, settings: Settings, told: Entry | None, shots: Shots) -> None:
    program = Program(app, places, settings, DiaryLocation(places.default_diary, places.state))
    program.start()
    for step in walk(program, told, shots):
        wait_until(step)
    program.close()
    program.window.deleteLater()


def walk(program: Program, told: Entry | None, shots: Shots) -> Iterator[Step]:
    """Goes through the pages; yields what is to be waited for before the next picture."""
    window = program.window
    for width, height in shots.sizes:
        window.resize(width, height)
        window.go_to("record")
        yield lambda: program.studio.state is StudioState.READY
        yield for_a_while(2.0)
        shots.take(window, "record")
        yield from walk_diary(program, shots)
        window.go_to("settings")
        yield for_a_while(0.6)
        shots.take(window, "settings")
        if told is not None:
            yield from walk_entry(program, told, shots)
    window.go_to("record")


def walk_diary(program: Program, shots: Shots) -> Iterator[Step]:
    window, page = program.window, program.diary_page
    window.go_to("diary")
    yield for_a_while(1.2)
    shots.take(window, "diary")
    for row in range(0, min(page.grid.model().rowCount(), 6), 2):
        page.grid.picking.toggle(row)
    yield for_a_while(0.3)
    shots.take(window, "diary-chosen")
    page.grid.picking.clear()
    if page.header.views.isVisible():
        yield from walk_views(window, page, shots)
    page.filters.search.setText("sister")
    yield for_a_while(1.0)
    shots.take(window, "diary-search")
    page.filters.search.clear()


def walk_views(window: QWidget, page: DiaryPage, shots: Shots) -> Iterator[Step]:
    for view in ("Month", "Year", "Moods", "1 year", "All"):
        press(page, view)
        yield for_a_while(0.8)
        shots.take(window, f"diary-{'' if view in VIEWS else 'moods-'}{view.lower().replace(' ', '-')}")
    for first in ("3 months", "Days"):
        press(page, first)


def press(page: QWidget, label: str) -> None:
    next(button for button in page.findChildren(QAbstractButton) if button.text() == label).click()


def walk_entry(program: Program, told: Entry, shots: Shots) -> Iterator[Step]:
    program.entry_page.show_entry(told, 12_000)
    program.window.go_to("entry")
    yield for_a_while(2.5)
    shots.take(program.window, "entry")
    program.share(told)
    dialog = program.window.findChild(ShareDialog)
    yield for_a_while(6.0)
    shots.take(dialog, "share")
    dialog.choices.make.click()
    yield for_a_while(1.0)
    for card in dialog.review.page.findings.cards[:1]:
        if card.chips.choice is None:
            card.chips.press(3)
    yield for_a_while(1.0)
    shots.take(dialog, "check")
    dialog.reject()
    yield for_a_while(0.5)


def for_a_while(seconds: float) -> Step:
    until_s = time.monotonic() + seconds
    return lambda: time.monotonic() >= until_s


def wait_until(step: Step) -> None:
    loop, timer = QEventLoop(), QTimer()
    give_up_s = time.monotonic() + PATIENCE_S
    timer.timeout.connect(lambda: loop.quit() if step() or time.monotonic() > give_up_s else None)
    timer.start(30)
    loop.exec()


if __name__ == "__main__":
    main()
