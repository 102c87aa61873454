"""Every ending of a piece of work is one of three values."""

import pickle

import pytest

from duskreel.errors import Cancelled, DiaryError
from duskreel.jobs.outcome import Failed, Stopped, Succeeded, outcome_of


def raiser(error: BaseException) -> None:
    raise error


def test_a_result_is_a_success() -> None:
    assert outcome_of(lambda: 7) == Succeeded(7)


def test_cancelled_work_is_stopped_not_failed() -> None:
    assert outcome_of(lambda: raiser(Cancelled())) == Stopped()


def test_a_known_failure_keeps_its_sentences_and_has_no_details() -> None:
    error = DiaryError("The disk is full.", "Make room.")
    assert outcome_of(lambda: raiser(error)) == Failed(error)


def test_a_bug_has_details_for_the_log_and_a_sentence_for_people() -> None:
    outcome = outcome_of(lambda: raiser(KeyError("planes")))
    assert isinstance(outcome, Failed)
    assert "KeyError: 'planes'" in outcome.details
    assert "KeyError" in outcome.error.what_happened
    assert outcome.error.what_to_do


def test_an_interrupt_is_nobodys_outcome() -> None:
    with pytest.raises(KeyboardInterrupt):
        outcome_of(lambda: raiser(KeyboardInterrupt()))


def test_outcomes_travel_between_processes() -> None:
    failed = pickle.loads(pickle.dumps(Failed(DiaryError("No.", "Yes."), "…")))  # noqa: S301 - our own bytes
    assert failed.error.what_happened == "No."
    assert failed.error.what_to_do == "Yes."
