"""The answer of a command, for tests that run one in this process or in another."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed under ``--json``."""
        return json.loads(self.out)
