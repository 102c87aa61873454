"""Strong words, and which platform minds them.

The words are `resources/review/<language>/profanity.json`:

* ``groups``: words, the strongest groups first; ``fuck*`` begins so, ``*scheiße`` ends so, ``*fuck*`` has it anywhere,
  two words have a space.
* ``endings``: what may follow a word of which stars hide a part (“f***ing”).
* ``never``: ordinary words that look like one, alone or with the word beside it ("moby dick").

Which platform shows a short with words of a group to fewer people is `resources/review/platforms.json`; none minds the
mild ones ("damn", "hell"), so that these are in the data and found nowhere until a platform does.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from duskreel.export.presets import PLATFORMS
from duskreel.paths import resource
from duskreel.review import rules
from duskreel.review.findings import Kind, Match
from duskreel.review.spoken import Spoken

TOPIC = "profanity"
LIMITS = "review/platforms.json"
WHY = "Strong language: some platforms show such shorts to fewer people."
MASK = re.compile(r"[*#@$%!_•-]+")
"""what stands for the letters in “f***” and “sh*t” """
NO_LETTERS = re.compile(r"[^\w*#@$%!•-]+")
DRAWN_OUT = re.compile(r"(\w)\1{2,}")


@dataclass(frozen=True)
class Strong:
    """Words of some groups, of some languages."""

    words: frozenset[tuple[str, ...]]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    within: tuple[str, ...]
    never: frozenset[str]
    masked: tuple[str, ...]
    """what may be meant by a word with stars in it"""

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether one or two words, without capitals, are strong ones."""
        if words in self.words:
            return True
        word = words[0]
        if len(words) > 1 or word in self.never:
            return False
        part = word.startswith(self.begins) or word.endswith(self.ends) or any(each in word for each in self.within)
        return part or self._is_masked(word)

    def _is_masked(self, word: str) -> bool:
        core = word.split("'")[0]
        letters = MASK.sub("", core)
        if letters == core or not letters.isalpha() or not re.search(r"[*#@$%!•]", core):
            return False
        # Nobody counts the stars.
        hidden = re.compile(MASK.sub(r"\\w+", core))
        return any(hidden.fullmatch(each) for each in self.masked)


@lru_cache(maxsize=16)
def strong_words(language: str, platform: str | None) -> Strong:
    """Those which a platform limits; any of them, where none is named."""
    groups = limited_groups(platform)
    sets = rules.load(TOPIC, language)
    written = [word.casefold() for each in sets for group in groups for word in each["groups"].get(group, ())]
    plain = [word for word in written if "*" not in word]
    within = tuple(word.strip("*") for word in written if word.startswith("*") and word.endswith("*"))
    begins = tuple(word.rstrip("*") for word in written if word.endswith("*") and not word.startswith("*"))
    endings = [ending for each in sets for ending in each["endings"]]
    return Strong(
        frozenset(tuple(word.split()) for word in plain),
        begins,
        tuple(word.lstrip("*") for word in written if word.startswith("*") and not word.endswith("*")),
        within,
        frozenset(word.casefold() for each in sets for word in each["never"]),
        tuple(stem + ending for stem in (*begins, *plain) for ending in ("", *endings) if " " not in stem),
    )


def limited_groups(platform: str | None) -> tuple[str, ...]:
    """The groups of words which a platform shows to fewer people; all that any limits, where none is named."""
    platforms: Mapping[str, Mapping[str, list[str]]] = _platforms()
    named = [platform] if platform is not None and platform in platforms else list(PLATFORMS)
    return tuple(dict.fromkeys(group for name in named for group in platforms[name]["limits"]))


@lru_cache(maxsize=1)
def _platforms() -> Mapping[str, Mapping[str, list[str]]]:
    read: Mapping[str, Mapping[str, list[str]]] = json.loads(resource(LIMITS).read_text(encoding="utf-8"))["platforms"]
    return read


def find(spoken: Spoken, platform: str | None = None) -> list[Match]:
    """Strong words in their order, each alone.

    Args:
        spoken: the words.
        platform: a name of `export.presets.PLATFORMS`; None for any.
    """
    return [Match(Kind.PROFANITY, first, last, why(platform)) for first, last in _places(spoken, platform)]


def why(platform: str | None) -> str:
    """The sentence for the user."""
    if platform is None or platform not in PLATFORMS:
        return WHY
    return f"Strong language: {PLATFORMS[platform].label} may show it to fewer people."


def _places(spoken: Spoken, platform: str | None) -> Iterator[tuple[int, int]]:
    strong = strong_words(spoken.language, platform)
    words = [_core(text) for text in spoken.texts]
    index = 0
    while index < len(words):
        if _is_ordinary(words, index, strong.never):
            pass
        elif index + 1 < len(words) and strong.has((words[index], words[index + 1])):
            yield index, index + 1
            index += 1
        elif any(strong.has((each,)) for each in _parts(words[index])):
            yield index, index
        index += 1


def _is_ordinary(words: Sequence[str], index: int, never: frozenset[str]) -> bool:
    beside = words[max(0, index - 1) : index + 2]
    return words[index] in never or any(f"{one} {other}" in never for one, other in pairwise(beside))


def _core(text: str) -> str:
    return NO_LETTERS.sub("'", text.strip().casefold()).strip("'-!")


def _parts(word: str) -> Iterable[str]:
    """A word, without what is joined to it: “shit's”, “d'merde”, “piece-of-shit”; “shiiit” is “shit”."""
    short = DRAWN_OUT.sub(r"\1", word)
    return {word, short, *word.split("'"), *re.split(r"['-]", short)} - {""}
