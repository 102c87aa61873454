"""Which sentences to keep: an exact solution in integers, not a greedy one."""

from collections.abc import Mapping, Sequence

from duskreel.edit.scoring import Scores

Chain = tuple[int, "Chain | None"]
"""chosen indices, last one first; shared between states, so that no state copies its history"""
States = dict[int, tuple[int, Chain | None]]
"""points -> the shortest way to reach them, in milliseconds, and its choice"""


def choose(own_ms: Sequence[int], link_ms: Sequence[int], scores: Scores, target_ms: int) -> tuple[int, ...]:
    """The choice with the most points that lasts at most `target_ms`; the shortest among equals.

    Dynamic programming over the sentences in order: for each number of points the least time that reaches it,
    apart for choices that end with the sentence before (after which the pause plays) and those that do not.
    Those that take longer for fewer points are dropped.

    Args:
        own_ms: how long each sentence lasts on its own, not negative.
        link_ms: how much longer two neighbours last together than each on its own; one fewer.
        scores: points of the same sentences.
        target_ms: the limit.

    Returns:
        Indices in order; none if no sentence fits.
    """
    apart: States = {0: (0, None)}
    ending: States = {}
    for index, lasts_ms in enumerate(own_ms):
        kept: States = {}
        points = scores.sentences[index]
        _extend(kept, apart, index, points, lasts_ms, target_ms)
        if index:
            link_points = points + scores.links[index - 1]
            _extend(kept, ending, index, link_points, lasts_ms + link_ms[index - 1], target_ms)
        apart, ending = _undominated(_shorter(apart, ending)), _undominated(kept)
    everything = _shorter(apart, ending)
    return _indices(everything[max(everything)][1])


def _extend(
    kept: States, states: Mapping[int, tuple[int, Chain | None]], index: int, points: int, ms: int, limit_ms: int
) -> None:
    for before, (before_ms, chain) in states.items():
        total_ms = before_ms + ms
        known = kept.get(before + points)
        if total_ms <= limit_ms and (known is None or total_ms < known[0]):
            kept[before + points] = (total_ms, (index, chain))


def _shorter(one: States, other: States) -> States:
    merged = dict(one)
    for points, state in other.items():
        if points not in merged or state[0] < merged[points][0]:
            merged[points] = state
    return merged


def _undominated(states: States) -> States:
    """Without those that another one beats in points and in time."""
    left: States = {}
    shortest_ms: int | None = None
    for points in sorted(states, reverse=True):
        if shortest_ms is None or states[points][0] < shortest_ms:
            shortest_ms = states[points][0]
            left[points] = states[points]
    return left


def _indices(chain: Chain | None) -> tuple[int, ...]:
    indices: list[int] = []
    while chain is not None:
        index, chain = chain
        indices.append(index)
    return tuple(reversed(indices))
