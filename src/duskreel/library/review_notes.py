"""What somebody decided about sharing an entry: “review” in entry.json."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from duskreel.library.json_reader import ABSURD, Json, Reader, span_from_json
from duskreel.timecode import Span

Choice = Literal["keep", "cut", "bleep", "mute", "caption"]
"""of a finding: leave it, leave its sentence out, put a tone or silence over its words (their captions masked too), or
mask the captions alone"""
CHOICES: tuple[Choice, ...] = get_args(Choice)
UNREADABLE = "unreadable"
"""a key under which “review” is kept that is no object"""


@dataclass(frozen=True)
class Decision:
    """About one finding. What it hides stays hidden at its place, however the words there are corrected."""

    kind: str
    """a value of `review.findings.Kind`"""
    span: Span
    """of the words, in the clip's ms"""
    text: str
    """the words when it was decided; if they were to be kept and are others now, it is asked again"""
    choice: Choice
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> Json:
        """As it stands in entry.json."""
        return {"kind": self.kind, "span": list(self.span), "text": self.text, "choice": self.choice, **self.unknown}


@dataclass(frozen=True)
class ReviewNotes:
    """All decisions about an entry."""

    decisions: tuple[Decision, ...] = ()
    blurs_others: bool = False
    """other people's faces"""
    blurs_background: bool = False
    tells_time: bool = False
    """whether the exported file says when it was made"""
    ask_again_on: date | None = None
    """the day on which the person wants to think about sharing it again"""
    broken: tuple[Any, ...] = ()
    """decisions that could not be understood"""
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """keys written by a newer version"""

    def to_json(self) -> Json:
        """As it stands in entry.json; what is as it is by default is left out."""
        flags = ("blurs_others", "blurs_background", "tells_time")
        return {
            "decisions": [*(decision.to_json() for decision in self.decisions), *self.broken],
            **{name: True for name in flags if getattr(self, name)},
            **({"ask_again_on": self.ask_again_on.isoformat()} if self.ask_again_on else {}),
            **self.unknown,
        }


def review_notes_from_json(data: Any) -> ReviewNotes:
    """Read “review” of entry.json. What cannot be understood is kept as it stands and decides nothing, so that it is
    asked again: an entry must not become unreadable for a note about sharing it.
    """
    if not isinstance(data, dict):
        return ReviewNotes(unknown={UNREADABLE: data})
    items = data.get("decisions")
    items = items if isinstance(items, list) else [items] if items else []
    read = [_decision(item) for item in items]
    known = {"decisions", "blurs_others", "blurs_background", "tells_time", "ask_again_on"}
    return ReviewNotes(
        decisions=tuple(decision for decision in read if decision is not None),
        blurs_others=bool(data.get("blurs_others")),
        blurs_background=bool(data.get("blurs_background")),
        tells_time=data.get("tells_time") is True,
        ask_again_on=_day(data.get("ask_again_on")),
        broken=tuple(item for item, decision in zip(items, read, strict=True) if decision is None),
        unknown={key: value for key, value in data.items() if key not in known},
    )


def _day(data: Any) -> date | None:
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        return None


def _decision(data: Any) -> Decision | None:
    """None where it is no decision that this version knows how to carry out."""
    known = {"kind", "span", "text", "choice"}
    try:
        reader = Reader(data)
        choice, kind, text = reader.text("choice"), reader.text("kind"), reader.text("text", "")
        span = span_from_json(data.get("span"))
    except ValueError:
        return None
    if choice not in CHOICES or not 0 <= span.start_ms <= span.end_ms < ABSURD:
        return None
    unknown = {key: value for key, value in data.items() if key not in known}
    return Decision(kind, span, text, choice, unknown)
