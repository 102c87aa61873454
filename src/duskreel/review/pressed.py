"""Which sentences somebody meant who pressed the key for “not for sharing” while recording."""

from collections.abc import Iterable, Sequence

from duskreel.edit.sentences import Sentence
from duskreel.timecode import Span

REACTION_MS = 1000
"""so soon after a sentence has begun, a key was rather pressed for what was said right before"""

Stretch = tuple[int, int]
"""numbers of the first and the last one of neighbouring sentences"""


def marked_spans(sentences: Sequence[Sentence], marks_ms: Iterable[int]) -> list[Span]:
    """The places that are meant, for `checking.check`.

    Args:
        sentences: of the whole clip, in order; also what was cut since, or else another one would seem to be meant.
        marks_ms: of the entry.

    Returns:
        For each mark the sentence that is being said, in a pause the last one, before the first word the first one.
        Where a sentence has only just begun, also the one before it: rather one too many than one that was meant.
    """
    return [_meant(sentences, mark_ms) for mark_ms in marks_ms] if sentences else []


def _meant(sentences: Sequence[Sentence], mark_ms: int) -> Span:
    begun = [number for number, each in enumerate(sentences) if each.span.start_ms <= mark_ms]
    last = begun[-1] if begun else 0
    is_early = mark_ms < sentences[last].span.start_ms + REACTION_MS
    first = last - 1 if last and is_early else last
    return Span(sentences[first].span.start_ms, max(each.span.end_ms for each in sentences[first : last + 1]))


def united_stretches(pressed: Iterable[Stretch], spoken: Iterable[Stretch]) -> list[Stretch]:
    """What was marked by key, each place once; with what the speaker asked for beside it, such as “don't post this”.

    Args:
        pressed: by key.
        spoken: what spoken marks are about; those that no key was pressed for are left out.
    """
    pressed = list(pressed)
    joined: list[Stretch] = []
    for first, last in sorted([*pressed, *spoken]):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return [each for each in joined if any(each[0] <= first <= each[1] for first, _ in pressed)]
