"""How much of the labelled sentences (labelled/README.md) the check finds, and how often it finds what is not there.

Run: python tests/review/measuring.py [--fresh] [--all-misses] [--kind email]...
Sentences with an even number are for development, odd ones are held out: their misses are only shown on demand.
The fresh ones (fresh/) were written afterwards by another hand and are never tuned on: they are measured whole.
"""

import argparse
import importlib
import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

from duskreel.edit.wording import ends_sentence
from duskreel.errors import DiaryError
from duskreel.library.entry import Word
from duskreel.review.findings import Kind, Match
from duskreel.review.spoken import Spoken

LABELLED = Path(__file__).parent / "labelled"
FRESH = Path(__file__).parent / "fresh"
LANGUAGES = ("en", "de", "fr")
FINDERS = ("contacts", "figures", "addresses", "protected", "phrases", "profanity")
WORD_MS = 300

Finder = Callable[[Spoken, Sequence[Any]], list[Match]]


@dataclass(frozen=True)
class Labelled:
    """A sentence with what should be found in it."""

    id: str
    text: str
    language: str
    protected: tuple[Mapping[str, Any], ...]
    findings: tuple[tuple[Kind, range], ...]
    """with the indices of the words"""

    @property
    def held_out(self) -> bool:
        return int("".join(filter(str.isdigit, self.id))) % 2 == 1


@dataclass
class Tally:
    """Counts of findings, and what is behind them."""

    found: int = 0
    missed: int = 0
    right: int = 0
    false: int = 0
    misses: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    def add(self, other: "Tally") -> None:
        self.found += other.found
        self.missed += other.missed
        self.right += other.right
        self.false += other.false
        self.misses += other.misses
        self.false_alarms += other.false_alarms


def labelled(language: str, folder: Path = LABELLED) -> list[Labelled]:
    """The sentences of a language."""
    read = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    return [
        Labelled(
            said["id"],
            said["text"],
            language,
            tuple(read["protected"][said["protected"]]),
            tuple((Kind(found["kind"]), _place(said["text"], found["text"])) for found in said["findings"]),
        )
        for said in read["sentences"]
    ]


def _place(text: str, part: str) -> range:
    """The words that a part of a text touches."""
    start = text.index(part)
    end = start + len(part)
    spans = list(_word_spans(text))
    touched = [number for number, (first, last) in enumerate(spans) if first < end and last > start]
    return range(touched[0], touched[-1] + 1)


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, at + len(word)
        at += len(word)


def spoken(text: str, language: str) -> Spoken:
    """A text as sentences, split where the program would split them."""
    words = [Word(each, n * WORD_MS, (n + 1) * WORD_MS, 1.0) for n, each in enumerate(text.split())]
    sentences: list[list[str]] = [[]]
    for word, following in pairwise([*words, None]):
        assert word is not None
        sentences[-1].append(word.text)
        if following is not None and ends_sentence(word, following):
            sentences.append([])
    return Spoken.of_texts(sentences, language)


def finders() -> dict[str, Finder]:
    """Those that exist, by the name of their module."""
    found: dict[str, Finder] = {}
    for name in FINDERS:
        try:
            module = importlib.import_module(f"duskreel.review.{name}")
            find = _adapted(name, module)
            for language in LANGUAGES:
                find(spoken("One two three.", language), ())
            found[name] = find
        except (ImportError, AttributeError, DiaryError) as error:
            say(f"({name} cannot be used yet: {error})")
    return found


def _adapted(name: str, module: ModuleType) -> Finder:
    find: Callable[..., Iterable[Match]] = module.find
    if name == "protected":
        return lambda said, words: list(find(said, _protected_words(words)))
    if "targets" in inspect.signature(find).parameters:
        return lambda said, words: list(find(said, targets=_forms(words)))
    return lambda said, _: list(find(said))


