"""What the user does to the words: correct one, take some out together with their time, bring them back.

A position counts the words of a transcript in order of time, as `in_order` gives them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from duskreel.edit.timeline import Timeline
from duskreel.library.entry import Transcript, Word
from duskreel.timecode import Span, merge, subtract


def in_order(transcript: Transcript) -> list[Word]:
    """Every word in order of time, also where a hand-made file has them in another one."""
    return sorted(transcript.words(), key=_moment)


def correct(transcript: Transcript, position: int, text: str) -> Transcript:
    """The transcript with one word corrected; the word keeps its time.

    Args:
        transcript: is not changed.
        position: of the word.
        text: what was really said, several words if need be; "" hides the word from captions, and what had been
            heard takes the correction back.

    Raises:
        IndexError: there is no such word.
    """
    said = " ".join(text.split())
    places = [
        (word, number, index)
        for number, segment in enumerate(transcript.segments)
        for index, word in enumerate(segment.words)
    ]
    word, number, index = sorted(places, key=lambda place: _moment(place[0]))[position]
    corrected = replace(word, corrected=None if said == " ".join(word.text.split()) else said)
    segment = transcript.segments[number]
    words = (*segment.words[:index], corrected, *segment.words[index + 1 :])
    segments = list(transcript.segments)
    segments[number] = replace(segment, words=words)
    return replace(transcript, segments=tuple(segments))


def cut(words: Sequence[Word], first: int, last: int, cuts: Sequence[Span], duration_ms: int) -> tuple[Span, ...]:
    """The cuts with the time of the words from `first` to `last` taken out as well.

    A cut reaches halfway into the pauses on both sides, so that the words beside it keep their ends and neighbouring
    cuts touch; at the clip's ends it takes everything.

    Args:
        words: all of them, in order of time; at least one.
        first: position of the first word.
        last: position of the last one, included.
        cuts: as they are.
        duration_ms: of the clip.
    """
    return tuple(merge([*cuts, _time_of(words, first, last, duration_ms)]))


def bring_back(
    words: Sequence[Word], first: int, last: int, cuts: Sequence[Span], duration_ms: int
) -> tuple[Span, ...]:
    """The cuts without those in the time of the words from `first` to `last`; arguments as for `cut`."""
    return tuple(subtract(cuts, [_time_of(words, first, last, duration_ms)]))


def cut_positions(words: Sequence[Word], cuts: Sequence[Span], duration_ms: int) -> frozenset[int]:
    """Which words cannot be heard any more; arguments as for `cut`."""
    if not cuts:
        return frozenset()
    end_ms = max([duration_ms, *(word.end_ms + 1 for word in words)])
    left = Timeline(tuple(subtract([Span(0, end_ms)], cuts)))
    return frozenset(position for position, word in enumerate(words) if not left.shows(word))


def _moment(word: Word) -> tuple[int, int]:
    return word.start_ms, word.end_ms


def _time_of(words: Sequence[Word], first: int, last: int, duration_ms: int) -> Span:
    edges_ms = _edges_ms(words, duration_ms)
    return Span(edges_ms[first], edges_ms[last + 1])


def _edges_ms(words: Sequence[Word], duration_ms: int) -> list[int]:
    """Where one word's time ends and the next one's begins, the clip's ends included; every word gets a moment."""
    edges_ms = [0]
    for word, following in pairwise(words):
        middle_ms = (word.end_ms + following.start_ms) // 2
        edges_ms.append(max(middle_ms, word.start_ms + 1, edges_ms[-1] + 1))
    last = words[-1]
    return [*edges_ms, max(duration_ms, last.end_ms, last.start_ms + 1, edges_ms[-1] + 1)]
