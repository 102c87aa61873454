"""A clip that may come in: in a folder or in an archive, with what another program knew about it."""

from dataclasses import dataclass, field
from pathlib import Path

from duskreel.library.importing import Brought


@dataclass(frozen=True)
class Candidate:
    """One clip, before anybody has looked into it."""

    name: str
    """for people"""
    size_bytes: int
    file: Path
    """the clip, or the archive that it lies in"""
    member: str | None = None
    """its name in the archive"""
    brought: Brought = field(default_factory=Brought)
    prefers_name: bool = False
    """whether the day in its name is truer than the one in its container"""
    must_be_named: bool = False
    """whether it cannot be placed without a day in its name"""


@dataclass(frozen=True)
class Refused:
    """What cannot come in, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Offer:
    """Everything that was found in one place."""

    candidates: tuple[Candidate, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    """sentences about what is left out"""
