"""What was looked for stands out."""

from duskreel.library.values import HIT_END, HIT_START
from duskreel.ui.diary.hit_list import Marked


def test_marks_become_stretches_of_the_text() -> None:
    snippet = "…by the [river] and the [riv]er…".replace("[", HIT_START).replace("]", HIT_END)
    marked = Marked.of(snippet)
    assert marked.text == "…by the river and the river…"
    assert [marked.text[start : start + length] for start, length in marked.hits] == ["river", "riv"]


def test_text_without_marks_is_left_alone() -> None:
    assert Marked.of("nothing") == Marked("nothing", ())
