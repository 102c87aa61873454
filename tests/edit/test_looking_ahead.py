"""Sentences that look ahead, in three languages."""

import pytest

from duskreel.edit.looking_ahead import Rules, has_a_hint, load, looks_ahead, times_ahead


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
    assert looks_ahead(sentence, rules.phrases(language))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "I will never forget that look."),
        ("en", "The goodwill of others kept me going."),
        ("en", "Who will tell me what I want to hear?"),
        ("en", "I wanted to call my sister."),
        ("de", "Ich möchte sagen, dass es schwer war."),
        ("fr", "Je vais bien, malgré tout ce bruit."),
        ("de", "I will try again tomorrow morning."),
    ],
)
def test_what_only_looks_like_it_is_not(rules: Rules, language: str, sentence: str) -> None:
    assert not looks_ahead(sentence, rules.phrases(language))


def test_a_sentence_may_look_ahead_more_than_once(rules: Rules) -> None:
    assert times_ahead("Next week I want to call her.", rules.phrases("en")) == 2
    assert times_ahead("It rained all day.", rules.phrases("en")) == 0


@pytest.mark.parametrize(
    "text", ["I want to call my sister.", "I ’ll   try  again", "Nächste Woche", "It is for tomorrow"]
)
def test_what_may_look_ahead_is_told_however_it_is_spaced(rules: Rules, text: str) -> None:
    assert has_a_hint(text, rules)
    assert not has_a_hint("It rained all day.", rules)
