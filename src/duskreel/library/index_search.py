"""How the index finds words, and ranks no more than it must: what is in thousands of entries is not weighed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from duskreel.library.entry import Entry
from duskreel.library.index_conditions import conditions
from duskreel.library.search_text import SEARCHED, folded, mark, searchable, sentence, sets_no_spaces, time_of
from duskreel.library.typos import near, slips_allowed
from duskreel.library.values import HIT_END, HIT_START, EntryFilter, Findings, SearchHit, Term

MOST_WEIGHED = 400
"""entries with a word, above which it says so little that only where it stands and how recent it is matters"""
NEARLY_NOTHING = 2
"""entries, up to which words that are spelled nearly so are tried as well"""
MOST_TERMS = 32
LONGEST_TERM = 200
ENTRIES_REMEMBERED = 1_000
_WEIGHTS = "50.0, 8.0, 1.0, 50.0"
"""of title, note, transcript and tags, in the order of the search table: sqlite.org/fts5.html, section 5.1.1"""
_TIERS = ("{title tags}", "{note}", "{transcript}")
_FIRST_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Connection(Protocol):
    """What is needed of one to SQLite, which `index` alone knows."""

    @property
    def total_changes(self) -> int:
        """Rows changed through it."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any:
        """Run one statement; its rows can be gone through."""


MakeEntry = Callable[[str, str], Entry]


@dataclass(frozen=True)
class _Search:
    """One question in the terms of FTS5, with the filter beside it."""

    match: str
    where: str
    values: list[Any]
    limit: int


