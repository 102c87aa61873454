"""Words in the form in which rules look at them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from duskreel.edit.sentences import Sentence
from duskreel.edit.wording import bare


@dataclass(frozen=True)
class Spoken:
    """What is said, word by word.

    Args:
        texts: as captions show them, with capitals and punctuation. Words corrected to nothing are "".
        starts: indices of the first words of sentences, in order; the first is 0.
        language: ISO 639-1; "" where nobody knows.
    """

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    language: str

    @classmethod
    def of(cls, sentences: Iterable[Sentence], language: str) -> "Spoken":
        """The words of whole sentences."""
        return cls.of_texts([[word.shown.strip() for word in sentence.words] for sentence in sentences], language)

    @classmethod
    def of_texts(cls, sentences: Iterable[Sequence[str]], language: str) -> "Spoken":
        """Written words, sentence by sentence."""
        texts: list[str] = []
        starts: list[int] = []
        for words in sentences:
            starts.append(len(texts))
            texts += words
        return cls(tuple(texts), tuple(starts), language)

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """Without capitals and the punctuation around each word; ’ is '."""
        return tuple(map(bare, self.texts))

    def sentences(self) -> Iterable[range]:
        """The indices of each sentence's words."""
        ends = (*self.starts[1:], len(self.texts))[: len(self.starts)]
        return (range(start, end) for start, end in zip(self.starts, ends, strict=True))
