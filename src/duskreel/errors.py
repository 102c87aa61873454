"""The two ways in which work ends without a result and without a bug."""


class DiaryError(Exception):
    """A known failure of the world around the program: a full disk, a broken file, a missing model.

    Raised where the context is known, shown once, by whoever talks to the user. Anything else that is raised
    is a bug and is not caught.

    Args:
        what_happened: one sentence, with the name of the thing it happened to.
        what_to_do: one sentence that a tired person can act on.
    """

    def __init__(self, what_happened: str, what_to_do: str) -> None:
        super().__init__(what_happened, what_to_do)
        self.what_happened = what_happened
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.what_happened} {self.what_to_do}"


class Cancelled(Exception):  # noqa: N818 - a wish of the user's, not an error
    """The user asked for the work to stop, and it has stopped without leaving anything behind."""
