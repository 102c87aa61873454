"""Looking back: a reel with a moment of each day of a month, a year or any days."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from duskreel.errors import DiaryError
from duskreel.export.loudness import Loudness
from duskreel.export.recap import RecapRequest, RecapResult, render_recap
from duskreel.memories.recap import MomentKind, Stretch
from duskreel.memories.recap_looking import RecapWishes, plan_recap
from duskreel.memories.wording import period
from duskreel.timecode import clock
from duskreel.ui.background import Background, JobState
from duskreel.ui.buttons import main_button, plain_button
from duskreel.ui.dialogs import ask_for_file, ask_for_new_file
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.job_progress import JobProgress
from duskreel.ui.making import Making
from duskreel.ui.messages import Action, Messages
from duskreel.ui.preferences import Preferences
from duskreel.ui.reel.draft import Draft
from duskreel.ui.reel.moments_page import MomentsPage
from duskreel.ui.reel.options_page import OptionsPage
from duskreel.ui.reel.reel_desk import Others, ReelDesk
from duskreel.ui.reel.undecided import Undecided
from duskreel.ui.reveal import OpenUrl, folder_url
from duskreel.ui.theme import GRID_PX, Theme
from duskreel.ui.widgets.remarks import Remarks

LARGEST = QSize(1120, 800)
SMALLEST = QSize(800, 520)
CHOOSING, MAKING = "Choosing moments", "Making your reel"


class ReelDialog(QDialog):
    """First what the reel is to be like, then its moments, one for each day. Open it with `open`.

    It may be closed while the reel is made; whoever gave `messages` is told of the end there in any case.

    Args:
        parent: the window.
        days: to look back on.
        diary: that has them.
        preferences: for the names of moods and the loudness.
        background: where moments are chosen and the reel is made.
        messages: of the window.
        theme: of colours and icons.
        open_url: opens folders with the system's programs.
    """

    def __init__(
        self,
        parent: QWidget | None,
        days: Stretch,
        diary: DiaryThread,
        preferences: Preferences,
        background: Background,
        messages: Messages,
        theme: Theme,
        open_url: OpenUrl = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._days, self._diary, self._preferences = days, diary, preferences
        self._messages, self._theme, self._open_url = messages, theme, open_url
        self._drafts: dict[MomentKind, Draft] = {}
        self._shown_kind: MomentKind = "second"
        self._is_unsaved = self._is_closed = False
        self._choosing = Making(background, CHOOSING, plan_recap)
        self._making = Making(background, MAKING, render_recap)
        self._desk = ReelDesk(self, diary, self._fail)
        self._undecided = Undecided(self, diary.location, lambda: preferences.now.platform)
        self._build_ui()
        self._connect()
        self._show_page(self.first)

    # ---- building

    def _build_ui(self) -> None:
        self.resize(_size_over(self.parentWidget()))
        self.setMinimumSize(SMALLEST)
        self.title, self.summary = QLabel(), QLabel()
        self._name(period(self._days.first, self._days.last))
        self.title.setProperty("role", "title")
        self.summary.setProperty("role", "muted")
        self.first = OptionsPage()
        self.moments = MomentsPage(self._diary, self._preferences.now.mood_names, self._theme)
        self._pages = QStackedWidget()
        for page in (self.first, self.moments):
            self._pages.addWidget(page)
        self.remarks = Remarks(self._theme)
        self.progress = JobProgress(CHOOSING)
        self.progress.hide()
        self.told = Messages(self, self._theme)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID_PX)
        head.addWidget(self.title)
        head.addWidget(self.summary, stretch=1, alignment=Qt.AlignmentFlag.AlignBottom)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX, 3 * GRID_PX)
        rows.setSpacing(2 * GRID_PX)
        rows.addLayout(head)
        rows.addWidget(self._pages, stretch=1)
        for widget in (self.remarks, self._built_foot(), self.progress):
            rows.addWidget(widget)
        for button in self.findChildren(QPushButton):
            # Enter, pressed in passing, makes nothing.
            button.setAutoDefault(False)

    def _built_foot(self) -> QWidget:
        self.back = plain_button("Back", "chevron-left", self._theme)
        self.open_plan = plain_button("Open a plan…")
        self.open_plan.setToolTip("Moments that were kept in a file before")
        self.save_plan = plain_button("Save the plan…")
        self.save_plan.setToolTip("Keep the choice of moments in a file, to be changed or used another time")
        for button in (self.open_plan, self.save_plan):
            button.setProperty("role", "link")
        self.close_button = plain_button("Close")
        self.go_on = main_button("Choose the moments")
        self.go_on.setToolTip("Ctrl+Enter")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID_PX)
        for button in (self.back, self.open_plan, self.save_plan):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        row.addWidget(self.go_on)
        return self._foot

    def _connect(self) -> None:
        self.first.options.changed.connect(self._show_state)
        self.moments.toggled.connect(lambda row: self._change(self._draft.toggled(row)))
        self.moments.another_asked.connect(self._show_another)
        self.moments.hard_days_wanted.connect(self._keep_hard_days)
        self.back.clicked.connect(lambda: self._show_page(self.first))
        self.open_plan.clicked.connect(lambda: ask_for_file(self, "Open a plan", "Plans (*.json)", self.read_plan))
        self.save_plan.clicked.connect(self._ask_where_to_save)
        self.close_button.clicked.connect(self.reject)
        self.go_on.clicked.connect(self._go_on)
        self.progress.cancel.clicked.connect(self._cancel)
        self.progress.hide_away.clicked.connect(self.reject)
        self._choosing.made.connect(lambda plan: self._desk.draft(plan, self._take_chosen))
        self._making.made.connect(self._made)
        for making in (self._choosing, self._making):
            making.changed.connect(self._shows_of(making))
            making.made.connect(self._show_running)
            making.failed.connect(self._not_made)
            making.stopped.connect(self._stopped)
        self._undecided.changed.connect(self._show_undecided)
        self.finished.connect(self._wind_up)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on.click)

    def _shows_of(self, making: Making) -> Callable[[JobState], None]:
        return lambda state: self.progress.show_of(making, state)

    # ---- deciding

    @property
    def _kind(self) -> MomentKind:
        return self.first.options.wishes.kind

    @property
    def _draft(self) -> Draft:
        return self.moments.draft

    @property
    def _is_running(self) -> bool:
        return self._choosing.is_running or self._making.is_running

    @property
    def _is_at_moments(self) -> bool:
        return self._pages.currentWidget() is self.moments

    def _go_on(self) -> None:
        if self._is_running:
            return
        if self._is_at_moments:
            self._make()
        elif self._kind in self._drafts:
            self._show_moments()
        else:
            self._begin(self._choosing, CHOOSING, RecapWishes(self._diary.location, self._days, self._kind))

    def _take_chosen(self, draft: Draft) -> None:
        self._drafts[self._kind] = draft
        self._is_unsaved = True
        self._show_moments()

    def _take_read(self, draft: Draft) -> None:
        self._drafts[self._kind] = draft
        self._name(_name_of(draft))
        self._show_moments()

    def _show_moments(self) -> None:
        self._shown_kind = self._kind
        self._show_page(self.moments)
        self._show(self._drafts[self._kind].with_hard_days(is_kept=self.first.options.wishes.keeps_hard_days))
        self.moments.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change(self, draft: Draft) -> None:
        """The user has decided something."""
        self._is_unsaved = True
        self._show(draft)

    def _show(self, draft: Draft) -> None:
        self._drafts[self._shown_kind] = draft
        self.moments.show_draft(draft)
        self._undecided.look_through(day.moment for day in draft.days)
        self._show_undecided()
        self._show_state()

    def _show_undecided(self) -> None:
        wishes = self.first.options.wishes
        is_heard_or_read = not wishes.is_muted or wishes.has_captions
        self.moments.show_undecided(self._undecided.told(self._draft.wanted.moments) if is_heard_or_read else ())

    def _keep_hard_days(self) -> None:
        self.first.options.hard_days.choose(value=True)
        self._show(self._draft.with_hard_days(is_kept=True))

    def _show_another(self, row: int) -> None:
        draft = self._draft
        if draft.has_looked(row):
            self._change(draft.with_next(row))
            return
        moment = draft.days[row].moment
        wishes = RecapWishes(self._diary.location, self._days, self._shown_kind)

        def looked(others: Others) -> None:
            self.moments.show_looking(is_looking=False)
            # Meanwhile, the user may have gone on, and changed other days.
            now = self._draft
            at = next((at for at, day in enumerate(now.days) if day.moment == moment), None)
            if at is not None:
                self._change(now.looked(at, *others).with_next(at))

        self.moments.show_looking(is_looking=True)
        self._desk.look_again(wishes, moment, looked)

    # ---- plans in files

    def read_plan(self, file: str) -> None:
        """Show the moments that a file names."""
        self._desk.read(Path(file), self._take_read)

    def write_plan(self, file: str) -> None:
        """Keep the moments in a file."""
        self._desk.write(Path(file), self._draft.wanted, self._saved)

    def _ask_where_to_save(self) -> None:
        ask_for_new_file(self, "Save the plan", f"recap {self._draft.plan.name}.json", self.write_plan)

    def _saved(self) -> None:
        self._is_unsaved = False
        self.told.say("The plan is saved.")

    # ---- showing

    def _name(self, days: str) -> None:
        self.setWindowTitle(f"A reel of {days}")
        self.title.setText(self.windowTitle())

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.moments.pause()
        for button, is_here in ((self.back, self._is_at_moments), (self.save_plan, self._is_at_moments)):
            button.setVisible(is_here)
        self.open_plan.setVisible(not self._is_at_moments)
        self.remarks.tell((), is_refusal=False)
        self._show_state()

    def _show_state(self) -> None:
        if not self._is_at_moments:
            self.summary.setText("")
            is_known = self._kind in self._drafts
            self.go_on.setText("Show the moments" if is_known else "Choose the moments")
            self.go_on.setEnabled(True)
            return
        self.go_on.setText("Make the reel")
        self.go_on.setEnabled(self._draft.shown_count > 0)
        self.save_plan.setEnabled(bool(self._draft.days))
        self.summary.setText(self._draft.summary)

    def _show_running(self) -> None:
        self.progress.setVisible(self._is_running)
        self._foot.setVisible(not self._is_running)
        self._pages.setEnabled(not self._is_running)
        self._dispose()

    # ---- making

    def _begin(self, making: Making, title: str, inputs: object) -> None:
        self.told.clear()
        self.remarks.tell((), is_refusal=False)
        self.progress.show_waiting(title)
        # A choice that nobody looks at is of no use.
        self.progress.hide_away.setVisible(title == MAKING)
        making.start(inputs)
        self._show_running()

    def _make(self) -> None:
        self.moments.pause()
        wishes, settings = self.first.options.wishes, self._preferences.now
        plan = self._draft.wanted
        request = RecapRequest(
            location=self._diary.location,
            moments=plan.moments,
            name=f"recap {plan.name}",
            output=None,
            shape=wishes.shape,
            has_labels=wishes.has_labels,
            is_muted=wishes.is_muted,
            may_replace=False,
            loudness=Loudness(settings.loudness_lufs, settings.peak_dbtp),
            captions=settings.caption_style if wishes.has_captions else None,
        )
        self._begin(self._making, MAKING, request)

    def _cancel(self) -> None:
        self.progress.show_stage("Stopping…", 0.0)
        for making in (self._choosing, self._making):
            making.cancel()

    def _made(self, result: RecapResult) -> None:
        open_url, folder = self._open_url, folder_url(result.file)
        told = f"Your reel is ready: {result.file.name} ({clock(result.duration_ms)})"
        self._messages.tell(told, "\n".join(result.warnings), Action("Show in folder", lambda: open_url(folder)))
        self._is_unsaved = False
        if not self._is_closed:
            self.accept()

    def _not_made(self, error: DiaryError) -> None:
        self._fail(error)
        self._show_running()

    def _fail(self, error: DiaryError) -> None:
        if self._is_closed:
            self._messages.fail(error)
        else:
            self.moments.show_looking(is_looking=False)
            self.remarks.tell([str(error)], is_refusal=True)

    def _stopped(self) -> None:
        self.remarks.tell(["Stopped. Nothing half done was left behind."], is_refusal=False)
        self._show_running()

    # ---- leaving

    def reject(self) -> None:
        """Close; asks first where that would lose what was decided."""
        if self._is_unsaved and not self._making.is_running:
            question = "Close without making the reel?"
            self.told.confirm(question, "The choice of moments would be lost.", "Close", self._give_up, no="Go on")
        else:
            super().reject()

    def _give_up(self) -> None:
        self.done(QDialog.DialogCode.Rejected)

    def _wind_up(self) -> None:
        """Let go of threads and files without waiting for them; a reel that is being made goes on."""
        self._is_closed = True
        self._choosing.cancel()
        self._desk.close()
        self._undecided.close()
        self.moments.close_all()
        self._dispose()

    def _dispose(self) -> None:
        if self._is_closed and not self._is_running:
            self.deleteLater()


def _size_over(window: QWidget | None) -> QSize:
    """A little smaller than the window."""
    if window is None:
        return LARGEST
    return QSize(window.width() - 6 * GRID_PX, window.height() - 5 * GRID_PX).boundedTo(LARGEST).expandedTo(SMALLEST)


def _name_of(draft: Draft) -> str:
    """The days of a plan, in words where its name is that of a month or a year."""
    try:
        days = Stretch.named(draft.plan.name)
    except ValueError:
        return draft.plan.name
    return period(days.first, days.last)
