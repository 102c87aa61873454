"""What each sentence is worth to a short, in whole points, so that a choice among them can be solved exactly.

The idea is Luhn's (The automatic creation of literature abstracts, 1958): a sentence tells as much as the words in
it that are not grammar, and those that come back tell most. To it come the recogniser's confidence in them, and
what makes an excerpt flow.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from duskreel.edit.function_words import CONNECTIVES, function_words
from duskreel.edit.sentences import Sentence
from duskreel.edit.wording import bare
from duskreel.library.entry import Word

FUNCTION_WORD = 1
CONTENT_WORD = 3
TOPIC_WORD = 4
"""a content word that comes back in the clip: what it is about"""
EDGE_SHARE = 3
"""the first and the last sentence of the clip gain a third of an average one: how it begins, how it ends"""
LINK_SHARE = 2
"""two neighbours that stay together gain a half of one: a short tells a story"""
HANGING_SHARE = 2
"""a sentence that begins with "but" or "she" is worth a half of one less where the one before it is missing"""
FRAGMENT_WORDS = 3
"""a sentence this short ("Just like that.") is worth nothing without the one before it"""


@dataclass(frozen=True)
class Scores:
    """Points for keeping each sentence, and further ones for keeping both a sentence and the next one."""

    sentences: tuple[int, ...]
    links: tuple[int, ...]
    """one fewer than there are sentences"""

    def total(self, chosen: Sequence[int]) -> int:
        """What a choice, given as indices in order, is worth."""
        links = (self.links[index] for index, following in pairwise(chosen) if following == index + 1)
        return sum(self.sentences[index] for index in chosen) + sum(links)


class Scorer:
    """Knows what the words of one clip are worth."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._grammar = function_words(words)
        self._heard = Counter(bare(word.shown) for word in words)

    def points(self, words: Iterable[Word]) -> int:
        """Of some words on their own; at least 1, because time that is filled is better than time that is not."""
        return max(round(sum(self._word_points(word) for word in words)), 1)

    def scores(self, sentences: Sequence[Sentence]) -> Scores:
        """Of a clip's sentences, in order."""
        own = [self.points(sentence.words) for sentence in sentences]
        average = sum(own) // len(own) if own else 0
        losses = [
            _loss_alone(sentence, points, average) for sentence, points in zip(sentences[1:], own[1:], strict=True)
        ]
        alone = [*own[:1], *(points - loss for points, loss in zip(own[1:], losses, strict=True))]
        for edge in {0, len(own) - 1} if own else ():
            alone[edge] += average // EDGE_SHARE
        return Scores(tuple(alone), tuple(average // LINK_SHARE + loss for loss in losses))

    def _word_points(self, word: Word) -> float:
        text = bare(word.shown)
        if not text:
            return 0.0
        confidence = word.probability if word.corrected is None else 1.0
        if text in self._grammar:
            return FUNCTION_WORD * confidence
        return (TOPIC_WORD if self._heard[text] > 1 else CONTENT_WORD) * confidence


def _loss_alone(sentence: Sentence, points: int, average: int) -> int:
    """How many of its points it loses without the sentence before it."""
    shown = [word for word in sentence.words if word.shown.strip()]
    if len(shown) <= FRAGMENT_WORDS:
        return points
    points_back = sentence.text[:1].islower() or bare(shown[0].shown) in CONNECTIVES
    return min(average // HANGING_SHARE, points) if points_back else 0
