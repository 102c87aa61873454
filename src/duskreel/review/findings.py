"""What the check hands out: places in what is said that are worth a second thought, and why."""

from dataclasses import dataclass
from enum import StrEnum

from duskreel.edit.wording import CLAUSE_END, SENTENCE_END
from duskreel.library.review_notes import Choice
from duskreel.timecode import Span


class Kind(StrEnum):
    """What a finding is about. The values stand in entry.json."""

    PROTECTED = "protected"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    HANDLE = "handle"
    ADDRESS = "address"
    MONEY = "money"
    BIRTH = "birth"
    ACCOUNT = "account"
    CONFIDENTIAL = "confidential"
    DISPARAGING = "disparaging"
    PROFANITY = "profanity"
    MARKED = "marked"


@dataclass(frozen=True)
class Match:
    """Neighbouring words that a rule speaks of."""

    kind: Kind
    first: int
    """index of the first word"""
    last: int
    """of the last one, included"""
    why: str
    """one sentence for the user"""


@dataclass(frozen=True)
class Finding:
    """A match at its place in a clip."""

    kind: Kind
    text: str
    """the words as captions show them"""
    span: Span
    """from the first word's start to the last one's end, in the clip's ms"""
    sentence: str
    sentence_span: Span
    why: str
    choice: Choice | None = None
    """what was decided; None if nobody was asked yet"""

    @property
    def called(self) -> str:
        """The words, as they are spoken of in a sentence."""
        return f"“{self.text.strip(SENTENCE_END + CLAUSE_END + ' ') or self.text}”"
