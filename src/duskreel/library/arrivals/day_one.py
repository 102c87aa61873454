"""Day One's JSON export: a ZIP archive with one JSON file for each journal, and media in folders beside it.

Its makers describe how to export, not what is in it; this follows what several converters agree on (Jimmy, the Obsidian
importer of Marc Donald, dayone2md): ``entries`` with ``creationDate`` in UTC, ``timeZone``, Markdown ``text`` with
punctuation escaped, ``tags``, ``starred``, and ``videos`` whose files are ``videos/<md5>.<type>``. That ``md5`` is a
name, not always the file's checksum. Media that were not downloaded when the journal was exported are missing.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from duskreel.errors import DiaryError
from duskreel.library.arrivals.candidate import Candidate, Offer, Refused
from duskreel.library.arrivals.pile import Pile
from duskreel.library.importing import Brought

VIDEOS = "videos"
OTHER_MEDIA = {"photos": "photo", "audios": "sound recording", "pdfAttachments": "PDF"}
_MEDIA_LINE = re.compile(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)\n?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"\A\s*#{1,6}[ \t]+(?P<title>[^\n]+?)[ \t]*(?:\n|\Z)")
_EMPTY_LINES = re.compile(r"\n{3,}")


def offer(pile: Pile) -> Offer:
    """The videos of every journal in an export.

    Raises:
        DiaryError: there is no journal in it.
    """
    journals = [name for name in pile.sizes_bytes if "/" not in name and name.lower().endswith(".json")]
    # An archive that was packed again has everything one folder down.
    journals = journals or [name for name in pile.sizes_bytes if name.count("/") == 1 and name.endswith(".json")]
    found = [each for name in journals if (each := _journal(pile, name)) is not None]
    if not found:
        raise DiaryError(
            "There is no Day One journal in it.", "In Day One, export as JSON, then give the ZIP file as it is."
        )
    return Offer(
        tuple(candidate for journal in found for candidate in journal.candidates),
        tuple(refused for journal in found for refused in journal.refused),
        tuple(_notes(found)),
    )


@dataclass(frozen=True)
class _Journal:
    candidates: tuple[Candidate, ...]
    refused: tuple[Refused, ...]
    without_video: int
    others: dict[str, int]


def _journal(pile: Pile, name: str) -> _Journal | None:
    try:
        entries = json.loads(pile.read(name))["entries"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(entries, list):
        return None
    home = name.rpartition("/")[0]
    entries = [entry for entry in entries if isinstance(entry, dict)]
    found = [each for entry in entries for each in _videos(pile, f"{home}/" if home else "", entry)]
    return _Journal(
        tuple(each for each in found if isinstance(each, Candidate)),
        tuple(each for each in found if isinstance(each, Refused)),
        sum(not _listed(entry, VIDEOS) for entry in entries),
        {key: sum(len(_listed(entry, key)) for entry in entries) for key in OTHER_MEDIA},
    )


def _videos(pile: Pile, home: str, entry: dict[str, Any]) -> Iterator[Candidate | Refused]:
    videos = _listed(entry, VIDEOS)
    brought = _brought(entry)
    for number, video in enumerate(videos, start=1):
        name = f"{home}{VIDEOS}/{video.get('md5')}.{str(video.get('type') or 'mp4').lower()}"
        if name not in pile.sizes_bytes:
            day = f"{brought.recorded_at:%Y-%m-%d}" if brought.recorded_at else "an unknown day"
            yield Refused(name, f"The video of {day} is not in the export. Open it in Day One, then export again.")
            continue
        title = f"{brought.title} ({number} of {len(videos)})" if brought.title and len(videos) > 1 else brought.title
        yield replace(pile.candidate(name), brought=replace(brought, title=title))


def _brought(entry: dict[str, Any]) -> Brought:
    title, note = title_and_note(entry["text"] if isinstance(entry.get("text"), str) else "")
    tags = entry.get("tags")
    return Brought(
        title=title,
        note=note,
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        recorded_at=_moment(entry.get("creationDate"), entry.get("timeZone")),
        starred=entry.get("starred") is True,
    )


def title_and_note(text: str) -> tuple[str, str]:
    """What was written, without references to media and without escapes; a heading at its beginning is the title."""
    text = _MEDIA_LINE.sub("", text.replace("\r\n", "\n"))
    heading = _HEADING.match(text)
    note = text[heading.end() :] if heading else text
    plain = (_ESCAPED.sub(r"\1", part) for part in (heading["title"] if heading else "", note))
    title, note = plain
    return title.strip(), _EMPTY_LINES.sub("\n\n", note).strip()


def _moment(created: Any, zone: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(created)
    except (TypeError, ValueError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone(zone))


def _zone(name: Any) -> tzinfo | None:
    """None is this machine's own: where a system knows no zones, it is the likeliest."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return None


def _listed(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = entry.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _notes(journals: list[_Journal]) -> Iterator[str]:
    without = sum(journal.without_video for journal in journals)
    if without:
        yield f"Left out, as they have no video: {without:,} {'entry' if without == 1 else 'entries'}."
    for key, word in OTHER_MEDIA.items():
        count = sum(journal.others[key] for journal in journals)
        if count:
            yield f"Left out, as an entry is one video: {count:,} {word}{'' if count == 1 else 's'}."