class TextSearch:
    """Looks for words through the index's connection.

    Args:
        connection: to the index.
        entry: makes an entry of its JSON and its folder.
    """

    def __init__(self, connection: Connection, entry: MakeEntry) -> None:
        # While somebody types, the same entries are found again and again.
        self._connection, self._entry = connection, lru_cache(maxsize=ENTRIES_REMEMBERED)(entry)
        self._words: dict[str, list[tuple[str, int]]] = {}
        self._words_as_of: tuple[int, int] | None = None

    def look_for(self, terms: Sequence[Term], limit: int, wanted: EntryFilter) -> Findings:
        """Entries that hold every term that is not excluded, best first; the last word may be unfinished.

        Scripts that set no spaces are searched for the text itself, as is all that the word search misses.
        """
        cut = [replace(term, text=searchable(term.text)[:LONGEST_TERM]) for term in terms[:MOST_TERMS]]
        sought = [term for term in cut if not term.is_excluded]
        excluded = [term for term in cut if term.is_excluded]
        if not sought:
            return Findings(tuple(self._all_without(excluded, limit, wanted)) if excluded else ())
        if any(sets_no_spaces(term.text) for term in sought):
            return Findings(tuple(self._parts_of_words(sought, excluded, limit, wanted)))
        hits = self._whole_words(sought, excluded, limit, wanted)
        if len(hits) > NEARLY_NOTHING:
            return Findings(tuple(hits))
        corrected, instead = self._corrected(sought)
        if instead:
            more = self._whole_words(corrected, excluded, limit, wanted)
            instead = instead if more else ()
            known = {hit.entry.id for hit in hits}
            hits = [*hits, *(hit for hit in more if hit.entry.id not in known)][:limit]
        return Findings(tuple(hits or self._parts_of_words(sought, excluded, limit, wanted)), instead)

    # ---- whole words

    def _whole_words(
        self, sought: Sequence[Term], excluded: Sequence[Term], limit: int, wanted: EntryFilter
    ) -> list[SearchHit]:
        match = " ".join(map(_quoted, sought)) + ("" if sought[-1].is_phrase else "*")
        found, values = self._conditions(excluded, wanted)
        search = _Search(match, "".join(f" AND {condition}" for condition in found), values, limit)
        numbers = self._matching(search, "", MOST_WEIGHED + 1)
        if len(numbers) <= 1:
            return self._shown(search, numbers)
        return self._shown(search, self._by_place(search) if len(numbers) > MOST_WEIGHED else self._weighed(search))

    def _matching(self, search: _Search, columns: str, limit: int) -> list[int]:
        """The most recent first: entries are numbered by time, and FTS5 reads backwards as fast as forwards."""
        match = f"{columns} : ({search.match})" if columns else search.match
        joined = " CROSS JOIN entries ON entries.number = contents_fts.rowid" if search.where else ""
        rows = self._connection.execute(
            f"SELECT contents_fts.rowid FROM contents_fts{joined}"  # noqa: S608 - our own column names
            f" WHERE contents_fts MATCH ?{search.where} ORDER BY contents_fts.rowid DESC LIMIT ?",
            [match, *search.values, limit],
        )
        return [number for (number,) in rows]

    def _by_place(self, search: _Search) -> list[int]:
        """What has all words in title and tags, then in the note, then the others; each the most recent first."""
        numbers: dict[int, None] = {}
        for columns in (*_TIERS[:2], ""):
            if len(numbers) < search.limit:
                numbers |= dict.fromkeys(self._matching(search, columns, search.limit))
        return list(numbers)[: search.limit]

    def _weighed(self, search: _Search) -> list[int]:
        rows = self._connection.execute(
            "SELECT contents_fts.rowid FROM contents_fts"  # noqa: S608 - our own conditions
            " CROSS JOIN entries ON entries.number = contents_fts.rowid"
            f" WHERE contents_fts MATCH ?{search.where}"
            f" ORDER BY bm25(contents_fts, {_WEIGHTS}), contents_fts.rowid DESC LIMIT ?",
            [search.match, *search.values, search.limit],
        )
        return [number for (number,) in rows]

    def _shown(self, search: _Search, numbers: Sequence[int]) -> list[SearchHit]:
        """Only these have their texts read and marked."""
        if not numbers:
            return []
        marked = ", ".join(f"highlight(contents_fts, {at}, ?, ?)" for at in range(len(SEARCHED)))
        # One walk between the first and the last of them: to look each up would begin the search anew each time.
        rows = self._connection.execute(
            f"SELECT contents_fts.rowid, json, folder, word_starts, {marked} FROM contents_fts"  # noqa: S608
            " CROSS JOIN contents ON contents.number = contents_fts.rowid"
            " CROSS JOIN entries ON entries.number = contents_fts.rowid"
            " WHERE contents_fts MATCH ? AND contents_fts.rowid BETWEEN ? AND ?"
            " AND +contents_fts.rowid IN (SELECT value FROM json_each(?))",
            [*[HIT_START, HIT_END] * len(SEARCHED), search.match, min(numbers), max(numbers), json.dumps(numbers)],
        )
        hits = {
            number: self._hit(data, folder, starts, (title, tags, note, transcript))
            for number, data, folder, starts, title, note, transcript, tags in rows
        }
        return [hits[number] for number in numbers if number in hits]

    def _hit(self, data: str, folder: str, starts: bytes, marked: Sequence[str]) -> SearchHit:
        """Where it is said matters more than that it is in the title, which is shown beside it anyway."""
        entry, transcript = self._entry(data, folder), marked[-1]
        if HIT_START in transcript:
            return SearchHit(entry, sentence(transcript), time_of(transcript, starts))
        place = next((text for text in marked if HIT_START in text), "")
        return SearchHit(entry, sentence(place))

    # ---- parts of words, and entries without a word

    def _parts_of_words(
        self, sought: Sequence[Term], excluded: Sequence[Term], limit: int, wanted: EntryFilter
    ) -> list[SearchHit]:
        everything = " || char(10) || ".join(f"contents.{column}" for column in SEARCHED)
        found, values = self._conditions(excluded, wanted)
        where = " AND ".join([*(f"{everything} LIKE ? ESCAPE '\\'" for _ in sought), *found])
        rows = self._connection.execute(
            "SELECT json, folder, word_starts, contents.title, contents.tags, contents.note, contents.transcript"  # noqa: S608
            " FROM entries JOIN contents USING (number)"
            f" WHERE {where} ORDER BY recorded_utc DESC LIMIT ?",
            [*(f"%{_escaped(term.text)}%" for term in sought), *values, limit],
        )
        texts = [term.text for term in sought]
        return [
            self._hit(data, folder, starts, [mark(text, texts) for text in places])
            for data, folder, starts, *places in rows
        ]

    def _all_without(self, excluded: Sequence[Term], limit: int, wanted: EntryFilter) -> list[SearchHit]:
        found, values = self._conditions(excluded, wanted)
        rows = self._connection.execute(
            "SELECT json, folder FROM entries JOIN contents USING (number)"  # noqa: S608 - our own conditions
            f" WHERE {' AND '.join(found)} ORDER BY recorded_utc DESC, id DESC LIMIT ?",
            [*values, limit],
        )
        return [SearchHit(self._entry(data, folder), "") for data, folder in rows]

    def _conditions(self, excluded: Sequence[Term], wanted: EntryFilter) -> tuple[list[str], list[Any]]:
        found, values = conditions(wanted)
        return without(found, values, excluded)

    # ---- words that were probably meant

    def _corrected(self, sought: Sequence[Term]) -> tuple[list[Term], tuple[tuple[str, str], ...]]:
        """The terms with each word that hardly any entry has put right, and what was put for what."""
        terms: list[Term] = []
        instead: list[tuple[str, str]] = []
        for term in sought:
            better = "" if term.is_phrase else self._meant(folded(term.text), is_last=term is sought[-1])
            terms.append(replace(term, text=better) if better else term)
            if better:
                instead.append((term.text, better))
        return terms, tuple(instead)

    def _meant(self, word: str, *, is_last: bool) -> str:
        """The most used of the nearest words; "" where the word itself is in use, or nothing is near."""
        most = slips_allowed(word)
        if not most or not word.isalnum():
            return ""
        upper = f"{word}\U0010ffff" if is_last else word
        own = self._connection.execute("SELECT doc FROM words WHERE term BETWEEN ? AND ? LIMIT 3", [word, upper])
        if sum(count for (count,) in own) > NEARLY_NOTHING:
            return ""
        found = near(word, self._beginning_with(word[0]), most) or near(word, self._with_other_first(word), 1)
        return found[0] if found else ""

    def _beginning_with(self, letter: str) -> list[tuple[str, int]]:
        """The diary's words with this first letter, and how many entries have each; remembered until it changes."""
        as_of = (self._connection.total_changes, self._connection.execute("PRAGMA data_version").fetchone()[0])
        if as_of != self._words_as_of:
            self._words, self._words_as_of = {}, as_of
        if letter not in self._words:
            self._words[letter] = self._connection.execute(
                "SELECT term, doc FROM words WHERE term >= ? AND term < ?", [letter, chr(ord(letter) + 1)]
            ).fetchall()
        return self._words[letter]

    def _with_other_first(self, word: str) -> list[tuple[str, int]]:
        """The words of the diary that differ at the first letter alone."""
        spellings = [word[1:], word[1] + word[0] + word[2:]]
        for letter in _FIRST_LETTERS:
            spellings += [letter + word, letter + word[1:]]
        places = ", ".join("(?)" for _ in spellings)
        rows = self._connection.execute(
            f"WITH tried (word) AS (VALUES {places}) SELECT term, doc FROM tried CROSS JOIN words ON term = word",  # noqa: S608
            spellings,
        )
        return list(rows)


def without(found: list[str], values: list[Any], excluded: Sequence[Term]) -> tuple[list[str], list[Any]]:
    """The conditions, and that none of these terms is in the entry."""
    for term in excluded:
        if sets_no_spaces(term.text):
            everything = " || char(10) || ".join(SEARCHED)
            inner = f"SELECT number FROM contents WHERE {everything} LIKE ? ESCAPE '\\'"  # noqa: S608 - our own names
            value = f"%{_escaped(term.text)}%"
        else:
            inner, value = "SELECT rowid FROM contents_fts WHERE contents_fts MATCH ?", _quoted(term)
        found, values = [*found, f"entries.number NOT IN ({inner})"], [*values, value]
    return found, values


def _quoted(term: Term) -> str:
    # So that no character of the user's text is an operator: sqlite.org/fts5.html, section 3.
    return '"' + term.text.replace('"', '""') + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
