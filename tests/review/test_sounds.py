"""How words sound, whatever way they are written."""

import pytest

from duskreel.review.sounds import Sound, sound

SAME = {
    "en": [
        ("Kaitlyn", "Caitlin"),
        ("Meyer", "Mayer"),
        ("Siobhan", "Shivaun"),
        ("Tobias", "Toby us"),
        ("Philips", "Fillips"),
        ("Knight", "Night"),
        ("Wright", "Rite"),
        ("Krüger", "Krueger"),
        ("Holloway", "Hallo Way"),
        ("Stephen", "Steven"),
        ("Pryce", "Price"),
    ],
    "de": [
        ("Schäfer", "Schefer"),
        ("Schmidt", "Schmitt"),
        ("Aylin", "Ailin"),
        ("Yıldırım", "Ildirim"),
        ("Meyer", "Maier"),
    ],
    "fr": [
        ("Lefèvre", "Lefebvre"),
        ("Thibault", "Tibo"),
        ("Maëlle", "Maël"),
        ("Renault", "Reno"),
        ("Philippe", "Filip"),
    ],
}
OTHER = {
    "en": [("Kaitlyn", "Kate"), ("Nordwind", "Norton"), ("Tobias", "Thomas"), ("Meridian", "Medicine")],
    "de": [("Schäfer", "Schuster"), ("Jürgen", "Jochen"), ("Nordwind", "Notdienst")],
    "fr": [("Lefèvre", "Legrand"), ("Mirabelle", "Isabelle"), ("Beaulieu", "Bordeaux")],
}
CASES_SAME = [(language, *pair) for language, pairs in SAME.items() for pair in pairs]
CASES_OTHER = [(language, *pair) for language, pairs in OTHER.items() for pair in pairs]


def heard(text: str, language: str) -> Sound:
    return sound(text.split(), language)


@pytest.mark.parametrize(("language", "one", "other"), CASES_SAME)
def test_names_that_sound_the_same_are_the_same(language: str, one: str, other: str) -> None:
    assert heard(one, language).likeness(heard(other, language)) == 1.0


@pytest.mark.parametrize(("language", "one", "other"), CASES_OTHER)
def test_other_names_sound_different(language: str, one: str, other: str) -> None:
    assert heard(one, language).likeness(heard(other, language)) < 0.8


def test_likeness_is_the_same_both_ways_and_a_vowel_weighs_less_than_a_consonant() -> None:
    kaitlyn, vowel, consonant = (heard(word, "en") for word in ("Kaitlyn", "Kate Lynn", "Kaitlyr"))
    assert kaitlyn.likeness(vowel) == vowel.likeness(kaitlyn)
    assert consonant.likeness(kaitlyn) < vowel.likeness(kaitlyn) < 1.0


def test_a_language_without_rules_of_its_own_has_those_of_all() -> None:
    assert heard("Philip", "es").likeness(heard("Filip", "es")) == 1.0


@pytest.mark.parametrize("word", ["", "'", "5", "东京", "ʻ"])
def test_what_has_no_letters_of_ours_has_a_sound_too(word: str) -> None:
    assert sound([word], "en").likeness(sound([word], "en")) == 1.0
