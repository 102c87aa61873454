"""What findings and choices are called, and how the words of a finding are marked in their sentence."""

import re
from collections.abc import Sequence
from html import escape

from duskreel.library.review_notes import Choice
from duskreel.review.findings import Finding, Kind

NAMES = {
    Kind.PROTECTED: ("Protected word", "protected words"),
    Kind.EMAIL: ("E-mail address", "e-mail addresses"),
    Kind.PHONE: ("Phone number", "phone numbers"),
    Kind.LINK: ("Link", "links"),
    Kind.HANDLE: ("Account name", "account names"),
    Kind.ADDRESS: ("Address", "addresses"),
    Kind.MONEY: ("Money", "amounts of money"),
    Kind.BIRTH: ("Date of birth", "dates of birth"),
    Kind.ACCOUNT: ("Account or card number", "account or card numbers"),
    Kind.CONFIDENTIAL: ("Maybe confidential", "confidential places"),
    Kind.DISPARAGING: ("About somebody", "places about somebody"),
    Kind.PROFANITY: ("Strong word", "strong words"),
    Kind.MARKED: ("You asked to leave this out", "places that you asked to leave out"),
}
"""of one, and of several"""
ICONS = {
    Kind.PROTECTED: "lock",
    Kind.EMAIL: "mail",
    Kind.PHONE: "phone",
    Kind.LINK: "link",
    Kind.HANDLE: "at",
    Kind.ADDRESS: "pin",
    Kind.MONEY: "coins",
    Kind.BIRTH: "calendar",
    Kind.ACCOUNT: "card",
    Kind.CONFIDENTIAL: "hidden",
    Kind.DISPARAGING: "speech",
    Kind.PROFANITY: "volume",
    Kind.MARKED: "cut",
}
CHOICE_ICONS: dict[Choice, str] = {
    "keep": "visible",
    "cut": "cut",
    "bleep": "tone",
    "mute": "volume-off",
    "caption": "caption-off",
}
LONGEST_PART = 24
"""letters of a word without a place to break it: a label cuts off what is wider than itself"""
NOT_DECIDED = "Not decided"
LABELS: tuple[tuple[Choice, str, str], ...] = (
    ("keep", "Keep", "It stays as it is"),
    ("cut", "Cut sentence", "The short does without the whole sentence"),
    ("bleep", "Bleep", "A tone over these words, and captions without them"),
    ("mute", "Mute", "Silence over these words, and captions without them"),
    ("caption", "Hide in captions", "The words can be heard, and captions do without them"),
)
"""with what a choice is called, and what it does; their places are their keys, from 1"""


def undecided(count: int) -> str:
    """What becomes of what nobody has decided; "" where all is."""
    if not count:
        return ""
    return "1 not decided: it stays as it is" if count == 1 else f"{count} not decided: they stay as they are"


def choice_name(choice: Choice | None) -> str:
    """What was decided, in a word or two."""
    return next((label for each, label, _ in LABELS if each == choice), NOT_DECIDED)


def found(count: int) -> str:
    """How many places there are to look at."""
    return "1 place to look at" if count == 1 else f"{count} places to look at"


def marked(finding: Finding) -> str:
    """The sentence as rich text in which the words are bold and underlined."""
    start, words = _place(finding), f"<b><u>{_shown(finding.text)}</u></b>"
    if start < 0:
        return f"{_shown(finding.sentence)} ({words})"
    end = start + len(finding.text)
    return f"{_shown(finding.sentence[:start])}{words}{_shown(finding.sentence[end:])}"


def breakable(text: str) -> str:
    """The same to the eye, with places at which very long words may be broken."""
    return re.sub(rf"(\S{{{LONGEST_PART}}})(?=\S)", "\\1\u200b", text)


def _shown(text: str) -> str:
    return escape(breakable(text))


def _place(finding: Finding) -> int:
    """Of the words in their sentence; of several same ones the one that is said when the words are. -1 for none."""
    places = _places(finding.sentence, finding.text)
    lasts_ms = max(finding.sentence_span.duration_ms, 1)
    share = (finding.span.start_ms - finding.sentence_span.start_ms) / lasts_ms
    return min(places, key=lambda place: abs(place - share * len(finding.sentence)), default=-1)


def _places(sentence: str, words: str) -> Sequence[int]:
    places, place = [], sentence.find(words)
    while words and place >= 0:
        places.append(place)
        place = sentence.find(words, place + 1)
    return places
