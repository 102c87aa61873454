"""What was looked for stands out."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from duskreel.library.entry import Entry
from duskreel.library.values import HIT_END, HIT_START, SearchHit
from duskreel.ui.diary.hit_list import HitModel, Marked


def test_marks_become_stretches_of_the_text() -> None:
    snippet = "…by the [river] and the [riv]er…".replace("[", HIT_START).replace("]", HIT_END)
    marked = Marked.of(snippet)
    assert marked.text == "…by the river and the river…"
    assert [marked.text[start : start + length] for start, length in marked.hits] == ["river", "riv"]


def test_text_without_marks_is_left_alone() -> None:
    assert Marked.of("nothing") == Marked("nothing", ())


@pytest.mark.parametrize(
    ("snippet", "said"),
    [
        ("A walk by the [river]", "Monday, 23 November 2026 · 18:04, A walk by the river"),
        ("we saw the [river]", "Monday, 23 November 2026 · 18:04, A walk by the river, we saw the river"),
    ],
)
def test_a_title_that_was_found_is_said_once(snippet: str, said: str) -> None:
    at = datetime(2026, 11, 23, 18, 4, tzinfo=UTC)
    entry = Entry("1", "entries/1", "clip.mp4", at, "camera", 1000, 160, 90, title="A walk by the river")
    model = HitModel()
    model.show([SearchHit(entry, snippet.replace("[", HIT_START).replace("]", HIT_END))])
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == said
