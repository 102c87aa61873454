"""Two versions of the same thing become one, and nothing that the user said is lost on the way.

Where it is known what both versions came from, a field that only one of them changed is taken from that one. What both
changed, or what cannot be told, follows simple rules:

* tags, feelings and shares: all of both, but what one of them is known to have taken away
* starred, hidden from memories: yes if either says so
* marks made while recording: all of both, whatever they came from
* decisions before sharing: all of both; about the same words, the newer one's. What either blurs is blurred, the time
  is told only if both say so, and of two days on which to ask again, the later one
* title, note: those of the newer one; what the other one says more is added to the note, under a line that says where
  it came from
* cuts, moods, and everything else: those of the newer one, unless it has none
* words: those of the newer one, with the other's corrections at the same times; where both corrected a word, the newer

The rules look at nothing but the versions, so that two computers that unite the same two come to the same result.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from typing import Any

from duskreel.library.entry import Entry, Segment, Transcript, Word
from duskreel.library.review_notes import Decision, ReviewNotes

_FLAGS = ("starred", "hidden_from_memories")
_LISTS = ("feelings", "tags", "shares")
_TEXTS = ("title", "note")
_LEAST_SHARE = 0.5
"""of the shorter of two words' times that must be common to both, if they are the same word"""


def united(newer: Entry, older: Entry, ancestor: Entry | None = None, *, origin: str = "") -> Entry:
    """One entry of two versions, in the folder of the newer one.

    Args:
        newer: wins where both cannot be kept.
        older: whose every word is kept all the same.
        ancestor: what both came from, if that is known.
        origin: what to call the older one, in the note that keeps its text.
    """
    values: dict[str, Any] = {
        each.name: _field(each, newer, older, ancestor) for each in fields(Entry) if each.name not in _TEXTS
    }
    values.update(_texts(newer, older, ancestor, origin), folder=newer.folder)
    return replace(newer, **values)


def united_words(newer: Transcript, older: Transcript) -> tuple[Transcript, int]:
    """The newer transcript with the corrections of both.

    Returns:
        The transcript, and how many corrections of the older one belong to no word of the newer one.
    """
    words = list(newer.words())
    corrections: dict[int, str] = {}
    homeless = 0
    for word in older.words():
        if word.corrected is None:
            continue
        at = _same_word(word, words)
        if at is None:
            homeless += 1
        elif words[at].corrected is None:
            corrections[at] = word.corrected
    corrected = [replace(word, corrected=corrections.get(at, word.corrected)) for at, word in enumerate(words)]
    return replace(newer, segments=_in_segments(newer.segments, corrected)), homeless


def _field(each: "Field[Any]", newer: Entry, older: Entry, ancestor: Entry | None) -> Any:
    name = each.name
    one, other = getattr(newer, name), getattr(older, name)
    if one == other:
        return one
    if name == "marks":
        return tuple(sorted({*one, *other}))
    if ancestor is not None:
        before = getattr(ancestor, name)
        if before in (one, other):
            return other if one == before else one
    if name in _FLAGS:
        return True
    if name in _LISTS:
        return _both(one, other, () if ancestor is None else getattr(ancestor, name))
    if name == "unknown":
        return {**other, **one}
    if name == "review" and one is not None and other is not None:
        return _notes(one, other, None if ancestor is None else ancestor.review or ReviewNotes())
    return other if one == _default(each) else one


def _notes(newer: ReviewNotes, older: ReviewNotes, ancestor: ReviewNotes | None) -> ReviewNotes:
    """Words that somebody decided to hide must not come out because the other computer wrote last."""
    before = ancestor or ReviewNotes()
    rules = {"blurs_others": any, "blurs_background": any, "tells_time": all, "ask_again_on": _latest}
    wishes = {name: _agreed(name, newer, older, ancestor, rule) for name, rule in rules.items()}
    own = _not_taken_back(newer.decisions, older.decisions, before.decisions)
    more = _not_taken_back(older.decisions, newer.decisions, before.decisions)
    more = [each for each in more if not any(_are_about_the_same(each, one) for one in own)]
    return replace(
        newer,
        decisions=tuple(sorted([*own, *more], key=lambda each: (each.span, each.kind))),
        broken=(*newer.broken, *(item for item in older.broken if item not in newer.broken)),
        unknown={**older.unknown, **newer.unknown},
        **wishes,
    )


