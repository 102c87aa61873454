"""The page by which a plain copy is read: HTML that needs no script, no network and no other file to be understood.

Everything that the user wrote passes through `_text`, and every address through `names.address`.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from duskreel.edit.sentences import sentences
from duskreel.library.entry import Entry, Mood, Transcript
from duskreel.memories.days import Month
from duskreel.memories.plain.names import address
from duskreel.memories.wording import entries as counted
from duskreel.memories.wording import long_day, month_name
from duskreel.timecode import clock

TITLE = "Video diary"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""what HTML cannot hold"""


@dataclass(frozen=True)
class Shown:
    """An entry as the page shows it."""

    entry: Entry
    folder: str
    """relative to the page, with forward slashes"""
    transcript: Transcript | None
    has_clip: bool
    has_poster: bool


@dataclass(frozen=True)
class Look:
    """How moods are called and coloured, and how the page is dressed."""

    mood_names: Sequence[str]
    mood_colours: Sequence[str]
    """as ``#rrggbb``; "" for the style sheet's own"""
    style_sheet: str


def whole_page(shown: Sequence[Shown], look: Look) -> str:
    """Everything on one page.

    Args:
        shown: newest first.
        look: of it.
    """
    months = [(month, list(group)) for month, group in groupby(shown, key=_month)]
    links = (f'<li><a href="#{_anchor(month)}">{month_name(month)}</a></li>' for month, _ in months)
    navigation = f'<nav aria-label="Months"><ul>{"".join(links)}</ul></nav>' if len(months) > 1 else ""
    body = f'<h1>{TITLE}</h1>\n<p class="quiet">{_summary(shown)}</p>\n{navigation}\n{_years(months, look)}'
    return _document(TITLE, body, look)


def year_page(year: int, shown: Sequence[Shown], look: Look) -> str:
    """One year of many; as `whole_page`."""
    months = [(month, list(group)) for month, group in groupby(shown, key=_month)]
    links = (f'<li><a href="#{_anchor(month)}">{month_name(month)}</a></li>' for month, _ in months)
    body = (
        f'<nav aria-label="Diary"><ul><li><a href="index.html">All years</a></li></ul></nav>\n'
        f'<h1>{TITLE} {year}</h1>\n<p class="quiet">{_summary(shown)}</p>\n'
        f'<nav aria-label="Months"><ul>{"".join(links)}</ul></nav>\n{_years(months, look)}'
    )
    return _document(f"{TITLE} {year}", body, look)


def years_page(shown: Sequence[Shown], look: Look) -> str:
    """The way to the pages of the years; as `whole_page`."""
    years = [(year, list(group)) for year, group in groupby(shown, key=lambda each: each.entry.recorded_at.year)]
    rows = "\n".join(
        f'<h2><a href="{address(year_file(year))}">{year}</a></h2>\n<p class="quiet">{counted(len(group))}</p>\n<ul>'
        + "".join(
            f'<li><a href="{address(year_file(year))}#{_anchor(month)}">{month_name(month)}</a>, '
            f"{counted(len(list(of_month)))}</li>"
            for month, of_month in groupby(group, key=_month)
        )
        + "</ul>"
        for year, group in years
    )
    body = f'<h1>{TITLE}</h1>\n<p class="quiet">{_summary(shown)}</p>\n<main>\n{rows}\n</main>'
    return _document(TITLE, body, look)


def year_file(year: int) -> str:
    """The name of a year's page."""
    return f"{year}.html"


def _document(title: str, body: str, look: Look) -> str:
    own = "".join(
        f"--mood-{number}: {colour}; "
        for number, colour in enumerate(look.mood_colours, 1)
        if _COLOUR.fullmatch(colour)
    )
    # `html:root` outdoes both schemes of the style sheet.
    style = look.style_sheet + (f"html:root {{ {own}}}\n" if own else "")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _summary(shown: Sequence[Shown]) -> str:
    if not shown:
        return "No entries."
    first, last = shown[-1].entry.recorded_at.date(), shown[0].entry.recorded_at.date()
    span = long_day(first) if first == last else f"{long_day(first)} to {long_day(last)}"
    return f"{counted(len(shown))}, {span}."


