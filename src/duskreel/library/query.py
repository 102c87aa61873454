"""What is typed to find entries: words, "phrases in quotation marks", and conditions such as ``mood:1..2``.

Several conditions of one kind mean any of them, different kinds all of them, and a minus before one none of it.
The window and the command line read the same language.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from duskreel.errors import DiaryError
from duskreel.library.entry import Mood
from duskreel.library.values import Days, EntryFilter, Lengths, Term

HELP = (
    ("mood:2   mood:1..2   mood:none", "how it felt, 1 (awful) to 5 (great)"),
    ("after:2026-05   before:2026-07-14", "recorded after the end, or before the beginning, of that time"),
    ("on:2026   on:2026-05..2026-07", "recorded within it"),
    ('feeling:hopeful   feeling:"worn out"', "with this feeling"),
    ('tag:family   -tag:"job search"', "with this tag; a minus leaves out"),
    ("star:yes   hidden:no", "starred, kept out of memories"),
    ("length:>2m   length:30s..3m", "how long it is"),
    ("has:words   has:no-words   has:note   has:title", "what there is of it"),
    ('river   "by the river"   -rain', "words said or written, a phrase, a word that must not occur"),
)
"""for people: how each thing is written, and what it does"""

NOTHING = EntryFilter()
_TOKEN = re.compile(r'(?P<minus>-?)(?:(?P<key>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_NEEDS_NO_QUOTES = re.compile(r"[\w-]+")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_LENGTH = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,6})m(?:in)?)?(?:(\d{1,7})s)?(?:(\d{1,12})ms)?", re.ASCII)
_PLAIN_SECONDS = re.compile(r"\d{1,7}", re.ASCII)
_UNITS_MS = (3_600_000, 60_000, 1_000, 1)
_LONGEST_MS = 10**11
"""three years"""
_HAS = ("words", "no-words", "title", "no-title", "note", "no-note")
_DAY_FORM = "a year, month or day like 2026, 2026-05 or 2026-05-14"
_ALIASES = {"date": "on", "starred": "star"}


@dataclass(frozen=True)
class Query:
    """What is looked for. ``str`` writes it in the language that `parse` reads."""

    wanted: EntryFilter = NOTHING
    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join([*_written_filter(self.wanted), *map(_written_term, self.terms)])

    @property
    def words(self) -> str:
        """The words and phrases alone, as they are typed."""
        return " ".join(map(_written_term, self.terms))


@dataclass
class _Reading:
    """What has been read of a query so far; `values` by key."""

    values: dict[str, list[Any]] = field(default_factory=dict)
    none_of: list[EntryFilter] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


def parse(text: str, *, is_typing: bool = False) -> Query:
    """Read what was typed.

    Args:
        text: anything.
        is_typing: it may be unfinished: what is no condition, or not yet, is a word to look for.

    Raises:
        DiaryError: a condition is not known or its value is wrong, unless it is being typed.
    """
    reading = _Reading()
    for found in _TOKEN.finditer(text):
        try:
            _take(found, reading)
        except DiaryError:
            if not is_typing:
                raise
            if not _is_begun(found):
                reading.terms += _term(found[0], is_phrase=False, is_excluded=False)
    return Query(replace(_filter(reading.values), none_of=tuple(reading.none_of)), tuple(reading.terms))


def plain(text: str) -> tuple[Term, ...]:
    """The words of a text in which nothing has a meaning of its own."""
    return tuple(Term(word) for word in text.split())


def both(one: EntryFilter, other: EntryFilter) -> EntryFilter:
    """What both let through."""
    if NOTHING in (one, other):
        return other if one == NOTHING else one
    return replace(one, also=(*one.also, other))


def _take(found: re.Match[str], reading: _Reading) -> None:
    key, is_excluded = (found["key"] or "").lower(), bool(found["minus"])
    value = (found["quoted"] if found["bare"] is None else found["bare"]) or ""
    if not key or _is_address(found):
        if _is_begun(found):
            raise _wrong(value.rstrip(":"), "", "a value, as in mood:2 or tag:family")
        text = found[0].removeprefix("-") if key else value
        reading.terms += _term(text, is_phrase=found["quoted"] is not None, is_excluded=is_excluded)
        return
    key, value = _ALIASES.get(key, key), " ".join(value.split())
    if key == "is":
        key, value = "star", {"starred": "yes", "unstarred": "no"}.get(value.lower(), value)
    if key not in _CONDITIONS:
        raise DiaryError(
            f"There is no condition “{key}:”.",
            f"There are {', '.join(f'{known}:' for known in _CONDITIONS)}; put what is only a text in quotation marks.",
        )
    values = [_CONDITIONS[key](value)]
    if is_excluded:
        reading.none_of.append(_filter({key: values}))
    else:
        reading.values.setdefault(key, []).extend(values)


def _is_begun(found: re.Match[str]) -> bool:
    """A condition without its value."""
    bare = (found["bare"] or "").lower()
    return not found["key"] and bare.endswith(":") and _ALIASES.get(bare[:-1], bare[:-1]) in _CONDITIONS


def _is_address(found: re.Match[str]) -> bool:
    """https://… is no condition."""
    return (found["bare"] or "").startswith("//")


