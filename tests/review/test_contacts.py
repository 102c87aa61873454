"""Which words tell how somebody can be reached."""

import pytest

from duskreel.review import contacts
from duskreel.review.spoken import Spoken
from review.finding import found


@pytest.mark.parametrize(
    ("text", "language", "email"),
    [
        ("Write to sam.ortiz@quietmail.org tonight.", "en", "sam.ortiz@quietmail.org"),
        ("It's sam dot ortiz at gmail dot com, all small.", "en", "sam dot ortiz at gmail dot com"),
        ("That's s a m at quietmail dot org.", "en", "s a m at quietmail dot org"),
        ("It's s, a, m, at gmail.com.", "en", "s, a, m, at gmail.com"),
        ("Reach me at Sam Ortiz, at gmail.com.", "en", "Sam Ortiz, at gmail.com"),
        ("My email is sam dash ortiz at proton mail dot com.", "en", "sam dash ortiz at proton mail dot com"),
        ("Well, lou dot marsh at lantern dot co dot uk.", "en", "lou dot marsh at lantern dot co dot uk"),
        ("Schreib an eva punkt lang ät gmail punkt com.", "de", "eva punkt lang ät gmail punkt com"),
        ("C'est luc tiret roy arobase orange point fr.", "fr", "luc tiret roy arobase orange point fr"),
    ],
)
def test_an_address_is_found_as_it_is_written_spoken_and_spelled(text: str, language: str, email: str) -> None:
    assert found(contacts.find, text, language) == [("email", email)]


def test_an_address_is_found_in_the_pieces_into_which_recognition_cuts_it() -> None:
    said = Spoken.of_texts([["Write", "sam", ".ortiz", "@quietmail", ".org", "please."]], "en")
    assert [(match.first, match.last) for match in contacts.find(said)] == [(1, 4)]


def test_the_whole_name_is_covered_and_nothing_before_it() -> None:
    text = "Send it to little red barn at gmail dot com."
    assert found(contacts.find, text) == [("email", "little red barn at gmail dot com")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I was at work dot dot dot and then I wasn't.", "en"),
        ("He lost it all in the dot com years.", "en"),
        ("I read my email at the station.", "en"),
        ("Um Punkt acht war ich da.", "de"),
        ("Au point de vue du moral, ça va.", "fr"),
    ],
)
def test_dots_and_ats_of_ordinary_speech_are_no_address(text: str, language: str) -> None:
    assert found(contacts.find, text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "link"),
    [
        ("It's on www.quiet-hours.net now.", "en", "www.quiet-hours.net"),
        ("I looked at lantern dot com all night.", "en", "lantern dot com"),
        ("Go to github slash quiet sam.", "en", "github slash quiet sam"),
        ("Das steht auf abendlicht punkt de.", "de", "abendlicht punkt de"),
        ("Va sur lanterne point fr.", "fr", "lanterne point fr"),
    ],
)
def test_a_page_is_found(text: str, language: str, link: str) -> None:
    assert found(contacts.find, text, language) == [("link", link)]


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Call five five five oh one six six.", "en", "five five five oh one six six"),
        ("Call me on double seven oh five five five one six six.", "en", "double seven oh five five five one six six"),
        ("Text six four six triple five oh one six six.", "en", "six four six triple five oh one six six"),
        ("My number is 555. 0166. Good night.", "en", "555. 0166"),
        ("My cell is (415) 555-0166.", "en", "(415) 555-0166"),
        ("I dialed nine one one and waited.", "en", "nine one one"),
        ("Ruf die 112 an.", "de", "112"),
        ("Meine Nummer ist null eins sieben null, zwölf vierunddreißig elf.", "de",
         "null eins sieben null, zwölf vierunddreißig elf"),
        ("Appelle le zéro six, douze, quatre-vingt-dix, onze, vingt.", "fr",
         "zéro six, douze, quatre-vingt-dix, onze, vingt"),
    ],
)  # fmt: skip
def test_a_number_to_call_is_found(text: str, language: str, number: str) -> None:
    assert found(contacts.find, text, language) == [("phone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "I worked from 9 to 5 and then 24 7.",
        "It was 2019, 2020, 2021, the hard years.",
        "One, two, three, four, five, six, seven, eight, and breathe.",
        "I call 300 people a week.",
        "They sold 1,200,000 pieces.",
        "We won 3 2, 4 1 and 5 0.",
        "I got up at 6 30 and slept at 11 45.",
        "I was about forty one, or forty two percent done.",
        "My card number is 4111 1111 1111 1111.",
    ],
)
def test_other_numbers_are_no_phone_number(text: str) -> None:
    assert found(contacts.find, text) == []


@pytest.mark.parametrize(
    ("text", "language", "handle"),
    [
        ("Some @quiet_sam wrote to me.", "en", "@quiet_sam"),
        ("My Instagram is quiet underscore sam.", "en", "quiet underscore sam"),
        ("My username is quietsam42 on Reddit.", "en", "quietsam42"),
        ("I'm on TikTok as quiet sam.", "en", "quiet sam"),
        ("Ich bin auf Insta als müde minus maus.", "de", "müde minus maus"),
        ("Mon pseudo c'est nuit blanche.", "fr", "nuit blanche"),
    ],
)
def test_an_account_name_is_found(text: str, language: str, handle: str) -> None:
    assert found(contacts.find, text, language) == [("handle", handle)]


@pytest.mark.parametrize(
    "text",
    ["My Instagram is full of dogs.", "I use Instagram as a diary.", "The door handle is broken.", "Follow the river."],
)
def test_talk_about_services_is_no_account_name(text: str) -> None:
    assert found(contacts.find, text) == []


def test_where_the_language_is_unknown_the_signs_of_all_of_them_count() -> None:
    assert found(contacts.find, "eva punkt lang arobase gmail dot com", "") == [
        ("email", "eva punkt lang arobase gmail dot com")
    ]
