"""A button beside the search field: searches that were given a name, to use, to keep, to rename and to remove."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QMenu, QWidget

from duskreel.library import searches
from duskreel.library.diary import Diary
from duskreel.library.searches import LONGEST_NAME, SavedSearch
from duskreel.ui.buttons import icon_button, main_button, plain_button
from duskreel.ui.dialog_layout import lay_out
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import icon
from duskreel.ui.messages import Action, Messages
from duskreel.ui.theme import GRID_PX, Theme

NAME_WIDTH_PX = 40 * GRID_PX
LONGEST_LABEL = 40


class SavedSearches(QWidget):
    """The button and its menu.

    Args:
        diary: in whose folder the searches are kept.
        current: what is being looked for now, as a query; "" for nothing.
        messages: where a removal can be undone.
        theme: of colours.
    """

    chosen = Signal(str)
    """with the query to look for"""

    def __init__(self, diary: DiaryThread, current: Callable[[], str], messages: Messages, theme: Theme) -> None:
        super().__init__()
        self._diary, self._current, self._messages, self._theme = diary, current, messages, theme
        self.button = icon_button("more", "Saved searches", theme)
        self.menu = QMenu(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._ask)

    def _ask(self) -> None:
        self._diary.ask(_all, self._open, owner=self, topic="saved searches")

    def _open(self, known: Sequence[SavedSearch]) -> None:
        self._fill(known)
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _fill(self, known: Sequence[SavedSearch]) -> None:
        menu = self.menu
        menu.clear()
        query = self._current()
        save = menu.addAction(icon("plus", self._theme.text), "Save this search…")
        save.setEnabled(bool(query))
        save.triggered.connect(partial(self._ask_for_name, "Save this search", query, "", partial(self._save, query)))
        menu.addSeparator()
        if not known:
            menu.addAction("No saved searches yet").setEnabled(False)
            return
        for search in known:
            action = menu.addAction(icon("search", self._theme.muted), _label(search.name))
            action.setToolTip(search.query)
            action.triggered.connect(partial(self.chosen.emit, search.query))
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        self._add_deeds(known)

    def _add_deeds(self, known: Sequence[SavedSearch]) -> None:
        rename, remove = self.menu.addMenu("Rename"), self.menu.addMenu("Remove")
        for search in known:
            renamed = partial(self._rename, search.name)
            rename.addAction(f"{_label(search.name)}…").triggered.connect(
                partial(self._ask_for_name, "Rename this search", search.query, search.name, renamed)
            )
            remove.addAction(_label(search.name)).triggered.connect(partial(self._remove, search))

    def _ask_for_name(
        self, title: str, query: str, name: str, do: Callable[[str], object], _checked: bool = False
    ) -> None:
        dialog = NameDialog(self, title, query, name)
        dialog.chosen.connect(do)
        dialog.open()

    def _save(self, query: str, name: str) -> None:
        self._diary.ask(
            lambda diary: searches.save(diary.location.folder, name, query, _now()),
            lambda saved: self._messages.say(f"Saved as “{saved.name}”."),
            owner=self,
        )

    def _rename(self, name: str, new_name: str) -> None:
        self._diary.ask(
            lambda diary: searches.rename(diary.location.folder, name, new_name, _now()),
            lambda saved: self._messages.say(f"The search is called “{saved.name}” now."),
            owner=self,
        )

    def _remove(self, search: SavedSearch, _checked: bool = False) -> None:
        undo = Action("Undo", partial(self._save, search.query, search.name))
        self._diary.ask(
            lambda diary: searches.remove(diary.location.folder, search.name, _now()),
            lambda gone: self._messages.say(f"The search “{gone.name}” is gone. No entry was changed.", undo),
            owner=self,
        )


class NameDialog(QDialog):
    """A name to type.

    Args:
        parent: over which it opens.
        title: what it is for.
        query: that gets the name.
        name: that it has already.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, title: str, query: str, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMinimumWidth(NAME_WIDTH_PX)
        self.name.setPlaceholderText("Name")
        self.name.setAccessibleName("Name of the search")
        self.no, self.yes = plain_button("Cancel"), main_button("Save")
        self._build_ui(title, query)
        self.name.textChanged.connect(self._show_state)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.chosen.emit(self.name.text().strip()))
        self.name.selectAll()
        self._show_state()

    def _build_ui(self, title: str, query: str) -> None:
        shown = QLabel(query)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setProperty("role", "muted")
        shown.setWordWrap(True)
        self.yes.setDefault(True)
        lay_out(self, title, (shown, self.name), (self.no, self.yes))

    def _show_state(self) -> None:
        self.yes.setEnabled(bool(self.name.text().strip()))


def _all(diary: Diary) -> list[SavedSearch]:
    return searches.load(diary.location.folder)


def _now() -> datetime:
    return datetime.now().astimezone()


def _label(name: str) -> str:
    short = name if len(name) <= LONGEST_LABEL else f"{name[:LONGEST_LABEL].rstrip()}…"
    return short.replace("&", "&&")
