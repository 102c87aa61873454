"""What somebody decided about sharing an entry: “review” in entry.json."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

from duskreel.library.json_reader import Json, Reader, span_from_json
from duskreel.timecode import Span

Choice = Literal["keep", "cut", "bleep", "mute", "caption"]
"""of a finding: leave it, leave its sentence out, put a tone or silence over its words (their captions masked too), or
mask the captions alone"""
CHOICES: tuple[Choice, ...] = get_args(Choice)


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
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """keys written by a newer version"""

    def to_json(self) -> Json:
        """As it stands in entry.json; what is as it is by default is left out."""
        flags = ("blurs_others", "blurs_background", "tells_time")
        return {
            "decisions": [decision.to_json() for decision in self.decisions],
            **{name: True for name in flags if getattr(self, name)},
            **({"ask_again_on": self.ask_again_on.isoformat()} if self.ask_again_on else {}),
            **self.unknown,
        }


def review_notes_from_json(data: Any) -> ReviewNotes:
    """Read “review” of entry.json.

    Raises:
        ValueError: as for `entry_from_json`.
    """
    reader = Reader(data)
    again = reader.text("ask_again_on", "")
    notes = ReviewNotes(
        decisions=tuple(_decision(item) for item in reader.items("decisions")),
        blurs_others=reader.flag("blurs_others"),
        blurs_background=reader.flag("blurs_background"),
        tells_time=reader.flag("tells_time"),
        ask_again_on=date.fromisoformat(again) if again else None,
    )
    known = {"decisions", "blurs_others", "blurs_background", "tells_time", "ask_again_on"}
    return replace(notes, unknown={key: value for key, value in data.items() if key not in known})


def _decision(data: Any) -> Decision:
    reader = Reader(data)
    choice = reader.text("choice")
    if choice not in CHOICES:
        raise ValueError(f"“choice” is {choice!r}")
    known = {"kind", "span", "text", "choice"}
    return Decision(
        kind=reader.text("kind"),
        span=span_from_json(data.get("span")),
        text=reader.text("text", ""),
        choice=choice,
        unknown={key: value for key, value in data.items() if key not in known},
    )
