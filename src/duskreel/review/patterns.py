"""Patterns of the rules' data: regular expressions over a `Reading`, shortened for people who write them.

* A space stands for what is between two spoken words: a space, and a comma maybe.
  A reading has one space there; this most common piece is kept cheap to compile.
* ``{number}`` is a number of one or several words, in digits; ``{day}`` a day of a month; ``{code}`` digits and single
  letters in a row; ``{name}`` one to three words with a capital.
* ``{word}``, with any other name, is one of a list of words that stands beside the patterns in the same file.
* Capitals do not matter, except in ``{name}``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duskreel.review import rules

GAP = ",? "
FIXED = {
    "number": r"\d[\d.,']*(?:(?:[ -]|\s+(?:and|und|et|point|komma|virgule)\s+)\d[\d.,']*)*",
    "day": r"(?:[23]0[ -](?=[1-9]th))?\d{1,2}(?:th|st|nd|rd|er|\.)?(?![\d%])",
    "code": r"(?:[a-z]{1,4}[ -]?|(?:[a-z][-,. ]{1,2}){1,4})?\d[\da-z]*(?:[-,./ ]{1,2}(?:\d[\da-z]*|[a-z])(?![\w']))*",
    "name": r"(?-i:[A-ZÀ-Þ][\w'’-]*\.?(?: (?:[A-ZÀ-Þ][\w'’-]*\.?|\d+th)){0,2})",
}
SPACE = re.compile(r"\[[^\]]*\]| (?![*+?]|\{\d)")
"""but not one among the characters of a class, or one that may be missing"""
SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Patterns:
    """Compiles the patterns of one part of a topic."""

    lists: Mapping[str, Sequence[str]]
    """words by the name of their slot; they may hold patterns themselves"""

    @classmethod
    def of(cls, topic: str, part: str, language: str) -> "Patterns":
        """Those of a language; of all languages together, where it has none."""
        lists: dict[str, list[str]] = {}
        for read in rules.load(topic, language):
            for name, words in read[part].items():
                lists.setdefault(name, []).extend(words)
        return cls({name: tuple(dict.fromkeys(words)) for name, words in lists.items()})

    def compiled(self, patterns: Sequence[str]) -> re.Pattern[str]:
        """All of them as one."""
        return re.compile("|".join(map(self._expanded, patterns)), re.IGNORECASE)

    def words(self, name: str) -> re.Pattern[str]:
        """A list of the file as whole words."""
        return self.compiled([rf"\b{{{name}}}(?!\w)"])

    def _expanded(self, pattern: str) -> str:
        spaced = SPACE.sub(lambda found: GAP if found[0] == " " else found[0], pattern)
        return SLOT.sub(lambda slot: self._slot(slot[1]), spaced)

    def _slot(self, name: str) -> str:
        if name in FIXED:
            return FIXED[name]
        longest_first = sorted(self.lists[name], key=len, reverse=True)
        return f"(?:{'|'.join(map(self._expanded, longest_first))})"
