"""The check before sharing: how much it finds, and how long it takes, beside a list of plain patterns and words.

Run: python tests/benchmarks/review.py [--all-misses]
Sentences (tests/review/labelled) with an even number were looked at while the rules were written, odd ones were not.
The time is that of a 3-minute entry: 500 words, 50 protected words.
"""

import argparse
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "review"))

from measuring import LANGUAGES, Finder, Tally, labelled, measure, overall

from duskreel.edit.sentences import sentences
from duskreel.library.entry import Word
from duskreel.library.protected_words import ProtectedWord
from duskreel.review.checking import check, matched
from duskreel.review.findings import Kind, Match
from duskreel.review.spoken import Spoken

PLATFORM = "tiktok"
WORDS = 500
PROTECTED = 50
WORD_MS = 360
ROUNDS = 20
SHOWN_MISSES = 40

PLAIN_PATTERNS = {
    Kind.EMAIL: r"[\w.+-]+@[\w-]+\.[\w.]+",
    Kind.LINK: r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|io|de|fr)\b\S*",
    Kind.HANDLE: r"(?<!\w)@\w+",
    Kind.PHONE: r"\+?\d[\d ().-]{6,}\d",
    Kind.MONEY: r"[$€£]\s?\d[\d.,]*k?|\d[\d.,]*\s?(?:dollars|euros?|pounds|[$€£])",
    Kind.ACCOUNT: r"\b(?:\d{4}[ -]?){3}\d{4}\b|\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b",
    Kind.ADDRESS: r"\b\d+ \w+ (?:street|road|avenue|st|rd)\b|\b\w+stra(?:ß|ss)e \d+|\b\d+,? rue \w+",
    Kind.BIRTH: r"\b(?:born|birthday|geboren|Geburtstag|né|née)\b.*\d",
    Kind.CONFIDENTIAL: r"\b(?:NDA|confidential|vertraulich|confidentiel)\b",
    Kind.DISPARAGING: r"\b(?:idiot|scam|liar|incompetent|toxic|Lügner|unfähig|menteur|incapable)\b",
    Kind.PROFANITY: r"\b(?:fuck\w*|shit\w*|asshole|bitch|Scheiße|scheiße|merde|putain)\b",
    Kind.MARKED: r"\b(?:cut this|delete this|don't post this|rausschneiden|coupe ça)\b",
}
"""what somebody writes down in an evening; a protected word is looked for as it is written"""


def the_check(spoken: Spoken, protected: Sequence[Any]) -> list[Match]:
    return matched(
        spoken, [ProtectedWord(word["text"], also=tuple(word.get("also", ()))) for word in protected], PLATFORM
    )


def plain(spoken: Spoken, protected: Sequence[Any]) -> list[Match]:
    names = "|".join(re.escape(word["text"]) for word in protected)
    patterns = {**PLAIN_PATTERNS, **({Kind.PROTECTED: rf"\b(?:{names})\b"} if names else {})}
    return [match for kind, pattern in patterns.items() for match in _places(spoken, kind, pattern)]


def _places(spoken: Spoken, kind: Kind, pattern: str) -> Iterator[Match]:
    text = " ".join(spoken.texts)
    for found in re.finditer(pattern, text, re.IGNORECASE):
        first = text[: found.start()].count(" ")
        yield Match(kind, first, first + found[0].rstrip().count(" "), "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all-misses", action="store_true", help="those of the odd half too; not while tuning")
    parser.add_argument("--one-check", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one_check:
        say(f"{_seconds(check, *talk()):.4f}")
        return
    _tell_accuracy(all_misses=asked.all_misses)
    _tell_time()


def _tell_accuracy(*, all_misses: bool) -> None:
    finders: Mapping[str, Finder] = {"check": the_check, "plain patterns": plain}
    for name, find in finders.items():
        everything: list[dict[Kind, Tally]] = []
        for held_out in (False, True):
            half = "odd" if held_out else "even"
            by_language = [
                measure([said for said in labelled(each) if said.held_out is held_out], {name: find})
                for each in LANGUAGES
            ]
            everything += by_language
            for language, totals in zip(LANGUAGES, by_language, strict=True):
                _tell(f"{name}, {half}, {language}", [totals])
            _tell(f"{name}, {half}", by_language)
            if name == "check" and (all_misses or not held_out):
                _tell_misses(by_language)
        for kind in Kind:
            _tell(f"{name}, {kind}", [{kind: totals[kind]} for totals in everything if kind in totals])
        _tell(f"{name}, all sentences", everything)
        say("")


def _tell(title: str, totals: Sequence[Mapping[Kind, Tally]]) -> None:
    tally = overall(each for by_kind in totals for each in by_kind.values())
    counts = f"({tally.found}/{tally.found + tally.missed}, {tally.right}/{tally.right + tally.false})"
    say(f"{title:<32} recall {tally.recall:6.1%}  precision {tally.precision:6.1%}  {counts}")


def _tell_misses(totals: Sequence[Mapping[Kind, Tally]]) -> None:
    for by_kind in totals:
        for kind, tally in by_kind.items():
            for line in tally.misses[:SHOWN_MISSES]:
                say(f"    missed {kind}: {line}")
            for line in tally.false_alarms[:SHOWN_MISSES]:
                say(f"    false  {kind}: {line}")


def talk() -> tuple[Any, ...]:
    """An entry in English: labelled sentences one after the other, and protected words, some of which are said."""
    chosen = random.Random(7)  # noqa: S311 - the same entry every time
    said = [each for each in labelled("en") if not each.held_out]
    chosen.shuffle(said)
    texts = [text for each in said for text in each.text.split()][:WORDS]
    words = [Word(text, n * WORD_MS, (n + 1) * WORD_MS, 1.0) for n, text in enumerate(texts)]
    names = list(dict.fromkeys(word["text"] for each in said for word in each.protected))
    syllables = ("bren", "do", "kal", "mi", "nor", "ra", "sten", "ta", "vel", "zu")
    while len(names) < PROTECTED:
        names.append("".join(chosen.choices(syllables, k=3)).capitalize())
    return sentences(words), "en", tuple(map(ProtectedWord, names[:PROTECTED])), PLATFORM


def _seconds(work: Any, *inputs: Any) -> float:
    start = time.process_time()
    work(*inputs)
    return time.process_time() - start


def _tell_time() -> None:
    inputs = talk()
    first = sorted(_first_check_s() for _ in range(5))
    say(f"first check in a new process (loads the rules): {first[2] * 1000:.0f} ms of processor time ({_range(first)})")
    check(*inputs)
    later = sorted(_seconds(check, *inputs) for _ in range(ROUNDS))
    start = time.perf_counter()
    found = check(*inputs)
    wall = time.perf_counter() - start
    say(f"each later one: {later[ROUNDS // 2] * 1000:.0f} ms ({_range(later)}), {wall * 1000:.0f} ms by the clock")
    spoken = Spoken.of(inputs[0], "en")
    protected = [{"text": word.text} for word in inputs[2]]
    naive = sorted(_seconds(plain, spoken, protected) for _ in range(ROUNDS))
    say(f"plain patterns: {naive[ROUNDS // 2] * 1000:.0f} ms ({_range(naive)})")
    say(f"{WORDS} words, {PROTECTED} protected words, {len(found)} findings")


def _first_check_s() -> float:
    ran = subprocess.run([sys.executable, __file__, "--one-check"], check=True, capture_output=True, text=True)
    return float(ran.stdout)


def _range(seconds: Sequence[float]) -> str:
    return f"{seconds[0] * 1000:.0f} to {seconds[-1] * 1000:.0f}"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
