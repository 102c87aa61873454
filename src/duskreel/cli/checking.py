"""``duskreel check``: what to think about before an entry is shared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import click

from duskreel.cli.parameters import SECONDS
from duskreel.cli.reviewing import finding_json, finding_lines, noted, reviewed, things, with_choices, written_line
from duskreel.cli.session import Session, diary_command
from duskreel.cli.sharing import ShortOptions, request_of
from duskreel.errors import DiaryError
from duskreel.export.presets import PLATFORMS
from duskreel.library.entry import Entry
from duskreel.library.review_notes import CHOICES, Choice, ReviewNotes
from duskreel.review.findings import Finding
from duskreel.review.review import Review
from duskreel.timecode import Span, clock

if TYPE_CHECKING:
    from duskreel.review.seen import Seen


@dataclass(frozen=True)
class _Decided:
    """What one ``--decide`` says."""

    number: int
    choice: Choice


class _DecisionType(click.ParamType[_Decided]):
    name = "number=choice"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> _Decided:
        number, _, choice = value.partition("=")
        if not (number.isascii() and number.isdigit() and int(number)) or choice not in CHOICES:
            self.fail(f"write the number of a finding and {_listed(CHOICES)}, like 2=bleep, not “{value}”.", param, ctx)
        return _Decided(int(number), cast("Choice", choice))


class _DayToComeType(click.ParamType[date]):
    name = "date|tomorrow"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if value == "tomorrow":
            return _today() + timedelta(days=1)
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"a day is written like 2026-11-23, or tomorrow, not “{value}”.", param, ctx)
        if day <= _today():
            self.fail(f"{day} is not a day to come.", param, ctx)
        return day


def _today() -> date:
    return datetime.now().astimezone().date()


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


@click.command()
@click.argument("entry", metavar="ENTRY")
@click.option("--platform", type=click.Choice(list(PLATFORMS)), help="Where it is meant to go.")
@click.option("--length", "length_s", type=SECONDS, help="Only what a short of at most so many seconds says.")
@click.option("--title", default="", help="The line over the first seconds, to be looked through too.")
@click.option("--all", "shows_all", is_flag=True, help="Also what the short leaves out.")
@click.option("--decide", "decisions", type=_DecisionType(), multiple=True, help="What to do about a finding.")
@click.option("--blur-others/--show-others", default=None, help="Blur the faces of other people in shorts of it.")
@click.option("--blur-background/--show-background", default=None, help="Blur everything behind you.")
@click.option("--tell-time/--hide-time", default=None, help="Let shorts of it say when it was recorded.")
@click.option("--again-on", type=_DayToComeType(), help="Think about sharing it on that day.")
@click.option("--picture", "looks", is_flag=True, help="Also look for other people, screens and pages. Takes a while.")
@diary_command
def check(
    session: Session,
    entry: str,
    platform: str | None,
    length_s: float | None,
    title: str,
    shows_all: bool,
    decisions: tuple[_Decided, ...],
    looks: bool,
    **rest: Any,
) -> None:
    """Look through an entry before it is shared: names, numbers, addresses, secrets, harsh words.

    It only advises. Decide with --decide NUMBER=keep, cut (the sentence), bleep or mute (the words; captions are masked
    too), or caption (masked there alone). Every short of the entry is made so from then on.
    """
    options = ShortOptions(platform=platform or session.settings.platform, length_s=length_s, title=title)
    with session.diary() as diary:
        found = diary.find(entry)
    told = reviewed(session, found, request_of(session, found, options))
    if decisions or any(value is not None for value in rest.values()):
        choices = _chosen(told, decisions)
        found = noted(session, found, lambda notes: _with_wishes(with_choices(notes, choices), **rest))
        told = reviewed(session, found, request_of(session, found, options))
    seen = _look(session, found, told) if looks else None
    session.give(_json(told, found, seen))
    _tell(session, told, shows_all=shows_all)
    if seen is not None:
        _tell_picture(session, seen, found.review or ReviewNotes())


def _chosen(told: Review, decisions: Iterable[_Decided]) -> list[tuple[Finding, Choice]]:
    count = len(told.findings)
    for each in decisions:
        if each.number > count:
            raise DiaryError(
                f"There is no finding {each.number}; there are {count}.", "Look at them with `duskreel check --all`."
            )
    return [(told.findings[each.number - 1], each.choice) for each in decisions]


def _with_wishes(
    notes: ReviewNotes,
    *,
    blur_others: bool | None,
    blur_background: bool | None,
    tell_time: bool | None,
    again_on: date | None,
) -> ReviewNotes:
    return replace(
        notes,
        blurs_others=notes.blurs_others if blur_others is None else blur_others,
        blurs_background=notes.blurs_background if blur_background is None else blur_background,
        tells_time=notes.tells_time if tell_time is None else tell_time,
        ask_again_on=notes.ask_again_on if again_on is None else again_on,
    )


def _look(session: Session, entry: Entry, told: Review) -> "Seen":
    from duskreel.export.pictures import Source
    from duskreel.review.seen import look_at_picture

    spans = told.selection.timeline.kept
    with (
        session.diary() as diary,
        diary.open_clip(entry) as clip,
        session.progress("Looking at the picture") as progress,
    ):
        source = Source(clip, entry.clip_path, diary.clip_info(entry))
        return look_at_picture(source, spans, progress=progress, token=session.token)


def _tell(session: Session, told: Review, *, shows_all: bool) -> None:
    shown = 0
    for number, (finding, is_said) in enumerate(zip(told.findings, told.is_said, strict=True), start=1):
        if is_said or shows_all:
            shown += 1
            first, *others = finding_lines(finding)
            session.say_prose(f"{number:3}  {first}{'' if is_said else ' (left out of the short)'}")
            for line in others:
                session.say_prose(f"     {line}")
    for finding in told.written:
        session.say_prose(written_line(finding))
    session.say(_summary(told, shown))
    if told.selection.kept:
        session.say_prose(" ".join([told.closing.wording, *(f"“{each.text}”" for each in told.closing.offered)]))
    for remark in told.remarks:
        session.say_prose(remark)
    session.say("What no check can know:")
    for limit in told.limits:
        session.say_prose(f"  {limit}")


def _summary(told: Review, shown: int) -> str:
    if not told.findings:
        return "Nothing was found in what is said."
    count, elsewhere = len(told.in_short), len(told.findings) - shown
    found = f"{things(count)} found, {len(told.undecided)} not decided." if count else "Nothing was found in the short."
    return found + (f" {elsewhere} more in what it leaves out: --all." if elsewhere else "")


def _tell_picture(session: Session, seen: "Seen", notes: ReviewNotes) -> None:
    persons = len(seen.persons)
    if persons:
        who = "Somebody else is" if persons == 1 else f"{persons} others are"
        blurred = "they are blurred" if notes.blurs_others else "--blur-others blurs them"
        session.say_prose(f"{who} in the picture, at {_times(each.longest for each in seen.persons)}; {blurred}.")
    if seen.pages:
        blurred = "The background is blurred" if notes.blurs_background else "--blur-background blurs it"
        session.say_prose(f"There may be a screen or a page to be read, at {_times(seen.pages)}. {blurred}.")
    if not persons and not seen.pages:
        session.say("Nobody else, no screen and no page was seen in the picture.")


def _times(spans: Iterable[Span]) -> str:
    return ", ".join(clock(span.start_ms) for span in spans)


def _json(told: Review, entry: Entry, seen: "Seen | None") -> dict[str, Any]:
    notes = entry.review or ReviewNotes()
    return {
        "findings": [
            {**finding_json(finding, number), "in_short": is_said}
            for number, (finding, is_said) in enumerate(zip(told.findings, told.is_said, strict=True), start=1)
        ],
        "written": [finding_json(finding) for finding in told.written],
        "undecided": len(told.undecided),
        "looks_ahead": told.closing.looks_ahead,
        "offered": [{"start_ms": each.span.start_ms, "text": each.text} for each in told.closing.offered],
        "remarks": list(told.remarks),
        "limits": list(told.limits),
        "blurs_others": notes.blurs_others,
        "blurs_background": notes.blurs_background,
        "tells_time": notes.tells_time,
        "ask_again_on": notes.ask_again_on.isoformat() if notes.ask_again_on else None,
        "picture": None if seen is None else _seen_json(seen),
    }


def _seen_json(seen: "Seen") -> dict[str, Any]:
    return {
        "others": [{"first_ms": each.first_ms, "longest": list(each.longest)} for each in seen.persons],
        "pages": [list(span) for span in seen.pages],
    }
