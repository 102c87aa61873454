"""What can be done with an entry from a list of them."""

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry
from duskreel.library.glance import Glance
from duskreel.library.values import SearchHit
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import icon
from duskreel.ui.messages import Action, Messages
from duskreel.ui.theme import Theme


class EntryActions(QObject):
    """Opens, stars and throws away.

    Args:
        diary: where the entries are.
        messages: where what was done can be undone.
        theme: for the icons of the menu.
        page: over which the menu opens.
    """

    opened = Signal(object)
    """with the whole Entry"""
    opened_at = Signal(object, int)
    """with the Entry and the time in ms at which words were found"""

    def __init__(self, diary: DiaryThread, messages: Messages, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._diary, self._messages, self._theme, self._page = diary, messages, theme, page

    def open(self, glance: Glance) -> None:
        """Fetch the whole entry."""
        self._diary.ask(lambda diary: diary.find(glance.id), self.opened.emit, owner=self, topic="open entry")

    def open_hit(self, hit: SearchHit) -> None:
        """Find out when the words are said."""

        def found(time_ms: int | None) -> None:
            if time_ms is None:
                self.opened.emit(hit.entry)
            else:
                self.opened_at.emit(hit.entry, time_ms)

        self._diary.ask(lambda diary: diary.time_of(hit), found, owner=self, topic="open entry")

    def star(self, glance: Glance) -> None:
        """Star it, or take the star away."""

        def starred(entry: Entry) -> Entry:
            return replace(entry, starred=not glance.starred)

        self._diary.change(lambda diary: diary.amend(glance.id, starred))

    def bin(self, glance: Glance) -> None:
        """Move it to the bin, from where one click brings it back."""

        def delete(diary: Diary) -> None:
            diary.delete(diary.find(glance.id))

        def bring_back() -> None:
            self._diary.change(lambda diary: diary.restore(glance.id))

        name = f"“{glance.title}”" if glance.title else f"The entry of {glance.time}"
        sentence = f"{name} is in the bin."
        self._diary.change(delete, lambda _: self._messages.say(sentence, Action("Undo", bring_back)), owner=self)

    def menu(self, glance: Glance, where: QPoint) -> QMenu:
        """Everything that can be done, to choose from."""
        menu = QMenu(self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        star = ("star", "Take the star away") if glance.starred else ("star-filled", "Star")
        for (name, label), do in (
            (("play", "Open"), self.open),
            (star, self.star),
            (("bin", "Move to the bin"), self.bin),
        ):
            action = menu.addAction(icon(name, self._theme.text), label)
            action.triggered.connect(lambda _checked=False, do=do: do(glance))
        menu.popup(where)
        return menu
