"""The last word of a short: whether it says what is to come, and what could say so.

People who shared a day like this advise to say at the end what comes next. It is an offer: a short that looks back is
whole too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from duskreel.edit.looking_ahead import Phrases, Rules, load, looks_ahead, says_enough, times_ahead
from duskreel.edit.sentences import Sentence
from duskreel.review.phrases import find
from duskreel.review.spoken import Spoken

MOST_OFFERED = 3
EASY_WORDS = range(5, 25)
"""a sentence of so many words is taken in at once"""
LOOKS_AHEAD = "It says what you want next."
OFFERS = "You also said what comes next. One of these could be the last word:"
NOTHING_AHEAD = "Nothing here speaks of what comes next, and that is fine: it can also just say how today was."


@dataclass(frozen=True)
class ClosingWord:
    """What a short says of what is to come."""

    looks_ahead: bool
    """whether a sentence that it keeps does"""
    offered: tuple[Sentence, ...]
    """of those left out, the best first; none if one that is kept looks ahead"""

    @property
    def wording(self) -> str:
        """One sentence for the user."""
        if self.looks_ahead:
            return LOOKS_AHEAD
        return OFFERS if self.offered else NOTHING_AHEAD


def closing_word(kept: Sequence[Sentence], left_out: Sequence[Sentence], language: str) -> ClosingWord:
    """What a short says of what is to come, and which sentences that were left out would say it.

    Args:
        kept: the sentences of the short.
        left_out: the others of the clip; those with a secret, an insult or “don't post this” in them are not offered.
        language: ISO 639-1; "" where nobody knows.
    """
    phrases = _rules().phrases(language)
    if any(looks_ahead(each.text, phrases) for each in kept):
        return ClosingWord(looks_ahead=True, offered=())
    fitting = [each for each in left_out if says_enough(each) and looks_ahead(each.text, phrases)]
    best = sorted(_harmless(fitting, language), key=lambda each: _worth(each, phrases), reverse=True)
    return ClosingWord(looks_ahead=False, offered=tuple(best[:MOST_OFFERED]))


@lru_cache(maxsize=1)
def _rules() -> Rules:
    return load()


def _harmless(sentences: Iterable[Sentence], language: str) -> list[Sentence]:
    return [each for each in sentences if not find(Spoken.of([each], language))]


def _worth(sentence: Sentence, phrases: Phrases) -> tuple[bool, int, int]:
    """Easy to take in, plain about what is to come, and late: what was said at the end was mostly meant as an end."""
    is_easy = len(sentence.words) in EASY_WORDS
    return is_easy, times_ahead(sentence.text, phrases), sentence.span.start_ms
