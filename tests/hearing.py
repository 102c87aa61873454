"""How far what was heard is from what was said."""

import re


def plain_words(text: str) -> list[str]:
    """Words without capitals and punctuation."""
    return re.findall(r"[\w']+", text.casefold())


def word_errors(said: list[str], heard: list[str]) -> int:
    """How many words must be put in, taken out or replaced (V. Levenshtein, 1966)."""
    row = list(range(len(said) + 1))
    for i, word in enumerate(heard, start=1):
        above, row = row, [i]
        for j, wanted in enumerate(said, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (word != wanted)))
    return row[-1]
