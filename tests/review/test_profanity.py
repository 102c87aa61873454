"""Strong words and the platforms that mind them."""

import pytest

from duskreel.export.presets import PLATFORMS
from duskreel.review.findings import Kind
from duskreel.review.profanity import find, limited_groups, why
from review.hearing import shown
from review.measuring import spoken as heard


def found(text: str, language: str = "en", platform: str | None = None) -> list[str]:
    spoken = heard(text, language)
    return shown(spoken, find(spoken, platform), Kind.PROFANITY)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Well, shit, I am so fucking tired.", ["shit,", "fucking"]),
        ("en", "What the f***, it is f**king cold.", ["f***,", "f**king"]),
        ("en", "Sh*t happens, and so does bullsh*t.", ["Sh*t", "bullsh*t."]),
        ("en", "He is a dick head, a half-assed one.", ["dick head,", "half-assed"]),
        ("de", "So eine Scheiße, verfickt nochmal.", ["Scheiße,", "verfickt"]),
        ("de", "Ein Scheißtag.", ["Scheißtag."]),
        ("fr", "Putain, quelle journée de merde.", ["Putain,", "merde."]),
        ("nl", "That was shit.", ["shit."]),
        ("en", "Goddamn it, that goddamn printer.", ["Goddamn", "goddamn"]),
        ("en", "Fuuuck, a sh!tty day, unfuckingbelievable!", ["Fuuuck,", "sh!tty", "unfuckingbelievable!"]),
        ("de", "Ich hab's verkackt.", ["verkackt."]),
        ("fr", "Ptain, ça me fait chier.", ["Ptain,", "fait chier."]),
    ],
)
def test_strong_words_are_found_each_alone(language: str, text: str, words: list[str]) -> None:
    assert found(text, language) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Damn, what a hell of a day, oh crap."),
        ("en", "The class assessed the cocktail and the shiitake."),
        ("en", "It cost 5* or so, five *stars*, and that is fact."),
        ("en", "That is badass, and so is Moby Dick, and feckless too!"),
        ("de", "Mist, verdammt."),
        ("de", "Der Marsch im Schnee war harsch, ein Barsch schwamm."),
        ("fr", "Zut, mince alors, le conseil est constant."),
    ],
)
def test_mild_and_ordinary_words_are_not(language: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_says_what_it_limits(platform: str) -> None:
    assert limited_groups(platform)
    assert found("Oh, shit.", platform=platform) == ["shit."]
    assert PLATFORMS[platform].label in why(platform)


def test_without_a_platform_what_any_limits_is_found() -> None:
    assert {group for platform in PLATFORMS for group in limited_groups(platform)} == set(limited_groups(None))
