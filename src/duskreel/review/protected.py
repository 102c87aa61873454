"""Protected words in what is said: as they are written, bent, in parts, split, joined, misspelled or misheard.

What is compared are windows of neighbouring words of a sentence. A window that is not exactly a form of a protected
word must be near it in spelling and in sound, and there must be a reason to take it for a name: a capital where none
is due, or a word that is not in everybody's mouth.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from duskreel.edit.wording import CLAUSE_END, OPENING, SENTENCE_END, UNSPACED
from duskreel.library.protected_words import ProtectedWord
from duskreel.review.findings import Kind, Match
from duskreel.review.protected_forms import SHORT, Customs, Form, Given, customs, forms, given, plain
from duskreel.review.sounds import Sound, key
from duskreel.review.spoken import Spoken

MORE_WORDS = 2
"""into which a name may be heard beyond those that it has"""
MOST_WORDS = 6
SHORTEST_GUESS = 4
"""letters of a name that may be recognised though it is written in another way"""
SHORTEST_COMPOUND = 5
"""letters of a name at the beginning of a longer word, and"""
SHORTEST_REST = 3
"""letters of the rest"""
LEAST_SPELLED = {4: 0.75, 6: 0.8, 9: 0.77}
"""similarity in spelling that is near, by the letters from which it holds"""
LEAST_HEARD = 0.86
"""likeness in sound that is near"""
LEAST_OF_BOTH = 0.5
"""in spelling, where it sounds alike, and the other way round"""
LETTERS_ASTRAY = 0.4
"""of the name's letters, by which a window may be longer or shorter, and"""
LETTERS_ASTRAY_SOUNDING = 0.6
"""if it sounds the same: “Tibo”, “Thibault” """
TELLING_CONSONANTS = 3
"""from which the same sound is enough: words of two are many"""
LENIENCE = 0.35
"""in the spelling of a word that sounds the same and is in the dictionary, as “Marc” for “Mark” may be"""
_PAUSE = tuple(CLAUSE_END + SENTENCE_END)
_PIECES = re.compile(r"[-‐‑/]+")


@dataclass(frozen=True)
class _Token:
    """A word as it is compared."""

    written: str
    """without punctuation before it"""
    stems: tuple[str, ...]
    """in plain letters: as it is, then without endings"""
    spoken: str
    """how it sounds, as `sounds.key` gives it"""
    has_capital: bool
    is_common: bool
    is_first: bool
    pauses: bool
    """whether punctuation follows"""
    is_bent: bool
    """whether it ends as “Mark's” does"""


