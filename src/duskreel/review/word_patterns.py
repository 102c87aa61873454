"""Patterns of whole words, for phrases that people say with other words in between.

A pattern is written as it is said, “{target} {be} <3> {insult}”; between spaces stand

* a word, without capitals; ``unfähig*`` begins so, ``*chef`` ends so; ``this|that`` and ``{list}|that`` are either;
* ``{list}``: one of the patterns in the list of that name;
* ``{Name}``: a word with a capital that is not in the list ``no_names``;
* ``<3>``: up to three words of any kind, except those of the list ``breaks``;
* ``^``: the beginning of a clause, or a word of the list ``lead`` before; ``$``: the end of a clause.

A ``?`` after any of these means that it may be missing. Words are taken apart first, so that a pattern meets all ways
to say a thing: “he's” is ``he 's``, “l'équipe” is ``l' équipe``, “two-faced” is ``two faced``; “don't” stays whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from duskreel.edit.wording import CLAUSE_END, CLOSING, SENTENCE_END
from duskreel.review.spoken import Spoken

CLITIC = r"'(?:s|re|ve|ll|d|m)$"
JOINT = r"[\s\-‐‑—–/]"
PIECES = re.compile(rf"(?:jusqu|lorsqu|puisqu|qu|[cdjlmnst])'(?=\w)|{CLITIC}|[^\s\-‐‑—–/]+?(?={CLITIC}|{JOINT}|$)")
"""of a word without capitals: “qu'”, “'re”, and what is between joints"""
GAP = re.compile(r"<(\d)>")
SLOT = re.compile(r"\{(\w+)\}")
NAME = "Name"
ENDINGS = SENTENCE_END + CLAUSE_END


@dataclass(frozen=True)
class Item:
    """One place of a pattern."""

    words: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    gap: int = 0
    edge: str = ""

    @classmethod
    def of(cls, written: str) -> "Item":
        """Of what stands between two spaces."""
        core = written.rstrip("?")
        if core in ("^", "$"):
            return cls(edge=core)
        if gap := GAP.fullmatch(core):
            return cls(gap=int(gap[1]))
        slots = tuple(SLOT.findall(core))
        forms = [form.casefold() for form in core.split("|") if not SLOT.fullmatch(form)]
        return cls(
            words=frozenset(form for form in forms if "*" not in form),
            begins=tuple(form.rstrip("*") for form in forms if form.endswith("*")),
            ends=tuple(form.lstrip("*") for form in forms if form.startswith("*")),
            slots=slots,
        )

    def has_part(self, word: str) -> bool:
        """Whether a word begins or ends as it should."""
        return word.startswith(self.begins) or word.endswith(self.ends)


@lru_cache(maxsize=8192)
def known_item(written: str) -> Item:
    """Many patterns share their places, and taking them apart is most of the work of loading."""
    return Item.of(written)


@dataclass
class Node:
    """A place in a list of patterns, those that begin alike sharing their beginning."""

    is_end: bool = False
    by_word: dict[str, list["Node"]] = field(default_factory=dict)
    """what follows a word that is spelled out"""
    by_item: dict[str, "Node"] = field(default_factory=dict)
    by_letter: dict[str, list[tuple[Item, "Node"]]] = field(default_factory=dict)
    """what follows a word that begins (``u*``) or ends (``*t``) in some way"""
    others: list[tuple[Item, "Node"]] = field(default_factory=list)
    """what follows lists, gaps and edges"""

    def add(self, items: Sequence[str]) -> None:
        """Take in a pattern; what may be missing is a way around it."""
        if not items:
            self.is_end = True
            return
        written, rest = items[0], items[1:]
        if written.endswith("?"):
            self.add(rest)
        self._child(written.rstrip("?")).add(rest)

    def _child(self, written: str) -> "Node":
        if written not in self.by_item:
            item = known_item(written)
            child = self.by_item[written] = Node()
            for word in item.words:
                self.by_word.setdefault(word, []).append(child)
            for letter in {*(f"{stem[0]}*" for stem in item.begins), *(f"*{stem[-1]}" for stem in item.ends)}:
                self.by_letter.setdefault(letter, []).append((item, child))
            if item.slots or item.gap or item.edge:
                self.others.append((item, child))
        return self.by_item[written]


@dataclass(frozen=True)
class Listed:
    """The patterns of a list."""

    root: Node

    @classmethod
    def of(cls, written: Iterable[str]) -> "Listed":
        """Compile what the data says."""
        root = Node()
        for each in written:
            root.add(each.split())
        return cls(root)


@dataclass(frozen=True)
class Said:
    """A sentence, taken apart."""

    pieces: tuple[str, ...]
    """without capitals"""
    capitals: tuple[bool, ...]
    words: tuple[int, ...]
    """to which word of the clip each piece belongs"""
    closes: tuple[bool, ...]
    """whether a clause ends after it"""

    @classmethod
    def of(cls, spoken: Spoken, indices: Iterable[int], fillers: frozenset[str] = frozenset()) -> "Said":
        """Without fillers: nobody stops to mean something for an “um”."""
        taken: list[tuple[str, bool, int, bool]] = []
        for index in indices:
            if spoken.bare[index] in fillers:
                continue
            pieces = PIECES.findall(spoken.bare[index])
            text = spoken.texts[index].strip()
            closes = text.rstrip(CLOSING)[-1:] in ENDINGS and bool(text)
            capital = text.lstrip("\"'“„«‚‘([¿¡")[:1].isupper()
            for number, piece in enumerate(pieces):
                taken.append((piece, capital, index, closes and number == len(pieces) - 1))
        columns = zip(*taken, strict=True) if taken else ((), (), (), ())
        pieces_, capitals, words, closing = (tuple(column) for column in columns)
        return cls(pieces_, capitals, words, closing)


@dataclass(frozen=True)
class Search:
    """Lists of patterns over one sentence."""

    lists: Mapping[str, Listed]
    said: Said
    known: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)
    """ends that were found already, by list and place"""

    def found(self, name: str) -> Iterator[range]:
        """Where patterns of a list are, as pieces of the sentence; the longest at each place."""
        for at in range(len(self.said.pieces)):
            ends = self.ends(name, at)
            if ends and max(ends) > at:
                yield range(at, max(ends))

    def ends(self, name: str, at: int) -> frozenset[int]:
        """Where the patterns of a list that begin at a place end."""
        key = (name, at)
        known = self.known.get(key)
        if known is None:
            ends: set[int] = set()
            self._walk(self.lists[name].root, at, ends)
            known = self.known[key] = frozenset(ends)
        return known

    def _walk(self, node: Node, at: int, ends: set[int]) -> None:
        if node.is_end:
            ends.add(at)
        if at < len(self.said.pieces):
            piece = self.said.pieces[at]
            for child in node.by_word.get(piece, ()):
                self._walk(child, at + 1, ends)
            for letter in (f"{piece[0]}*", f"*{piece[-1]}") if node.by_letter else ():
                for item, child in node.by_letter.get(letter, ()):
                    if item.has_part(piece):
                        self._walk(child, at + 1, ends)
        for item, child in node.others:
            for after in self._after(item, at):
                self._walk(child, after, ends)

    def _after(self, item: Item, at: int) -> Iterable[int]:
        """Where a list, a gap or an edge ends that begins at a place."""
        if item.edge:
            return (at,) if self._is_edge(item.edge, at) else ()
        if item.gap:
            return self._gap(item.gap, at)
        if len(item.slots) == 1 and item.slots[0] != NAME:
            return self.ends(item.slots[0], at)
        ends: set[int] = set()
        for slot in item.slots:
            if slot != NAME:
                ends |= self.ends(slot, at)
        if NAME in item.slots and at < len(self.said.pieces) and self._is_name(at):
            ends.add(at + 1)
        return ends

    def _gap(self, most: int, at: int) -> Iterator[int]:
        yield at
        for after in range(at, min(at + most, len(self.said.pieces))):
            if self.ends("breaks", after):
                return
            yield after + 1

    def _is_edge(self, edge: str, at: int) -> bool:
        before_all, after_all = at == 0, at == len(self.said.pieces)
        if before_all or after_all or self.said.closes[at - 1]:
            return before_all or edge == "$" or not after_all
        return edge == "^" and bool(self.ends("lead", at - 1))

    def _is_name(self, at: int) -> bool:
        return self.said.capitals[at] and len(self.said.pieces[at]) > 1 and not self.ends("no_names", at)


def compiled(lists: Mapping[str, Sequence[str]]) -> dict[str, Listed]:
    """All lists of a file; `breaks`, `lead` and `no_names` are there, if only empty."""
    return {name: Listed.of(lists.get(name, ())) for name in (*lists, "breaks", "lead", "no_names")}
