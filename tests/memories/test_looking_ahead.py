"""What somebody said about what is to come, in one clip."""

from dataclasses import replace

import pytest

from duskreel import prompts
from duskreel.edit.looking_ahead import Rules, load
from duskreel.memories.looking_ahead import intentions, may_look_ahead
from duskreel.timecode import Span
from memories.felt import felt, said

TODAY = felt("2026-11-23")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "I want to call my sister."),
        ("de", "Nächste Woche fange ich neu an."),
        ("fr", "Je vais appeler ma sœur."),
        ("it", "Next week I will try again."),
    ],
)
def test_what_is_to_come_is_found_with_its_time(rules: Rules, language: str, sentence: str) -> None:
    found = intentions(TODAY, said(f"It rained all day. {sentence} That was it.", language), rules)
    assert [each.text for each in found] == [sentence]
    assert found[0].at_ms == 4 * 300


@pytest.mark.parametrize("sentence", ["I will never forget that look.", "I will.", "I will " + "really " * 40 + "go."])
def test_what_says_nothing_of_it_or_too_little_or_too_much_is_not(rules: Rules, sentence: str) -> None:
    assert intentions(TODAY, said(sentence, "en"), rules) == []


def test_what_was_cut_away_is_not_remembered(rules: Rules) -> None:
    cut = replace(TODAY, cuts=(Span(1_200, 3_000),))
    assert intentions(cut, said("It rained all day. I want to leave for good. It rained."), rules) == []


def test_a_question_about_the_future_makes_its_answer_look_ahead(rules: Rules) -> None:
    asked = next(prompt.text for prompt in prompts.load() if prompt.kind is prompts.Kind.NEXT)
    answer = said("A long walk by the river. Nothing else.")
    assert intentions(replace(TODAY, prompt=asked), answer, rules)[0].text == "A long walk by the river."
    assert intentions(TODAY, answer, rules) == []


def test_what_has_no_phrase_is_not_worth_reading_unless_it_answers_or_is_cut(rules: Rules) -> None:
    assert may_look_ahead(TODAY, "I want to call my sister.", rules)
    assert not may_look_ahead(TODAY, "It rained all day.", rules)
    assert may_look_ahead(replace(TODAY, cuts=(Span(0, 300),)), "It rained all day.", rules)
    assert may_look_ahead(replace(TODAY, prompt=sorted(rules.questions)[0]), "It rained all day.", rules)
