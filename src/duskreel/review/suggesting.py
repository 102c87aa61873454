"""Names that somebody says again and again, to be offered for protection: “Protect these?”."""

from collections import Counter
from collections.abc import Iterable, Iterator

from duskreel.edit.wording import CLAUSE_END, CLOSING, OPENING, SENTENCE_END
from duskreel.library.protected_words import ProtectedWord
from duskreel.review.protected import find
from duskreel.review.protected_forms import SHORTEST_PART, Customs, customs, plain
from duskreel.review.spoken import Spoken

LEAST_TIMES = 2
"""that a name is said before it is offered"""
MOST_OFFERED = 12
LONGEST_NAME = 3
"""words"""
_AROUND = OPENING + CLOSING + SENTENCE_END + CLAUSE_END + "-"


def suggested(spokens: Iterable[Spoken], protected_words: Iterable[ProtectedWord] = ()) -> list[str]:
    """Names that recur, most often said first; none that is protected already.

    Args:
        spokens: what is said in the clips of a diary.
        protected_words: of the diary.
    """
    protected, times = tuple(protected_words), Counter[str]()
    for spoken in spokens:
        hidden = {index for match in find(spoken, protected) for index in range(match.first, match.last + 1)}
        times.update(_names(spoken, hidden, customs(spoken.language)))
    # Somebody called by a first name, too, is offered once, by the whole name.
    whole = [name for name, count in times.items() if " " in name and count >= LEAST_TIMES]
    parts = {part for name in whole for part in name.split()}
    offered = [name for name, count in times.most_common() if count >= LEAST_TIMES and name not in parts]
    return offered[:MOST_OFFERED]


def _names(spoken: Spoken, hidden: set[int], known: Customs) -> Iterator[str]:
    """Words in a row that begin with capitals where none are due."""
    for sentence in spoken.sentences():
        row: list[str] = []
        for index in sentence:
            text = spoken.texts[index].strip()
            name = "" if index in hidden else _name(text, known)
            if name:
                row.append(name)
            if not name or text.endswith(tuple(_AROUND)) or name != text.lstrip(_AROUND):
                yield from _joined(row)
                row = []
        yield from _joined(row)


def _joined(row: list[str]) -> Iterator[str]:
    if 0 < len(row) <= LONGEST_NAME:
        yield " ".join(row)


def _name(text: str, known: Customs) -> str:
    """The word without its possessive, if it looks like a name; "" otherwise."""
    word = text.strip(_AROUND).replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'")
    lowered = word.lower()
    is_name = word[:1].isupper() and len(plain(word)) >= SHORTEST_PART and lowered not in known.common
    if known.has_capital_nouns:
        # There every noun has a capital; what remains are names of people.
        is_name = is_name and lowered in known.common.first_names
    return word if is_name and "'" not in word[:-2] else ""
