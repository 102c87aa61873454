"""In which forms protected words may be said: whole, in parts, under another name; and what a language does with names.

The rules are data, `resources/review/<language>/protected.json`:

* ``endings``: what may follow a name without changing whom it means.
* ``generic``: parts of a name that tell nobody which company or project it is.
* ``particles``: parts of a person's name that do not stand alone.
* ``never_after_a_name``: what does not follow when a sentence begins with a name: “Mark my words”.
* ``articles``: what stands before a word where it is no name; only for languages with ``capital_nouns``.
* ``elisions``: what a word may swallow before a name: “d'Anna”.
* ``compounds``: whether a name may be the beginning of a longer word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from duskreel.library.protected_words import ProtectedKind, ProtectedWord
from duskreel.library.search_text import folded
from duskreel.review import rules
from duskreel.review.common_words import CommonWords, common_words
from duskreel.review.sounds import Sound, sound

TOPIC = "protected"
SHORT = 3
"""letters; a form as short as this is an abbreviation, and its capitals count"""
SHORTEST_PART = 3
"""letters of a part that stands alone"""
_NO_LETTERS = re.compile(r"[\W_]+")

Given = tuple[str, ProtectedKind, tuple[str, ...]]
"""of a protected word what matters here: its text, kind and other forms"""


@dataclass(frozen=True, eq=False)
class Customs:
    """What a language does with names."""

    language: str
    endings: tuple[str, ...]
    """longest first"""
    generic: frozenset[str]
    particles: frozenset[str]
    never_after_a_name: frozenset[str]
    articles: frozenset[str]
    elisions: tuple[str, ...]
    has_compounds: bool
    has_capital_nouns: bool
    common: CommonWords


@dataclass(frozen=True)
class Form:
    """One way to say a protected word."""

    owner: str
    """the protected word as the user wrote it"""
    text: str
    plain: str
    """as `plain` makes it"""
    words: int
    sound: Sound
    is_whole: bool
    """whether it is all of the name"""
    is_ordinary: bool
    """whether all of it are words that everybody uses, or it is as short as they are"""
    is_borrowed: bool
    """whether it is likely to be in the dictionary, as the names of projects are"""

    @property
    def is_any_case(self) -> bool:
        """Whether the user wrote it in small letters: an everyday word such as “sister”, meant wherever it is said."""
        return self.is_whole and self.text.islower()

    @property
    def is_short(self) -> bool:
        """Whether it is an abbreviation, of which the capitals count."""
        return len(self.plain) <= SHORT and self.text.isupper()


def plain(text: str) -> str:
    """Letters and digits alone, without capitals and accents."""
    return _NO_LETTERS.sub("", folded(text))


@lru_cache(maxsize=8)
def customs(language: str) -> Customs:
    """Those of a language; of all together, where it has no rules of its own."""
    sets = rules.load(TOPIC, language)

    def united(name: str) -> frozenset[str]:
        return frozenset(word for each in sets for word in each[name])

    endings = tuple(sorted(united("endings"), key=lambda ending: (-len(ending), ending)))
    return Customs(
        language,
        endings,
        united("generic"),
        united("particles"),
        united("never_after_a_name"),
        united("articles"),
        tuple(sorted(united("elisions"))),
        any(each["compounds"] for each in sets),
        all(each["capital_nouns"] for each in sets),
        common_words(language, endings),
    )


def given(words: Iterable[ProtectedWord]) -> tuple[Given, ...]:
    """Of protected words what their forms depend on."""
    return tuple((word.text, word.kind, word.also) for word in words if not word.is_removed)


@lru_cache(maxsize=4)
def forms(words: tuple[Given, ...], language: str) -> tuple[Form, ...]:
    """Every form of these words, whole names first; of two words with the same form, the first one has it."""
    kept: dict[str, Form] = {}
    known = customs(language)
    found = [form for word in words for form in _forms(word, known)]
    for form in sorted(found, key=lambda form: not form.is_whole):
        if form.plain:
            kept.setdefault(form.plain, form)
    return tuple(kept.values())


def _forms(word: Given, known: Customs) -> Iterator[Form]:
    owner, kind, also = word
    for text in (owner, *also):
        yield _form(word, text, known, is_whole=True)
        written_out = text.translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"})
        if written_out != text:
            yield _form(word, written_out, known, is_whole=True)
        if len(text.split()) > 1:
            for part in _telling(text.split(), kind, known):
                yield from (_form(word, each, known, is_whole=False) for each in (part, *_halves(part)))


def _form(word: Given, text: str, known: Customs, *, is_whole: bool) -> Form:
    words = text.split()
    is_ordinary = all(each in known.common for each in map(str.lower, words))
    letters, heard = plain(text), sound(words, known.language)
    # “Al” and “Jo” are not in the list, and yet parts of much else.
    is_ordinary = is_ordinary or (len(letters) <= SHORT and text.upper() != text.lower())
    return Form(word[0], text, letters, len(words), heard, is_whole, is_ordinary, word[1] == "project")


def _halves(part: str) -> list[str]:
    """Of a double name both."""
    return [half for half in part.split("-") if len(half) > SHORT] if "-" in part else []


def _telling(parts: list[str], kind: ProtectedKind, known: Customs) -> list[str]:
    """The parts of a name that tell alone who or what it is."""
    lowered = [part.lower().strip(".,") for part in parts]
    is_person = kind == "colleague" or (kind in ("client", "other") and lowered[0] in known.common.first_names)
    if is_person and not known.generic.intersection(lowered):
        passed_over = known.particles
        telling = [n for n, part in enumerate(lowered) if part not in passed_over]
    else:
        # “Acme Robotics” is Acme; robotics are anybody's.
        own = [n for n, part in enumerate(lowered) if part not in known.generic and part not in known.particles]
        telling = [n for n in own if lowered[n] not in known.common]
        telling = telling or [n for n in own if lowered[n] not in known.common.most_used][:1]
    return [parts[n].strip(".,") for n in telling if len(plain(parts[n])) >= SHORTEST_PART]
