"""Work in a child process: its result, its progress, and every way of ending it."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from duskreel.errors import DiaryError
from duskreel.jobs.child import ChildJob
from duskreel.jobs.outcome import Failed, Stopped, Succeeded
from duskreel.library.partial import PartialRegister
from duskreel.progress import unheard
from jobs import work_samples


def wait_for(job: ChildJob[Any], is_there: Callable[[], bool]) -> None:
    """Poll the job, as the window does, until something has happened."""
    while not is_there():
        assert job.poll(unheard, wait_s=0.02) is None


def test_the_result_comes_back_from_another_spawned_process() -> None:
    outcome = ChildJob(work_samples.process_number, None).wait(unheard)
    assert isinstance(outcome, Succeeded)
    number, start_method = outcome.result
    assert number != os.getpid()
    assert start_method == "spawn"


def test_progress_arrives_in_order_and_ends_at_the_end() -> None:
    seen: list[tuple[str, float]] = []
    outcome = ChildJob(work_samples.double, 21).wait(lambda stage, fraction: seen.append((stage, fraction)))
    assert outcome == Succeeded(42)
    assert seen[-1] == ("Doubled", 1.0)
    assert seen == sorted(seen, key=lambda report: report[1])


def test_a_known_failure_comes_back_with_its_sentences() -> None:
    outcome = ChildJob(work_samples.refuse, "notes.txt").wait(unheard)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, DiaryError)
    assert "notes.txt" in outcome.error.what_happened
    assert outcome.details == ""


def test_a_bug_comes_back_with_its_traceback() -> None:
    outcome = ChildJob(work_samples.stumble, None).wait(unheard)
    assert isinstance(outcome, Failed)
    assert "ZeroDivisionError" in outcome.details


def test_a_crash_of_the_process_is_a_failure_and_is_tidied_up() -> None:
    tidied: list[bool] = []
    outcome = ChildJob(work_samples.crash, None, tidy=lambda: tidied.append(True)).wait(unheard)
    assert isinstance(outcome, Failed)
    assert tidied == [True]


def test_cancelled_work_stops_by_itself(tmp_path: Path) -> None:
    started = tmp_path / "started"
    job = ChildJob(work_samples.spin, started)
    wait_for(job, started.exists)
    job.cancel()
    assert job.wait(unheard) == Stopped()


def test_work_that_does_not_listen_is_killed_and_leaves_no_partial_file(tmp_path: Path) -> None:
    job = ChildJob(work_samples.ignore_everything, tmp_path, tidy=PartialRegister(tmp_path / "partials").sweep)
    wait_for(job, (tmp_path / "started").exists)
    assert (tmp_path / ".short.mp4.partial.mp4").exists()
    job.cancel()
    assert job.wait(unheard) == Stopped()
    assert not (tmp_path / ".short.mp4.partial.mp4").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_work_that_somebody_else_kills_has_failed(tmp_path: Path) -> None:
    job = ChildJob(work_samples.spin, tmp_path / "started")
    wait_for(job, (tmp_path / "started").exists)
    assert job.process_id is not None
    os.kill(job.process_id, signal.SIGKILL)
    assert isinstance(job.wait(unheard), Failed)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_ctrl_c_in_the_terminal_does_not_reach_the_work(tmp_path: Path) -> None:
    job = ChildJob(work_samples.spin, tmp_path / "started")
    wait_for(job, (tmp_path / "started").exists)
    assert job.process_id is not None
    os.kill(job.process_id, signal.SIGINT)
    assert job.poll(unheard, wait_s=0.2) is None
    job.cancel()
    assert job.wait(unheard) == Stopped()


def test_an_ended_job_keeps_its_outcome() -> None:
    job = ChildJob(work_samples.double, 1)
    assert job.wait(unheard) == job.poll(unheard) == Succeeded(2)
