"""Words that the user does not want to share, such as an employer's name: protected.json in the diary folder.

Each word is kept with when it was last changed or taken off the list, so that the files of two computers become one by
taking the newer of both for each word; second versions that a sync left are taken in the next time that something
changes. What a newer program or a person added to the file stays in it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from duskreel.errors import DiaryError
from duskreel.library import sidecars
from duskreel.library.json_reader import Json
from duskreel.library.search_text import folded
from duskreel.library.sync_names import copies

FILE = "protected.json"
FORMAT = 1
LONGEST = 80
"""letters of a protected word or name"""
MOST_FORMS = 20
"""other forms of one word"""
ProtectedKind = Literal["employer", "colleague", "client", "project", "place", "other"]
KINDS: tuple[ProtectedKind, ...] = get_args(ProtectedKind)
_NEVER = datetime.min.replace(tzinfo=UTC)
_KEYS = frozenset({"text", "kind", "also", "changed_at", "removed"})

Words = dict[str, "ProtectedWord"]


@dataclass(frozen=True)
class ProtectedWord:
    """A name or a word; told apart without regard to case and accents."""

    text: str
    """as the user wrote it, such as ``Kaitlyn Meyer``"""
    kind: ProtectedKind = "other"
    also: tuple[str, ...] = ()
    """other forms, such as an abbreviation"""
    changed_at: datetime = _NEVER
    """with offset"""
    is_removed: bool = False
    """kept so that a computer that has not heard of it yet does not bring the word back"""
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """keys written by a newer version, and a kind that only that knows"""

    def to_json(self) -> Json:
        """As it stands in protected.json."""
        removed = {"removed": True} if self.is_removed else {}
        changed = {} if self.changed_at == _NEVER else {"changed_at": self.changed_at.isoformat()}
        return {"text": self.text, "kind": self.kind, "also": list(self.also), **changed, **removed, **self.unknown}


def load(folder: Path) -> tuple[ProtectedWord, ...]:
    """The protected words of the diary in this folder, by text; what cannot be understood is passed over."""
    known = [word for word in _known(folder).values() if not word.is_removed]
    return tuple(sorted(known, key=lambda word: folded(word.text)))


def protect(
    folder: Path, text: str, now: datetime, *, kind: ProtectedKind | None = None, also: Iterable[str] = ()
) -> ProtectedWord:
    """Put a word on the list. If it is there already, it gets the new kind and the new forms besides its own.

    Args:
        folder: of the diary; its lock is held.
        text: a word or a name.
        now: with offset.
        kind: None for the one that it has, or "other".
        also: other forms of it.

    Raises:
        DiaryError: there is nothing to look for in the text or a form, or the file cannot be written.
    """
    text, forms = _checked(text), [_checked(form) for form in also]
    known = _known(folder).get(_key(text), ProtectedWord(text))
    before = () if known.is_removed else known.also
    united = {_form_key(form): form for form in (*forms, *before) if _form_key(form) != _form_key(text)}
    if len(united) > MOST_FORMS:
        raise DiaryError(f"“{text}” has more than {MOST_FORMS} other forms.", "Protect some of them as words.")
    if kind is not None or known.is_removed:
        unknown = {key: value for key, value in known.unknown.items() if key != "kind"}
        known = replace(known, kind=kind or "other", unknown=unknown)
    # A clock that is behind another computer's must not make this change the older one.
    moment = max(now, known.changed_at)
    made = replace(known, text=text, also=tuple(sorted(united.values())), changed_at=moment, is_removed=False)
    _change(folder, lambda words: words | {_key(text): made})
    return made


def unprotect(folder: Path, text: str, now: datetime) -> ProtectedWord:
    """Take a word off the list.

    Args:
        folder: of the diary; its lock is held.
        text: the word, in any case.
        now: with offset.

    Returns:
        The word as it was.

    Raises:
        DiaryError: it is not on the list, or the file cannot be written.
    """
    found = _known(folder).get(_key(text))
    if found is None or found.is_removed:
        raise DiaryError(f"“{text}” is not a protected word.", "“duskreel protect” lists those that are.")
    gone = replace(found, also=(), changed_at=max(now, found.changed_at), is_removed=True)
    _change(folder, lambda words: words | {_key(text): gone})
    return found


def _checked(text: str) -> str:
    text = " ".join(sidecars.clean(text).split())
    letters = sum(map(str.isalnum, text))
    if not text:
        raise DiaryError("There is no word to protect.", "Write a name or a word, such as Nordwind.")
    if not letters:
        raise DiaryError(f"Nobody can say “{text}”.", "Write a name or a word with letters.")
    if letters == 1:
        raise DiaryError(f"“{text}” is only one letter, which is everywhere.", "Write the whole name.")
    if len(text) > LONGEST:
        raise DiaryError(f"That is longer than {LONGEST} letters.", "Protect the words that tell, one by one.")
    return text


def _key(text: str) -> str:
    return folded(" ".join(text.split()))


def _form_key(text: str) -> str:
    return " ".join(text.split())


# ---- the file


def _known(folder: Path) -> Words:
    """By key, also the removed ones, of the file and of its second versions."""
    known: Words = {}
    for path in [folder / FILE, *_copies(folder)]:
        for word in _read(path) or []:
            other = known.get(key := _key(word.text))
            if other is None or _rank(word) > _rank(other):
                known[key] = word
    return known


def _rank(word: ProtectedWord) -> tuple[datetime, bool, str, tuple[str, ...]]:
    """The newer one stays; with the same time the protected one, and the same one on every computer."""
    return word.changed_at, not word.is_removed, word.kind, word.also


def _copies(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in copies([path.name for path in folder.iterdir()], FILE)]
    except OSError:
        return []


def _content(path: Path) -> Json | None:
    """What the file holds; None where it cannot be understood at all, {} where there is none."""
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and isinstance(data.get("words"), list) else None


def _read(path: Path) -> list[ProtectedWord] | None:
    content = _content(path)
    if content is None:
        return None
    return [word for item in content.get("words", []) if (word := _word(item)) is not None]


def _word(item: Any) -> ProtectedWord | None:
    """None where it is no word, or nothing could be looked for."""
    try:
        text = _checked(item["text"])
        also = item.get("also", [])
        forms = tuple(_checked(form) for form in also if isinstance(form, str) and form.strip())
    except (DiaryError, KeyError, TypeError, AttributeError):
        return None
    kind = item.get("kind")
    return ProtectedWord(
        text,
        kind if kind in KINDS else "other",
        forms[:MOST_FORMS],
        _moment(item.get("changed_at")),
        item.get("removed") is True,
        {key: value for key, value in item.items() if key not in _KEYS or (key == "kind" and kind not in KINDS)},
    )


def _moment(text: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return _NEVER
    return moment if moment.tzinfo else _NEVER


def _change(folder: Path, change: Callable[[Words], Words]) -> None:
    """Read once more just before it is written: another computer's changes may have come meanwhile."""
    path = folder / FILE
    _refuse_foreign(path)
    content, taken_in = _content(path), [copy for copy in _copies(folder) if _is_ours(copy)]
    together = change(_known(folder))
    if content is None:
        sidecars.keep_aside(path)
    strange = [item for item in (content or {}).get("words", []) if _word(item) is None]
    words = [word.to_json() for _, word in sorted(together.items())]
    sidecars.write(path, {"format": FORMAT, **(content or {}), "words": sidecars.clean([*words, *strange])})
    for copy in taken_in:
        with suppress(OSError):
            copy.unlink()


def _is_ours(copy: Path) -> bool:
    """Whether a second version can go once its words are taken in."""
    content = _content(copy)
    return content is not None and _is_known_format(content) and all(map(_word, content.get("words", [])))


def _is_known_format(content: Json) -> bool:
    version = content.get("format", FORMAT)
    return isinstance(version, int) and version <= FORMAT


def _refuse_foreign(path: Path) -> None:
    """What cannot be read just now, or was written by a newer program, is not ours to replace."""
    try:
        path.open("rb").close()
    except FileNotFoundError:
        return
    except OSError as error:
        raise DiaryError(f"Could not read {path}: {error.strerror or error}.", "Check the disk.") from error
    content = _content(path)
    if content is not None and not _is_known_format(content):
        raise DiaryError(f"A newer Duskreel wrote {path}.", "Install the newest version, then try again.")