@dataclass(frozen=True)
class _Hit:
    form: Form
    first: int
    last: int
    how: str
    score: float

    @property
    def places(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class _Lookup:
    """Forms by what is looked up."""

    by_plain: Mapping[str, Form]
    by_first: Mapping[str, Sequence[Form]]
    """those that may be guessed, by their first sound"""
    compounds: tuple[Form, ...]
    unspaced: tuple[Form, ...]
    """whole ones of two signs and more in writings that know no spaces"""
    most_words: int
    most_letters: int


def find(spoken: Spoken, protected_words: Iterable[ProtectedWord]) -> list[Match]:
    """Where protected words are said, in order; no two overlap.

    Args:
        spoken: of a clip.
        protected_words: of the diary.
    """
    words = given(protected_words)
    if not words or not spoken.texts:
        return []
    search = _Search(customs(spoken.language), _lookup(words, spoken.language))
    hits = [hit for sentence in spoken.sentences() for hit in search.hits(_tokens(spoken, sentence, search.known))]
    return [Match(Kind.PROTECTED, hit.first, hit.last, _why(hit)) for hit in _united(_best(hits), spoken)]


@lru_cache(maxsize=4)
def _lookup(words: tuple[Given, ...], language: str) -> _Lookup:
    all_forms = forms(words, language)
    by_first: dict[str, list[Form]] = defaultdict(list)
    for form in all_forms:
        if len(form.plain) >= SHORTEST_GUESS:
            by_first[form.sound.first].append(form)
    return _Lookup(
        {form.plain: form for form in all_forms},
        dict(by_first),
        tuple(form for form in all_forms if len(form.plain) >= SHORTEST_COMPOUND and not form.is_ordinary),
        tuple(form for form in all_forms if len(form.plain) > 1 and form.is_whole and UNSPACED.match(form.plain)),
        min(MOST_WORDS, max((form.words for form in all_forms), default=1) + MORE_WORDS),
        int(max((len(form.plain) for form in all_forms), default=0) * (1 + LETTERS_ASTRAY)),
    )


# ---- words


def _tokens(spoken: Spoken, sentence: range, known: Customs) -> dict[int, _Token]:
    return {
        index: _token(spoken.texts[index], spoken.bare[index], known, is_first=index == sentence.start)
        for index in sentence
        if plain(spoken.bare[index])
    }


@lru_cache(maxsize=16384)
def _token(text: str, bare: str, known: Customs, *, is_first: bool) -> _Token:
    written = text.strip().lstrip(OPENING + "-").replace("’", "'")
    elided = next((each for each in known.elisions if bare.startswith(each) and len(bare) > len(each) + 1), "")
    written, bare = written[len(elided) :], bare[len(elided) :]
    base = next((bare[: -len(ending)] for ending in known.endings if "'" in ending and bare.endswith(ending)), bare)
    return _Token(
        written,
        _stems(bare, known),
        key(base, known.language),
        written[:1].isupper(),
        _is_common(bare, base, known),
        is_first and not elided,
        text.rstrip().endswith(_PAUSE),
        base != bare,
    )


def _is_common(bare: str, base: str, known: Customs) -> bool:
    pieces = [piece for piece in _PIECES.split(bare) if piece]
    return base in known.common or all(piece in known.common for piece in pieces)


def _stems(bare: str, known: Customs) -> tuple[str, ...]:
    shortened = (bare[: -len(ending)] for ending in known.endings if bare.endswith(ending))
    stems = (plain(each) for each in (bare, *(stem for stem in shortened if len(stem) > 1)))
    return tuple(dict.fromkeys(filter(None, stems)))


# ---- hits


@dataclass(frozen=True)
class _Window:
    """Neighbouring words of a sentence.

    Args:
        row: the words of the sentence.
        places: their indices in the clip.
        start: of the window in the row.
        end: included.
    """

    row: Sequence[_Token]
    places: Sequence[int]
    start: int
    end: int

    @property
    def tokens(self) -> Sequence[_Token]:
        return self.row[self.start : self.end + 1]

    @property
    def before(self) -> _Token | None:
        return self.row[self.start - 1] if self.start else None

    @property
    def following(self) -> _Token | None:
        return self.row[self.end + 1] if self.end + 1 < len(self.row) else None

    @property
    def is_lower_by_choice(self) -> bool:
        """Whether it has no capital in a sentence that has some."""
        return not self.tokens[0].has_capital and any(token.has_capital for token in self.row)

    def hit(self, form: Form, how: str, score: float) -> _Hit:
        return _Hit(form, self.places[self.start], self.places[self.end], how, score)


@dataclass(frozen=True)
class _Search:
    known: Customs
    lookup: _Lookup

    def hits(self, tokens: Mapping[int, _Token]) -> Iterator[_Hit]:
        """In one sentence; they may overlap."""
        places, row = list(tokens), list(tokens.values())
        yield from self._unspaced(row, places)
        for start in range(len(row)):
            yield from self._within(row[start], places[start])
            head = ""
            for end in range(start, min(len(row), start + self.lookup.most_words)):
                window = _Window(row, places, start, end)
                hit = self._exact(head, window)
                if hit is None and self._may_be_a_name(window):
                    hit = self._near(head, window)
                if hit is not None:
                    yield hit
                head += row[end].stems[0]
                if len(head) > self.lookup.most_letters:
                    break

    def _unspaced(self, row: Sequence[_Token], places: Sequence[int]) -> Iterator[_Hit]:
        """Where a writing has no spaces, a name may begin and end within what stands as words."""
        if not self.lookup.unspaced:
            return
        letters = "".join(token.stems[0] for token in row)
        owners = [place for token, place in zip(row, places, strict=True) for _ in token.stems[0]]
        for form in self.lookup.unspaced:
            at = letters.find(form.plain)
            while at >= 0:
                yield _Hit(form, owners[at], owners[at + len(form.plain) - 1], "is", 2.0 + form.is_whole)
                at = letters.find(form.plain, at + 1)

    def _exact(self, head: str, window: _Window) -> _Hit | None:
        for stem in window.tokens[-1].stems:
            form = self.lookup.by_plain.get(head + stem)
            if form is not None and self._is_meant(form, window):
                is_same = stem == window.tokens[-1].stems[0]
                return window.hit(form, "is" if is_same else "bent", 2.0 + form.is_whole)
        return None

    def _is_meant(self, form: Form, window: _Window) -> bool:
        """Whether letters that are the same also mean the name."""
        tokens = window.tokens
        if form.is_any_case:
            return True
        if form.is_short:
            return all(token.written[: len(form.plain)].partition("'")[0].isupper() for token in tokens)
        if form.is_ordinary:
            if form.is_whole and len(tokens) == form.words > 1 and not any(token.pauses for token in tokens[:-1]):
                # “blue river” may be any river, or the employer as it was written down: whoever protects it can tell.
                return True
            return all(token.has_capital for token in tokens) and self._reads_as_name(window)
        if form.is_borrowed and len(tokens) == 1 and not self.known.has_capital_nouns:
            return not window.is_lower_by_choice
        if len(tokens) > form.words and all(token.is_common and not token.has_capital for token in tokens):
            return len(form.plain) > SHORT + 1 and not any(token.pauses for token in tokens[:-1])
        return True

    def _reads_as_name(self, window: _Window) -> bool:
        """Whether a capital says that an ordinary word is a name here."""
        before, following, tokens = window.before, window.following, window.tokens
        if self.known.has_capital_nouns and before is not None and before.stems[0] in self.known.articles:
            return False
        if not tokens[0].is_first or len(tokens) > 1 or following is None or tokens[0].pauses or tokens[0].is_bent:
            return True
        return following.stems[0] not in self.known.never_after_a_name

    def _within(self, token: _Token, place: int) -> Iterator[_Hit]:
        """In a word with a hyphen, or one that begins with a name."""
        pieces = [plain(piece) for piece in _PIECES.split(token.written)]
        for piece in pieces if len(pieces) > 1 else ():
            form = self.lookup.by_plain.get(piece)
            if form is not None and not form.is_ordinary and len(piece) > SHORT:
                yield _Hit(form, place, place, "bent", 2.0)
        if not self.known.has_compounds or token.is_common:
            return
        for form in self.lookup.compounds:
            if token.stems[0].startswith(form.plain) and len(token.stems[0]) >= len(form.plain) + SHORTEST_REST:
                yield _Hit(form, place, place, "bent", 2.0)

    def _may_be_a_name(self, window: _Window) -> bool:
        """Whether there is a reason to take words for a name that is written in another way."""
        ends = (window.row[window.start], window.row[window.end])
        return any(map(self._is_evidence, ends)) and all(len(token.stems[0]) > 1 for token in ends)

    def _is_evidence(self, token: _Token) -> bool:
        if not token.is_common:
            return True
        return token.has_capital and not token.is_first and not self.known.has_capital_nouns

    def _near(self, head: str, window: _Window) -> _Hit | None:
        tokens = window.tokens
        heard = Sound.of_key("".join(token.spoken for token in tokens))
        best: _Hit | None = None
        for form in self.lookup.by_first.get(heard.first, ()):
            # Exactly the form, and `_is_meant` said no: then it is no guess either.
            if len(tokens) > form.words + MORE_WORDS or form.plain in [head + stem for stem in tokens[-1].stems]:
                continue
            for stem in tokens[-1].stems:
                score, how = self._score(form, head + stem, heard, tokens)
                if score > (best.score if best else 0.0):
                    best = window.hit(form, how, score)
        return best

    def _score(self, form: Form, letters: str, heard: Sound, tokens: Sequence[_Token]) -> tuple[float, str]:
        """How near the letters and the sound of a window are to a form, 0.0 for too far; and in what."""
        length, is_same_sound = len(form.plain), heard.key == form.sound.key
        astray = LETTERS_ASTRAY_SOUNDING if is_same_sound else LETTERS_ASTRAY
        if len(letters) < SHORT or abs(len(letters) - length) > astray * length:
            return 0.0, ""
        spelled = Levenshtein.normalized_similarity(letters, form.plain)
        if spelled < LEAST_OF_BOTH and not (is_same_sound and self._tells(heard, tokens)):
            return 0.0, ""
        likeness = heard.likeness(form.sound)
        if len(tokens) == 1 and self._is_somebody_else(letters, tokens[0]) and min(likeness, spelled + LENIENCE) < 1:
            return 0.0, ""
        if likeness >= LEAST_HEARD:
            return (spelled + likeness) / 2, "heard"
        near = next(least for letters_from, least in reversed(LEAST_SPELLED.items()) if length >= letters_from)
        return ((spelled + likeness) / 2, "spelled") if spelled >= near and likeness >= LEAST_OF_BOTH else (0.0, "")

    def _tells(self, heard: Sound, tokens: Sequence[_Token]) -> bool:
        """Whether a sound is enough, however it is spelled."""
        are_names = all(token.has_capital and not token.is_common for token in tokens)
        return are_names or len(heard.consonants) >= TELLING_CONSONANTS

    def _is_somebody_else(self, letters: str, token: _Token) -> bool:
        """Whether the word is known to mean something or somebody already."""
        return token.is_common or letters in self.known.common.first_names


# ---- choosing


def _best(hits: Iterable[_Hit]) -> list[_Hit]:
    """The surest of those that overlap, in order."""
    taken: set[int] = set()
    chosen, others = [], []
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.last - hit.first, hit.first)):
        if taken.isdisjoint(hit.places):
            taken.update(hit.places)
            chosen.append(hit)
        elif hit.form.is_whole:
            others.append(hit)
    widened = [_widened(hit, others, taken) for hit in chosen]
    return sorted(widened, key=lambda hit: hit.first)


