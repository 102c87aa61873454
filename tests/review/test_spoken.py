"""Words in the form in which rules look at them."""

from duskreel.review.phrases import find
from duskreel.review.spoken import Spoken


def test_nothing_said_has_no_sentences() -> None:
    silent = Spoken((), (), "en")
    assert list(silent.sentences()) == []
    assert list(Spoken.of([], "en").sentences()) == []
    assert find(silent) == []


def test_each_sentence_ends_where_the_next_one_starts() -> None:
    spoken = Spoken.of_texts([["It", "rained."], [], ["Again."]], "en")
    assert list(spoken.sentences()) == [range(2), range(2, 2), range(2, 3)]
