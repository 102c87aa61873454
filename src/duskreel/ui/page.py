"""What every page of the window has in common."""

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the main window.

    `enter` is called when it comes into sight and `leave` before it goes, so that a page which nobody sees opens no
    camera and plays no sound.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")

    def enter(self) -> None:
        """The page is about to be seen."""

    def leave(self) -> None:
        """The page is about to be left."""

    def reason_to_stay(self) -> str:
        """Why the window should not be closed just now, as a question's detail; empty if it may be."""
        return ""
