"""Something to talk about, never the same twice in a row."""

from datetime import date, timedelta
from itertools import pairwise

from duskreel import prompts
from duskreel.prompts import Kind, Prompt, PromptDeck

DAY = date(2026, 11, 23)


def dealt(deck: PromptDeck, count: int) -> list[Prompt]:
    first = deck.now
    assert first is not None
    return [first, *(prompt for _ in range(count - 1) if (prompt := deck.turn()) is not None)]


def test_there_are_as_many_of_each_kind_and_all_differ() -> None:
    found = prompts.load()
    assert len({prompt.text for prompt in found}) == len(found) >= 60
    assert {sum(prompt.kind is kind for prompt in found) for kind in Kind} == {len(found) // len(Kind)}


def test_prompts_are_short_enough_to_be_read_at_a_glance() -> None:
    assert max(len(prompt.text) for prompt in prompts.load()) <= 70


def test_no_prompt_for_a_good_day_asks_for_a_reason() -> None:
    good = [prompt.text.lower() for prompt in prompts.load() if prompt.kind is Kind.GOOD]
    assert not [text for text in good if "why" in text or "reason" in text or "because" in text]


def test_every_prompt_comes_once_before_any_comes_back() -> None:
    found = prompts.load()
    shown = dealt(PromptDeck(found, DAY), len(found) + 1)
    assert set(shown[:-1]) == set(found)
    assert shown[-1] == shown[0]


def test_the_next_one_is_of_another_kind() -> None:
    shown = dealt(PromptDeck(prompts.load(), DAY), 60)
    assert all(one.kind is not other.kind for one, other in pairwise(shown))


def test_a_day_keeps_its_prompt_and_the_following_days_have_others() -> None:
    found = prompts.load()
    assert PromptDeck(found, DAY).now == PromptDeck(found, DAY).now
    days = [PromptDeck(found, DAY + timedelta(days=days)).now for days in range(len(found))]
    assert len(set(days)) == len(found)


def test_turning_a_few_over_does_not_use_up_tomorrow() -> None:
    found = prompts.load()
    today = dealt(PromptDeck(found, DAY), prompts.DAILY_STEP)
    assert PromptDeck(found, DAY + timedelta(days=1)).now not in today


def test_no_prompts_at_all_is_no_error() -> None:
    deck = PromptDeck([], DAY)
    assert deck.now is deck.turn() is None