def _widened(hit: _Hit, others: Sequence[_Hit], taken: set[int]) -> _Hit:
    """With the other half of the name around it, if that is only near: “Catherine Oakden” for Katharine Oakden."""
    if hit.form.is_whole:
        return hit
    for other in others:
        more = set(other.places).difference(hit.places)
        is_around = other.first <= hit.first and hit.last <= other.last
        if is_around and other.form.owner == hit.form.owner and taken.isdisjoint(more):
            taken.update(more)
            return other
    return hit


def _united(hits: Sequence[_Hit], spoken: Spoken) -> list[_Hit]:
    """First name and surname of one person that stand together are one finding."""
    together: list[_Hit] = []
    for hit in hits:
        last = together[-1] if together else None
        if (
            last is not None
            and last.form.owner == hit.form.owner
            and last.form.plain != hit.form.plain
            and last.last + 1 == hit.first
            and bisect_right(spoken.starts, last.first) == bisect_right(spoken.starts, hit.first)
        ):
            surer = min(last, hit, key=lambda each: each.score)
            together[-1] = _Hit(surer.form, last.first, hit.last, surer.how, surer.score)
        else:
            together.append(hit)
    return together


def _why(hit: _Hit) -> str:
    owner = f"“{hit.form.owner}”, which you protect"
    if hit.how == "heard":
        return f"Sounds like {owner}."
    if hit.how == "spelled":
        return f"Looks like {owner}."
    return f"This is {owner}." if hit.form.is_whole and hit.how == "is" else f"Part of this is, or comes from, {owner}."