def _years(months: Iterable[tuple[Month, list[Shown]]], look: Look) -> str:
    parts = ["<main>"]
    for year, of_year in groupby(months, key=lambda pair: pair[0].year):
        parts.append(f"<h2>{year}</h2>")
        for month, group in of_year:
            parts.append(f'<h3 id="{_anchor(month)}">{month_name(month)}</h3>')
            parts += [_article(each, look) for each in group]
    return "\n".join([*parts, "</main>"])


def _article(each: Shown, look: Look) -> str:
    entry = each.entry
    mood = "" if entry.mood is None else f' class="mood-{int(entry.mood)}"'
    day = f"{long_day(entry.recorded_at.date())}, {entry.recorded_at:%H:%M}"
    title = _text(entry.title) or day
    when = (
        f'<p class="quiet"><time datetime="{entry.recorded_at.isoformat()}">{day}</time></p>\n' if entry.title else ""
    )
    note = f'<p class="note" dir="auto">{_text(entry.note)}</p>\n' if entry.note.strip() else ""
    return (
        f'<article{mood} aria-labelledby="{_id(entry)}">\n<h4 id="{_id(entry)}" dir="auto">{title}</h4>\n{when}'
        f"{_video(each, day)}<dl>\n{''.join(_facts(entry, look))}</dl>\n{note}{_said(each.transcript)}</article>"
    )


def _video(each: Shown, day: str) -> str:
    if not each.has_clip:
        return '<p class="missing">The video of this entry was missing when this copy was made.</p>\n'
    clip = address(each.folder, each.entry.clip)
    poster = f' poster="{address(each.folder, "poster.jpg")}"' if each.has_poster else ""
    return (
        f'<video controls preload="none"{poster} src="{clip}" aria-label="Video of {_text(day)}"></video>\n'
        f'<p class="quiet"><a href="{clip}">Open the video</a>, {clock(each.entry.duration_ms)}</p>\n'
    )


def _facts(entry: Entry, look: Look) -> Iterator[str]:
    for label, mood in (("Mood", entry.mood), ("Afterwards", entry.mood_after)):
        if mood is not None:
            yield f"<dt>{label}</dt><dd>{_mood(mood, look)}</dd>\n"
    for label, words in (("Feelings", entry.feelings), ("Tags", entry.tags)):
        if words:
            listed = ", ".join(f"<bdi>{_text(word)}</bdi>" for word in words)
            yield f"<dt>{label}</dt><dd>{listed}</dd>\n"
    if entry.starred:
        yield "<dt>Star</dt><dd>★ starred</dd>\n"
    if entry.marks:
        yield f"<dt>Marked</dt><dd>not for sharing, at {', '.join(map(clock, entry.marks))}</dd>\n"


def _mood(mood: Mood, look: Look) -> str:
    dot = f'<span class="dot mood-{int(mood)}" aria-hidden="true"></span>'
    return f"{dot}<bdi>{_text(look.mood_names[mood - 1])}</bdi> ({int(mood)} of 5)"


def _said(transcript: Transcript | None) -> str:
    if transcript is None:
        return ""
    lines = [(sentence.span.start_ms, sentence.text) for sentence in sentences(transcript.words()) if sentence.text]
    if not lines:
        return '<p class="quiet">No speech was found in it.</p>\n'
    language = f' lang="{transcript.language}"' if _LANGUAGE.fullmatch(transcript.language) else ""
    items = "\n".join(
        f'<li><time datetime="PT{start_ms / 1000:.1f}S">{clock(start_ms)}</time>'
        f'<span dir="auto">{_text(text)}</span></li>'
        for start_ms, text in lines
    )
    return f'<details>\n<summary>What was said</summary>\n<ol class="said"{language}>\n{items}\n</ol>\n</details>\n'


def _text(written: str) -> str:
    return html.escape(_UNSEEN.sub("", written))


def _id(entry: Entry) -> str:
    return "entry-" + re.sub(r"[^0-9A-Za-z_-]", "", entry.id)


def _anchor(month: Month) -> str:
    return f"month-{month.year}-{month.number:02}"


def _month(each: Shown) -> Month:
    return Month.of(each.entry.recorded_at.date())
