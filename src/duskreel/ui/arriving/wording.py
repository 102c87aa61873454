"""What is said about clips that would come in, and about those that did."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from duskreel.library.arrival_dates import DateSource
from duskreel.library.arrivals.moving_in import Arrival, MovedIn, Outcome
from duskreel.library.importing import readable
from duskreel.ui.list_dialog import Section, sections

MOST_NAMED = 2
_COMES = (Outcome.KEPT, Outcome.WOULD_BE_KEPT)


def title_of(sources: Sequence[Path]) -> str:
    """What the job is about: “talk.mp4”, or “3 things”."""
    return readable(sources[0].name) if len(sources) == 1 else f"{len(sources)} files and folders"


def coming(moved: MovedIn) -> list[Arrival]:
    """The clips that came in, or would."""
    return [arrival for arrival in moved.arrivals if arrival.outcome in _COMES]


def question(moved: MovedIn) -> str:
    """The heading over what would be done."""
    return f"Take {_clips(len(coming(moved)))} into your diary?"


def consent(moved: MovedIn) -> str:
    """What the button says."""
    return "Take it in" if len(coming(moved)) == 1 else "Take them in"


def outlook(moved: MovedIn) -> str:
    """From which days they are, and what stays outside."""
    come = coming(moved)
    days = [arrival.when.at.date() for arrival in come if arrival.when is not None]
    undated = sum(arrival.when is not None and arrival.when.source is DateSource.FILE for arrival in come)
    told = [f"{_span(min(days), max(days))}."] if days else []
    if undated:
        told.append(f"{_clips(undated)} {'tells' if undated == 1 else 'tell'} no day but that of the file.")
    left_out = [*_counted(moved, Outcome.ALREADY_HERE, "would be there twice")]
    left_out += _counted(moved, Outcome.REFUSED, "cannot be used")
    if left_out:
        told.append(f"{' and '.join(left_out)}.")
    return " ".join([*told, "The files themselves stay as they are."])


def summary(moved: MovedIn) -> str:
    """One sentence about what has become of everything: “12 clips are in your diary; 3 were there already.”."""
    come = coming(moved)
    if len(moved.arrivals) == 1 and come:
        return f"{come[0].name} is in your diary."
    counted = [f"{_clips(len(come))} {'is' if len(come) == 1 else 'are'} in your diary" if come else "Nothing came in"]
    here = sum(arrival.outcome is Outcome.ALREADY_HERE for arrival in moved.arrivals)
    if here:
        counted.append(f"{here:,} {'was' if here == 1 else 'were'} there already")
    refused = [arrival.name for arrival in moved.arrivals if arrival.outcome is Outcome.REFUSED]
    if refused:
        counted.append(f"{len(refused):,} could not be used: {_named(refused)}")
    return f"{'; '.join(counted)}."


def everything(moved: MovedIn) -> list[Section]:
    """Every clip, those first that need a look."""
    refused = [each.reason for each in moved.arrivals if each.outcome is Outcome.REFUSED]
    here = [each.reason for each in moved.arrivals if each.outcome is Outcome.ALREADY_HERE]
    come = sorted(coming(moved), key=lambda arrival: arrival.when.at.timestamp() if arrival.when else 0.0)
    heading = "These come in" if any(each.outcome is Outcome.WOULD_BE_KEPT for each in come) else "These came in"
    return sections(
        ("Cannot be used", refused),
        ("In your diary already, or there twice", here),
        ("", moved.notes),
        (heading, map(_line, come)),
    )


def _line(arrival: Arrival) -> str:
    title = f", “{arrival.title}”" if arrival.title else ""
    when = f"{arrival.when.at:%Y-%m-%d %H:%M}" if arrival.when is not None else ""
    source = f" (time from {arrival.when.source})" if arrival.when is not None else ""
    return f"{when}  {arrival.name}{title}{source}"


def _counted(moved: MovedIn, outcome: Outcome, what: str) -> list[str]:
    count = sum(arrival.outcome is outcome for arrival in moved.arrivals)
    return [f"{count:,} {what}"] if count else []


def _named(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED:
        return " and ".join(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED:,} more"


def _span(first: date, last: date) -> str:
    return f"From {_day(first)}" if first == last else f"From {_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _clips(count: int) -> str:
    return f"{count:,} {'clip' if count == 1 else 'clips'}"