def _forms(words: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(form for word in words for form in (word["text"], *word.get("also", ())))


def _protected_words(words: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    made = importlib.import_module("duskreel.library.protected_words").ProtectedWord
    return tuple(
        made(text=word["text"], kind=_protected_kind(made, word["kind"]), also=tuple(word.get("also", ())))
        for word in words
    )


def _protected_kind(made: type, kind: str) -> Any:
    """The kind as the store knows it: "other" for what it does not know."""
    hint = inspect.get_annotations(made, eval_str=True).get("kind", str)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(kind) if kind in {str(each.value) for each in hint} else hint("other")
    known = get_args(hint) or ("employer", "colleague", "client", "project", "place", "other")
    return kind if kind in known else "other"


def measured(said: Labelled, matches: Iterable[Match]) -> dict[Kind, Tally]:
    """What was found of a sentence's labels, by kind."""
    tallies: dict[Kind, Tally] = {}
    matched = [(match.kind, range(match.first, match.last + 1)) for match in matches]
    for kind, place in said.findings:
        tally = tallies.setdefault(kind, Tally())
        if any(kind == other and _overlap(place, where) for other, where in matched):
            tally.found += 1
        else:
            tally.missed += 1
            tally.misses.append(_shown(said, place))
    for kind, where in matched:
        tally = tallies.setdefault(kind, Tally())
        if any(kind == other and _overlap(place, where) for other, place in said.findings):
            tally.right += 1
        elif not (kind == Kind.PROTECTED and any(_inside(where, place) for _, place in said.findings)):
            tally.false += 1
            tally.false_alarms.append(_shown(said, where))
    return tallies


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _inside(one: range, other: range) -> bool:
    return other.start <= one.start and one.stop <= other.stop


def _shown(said: Labelled, place: range) -> str:
    words = said.text.split()
    return f"{said.id}  [{' '.join(words[place.start : place.stop])}]  {said.text}"


def measure(sentences: Iterable[Labelled], found: Mapping[str, Finder]) -> dict[Kind, Tally]:
    """All finders over sentences, by kind."""
    totals: dict[Kind, Tally] = {}
    for said in sentences:
        heard = spoken(said.text, said.language)
        matches = [match for find in found.values() for match in find(heard, said.protected)]
        for kind, tally in measured(said, matches).items():
            totals.setdefault(kind, Tally()).add(tally)
    return totals


def overall(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _line(name: str, tally: Tally) -> str:
    said = tally.found + tally.missed
    matched = tally.right + tally.false
    return (
        f"  {name:<13} recall {tally.recall:6.1%} ({tally.found}/{said})   "
        f"precision {tally.precision:6.1%} ({tally.right}/{matched})"
    )


def _report(title: str, totals: Mapping[Kind, Tally], *, misses: bool) -> None:
    say(title)
    for kind in sorted(totals):
        say(_line(kind, totals[kind]))
    say(_line("all", overall(totals.values())))
    if misses:
        for kind in sorted(totals):
            for line in totals[kind].misses:
                say(f"    missed {kind}: {line}")
            for line in totals[kind].false_alarms:
                say(f"    false  {kind}: {line}")
    say("")


def _report_fresh(found: Mapping[str, Finder], kinds: Iterable[Kind], *, misses: bool) -> None:
    all_languages: dict[Kind, Tally] = {kind: Tally() for kind in kinds}
    for language in LANGUAGES:
        measurement = measure(labelled(language, FRESH), found)
        totals = {kind: tally for kind, tally in measurement.items() if kind in all_languages}
        _report(f"{language}, fresh", totals, misses=misses)
        for kind, tally in totals.items():
            all_languages[kind].add(tally)
    _report("all languages, fresh", all_languages, misses=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all-misses", action="store_true", help="those of the held-out half too; not while tuning")
    parser.add_argument("--fresh", action="store_true", help="the fresh sentences instead, as one set")
    parser.add_argument("--kind", action="append", choices=[str(kind) for kind in Kind], help="only these")
    asked = parser.parse_args()
    kinds = {Kind(kind) for kind in asked.kind or Kind}
    found = finders()
    say(f"finders: {', '.join(found) or 'none yet'}\n")
    if asked.fresh:
        _report_fresh(found, kinds, misses=asked.all_misses)
        return
    halves: dict[bool, list[dict[Kind, Tally]]] = {False: [], True: []}
    for language in LANGUAGES:
        for held_out in (False, True):
            chosen = [said for said in labelled(language) if said.held_out is held_out]
            totals = {kind: tally for kind, tally in measure(chosen, found).items() if kind in kinds}
            halves[held_out].append(totals)
            half = "held out (odd)" if held_out else "development (even)"
            _report(f"{language}, {half}", totals, misses=asked.all_misses or not held_out)
    for held_out, each in halves.items():
        name = "held out" if held_out else "development"
        say(_line(name, overall(tally for totals in each for tally in totals.values())))


if __name__ == "__main__":
    main()
