"""Which sentences somebody meant who said “cut this out” or “delete that last bit”.

The rules are in `resources/review/<language>/phrases.json`, lists of patterns (word_patterns.py): ``said_before``
speaks of what was said right before (“that last bit”), ``points_back`` does where the sentence says nothing else
(“Cut that.”).
"""

from duskreel.review.findings import Match
from duskreel.review.phrases import PROTECTED, phrase_rules
from duskreel.review.spoken import Spoken
from duskreel.review.word_patterns import Listed, Said, Search

SAID_BEFORE = "said_before"
POINTS_BACK = "points_back"
MOST_OTHER_WORDS = 3
"""“Um, sorry, cut that.” says nothing but the mark"""


def meant(spoken: Spoken, match: Match) -> tuple[int, ...]:
    """The sentences that a mark asks to leave out.

    Args:
        spoken: where it was found.
        match: of the kind `marked`.

    Returns:
        Their numbers among the sentences, in order: the one with the mark, and the one before if the mark is about it.
    """
    sentences = list(spoken.sentences())
    own = next(number for number, indices in enumerate(sentences) if match.first in indices)
    if own and _is_about_before(spoken, match, sentences[own]):
        return own - 1, own
    return (own,)


def _is_about_before(spoken: Spoken, match: Match, sentence: range) -> bool:
    others = sum(1 for index in sentence if not match.first <= index <= match.last and spoken.bare[index])
    for known in phrase_rules(spoken.language):
        said = Said.of(spoken, range(match.first, match.last + 1), known.fillers)
        search = Search({**known.lists, PROTECTED: Listed.of(())}, said)
        if any(search.found(SAID_BEFORE)) or (others <= MOST_OTHER_WORDS and any(search.found(POINTS_BACK))):
            return True
    return False
