"""How findings read on the command line and in JSON, and how somebody is asked about them."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import click

from duskreel.cli.session import Session
from duskreel.export.render import ExportRequest
from duskreel.library.entry import Entry
from duskreel.library.review_notes import CHOICES, Choice, ReviewNotes
from duskreel.review.checking import with_decision
from duskreel.review.findings import Finding
from duskreel.review.review import Review, review_entry
from duskreel.timecode import clock

LATER = "later"
DONE: dict[Choice, str] = {
    "keep": "kept",
    "cut": "its sentence is cut",
    "bleep": "bleeped",
    "mute": "muted",
    "caption": "masked in captions",
}
"""what a choice makes of a finding"""


def reviewed(session: Session, entry: Entry, request: ExportRequest) -> Review:
    """Look through an entry as it is now."""
    with session.diary() as diary:
        return review_entry(diary, diary.find(entry.id), request)


def noted(session: Session, entry: Entry, change: Callable[[ReviewNotes], ReviewNotes]) -> Entry:
    """Change what the entry keeps about sharing it, and give the entry as it is then."""

    def changed(known: Entry) -> Entry:
        return replace(known, review=change(known.review or ReviewNotes()))

    with session.diary() as diary:
        return diary.amend(entry.id, changed)


def with_choices(notes: ReviewNotes, choices: Iterable[tuple[Finding, Choice]]) -> ReviewNotes:
    """The notes with all of these choices."""
    for finding, choice in choices:
        notes = with_decision(notes, finding, choice)
    return notes


def can_ask(session: Session) -> bool:
    """Whether somebody sits there to answer."""
    return not session.as_json and sys.stdin.isatty() and sys.stdout.isatty()


def asked(session: Session, findings: Sequence[Finding]) -> list[tuple[Finding, Choice]]:
    """Ask about one finding after the other. What is to be decided later stays open."""
    session.say(f"{things(len(findings))} to look at before it is shared. For each: {', '.join((*CHOICES, LATER))}.")
    made: list[tuple[Finding, Choice]] = []
    for finding in findings:
        session.say("")
        session.say_prose("\n".join(finding_lines(finding)))
        with _interruptible():
            answer = click.prompt(
                "What to do", type=click.Choice([*CHOICES, LATER]), default=LATER, show_choices=False, err=True
            )
        session.token.raise_if_cancelled()
        if answer != LATER:
            made.append((finding, cast("Choice", answer)))
    return made


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C ends a question at once. Elsewhere work is asked to end, which nobody does who waits for an answer."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def things(count: int) -> str:
    """``1 thing``, ``3 things``."""
    return "1 thing" if count == 1 else f"{count} things"


def finding_lines(finding: Finding) -> list[str]:
    """When, what, in which sentence, why, and what was decided."""
    decision = DONE[finding.choice] if finding.choice else "not decided"
    return [
        f"{clock(finding.span.start_ms)}  {finding.called} ({finding.kind}): {decision}",
        finding.sentence,
        finding.why,
    ]


def written_line(finding: Finding) -> str:
    """Of a finding in a title or a name, about which there is nothing to decide but other words."""
    return f"“{finding.sentence}” is written there, with {finding.called} in it. {finding.why}"


def finding_json(finding: Finding, number: int | None = None) -> dict[str, Any]:
    """A finding for scripts."""
    return {
        **({} if number is None else {"number": number}),
        "kind": str(finding.kind),
        "text": finding.text,
        "start_ms": finding.span.start_ms,
        "end_ms": finding.span.end_ms,
        "sentence": finding.sentence,
        "sentence_start_ms": finding.sentence_span.start_ms,
        "sentence_end_ms": finding.sentence_span.end_ms,
        "why": finding.why,
        "choice": finding.choice,
    }
