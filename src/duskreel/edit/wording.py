"""How words stand next to each other in writing: the space between them, and where a thought ends.

Speech recognition hands out words with punctuation attached, and writings that know no spaces token by token.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from duskreel.library.entry import Word

UNSPACED = re.compile(
    "["
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u0fff"  # Tibetan
    "\u1000-\u109f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u2e80-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"  # Chinese, Japanese
    "\uf900-\ufaff\U00020000-\U0003ffff"  # their rarer signs
    "\uff01-\uff65\uff66-\uff9f"  # full-width signs, half-width kana
    "]"
)
"""Korean is not among them: it puts spaces between its words."""

CLOSING = "\"'”’“»«›‹)]}」』）】》〉"
"""with “ and «, which close a quotation in German and in Danish"""
OPENING = "([{“”„«»‘‚‹›¿¡\"'「『（【《〈"
SENTENCE_END = ".!?…。｡．！？।॥؟۔։።᙮"
CLAUSE_END = ",;:，、､；：،؛—–"
ATTACHED = re.compile(
    r"[.,!?;:%°…)\]}”]+$"  # punctuation that came as a word of its own
    r"|[.,:]\d"  # ".50" after "3"
    r"|[-‐‑/@_&+·][^\W\d]"  # "-known" after "well"
    r"|['’](s|t|re|ve|ll|d|m)\b",  # "'s" after "sister", but not "'em"
    re.IGNORECASE,
)
TITLES = re.compile("dr|mr|mrs|ms|mx|prof|sr|sra|srta|st|hr|mme|mlle|mgr|rev|sgt|capt|lt|vs|nr|núm|bzw|ggf|evtl|ca")
"""What stands before a name or a number, so that its point never ends a sentence."""
SHORT_FORMS = re.compile("etc|usw|jr|inc|ltd|co|corp|approx|dept|jan|feb|apr|aug|sept|oct|nov|dec")
"""What may end a sentence, but mostly does not."""
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
"""e.g, a.m, z.B, U.S, without the last point; a single letter is an initial"""
NEVER_FIRST = CLOSING + SENTENCE_END + CLAUSE_END + "ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々ๆฯ"
"""signs that Chinese, Japanese and Thai never begin a line with (JIS X 4051, Unicode UAX #14)"""
NEVER_LAST = "「『（【《〈“([{"
BREATH_MS = 300
"""a pause that makes a sentence's end out of a capital letter after "a.m." """


# People use few words, and use them again and again.
@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The word without punctuation and capitals, for looking it up."""
    return text.strip(CLOSING + OPENING + SENTENCE_END + CLAUSE_END + "-%° ").replace("’", "'").casefold()


@lru_cache(maxsize=16384)
def separator(before: str, after: str) -> str:
    """What stands between two neighbouring words: a space, or nothing."""
    if not before or not after:
        return ""
    if UNSPACED.match(before[-1]) or UNSPACED.match(after[0]):
        return ""
    if before in OPENING or before[-1] in "([{¿¡":
        return ""
    return "" if ATTACHED.match(after) else " "


def joined(words: Iterable[Word]) -> str:
    """The words as written text; those that the user corrected to nothing leave no trace."""
    texts = [text for word in words if (text := " ".join(word.shown.split()))]
    return "".join(texts[:1] + [separator(before, after) + after for before, after in pairwise(texts)])


def ends_clause(word: Word) -> bool:
    """Whether a comma or its like follows the word."""
    core = _written(word).rstrip(CLOSING)
    return bool(core) and core[-1] in CLAUSE_END


def ends_sentence(word: Word, following: Word | None) -> bool:
    """Whether a sentence ends with this word.

    Args:
        word: with its punctuation, closing quotation marks included.
        following: the next word, None after the last.
    """
    written = _written(word)
    core = written.rstrip(CLOSING)
    if not core or core[-1] not in SENTENCE_END:
        return False
    if following is None:
        return True
    next_text = _written(following)
    goes_on = next_text.lstrip(OPENING)[:1].islower()
    if core[-1] == "…" or core.endswith("..") or (core[-1] in "!?" and written != core):
        return not goes_on  # "I was... tired", "“Why?” she asked"
    if core[-1] != ".":
        return True
    return _point_ends_sentence(core[:-1], word, following, goes_on=goes_on)


def _point_ends_sentence(stem: str, word: Word, following: Word, *, goes_on: bool) -> bool:
    name = stem.lstrip(OPENING).casefold()
    if TITLES.fullmatch(name):
        return False
    if DOTTED.fullmatch(name) or SHORT_FORMS.fullmatch(name):
        return not goes_on and following.start_ms - word.end_ms >= BREATH_MS
    is_initial = len(name) == 1 and name.isalpha() and name != "i" and not UNSPACED.match(name)
    return not is_initial


def _written(word: Word) -> str:
    """With the punctuation that was heard, where the user took the word itself away."""
    return word.shown.strip() or word.text.strip()


def is_unspaced(text: str) -> bool:
    """Whether it ends in a writing that puts no spaces between words, like Chinese, Japanese and Thai."""
    return bool(UNSPACED.match(text[-1:]))


def is_glued(before: str, after: str) -> bool:
    """Whether the two are one word in writing, like "3" and ".50", and a line must not end between them."""
    if separator(before, after):
        return False
    if is_unspaced(before) or UNSPACED.match(after[:1]):
        return after[:1] in NEVER_FIRST or before[-1:] in NEVER_LAST
    return True


def is_name(before: str, after: str) -> bool:
    """Whether the two look like "Dr. Miller", "Anna Karenina" or "10 minutes", which read badly apart."""
    if TITLES.fullmatch(before.rstrip(".").casefold()) or before[-1:].isdigit():
        return True
    return len(before) > 1 and before[-1:].isalnum() and before[:1].isupper() and after[:1].isupper()
