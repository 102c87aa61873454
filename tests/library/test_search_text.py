from collections.abc import Callable
from dataclasses import replace

import pytest

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.search_text import time_of
from duskreel.library.values import HIT_END, HIT_START

SPOKEN = "today I walked by the river and the light on the river was kind " * 3


def marked(text: str) -> str:
    return text.replace("[", HIT_START).replace("]", HIT_END)


@pytest.mark.parametrize(
    ("snippet", "word"),
    [("today I [walked] by", 2), ("…by the [river] and the…", 5), ("…on the [river] was [kind] today…", 11)],
)
def test_the_time_is_that_of_the_first_marked_word(snippet: str, word: int, said: Callable[[str], Transcript]) -> None:
    assert time_of(marked(snippet), said(SPOKEN)) == 300 * word


def test_what_was_written_and_not_said_has_no_time(said: Callable[[str], Transcript]) -> None:
    assert time_of(marked("A [river] in the title"), said(SPOKEN)) is None
    assert time_of("by the river", said(SPOKEN)) is None
    assert time_of(marked("[river]"), said("")) is None


def test_a_corrected_word_is_found_by_its_correction(said: Callable[[str], Transcript]) -> None:
    heard = said("it was over")
    words = list(heard.segments[0].words)
    words[1] = replace(words[1], corrected="wás")
    corrected = replace(heard, segments=(replace(heard.segments[0], words=tuple(words)),))
    assert time_of(marked("it [wás] over"), corrected) == 300


def test_a_search_leads_to_when_it_was_said(diary: Diary, imported: Entry, said: Callable[[str], Transcript]) -> None:
    diary.save_transcript(imported, said(SPOKEN))
    (hit,) = diary.search("kind")
    time_ms = diary.time_of(hit)
    assert time_ms is not None
    assert next(word.text for word in said(SPOKEN).words() if word.start_ms == time_ms) == "kind"
    (titled,) = diary.search("Monday")
    assert diary.time_of(titled) is None


def test_a_diary_tells_of_its_labels_and_glances(diary: Diary, imported: Entry) -> None:
    changed = diary.update(replace(imported, tags=("work",), feelings=("calm",), starred=True))
    assert (diary.tags(), diary.feelings()) == (["work"], ["calm"])
    (glance,) = diary.glances()
    assert (glance.id, glance.title, glance.starred, glance.has_words) == (changed.id, "Monday", True, False)
    assert diary.poster(glance) == diary.poster(changed)
