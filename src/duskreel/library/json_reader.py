"""Typed access to the JSON of sidecars, with messages that name what is wrong."""

import math
from datetime import datetime
from typing import Any, cast

from duskreel.timecode import Span

Json = dict[str, Any]
ABSURD = 10**15
"""more than anything counts here: milliseconds of 30,000 years"""
_REQUIRED: Any = object()


class Reader:
    """One object of decoded JSON. Every question raises ValueError, naming the key, if the answer is missing or is
    something else.

    Raises:
        ValueError: it is no object at all.
    """

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise ValueError(f"expected an object, found {type(data).__name__}")  # noqa: TRY004
        self._data = data

    def _get(self, key: str, kind: type | tuple[type, ...], default: Any = _REQUIRED) -> Any:
        value = self._data.get(key, default)
        if value is _REQUIRED:
            raise ValueError(f"“{key}” is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"“{key}” is {value!r}")
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> str:
        """A text."""
        return cast("str", self._get(key, str, default))

    def whole(self, key: str) -> int:
        """A whole number; none that is larger than anything counts here."""
        number = cast("int", self._get(key, int))
        if abs(number) > ABSURD:
            raise ValueError(f"“{key}” is absurdly large")
        return number

    def number(self, key: str) -> float:
        """A number, finite."""
        number = float(self._get(key, (int, float)))
        if not math.isfinite(number):
            raise ValueError(f"“{key}” is {number}")
        return number

    def flag(self, key: str) -> bool:
        """A truth value; False where it is missing."""
        return cast("bool", self._get(key, bool, False))

    def items(self, key: str) -> list[Any]:
        """A list of anything; empty where it is missing."""
        return cast("list[Any]", self._get(key, list, []))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; likewise."""
        items = self.items(key)
        if not all(isinstance(item, str) for item in items):
            raise ValueError(f"“{key}” is {items!r}")
        return tuple(items)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; empty where it is missing."""
        items = self.items(key)
        if not all(type(item) is int and abs(item) <= ABSURD for item in items):
            raise ValueError(f"“{key}” is {items!r}")
        return tuple(items)

    def whole_or_none(self, key: str) -> int | None:
        """A whole number; None where it is missing or null."""
        return None if self._data.get(key) is None else self.whole(key)

    def moment(self, key: str) -> datetime:
        """A wall time with its offset, in ISO 8601."""
        moment = datetime.fromisoformat(self.text(key))
        if moment.tzinfo is None:
            raise ValueError(f"“{key}” has no offset: {moment.isoformat()}")
        return moment


def span_from_json(data: Any) -> Span:
    """Read two whole numbers of milliseconds.

    Raises:
        ValueError: it is something else.
    """
    if not (isinstance(data, list) and len(data) == 2 and all(type(edge) is int for edge in data)):
        raise ValueError(f"a stretch of time is two whole numbers of milliseconds, not {data!r}")
    return Span(*data)
