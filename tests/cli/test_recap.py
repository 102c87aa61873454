"""``duskreel recap``, as a user has it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clips import make_clip
from said import Said

Command = Callable[..., Said]


@pytest.fixture
def november(duskreel: Command, tmp_path: Path) -> Path:
    """A diary with two days."""
    for day, duration_s in ((3, 2.0), (9, 1.6)):
        clip = make_clip(tmp_path / f"{day}.mp4", size=(90, 160), duration_s=duration_s)
        assert duskreel("import", clip, "--date", f"2026-11-{day:02}T18:00", "--mood", 2 if day == 9 else 4).code == 0
    return tmp_path


def test_a_plan_is_written_changed_and_shown(duskreel: Command, november: Path) -> None:
    plan = november / "november.json"
    assert duskreel("recap", "2026-11", "--plan-only", "-o", plan).code == 0
    data = json.loads(plan.read_text(encoding="utf-8"))
    assert [day["day"] for day in data["days"]] == ["2026-11-03", "2026-11-09"]
    data["days"][0]["left_out"] = True
    data["days"][1].update(start_ms=200, end_ms=800)
    plan.write_text(json.dumps(data), encoding="utf-8")
    made = duskreel("recap", "--plan", plan, "--captions", "calm", "--json").data
    assert (made["days"], made["duration_ms"]) == (["2026-11-09"], 600)
    assert Path(made["file"]).name == "recap 2026-11.mp4"
    assert Path(made["file"]).parent.name == "shorts"


def test_hard_days_may_be_left_out(duskreel: Command, november: Path) -> None:
    assert november.is_dir()
    days = duskreel("recap", "2026", "--plan-only", "--hard-days", "leave-out", "--json").data["days"]
    assert [day["day"] for day in days] == ["2026-11-03"]


def test_an_existing_plan_is_not_replaced_unasked(duskreel: Command, november: Path) -> None:
    plan = november / "november.json"
    plan.write_text("mine", encoding="utf-8")
    refused = duskreel("recap", "2026-11", "--plan-only", "-o", plan)
    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert plan.read_text(encoding="utf-8") == "mine"
    assert duskreel("recap", "2026-11", "--plan-only", "-o", plan, "--replace").code == 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["2026", "--captions", "loud"], ["soon"], ["2026-13"], ["--plan-only"], ["--plan", "a", "--plan-only"]],
)
def test_unclear_wishes_are_wrong_usage(duskreel: Command, arguments: list[str]) -> None:
    assert duskreel("recap", *arguments).code == 2


def test_a_plan_that_is_not_there_is_one_sentence(duskreel: Command, tmp_path: Path) -> None:
    said = duskreel("recap", "--plan", tmp_path / "nothing.json")
    assert (said.code, said.err.count("\n")) == (1, 1)
