"""What somebody said about what is to come: sentences such as “I want to call my sister”.

The phrases are data, resources/looking_ahead.json, by language; a language that is not there is looked through with
all of them. A sentence looks ahead if it has one of the phrases in it and none of those that only look like it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from duskreel import prompts
from duskreel.edit.sentences import Sentence, sentences
from duskreel.library.entry import Entry, Transcript, Word
from duskreel.paths import resource

RULES = "looking_ahead.json"
FEWEST_WORDS = 4
"""“I will.” says nothing any more, a month later"""
MOST_WORDS = 40


@dataclass(frozen=True)
class Phrases:
    """Of one language, or of all."""

    begins: re.Pattern[str]
    excluded: re.Pattern[str]


@dataclass(frozen=True)
class Rules:
    """What is looked for."""

    by_language: Mapping[str, Phrases]
    """by ISO 639-1 code"""
    any_language: Phrases
    questions: frozenset[str]
    """the prompts whose answers look ahead as a whole"""


@dataclass(frozen=True)
class Intention:
    """Something that was said about what is to come."""

    text: str
    at_ms: int
    """when, in the clip"""


def load() -> Rules:
    """The rules that the program ships, and its prompts that ask what is next."""
    languages = json.loads(resource(RULES).read_text(encoding="utf-8"))["languages"]
    questions = frozenset(each.text for each in prompts.load() if each.kind is prompts.Kind.NEXT)
    everything = [[phrase for each in languages.values() for phrase in each[part]] for part in ("begins", "not")]
    return Rules(
        by_language={code: Phrases(_any_of(each["begins"]), _any_of(each["not"])) for code, each in languages.items()},
        any_language=Phrases(_any_of(everything[0]), _any_of(everything[1])),
        questions=questions,
    )


def intentions(entry: Entry, transcript: Transcript, rules: Rules) -> list[Intention]:
    """The sentences of a clip that look ahead, in order; what was cut away is not among them.

    Where the question on the screen was about what comes next, and no sentence says so, the first one answers it.
    """
    phrases = rules.by_language.get(transcript.language, rules.any_language)
    whole = [each for each in sentences(_kept(entry, transcript)) if _has_room(each)]
    found = [each for each in whole if _looks_ahead(each.text, phrases)]
    if not found and entry.prompt in rules.questions:
        found = whole[:1]
    return [Intention(each.text, each.span.start_ms) for each in found]


def _kept(entry: Entry, transcript: Transcript) -> Iterator[Word]:
    for word in transcript.words():
        if not any(cut.start_ms < word.end_ms and word.start_ms < cut.end_ms for cut in entry.cuts):
            yield word


def _has_room(sentence: Sentence) -> bool:
    return FEWEST_WORDS <= len(sentence.text.split()) <= MOST_WORDS


def _looks_ahead(text: str, phrases: Phrases) -> bool:
    plain = " ".join(text.replace("’", "'").casefold().split())
    return not plain.endswith("?") and bool(phrases.begins.search(plain)) and not phrases.excluded.search(plain)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(phrase.casefold()) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{listed})(?![\w'])")