def _agreed(
    name: str, newer: ReviewNotes, older: ReviewNotes, ancestor: ReviewNotes | None, rule: Callable[[list[Any]], Any]
) -> Any:
    one, other = getattr(newer, name), getattr(older, name)
    if ancestor is not None and (before := getattr(ancestor, name)) in (one, other):
        return other if one == before else one
    return rule([one, other])


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _not_taken_back(
    decisions: Iterable[Decision], others: Collection[Decision], before: Collection[Decision]
) -> list[Decision]:
    return [each for each in decisions if each in others or each not in before]


def _are_about_the_same(one: Decision, other: Decision) -> bool:
    first, second = sorted([one.span, other.span])
    return one.kind == other.kind and (first == second or second.start_ms < first.end_ms)


def _default(each: "Field[Any]") -> Any:
    return None if each.default is MISSING else each.default


def _both(newer: tuple[Any, ...], older: tuple[Any, ...], ancestor: tuple[Any, ...]) -> tuple[Any, ...]:
    """In the order of the newer one; of two spellings the newer's. What one of them took away stays away."""
    taken_away = set(map(_key, ancestor)) - (set(map(_key, newer)) & set(map(_key, older)))
    found = {_key(item): item for item in (*older, *newer)}
    order = dict.fromkeys([*map(_key, newer), *map(_key, older)])
    return tuple(found[key] for key in order if key not in taken_away)


def _key(item: Any) -> Any:
    return item.casefold() if isinstance(item, str) else item


def _texts(newer: Entry, older: Entry, ancestor: Entry | None, origin: str) -> dict[str, str]:
    title, spare_title = _text("title", newer, older, ancestor)
    note, spare_note = _text("note", newer, older, ancestor)
    # What is in the note already was kept there before, such as by another computer that united the same two.
    spare = [text for text in (spare_title, spare_note) if text and text not in note]
    if spare:
        line = f"From {origin or 'another version of this entry'}:"
        note = "\n".join([*([note, ""] if note else []), line, *spare])
    return {"title": title, "note": note}


def _text(name: str, newer: Entry, older: Entry, ancestor: Entry | None) -> tuple[str, str]:
    """The text to take, and the one that it would cost; "" if none."""
    one: str = getattr(newer, name)
    other: str = getattr(older, name)
    before: str | None = None if ancestor is None else getattr(ancestor, name)
    if one == other or not other or other == before:
        return one, ""
    if not one or one == before or (name == "note" and one in other):
        return other, ""
    return one, other


def _same_word(word: Word, words: Sequence[Word]) -> int | None:
    """The number of the word that was heard at the same time."""

    def common_ms(other: Word) -> int:
        return min(word.end_ms, other.end_ms) - max(word.start_ms, other.start_ms)

    at = max(range(len(words)), key=lambda number: common_ms(words[number]), default=None)
    if at is None:
        return None
    if (words[at].start_ms, words[at].end_ms) == (word.start_ms, word.end_ms):
        return at
    shorter_ms = min(word.end_ms - word.start_ms, words[at].end_ms - words[at].start_ms)
    return at if common_ms(words[at]) > 0 and common_ms(words[at]) >= _LEAST_SHARE * shorter_ms else None


def _in_segments(segments: Sequence[Segment], words: Sequence[Word]) -> tuple[Segment, ...]:
    rest = iter(words)
    take: Callable[[Segment], tuple[Word, ...]] = lambda segment: tuple(next(rest) for _ in segment.words)  # noqa: E731
    return tuple(replace(segment, words=take(segment)) for segment in segments)