def _term(text: str, *, is_phrase: bool, is_excluded: bool) -> list[Term]:
    text = " ".join(text.split())
    return [Term(text, is_phrase, is_excluded)] if text else []


def _filter(values: dict[str, list[Any]]) -> EntryFilter:
    def of(key: str) -> list[Any]:
        return values.get(key, [])

    stars, hidden = set(of("star")), set(of("hidden"))
    moods = frozenset().union(*of("mood"))
    return EntryFilter(
        first_day=min(of("after"), default=None),
        last_day=max(of("before"), default=None),
        moods=frozenset(moods - {None}),
        is_without_mood=None in moods,
        days=tuple(dict.fromkeys(of("on"))),
        feelings=frozenset(of("feeling")),
        tags=frozenset(of("tag")),
        lengths=tuple(dict.fromkeys(of("length"))),
        starred=stars == {True},
        is_unstarred=stars == {False},
        is_hidden=hidden.pop() if len(hidden) == 1 else None,
        has=frozenset(of("has")),
    )


# ---- values


def _mood(value: str) -> frozenset[Mood | None]:
    if value.lower() == "none":
        return frozenset({None})
    first, is_range, last = value.partition("..")
    ends = (first or "1", last or "5") if is_range and value != ".." else (value, value)
    if not all(end in ("1", "2", "3", "4", "5") for end in ends) or ends[0] > ends[1]:
        raise _wrong("mood", value, "a number from 1 (awful) to 5 (great), a range like 1..2, or none")
    return frozenset(Mood(number) for number in range(int(ends[0]), int(ends[1]) + 1))


def _on(value: str) -> Days:
    first, is_range, last = value.partition("..")
    ends = (first, last) if is_range else (value, value)
    spans = [_days(end) if end else None for end in ends]
    days = Days(spans[0][0] if spans[0] else None, spans[1][1] if spans[1] else None)
    if any(end and not span for end, span in zip(ends, spans, strict=True)) or not any(spans) or _is_reversed(days):
        raise _wrong("on", value, f"{_DAY_FORM}, or a range of them like 2026-05..2026-07")
    return days


def _is_reversed(days: Days) -> bool:
    return days.first is not None and days.last is not None and days.first > days.last


def _after(value: str) -> date:
    span = _days(value)
    if span is None or span[1] == date.max:
        raise _wrong("after", value, _DAY_FORM)
    return span[1] + timedelta(days=1)


def _before(value: str) -> date:
    span = _days(value)
    if span is None or span[0] == date.min:
        raise _wrong("before", value, _DAY_FORM)
    return span[0] - timedelta(days=1)


