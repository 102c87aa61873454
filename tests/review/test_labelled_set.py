"""The labelled sentences agree with their own description (tests/review/labelled/README.md)."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

LABELLED = Path(__file__).parent / "labelled"
LANGUAGES = ("en", "de", "fr")
LEAST_SENTENCES = {"en": 300, "de": 60, "fr": 60}
KINDS = {
    "protected",
    "email",
    "phone",
    "link",
    "handle",
    "address",
    "money",
    "birth",
    "account",
    "confidential",
    "disparaging",
    "profanity",
    "marked",
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def labelled(language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((LABELLED / f"{language}.json").read_text(encoding="utf-8"))
    return read


def findings(language: str) -> list[tuple[dict[str, Any], dict[str, str]]]:
    return [(said, found) for said in labelled(language)["sentences"] for found in said["findings"]]


def test_every_id_is_used_once_and_names_its_language(language: str) -> None:
    ids = [said["id"] for said in labelled(language)["sentences"]]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(f"{language}-") for name in ids)


def test_no_sentence_is_said_twice(language: str) -> None:
    heard = Counter(said["text"].casefold() for said in labelled(language)["sentences"])
    assert [text for text, times in heard.items() if times > 1] == []


def test_every_finding_is_one_place_in_its_sentence(language: str) -> None:
    astray = [
        (said["id"], found["text"])
        for said, found in findings(language)
        if not found["text"].strip() or said["text"].count(found["text"]) != 1
    ]
    assert astray == []


def test_every_kind_is_known_and_used(language: str) -> None:
    assert {found["kind"] for _, found in findings(language)} == KINDS


def test_every_sentence_names_a_list_of_protected_words_that_exists(language: str) -> None:
    read = labelled(language)
    assert {said["protected"] for said in read["sentences"]} == set(read["protected"])
    assert all(word["text"] and word["kind"] for words in read["protected"].values() for word in words)


def test_a_protected_finding_needs_a_protected_word(language: str) -> None:
    lists = labelled(language)["protected"]
    assert [
        said["id"]
        for said, found in findings(language)
        if found["kind"] == "protected" and not lists[said["protected"]]
    ] == []


def test_clean_sentences_are_about_half(language: str) -> None:
    sentences = labelled(language)["sentences"]
    clean = sum(not said["findings"] for said in sentences)
    assert len(sentences) >= LEAST_SENTENCES[language]
    assert 0.4 <= clean / len(sentences) <= 0.6


def test_english_shows_every_kind_often_enough_to_measure() -> None:
    shown = Counter(found["kind"] for _, found in findings("en"))
    assert min(shown.values()) >= 14
    assert shown["protected"] >= 45


def test_half_of_the_protected_words_in_english_are_not_said_as_they_are_written() -> None:
    lists = labelled("en")["protected"]
    said_as_written = [
        {part for word in lists[said["protected"]] for part in word["text"].split()} >= set(found["text"].split())
        for said, found in findings("en")
        if found["kind"] == "protected"
    ]
    assert said_as_written.count(False) >= len(said_as_written) / 2
