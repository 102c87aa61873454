"""Words that were probably meant: within one slip of the finger, or two in long words."""

from collections.abc import Iterable

LONG_WORD = 8
"""letters, from which two slips are forgiven"""
SHORTEST_WORD = 3
"""letters; within one slip of a shorter word is nearly everything"""


def slips_allowed(word: str) -> int:
    """How many edits a word of this length may be away from what was meant."""
    if len(word) < SHORTEST_WORD:
        return 0
    return 2 if len(word) >= LONG_WORD else 1


def near(word: str, known: Iterable[tuple[str, int]], most: int) -> list[str]:
    """The known words within so many edits, nearest first, the most used first among equals.

    Args:
        word: as typed, folded as the known ones are.
        known: words, and how many entries hold each.
        most: edits allowed, 1 or 2.
    """
    found = []
    letters = frozenset(word)
    for other, count in known:
        # Each letter that only one of them has is an edit: that alone leaves few to look at closely.
        is_likely = abs(len(other) - len(word)) <= most and len(letters.difference(other)) <= most
        if is_likely and len(frozenset(other).difference(letters)) <= most and other != word:
            edits = distance(word, other, most)
            if edits <= most:
                found.append((edits, -count, other))
    return [other for _, _, other in sorted(found)]


def distance(one: str, other: str, most: int) -> int:
    """How many letters are added, left out, changed, or swapped with the next between two words.

    Damerau (1964) in its restricted form: no letter takes part in two edits. More than `most` is told as ``most + 1``.
    """
    start, ends = 0, (len(one), len(other))
    while start < min(ends) and one[start] == other[start]:
        start += 1
    while min(ends) > start and one[ends[0] - 1] == other[ends[1] - 1]:
        ends = (ends[0] - 1, ends[1] - 1)
    one, other = one[start : ends[0]], other[start : ends[1]]
    # Each edit changes at most two letters in a row, and between two of them some must be alike.
    if not one or not other:
        return min(len(one) + len(other), most + 1)
    if abs(len(one) - len(other)) > most or (most == 1 and max(len(one), len(other)) > 2):
        return most + 1
    return min(_table(one, other), most + 1)


def _table(one: str, other: str) -> int:
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, facing in enumerate(other, 1):
            edits = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                edits = min(edits, before[j - 2] + 1)
            row.append(edits)
        before, last = last, row
    return last[-1]
