"""Where a caption may be broken."""

import pytest

from duskreel.edit.function_words import function_words
from duskreel.edit.lines import LineBreaker
from edit.spoken import spoken


def breaker(text: str, width: float = 100, lines: int = 2) -> LineBreaker:
    words = spoken(text)
    return LineBreaker(words, lambda line: float(len(line)), width, lines, function_words(words))


def cost_at_bar(text: str) -> float:
    """Of breaking at the ``|``."""
    before, _, after = text.partition("|")
    words = spoken(before.strip()) + spoken(after.strip())
    index = len(spoken(before.strip()))
    return breaker(" ".join([before, after])).break_cost(index) if len(words) > index else 0.0


def counts(text: str, width: float, lines: int = 2) -> tuple[int, ...] | None:
    layout = breaker(text, width, lines).layout(0, len(text.split()))
    return layout.counts if layout else None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("I went home, | slept and ate", "I went home | slept and ate"),
        ("I went home | and slept well", "I went | home and slept well"),
        ("I saw people | running home", "I saw Anna | Karenina running home"),
        ("I saw Anna | Karenina running home", "I saw the | train running home"),
        ("I saw the | train running home", "it costs 3 | .50 and more"),
        ("people never | asked me, nobody came", "people asked | somebody, nobody came"),
        ("I saw people | [250] running home", "I saw people | running home"),
    ],
)
def test_break_reads_better(better: str, worse: str) -> None:
    assert cost_at_bar(better) < cost_at_bar(worse)


def test_break_at_a_pause_reads_as_well_as_one_after_a_comma() -> None:
    assert breaker("I saw people [300] running home").break_cost(3) == 0
    assert breaker("I saw people, running home").break_cost(3) == 0


def test_edges_of_the_words_are_no_breaks() -> None:
    assert [breaker("the the").break_cost(index) for index in (0, 2)] == [0, 0]


def test_as_few_lines_as_possible() -> None:
    assert counts("nobody asked people", width=19, lines=3) == (3,)
    assert counts("nobody asked people", width=18, lines=3) == (1, 2)
    assert counts("nobody asked people", width=11, lines=3) == (1, 1, 1)
    assert counts("nobody asked people", width=11) is None


def test_lines_are_as_even_as_they_can_be() -> None:
    assert counts("eins zwei drei vier fünf sechs", width=24) == (3, 3)


def test_short_word_does_not_stand_alone_on_a_line() -> None:
    assert counts("unbelievably happy now", width=18) == (1, 2)
    assert counts("unbelievably happy, okay", width=20) == (1, 2)


def test_width_is_asked_for_once_for_each_stretch() -> None:
    asked: list[str] = []

    def measure(text: str) -> float:
        asked.append(text)
        return float(len(text))

    words = spoken("one two three four five")
    lines = LineBreaker(words, measure, 10, 2, frozenset())
    for end in range(1, 6):
        lines.layout(0, end)
        lines.layout(0, end)
    assert len(asked) == len(set(asked))
