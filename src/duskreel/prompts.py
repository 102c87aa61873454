"""Something to talk about, for whoever sits in front of the camera and does not know where to begin."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from duskreel.paths import resource

PROMPTS = "prompts.json"
DAILY_STEP = 7
"""by so many prompts one day begins after the day before, so that asking for another one does not use up tomorrow"""


class Kind(Enum):
    """What a prompt is about.

    Telling a bad event, and asking why, does good; of a good one only the telling does, and taking it apart does harm:
    S. Lyubomirsky, L. Sousa and R. Dickerhoof, The costs and benefits of writing, talking, and thinking about life's
    triumphs and defeats, 2006. So no prompt for good days asks for a reason.
    """

    HARD = "hard"
    GOOD = "good"
    NEXT = "next"
    BACK = "back"


@dataclass(frozen=True)
class Prompt:
    """One question or invitation."""

    kind: Kind
    text: str


def load() -> tuple[Prompt, ...]:
    """All that the program ships."""
    data = json.loads(resource(PROMPTS).read_text(encoding="utf-8"))
    return tuple(Prompt(Kind(each["kind"]), each["text"]) for each in data["prompts"])


class PromptDeck:
    """Deals prompts: every one once before any comes back, and after each one of another kind.

    Nothing is stored for it. All days share one order, and each begins further on in it.

    Args:
        prompts: to choose from; as many of each kind as of any other.
        day: on which they are dealt.
    """

    def __init__(self, prompts: Sequence[Prompt], day: date) -> None:
        self._order = _mixed(prompts)
        self._place = day.toordinal() * DAILY_STEP % len(self._order) if self._order else 0

    @property
    def now(self) -> Prompt | None:
        """The one that lies open; None if there is none at all."""
        return self._order[self._place] if self._order else None

    def turn(self) -> Prompt | None:
        """Put it away, and open the next one."""
        if self._order:
            self._place = (self._place + 1) % len(self._order)
        return self.now


def _mixed(prompts: Sequence[Prompt]) -> list[Prompt]:
    """Shuffled within each kind, always in the same way, and the kinds in turn."""
    shuffle = random.Random(0).shuffle  # noqa: S311 - nobody is to be kept from guessing it
    piles = [[prompt for prompt in prompts if prompt.kind is kind] for kind in Kind]
    for pile in piles:
        shuffle(pile)
    return [pile[turn] for turn in range(max(map(len, piles))) for pile in piles if turn < len(pile)]
