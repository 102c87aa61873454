"""Which words tell where somebody lives or works."""

import pytest

from duskreel.review import addresses
from review.finding import found


@pytest.mark.parametrize(
    ("text", "language", "address"),
    [
        ("I live at 42 Elm Street.", "en", "42 Elm Street"),
        ("It was two twenty one Maple Court, apartment 4B.", "en", "two twenty one Maple Court, apartment 4B"),
        ("i live at forty two elm street now", "en", "forty two elm street"),
        ("Send it to 160 King's Road, London SW3 5XP.", "en", "160 King's Road, London SW3 5XP"),
        ("She's in apartment 4B.", "en", "apartment 4B"),
        ("We keep it in unit 12.", "en", "unit 12"),
        ("It's P.O. box four five six.", "en", "P.O. box four five six"),
        ("350 Fifth Avenue is the place.", "en", "350 Fifth Avenue"),
        ("Ich wohne in der Lindenstraße 12.", "de", "Lindenstraße 12"),
        ("Lindenstraße zwölf a, dritter Stock.", "de", "Lindenstraße zwölf a, dritter Stock"),
        ("Die Berliner Straße 44 war unser Büro.", "de", "Berliner Straße 44"),
        ("J'habite 12 rue de la Paix.", "fr", "12 rue de la Paix"),
        ("J'habite au douze bis, rue des Lilas.", "fr", "douze bis, rue des Lilas"),
    ],
)
def test_street_and_number_are_found(text: str, language: str, address: str) -> None:
    assert found(addresses.find, text, language) == [("address", address)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The street was quiet.", "en"),
        ("He worked on Wall Street for 10 years.", "en"),
        ("Fifth avenue was busy.", "en"),
        ("It's a one way street.", "en"),
        ("It's a 20 minute drive.", "en"),
        ("I walked 5 blocks up Main Street.", "en"),
        ("We had 3 flat tires.", "en"),
        ("I finished unit 3 of the course.", "en"),
        ("Der Heimweg dauert 20 Minuten.", "de"),
        ("Ich stand auf Platz 3.", "de"),
        ("Il reste 2 places dans la rue.", "fr"),
        ("Elle a 3 cours de maths.", "fr"),
    ],
)
def test_streets_without_a_number_and_numbers_without_a_street_are_clean(text: str, language: str) -> None:
    assert found(addresses.find, text, language) == []