def _days(value: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day; None where it is none."""
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    if month:
        return first, _last_of_month(first)
    return first, date(first.year, 12, 31)


def _last_of_month(first: date) -> date:
    # Year 9999 has no day after its December.
    return first.replace(day=31) if first.month == 12 else first.replace(month=first.month + 1) - timedelta(days=1)


def _length(value: str) -> Lengths:
    written = value.lower()
    first, is_range, last = written.partition("..")
    for sign, least, most in ((">=", 0, None), ("<=", None, 0), (">", 1, None), ("<", None, -1)):
        if written.startswith(sign):
            bound_ms = _duration_ms(written.removeprefix(sign))
            if bound_ms is not None and bound_ms + (most or 0) >= 0:
                return Lengths(*(None if by is None else bound_ms + by for by in (least, most)))
    ends_ms = [_duration_ms(end) if end else None for end in (first, last)]
    is_understood = all(end_ms is not None or not end for end, end_ms in zip((first, last), ends_ms, strict=True))
    least_ms, most_ms = ends_ms
    if not is_range or not is_understood or not (first or last):
        raise _wrong("length", value, "more or less than a time, like >2m or <=30s, or a range like 30s..3m")
    if least_ms is not None and most_ms is not None and least_ms > most_ms:
        raise _wrong("length", value, "the shorter time first, like 30s..3m")
    return Lengths(least_ms, most_ms)


def _duration_ms(written: str) -> int | None:
    if _PLAIN_SECONDS.fullmatch(written):
        return int(written) * 1_000
    found = _LENGTH.fullmatch(written)
    if not written or found is None:
        return None
    total_ms = sum(int(part) * unit_ms for part, unit_ms in zip(found.groups(), _UNITS_MS, strict=True) if part)
    return total_ms if total_ms < _LONGEST_MS else None


def _word(key: str) -> Callable[[str], str]:
    def word(value: str) -> str:
        if not value:
            raise _wrong(key, value, f'a word, or several in quotation marks like {key}:"two words"')
        return value.casefold()

    return word


def _yes_or_no(key: str) -> Callable[[str], bool]:
    def yes_or_no(value: str) -> bool:
        if value.lower() not in ("yes", "no"):
            raise _wrong(key, value, "yes or no")
        return value.lower() == "yes"

    return yes_or_no


def _has(value: str) -> str:
    if value.lower() not in _HAS:
        raise _wrong("has", value, ", ".join(_HAS[:-1]) + f" or {_HAS[-1]}")
    return value.lower()


def _wrong(key: str, value: str, allowed: str) -> DiaryError:
    given = f"not “{value}”" if value else "and nothing stands there"
    return DiaryError(f"“{key}:” is followed by {allowed}, {given}.", "Mend it, or put it in quotation marks.")


_CONDITIONS: dict[str, Callable[[str], Any]] = {
    "mood": _mood,
    "after": _after,
    "before": _before,
    "on": _on,
    "feeling": _word("feeling"),
    "tag": _word("tag"),
    "star": _yes_or_no("star"),
    "hidden": _yes_or_no("hidden"),
    "length": _length,
    "has": _has,
}


# ---- writing


def _written_filter(wanted: EntryFilter) -> list[str]:
    """Each condition as it is typed; a filter with several of `also` is not what a query can say, and is joined."""
    parts = [f"mood:{span}" for span in _mood_spans(wanted.moods)]
    parts += ["mood:none"] if wanted.is_without_mood else []
    parts += [f"after:{wanted.first_day - timedelta(days=1)}"] if wanted.first_day else []
    parts += [f"before:{wanted.last_day + timedelta(days=1)}"] if wanted.last_day else []
    parts += [f"on:{_ends(days.first, days.last)}" for days in wanted.days]
    for key, words in (("feeling", {wanted.feeling, *wanted.feelings}), ("tag", {wanted.tag, *wanted.tags})):
        parts += [f"{key}:{_quoted(word)}" for word in sorted(words) if word]
    parts += ["star:yes"] * wanted.starred + ["star:no"] * wanted.is_unstarred
    parts += [] if wanted.is_hidden is None else [f"hidden:{'yes' if wanted.is_hidden else 'no'}"]
    parts += [f"length:{_ends(*(_in_ms(end) for end in (each.least_ms, each.most_ms)))}" for each in wanted.lengths]
    parts += [f"has:{what}" for what in sorted(wanted.has)]
    parts += [part for other in wanted.also for part in _written_filter(other)]
    return parts + [f"-{part}" for other in wanted.none_of for part in _written_filter(other)]


def _quoted(word: str) -> str:
    return word if _NEEDS_NO_QUOTES.fullmatch(word) else f'"{word}"'


def _mood_spans(moods: frozenset[Mood]) -> list[str]:
    runs = groupby(enumerate(sorted(moods)), lambda placed: placed[1] - placed[0])
    spans = [[mood for _, mood in run] for _, run in runs]
    return [f"{span[0]}..{span[-1]}" if len(span) > 1 else f"{span[0]}" for span in spans]


def _in_ms(bound_ms: int | None) -> str | None:
    if bound_ms is None:
        return None
    return f"{bound_ms // 1_000}s" if bound_ms % 1_000 == 0 else f"{bound_ms}ms"


def _ends(first: object, last: object) -> str:
    if first == last:
        return f"{first}..{last}"
    return f"{'' if first is None else first}..{'' if last is None else last}"


def _written_term(term: Term) -> str:
    minus = "-" if term.is_excluded else ""
    return f'{minus}"{term.text}"' if term.is_phrase else f"{minus}{term.text}"
