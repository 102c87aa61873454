"""The sentence around a hit, and when it was said."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from duskreel.library.diary import Diary
from duskreel.library.entry import Entry, Transcript
from duskreel.library.search_text import folded, mark, sentence, time_of, word_starts
from duskreel.library.values import HIT_END, HIT_START, EntryFilter

SPOKEN = "today I walked by the river and the light on the river was kind " * 3


def marked(text: str) -> str:
    return text.replace("[", HIT_START).replace("]", HIT_END)


def test_the_time_is_that_of_the_first_marked_word(said: Callable[[str], Transcript]) -> None:
    heard = said("today I walked by the river")
    starts = word_starts(heard)
    assert time_of(marked("today I [walked] by the [river]"), starts) == 600
    assert time_of(heard.text, starts) is None
    assert time_of(marked("[today]"), b"") is None


def test_a_corrected_word_is_timed_as_it_was_heard(said: Callable[[str], Transcript]) -> None:
    heard = said("it was over now")
    words = list(heard.segments[0].words)
    words[0] = replace(words[0], corrected="")
    words[1] = replace(words[1], corrected="wás all")
    corrected = replace(heard, segments=(replace(heard.segments[0], words=tuple(words)),))
    assert time_of(marked("wás [all] over now"), word_starts(corrected)) == 300
    assert time_of(marked("wás all over [now]"), word_starts(corrected)) == 900


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It rained. I saw the [heron] stand! Then home.", "I saw the [heron] stand!"),
        ("The [heron].", "The [heron]."),
        ("昨日は雨。今日は[仕事]だ。また明日。", "今日は[仕事]だ。"),
        ("nothing here", ""),
    ],
)
def test_a_hit_is_shown_in_its_sentence(text: str, shown: str) -> None:
    assert sentence(marked(text)) == marked(shown)


def test_of_a_long_sentence_the_part_around_the_hit_is_shown() -> None:
    shown = sentence(marked("so " * 60 + "the grey [heron] stood " + "and " * 60))
    assert shown.startswith("…so ")
    assert shown.endswith(" and…")
    assert marked("grey [heron] stood") in shown
    assert len(shown) < 140


def test_parts_of_words_are_marked_where_they_stand() -> None:
    assert mark("Unsleeping in Sleep", ["sleep"]) == marked("Un[sleep]ing in Sleep")
    assert mark("awake", ["sleep"]) == ""


def test_words_are_folded_as_the_index_does() -> None:
    assert folded("Việt CAFÉ") == "viet cafe"


def test_a_search_leads_to_when_it_was_said(diary: Diary, imported: Entry, said: Callable[[str], Transcript]) -> None:
    diary.save_transcript(imported, said(SPOKEN))
    assert diary.texts([imported.id]) == {imported.id: SPOKEN.strip()}
    (hit,) = diary.search("kind")
    assert hit.time_ms is not None
    assert diary.time_of(hit) == hit.time_ms
    assert next(word.text for word in said(SPOKEN).words() if word.start_ms == hit.time_ms) == "kind"
    (titled,) = diary.search("Monday")
    assert titled.time_ms is None


def test_a_diary_tells_of_its_labels_and_glances(diary: Diary, imported: Entry) -> None:
    changed = diary.update(replace(imported, tags=("work",), feelings=("calm",), starred=True))
    assert (diary.tags(), diary.feelings()) == (["work"], ["calm"])
    (glance,) = diary.glances()
    assert (glance.id, glance.title, glance.starred, glance.has_words) == (changed.id, "Monday", True, False)
    assert diary.poster(glance) == diary.poster(changed)
    assert (diary.count(), diary.count(EntryFilter(is_unstarred=True))) == (1, 0)
    assert (diary.entry(glance.id), diary.entry("nobody's")) == (changed, None)
