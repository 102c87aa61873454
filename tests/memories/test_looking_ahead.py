"""Sentences that look ahead, in three languages."""

from dataclasses import replace

import pytest

from duskreel import prompts
from duskreel.memories.looking_ahead import Rules, intentions, load
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
        ("en", "And then I’m going to sleep for a whole day."),
        ("en", "Next week there is another interview."),
        ("en", "So I'll try again, one letter at a time."),
        ("en", "I hope that she calls back."),
        ("de", "Morgen werde ich meine Schwester anrufen."),
        ("de", "Nächste Woche fange ich neu an."),
        ("de", "Ich möchte wieder laufen gehen."),
        ("fr", "Je vais appeler ma sœur."),
        ("fr", "La semaine prochaine, on recommence tout."),
        ("fr", "J’espère dormir cette nuit."),
        ("it", "Next week I will try again."),
    ],
)
def test_what_is_to_come_is_found(rules: Rules, language: str, sentence: str) -> None:
    found = intentions(TODAY, said(f"It rained all day. {sentence} That was it.", language), rules)
    assert [each.text for each in found] == [sentence]
    assert found[0].at_ms == 4 * 300


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "I will never forget that look."),
        ("en", "The goodwill of others kept me going."),
        ("en", "I will."),
        ("en", "Who will tell me what I want to hear?"),
        ("en", "I wanted to call my sister."),
        ("de", "Ich möchte sagen, dass es schwer war."),
        ("fr", "Je vais bien, malgré tout ce bruit."),
        ("de", "I will try again tomorrow morning."),
    ],
)
def test_what_only_looks_like_it_is_not(rules: Rules, language: str, sentence: str) -> None:
    assert intentions(TODAY, said(sentence, language), rules) == []


def test_what_was_cut_away_is_not_remembered(rules: Rules) -> None:
    cut = replace(TODAY, cuts=(Span(1_200, 3_000),))
    assert intentions(cut, said("It rained all day. I want to leave for good. It rained."), rules) == []


def test_a_question_about_the_future_makes_its_answer_look_ahead(rules: Rules) -> None:
    asked = next(prompt.text for prompt in prompts.load() if prompt.kind is prompts.Kind.NEXT)
    answer = said("A long walk by the river. Nothing else.")
    assert intentions(replace(TODAY, prompt=asked), answer, rules)[0].text == "A long walk by the river."
    assert intentions(TODAY, answer, rules) == []
