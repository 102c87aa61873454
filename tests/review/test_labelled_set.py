"""The labelled sentences, and the fresh ones, agree with their description (tests/review/labelled/README.md)."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FOLDERS = ("labelled", "fresh")
LANGUAGES = ("en", "de", "fr")
LEAST_SENTENCES = {"labelled": {"en": 300, "de": 60, "fr": 60}, "fresh": {"en": 150, "de": 60, "fr": 60}}
LEAST_OF_A_KIND = {"labelled": 14, "fresh": 5}
LEAST_PROTECTED = {"labelled": 45, "fresh": 15}
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


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def labelled(folder: str, language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((HERE / folder / f"{language}.json").read_text(encoding="utf-8"))
    return read


def findings(folder: str, language: str) -> list[tuple[dict[str, Any], dict[str, str]]]:
    return [(said, found) for said in labelled(folder, language)["sentences"] for found in said["findings"]]


def test_every_id_is_used_once_and_names_its_language(folder: str, language: str) -> None:
    ids = [said["id"] for said in labelled(folder, language)["sentences"]]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(f"{language}-") for name in ids)


def test_no_sentence_is_said_twice(folder: str, language: str) -> None:
    heard = Counter(said["text"].casefold() for said in labelled(folder, language)["sentences"])
    assert [text for text, times in heard.items() if times > 1] == []


def test_every_finding_is_one_place_in_its_sentence(folder: str, language: str) -> None:
    astray = [
        (said["id"], found["text"])
        for said, found in findings(folder, language)
        if not found["text"].strip() or said["text"].count(found["text"]) != 1
    ]
    assert astray == []


def test_every_kind_is_known_and_used(folder: str, language: str) -> None:
    assert {found["kind"] for _, found in findings(folder, language)} == KINDS


def test_every_sentence_names_a_list_of_protected_words_that_exists(folder: str, language: str) -> None:
    read = labelled(folder, language)
    assert {said["protected"] for said in read["sentences"]} == set(read["protected"])
    assert all(word["text"] and word["kind"] for words in read["protected"].values() for word in words)


def test_a_protected_finding_needs_a_protected_word(folder: str, language: str) -> None:
    lists = labelled(folder, language)["protected"]
    assert [
        said["id"]
        for said, found in findings(folder, language)
        if found["kind"] == "protected" and not lists[said["protected"]]
    ] == []


def test_clean_sentences_are_about_half(folder: str, language: str) -> None:
    sentences = labelled(folder, language)["sentences"]
    clean = sum(not said["findings"] for said in sentences)
    assert len(sentences) >= LEAST_SENTENCES[folder][language]
    assert 0.4 <= clean / len(sentences) <= 0.6


def test_english_shows_every_kind_often_enough_to_measure(folder: str) -> None:
    shown = Counter(found["kind"] for _, found in findings(folder, "en"))
    assert min(shown.values()) >= LEAST_OF_A_KIND[folder]
    assert shown["protected"] >= LEAST_PROTECTED[folder]


def test_half_of_the_protected_words_in_english_are_not_said_as_they_are_written(folder: str) -> None:
    lists = labelled(folder, "en")["protected"]
    said_as_written = [
        {part for word in lists[said["protected"]] for part in word["text"].split()} >= set(found["text"].split())
        for said, found in findings(folder, "en")
        if found["kind"] == "protected"
    ]
    assert said_as_written.count(False) >= len(said_as_written) / 2
