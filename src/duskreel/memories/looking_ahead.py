"""What somebody said about what is to come, in one clip (edit/looking_ahead.py knows the language)."""

from collections.abc import Iterator
from dataclasses import dataclass

from duskreel.edit.looking_ahead import Rules, has_a_hint, load, looks_ahead, says_enough
from duskreel.edit.sentences import sentences
from duskreel.library.entry import Entry, Transcript, Word

__all__ = ["Intention", "Rules", "intentions", "load", "may_look_ahead"]


@dataclass(frozen=True)
class Intention:
    """Something that was said about what is to come."""

    text: str
    at_ms: int
    """when, in the clip"""


def may_look_ahead(entry: Entry, text: str, rules: Rules) -> bool:
    """Whether `intentions` is worth the reading of a transcript; much quicker, and never wrong in saying no.

    Args:
        entry: whose words.
        text: all of them, however they are spaced.
        rules: what is looked for.
    """
    # What is cut away may bring words together that are not beside each other in the text.
    return bool(entry.cuts) or entry.prompt in rules.questions or has_a_hint(text, rules)


def intentions(entry: Entry, transcript: Transcript, rules: Rules) -> list[Intention]:
    """The sentences of a clip that look ahead, in order; what was cut away is not among them.

    Where the question on the screen was about what comes next, and no sentence says so, the first one answers it.
    """
    phrases = rules.phrases(transcript.language)
    whole = [each for each in sentences(_kept(entry, transcript)) if says_enough(each)]
    found = [each for each in whole if looks_ahead(each.text, phrases)]
    if not found and entry.prompt in rules.questions:
        found = whole[:1]
    return [Intention(each.text, each.span.start_ms) for each in found]


def _kept(entry: Entry, transcript: Transcript) -> Iterator[Word]:
    for word in transcript.words():
        if not any(cut.start_ms < word.end_ms and word.start_ms < cut.end_ms for cut in entry.cuts):
            yield word
