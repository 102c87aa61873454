"""What can be done with an entry from a list of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from duskreel.library.bulk import Amended
from duskreel.library.entry import Entry, Mood
from duskreel.library.glance import Glance
from duskreel.library.values import SearchHit
from duskreel.memories.wording import entries
from duskreel.settings import Settings
from duskreel.ui.diary_thread import DiaryThread
from duskreel.ui.icons import icon
from duskreel.ui.messages import Action, Messages
from duskreel.ui.theme import Theme

Meant = Glance | list[Glance]


class EntryActions(QObject):
    """Opens; and stars, tags, hides or throws away one entry or several.

    Args:
        diary: where the entries are.
        messages: where what was done can be undone.
        theme: for the icons of the menu.
        page: over which the menu opens.
        mood_names: from awful to great.
    """

    opened = Signal(object)
    """with the whole Entry"""
    opened_at = Signal(object, int)
    """with the Entry and the time in ms at which words were found"""

    def __init__(
        self,
        diary: DiaryThread,
        messages: Messages,
        theme: Theme,
        page: QWidget,
        mood_names: tuple[str, ...] = Settings.mood_names,
    ) -> None:
        super().__init__(page)
        self._mood_names = mood_names
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

    def star(self, meant: Meant) -> None:
        """Star them; if all have a star, take it away."""
        glances = _list(meant)
        is_starred = not all(glance.starred for glance in glances)
        done = "starred" if is_starred else "without a star"
        self._change(glances, lambda entry: replace(entry, starred=is_starred), done)

    def hide(self, meant: Meant, *, is_hidden: bool = True) -> None:
        """Keep them out of memories, or let them in again."""
        done = "kept out of memories" if is_hidden else "let into memories"
        self._change(_list(meant), lambda entry: replace(entry, hidden_from_memories=is_hidden), done)

    def set_mood(self, meant: Meant, mood: Mood | None) -> None:
        """Say how they all felt."""
        done = "without a mood" if mood is None else f"marked “{self._mood_names[mood - 1]}”"
        self._change(_list(meant), lambda entry: replace(entry, mood=mood), done)

    def tag(self, meant: Meant, tag: str) -> None:
        """Give them a tag; those that have it keep it."""
        tag = tag.strip()

        def tagged(entry: Entry) -> Entry:
            has_it = tag.casefold() in (known.casefold() for known in entry.tags)
            return entry if has_it else replace(entry, tags=(*entry.tags, tag))

        if tag:
            self._change(_list(meant), tagged, f"tagged “{tag}”")

    def ask_for_tag(self, meant: Meant) -> QInputDialog:
        """Which tag? Nothing changes if the user thinks better of it."""
        dialog = QInputDialog(self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Add a tag")
        dialog.setLabelText(f"Tag for {entries(len(_list(meant)))}:")
        dialog.textValueSelected.connect(lambda tag: self.tag(meant, tag))
        dialog.open()
        return dialog

    def bin(self, meant: Meant) -> None:
        """Move them to the bin, from where one click brings them back."""
        glances = _list(meant)
        ids = [glance.id for glance in glances]

        def done(amended: Amended) -> None:
            self._tell_refused(amended)
            gone = [entry.id for entry in amended.entries]
            sentence = f"{_called(glances, len(gone))} in the bin."
            if gone:
                self._messages.say(sentence, Action("Undo", lambda: self._bring_back(gone)))

        self._diary.change(lambda diary: diary.delete_all(ids), done, owner=self)

    def menu(self, meant: Meant, where: QPoint) -> QMenu:
        """Everything that can be done, to choose from."""
        menu = QMenu(self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        glances = _list(meant)
        is_starred = all(glance.starred for glance in glances)
        if len(glances) == 1:
            self._offer(menu, "play", "Open", lambda: self.open(glances[0]))
        star = ("star", "Take the star away") if is_starred else ("star-filled", "Star")
        self._offer(menu, *star, lambda: self.star(meant))
        self._offer(menu, "tag", "Add a tag…", lambda: self.ask_for_tag(meant))
        moods = menu.addMenu(icon("mood-none", self._theme.text), "Mood")
        for mood in reversed(Mood):
            name = self._mood_names[mood - 1].capitalize()
            self._offer(moods, f"mood-{int(mood)}", name, partial(self.set_mood, meant, mood))
        self._offer(moods, "mood-none", "None", lambda: self.set_mood(meant, None))
        self._offer(menu, "hidden", "Keep out of memories", lambda: self.hide(meant))
        self._offer(menu, "visible", "Let into memories", lambda: self.hide(meant, is_hidden=False))
        self._offer(menu, "bin", "Move to the bin", lambda: self.bin(meant))
        menu.popup(where)
        return menu

    def _offer(self, menu: QMenu, name: str, label: str, do: Callable[[], object]) -> None:
        action = menu.addAction(icon(name, self._theme.text), label)
        action.triggered.connect(lambda _checked=False: do())

    def _change(self, glances: list[Glance], change: Callable[[Entry], Entry], done: str) -> None:
        """Change them all; one click puts back what several had before."""
        ids = [glance.id for glance in glances]
        before: dict[str, Entry] = {}

        def changed(entry: Entry) -> Entry:
            before[entry.id] = entry
            return change(entry)

        def tell(amended: Amended) -> None:
            self._tell_refused(amended)
            if len(ids) > 1 and amended.entries:
                sentence = f"{entries(len(amended.entries))} {done}."
                self._messages.say(sentence, Action("Undo", lambda: self._put_back(before)))

        self._diary.change(lambda diary: diary.amend_all(ids, changed), tell, owner=self)

    def _put_back(self, before: dict[str, Entry]) -> None:
        def put_back(entry: Entry) -> Entry:
            was = before[entry.id]
            return replace(
                entry,
                starred=was.starred,
                hidden_from_memories=was.hidden_from_memories,
                mood=was.mood,
                tags=was.tags,
            )

        self._diary.change(lambda diary: diary.amend_all(list(before), put_back), self._tell_refused, owner=self)

    def _bring_back(self, ids: list[str]) -> None:
        self._diary.change(lambda diary: diary.restore_all(ids), self._tell_refused, owner=self)

    def _tell_refused(self, amended: Amended) -> None:
        for error in amended.refused[:1]:
            self._messages.fail(error)


def _list(meant: Meant) -> list[Glance]:
    # A Glance is a tuple itself, so that only a list is several.
    return meant if isinstance(meant, list) else [meant]


def _called(glances: list[Glance], count: int) -> str:
    if len(glances) > 1:
        return f"{entries(count)} {'is' if count == 1 else 'are'}"
    (glance,) = glances
    return f"“{glance.title}” is" if glance.title else f"The entry of {glance.time} is"
