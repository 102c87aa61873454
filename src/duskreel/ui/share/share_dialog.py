"""Sharing: a calm, deliberate step that makes a captioned upright short of an entry."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from duskreel.errors import DiaryError
from duskreel.export.loudness import Loudness
from duskreel.export.presets import PLATFORMS
from duskreel.export.render import ExportRequest, ExportResult, export_entry
from duskreel.library.entry import Entry
from duskreel.timecode import Span, clock, subtract
from duskreel.ui.background import Background, JobState
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.job_progress import JobProgress
from duskreel.ui.making import Making
from duskreel.ui.messages import Action, Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.reveal import OpenUrl, folder_url
from duskreel.ui.share.choices_area import BAR_PX, WIDTH_PX
from duskreel.ui.share.choices_page import ChoicesPage
from duskreel.ui.share.face_search import FaceSearch
from duskreel.ui.share.framing_choice import FramingChoice
from duskreel.ui.share.more_choices import MoreChoices, day_offered_by, day_told_by, may_have_graphics_encoder
from duskreel.ui.share.preview_column import PreviewColumn
from duskreel.ui.share.preview_player import PreviewPlayer
from duskreel.ui.share.preview_sound import PreviewSound
from duskreel.ui.share.sentence_card import SentenceCard
from duskreel.ui.share.share_options import ShareOptions
from duskreel.ui.share.share_outcome import ShareDone
from duskreel.ui.share.share_review import ShareReview
from duskreel.ui.share.short_plan import Known, ShortPlan, planned
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.worker import Worker

TITLE = "Making your short"
USUAL = QSize(1000, 680)
SMALLEST = QSize(920, 560)
TALLEST_PX = 860
PREVIEW_WIDTH_PX = 32 * GRID_PX


class ShareDialog(QDialog):
    """Shows what the short will be while it is decided, then makes it. Open it with `open`.

    It may be closed while the short is made; whoever gave `messages` is then told of the end there.

    Args:
        parent: the window.
        entry: to share.
        diary: that holds it.
        preferences: for the defaults.
        background: where the short is made.
        messages: of the window, for what happens after the dialog was closed.
        theme: of the icons.
        open_url: opens files and folders with the system's programs.
    """

    shared = Signal(object)
    """with the `ExportResult`"""

    def __init__(
        self,
        parent: QWidget | None,
        entry: Entry,
        diary: DiaryThread,
        preferences: Preferences,
        background: Background,
        messages: Messages,
        theme: Theme,
        open_url: OpenUrl = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._entry, self._diary, self._preferences = entry, diary, preferences
        self._messages, self._theme, self._open_url = messages, theme, open_url
        self._known: Known | None = None
        self._plan: ShortPlan | None = None
        self._is_planned = self._makes_next = False
        self._failure: DiaryError | None = None
        self._is_closed = False
        self._framing = FramingChoice()
        self._making = Making(background, TITLE, export_entry)
        self._planning = Worker("short plan", self._fail)
        self._faces = FaceSearch(self, self._framing, lambda: diary.open_clip(entry), entry.clip_path)
        self._player = PreviewPlayer(lambda: diary.open_clip(entry), entry.clip_path)
        self._sound = PreviewSound(lambda: diary.open_clip(entry), entry.clip_path)
        self._build_ui()
        self._connect()
        # Threads that load libraries would slow down the appearing of the dialog.
        QTimer.singleShot(0, self, self._begin)

    # ---- building

    def _build_ui(self) -> None:
        self.setWindowTitle("Share")
        self.resize(_size_over(self.parentWidget()))
        name, day = f"{Path(self._entry.folder).name}.mp4", day_told_by(self._entry)
        self.preview = PreviewColumn(self._player, self._framing, self._theme)
        self.preview.setMinimumWidth(PREVIEW_WIDTH_PX)
        hint = day_offered_by(self._entry)
        more = MoreChoices(name, day, has_graphics=may_have_graphics_encoder(), day_hint=hint)
        self.options = ShareOptions(self._preferences.now, self._framing, more, self._theme)
        self.said = SentenceCard(self._theme)
        self.progress = JobProgress(TITLE)
        self.outcome = ShareDone(self._open_url, self._theme)
        self.told = Messages(self, self._theme)
        self._pages = QStackedWidget()
        self._pages.setFixedWidth(WIDTH_PX + BAR_PX)
        self.choices = ChoicesPage(_subject(self._entry), self.options, self.said, self.progress, self._theme)
        self.review = ShareReview(self, self._entry, self._diary, self._player, self._theme)
        for page in (self.choices, self.review.page, self.outcome):
            self._pages.addWidget(page)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX - BAR_PX, 3 * GRID_PX)
        columns.setSpacing(4 * GRID_PX)
        columns.addWidget(self.preview, stretch=1)
        columns.addWidget(self._pages)
        for button in self.findChildren(QPushButton):
            # Enter, pressed in passing, makes nothing.
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.options.titled.connect(self._show_beginning)
        self.options.changed.connect(self._decide)
        self.said.changed.connect(self._decide)
        self._player.ready.connect(self._show_room)
        self._player.failed.connect(self._refuse)
        self.choices.make.clicked.connect(self._review)
        self.progress.cancel.clicked.connect(self._cancel)
        for button in (self.choices.close_button, self.progress.hide_away):
            button.clicked.connect(self.reject)
        self.review.changed.connect(self._decide)
        self.review.pin_asked.connect(self.said.pin)
        self.review.page.gone_back.connect(self._show_choices)
        self.review.page.agreed.connect(self._make)
        self.review.postponed.connect(self._postpone)
        self.review.failed.connect(self._fail)
        self.outcome.closed.connect(self.accept)
        self._making.changed.connect(self._show_progress)
        self._making.made.connect(self._made)
        self._making.failed.connect(self._not_made)
        self._making.stopped.connect(self._stopped)
        self._diary.changed.connect(self._ask_for_words)
        self.finished.connect(self._wind_up)
        self._player.closed.connect(self._dispose)
        self._player.started.connect(self._sound.play_from)
        self._player.stopped.connect(self._sound.stop)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What no part of it has a use for: Space plays and pauses."""
        if event.key() == Qt.Key.Key_Space:
            self._player.toggle()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        self._player.open()
        self.options.captions.paint_samples(self._planning)
        self._ask_for_words()
        self._faces.begin(subtract([Span(0, self._entry.duration_ms)], self._entry.cuts))

    # ---- deciding

    def _ask_for_words(self) -> None:
        if not self._is_closed and not self._making.is_running:
            entry = self._entry
            self._diary.ask(lambda diary: Known.of(diary, entry), self._got_words, failed=self._fail, owner=self)

    def _got_words(self, known: Known) -> None:
        is_new = self.review.notes.take(known.entry)
        if is_new or known.differs(self._known) or self._plan is None:
            self._known = known
            self._decide()

    def _decide(self) -> None:
        known, notes, request = self._known, self.review.notes.now, self._request()
        self._is_planned = False
        if known is not None:
            self._planning.run(lambda: planned(request, known, notes), self._show_plan, owner=self, topic="outline")

    def _show_beginning(self) -> None:
        """Where the title stands."""
        if not self._player.is_playing:
            self._player.seek(0)

    def _request(self) -> ExportRequest:
        wishes, settings = self.options.wishes, self._preferences.now
        return ExportRequest(
            location=self._diary.location,
            entry_id=self._entry.id,
            output=wishes.output,
            length_ms=wishes.length_ms,
            captions=wishes.captions,
            platform=wishes.platform,
            trims_pauses=wishes.trims_pauses,
            framing=self._framing.wish,
            faces=self._framing.all_faces,
            extras=wishes.extras,
            may_replace=wishes.may_replace,
            pause_before_ms=settings.pause_before_ms,
            pause_after_ms=settings.pause_after_ms,
            loudness=Loudness(settings.loudness_lufs, settings.peak_dbtp),
            wishes=self.said.wishes,
        )

    def _show_plan(self, plan: ShortPlan) -> None:
        self._plan, told, self._is_planned = plan, plan.outline, True
        self.preview.show_outline(told, PLATFORMS[self.options.wishes.platform].safe_zone)
        self._sound.follow(told.design.timeline, told.design.hidden_sounds)
        self.options.lasts.setText(f"It lasts {clock(told.duration_ms)} of {clock(self._entry.duration_ms)}")
        self.said.show_outline(told, has_words=plan.has_words)
        self.review.show_plan(plan)
        refusal = self._failure or told.refusal
        self.choices.remarks.tell([str(refusal)] if refusal else told.warnings, is_refusal=refusal is not None)
        for button in (self.choices.make, self.review.page.go):
            button.setEnabled(refusal is None)
            button.setToolTip(str(refusal) if refusal else "Ctrl+Enter")
        if self._makes_next:
            self._start(plan)

    def _show_room(self, room: object) -> None:
        if not getattr(room, "share", 0.0):
            self.options.forbid_framing("All of it: the clip is upright already.")

    def _fail(self, error: DiaryError) -> None:
        self.told.fail(error)

    def _refuse(self, error: DiaryError) -> None:
        """The clip cannot be shown, so no short can be made of it."""
        self._failure = error
        if self._plan is not None:
            self._show_plan(self._plan)

    # ---- making

    def _go_on(self) -> None:
        (self.review.page.go if self._pages.currentWidget() is self.review.page else self.choices.make).click()

    def _review(self) -> None:
        self._player.pause()
        self._pages.setCurrentWidget(self.review.page)
        self.review.begin()

    def _show_choices(self) -> None:
        self._pages.setCurrentWidget(self.choices)
        self.choices.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> None:
        if self._making.is_running or self._plan is None or not self.review.page.go.isEnabled():
            return
        self._player.pause()
        self.told.clear()
        self._pages.setCurrentWidget(self.choices)
        self._makes_next = True
        self.progress.show_waiting()
        self._show_making()
        if self._is_planned:
            self._start(self._plan)

    def _start(self, plan: ShortPlan) -> None:
        """With everything that was decided: what was pressed a moment ago holds, too."""
        self._makes_next = False
        if self.review.page.go.isEnabled():
            request = self.review.carried_out(plan)
            self._making.start(replace(request, framing=self._framing.wish, faces=self._framing.all_faces))
        self._show_making()

    def _postpone(self) -> None:
        self._messages.say("Tomorrow it waits above your diary. Nothing was made.")
        self.accept()

    def _cancel(self) -> None:
        self.progress.show_stage("Stopping…", 0.0)
        if self._makes_next:
            self._makes_next = False
            self._stopped()
        self._making.cancel()

    def _show_making(self) -> None:
        is_making = self._making.is_running or self._makes_next
        self.choices.show_making(is_making=is_making)
        self.preview.hold_framing(is_held=is_making)

    def _show_progress(self, state: JobState) -> None:
        self.progress.show_of(self._making, state)

    def _made(self, result: ExportResult) -> None:
        # Its entry remembers it.
        self._diary.changed.emit()
        self.shared.emit(result)
        if self._is_closed:
            open_url, folder = self._open_url, folder_url(result.file)
            action = Action("Show", lambda: open_url(folder))
            self._messages.say(f"Your short is ready: {result.file.name}", action)
            self._dispose()
            return
        self._planning.run(lambda: _size_of(result.file), lambda size: self._show_done(result, size), owner=self)

    def _show_done(self, result: ExportResult, size_bytes: int) -> None:
        self._pages.setCurrentWidget(self.outcome)
        self.outcome.show_result(result, size_bytes)

    def _not_made(self, error: DiaryError) -> None:
        self._show_making()
        (self._messages if self._is_closed else self.told).fail(error)
        self._dispose()

    def _stopped(self) -> None:
        self._show_making()
        self.choices.remarks.tell(["Stopped. Nothing half done was left behind."], is_refusal=False)
        self._dispose()

    # ---- leaving

    def _wind_up(self) -> None:
        """Let go of threads and files without waiting for them; what is being made goes on."""
        self._is_closed = True
        for part in (self._player, self._sound, self._faces, self.review):
            part.close()
        self._planning.run(lambda: None, partial(_close, self._planning))
        self._dispose()

    def _dispose(self) -> None:
        is_busy = self._making.is_running or self._makes_next
        if self._is_closed and self._player.is_closed and not is_busy:
            self.deleteLater()


def _size_over(window: QWidget | None) -> QSize:
    """As high as the window allows within reason, and as much wider as the picture gets; in it, where it is small."""
    if window is None:
        return USUAL
    room = window.size() - QSize(5 * GRID_PX, 5 * GRID_PX)
    height_px = min(max(room.height(), SMALLEST.height()), TALLEST_PX)
    width_px = USUAL.width() + max(height_px - USUAL.height(), 0) * 9 // 16
    return QSize(max(min(width_px, room.width()), SMALLEST.width()), height_px)


def _close(worker: Worker, _: object) -> None:
    worker.close()


def _subject(entry: Entry) -> str:
    day = f"{entry.recorded_at:%A}, {entry.recorded_at.day} {entry.recorded_at:%B %Y}"
    return f"{entry.title}, {day}" if entry.title else day


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        # It was moved away already, or its disk was; it has no size to tell.
        return 0
