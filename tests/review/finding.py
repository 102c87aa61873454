"""What a finder finds, as text that tests can compare."""

from collections.abc import Callable

from duskreel.review.findings import Match
from duskreel.review.spoken import Spoken
from review.measuring import spoken


def found(find: Callable[[Spoken], list[Match]], text: str, language: str = "en") -> list[tuple[str, str]]:
    """Kind and words of each match, without the punctuation around them."""
    said = spoken(text, language)
    return [(str(match.kind), " ".join(said.texts[match.first : match.last + 1]).strip(".,!?")) for match in find(said)]
