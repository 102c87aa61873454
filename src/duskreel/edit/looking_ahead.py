"""Sentences about what is to come, such as “I want to call my sister”.

The phrases are data, resources/looking_ahead.json, by language; a language that is not there is looked through with
all of them. A sentence looks ahead if it has one of the phrases in it and none of those that only look like it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duskreel import prompts
from duskreel.edit.sentences import Sentence
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
    hints: tuple[str, ...]
    """what every phrase of any language has in it, without spaces: where none is, nothing looks ahead"""

    def phrases(self, language: str) -> Phrases:
        """Those of a language; all, where it has none of its own."""
        return self.by_language.get(language, self.any_language)


def load() -> Rules:
    """The rules that the program ships, and its prompts that ask what is next."""
    languages = json.loads(resource(RULES).read_text(encoding="utf-8"))["languages"]
    questions = frozenset(each.text for each in prompts.load() if each.kind is prompts.Kind.NEXT)
    everything = [[phrase for each in languages.values() for phrase in each[part]] for part in ("begins", "not")]
    return Rules(
        by_language={code: Phrases(_any_of(each["begins"]), _any_of(each["not"])) for code, each in languages.items()},
        any_language=Phrases(_any_of(everything[0]), _any_of(everything[1])),
        questions=questions,
        hints=tuple({_without_spaces(phrase) for phrase in everything[0]}),
    )


def looks_ahead(text: str, phrases: Phrases) -> bool:
    """Whether a sentence speaks of what is to come; a question does not."""
    plain = _plain(text)
    return not plain.endswith("?") and bool(phrases.begins.search(plain)) and not phrases.excluded.search(plain)


def times_ahead(text: str, phrases: Phrases) -> int:
    """How many of the phrases are in a text: “next week I want to” has two."""
    return len(phrases.begins.findall(_plain(text)))


def has_a_hint(text: str, rules: Rules) -> bool:
    """Whether any sentence of a text, however it is spaced, may look ahead; much quicker than to look at each."""
    plain = _without_spaces(text)
    return any(hint in plain for hint in rules.hints)


def says_enough(sentence: Sentence) -> bool:
    """Whether a sentence can be understood alone, and is not endless."""
    return FEWEST_WORDS <= len(sentence.text.split()) <= MOST_WORDS


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _without_spaces(text: str) -> str:
    return _plain(text).replace(" ", "")


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(phrase.casefold()) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{listed})(?![\w'])")
