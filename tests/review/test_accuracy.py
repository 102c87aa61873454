"""How much of the labelled sentences the whole check finds, and how often it troubles somebody over nothing.

`python tests/benchmarks/review.py` shows the same figures by kind and by half.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from duskreel.library.protected_words import ProtectedWord
from duskreel.review.checking import matched
from duskreel.review.findings import Match
from duskreel.review.spoken import Spoken
from review.measuring import LANGUAGES, Tally, labelled, measure, overall

PLATFORM = "tiktok"


def check(spoken: Spoken, protected: Sequence[Any]) -> list[Match]:
    words = [ProtectedWord(word["text"], also=tuple(word.get("also", ()))) for word in protected]
    return matched(spoken, words, PLATFORM)


@pytest.fixture(scope="module")
def tallies() -> dict[tuple[str, bool], Tally]:
    """By language, and by whether the sentences were held out while the rules were written."""
    return {
        (language, held_out): overall(
            measure([said for said in labelled(language) if said.held_out is held_out], {"check": check}).values()
        )
        for language in LANGUAGES
        for held_out in (False, True)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_is_found_and_little_else(tallies: dict[tuple[str, bool], Tally], language: str) -> None:
    tally = overall([tallies[language, False], tallies[language, True]])
    assert tally.recall >= 0.90
    assert tally.precision >= 0.85


def test_it_is_good_on_sentences_that_were_held_out_too(tallies: dict[tuple[str, bool], Tally]) -> None:
    tally = overall(tallies[language, True] for language in LANGUAGES)
    assert tally.recall >= 0.88
    assert tally.precision >= 0.85
